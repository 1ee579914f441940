#include "model/registry.h"
#include "tests/test.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/dau-test-registry-XXXXXX";

/* Those of dicts/, opened once. */
static const Keywords *words(void)
{
    static Keywords *opened;
    Err err = {0};
    if (!opened) opened = words_open(NULL, &err);
    CHECK_STR(err.text, "");
    return opened;
}

static Registry *open_text(const char *text, Err *err)
{
    err_clear(err);
    int fd = mkstemp(path);
    if (fd >= 0) close(fd);
    file_write(path, text, strlen(text), err);
    Registry *r = registry_open(words(), path, NULL, err);
    unlink(path);
    strcpy(path + sizeof path - 7, "XXXXXX");
    return r;
}

static const char *name_of(const RegistrySchool *s)
{
    return s ? s->name : "(none)";
}

TEST(lookup)
{
    Err err = {0};
    Registry *r = open_text("\xEF\xBB\xBFname\tlevel\tdistrict\taliases\r\n"
                            "# ours\r\n"
                            "\r\n"
                            "Lê Quý Đôn\tTH\tHà Đông\tLQĐ; Trường TH Quý Đôn\r\n"
                            "Lê Quý Đôn\tTH\tBa Vì\r\n"
                            "Trường THCS Lý Thái Tổ\r\n"
                            "Phú Minh II\ttiểu học\tSóc Sơn\r\n",
                            &err);
    CHECK_STR(err.text, "");
    if (!r) return;
    CHECK_INT(registry_schools(r), 4);
    CHECK(registry_lookup(r, "le quy don", LEVEL_TH, NULL) == NULL); /* which of the two? */
    CHECK_STR(registry_lookup(r, "le quy don", LEVEL_TH, "BA VI")->id, "5");
    CHECK_STR(name_of(registry_lookup(r, "lqd", LEVEL_NONE, NULL)), "Lê Quý Đôn");
    CHECK_STR(name_of(registry_lookup(r, "Quý Đôn", LEVEL_TH, NULL)), "Lê Quý Đôn");
    CHECK_STR(name_of(registry_lookup(r, "Lí Thái Tổ", LEVEL_THCS, NULL)), "Lý Thái Tổ");
    CHECK(registry_lookup(r, "Lí Thái Tổ", LEVEL_TH, NULL) == NULL);
    CHECK_STR(name_of(registry_lookup(r, "Phu Minh 2", LEVEL_TH, NULL)), "Phú Minh II");
    CHECK(registry_lookup(r, "", LEVEL_NONE, NULL) == NULL &&
          registry_lookup(NULL, "x", LEVEL_NONE, NULL) == NULL);
    registry_close(r);
}

TEST(columns_in_another_order)
{
    Err err = {0};
    Registry *r = open_text("Quận/huyện\tCấp học\tTên trường\nBa Vì\tMN\tHoa Mai\n", &err);
    CHECK_STR(err.text, "");
    if (!r) return;
    CHECK_STR(registry_lookup(r, "hoa mai", LEVEL_MN, NULL)->district, "Ba Vì");
    registry_close(r);
}

TEST(what_is_refused)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"Hoa Mai\tMN\nHoa Sen\tXX\n", "line 2: there is no level 'XX'"},
        {"Hoa Mai\tMN\n\tMN\tBa Vì\n", "line 2: the name of the school is missing"},
        {"Hoa Mai,MN,Ba Vì\n", "line 1: fields are parted by tabs"},
        {"Hoa Mai\tMN\tBa Vì\tA\tB\n", "line 1: more than"},
        {"Hoa Mai\tMN\nHoa \xFF Sen\tMN\n", "line 2: no UTF-8"},
        {"name\tlevel\n", "lists no school"},
        {"", "lists no school"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Err err = {0};
        CHECK(open_text(bad[i].text, &err) == NULL && err.code == DAU_BAD_INPUT);
        if (!strstr(err.text, bad[i].said)) CHECK_STR(err.text, bad[i].said);
    }
    Err err = {0};
    CHECK(registry_open(words(), "/nowhere/at/all.tsv", NULL, &err) == NULL && err.code == DAU_FILE_ACCESS);
}

/* Of the second file only what the first has not, without an id. */
TEST(learnt_after_own)
{
    Err err = {0};
    char own[] = "/tmp/dau-test-own-XXXXXX", learnt[] = "/tmp/dau-test-learnt-XXXXXX";
    close(mkstemp(own)), close(mkstemp(learnt));
    file_write(own, "Hoa Mai\tMN\n", 11, &err);
    file_write(learnt, "Hoa Mai\t\tBa Vì\nHoa Sen\t\tBa Vì\n", 32, &err);
    Registry *r = registry_open(words(), own, learnt, &err);
    CHECK_STR(err.text, "");
    CHECK_INT(registry_schools(r), 2);
    CHECK_STR(registry_lookup(r, "Hoa Mai", LEVEL_MN, NULL)->id, "1");
    CHECK(registry_lookup(r, "Hoa Sen", LEVEL_NONE, NULL)->id == NULL);
    registry_close(r);
    unlink(own), unlink(learnt);
}

int main(void)
{
    RUN(lookup);
    RUN(columns_in_another_order);
    RUN(what_is_refused);
    RUN(learnt_after_own);
    return TEST_DONE();
}
