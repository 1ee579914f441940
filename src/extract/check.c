/* What the rows say of one another. In
 *
 *     11  Nguyễn Trãi   Tây Đằng            "number 12 is missing between 11 and 13"
 *     13  Kim Đồng      Cẩm Lĩnh            gap
 *     14  Kim Đồng      Ba Trại             "school 'Kim Đồng' stands in rows 13 and 14": twice
 *     Tổng số: 4 trường                     "the text says 4 schools; 3 rows were found": total
 *
 * no letter was misread, so that no confidence would tell. A flag goes to the row, a finding to the summary
 * that a person reads. */
#include "extract/private.h"

#include "base/phrase.h"
#include "base/viet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void finding_add(Doc *doc, const char *kind, Place place, const char *format, ...)
{
    char made[PHRASE_SIZE];
    Buf text = {0};
    va_list ap;
    va_start(ap, format);
    phrase_makev(made, format, ap);
    va_end(ap);
    phrase_keep(made, &text);
    Arena *a = &doc->found->arena;
    *vec_push(&doc->found->findings) = (Finding){arena_str(a, kind), arena_str(a, text.s), place};
    buf_release(&text);
}

void reject(Doc *doc, Place place, const char *what, Run run, const char *why)
{
    enum { MOST_SHOWN = 60 }; /* characters of the row */
    if (!doc->explain) return;
    Arena *a = &doc->found->arena;
    char *text = arena_str(a, run_text(a, run));
    text[utf8_offset(text, MOST_SHOWN)] = '\0';
    *vec_push(&doc->found->rejected) =
        (Finding){arena_str(a, why), arena_printf(a, "%s%s%s", what, *text ? ": " : "", text), place};
}

static Place entry_place(const Entry *e)
{
    return (Place){.page = e->page, .box = e->box};
}

/* ---- ordinals ---- */

/* 4, 3, 6: the 3 is a 5 that was misread. */
static void mend_ordinals(Entries *entries)
{
    for (size_t i = 1; i + 1 < entries->n; i++) {
        Entry *e = &entries->v[i];
        int before = entries->v[i - 1].no, after = entries->v[i + 1].no;
        if (!before || !e->no || after != before + 2 || e->no == before + 1 || e->again) continue;
        e->no = before + 1;
        e->flags |= FLAG_ORDINAL;
    }
}

static void add_gap(Doc *doc, Entry *e, int last)
{
    int first = last + 1, end = e->no - 1;
    e->flags |= FLAG_GAP;
    if (!last)
        finding_add(doc, flag_name(FLAG_GAP), entry_place(e), "the list begins with number %d", e->no);
    else if (first == end)
        finding_add(doc, flag_name(FLAG_GAP), entry_place(e), "number %d is missing between %d and %d", first,
                    last, e->no);
    else
        finding_add(doc, flag_name(FLAG_GAP), entry_place(e),
                    "numbers %d to %d are missing between %d and %d", first, end, last, e->no);
}

static void check_ordinals(Doc *doc, Entries *entries)
{
    int last = 0;
    for (size_t i = 0; i < entries->n; i++) {
        Entry *e = &entries->v[i];
        bool restarts = e->no == 1 && (i == 0 || entries->v[i - 1].no != 1);
        if (!e->no || e->again) continue;
        if (!restarts && e->no > last + 1) add_gap(doc, e, last);
        if (last && !restarts && e->no <= last) {
            e->flags |= FLAG_REPEATED;
            finding_add(doc, flag_name(FLAG_REPEATED), entry_place(e), "number %d comes after %d", e->no,
                        last);
        }
        last = e->no;
    }
}

/* Rows without a number in a list where nine of ten have one; in text, where a number is lost more easily
 * than a row is left without, more than half. */
static void check_numbered(Entries *entries)
{
    size_t with = 0;
    for (size_t i = 0; i < entries->n; i++) with += entries->v[i].no > 0;
    bool most = with * 10 >= entries->n * 9, half = with * 2 > entries->n;
    for (size_t i = 0; i < entries->n; i++) {
        Entry *e = &entries->v[i];
        if (!e->no && (most || (half && e->text))) e->flags |= FLAG_NO_NUMBER;
    }
}

/* ---- one school twice ---- */

typedef struct SeenName {
    const char *key, *name;
    Level level;
    size_t entry;
} SeenName;
typedef VEC(SeenName) SeenVec;

static int by_key(const void *a, const void *b)
{
    const SeenName *p = a, *q = b;
    int d = strcmp(p->key, q->key);
    if (d) return d;
    if (p->level != q->level) return p->level < q->level ? -1 : 1;
    return p->entry < q->entry ? -1 : p->entry > q->entry;
}

