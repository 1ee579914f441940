/* "TIEU HQC" is LEVEL_TH: its letters "tieuhqc" are one edit from "tieuhoc". All words that begin at a token are
 * compared with all words of levels in dicts/words.tsv; those with most letters right win ("TH và THCS" over "TH"). A
 * section, "I. KHỐI MẦM NON", is words of a level among words that only headings have. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_PREFIX = 14, /* tokens of a level's words */
    TOO_FAR = 99      /* edits: more than any word allows */
};

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
        if (r.v[i].mark || tok_word(&r.v[i], WORD_AND)) continue;
        letters += (int)strlen(r.v[i].read);
        int read = capitals(r.v[i].raw), meant = capitals(r.v[i].text); /* "fh" that is meant for "TH" */
        upper += read > meant ? read : meant;
    }
    return upper * 3 >= letters * 2;
}

/* More edits than that, since so many letters of one the other has not. */
static bool too_far(unsigned x, unsigned y, int most)
{
    return __builtin_popcount(x & ~y) > most || __builtin_popcount(y & ~x) > most;
}

/* Edits between a run and the words of a level, at most `most`; TOO_FAR: more. An abbreviation is in capitals
 * or, when it is longer than two letters, exact. */
static int level_distance(const Keyword *w, const Letters *l, Run r, int most)
{
    if (too_far(w->bag, l->bag, most) && too_far(w->bag, l->raw_bag, most)) return TOO_FAR;
    int d = edit_distance(l->text, l->n, w->letters, w->len, most);
    if (d && strcmp(l->text, l->raw) != 0) {
        int e = edit_distance(l->raw, l->m, w->letters, w->len, most);
        d = e < d ? e : d;
    }
    if (d > most) return TOO_FAR;
    if (w->also && !written_as_code(r) && !(w->len > 2 && strcmp(l->text, w->letters) == 0)) return TOO_FAR;
    return d;
}

static bool joins_words(const Tok *t)
{
    return t->mark == '-' || t->mark == '/' || t->mark == ',' || t->mark == '+';
}

enum { EDIT_COST = 3 }; /* letters that must be right for one that is not */

/* How well words fit: an edit costs three letters, or "Tiểu học Thụy" would be taken for "Tiểu học THCS". */
static int fit(const Keyword *w, int distance)
{
    return w->len - EDIT_COST * distance;
}

/* Edits with which the words still fit better than others did; below 0: they cannot. */
static int edits_left(const Keyword *w, int best_fit)
{
    int left = w->len > best_fit ? (w->len - best_fit - 1) / EDIT_COST : -1;
    return left < w->edits ? left : w->edits;
}

/* Is the fit no accident? "Maéam non" (two edits of six letters) is "Mầm non", "im non" is not; nor is "Bửu
 * Hòa" "Tiểu học". */
static bool fits(const Keyword *w, int distance, const Letters *l, const Tok *first)
{
    int f = fit(w, distance);
    bool begins = l->text[0] == w->letters[0] || l->raw[0] == w->letters[0];
    return f > 1 || (f == 1 && (begins || !w->edits || distance < w->edits)) ||
           (f == 0 && tok_capital(first) && begins);
}

/* "Măng Non", "Mai Sơn", "Tiên Hoa" are two edits from "Mầm non", "Tiểu học", whose second word is small. */
static bool is_name_near(int distance, Run r)
{
    const Tok *second = &r.v[1];
    return distance >= 2 && r.n == 2 && tok_capital(&r.v[0]) && tok_capital(second) &&
           capitals(second->raw) < (int)strlen(second->raw);
}

/* Somebody typed it: "MĂNG NON" is not a misread "MẦM NON". In long words a slip of the finger is let pass. */
static int most_edits(const Keyword *w, const Tok *first, int edits)
{
    enum { LONG = 9 };
    int most = w->len >= LONG ? 1 : 0;
    return first->typed == TYPED_YES && edits > most ? most : edits;
}

/* The words that fit a run's letters better than *best_fit, the best of them; else `best`. */
static const Keyword *better_level(Run part, const Letters *l, const Tok *first, const Keyword *best,
                                   int *best_fit)
{
    KeywordList levels = words_of_kind(first->words, WORD_LEVEL);
    for (const Keyword *w = levels.v; w < levels.v + levels.n; w++) {
        int most = most_edits(w, first, edits_left(w, *best_fit));
        if (most < 0 || (abs(w->len - l->n) > most && abs(w->len - l->m) > most)) continue;
        int d = level_distance(w, l, part, most);
        if (d == TOO_FAR || is_name_near(d, part) || !fits(w, d, l, first)) continue;
        best = w, *best_fit = fit(w, d);
    }
    return best;
}

/* "CO'SO" was one word of the page: what was read of both syllables stands with the first, and the second
 * belongs to the level's words where its letters do. */
static int with_rest_of_word(Run r, const Keyword *w, int used, int its_fit)
{
    char text[COMPACT_MOST];
    int most = (w->len - its_fit) / EDIT_COST;
    while (used < r.n && !r.v[used].mark && !*r.v[used].raw) {
        int n = compact_run(run_part(r, 0, used + 1), false, text);
        if (n > w->len || edit_distance(text, n, w->letters, w->len, most) > most) break;
        used++;
    }
    return used;
}

