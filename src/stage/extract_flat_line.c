/* "10{Mam non Hoa Mai Mam non" was restored to "10Mầm non Hoa Mai Mầm non": the mark between ordinal and name
 * is gone, for restoring knows only words. raw still has it. So "10" comes from raw, "Mầm" from text. */
#include "stage/extract_flat.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum {
    MOST_WORDS = 24,  /* of a row; a sentence's line has about 18, a row of two long names as many */
    TITLE_WORDS = 20, /* of a heading */
    HEADER_WORDS = 16,
    MOST_CELL_WORDS = 9, /* of one name with its level */
    MOST_DIGITS = 3      /* of an ordinal */
};

/* ---- marks ---- */

static bool is_separator(char c)
{
    return c && strchr("|{}[]\\!(", c);
}

/* Where a separator stands inside raw, or -1. */
static int separator_in(const char *raw)
{
    for (int i = 0; raw[i]; i++)
        if (is_separator(raw[i])) return i;
    return -1;
}

static void push_bar(Toks *out, const Tok *near)
{
    *vec_push(out) = (Tok){.text = "|",
                           .raw = "|",
                           .mark = '|',
                           .glued = true,
                           .prob = 1,
                           .box = near->box,
                           .at = near->at,
                           .page = near->page,
                           .index = near->index};
}

/* "II" and "A" at a name's end are no words, but restoring makes words of them ("F", "Á"): they are taken as
 * read, with "I1" and "1T" for "II", and "1Q" for "IQ". */
static const char *mend_suffix(Arena *a, const Tok *t)
{
    const char *s = t->raw;
    size_t n = strlen(s);
    if (n == 1 && ((*s >= 'A' && *s <= 'H') || *s == 'I')) return s;
    if (n < 2 || n > 3) return t->text;
    if (strspn(s, "I1lT!|") == n && (strpbrk(s, "IT") || strcmp(s, "ll") == 0)) return n == 2 ? "II" : "III";
    if (strspn(s, "1ABCDEFGHIJKLMNOPQRSTUVWXYZ") < n || !strchr(s, '1') || s[strspn(s, "1")] == '\0')
        return t->text;
    char *code = arena_str(a, s);
    for (char *p = code; *p; p++)
        if (*p == '1') *p = 'I';
    return code;
}

/* ---- codes of levels ---- */

/* Is c what an engine may make of the capital letter? */
static bool looks_as(char c, char capital)
{
    static const char *const like[] = {"T17ILltfi", "HNh8#", "CGOc0", "S58$s", "PRp", "Mm", "Nn"};
    for (size_t i = 0; i < sizeof like / sizeof *like; i++)
        if (like[i][0] == capital) return c && strchr(like[i], c) != NULL;
    return c == capital;
}

/* "7H", "fh", "LHCS", "1HGS": the code of a level, misread; NULL: none. A stroke may stand before it
 * ("11TH"). */
static const char *code_behind(const char *raw)
{
    static const char *const codes[] = {"THCS", "THPT", "TH"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t n = strlen(codes[i]), len = strlen(raw);
        if (len != n && !(len == n + 1 && strchr("1|lI({", raw[0]))) continue;
        size_t k = 0;
        while (k < n && looks_as(raw[len - n + k], codes[i][k])) k++;
        if (k == n) return codes[i];
    }
    return NULL;
}

/* Bytes of a level's code that a name was glued to ("THTô Hiệu"): capitals, then a capital and another
 * letter; 0: none. */
static size_t glued_code(const char *raw)
{
    static const char *const codes[] = {"THCS", "THPT", "TH", "MN"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t n = strlen(codes[i]), more;
        int32_t one, two;
        if (strncmp(raw, codes[i], n) != 0 || !raw[n]) continue;
        more = utf8_decode(raw + n, strlen(raw + n), &one);
        if (!raw[n + more] || !viet_is_upper(one)) continue;
        utf8_decode(raw + n + more, strlen(raw + n + more), &two);
        if ((viet_is_letter(two) && !viet_is_upper(two)) || viet_is_digit(two)) return n;
    }
    return 0;
}