static void see_role(Doc *doc, const Entries *entries, const Sides *sides, bool partner, SeenVec *seen)
{
    for (size_t i = 0; i < entries->n; i++) {
        const Names *of = partner ? &sides[i].partner : &sides[i].school;
        Level level = entries->v[i].column ? entries->v[i].column : entries->v[i].section;
        for (size_t k = 0; k < of->n; k++)
            *vec_push(seen) = (SeenName){viet_lower_str(&doc->a, of->v[k].name), of->v[k].name,
                                         of->v[k].level ? of->v[k].level : level, i};
    }
    if (seen->n) qsort(seen->v, seen->n, sizeof *seen->v, by_key);
}

static const char *row_name(Doc *doc, const Entry *e)
{
    return e->no ? arena_printf(&doc->a, "%d", e->no)
                 : arena_printf(&doc->a, "%s" TR_VALUE "%d", tr_later("on page %d"), e->page);
}

static void tell_twice(Doc *doc, const char *role, const char *name, const Entry *a, const Entry *b)
{
    finding_add(doc, flag_name(FLAG_TWICE), entry_place(b), "%s '%s' stands in rows %s and %s", role, name,
                row_name(doc, a), row_name(doc, b));
}

static bool same_school(const SeenName *p, const SeenName *q)
{
    return strcmp(p->key, q->key) == 0 && p->level == q->level;
}

/* Many schools that stand twice are a list of one with several, which its rows write out. */
static bool is_one_with_several(const SeenVec *seen)
{
    enum { ONE_IN = 5 };
    size_t again = 0;
    for (size_t i = 1; i < seen->n; i++) again += same_school(&seen->v[i - 1], &seen->v[i]);
    return again > 1 && again * ONE_IN > seen->n;
}

static void check_role(Doc *doc, Entries *entries, const Sides *sides, bool partner)
{
    SeenVec seen = {0};
    see_role(doc, entries, sides, partner, &seen);
    bool several = is_one_with_several(&seen);
    for (size_t i = 1; i < seen.n && !several; i++) {
        const SeenName *p = &seen.v[i - 1], *q = &seen.v[i];
        Entry *a = &entries->v[p->entry], *b = &entries->v[q->entry];
        if ((b->again && b->no == a->no) || !same_school(p, q) || a == b) continue;
        a->flags |= FLAG_TWICE, b->flags |= FLAG_TWICE;
        tell_twice(doc, partner ? tr_later("partner") : tr_later("school"), p->name, a, b);
    }
    vec_release(&seen);
}

void check_entries(Doc *doc, Entries *entries, const Sides *sides)
{
    mend_ordinals(entries);
    check_ordinals(doc, entries);
    check_numbered(entries);
    check_role(doc, entries, sides, false);
    check_role(doc, entries, sides, true);
}

/* ---- totals ---- */

enum { TOTAL_WORDS = 14, MOST_TOTAL = 2000 };

/* "cặp", "trường", "đơn vị": what a total counts. */
static bool counted_word(const Tok *t)
{
    return tok_word(t, WORD_COUNTED) != NULL;
}

/* Index of "tổng số", "tổng cộng"; -1: not there. */
static int total_words(Run r)
{
    for (int i = 0, used; i < r.n && i < 4; i++)
        if (run_word(run_part(r, i, r.n - i), WORD_TOTAL, &used)) return i;
    return -1;
}

/* "Cộng: 12 trường", not "Thành Công". */
static bool begins_with_sum(Run r)
{
    int used;
    for (int i = 0; i < r.n; i++) {
        if (!(r.v[i].sense & SENSE_NUMBER)) continue;
        bool counted = i <= 2 && i + 1 < r.n && counted_word(&r.v[i + 1]); /* then without its marks too */
        return (counted ? run_word(r, WORD_SUM, &used) : run_word_marked(r, WORD_SUM, &used)) != NULL;
    }
    return false;
}

bool is_total(Run r)
{
    return run_words(r) <= TOTAL_WORDS && (total_words(r) >= 0 || (r.n && begins_with_sum(r)));
}

static int number_at(const Tok *t)
{
    size_t digits = strspn(t->text, "0123456789");
    if (t->mark || !digits || digits > 4 || t->text[digits + strspn(t->text + digits, ".,:;)")]) return 0;
    return str_int(t->text);
}

/* A level's count in a heading or total: "MẦM NON (12 trường)", "Tổng số trường tiểu học: 10". */
typedef struct Claim {
    Level level; /* LEVEL_NONE: of all */
    int n;
    Place place;
} Claim;

