#include "base/file.h"
#include "base/str.h"
#include "batch/walk.h"
#include "tests/test.h"

#include <sys/stat.h>
#include <unistd.h>

static void put(const char *path, const char *text)
{
    Err err = {0};
    CHECK(file_write(path, text, strlen(text), &err));
}

static char *paths_of(const Walk *w)
{
    Buf b = {0};
    for (size_t i = 0; i < w->files.n; i++)
        buf_addf(&b, "%s%s;", w->files.v[i].path, w->files.v[i].err ? "!" : "");
    return buf_steal(&b);
}

static void check_walk(const char *const *operands, const char *want, int notes, int others)
{
    Walk w = {0};
    for (; *operands; operands++) walk_path(&w, *operands);
    char *got = paths_of(&w);
    CHECK_STR(got, want);
    CHECK_INT(w.notes.n, notes);
    CHECK_INT(w.others.n, others);
    free(got);
    walk_release(&w);
}

#define WALK(want, notes, others, ...) \
    check_walk((const char *const[]){__VA_ARGS__, NULL}, want, notes, others)

TEST(order_and_kinds)
{
    put("d/b.txt", "Hoa Mai\n");
    put("d/a.txt", "Hoa Mai\n");
    put("d/Z.txt", "Hoa Mai\n");
    put("d/a/é.txt", "Hoa Mai\n");
    put("d/a/z.txt", "Hoa Mai\n");
    put("d/a.gz", "\x1f\x8b\x08 not ours");
    CHECK(symlink("b.txt", "d/link") == 0);
    CHECK(mkfifo("d/pipe", 0600) == 0);
    WALK("d/Z.txt;d/a/z.txt;d/a/é.txt;d/a.txt;d/b.txt;", 2, 1, "d");
    WALK("d/link;d/b.txt;", 0, 0, "d/link", "d/b.txt"); /* a link that is named is followed */
    WALK("d/pipe!;d/a.gz;nothing!;", 0, 0, "d/pipe", "d/a.gz", "nothing");
}

TEST(one_spelling)
{
    WALK("d/b.txt;", 0, 0, "./d//b.txt", "d/b.txt", "d/./b.txt");
    WALK("d/b.txt;d/Z.txt;d/a/z.txt;d/a/é.txt;d/a.txt;", 2, 1, "d/b.txt", "d/");
    WALK("d/Z.txt;d/a/z.txt;d/a/é.txt;d/a.txt;d/b.txt;", 2, 1, ".");
    put("./-", "Hoa Mai\n");
    WALK("./-;!;", 0, 0, "./-", "");
}

int main(void)
{
    char folder[] = "/tmp/dau-test-XXXXXX", command[64];
    if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("d", 0700) != 0 || mkdir("d/a", 0700) != 0) return 2;
    RUN(order_and_kinds);
    RUN(one_spelling);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) return 2;
    return TEST_DONE();
}
