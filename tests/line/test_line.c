#include "base/file.h"
#include "line/line.h"
#include "tests/test.h"

#include <dirent.h>
#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX";

static bool in_list(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (strcmp(*list, name) == 0) return true;
    return false;
}

static const char *folder_of_data(void)
{
    static char path[4096];
    Err err = {0};
    if (!file_data("vi.lm", path, sizeof path, &err)) return ".";
    *strrchr(path, '/') = '\0';
    return path;
}

/* A file of dicts/ that no key knows would change results without anything being done again. */
TEST(keys_know_every_data_file)
{
    const char *const others[] = {".",
                                  "..",
                                  "README.md",
                                  "vi.lm",
                                  "vi.ctx",
                                  "abbreviations.tsv",
                                  "reader" /* by the bytes of its model */,
                                  NULL};
    DIR *d = opendir(folder_of_data());
    CHECK(d);
    for (struct dirent *e; d && (e = readdir(d));)
        if (!CHECK(in_list(others, e->d_name) || in_list(line_restore_files, e->d_name) ||
                   in_list(line_extract_files, e->d_name)))
            printf("    add '%s' to the lists in src/line/line.c, or here when dau does not read it\n",
                   e->d_name);
    if (d) closedir(d);
}

static LineKeys keys_of(const LineOptions *options)
{
    LineKeys keys = {0};
    Err err = {0};
    PageLine *line = line_new(options);
    CHECK(line_keys(line, &keys, &err));
    CHECK_STR(err.text, "");
    line_free(line);
    return keys;
}

static bool none_same(const LineKeySet *a, const LineKeySet *b)
{
    for (int i = 0; i < LOAD_NEEDS; i++)
        if (strstr(a->any, b->of[i])) return false;
    return true;
}

TEST(keys_change_from_where_the_option_works)
{
    char dict[64];
    Err err = {0};
    snprintf(dict, sizeof dict, "%s/mine.tsv", folder);
    file_write(dict, "nàng tiên cá\t4\n", 16, &err);
    LineKeys plain = keys_of(&(LineOptions){0});
    LineKeys again = keys_of(&(LineOptions){0});
    CHECK(memcmp(&plain, &again, sizeof plain) == 0);
    LineKeys fine = keys_of(&(LineOptions){.load.render_dpi = 400});
    CHECK(none_same(&fine.read, &plain.read) && none_same(&fine.restore, &plain.restore) &&
          none_same(&fine.extract, &plain.extract));
    LineKeys words = keys_of(&(LineOptions){.restore.dict = dict});
    CHECK_STR(words.read.any, plain.read.any);
    CHECK(none_same(&words.restore, &plain.restore) && none_same(&words.extract, &plain.extract));
    unlink(dict);
}

/* Of a document alone; nothing said is as before. */
TEST(keys_know_what_a_person_says_of_the_columns)
{
    LineKeys plain = keys_of(&(LineOptions){0});
    LineKeySet none, one, other;
    line_keys_said(&plain.extract, NULL, &none);
    CHECK_STR(none.any, plain.extract.any);
    line_keys_said(&plain.extract, "", &none);
    CHECK_STR(none.any, plain.extract.any);
    line_keys_said(&plain.extract, "no,school,partner", &one);
    line_keys_said(&plain.extract, "no,partner,school", &other);
    CHECK(none_same(&one, &plain.extract) && none_same(&one, &other));
    CHECK(strstr(one.any, one.of[LOAD_NEEDS - 1]));
}

/* What a page did not need may change without it. */
TEST(keys_know_what_a_page_needed)
{
    enum { SCAN = LOAD_NEEDS_ENGINE, LAYER = LOAD_NEEDS_LANGUAGE, BOTH = SCAN | LAYER };
    Page page;
    page_init(&page, 1);
    page.via = "image";
    CHECK_INT(load_needs(&page), SCAN);
    page.via = "image: of several pictures; text layer not used: 2 of its 9 words are known";
    CHECK_INT(load_needs(&page), BOTH);
    page.via = "text layer: drawn on the page";
    CHECK_INT(load_needs(&page), LAYER);
    page.via = "text", page.unit = UNIT_CHARACTER;
    CHECK_INT(load_needs(&page), LAYER);
    page_release(&page);
    LineKeys plain = keys_of(&(LineOptions){0});
    LineKeys asked = keys_of(&(LineOptions){.load.text_layer = TEXT_LAYER_USE});
    CHECK_STR(asked.extract.of[SCAN], plain.extract.of[SCAN]);
    CHECK(strcmp(asked.read.of[BOTH], plain.read.of[BOTH]) &&
          strcmp(asked.read.of[LAYER], plain.read.of[LAYER]));
    LineKeys english = keys_of(&(LineOptions){.ocr.language = "eng"});
    CHECK_STR(english.extract.of[LAYER], plain.extract.of[LAYER]);
    CHECK(strcmp(english.read.of[SCAN], plain.read.of[SCAN]));
}

TEST(restored_twice_is_restored_once)
{
    static const char text[] = "TRUONG TIEU HOC HOA MAI\n25 | Tieu hoc Hoa Mai | Tieu hoc Binh Minh\n";
    char path[64];
    Err err = {0};
    Page page;
    Raster raster = {0};
    Buf one = {0}, two = {0};
    snprintf(path, sizeof path, "%s/x.txt", folder);
    file_write(path, text, sizeof text - 1, &err);
    PageLine *line = line_new(&(LineOptions){0});
    Load *doc = line_load(line, path, &err);
    page_init(&page, 1);
    CHECK(doc && line_page(line, doc, 1, STAGE_RESTORE, &page, &raster, &err));
    page_dump(&page, &one);
    CHECK(line_restore(line, &page, &err));
    page_dump(&page, &two);
    CHECK_STR(two.s, one.s);
    CHECK_STR(err.text, "");
    buf_release(&one);
    buf_release(&two);
    page_release(&page);
    load_raster_release(&raster);
    load_close(doc);
    line_free(line);
    unlink(path);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    RUN(keys_know_every_data_file);
    RUN(keys_change_from_where_the_option_works);
    RUN(keys_know_what_a_person_says_of_the_columns);
    RUN(keys_know_what_a_page_needed);
    RUN(restored_twice_is_restored_once);
    rmdir(folder);
    return TEST_DONE();
}
