/* tests/cases/restore/FROM*.case: a comment, the line as found, the line restored. FROM is the state of the
 * text: stripped, ocr, vie, mixed, auto. Each line is a text: with auto and mixed it is judged by itself. */
#include "tests/cases.h"

#include "restore/restore.h"

#include <stdlib.h>

static Restore *open_restore(RestoreFrom from, bool quick)
{
    Err err = {0};
    RestoreOptions o = {.from = from, .quick = quick};
    Restore *r = restore_open(&o, &err);
    if (!r) printf("%s\n", err.text);
    return r;
}

static char *restored(Restore *r, Arena *a, const char *line)
{
    Err err = {0};
    Word *w;
    int n;
    size_t at = 0, len = strlen(line);
    Buf b = {0};
    if (!restore_line(r, a, line, len, &w, &n, &err)) return NULL;
    for (int i = 0; i < n; i++) {
        if (*w[i].text) buf_addn(&b, line + at, (size_t)w[i].box.x - at);
        buf_add(&b, w[i].text);
        at = (size_t)(w[i].box.x + w[i].box.w);
    }
    buf_add(&b, line + at);
    char *s = arena_str(a, buf_str(&b));
    buf_release(&b);
    return s;
}

static void run_cases(RestoreFrom from, const char *path)
{
    Buf b = {0};
    Err err = {0};
    Arena a = {0};
    Restore *r = open_restore(from, true);
    if (!CHECK(r != NULL) || !CHECK(file_read(path, 0, &b, &err))) return;
    char *noisy = NULL;
    for (char *line = b.s; line && *line;) {
        char *end = strchr(line, '\n');
        if (end) *end = '\0';
        if (!*line || *line == '#')
            noisy = NULL;
        else if (!noisy)
            noisy = line;
        else {
            if (from == FROM_AUTO || from == FROM_MIXED) restore_judge(r, noisy, strlen(noisy));
            CHECK_STR(restored(r, &a, noisy), line);
        }
        line = end ? end + 1 : NULL;
    }
    arena_release(&a);
    buf_release(&b);
    restore_close(r);
}

static void run_file(const char *path)
{
    for (int from = FROM_AUTO; from <= FROM_CLEAN; from++)
        if (str_starts(file_base_name(path), restore_from_name((RestoreFrom)from)))
            run_cases((RestoreFrom)from, path);
}

TEST(cases)
{
    cases_each("tests/cases/restore", "", run_file);
}

TEST(judgement)
{
    static const char stripped[] = "Cac truong mam non tren dia ban quan gui bao cao ve phong truoc ngay 15";
    static const char ocr[] = "C4c trudng mam non trén dia ban quén giti bdo cdo vé phong trwéc ngay 15";
    static const char right[] = "Các trường mầm non trên địa bàn quận gửi báo cáo về phòng trước ngày 15";
    static const char english[] =
        "The schools of the district send their reports before the end of the month";
    Restore *r = open_restore(FROM_AUTO, true);
    if (!CHECK(r != NULL)) return;
    CHECK_INT(restore_judge(r, stripped, strlen(stripped)), FROM_STRIPPED);
    CHECK_INT(restore_judge(r, ocr, strlen(ocr)), FROM_OCR);
    CHECK_INT(restore_judge(r, right, strlen(right)), FROM_MIXED);
    CHECK_INT(restore_judge(r, english, strlen(english)), FROM_CLEAN);
    restore_close(r);
}

/* Lines typed without marks amid marked ones get them; other lines without marks are left alone. */
TEST(mixed_lines)
{
    static const char raw[] = "Kế hoạch kết nghĩa giữa các trường trong quận\n"
                              "Cac truong gui danh sach ve phong truoc ngay 15\n"
                              "Hoa Mai, Kim Chung, Sao Mai, Marie Curie\n"
                              "Please send the list to the office";
    static const char wanted[] = "Kế hoạch kết nghĩa giữa các trường trong quận\n"
                                 "Các trường gửi danh sách về phòng trước ngày 15\n"
                                 "Hoa Mai, Kim Chung, Sao Mai, Marie Curie\n"
                                 "Please send the list to the office";
    Arena a = {0};
    for (int quick = 0; quick < 2; quick++) {
        Restore *r = open_restore(FROM_AUTO, quick);
        if (!CHECK(r != NULL)) return;
        CHECK_STR(restored(r, &a, raw), wanted);
        CHECK_INT(restore_state(r), FROM_MIXED);
        restore_close(r);
    }
    arena_release(&a);
}

TEST(probabilities)
{
    static const char line[] = "Truong Mam non Hoa Mai";
    Arena a = {0};
    Err err = {0};
    Word *w;
    int n;
    Restore *r = open_restore(FROM_STRIPPED, false);
    if (!CHECK(r != NULL) || !CHECK(restore_line(r, &a, line, strlen(line), &w, &n, &err))) return;
    CHECK_INT(n, 5);
    CHECK_INT(w[1].box.x, 7);
    CHECK_INT(w[1].box.w, 3);
    CHECK_STR(w[1].text, "Mầm");
    CHECK(w[1].prob > 0.9f && w[1].prob <= 1);
    CHECK_INT(w[0].origin, ORIGIN_NGRAM);
    CHECK_INT(w[2].origin, ORIGIN_OCR);
    arena_release(&a);
    restore_close(r);
}

