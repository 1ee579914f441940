/* "Tiểu học Vân Hòa (huyện Ba Vì), Tiểu học Phú / Châu" -> TH Vân Hòa, Ba Vì; TH Phú Châu.
 *
 * 1. Words of a level at the front are the level, not the name; they are compared with a few edits allowed,
 *    for an OCR makes "M4m non" and "TIEU HQC" of them. The longest that fits wins ("TH và THCS" over "TH").
 * 2. A name ends at a comma, a semicolon, "và", a plus, a dash or a new line before the next level's words,
 *    at the next level's words themselves, and at a line that was ended early though it had room.
 * 3. In brackets or after a comma, quận, huyện, thị xã, thành phố and a name are the district; xã and phường
 *    are an address. Neither is a school. */
#include "extract/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

/* ---- levels ---- */

typedef struct Pattern {
    const char *letters;
    Level level;
    int most;  /* edits allowed */
    bool code; /* an abbreviation: written in capitals */
} Pattern;

static const Pattern patterns[] = {
    {"truongmn", LEVEL_MN, 0, false}, /* run together */
    {"truongth", LEVEL_TH, 0, false},
    {"truongthcs", LEVEL_THCS, 0, false},
    {"truongthpt", LEVEL_THPT, 0, false},
    {"mamnon", LEVEL_MN, 2, false},
    {"maugiao", LEVEL_MN, 1, false},
    {"nhatre", LEVEL_MN, 0, false},
    {"mn", LEVEL_MN, 0, true},
    {"mg", LEVEL_MN, 0, true},
    {"tieuhocvatrunghoccoso", LEVEL_TH_THCS, 4, false},
    {"tieuhoctrunghoccoso", LEVEL_TH_THCS, 4, false},
    {"tieuhocvathcs", LEVEL_TH_THCS, 3, false},
    {"tieuhocthcs", LEVEL_TH_THCS, 2, false},
    {"thvathcs", LEVEL_TH_THCS, 1, true},
    {"ththcs", LEVEL_TH_THCS, 1, true},
    {"ththcsvathpt", LEVEL_LIEN_CAP, 2, true},
    {"ththcsthpt", LEVEL_LIEN_CAP, 2, true},
    {"tieuhocthcsvathpt", LEVEL_LIEN_CAP, 3, false},
    {"tieuhocthcsthpt", LEVEL_LIEN_CAP, 3, false},
    {"liencap", LEVEL_LIEN_CAP, 1, false},
    {"phothongliencap", LEVEL_LIEN_CAP, 2, false},
    {"phothongnhieucaphoc", LEVEL_LIEN_CAP, 3, false},
    {"phothongconhieucaphoc", LEVEL_LIEN_CAP, 3, false},
    {"phothongcoso", LEVEL_TH_THCS, 1, false}, /* what both in one house were called */
    {"ptcs", LEVEL_TH_THCS, 0, true},
    {"trunghoccosovatrunghocphothong", LEVEL_THCS_THPT, 5, false},
    {"thcsvathpt", LEVEL_THCS_THPT, 2, true},
    {"thcsthpt", LEVEL_THCS_THPT, 1, true},
    {"tieuhoc", LEVEL_TH, 2, false},
    {"th", LEVEL_TH, 0, true},
    {"trunghoccoso", LEVEL_THCS, 3, false},
    {"thcs", LEVEL_THCS, 1, true},
    {"trunghocphothong", LEVEL_THPT, 3, false},
    {"thpt", LEVEL_THPT, 1, true},
    {"phothongdantocnoitru", LEVEL_PTDTNT, 4, false},
    {"phothongdantocbantru", LEVEL_PTDTNT, 4, false},
    {"dantocnoitru", LEVEL_PTDTNT, 2, false},
    {"dantocbantru", LEVEL_PTDTNT, 2, false},
    {"ptdtnt", LEVEL_PTDTNT, 1, true},
    {"ptdtbt", LEVEL_PTDTNT, 1, true},
    {"dtnt", LEVEL_PTDTNT, 0, true},
    {"trungtamgiaoducnghenghiepgiaoducthuongxuyen", LEVEL_GDNN_GDTX, 8, false},
    {"trungtamgdnngdtx", LEVEL_GDNN_GDTX, 3, false},
    {"trungtamgiaoducthuongxuyen", LEVEL_GDNN_GDTX, 5, false},
    {"trungtamgiaoducnghenghiep", LEVEL_GDNN_GDTX, 5, false},
    {"ttgdnngdtx", LEVEL_GDNN_GDTX, 2, true},
    {"ttgdtx", LEVEL_GDNN_GDTX, 1, true},
    {"gdnngdtx", LEVEL_GDNN_GDTX, 2, true},
    {"trungtamgdtx", LEVEL_GDNN_GDTX, 2, false},
    {"gdtx", LEVEL_GDNN_GDTX, 1, true},
    {"chuyenbiet", LEVEL_SPECIAL, 1, false},
    {"giaoducchuyenbiet", LEVEL_SPECIAL, 2, false},
};