/* Pushes the token; where it is a code and a name in one, both. Names read so are taken as they stand. */
static void push_token(Toks *out, Arena *a, const Tok *t)
{
    size_t n = t->mark || strchr(t->raw, ' ') ? 0 : glued_code(t->raw);
    if (!n) {
        *vec_push(out) = *t;
        return;
    }
    Tok code = *t, name = *t;
    code.text = code.raw = arena_strn(a, t->raw, n);
    name.text = name.raw = arena_str(a, t->raw + n);
    name.new_line = false, name.glued = true;
    *vec_push(out) = code;
    *vec_push(out) = name;
}

/* The first word of a row after its number and marks, where it is a misread code before a name. */
static void mend_code(Toks *line)
{
    size_t i = 0;
    while (i < line->n && i < 3 && (line->v[i].mark || (i == 0 && ordinal_read(&line->v[i], 0)))) i++;
    if (!i || i + 1 >= line->n || line->v[i].mark) return;
    Tok *t = &line->v[i];
    int used;
    const char *code = level_prefix((Run){t, 1}, &used) ? NULL : code_behind(t->raw);
    if (code && !line->v[i + 1].mark && tok_capital(&line->v[i + 1])) t->text = code;
}

/* Puts back separators that raw has and text does not: before a word, or between two that were one. */
static Run with_marks(Arena *a, Run r)
{
    Toks toks = {0};
    for (int i = 0; i < r.n; i++) {
        const Tok *t = &r.v[i];
        bool lost = !t->mark && i && separator_in(t->raw) == 0 && separator_in(t->text) < 0;
        bool inside = i && !t->mark && !*t->raw && r.v[i - 1].index == t->index && !r.v[i - 1].mark &&
                      separator_in(r.v[i - 1].raw) > 0 && (i < 2 || r.v[i - 2].index != t->index);
        if ((lost || inside) && !(toks.n && toks.v[toks.n - 1].mark == '|')) push_bar(&toks, t);
        size_t before = toks.n;
        push_token(&toks, a, t);
        if (i && !t->mark && toks.n == before + 1) toks.v[before].text = mend_suffix(a, t);
    }
    mend_code(&toks);
    Run out = run_from(a, &toks, 0);
    vec_release(&toks);
    return out;
}

/* ---- ordinals ---- */

static bool is_dirt(char c)
{
    return c && (is_separator(c) || strchr(".,:;)/-_'\"*~ ", c));
}

static Run skip_marks(Run r)
{
    int i = 0;
    while (i < r.n && (r.v[i].mark || strspn(r.v[i].text, ".,:;|-_'\"*~") == strlen(r.v[i].text))) i++;
    return run_part(r, i, r.n - i);
}

/* The run without what belongs to the ordinal in its first word. */
static Run after_ordinal(Arena *a, Run r, const char *raw_rest)
{
    Run copy = {arena_dup(a, r.v, (size_t)r.n * sizeof *r.v), r.n};
    Tok *t = &copy.v[0];
    const char *s = t->text;
    while ((*s >= '0' && *s <= '9') || is_dirt(*s)) s++;
    if (*s && *raw_rest) {
        t->text = s;
        t->raw = raw_rest;
        return copy;
    }
    int i = 1; /* "38|Trén": two words of one chunk, a bar between them */
    while (i < copy.n && copy.v[i].mark) i++;
    if (i < copy.n && copy.v[i].index == t->index && !*copy.v[i].raw) copy.v[i].raw = raw_rest;
    return skip_marks(run_part(copy, 1, copy.n - 1));
}

/* "431" where 43 is expected: the rule of the table became a digit. */
static bool is_with_bar(int value, int expected)
{
    return expected && value / 10 == expected && (value % 10 == 1 || value % 10 == 7);
}

