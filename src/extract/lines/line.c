/* "10{Mam non Hoa Mai Mam non" was restored to "10Mầm non Hoa Mai Mầm non": the mark between ordinal and name
 * is gone, for restoring knows only words. raw still has it. So "10" comes from raw, "Mầm" from text. */
#include "extract/lines/rows.h"

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

static void push_bar(Toks *out, Arena *a, const Tok *near)
{
    Tok *bar = vec_push(out);
    *bar = (Tok){.mark = '|',
                 .glued = true,
                 .prob = 1,
                 .box = near->box,
                 .at = near->at,
                 .page = near->page,
                 .words = near->words,
                 .index = near->index};
    tok_set(a, bar, "|", "|");
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
static const char *code_behind(const Keywords *words, const char *raw)
{
    KeywordList codes = words_of_kind(words, WORD_CODE_MISREAD);
    for (int i = 0; i < codes.n; i++) {
        const char *code = codes.v[i].text;
        size_t n = strlen(code), len = strlen(raw);
        if (len != n && !(len == n + 1 && strchr("1|lI({", raw[0]))) continue;
        size_t k = 0;
        while (k < n && looks_as(raw[len - n + k], code[k])) k++;
        if (k == n) return code;
    }
    return NULL;
}

/* May what stands behind a code, in one piece with it, be a name: "Tô", "T&an"? No syllable begins with MN,
 * so that capitals may follow it ("MNHGNai", "THCSIQ"), but many begin with TH. */
static bool is_glued_name(const char *s, bool syllable)
{
    int32_t one, two;
    s += strspn(s, "_-.");
    size_t n = utf8_decode(s, strlen(s), &one);
    if (!s[n] || !viet_is_upper(one)) return false;
    utf8_decode(s + n, strlen(s + n), &two);
    return !syllable || !viet_is_upper(two);
}

/* "THE" of "TH É Tòng", "THT" of "TH Tú Xương": a capital more, before a name that is not capitals. */
static bool is_glued_letter(const char *s, const Tok *next)
{
    int32_t c;
    size_t n = utf8_decode(s, strlen(s), &c), first;
    if (s[n] || !viet_is_upper(c) || !next || next->mark || !tok_capital(next)) return false;
    first = utf8_decode(next->raw, strlen(next->raw), &c);
    utf8_decode(next->raw + first, strlen(next->raw + first), &c);
    return next->raw[first] && viet_is_letter(c) && !viet_is_upper(c);
}

/* Bytes of a level's code that a name was glued to ("THTô Hiệu"); 0: none. */
static size_t glued_code(const Keywords *words, const char *raw, const Tok *next)
{
    KeywordList codes = words_of_kind(words, WORD_CODE_GLUED);
    for (int i = 0; i < codes.n; i++) {
        const char *code = codes.v[i].text;
        size_t n = strlen(code);
        bool syllable = n == 2 && *code == 'T';
        if (str_starts(raw, code) && raw[n] &&
            (is_glued_name(raw + n, syllable) || (syllable && is_glued_letter(raw + n, next))))
            return n;
    }
    return 0;
}

/* Pushes the token; where it is a code and a name in one, both. Names read so are taken as they stand. */
static void push_token(Toks *out, Arena *a, const Tok *t, const Tok *next)
{
    size_t n = t->mark || strchr(t->raw, ' ') ? 0 : glued_code(t->words, t->raw, next);
    if (!n) {
        *vec_push(out) = *t;
        return;
    }
    Tok code = *t, name = *t;
    const char *rest = arena_str(a, t->raw + n + strspn(t->raw + n, "_-.")),
               *front = arena_strn(a, t->raw, n);
    tok_set(a, &code, front, front);
    tok_set(a, &name, rest, rest);
    name.new_line = false, name.glued = true;
    *vec_push(out) = code;
    *vec_push(out) = name;
}

/* The first word of a row after its number and marks, where it is a misread code before a name. */
static void mend_code(Arena *a, Toks *line)
{
    size_t i = 0;
    while (i < line->n && i < 3 && (line->v[i].mark || (i == 0 && ordinal_read(&line->v[i], 0)))) i++;
    if (!i || i + 1 >= line->n || line->v[i].mark) return;
    Tok *t = &line->v[i];
    int used;
    const char *code = level_prefix((Run){t, 1}, &used) ? NULL : code_behind(t->words, t->raw);
    if (code && !line->v[i + 1].mark && tok_capital(&line->v[i + 1])) tok_set(a, t, code, t->raw);
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
        if ((lost || inside) && !(toks.n && toks.v[toks.n - 1].mark == '|')) push_bar(&toks, a, t);
        size_t before = toks.n;
        push_token(&toks, a, t, i + 1 < r.n ? &r.v[i + 1] : NULL);
        if (i && !t->mark && toks.n == before + 1)
            tok_set(a, &toks.v[before], numeral_restored(a, t), t->raw);
    }
    mend_code(a, &toks);
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

/* "Cặp 1: ...", "Cặp số 1 ...": the word before a row's number. */
static Run skip_label(Run r)
{
    int i;
    if (!run_word(r, WORD_ROW_LABEL, &i) || i >= r.n) return r;
    return viet_is_digit((unsigned char)r.v[i].raw[0]) ? run_part(r, i, r.n - i) : r;
}

/* The run without what belongs to the ordinal in its first word. */
static Run after_ordinal(Arena *a, Run r, const char *raw_rest)
{
    Run copy = {arena_dup(a, r.v, (size_t)r.n * sizeof *r.v), r.n};
    run_forget(copy);
    Tok *t = &copy.v[0];
    const char *s = t->text;
    while ((*s >= '0' && *s <= '9') || is_dirt(*s)) s++;
    if (*s && *raw_rest) {
        tok_set(a, t, s, raw_rest);
        return copy;
    }
    int i = 1; /* "38|Trén": two words of one chunk, a bar between them */
    while (i < copy.n && copy.v[i].mark) i++;
    if (i < copy.n && copy.v[i].index == t->index && !*copy.v[i].raw)
        tok_set(a, &copy.v[i], copy.v[i].text, raw_rest);
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

/* "13s", "14‘": one character more behind the number that was expected, no capital and no digit. */
static bool is_one_speck(const char *tail)
{
    int32_t c;
    return *tail && !tail[utf8_decode(tail, strlen(tail), &c)] && !viet_is_upper(c) && !viet_is_digit(c);
}

int flat_ordinal(Arena *a, Run r, int expected, Run *rest)
{
    int value = 0, n = 0;
    r = skip_label(skip_marks(r));
    if (!r.n) return 0;
    const char *raw = r.v[0].raw;
    while (is_dirt(*raw)) raw++;
    for (; raw[n] >= '0' && raw[n] <= '9'; n++)
        if (n < MOST_DIGITS) value = value * 10 + raw[n] - '0';
    const char *tail = raw + n;
    bool marked = is_dirt(*tail);
    while (is_dirt(*tail)) tail++;
    if (n && value == expected && is_one_speck(tail)) tail += strlen(tail);
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

static bool ends_with(Run r, char c)
{
    const char *s = r.n ? r.v[r.n - 1].text : "";
    size_t n = strlen(s);
    return n && s[n - 1] == c;
}

static bool is_title(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    if (run_words(r) > TITLE_WORDS) return false;
    compact_run(r, false, text);
    compact_run(r, true, raw);
    bool list = has_word(r, text, WORD_LIST_TITLE) || has_word(r, raw, WORD_LIST_TITLE);
    return list && tok_capital(&r.v[0]) && !ends_sentence(r) && has_word(r, text, WORD_LIST_OF);
}

/* "Yên Nghĩa" is two edits from "kết nghĩa". */
static bool says_twinned(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    compact_run(r, false, text);
    compact_run(r, true, raw);
    return has_word(r, text, WORD_TWIN) || has_word(r, raw, WORD_TWIN);
}

/* "Trường quận Cầu Giấy", "Tên trường", "Đơn vị", but not "Trương Định", which is a school's name. */
static bool begins_header(Run r)
{
    int used;
    if (run_word(r, WORD_HEADER_BEGINS, &used)) return true;
    const char *first = r.v[0].letters;
    KeywordList leads = words_of_kind(r.v[0].words, WORD_HEADER_LEAD);
    bool lead = false;
    for (const Keyword *w = leads.v; w < leads.v + leads.n && !lead; w++)
        lead = edit_distance(first, (int)strlen(first), w->letters, w->len, w->edits) <= w->edits;
    if (!lead) return false;
    if (r.n == 1 || (!r.v[1].mark && !tok_capital(&r.v[1]))) return true;
    return tok_word(&r.v[1], WORD_HEADER_AFTER) != NULL;
}

static bool begins_with_digit(const Tok *t)
{
    return viet_is_digit(t->raw[0]) || viet_is_digit(t->text[0]);
}

/* "1T" of "TT", which nothing else is called. */
static bool is_ordinal_head(const Tok *t)
{
    size_t n = strlen(t->raw);
    return !t->mark && n >= 2 && n <= 3 && strspn(t->raw, "1TIlS") == n && strchr(t->raw, 'T');
}

/* "0) Khối | Trường thuộc quận Ba Đình Trường kết nghĩa Ghi chú": twins and notes, or a mark between columns;
 * "1T Bon vi Fe seus Ghi chu". */
static bool is_misread_header(Run r)
{
    char text[COMPACT_MOST];
    bool bar = false;
    int names = 0;
    compact_run(r, false, text);
    for (int i = 0; i < r.n; i++) {
        bar = bar || r.v[i].mark == '|';
        names += tok_word(&r.v[i], WORD_HEADER_PART) != NULL;
    }
    bool notes = has_word(r, text, WORD_NOTES);
    if (notes && names && is_ordinal_head(&r.v[0])) return true;
    if (!names || !has_word(r, text, WORD_TWIN)) return false;
    return (names > 1 && notes) || (bar && run_words(r) > 5);
}

/* "Ghi chú", "Nội dung", "Địa chỉ"; not the office of a signer, which stands over a name too. */
static bool is_known_column(Run r)
{
    char text[COMPACT_MOST];
    compact_run(r, false, text);
    return has_word(r, text, WORD_NOTES) || has_word(r, text, WORD_CONTENT) ||
           header_read(NULL, NULL, r).kind == HEADER_PLACE;
}

/* "Các trường tiểu học nội thành của Trường tiểu học ngoại thành (huyện": the same level twice, and behind it no
 * name. */
static bool repeats_level(Run r)
{
    int n = 0, used;
    Level level = LEVEL_NONE;
    if (begins_with_digit(&r.v[0])) return false;
    for (int i = 0; i < r.n; i++) {
        Level found = level_prefix(run_part(r, i, r.n - i), &used);
        if (!found) continue;
        int end = i + used;
        if (level && found != level) return false;
        if (end < r.n && !r.v[end].mark && tok_capital(&r.v[end])) return false;
        level = found, n++, i = end - 1;
    }
    return n >= 2;
}

/* ROLE_ORDINAL for "TT Tên trường ...", the role of a single column's header, or ROLE_NONE. */
static Role line_header(Run r)
{
    int words = run_words(r);
    if (!words || words > HEADER_WORDS || ends_sentence(r)) return ROLE_NONE;
    if (is_misread_header(r) || repeats_level(r)) return ROLE_ORDINAL;
    if (words > 1 && !begins_with_digit(&r.v[0]) && header_role(run_part(r, 0, 1)) == ROLE_ORDINAL) {
        Run after = skip_marks(run_part(r, 1, r.n - 1));
        if (header_role(after) != ROLE_NONE || says_twinned(after)) return ROLE_ORDINAL;
    }
    if (begins_with_digit(&r.v[0])) return ROLE_NONE;
    Role role = words <= HEADER_WORDS / 2 && r.v[0].mark != '-' ? header_role(r) : ROLE_NONE;
    if (role == ROLE_OTHER && (words > 3 || !is_known_column(r))) return ROLE_NONE;
    if (role == ROLE_SCHOOL && !begins_header(r)) return ROLE_NONE;
    if (role == ROLE_PARTNER && !begins_header(r) && !says_twinned(r)) return ROLE_NONE;
    return role == ROLE_SCHOOL || role == ROLE_PARTNER || role == ROLE_OTHER ? role : ROLE_NONE;
}

/* "I", "Ill", "IL.", "A": what a heading is counted with; a row has a number. */
static bool counts_section(const Tok *t)
{
    const char *s = t->raw;
    size_t n = strcspn(s, ".)");
    if (t->mark || !n || n > 4 || strspn(s + n, ".)") < strlen(s + n)) return false;
    return (n == 1 && *s >= 'A' && *s <= 'E') || (strspn(s, "IVXLl") == n && strchr("IVX", *s));
}

/* Of a level's words, which letters begin with, how many those are; 0: they are others. The end may stand on
 * the next line ("TRUNG HOC PHO" of "... PHO THONG"). */
static int level_letters(KeywordList levels, const char *letters, int n, int edits, Level *level)
{
    enum { TELLING = 10 }; /* letters: "trunghocph" and "trunghocco" belong to no other */
    for (const Keyword *w = levels.v; w < levels.v + levels.n; w++) {
        int m = w->len;
        if (n < m && !(n >= TELLING && m > TELLING)) continue;
        if (n < m) m = n;
        if (edit_distance(letters, m, w->letters, m, edits) > edits) continue;
        return *level = (Level)w->value, m;
    }
    return 0;
}

/* Letters of "khối" that the heading begins with, or 0. */
static int block_letters(const Keywords *words, const char *letters)
{
    KeywordList blocks = words_of_kind(words, WORD_BLOCK);
    for (int i = 0; i < blocks.n; i++)
        if (str_starts(letters, blocks.v[i].letters)) return blocks.v[i].len;
    return 0;
}

/* "A KHOIMAM NON \\ 3\\ /&", "I MAMNON lon PD": words of a level in capitals, in one piece or not, and a few
 * letters of a seal's edge behind them. */
static bool is_misread_section(Run r, Level *level)
{
    enum { MOST_DIRT = 6 }; /* letters */
    char c[COMPACT_MOST];
    if (r.n < 2 || !counts_section(&r.v[0]) || r.v[1].mark) return false;
    for (const char *s = r.v[1].raw; *s; s++)
        if (*s >= 'a' && *s <= 'z') return false;
    const Keywords *words = r.v[0].words;
    int n = compact_run(run_part(r, 1, r.n - 1), true, c), block = block_letters(words, c);
    int used =
        level_letters(words_of_kind(words, WORD_LEVEL_START), c + block, n - block, block ? 2 : 1, level);
    return used && n - block - used <= MOST_DIRT;
}

static bool is_section(Run r, Level *level)
{
    bool ends = ends_sentence(r) && !ends_with(r, ':');
    if (!r.n || r.v[0].mark == '-' || ends || run_words(r) > TITLE_WORDS / 2) return false;
    const char *raw = r.v[0].raw; /* "tin học", of a note, is near to "tiểu học"; "lll" is III */
    if (!r.v[0].mark && !tok_capital(&r.v[0]) && *raw >= 'a' && *raw <= 'z' &&
        strspn(raw, "ivxl.") < strlen(raw))
        return false;
    Level misread;
    bool other = is_misread_section(r, &misread), section = section_level(r, level);
    if (other && (!section || misread == LEVEL_THPT)) *level = misread; /* "... PHO" is near to "... CO SO" */
    return section || other;
}

/* A full stop or semicolon ends it and it is not a row: "TH An Hòa." and "23 | THCS Trạm Hành THCS Liên Hà;", on
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

static bool is_closed(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (r.v[i].mark == ')') return true;
    return false;
}

/* "(1) Cam Lộc A giao lưu với ..." */
static bool is_number_in_brackets(Run r)
{
    return r.n > 3 && r.v[1].sense & SENSE_NUMBER && r.v[2].mark == ')';
}

bool is_contact(Run r)
{
    int i = 0, start[MOST_STARTS], used;
    bool called = false;
    if (name_starts(r, start)) return false;
    for (int k = 0; k < r.n; k++) called = called || r.v[k].sense & SENSE_CONTACT;
    while (i < r.n && (r.v[i].mark || r.v[i].sense & SENSE_DIRT)) i++;
    return called || (i < r.n && run_word(run_part(r, i, r.n - i), WORD_CONTACT, &used) && r.v[i].text[0] &&
                      strchr(r.v[i].text, ':'));
}

static Run from_capital(Run r)
{
    int i = 0;
    while (i < r.n && (r.v[i].mark || !tok_capital(&r.v[i]))) i++;
    return run_part(r, i, r.n - i);
}

/* "1. Mục đích: tăng cường giao lưu", "I. MỤC ĐÍCH, YÊU CẦU"; not a school named "Tổ chức ...". */
static bool is_plan_part(Arena *a, Run r)
{
    Run rest = r;
    Letters l;
    int start[MOST_STARTS];
    if (!flat_ordinal(a, r, 0, &rest) && r.n > 1 && heading_number(&r.v[0])) rest = run_part(r, 1, r.n - 1);
    while (rest.n && rest.v[0].mark) rest = run_part(rest, 1, rest.n - 1);
    if (!rest.n || name_starts(rest, start)) return false;
    run_letters(rest, &l);
    KeywordList parts = words_of_kind(rest.v[0].words, WORD_PLAN_PART);
    for (const Keyword *w = parts.v; w < parts.v + parts.n; w++)
        if (run_find(rest, &l, w) == 0) return true;
    return false;
}

static LineKind kind_of(Arena *a, FlatLine *l)
{
    Run r = l->run;
    int words = run_words(r);
    bool bracket = r.n && r.v[0].mark == '(' && !is_number_in_brackets(r);
    if (bracket && !is_closed(r) && is_title(from_capital(r))) return LINE_TITLE;
    if (bracket || is_total(r) || is_contact(r)) return LINE_NOTE;
    if (!words || words > MOST_WORDS) return LINE_PROSE;
    if (words == 1 && ordinal_read(&r.v[r.v[0].mark && r.n > 1], 0)) return LINE_ORDINAL;
    if (is_title(r)) return l->level = level_mentioned(r), LINE_TITLE;
    if (is_section(r, &l->level)) return LINE_SECTION;
    if ((l->role = line_header(r))) return l->level = level_mentioned(r), LINE_HEADER;
    if (is_plan_part(a, r)) return LINE_PROSE;
    return looks_like_names(r) && !is_sentence(a, r) && r.v[0].mark != '-' ? LINE_NAMES : LINE_PROSE;
}

/* "Mai ........" */
static Run without_leaders(Run r)
{
    while (r.n > 1 && strspn(r.v[r.n - 1].raw, "._…") == strlen(r.v[r.n - 1].raw) &&
           strlen(r.v[r.n - 1].raw) > 2)
        r.n--;
    return r;
}

void flat_line(Arena *a, const XLine *x, FlatLine *out)
{
    *out = (FlatLine){.x = x, .run = with_marks(a, without_leaders(x->run))};
    out->kind = kind_of(a, out);
}

bool names_notes(const FlatLine *l)
{
    char raw[COMPACT_MOST];
    if (l->kind == LINE_NAMES || run_words(l->run) > HEADER_WORDS) return false;
    compact_run(l->run, true, raw);
    return has_word(l->run, raw, WORD_NOTES) || has_word(l->run, raw, WORD_CONTENT);
}