enum { PATTERNS = sizeof patterns / sizeof *patterns, MOST_PREFIX = 14 /* tokens */ };

static int capitals(const char *s)
{
    int n = 0;
    int32_t c;
    for (const char *p = s; *p;) {
        p += utf8_decode(p, strlen(p), &c);
        n += viet_is_upper(c);
    }
    return n;
}

/* An abbreviation is in capitals: "TH", "THCS", not the "th" that dirt makes. */
static bool written_as_code(Run r)
{
    int letters = 0, upper = 0;
    for (int i = 0; i < r.n; i++) {
        char c[COMPACT_MOST];
        if (r.v[i].mark || tok_is(&r.v[i], "va")) continue;
        letters += compact(r.v[i].raw, c);
        int read = capitals(r.v[i].raw), meant = capitals(r.v[i].text); /* "fh" that is meant for "TH" */
        upper += read > meant ? read : meant;
    }
    return upper * 3 >= letters * 2;
}

/* A run's letters, by text and by raw. */
typedef struct Letters {
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    int n, m;
} Letters;

/* Edits between a run and a pattern, 99: too many. An abbreviation is in capitals or, when it
 * is longer than two letters, exact. */
static int pattern_distance(const Pattern *p, const Letters *l, Run r)
{
    int len = (int)strlen(p->letters);
    int d = edit_distance(l->text, l->n, p->letters, len, p->most);
    if (d) {
        int e = edit_distance(l->raw, l->m, p->letters, len, p->most);
        d = e < d ? e : d;
    }
    if (d > p->most) return 99;
    if (p->code && !written_as_code(r) && !(len > 2 && strcmp(l->text, p->letters) == 0)) return 99;
    return d;
}

static bool joins_words(const Tok *t)
{
    return t->mark == '-' || t->mark == '/' || t->mark == ',' || t->mark == '+';
}

/* How well a pattern fits: an edit costs three letters, or "Tiểu học Thụy" would be taken for "Tiểu học
 * THCS". */
static int fit(const Pattern *p, int distance)
{
    return (int)strlen(p->letters) - 3 * distance;
}

/* Is the fit no accident? "Maéam non" (two edits of six letters) is "Mầm non", "im non" is not; nor is "Bửu
 * Hòa" "Tiểu học". */
static bool fits(const Pattern *p, int distance, const Letters *l, const Tok *first)
{
    int f = fit(p, distance);
    bool begins = l->text[0] == p->letters[0] || l->raw[0] == p->letters[0];
    return f > 1 || (f == 1 && (begins || !p->most || distance < p->most)) ||
           (f == 0 && tok_capital(first) && begins);
}

