/* Phrases: said as printf would say them, in another order, after having been stored, and cut whole. */
#include "base/err.h"
#include "tests/test.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* A reader of Vietnamese, who knows four sentences. */
static const char *in_vietnamese(const char *message)
{
    static const char *const known[][2] = {
        {"cannot open '%s': %s", "không mở được '%s': %s"},
        {"No such file or directory", "không có tệp hay thư mục này"},
        {"%d file%s in '%s'", "trong '%3$s' có %1$d tệp%2$.0s"},
        {"'%s' page %d", "'%s' trang %d"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i][0], message) == 0) return known[i][1];
    return message;
}

static const char *said(const char *made, Translate by)
{
    static char text[PHRASE_SIZE];
    phrase_say(made, by, text, sizeof text);
    return text;
}

/* What printf makes of the same values. */
#define SAID_AS_PRINTF(...)                        \
    do {                                           \
        char made[PHRASE_SIZE], want[PHRASE_SIZE]; \
        snprintf(want, sizeof want, __VA_ARGS__);  \
        phrase_make(made, __VA_ARGS__);            \
        CHECK_STR(said(made, NULL), want);         \
    } while (0)

static void test_conversions(void)
{
    SAID_AS_PRINTF("nothing of it");
    SAID_AS_PRINTF("100 %% of %d", 7);
    SAID_AS_PRINTF("%d %i %u %x %X %o %c", -3, 4, 5u, 255u, 255u, 8u, 'c');
    SAID_AS_PRINTF("%ld %lld %zu %lu %llu %jd %td", -5L, -6LL, (size_t)7, 8UL, 9ULL, (intmax_t)10,
                   (ptrdiff_t)11);
    SAID_AS_PRINTF("%" PRId64 " %" PRIu64, (int64_t)1 << 40, UINT64_MAX);
    SAID_AS_PRINTF("%5d|%-5d|%05d|%+d", 42, 42, 42, 42);
    SAID_AS_PRINTF("%g %.0f %.1f %5.2f", 2.5, 300.4, 3.14159, 2.0);
    SAID_AS_PRINTF("'%.4s' '%.*s' '%8s' '%*d'", "abcdefg", 3, "hijkl", "m", 4, 5);
}

static void test_translated(void)
{
    char made[PHRASE_SIZE];
    phrase_make(made, "cannot open '%s': %s", "kế hoạch.pdf", err_system(ENOENT));
    CHECK_STR(said(made, NULL), "cannot open 'kế hoạch.pdf': No such file or directory");
    CHECK_STR(said(made, in_vietnamese), "không mở được 'kế hoạch.pdf': không có tệp hay thư mục này");
    phrase_make(made, "cannot open '%s': %s", "x", tr_later("'%s' page %d") TR_VALUE "y.pdf" TR_VALUE "3");
    CHECK_STR(said(made, NULL), "cannot open 'x': 'y.pdf' page 3");
    CHECK_STR(said(made, in_vietnamese), "không mở được 'x': 'y.pdf' trang 3");
    phrase_make(made, "%d file%s in '%s'", 3, "s", "x.db");
    CHECK_STR(said(made, NULL), "3 files in 'x.db'");
    CHECK_STR(said(made, in_vietnamese), "trong 'x.db' có 3 tệp");
}

/* A value with a separator or a conversion in it stays one value. */
static void test_strange_values(void)
{
    char made[PHRASE_SIZE];
    phrase_make(made, "cannot open '%s': %s", "a\x1f%s\x1e%n", "%1$s");
    CHECK_STR(said(made, in_vietnamese), "không mở được 'a?%s?%n': %1$s");
    CHECK_STR(said("%s and %s of nothing", NULL), " and  of nothing");
    CHECK_STR(said("ends in %", NULL), "ends in ");
}

static void test_stored(void)
{
    char made[PHRASE_SIZE], text[200];
    Buf kept = {0};
    phrase_make(made, "cannot open '%s': %s", "x.pdf", err_system(ENOENT));
    phrase_keep(made, &kept);
    CHECK(str_starts(kept.s, "cannot open 'x.pdf': No such file or directory\x1e"));
    phrase_say_kept(kept.s, in_vietnamese, text, sizeof text);
    CHECK_STR(text, "không mở được 'x.pdf': không có tệp hay thư mục này");
    phrase_say_kept("written by an older version: 100 %s", in_vietnamese, text, sizeof text);
    CHECK_STR(text, "written by an older version: 100 %s");
    phrase_say_kept("", in_vietnamese, text, sizeof text);
    CHECK_STR(text, "");
    buf_release(&kept);
}

static void test_cut_whole(void)
{
    char made[PHRASE_SIZE], text[8], path[3000] = "";
    phrase_make(made, "%s", "ợợợợ");
    phrase_say(made, NULL, text, sizeof text);
    CHECK_STR(text, "ợợ");
    for (size_t n = 0; n + 4 < sizeof path; n += 3) strcat(path, "ợ");
    phrase_make(made, "cannot open '%s': %s", path, path);
    CHECK(strlen(said(made, NULL)) < PHRASE_SIZE && str_ends(said(made, NULL), "ợ"));
    CHECK_INT(phrase_cut("aợ", 4), 4);
    CHECK_INT(phrase_cut("aợ", 3), 1);
    CHECK_INT(phrase_cut("aợ", 1), 1);
}

static void test_errors(void)
{
    Err err = {0}, old = {0}, again = {0};
    Buf kept = {0};
    err_set(&err, DAU_FILE_ACCESS, "cannot open '%s': %s", "b\xff.pdf", err_system(ENOENT));
    err_set(&err, DAU_BUSY, "a later one");
    err_prefix(&err, "'%s' page %d", "b\xff.pdf", 3);
    CHECK_STR(err.text, "'b\xff.pdf' page 3: cannot open 'b\xff.pdf': No such file or directory");
    err_keep(&err, &kept);
    err_translate(in_vietnamese);
    err_recall(&again, err.code, kept.s);
    CHECK_INT(again.code, DAU_FILE_ACCESS);
    CHECK_STR(again.text, "'b\uFFFD.pdf' trang 3: không mở được 'b\uFFFD.pdf': không có tệp hay thư mục này");
    CHECK(err_same(&err, &again));
    err_recall(&old, err.code, "cannot open 'b.pdf'");
    CHECK_STR(old.text, "cannot open 'b.pdf'");
    CHECK(!err_same(&err, &old));
    err_translate(NULL);
    err_clear(&err);
    err_take(&err, DAU_LIMIT, again.made);
    CHECK_STR(err.text, "'b\uFFFD.pdf' page 3: cannot open 'b\uFFFD.pdf': No such file or directory");
    buf_release(&kept);
}

int main(void)
{
    RUN(conversions);
    RUN(translated);
    RUN(strange_values);
    RUN(stored);
    RUN(cut_whole);
    RUN(errors);
    return TEST_DONE();
}
