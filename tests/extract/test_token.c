/* What a token remembers: its letters, its senses, and the level that begins at it. */
#include "extract/names/names.h"
#include "tests/test.h"

static Arena a;
static Keywords *known;

static Tok tok(const char *text)
{
    Tok t = {.prob = 1, .words = known};
    tok_set(&a, &t, text, text);
    return t;
}

static unsigned sense(const char *text)
{
    return tok(text).sense;
}

TEST(letters)
{
    Tok t = {.words = known};
    tok_set(&a, &t, "Mầm", "M4m");
    CHECK_STR(t.letters, "mam");
    CHECK_STR(t.read, "mam");
    CHECK_STR(t.key, "mam");
    CHECK_STR(t.read_key, "m4m");
    CHECK(tok_is(&t, "mam") && tok_is(&t, "m4m") && !tok_is(&t, "non"));
    Tok bar = {.mark = '|', .words = known};
    tok_set(&a, &bar, "|", "|");
    CHECK_STR(bar.letters, "");
    CHECK(!tok_is(&bar, ""));
}

TEST(senses)
{
    CHECK_INT(sense("II"), SENSE_NUMERAL);
    CHECK_INT(sense("2B"), SENSE_NUMERAL);
    CHECK_INT(sense("12"), SENSE_NUMERAL | SENSE_NUMBER);
    CHECK_INT(sense("12."), SENSE_NUMBER);
    CHECK_INT(sense("0912345678"), SENSE_CONTACT);
    CHECK_INT(sense("0912.345.678"), SENSE_CONTACT);
    CHECK_INT(sense("hoamai@edu.vn"), SENSE_CONTACT);
    CHECK_INT(sense("1.500.000"), SENSE_MONEY);
    CHECK_INT(sense("500.000đ"), SENSE_MONEY);
    CHECK_INT(sense("VNĐ"), SENSE_MONEY);
    CHECK_INT(sense("15/9/2024"), SENSE_DATE);
    CHECK_INT(sense("20-11"), SENSE_DAY);
    CHECK_INT(sense("3.14"), 0);
    CHECK_INT(sense("nt"), SENSE_DITTO);
    CHECK_INT(sense("”"), SENSE_DITTO | SENSE_DIRT);
    CHECK_INT(sense("~_"), SENSE_DIRT);
    CHECK_INT(sense("Mai"), 0);
    CHECK_INT(sense("763/KH-PGDĐT"), 0);
}

static Run run_of(Tok *v, const char *const *words)
{
    int n = 0;
    for (; *words; words++) v[n++] = tok(*words);
    return (Run){v, n};
}

/* The answer is kept with the token, and not taken for that of a shorter or a changed run. */
TEST(levels_are_remembered)
{
    Tok v[8];
    int used;
    Run r = run_of(v, (const char *const[]){"Tiểu", "học", "và", "THCS", "Hoa", "Mai", NULL});
    CHECK_INT(level_prefix(r, &used), LEVEL_TH_THCS);
    CHECK_INT(used, 4);
    CHECK_INT(level_prefix(r, &used), LEVEL_TH_THCS);
    CHECK_INT(used, 4);
    CHECK_INT(level_prefix(run_part(r, 0, 2), &used), LEVEL_TH);
    CHECK_INT(used, 2);
    CHECK_INT(level_prefix(r, &used), LEVEL_TH_THCS);
    tok_set(&a, &v[3], "Kim", "Kim");
    run_forget(r);
    CHECK_INT(level_prefix(r, &used), LEVEL_TH);
    CHECK_INT(used, 2);
    CHECK_INT(level_prefix((Run){0}, &used), LEVEL_NONE);
    CHECK_INT(used, 0);
}

static bool ditto(const char *const *words)
{
    Tok v[4];
    return run_is_ditto(run_of(v, words));
}

TEST(dittos)
{
    CHECK(ditto((const char *const[]){"nt", NULL}));
    CHECK(ditto((const char *const[]){"nt-", NULL}));
    CHECK(ditto((const char *const[]){"Như", "trên", NULL}));
    CHECK(ditto((const char *const[]){"”", NULL}));
    CHECK(!ditto((const char *const[]){"TH", "Kim", "Đồng", NULL}));
    CHECK(!ditto((const char *const[]){"trên", NULL}) && !ditto((const char *const[]){NULL}));
}

TEST(a_joined_run_is_read_anew)
{
    Tok v[4], w[4];
    int used;
    Run first = run_of(v, (const char *const[]){"Mầm", NULL}),
        second = run_of(w, (const char *const[]){"non", "Mai", NULL});
    CHECK_INT(level_prefix(first, &used), LEVEL_NONE);
    Run both = run_join(&a, first, second);
    CHECK_INT(level_prefix(both, &used), LEVEL_MN);
    CHECK_INT(used, 2);
    CHECK(both.v[1].new_line);
}

int main(void)
{
    Err err = {0};
    known = words_open(NULL, &err);
    CHECK_STR(err.text, "");
    if (!known) return TEST_DONE();
    RUN(letters);
    RUN(senses);
    RUN(levels_are_remembered);
    RUN(dittos);
    RUN(a_joined_run_is_read_anew);
    arena_release(&a);
    words_close(known);
    return TEST_DONE();
}