/* "Măng Non", "Mai Sơn", "Tiên Hoa" are two edits from "Mầm non", "Tiểu học", whose second word is small. */
static bool is_name_near(int distance, Run r)
{
    const Tok *second = &r.v[1];
    return distance >= 2 && r.n == 2 && tok_capital(&r.v[0]) && tok_capital(second) &&
           capitals(second->raw) < (int)strlen(second->raw);
}

/* The best pattern over the first tokens; *used of them, *best_fit how well it fits. */
static const Pattern *fitting_pattern(Run r, int *used, int *best_fit)
{
    const Pattern *best = NULL;
    *best_fit = -1;
    for (int k = 1; k <= r.n && k <= MOST_PREFIX; k++) {
        const Tok *last = &r.v[k - 1];
        if (last->mark && !joins_words(last)) break;
        if (last->mark || (k > 1 && last->broke && !best && k > 4)) continue;
        Run part = run_part(r, 0, k);
        Letters l;
        l.n = compact_run(part, false, l.text), l.m = compact_run(part, true, l.raw);
        for (int i = 0; i < PATTERNS; i++) {
            int d = pattern_distance(&patterns[i], &l, part);
            if (d == 99 || is_name_near(d, part) || fit(&patterns[i], d) <= *best_fit ||
                !fits(&patterns[i], d, &l, r.v))
                continue;
            best = &patterns[i], *best_fit = fit(best, d), *used = k;
        }
    }
    return best;
}

/* The same, but not when the words fit better without the first ones: the "Đà" of "Sơn Đà, Tiểu học" is no
 * part of them, nor the "Cấp học" of "Cấp học Trung học cơ sở". */
static const Pattern *best_pattern(Run r, int *used)
{
    int its_fit, next_fit, next_used;
    const Pattern *best = fitting_pattern(r, used, &its_fit);
    for (int i = 1; best && i < *used; i++) {
        fitting_pattern(run_part(r, i, r.n - i), &next_used, &next_fit);
        if (next_fit > its_fit) return NULL;
    }
    return best;
}

bool tok_is_lead(const Tok *t)
{
    char c[COMPACT_MOST];
    if (t->mark) return false;
    if (tok_is(t, "truong") || tok_is(t, "tr")) return true;
    int n = compact(t->raw, c);
    return n >= 5 && edit_distance(c, n, "truong", 6, 2) <= 2;
}

/* "Trường" before a level's words on its line, not the "Trung" of "Khánh Trung, MN ..." nor of "Quang Trung
 * Trường MN", nor where the words begin the next. */
static bool leads_level(Run r)
{
    if (r.n < 2 || !tok_is_lead(r.v) || (r.v[1].mark && r.v[1].mark != '.') || tok_is_lead(&r.v[1]))
        return false;
    return !r.v[1].new_line || tok_is(r.v, "truong") || tok_is(r.v, "tr");
}

Level level_prefix(Run r, int *used)
{
    int n = 0, more = 0, behind = 0;
    const Pattern *p = best_pattern(r, &n), *q = NULL;
    if (leads_level(r)) q = best_pattern(run_part(r, 1, r.n - 1), &behind);
    if (q && (!p || behind + 1 > n)) p = q, n = behind + 1; /* "Trường THCS và THPT", not "Trường THCS" */
    if (!p) return *used = 0, LEVEL_NONE;
    if (p->level == LEVEL_PTDTNT || p->level == LEVEL_LIEN_CAP) { /* "PTDTBT THCS Hoa Ban" */
        if (best_pattern(run_part(r, n, r.n - n), &more)) n += more;
    }
    *used = n;
    return p->level;
}

static bool is_roman(const char *s)
{
    return *s && strspn(s, "IVXHivxl1.)") == strlen(s); /* II is read as H */
}

static bool heading_word(const Tok *t)
{
    static const char *const words[] = {"khoi",  "cap",  "bac",  "hoc",  "cac",  "truong",
                                        "nganh", "nhom", "danh", "sach", "phan", "muc",
                                        "he",    "cong", "lap",  "tu",   "thuc", "ngoai"};
    char c[COMPACT_MOST];
    int n = compact(t->text, c);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int m = (int)strlen(words[i]), most = m >= 4 || n == m + 1; /* "C4@p" */
        if (edit_distance(c, n, words[i], m, most) <= most) return true;
    }
    return false;
}

