/* "TIEU HQC" is LEVEL_TH: its letters "tieuhqc" are one edit from "tieuhoc". All words that begin at a token are
 * compared with all patterns; the one with most letters right wins ("TH và THCS" over "TH"). A section,
 * "I. KHỐI MẦM NON", is words of a level among words that only headings have. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

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
        if (r.v[i].mark || tok_is(&r.v[i], "va")) continue;
        letters += (int)strlen(r.v[i].read);
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
    if (t->mark) return false;
    if (tok_is(t, "truong") || tok_is(t, "tr")) return true;
    int n = (int)strlen(t->read);
    return n >= 5 && edit_distance(t->read, n, "truong", 6, 2) <= 2;
}

/* "Trường" before a level's words on its line, not the "Trung" of "Khánh Trung, MN ..." nor of "Quang Trung
 * Trường MN", nor where the words begin the next. */
static bool leads_level(Run r)
{
    if (r.n < 2 || !tok_is_lead(r.v) || (r.v[1].mark && r.v[1].mark != '.') || tok_is_lead(&r.v[1]))
        return false;
    return !r.v[1].new_line || tok_is(r.v, "truong") || tok_is(r.v, "tr");
}

static Level read_prefix(Run r, int *used)
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

/* A token remembers what was found, as long as as much of the run was there to be looked at. */
Level level_prefix(Run r, int *used)
{
    enum { REACH = 4 * MOST_PREFIX }; /* tokens: no answer hangs on more */
    uint8_t reach = (uint8_t)(r.n < REACH ? r.n : REACH);
    if (!r.n) return *used = 0, LEVEL_NONE;
    Tok *t = r.v;
    if (t->begins.reach != reach) {
        t->begins.level = (uint8_t)read_prefix(run_part(r, 0, reach), used);
        t->begins.words = (uint8_t)*used, t->begins.reach = reach;
    }
    *used = t->begins.words;
    return (Level)t->begins.level;
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

bool heading_number(const Tok *t)
{
    size_t n = strlen(t->letters);
    return n >= 1 && n <= 4 && strspn(t->letters, "ivxlh") == n;
}

static bool passed_over(const Tok *t)
{
    return t->mark || t->sense & (SENSE_DIRT | SENSE_NUMBER) ||
           (is_roman(t->text) && strcmp(t->text, "l") != 0);
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