static bool capital_follows(const char *s)
{
    int32_t c;
    utf8_decode(s, strlen(s), &c);
    return viet_is_upper(c);
}

int flat_ordinal(Arena *a, Run r, int expected, Run *rest)
{
    int value = 0, n = 0;
    r = skip_marks(r);
    if (!r.n) return 0;
    const char *raw = r.v[0].raw;
    while (is_dirt(*raw)) raw++;
    for (; raw[n] >= '0' && raw[n] <= '9'; n++)
        if (n < MOST_DIGITS) value = value * 10 + raw[n] - '0';
    const char *tail = raw + n;
    bool marked = is_dirt(*tail);
    while (is_dirt(*tail)) tail++;
    if (n && n <= MOST_DIGITS && (!*tail || ((marked || value == expected) && capital_follows(tail)))) {
        if (!marked && is_with_bar(value, expected)) value = expected;
        *rest = after_ordinal(a, r, tail);
        return value;
    }
    value = expected ? ordinal_read(&r.v[0], expected) : 0;
    if (value != expected) return 0;
    *rest = skip_marks(run_part(r, 1, r.n - 1));
    return value;
}

/* ---- kinds ---- */

bool looks_like_names(Run r)
{
    int words = run_words(r), capitals = 0, small = 0, used;
    if (!words || words > MOST_WORDS) return false;
    for (int i = 0; i < r.n; i++) {
        if (r.v[i].mark) continue;
        if (level_prefix(run_part(r, i, r.n - i), &used)) {
            capitals++;
            i += used - 1;
        } else if (tok_capital(&r.v[i])) {
            capitals++;
        } else {
            small++;
        }
    }
    return capitals > 0 && small * 5 <= (capitals + small) * 2;
}

static bool ends_sentence(Run r)
{
    if (!r.n) return false;
    const Tok *t = &r.v[r.n - 1];
    size_t n = strlen(t->text);
    return t->mark == ';' || (!t->mark && n && strchr(";:.", t->text[n - 1]) && n > 2);
}

static bool is_title(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    if (run_words(r) > TITLE_WORDS) return false;
    compact_run(r, false, text);
    compact_run(r, true, raw);
    bool list =
        has_fuzzy(text, "danhsach", 1) || has_fuzzy(raw, "danhsach", 1) || has_fuzzy(text, "bangphancong", 2);
    return list && r.n && tok_capital(&r.v[0]) && !ends_sentence(r) &&
           (has_fuzzy(text, "truong", 1) || has_fuzzy(text, "ketnghia", 1) || has_fuzzy(text, "donvi", 1));
}

/* "Yên Nghĩa" is two edits from "kết nghĩa". */
static bool says_twinned(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    compact_run(r, false, text);
    compact_run(r, true, raw);
    return has_fuzzy(text, "ketnghia", 1) || has_fuzzy(raw, "ketnghia", 1);
}

/* "Trường quận Cầu Giấy", "Tên trường", "Đơn vị", but not "Trương Định", which is a school's name. */
static bool begins_header(Run r)
{
    static const char *const after[] = {"quan", "huyen", "thuoc", "ket", "tren", "cua", "thi", "thanh"};
    const Tok *t = &r.v[0];
    if (tok_is(t, "ten") || (tok_is(t, "don") && r.n > 1 && tok_is(t + 1, "vi")) || tok_is(t, "donvi"))
        return true;
    if (tok_is(t, "co") && r.n > 1 && tok_is(t + 1, "so")) return true;
    char c[COMPACT_MOST];
    int n = compact(t->text, c);
    if (edit_distance(c, n, "truong", 6, 1) > 1) return false;
    if (r.n == 1 || (!r.v[1].mark && !tok_capital(&r.v[1]))) return true;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (tok_is(&r.v[1], after[i])) return true;
    return false;
}