/* The number before a heading, however it was read: "Ĩ", "IH". */
static bool heading_number(const Tok *t)
{
    char c[COMPACT_MOST];
    int n = compact(t->text, c);
    return n >= 1 && n <= 4 && strspn(c, "ivxlh") == (size_t)n;
}

static bool passed_over(const Tok *t)
{
    char c[COMPACT_MOST];
    return t->mark || (!compact(t->text, c) && !viet_is_digit((unsigned char)t->text[0])) ||
           ordinal_read(t, 0) || (is_roman(t->text) && strcmp(t->text, "l") != 0);
}

/* "CœC_ KHỐI TRUNG HỌC CƠ SỞ": what stood before was misread, the letter or number it is counted with. */
static bool soiled_count(Run r)
{
    int used;
    return r.n > 2 && !r.v[0].mark && tok_is(&r.v[1], "khoi") && level_prefix(run_part(r, 2, r.n - 2), &used);
}

/* "C", "C.", of which restoring may have made "Ở". */
static bool counts_with_letter(const char *s)
{
    return strlen(s) <= 2 && *s >= 'A' && *s <= 'H';
}

bool section_level(Run r, Level *level)
{
    int i = 0, used = 0, letters = 0;
    for (; i < r.n; i++) {
        bool letter = !r.v[i].mark && (counts_with_letter(r.v[i].text) || counts_with_letter(r.v[i].raw));
        int n;
        if (level_prefix(run_part(r, i, r.n - i), &n)) break;
        if (i == 0 && (heading_number(&r.v[0]) || soiled_count(r))) continue;
        if (!passed_over(&r.v[i]) && !heading_word(&r.v[i]) && !(letter && !letters++)) return false;
    }
    if (i == r.n) return false;
    *level = level_prefix(run_part(r, i, r.n - i), &used);
    for (i += used; i < r.n; i++) {
        int n;
        if (level_prefix(run_part(r, i, r.n - i), &n)) {
            i += n - 1;
            continue;
        }
        if (!passed_over(&r.v[i]) && !heading_word(&r.v[i])) return false;
        if (tok_is(&r.v[i], "lap") && !tok_is(&r.v[i - 1], "cong") && !tok_is(&r.v[i - 1], "doc"))
            return false; /* "THCS Trung Lập" is a school, "Mầm non công lập" none */
    }
    return true;
}

Level level_cell(Run r)
{
    Level level;
    return section_level(r, &level) ? level : LEVEL_NONE;
}

Level level_mentioned(Run r)
{
    Level found = LEVEL_NONE;
    for (int i = 0; i < r.n; i++) {
        int used;
        Level level = level_prefix(run_part(r, i, r.n - i), &used);
        if (!level) continue;
        if (found && found != level) return LEVEL_NONE;
        found = level;
        i += used - 1;
    }
    return found;
}

static bool covers(Level wide, Level narrow)
{
    switch (wide) {
    case LEVEL_TH_THCS: return narrow == LEVEL_TH || narrow == LEVEL_THCS;
    case LEVEL_THCS_THPT: return narrow == LEVEL_THCS || narrow == LEVEL_THPT;
    case LEVEL_SPECIAL: return true;
    case LEVEL_LIEN_CAP:
    case LEVEL_PTDTNT: return narrow != LEVEL_MN;
    default: return false;
    }
}

bool levels_agree(Level a, Level b)
{
    return !a || !b || a == b || covers(a, b) || covers(b, a);
}

/* ---- districts ---- */

typedef enum Unitword { UNIT_NONE, UNIT_DISTRICT, UNIT_WARD, UNIT_PROVINCE } Unitword;