/* The best words over the first tokens; *used of them, *best_fit how well they fit. */
static const Keyword *fitting_level(Run r, int *used, int *best_fit)
{
    const Keyword *best = NULL;
    *best_fit = -1;
    for (int k = 1; k <= r.n && k <= MOST_PREFIX; k++) {
        const Tok *last = &r.v[k - 1];
        if (last->mark && !joins_words(last)) break;
        if (last->mark || (k > 1 && last->broke && !best && k > 4)) continue;
        Run part = run_part(r, 0, k);
        Letters l;
        run_letters(part, &l);
        int before = *best_fit;
        best = better_level(part, &l, r.v, best, best_fit);
        if (*best_fit > before) *used = k;
    }
    if (best) *used = with_rest_of_word(r, best, *used, *best_fit);
    return best;
}

/* The same, but not when the words fit better without the first ones: the "Đà" of "Sơn Đà, Tiểu học" is no
 * part of them, nor the "Cấp học" of "Cấp học Trung học cơ sở". */
static const Keyword *best_level(Run r, int *used)
{
    int its_fit, next_fit, next_used;
    const Keyword *best = fitting_level(r, used, &its_fit);
    for (int i = 1; best && i < *used; i++) {
        fitting_level(run_part(r, i, r.n - i), &next_used, &next_fit);
        if (next_fit > its_fit) return NULL;
    }
    return best;
}

/* "Trường" or "Tr." as they are written. */
static bool is_plain_lead(const Tok *t)
{
    return tok_word(t, WORD_LEAD) || tok_word(t, WORD_LEAD_SHORT);
}

bool tok_is_lead(const Tok *t)
{
    enum { LEAST = 5 }; /* letters of one that was misread */
    if (t->mark) return false;
    if (is_plain_lead(t)) return true;
    if (t->typed == TYPED_YES) return false;
    int n = (int)strlen(t->read);
    KeywordList leads = words_of_kind(t->words, WORD_LEAD_MISREAD);
    for (int i = 0; i < leads.n && n >= LEAST; i++) {
        const Keyword *w = &leads.v[i];
        if (edit_distance(t->read, n, w->letters, w->len, w->edits) <= w->edits) return true;
    }
    return false;
}

/* "Trường" before a level's words on its line, not the "Trung" of "Khánh Trung, MN ..." nor of "Quang Trung
 * Trường MN", nor where the words begin the next. */
static bool leads_level(Run r)
{
    if (r.n < 2 || !tok_is_lead(r.v) || (r.v[1].mark && r.v[1].mark != '.')) return false;
    if (is_plain_lead(&r.v[1]) || (tok_is_lead(&r.v[1]) && !is_plain_lead(r.v))) return false;
    return !r.v[1].new_line || is_plain_lead(r.v);
}

static Level read_prefix(Run r, int *used)
{
    int n = 0, more = 0, behind = 0;
    const Keyword *p = best_level(r, &n), *q = NULL;
    if (leads_level(r)) q = best_level(run_part(r, 1, r.n - 1), &behind);
    if (q && (!p || behind + 1 > n)) p = q, n = behind + 1; /* "Trường THCS và THPT", not "Trường THCS" */
    if (!p) return *used = 0, LEVEL_NONE;
    if (p->value == LEVEL_PTDTNT || p->value == LEVEL_LIEN_CAP) { /* "PTDTBT THCS Hoa Ban" */
        if (best_level(run_part(r, n, r.n - n), &more)) n += more;
    }
    *used = n;
    return (Level)p->value;
}

/* A token remembers what was found, as long as the run was as long. */
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
    int n = (int)strlen(t->letters);
    KeywordList list = words_of_kind(t->words, WORD_HEADING);
    for (const Keyword *w = list.v; w < list.v + list.n; w++) {
        int used, most = w->edits || n == w->len + 1; /* "C4@p" */
        if (t->typed == TYPED_YES) {                  /* "Bắc" is not "bậc" */
            if (run_word_marked((Run){(Tok *)t, 1}, WORD_HEADING, &used)) return true;
            break;
        }
        if (abs(n - w->len) <= most && edit_distance(t->letters, n, w->letters, w->len, most) <= most)
            return true;
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
static bool misread_count(Run r)
{
    int used;
    return r.n > 2 && !r.v[0].mark && tok_word(&r.v[1], WORD_BLOCK) &&
           level_prefix(run_part(r, 2, r.n - 2), &used);
}

/* "C", "C.", of which restoring may have made "Ở". */
static bool counts_with_letter(const char *s)
{
    return strlen(s) <= 2 && *s >= 'A' && *s <= 'H';
}

/* "THCS Trung Lập" is a school, "Mầm non công lập" is a heading: "lập" is a heading's word behind "công" only. */
static bool is_half_of_pair(Run two)
{
    int used;
    KeywordList pairs = words_of_kind(two.v[0].words, WORD_HEADING_PAIR);
    for (int i = 0; i < pairs.n; i++) {
        const char *blank = strchr(pairs.v[i].key, ' ');
        if (blank && tok_is(&two.v[1], blank + 1)) return !run_word(two, WORD_HEADING_PAIR, &used);
    }
    return false;
}

bool section_level(Run r, Level *level)
{
    int i = 0, used = 0, letters = 0;
    for (; i < r.n; i++) {
        bool letter = !r.v[i].mark && (counts_with_letter(r.v[i].text) || counts_with_letter(r.v[i].raw));
        int n;
        if (level_prefix(run_part(r, i, r.n - i), &n)) break;
        if (i == 0 && (heading_number(&r.v[0]) || misread_count(r))) continue;
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
        if (is_half_of_pair(run_part(r, i - 1, 2))) return false;
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
