#include "base/file.h"
#include "base/utf8.h"
#include "tests/test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[2][200];
    static int which;
    which = !which;
    snprintf(path[which], sizeof path[which], "%s/%s", folder, name);
    return path[which];
}

static int files_in_folder(void)
{
    int n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) n += e->d_name[0] != '.';
    if (d) closedir(d);
    return n;
}

static int code_of_reading(const char *path, size_t limit)
{
    Err err = {0};
    Buf b = {0};
    file_read(path, limit, &b, &err);
    buf_release(&b);
    return err.code;
}

TEST(written_and_read)
{
    Err err = {0};
    Buf b = {0};
    struct stat st;
    buf_add(&b, "what stood there");
    CHECK(file_write(in_folder("x"), "a\0b", 3, &err));
    CHECK(file_read(in_folder("x"), 0, &b, &err));
    CHECK_INT(b.len, 3);
    CHECK(memcmp(b.s, "a\0b", 3) == 0);
    CHECK(stat(in_folder("x"), &st) == 0 && (st.st_mode & 0777) == 0644);
    CHECK(file_write(in_folder("x"), "", 0, &err));
    CHECK(file_read(in_folder("x"), 0, &b, &err));
    CHECK_INT(b.len, 0);
    CHECK_STR(err.text, "");
    CHECK_INT(files_in_folder(), 1); /* no temporary file stays */
    buf_release(&b);
    unlink(in_folder("x"));
}

TEST(what_cannot_be_read)
{
    Err err = {0};
    CHECK_INT(code_of_reading(in_folder("none"), 0), DAU_FILE_ACCESS);
    CHECK_INT(code_of_reading(folder, 0), DAU_FILE_ACCESS);
    file_write(in_folder("x"), "12345678", 8, &err);
    CHECK_INT(code_of_reading(in_folder("x"), 8), DAU_OK);
    CHECK_INT(code_of_reading(in_folder("x"), 7), DAU_LIMIT);
    err_set(&err, DAU_LIMIT, "before");
    CHECK_INT(file_open(in_folder("x"), &err), -1); /* the first error wins */
    CHECK_STR(err.text, "before");
    unlink(in_folder("x"));
}

TEST(nothing_shows_before_it_is_complete)
{
    Err err = {0}, failed = {0};
    file_write(in_folder("x"), "old", 3, &err);
    FileOut *f = file_create(in_folder("x"), &err);
    file_put(f, "new", 3);
    CHECK_INT(code_of_reading(in_folder("x"), 3), DAU_OK);
    CHECK_INT(files_in_folder(), 2);
    file_abandon(f);
    CHECK_INT(files_in_folder(), 1);
    f = file_create(in_folder("x"), &err);
    file_put(f, "newer", 5);
    err_set(&failed, DAU_BAD_INPUT, "before");
    CHECK(!file_commit(f, &failed)); /* with an error it is the same as to abandon it */
    Buf b = {0};
    file_read(in_folder("x"), 0, &b, &err);
    CHECK_STR(b.s, "old");
    f = file_create(in_folder("x"), &err);
    CHECK(str_starts(file_making(f), in_folder("x")));
    file_put(f, "newest", 6);
    CHECK(file_commit(f, &err));
    file_read(in_folder("x"), 0, &b, &err);
    CHECK_STR(b.s, "newest");
    CHECK_INT(files_in_folder(), 1);
    CHECK_STR(err.text, "");
    file_abandon(NULL);
    buf_release(&b);
    unlink(in_folder("x"));
}

TEST(what_cannot_be_written)
{
    Err folder_there = {0}, none = {0};
    CHECK(!file_create(folder, &folder_there));
    CHECK_INT(folder_there.code, DAU_FILE_ACCESS);
    CHECK(!file_write(in_folder("no/such/x"), "x", 1, &none));
    CHECK_INT(none.code, DAU_FILE_ACCESS);
    CHECK_INT(files_in_folder(), 0);
}

