/* "CĐCS Trường Mầm non Hoa Mai": the union's words are taken out of a cell, and the token behind has them. */
#include "extract/names/names.h"
#include "tests/test.h"

static Arena a;
static Keywords *known;

/* The words of a cell or line, each its box beside the one before. */
static Run run_of(const char *text)
{
    Toks toks = {0};
    char *s = arena_str(&a, text);
    int i = 0;
    for (char *word = strtok(s, " "); word; word = strtok(NULL, " "), i++) {
        Tok *t = vec_push(&toks);
        *t = (Tok){.prob = 1, .words = known, .index = i, .new_line = i == 0, .box = {10 * i, 0, 8, 5}};
        t->mark = *word == ',' ? ',' : 0;
        tok_set(&a, t, word, word);
    }
    Run r = run_from(&a, &toks, 0);
    vec_release(&toks);
    return r;
}

/* What is left of it, and whose it is. */
static void check(const char *text, bool cell, const char *left, PairKind kind)
{
    Run r = run_of_schools(&a, run_of(text), cell);
    CHECK_STR(run_text(&a, r), left);
    if (!CHECK(run_organisation(r) == kind)) printf("    in '%s'\n", text);
}

TEST(before_school_words)
{
    check("CĐCS Trường Mầm non Hoa Mai", true, "Trường Mầm non Hoa Mai", PAIR_UNION);
    check("Công đoàn cơ sở trường Tiểu học Kim Liên", true, "trường Tiểu học Kim Liên", PAIR_UNION);
    check("BCH Công đoàn THCS Cát Linh", false, "THCS Cát Linh", PAIR_UNION);
    check("Chi bộ của MN Tuổi Hoa", true, "MN Tuổi Hoa", PAIR_PARTY);
    check("Đoàn trường THPT Yên Hòa", true, "trường THPT Yên Hòa", PAIR_YOUTH);
    check("12 Liên đội trường Tiểu học Kim Liên", false, "12 trường Tiểu học Kim Liên", PAIR_PIONEERS);
}

TEST(nobody_else)
{
    check("Trường Mầm non Hoa Mai", true, "Trường Mầm non Hoa Mai", PAIR_SCHOOLS);
    check("Đoàn Thị Điểm", true, "Đoàn Thị Điểm", PAIR_SCHOOLS);
    check("đoàn trường THPT Yên Hòa", false, "đoàn trường THPT Yên Hòa", PAIR_SCHOOLS);
    check("Công đoàn ngành Giáo dục", false, "Công đoàn ngành Giáo dục", PAIR_SCHOOLS);
    check("Công đoàn", true, "Công đoàn", PAIR_SCHOOLS);
}

/* At the front of a cell the name alone is enough; in a line it is not. */
TEST(bare_names)
{
    check("CĐCS Hoa Mai", true, "Hoa Mai", PAIR_UNION);
    check("CĐCS Hoa Mai", false, "CĐCS Hoa Mai", PAIR_SCHOOLS);
}

/* As engines misread it, where a school's words follow. */
TEST(misread)
{
    check("CBCS Trường MN Lam Sơn", true, "Trường MN Lam Sơn", PAIR_UNION);
    check("cpcs Trường MN Lam Sơn", true, "Trường MN Lam Sơn", PAIR_UNION);
    check("Các trường MN Lam Sơn", false, "Các trường MN Lam Sơn", PAIR_SCHOOLS);
    check("CBCS Lam Sơn", true, "CBCS Lam Sơn", PAIR_SCHOOLS);
}

TEST(several)
{
    Run r = run_of_schools(&a, run_of("CĐCS Trường MN Hoa Mai , CĐCS Trường MN Sơn Ca"), true);
    CHECK_INT(r.n, 9);
    CHECK(r.v[0].of && r.v[5].of && !r.v[1].of);
}

/* The token behind keeps what was taken out: its raw, its place, that it begins a line. */
TEST(evidence)
{
    Run r = run_of_schools(&a, run_of("Công đoàn trường MN Hoa Mai"), true);
    CHECK_STR(r.v[0].raw, "Công đoàn trường");
    CHECK_INT(r.v[0].index, 0);
    CHECK(r.v[0].new_line && r.v[0].box.x == 0 && r.v[0].box.w == 28);
    CHECK_INT(r.v[1].index, 3);
}

TEST(headers)
{
    CHECK_INT(run_begins_organisation(run_of("Công đoàn cơ sở")), PAIR_UNION);
    CHECK_INT(run_begins_organisation(run_of("Chi bộ kết nghĩa")), PAIR_PARTY);
    CHECK_INT(run_begins_organisation(run_of("Tên trường")), PAIR_SCHOOLS);
    CHECK_INT(run_begins_organisation((Run){0}), PAIR_SCHOOLS);
}

TEST(names_of_kinds)
{
    for (int i = 0; i < PAIR_KINDS; i++) {
        PairKind kind = PAIR_KINDS;
        CHECK(pair_kind_from_name(pair_kind_name((PairKind)i), &kind) && kind == (PairKind)i);
    }
    PairKind kind = PAIR_UNION;
    CHECK(!pair_kind_from_name("club", &kind) && kind == PAIR_UNION);
}

int main(void)
{
    Err err = {0};
    known = words_open(NULL, &err);
    if (!known) return 1;
    RUN(before_school_words);
    RUN(nobody_else);
    RUN(bare_names);
    RUN(misread);
    RUN(several);
    RUN(evidence);
    RUN(headers);
    RUN(names_of_kinds);
    words_close(known);
    arena_release(&a);
    return TEST_DONE();
}