/* A number that says how many: after "tổng số" the first, in a heading one before "trường" or "cặp". */
static int claimed_number(Run r, bool total)
{
    int n = 0, numbers = 0;
    for (int i = 0; i < r.n; i++) {
        int v = number_at(&r.v[i]);
        bool counted = i + 1 < r.n && counted_word(&r.v[i + 1]);
        if (!v || v > MOST_TOTAL || (!total && (!counted || i == 0))) continue; /* the first numbers it */
        n = v, numbers++;
    }
    return numbers == 1 ? n : 0;
}

static bool take_claim(Run r, int page, Claim *c)
{
    bool total = is_total(r);
    Level heading = LEVEL_NONE;
    if (!total && !section_level(r, &heading)) return false;
    bool named = false;
    for (int i = 0; i < r.n && !named; i++) named = counted_word(&r.v[i]);
    *c = (Claim){total ? level_mentioned(r) : heading, claimed_number(r, total), {.page = page}};
    c->place.box = run_box(r, page);
    return c->n && (named || total);
}

static int same_level(const Pairing *p, Level level)
{
    return !level || p->level == level;
}

/* How many different schools, at level, of one role. */
static int count_schools(const Pairings *found, Level level, bool partner)
{
    Map seen = {0};
    Arena tmp = {0};
    int n = 0;
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        const char *name = partner ? p->partner.name : p->school.name;
        if (!same_level(p, level) || !*name) continue;
        int *at = map_at(&seen, arena_printf(&tmp, "%s %s", level_code(p->level), viet_key(&tmp, name)));
        n += !(*at)++;
    }
    map_release(&seen);
    arena_release(&tmp);
    return n;
}

static bool same_row(const Pairing *a, const Pairing *b)
{
    return a->no && b->no && strcmp(a->no, b->no) == 0 && a->place.page == b->place.page &&
           a->place.box.y == b->place.box.y;
}

static int count_rows(const Pairings *found, Level level, int *pairs)
{
    int rows = 0;
    *pairs = 0;
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        if (!same_level(p, level)) continue;
        ++*pairs;
        rows += i == 0 || !same_row(p - 1, p);
    }
    return rows;
}

static void flag_last(Doc *doc, Level level)
{
    Pairings *found = doc->found;
    for (size_t i = found->v.n; i-- > 0;) {
        Pairing *p = &found->v.v[i];
        if (!same_level(p, level)) continue;
        p->flags =
            arena_printf(&found->arena, "%s%s%s", p->flags, *p->flags ? " " : "", flag_name(FLAG_TOTAL));
        return;
    }
}

/* A total may count rows, pairings, the schools of one side or of both. */
static void check_claim(Doc *doc, const Claim *c)
{
    int pairs, rows = count_rows(doc->found, c->level, &pairs);
    int schools = count_schools(doc->found, c->level, false);
    int partners = count_schools(doc->found, c->level, true);
    if (c->n == rows || c->n == pairs || c->n == schools || c->n == partners || c->n == schools + partners)
        return;
    flag_last(doc, c->level);
    const char *of = level_words(c->level);
    const char *s = rows == 1 ? "" : "s", *were = pairs == 1 ? " was" : "s were";
    if (*of)
        finding_add(doc, flag_name(FLAG_TOTAL), c->place,
                    "the text says %d of %s; %d row%s with %d pairing%s found", c->n, of, rows, s, pairs,
                    were);
    else
        finding_add(doc, flag_name(FLAG_TOTAL), c->place,
                    "the text says %d; %d row%s with %d pairing%s found", c->n, rows, s, pairs, were);
}

static void check_row_totals(Doc *doc, const XTable *t)
{
    for (int row = 0; row < t->rows; row++) {
        Run all = {0};
        Claim c;
        for (int i = 0; i < t->cells; i++)
            if (t->cell[i].row == row) all = run_join(&doc->a, all, t->cell[i].run);
        if (all.n && take_claim(all, t->page, &c)) check_claim(doc, &c);
    }
}

/* Only on the list's pages: a letter's body counts other things. */
static void check_totals(Doc *doc)
{
    int first = doc->found->v.n ? doc->found->v.v[0].place.page : 0;
    for (size_t i = 0; first && i < doc->items.n; i++) {
        const Item *item = &doc->items.v[i];
        Claim c;
        if (item->table && item->table->page >= first)
            check_row_totals(doc, item->table);
        else if (item->line && item->line->page >= first && take_claim(item->line->run, item->line->page, &c))
            check_claim(doc, &c);
    }
}