TEST(mapped)
{
    Err err = {0};
    FileMap m;
    file_write(in_folder("x"), "Hoa Mai", 7, &err);
    CHECK(file_map(in_folder("x"), &m, &err));
    CHECK(m.size == 7 && memcmp(m.data, "Hoa Mai", 7) == 0);
    file_unmap(&m);
    CHECK(!m.data && !m.size);
    file_write(in_folder("x"), "", 0, &err);
    CHECK(file_map(in_folder("x"), &m, &err) && !m.data);
    file_unmap(&m);
    CHECK(!file_map(in_folder("none"), &m, &err));
    unlink(in_folder("x"));
}

/* FIPS 180-4's own examples */
TEST(sha256)
{
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    static const char none[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    Err err = {0};
    char hex[65];
    sha256_hex("abc", 3, hex);
    CHECK_STR(hex, abc);
    sha256_hex(NULL, 0, hex);
    CHECK_STR(hex, none);
    file_write(in_folder("x"), "abc", 3, &err);
    CHECK(file_sha256(in_folder("x"), hex, &err));
    CHECK_STR(hex, abc);
    CHECK(!file_sha256(in_folder("none"), hex, &err));
    unlink(in_folder("x"));
}

TEST(data_of_ours)
{
    Err err = {0}, missing = {0};
    char path[4096], self[4096];
    CHECK(file_self(self, sizeof self) && str_ends(self, "/test_file"));
    file_write(in_folder("x.tsv"), "x", 1, &err);
    setenv("DAU_DATA", folder, 1);
    CHECK(file_data("x.tsv", path, sizeof path, &err));
    CHECK_STR(path, in_folder("x.tsv"));
    CHECK(!file_data("y.tsv", path, sizeof path, &missing));
    CHECK_INT(missing.code, DAU_MISSING);
    CHECK(strstr(missing.text, "DAU_DATA"));
    unsetenv("DAU_DATA");
    CHECK(file_data("phrases.tsv", path, sizeof path, &err)); /* beside the build */
    CHECK(str_ends(path, "dicts/phrases.tsv"));
    unlink(in_folder("x.tsv"));
}

/* A link is removed, what it points at stays. */
TEST(a_folder_goes_with_all_in_it)
{
    Err err = {0};
    file_write(in_folder("kept"), "x", 1, &err);
    mkdir(in_folder("d"), 0700);
    mkdir(in_folder("d/e"), 0700);
    file_write(in_folder("d/e/x"), "x", 1, &err);
    CHECK(symlink(in_folder("kept"), in_folder("d/link")) == 0);
    CHECK(symlink(folder, in_folder("d/e/up")) == 0);
    folder_remove(in_folder("d"));
    CHECK(access(in_folder("d"), F_OK) != 0);
    CHECK(access(in_folder("kept"), F_OK) == 0);
    unlink(in_folder("kept"));
    CHECK_STR(err.text, "");
}

TEST(names)
{
    Arena a = {0};
    char longer[400] = "", name[420];
    for (int i = 0; i < 100; i++) memcpy(longer + 3L * i, "ế", 4);
    snprintf(name, sizeof name, "%s.docx", longer);
    CHECK_STR(file_base_name("a/b/c.pdf"), "c.pdf");
    CHECK_STR(file_base_name("c.pdf"), "c.pdf");
    CHECK_STR(file_base_name("a/"), "");
    CHECK_STR(file_short_name(&a, "plan.pdf"), "plan.pdf");
    const char *cut = file_short_name(&a, name);
    CHECK(strlen(cut) <= 220 && strlen(cut) > 210);
    CHECK(str_ends(cut, "ế.docx"));
    CHECK_INT(utf8_valid_prefix(cut, strlen(cut)), (long long)strlen(cut));
    arena_release(&a);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    RUN(written_and_read);
    RUN(what_cannot_be_read);
    RUN(nothing_shows_before_it_is_complete);
    RUN(what_cannot_be_written);
    RUN(mapped);
    RUN(sha256);
    RUN(data_of_ours);
    RUN(a_folder_goes_with_all_in_it);
    RUN(names);
    folder_remove(folder);
    return TEST_DONE();
}