/* quận, huyện, thị xã, TP ...: what kind of unit, and how many tokens its words are. */
static Unitword unit_word(Run r, int *used)
{
    static const struct {
        const char *first, *second;
        Unitword unit;
    } words[] = {
        {"quan", NULL, UNIT_DISTRICT},   {"huyen", NULL, UNIT_DISTRICT}, {"q", NULL, UNIT_DISTRICT},
        {"h", NULL, UNIT_DISTRICT},      {"thi", "xa", UNIT_DISTRICT},   {"tx", NULL, UNIT_DISTRICT},
        {"thanh", "pho", UNIT_PROVINCE}, {"tp", NULL, UNIT_PROVINCE},    {"tinh", NULL, UNIT_PROVINCE},
        {"xa", NULL, UNIT_WARD},         {"phuong", NULL, UNIT_WARD},    {"thi", "tran", UNIT_WARD},
        {"tt", NULL, UNIT_WARD},         {"thon", NULL, UNIT_WARD},      {"duong", NULL, UNIT_WARD}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int n = words[i].second ? 2 : 1;
        if (r.n < n || !tok_is(&r.v[0], words[i].first) || (n == 2 && !tok_is(&r.v[1], words[i].second)))
            continue;
        *used = n;
        return words[i].unit;
    }
    return UNIT_NONE;
}

enum { MOST_DISTRICT = 4 }; /* syllables of a district's name */

/* The longest known district at the front, else with `trust` the words in capitals; *used tokens. */
static const char *district_name(Arena *a, const Gazetteer *g, Run r, bool trust, int *used)
{
    int most = 0;
    while (most < r.n && most < MOST_DISTRICT && !r.v[most].mark) most++;
    for (int n = most; g && n > 0; n--) {
        const char *name = gazetteer_lookup_district(g, run_text(a, run_part(r, 0, n)));
        if (name && tok_capital(&r.v[0])) return *used = n, name;
    }
    int n = 0;
    while (n < most && tok_capital(&r.v[n])) n++;
    *used = n;
    return trust && n ? run_text(a, run_part(r, 0, n)) : NULL;
}

const char *district_mentioned(Arena *a, const Gazetteer *g, Run r)
{
    for (int i = 0; i < r.n; i++) {
        int used, more;
        Unitword unit = unit_word(run_part(r, i, r.n - i), &used);
        if (unit != UNIT_DISTRICT && unit != UNIT_PROVINCE) continue;
        const char *name = district_name(a, g, run_part(r, i + used, r.n - i - used), false, &more);
        if (name) return name;
    }
    return NULL;
}

/* ---- the names in a cell ---- */

typedef struct Parse {
    Names *out;
    Arena *a;
    const Gazetteer *g;
    NameStyle style;
    Run cell;
    int at[256], n; /* tokens of the name being gathered */
    int from;       /* where its prefix began, -1 when it has none */
    Level level, inherited;
    const char *district;
    bool guessed;
} Parse;

static int parse_words(const Parse *p)
{
    int n = 0;
    for (int i = 0; i < p->n; i++) n += !p->cell.v[p->at[i]].mark;
    return n;
}

/* How many upright strokes the token is made of ("I1", "lI", "1T", "Iï": two), 0 when of anything else. */
static int strokes(const char *s)
{
    int n = 0;
    for (size_t len = strlen(s); len > 0; n++) {
        int32_t c;
        size_t bytes = utf8_decode(s, len, &c);
        bool stroke = c > 0 && c < 0x80 ? strchr("I1lT|!", c) != NULL : viet_bare(c) == 'i';
        if (!stroke) return 0;
        s += bytes, len -= bytes;
    }
    return n;
}

/* Two or three strokes at a name's end are a roman numeral; a single one is what the other names count with.
 */
static const char *mend_numeral(const char *s, bool arabic)
{
    size_t n = strlen(s);
    if (n == 2 && (s[0] == '1' || s[0] == 'l') && s[1] == 'V') return "IV";
    int count = strokes(s);
    if (count == 2 || count == 3) return count == 2 ? "II" : "III";
    if (count != 1 || strchr("T1", s[0])) return s;
    return arabic ? "1" : "I";
}

