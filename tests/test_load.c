#include "stage/load.h"
#include "test.h"

#include "base/file.h"

#include <unistd.h>

static char folder[] = "/tmp/dau-test-load-XXXXXX";

static const char *put(const char *name, const char *data, size_t n)
{
    static char path[200];
    Err err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(file_write(path, data, n, &err));
    return path;
}

TEST(text_pages)
{
    static const char text[] = "\xEF\xBB\xBFS\u1ed1  1\r\n\nHoa Mai\n\f trang 2";
    Err err = {0};
    Page p;
    Raster raster = {0};
    const char *path = put("a.txt", text, sizeof text - 1);
    Load *doc = load_open(path, NULL, &err);
    CHECK_STR(err.text, "");
    if (!doc) return;
    CHECK_INT(load_pages(doc), 2);
    page_init(&p, 1);
    CHECK(load_page(doc, 1, &p, &raster, &err));
    CHECK_INT(p.words.n, 4);
    CHECK_INT(p.lines.n, 2);
    CHECK_INT(p.blocks.n, 2);
    CHECK_INT(p.words.v[1].at.x, 4);
    CHECK_INT(p.words.v[2].at.y, 2);
    page_release(&p);
    load_close(doc);
    unlink(path);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    RUN(text_pages);
    rmdir(folder);
    return TEST_DONE();
}