/* How likely the last word of a line is right. */
static float last_prob(Restore *r, const char *line)
{
    Arena a = {0};
    Err err = {0};
    Word *w;
    int n;
    restore_judge(r, line, strlen(line));
    bool ok = restore_line(r, &a, line, strlen(line), &w, &n, &err) && n > 0;
    float prob = ok ? w[n - 1].prob : -1;
    arena_release(&a);
    return prob;
}

/* Of names nobody can be sure of, however many stand before. */
TEST(probabilities_of_a_long_line)
{
    Buf line = {0};
    Restore *r = open_restore(FROM_STRIPPED, false);
    if (!CHECK(r != NULL)) return;
    for (int i = 0; i < 2000; i++) buf_add(&line, "co Mai ban Dung ");
    buf_add(&line, "Dung");
    float p = last_prob(r, buf_str(&line));
    CHECK(p > 0.1f && p < 0.99f);
    buf_release(&line);
    restore_close(r);
}

TEST(why)
{
    static const char line[] = "Hoi dong thi dua khen thu0ng cua truong mam non Hoa Mai";
    Arena a = {0};
    Err err = {0};
    Word *w;
    int n;
    RestoreOptions o = {.from = FROM_OCR, .explain = true};
    Restore *r = restore_open(&o, &err);
    if (!CHECK(r != NULL) || !CHECK(restore_line(r, &a, line, strlen(line), &w, &n, &err))) return;
    const RestoreWhy *marks = restore_why(r, 0), *letters = restore_why(r, 5);
    if (CHECK(marks != NULL)) CHECK_STR(marks->rule, "marks");
    CHECK_STR(w[5].text, "thưởng");
    if (CHECK(letters != NULL)) {
        CHECK_STR(letters->rule, "letters");
        CHECK(letters->reading > 1 && letters->context < letters->as_read);
    }
    CHECK(restore_why(r, 10) == NULL); /* Hoa Mai stays */
    CHECK(restore_why(r, n) == NULL);
    arena_release(&a);
    restore_close(r);
}

TEST(engines_choices)
{
    Page p;
    Err err = {0};
    static const char *const raw[] = {"Trường", "THCS", "Phù", "Lưu,"};
    Reading choice[] = {{"Lưu,", -0.3f}, {"Lựu,", -1.4f}};
    page_init(&p, 1);
    p.unit = UNIT_CHARACTER;
    page_add_line(&p);
    for (int i = 0; i < 4; i++) page_add_word(&p, (Rect){i * 8, 0, 7, 1}, raw[i], 0.9f);
    p.words.v[3].choice = choice, p.words.v[3].choices = 2;
    *vec_push(&p.blocks) = (Block){.kind = BLOCK_TEXT, .lines = 1, .table = -1};
    Restore *r = open_restore(FROM_VIE, false);
    if (!CHECK(r != NULL) || !CHECK(restore_page(r, &p, &err))) return;
    CHECK_STR(p.words.v[3].text, "Lưu,");
    CHECK(p.words.v[3].prob > 0.5f);
    restore_close(r);
    page_release(&p);
}

TEST(odd_input)
{
    static const char *const lines[] = {
        "",
        " ",
        "\xFF\xFE",
        "a\xCC",
        "|||||",
        "}}}{{{",
        "\xCC\x81",
        "................",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "1/2/3-4"};
    for (int from = FROM_AUTO; from <= FROM_CLEAN; from++) {
        Restore *r = open_restore((RestoreFrom)from, false);
        if (!CHECK(r != NULL)) return;
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            Arena a = {0};
            CHECK(restored(r, &a, lines[i]) != NULL);
            arena_release(&a);
        }
        restore_close(r);
    }
}

/* What is kept of one line, here in another state, changes nothing in the next. */
TEST(what_was_read_before)
{
    static const char bad[] = "Hoa Ngoc l>zez_ \xE2\x80\x9C. sa I |HAS l>zez_ xa", good[] = "THCS Hải Vân H";
    Restore *fresh = open_restore(FROM_AUTO, false), *used = open_restore(FROM_AUTO, false);
    if (!CHECK(fresh != NULL) || !CHECK(used != NULL)) return;
    last_prob(used, bad);
    CHECK(restore_state(used) == FROM_OCR);
    CHECK(last_prob(used, good) == last_prob(fresh, good));
    CHECK(restore_state(used) == FROM_MIXED);
    restore_close(fresh);
    restore_close(used);
}

int main(void)
{
    RUN(what_was_read_before);
    RUN(cases);
    RUN(judgement);
    RUN(mixed_lines);
    RUN(probabilities);
    RUN(probabilities_of_a_long_line);
    RUN(why);
    RUN(engines_choices);
    RUN(odd_input);
    return TEST_DONE();
}