static const char *clean_ends(Arena *a, const char *s)
{
    static const char junk[] = " .,;:|_-'\"`~=<>*";
    size_t n = strlen(s), bytes;
    int32_t c;
    for (; *s; s += bytes, n -= bytes) {
        bytes = utf8_decode(s, n, &c);
        if (c < 0x80 ? !strchr(junk, c) : viet_is_letter(c)) break;
    }
    while (n) {
        for (bytes = 1; bytes < n && ((unsigned char)s[n - bytes] & 0xC0) == 0x80;) bytes++;
        utf8_decode(s + n - bytes, bytes, &c);
        if (c < 0x80 ? !strchr(junk, c) : viet_is_letter(c)) break;
        n -= bytes;
    }
    return arena_strn(a, s, n);
}

/* "Hưng Ï", of which restoring took the second for a speck: a letter or digit of one stroke is the numeral.
 */
static bool lost_numeral(const Tok *last)
{
    const char *blank = strrchr(last->raw, ' ');
    return blank && strlen(last->text) > 1 && !strchr("|!T", blank[1]) && strokes(blank + 1) == 1;
}

static const char *parse_text(const Parse *p, bool raw)
{
    Buf b = {0};
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        const char *s = raw ? t->raw : t->text;
        if (!raw && i + 1 == p->n && i) s = mend_numeral(s, p->style.arabic);
        if (!*s) continue;
        bool bracket = t->mark == ')' || (i && p->cell.v[p->at[i - 1]].mark == '(');
        if (b.len && !bracket) buf_addc(&b, ' ');
        buf_add(&b, s);
    }
    if (!raw && p->n && lost_numeral(&p->cell.v[p->at[p->n - 1]])) buf_add(&b, p->style.arabic ? " 1" : " I");
    const char *s = raw ? arena_str(p->a, buf_str(&b)) : clean_ends(p->a, buf_str(&b));
    buf_release(&b);
    return s;
}

static Place place_of(const Parse *p)
{
    Place place = {0};
    int last = -1;
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        if (!place.page) place.page = t->page, place.first_word = t->index;
        if (t->page != place.page) continue;
        place.box = rect_union(place.box, t->box);
        if (t->index < place.first_word) place.first_word = t->index;
        if (t->index > last) last = t->index;
    }
    place.words = last >= place.first_word ? last - place.first_word + 1 : 0;
    return place;
}

static float prob_of(const Parse *p)
{
    float prob = 1;
    int before = -1;
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        if (!t->mark && t->index != before) prob *= t->prob, before = t->index;
    }
    return prob;
}

static bool has_letters(const char *s)
{
    char c[COMPACT_MOST];
    return compact(s, c) > 0;
}

/* "Mê Linh X_": a lone letter that schools are not told apart by, and doubted: a stroke, the seal's edge. */
static bool is_stray(const Tok *t)
{
    static const float doubt = 0.9f;
    bool lone = *t->text && !t->text[1 + strspn(t->text + 1, "_-.'`~\"")];
    return !t->mark && lone && viet_is_letter((unsigned char)t->text[0]) &&
           !strchr("ABCDEFGHIV", t->text[0]) && t->prob < doubt;
}

/* "Thanh Tùng ]": the stroke may be the 1 or I that tells the school from its sister; not after a numeral. */
static bool stroke_after(const Parse *p)
{
    int next = p->at[p->n - 1] + 1;
    if (p->n > 1 && heading_number(&p->cell.v[next - 1])) return false;
    return next < p->cell.n && p->cell.v[next].mark == '|' && !p->cell.v[next].new_line;
}