static bool begins_with_digit(const Tok *t)
{
    return viet_is_digit(t->raw[0]) || viet_is_digit(t->text[0]);
}

/* "0) Khối | Trường thuộc quận Ba Đình Trường kết nghĩa Ghi chú": twins and notes, or a mark between columns.
 */
static bool is_soiled_header(Run r)
{
    char text[COMPACT_MOST];
    bool bar = false;
    int names = 0;
    compact_run(r, false, text);
    for (int i = 0; i < r.n; i++) {
        bar = bar || r.v[i].mark == '|';
        names += tok_is(&r.v[i], "truong") || tok_is(&r.v[i], "vi");
    }
    if (!names || !has_fuzzy(text, "ketnghia", 1)) return false;
    return (names > 1 && has_fuzzy(text, "ghichu", 1)) || (bar && run_words(r) > 5);
}

/* ROLE_ORDINAL for "TT Tên trường ...", the role of a single column's header, or ROLE_NONE. */
static Role line_header(Run r)
{
    int words = run_words(r);
    if (!words || words > HEADER_WORDS || ends_sentence(r)) return ROLE_NONE;
    if (is_soiled_header(r)) return ROLE_ORDINAL;
    if (words > 1 && header_role(run_part(r, 0, 1)) == ROLE_ORDINAL) {
        Role role = header_role(skip_marks(run_part(r, 1, r.n - 1)));
        if (role != ROLE_NONE) return ROLE_ORDINAL;
    }
    if (begins_with_digit(&r.v[0])) return ROLE_NONE;
    Role role = words <= HEADER_WORDS / 2 && r.v[0].mark != '-' ? header_role(r) : ROLE_NONE;
    if (role == ROLE_OTHER && words > 3) return ROLE_NONE;
    if (role == ROLE_SCHOOL && !begins_header(r)) return ROLE_NONE;
    if (role == ROLE_PARTNER && !begins_header(r) && !says_twinned(r)) return ROLE_NONE;
    return role == ROLE_SCHOOL || role == ROLE_PARTNER || role == ROLE_OTHER ? role : ROLE_NONE;
}

static bool is_section(Run r, Level *level)
{
    return r.n && r.v[0].mark != '-' && !ends_sentence(r) && run_words(r) <= TITLE_WORDS / 2 &&
           section_level(r, level);
}

/* A full stop or semicolon ends it and it is no row: "TH An Hòa." and "23 | THCS Trạm Hành THCS Liên Hà;", on
 * the next line another partner, are rows. */
static bool is_sentence(Arena *a, Run r)
{
    int used;
    Run row;
    Entry e = {0};
    if (!ends_sentence(r)) return false;
    if (r.v[r.n - 1].mark == ';' && flat_ordinal(a, r, 0, &row) && part_by_rule(row, &e)) return false;
    return run_words(r) > MOST_CELL_WORDS || !level_prefix(r, &used);
}

static LineKind kind_of(Arena *a, FlatLine *l)
{
    Run r = l->run;
    int words = run_words(r);
    if ((r.n && r.v[0].mark == '(') || is_total(r)) return LINE_NOTE;
    if (!words || words > MOST_WORDS) return LINE_PROSE;
    if (words == 1 && ordinal_read(&r.v[r.v[0].mark && r.n > 1], 0)) return LINE_ORDINAL;
    if (is_title(r)) return l->level = level_mentioned(r), LINE_TITLE;
    if (is_section(r, &l->level)) return LINE_SECTION;
    if ((l->role = line_header(r))) return LINE_HEADER;
    return looks_like_names(r) && !is_sentence(a, r) && r.v[0].mark != '-' ? LINE_NAMES : LINE_PROSE;
}

void flat_line(Arena *a, const XLine *x, FlatLine *out)
{
    *out = (FlatLine){.x = x, .run = with_marks(a, x->run)};
    out->kind = kind_of(a, out);
}