/* ---- pairings ---- */

static bool has_flag(const Pairing *p, Flag flag)
{
    const char *name = flag_name(flag);
    size_t n = strlen(name);
    for (const char *at = p->flags; (at = strstr(at, name)) != NULL; at += n)
        if ((at == p->flags || at[-1] == ' ') && (!at[n] || at[n] == ' ')) return true;
    return false;
}

static void tell_row(Doc *doc, const Pairing *p)
{
    const char *no = p->no ? p->no : tr_later("without number");
    if (has_flag(p, FLAG_UNREAD))
        finding_add(doc, flag_name(FLAG_UNREAD), p->place, "row %s (%s): %s could not be read", no, p->rule,
                    *p->school.name    ? tr_later("its partner")
                    : *p->partner.name ? tr_later("its school")
                                       : tr_later("both names"));
    if (has_flag(p, FLAG_LEVEL))
        finding_add(doc, flag_name(FLAG_LEVEL), p->place,
                    "row %s: '%s' is taken as %s, but not all that is said of the level agrees", no,
                    p->school.raw, level_words(p->level));
}

static void add_flag(Doc *doc, Pairing *p, Flag flag)
{
    if (!has_flag(p, flag))
        p->flags =
            arena_printf(&doc->found->arena, "%s%s%s", p->flags, *p->flags ? " " : "", flag_name(flag));
}

/* "Đông Hiệp - Đông Hiệp": one name read into both cells. */
static bool is_own_twin(const Pairing *p)
{
    return *p->school.name && str_eq(p->school.name, p->partner.name) &&
           str_eq(p->school.district, p->partner.district);
}

static bool is_doubted(const Pairing *p)
{
    return has_flag(p, FLAG_DOUBT) || has_flag(p, FLAG_UNREAD);
}

/* Where two rows of five are doubtful, the engine misread the list, and the others look better than they are. In
 * lists of 21 and 10 rows of which 9 and 6 were doubtful, 5 of the 13 rows without a flag were wrong; in lists read
 * better, one of twenty. */
static void doubt_list(Doc *doc)
{
    enum { DOUBTED = 2, OF = 5 };
    Pairings *found = doc->found;
    int doubted = 0, n = (int)found->v.n;
    for (int i = 0; i < n; i++) {
        if (is_own_twin(&found->v.v[i])) add_flag(doc, &found->v.v[i], FLAG_DOUBT);
        doubted += is_doubted(&found->v.v[i]);
    }
    if (doubted * OF < n * DOUBTED || doubted == n) return;
    for (int i = 0; i < n; i++) {
        Pairing *p = &found->v.v[i];
        if (is_doubted(p)) continue;
        p->prob *= 1 - (float)doubted / (float)n / 2;
        add_flag(doc, p, FLAG_DOUBT);
    }
    finding_add(doc, flag_name(FLAG_DOUBT), found->v.v[0].place,
                "the list was read badly: %d of %d rows are doubtful, and the others may be wrong too",
                doubted, n);
}

void check_found(Doc *doc)
{
    if (!doc->marks_read) doubt_list(doc);
    check_totals(doc);
    for (size_t i = 0; i < doc->found->v.n; i++) tell_row(doc, &doc->found->v.v[i]);
}

/* ---- units ---- */

/* A plan of 2026 that speaks of a district copies an old one, or its date was misread. */
void check_units(Doc *doc)
{
    const Fact *date = fact_lookup(&doc->found->facts, FACT_DATE, 0);
    if (!date || !doc->found->v.n) return;
    for (size_t i = 0; i < doc->districts.n; i++) {
        const char *until = gazetteer_district_until(doc->names, doc->districts.v[i]);
        if (until && strcmp(date->value, until) > 0)
            finding_add(doc, "unit-gone", date->place,
                        "the document is of %s, but the district '%s' was there until %s only", date->value,
                        doc->districts.v[i], until);
    }
}

/* ---- ink ---- */

void check_unread(Doc *doc)
{
    for (size_t i = 0; i < doc->unread.n; i++) {
        const UnreadInk *u = &doc->unread.v[i];
        const Place place = {.page = u->page, .box = u->largest};
        if (u->places == 1)
            finding_add(doc, flag_name(FLAG_INK), place, "ink that looks like letters was not read");
        else
            finding_add(doc, flag_name(FLAG_INK), place,
                        "ink that looks like letters was not read at %d places; the largest is at %d,%d",
                        u->places, u->largest.x, u->largest.y);
    }
}