static void name_end(Parse *p)
{
    bool stray = false;
    if (p->n) stray = stroke_after(p);
    for (char c[COMPACT_MOST]; p->n > 1; p->n--) {
        const Tok *last = &p->cell.v[p->at[p->n - 1]];
        if (is_stray(last))
            stray = true;
        else if (last->mark == ')' || compact(last->text, c))
            break;
    }
    if (!p->level && p->style.lead && p->n > 1 && tok_is_lead(&p->cell.v[p->at[0]]))
        memmove(p->at, p->at + 1, (size_t)--p->n * sizeof *p->at);
    if (p->n == 1 && tok_is_lead(&p->cell.v[p->at[0]])) p->n = 0; /* "Trường", whose name stands elsewhere */
    const char *text = parse_text(p, false);
    if (has_letters(text) && strspn(text, "0123456789") < strlen(text)) { /* "1-6" is a name, "24" none */
        Name *name = vec_push(p->out);
        *name = (Name){.level = p->level ? p->level : p->inherited,
                       .name = text,
                       .read = clean_ends(p->a, parse_text(p, true)),
                       .district = p->district,
                       .prob = prob_of(p),
                       .place = place_of(p),
                       .guessed = p->guessed,
                       .stray = stray};
        if (p->from >= 0 && p->n) { /* raw: with the words of the level, as it stands there */
            Parse whole = *p;
            whole.n = 0;
            for (int i = p->from; i < p->at[0] && whole.n < 64; i++) whole.at[whole.n++] = i;
            for (int i = 0; i < p->n && whole.n < 255; i++) whole.at[whole.n++] = p->at[i];
            name->raw = parse_text(&whole, true);
            name->place = place_of(&whole);
        } else {
            name->raw = parse_text(p, true);
        }
        name->at = p->cell.v[p->from >= 0 ? p->from : p->at[0]].at;
        if (p->level) p->inherited = p->level;
    }
    p->n = 0;
    p->from = -1;
    p->level = LEVEL_NONE;
    p->district = NULL;
    p->guessed = false;
}

static Run rest_of(const Parse *p, int i)
{
    return run_part(p->cell, i, p->cell.n - i);
}

/* A district for the name being gathered, or for the one that just ended. */
static void set_district(Parse *p, const char *district)
{
    if (p->n)
        p->district = district;
    else if (p->out->n && !p->out->v[p->out->n - 1].district)
        p->out->v[p->out->n - 1].district = district;
}

/* Tokens of a place at i ("quận Cầu Giấy", "xã Tiên Thắng"), which is kept if it is a district; 0: none. */
static int parse_place(Parse *p, int i, bool apart)
{
    Run r = rest_of(p, i);
    int skip = r.n && tok_is(&r.v[0], "thuoc"), used, more = 0;
    Unitword unit = unit_word(run_part(r, skip, r.n - skip), &used);
    if (!unit || (!apart && tok_capital(&r.v[skip]) && !skip)) return 0;
    used += skip;
    if (used < r.n && r.v[used].mark == '.') used++;
    const char *name = district_name(p->a, p->g, run_part(r, used, r.n - used), apart, &more);
    if (unit != UNIT_WARD && name) {
        if (unit == UNIT_DISTRICT || gazetteer_lookup_district(p->g, name)) set_district(p, name);
        return used + more;
    }
    if (!apart && unit != UNIT_WARD) return 0;
    while (used < r.n && !strchr(",;)+", r.v[used].mark ? r.v[used].mark : ' ')) used++;
    return used;
}

static int bracket_end(const Parse *p, int i)
{
    for (int k = i + 1; k < p->cell.n; k++)
        if (p->cell.v[k].mark == ')') return k;
    return -1;
}

static void take(Parse *p, int i)
{
    if (p->n < 250) p->at[p->n++] = i;
}

/* "(HT: Lê Thị Hoa - 0912345678)": whom to call, no part of the name. */
static bool is_contact(Run r)
{
    static const char *const said[] = {"ht", "pht", "hieu", "dt", "sdt", "dien", "lh", "email"};
    enum { LEAST_DIGITS = 7 }; /* of a telephone's number */
    char c[COMPACT_MOST];
    for (int i = 0; i < r.n; i++) {
        int digits = 0;
        for (const char *s = r.v[i].text; *s; s++) digits += viet_is_digit((unsigned char)*s);
        if (digits >= LEAST_DIGITS || strchr(r.v[i].text, '@')) return true;
    }
    if (r.n) compact(r.v[0].text, c);
    for (size_t k = 0; r.n && k < sizeof said / sizeof *said; k++)
        if (strcmp(c, said[k]) == 0) return true;
    return false;
}

/* A bracket: a district, or a ward, or part of the name ("cơ sở 2"). Returns tokens used. */
static int parse_bracket(Parse *p, int i)
{
    int end = bracket_end(p, i), more;
    if (end < 0) end = p->cell.n;
    int used = parse_place(p, i + 1, true);
    if (!used) {
        Run inside = run_part(p->cell, i + 1, end - i - 1);
        const char *name = inside.n ? district_name(p->a, p->g, inside, false, &more) : NULL;
        if (name && more == inside.n) {
            set_district(p, name);
        } else if (p->n && end < p->cell.n && inside.n && !is_contact(inside)) {
            for (int k = i; k <= end; k++) take(p, k);
        }
    }
    return end < p->cell.n ? end - i + 1 : end - i;
}

static int words_on_line(const Parse *p, int i)
{
    int n = 0;
    for (int k = i; k < p->cell.n && (k == i || !p->cell.v[k].new_line); k++) n += !p->cell.v[k].mark;
    return n;
}

/* Does a name end before token i, because somebody pressed Enter there? */
static bool line_ends_name(const Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    return t->new_line && t->broke && !p->level && parse_words(p) >= 2 && words_on_line(p, i) >= 2 &&
           tok_capital(t);
}

static bool is_list_number(const Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    if (t->mark || i + 1 >= p->cell.n || !(t->new_line || i == 0 || p->n)) return false;
    size_t n = strlen(t->text);
    int used;
    bool dotted = n > 1 && (t->text[n - 1] == '.' || t->text[n - 1] == ')') && viet_is_digit(t->text[0]);
    return dotted && (p->n == 0 || level_prefix(rest_of(p, i + 1), &used));
}

/* Takes what stands at i; returns how many tokens it was. */
static int parse_at(Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    int used;
    bool after_mark = i == 0 || p->cell.v[i - 1].mark == ',' || p->cell.v[i - 1].mark == ';' ||
                      p->cell.v[i - 1].mark == '-';
    if (t->mark == '(') return parse_bracket(p, i);
    if (t->mark == '-') {
        if (!p->n || t->new_line || level_prefix(rest_of(p, i + 1), &used)) return name_end(p), 1;
        if (parse_place(p, i + 1, true)) return 1 + parse_place(p, i + 1, true);
        return take(p, i), 1;
    }
    if (t->mark) return t->mark == '|' || t->mark == '.' || t->mark == ')' ? 1 : (name_end(p), 1);
    if (is_list_number(p, i)) return name_end(p), 1;
    if (tok_is(t, "va") && !tok_capital(t) && p->n && i + 1 < p->cell.n) return name_end(p), 1;
    if (p->n || p->out->n) {
        int place = parse_place(p, i, after_mark);
        if (place) return place;
    }
    Level level = level_prefix(rest_of(p, i), &used);
    if (level && !(p->n == 0 && p->level)) {
        if (p->n) name_end(p);
        p->level = level;
        p->from = i;
        return used;
    }
    if (p->n && line_ends_name(p, i)) {
        name_end(p);
        p->guessed = true;
    }
    return take(p, i), 1;
}

void names_parse(Names *out, Arena *a, const Gazetteer *g, Run cell, NameStyle style)
{
    Parse p = {.out = out, .a = a, .g = g, .style = style, .cell = cell, .from = -1};
    for (int i = 0; i < cell.n;) i += parse_at(&p, i);
    name_end(&p);
}
