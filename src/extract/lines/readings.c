/* The same lines may be rows, columns that were read one after another, cells that the words of levels part, or lists
 * side by side. They are read in the ways that may be, and what has more whole rows is kept: two names in each, of one
 * level, such as schools have.
 *
 *     Mầm non A        as turns:   A - B, C - D (a kindergarten and a primary school)
 *     Mầm non B        as columns: A - C ...
 */
#include "extract/lines/rows.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

/* ---- is it a list of twins? ---- */

/* "... nghĩa" ends as "kết nghĩa" does. */
static bool ends_as_twin(Run r, const char *letters, size_t n)
{
    KeywordList twins = words_of_kind(r.v[0].words, WORD_TWIN);
    for (int i = 0; i < twins.n; i++) {
        const char *last = strrchr(twins.v[i].key, ' ');
        if (last && n > strlen(last + 1) && str_ends(letters, last + 1)) return true;
    }
    return false;
}

bool is_misread_title(Run r)
{
    char raw[COMPACT_MOST];
    int n = compact_run(r, true, raw);
    return r.n > 2 && n > 0 && has_word(r, raw, WORD_LIST_TITLE) && ends_as_twin(r, raw, (size_t)n);
}

/* Two names, the first with its level. */
static bool is_pair(Run r)
{
    int used;
    Entry e = {0};
    return level_prefix(r, &used) && part_by_rule(r, &e);
}

/* A seal may have hidden what a list is. Its rows tell, when there are enough, numbered on from one another
 * and each of two schools with their levels; or a title that ends as "kết nghĩa" does, over headings of
 * levels. */
static bool lists_pairs(Arena *a, const FlatLine *lines, int n, bool maybe)
{
    enum { ENOUGH = 5, SECTIONS = 2 };
    int rows = 0, last = 0, title = 0, sections = 0;
    for (int i = 0; i < n; i++) {
        Run rest;
        int no = lines[i].kind == LINE_NAMES ? flat_ordinal(a, lines[i].run, last + 1, &rest) : 0;
        title += is_misread_title(lines[i].run);
        sections += title && lines[i].kind == LINE_SECTION;
        if (!no) continue;
        rows += no == last + 1 && is_pair(rest);
        last = no;
    }
    return (maybe && rows >= ENOUGH) || sections >= SECTIONS;
}

/* ---- the likelier reading ---- */

typedef void (*ReadLines)(Flat *f, const FlatLine *lines, int n);

static const double HALF = -2; /* what a row without one of its names is worth */

/* What the names of one side speak for a reading, whatever places stand beside them; HALF: there is none. */
static double side_worth(Doc *doc, const Known *known, Run side, NameStyle style)
{
    static const double LISTED = 0.5,
                        LIKELY = -16; /* logarithm of what a name scores that is none by chance */
    Arena tmp = {0};
    Names names = {0};
    int listed = 0, odd = 0;
    names_parse(&names, &tmp, doc->names, side, style);
    for (size_t i = 0; i < names.n; i++) {
        listed += parsed_score(doc, known, &names.v[i]) > LIKELY;
        odd += name_is_odd(names.v[i].name);
    }
    double worth = names.n ? LISTED * (listed - odd) / (double)names.n : HALF;
    vec_release(&names);
    arena_release(&tmp);
    return worth;
}

/* What a row speaks for a reading, or against it: two names, each one name, of levels that agree; that lists have
 * them is for it, for rows that are none have other words. */
static double row_worth(Doc *doc, const Known *known, const Entry *e)
{
    int start[MOST_STARTS], used;
    double school = side_worth(doc, known, e->school, e->school_style),
           partner = side_worth(doc, known, e->partner, e->partner_style), worth = school + partner;
    if (school <= HALF || partner <= HALF) return HALF;
    worth -= name_starts(e->school, start) > 1;
    worth -= name_starts(e->partner, start) > 1;
    bool differ = !levels_agree(level_prefix(e->school, &used), level_prefix(e->partner, &used));
    return worth - (differ ? 1 : 0);
}

static double reading_worth(const Flat *f, size_t first)
{
    double sum = 0;
    Known known = {0};
    known_add_districts(&known, f->doc);
    for (size_t i = first; i < f->out->n; i++) sum += row_worth(f->doc, &known, &f->out->v[i]);
    known_release(&known);
    return sum;
}

/* Reads the lines, says what that is worth and takes it back; *rows how many came of it. */
static double try_reading(Flat *f, const FlatLine *lines, int n, ReadLines reader, size_t *rows)
{
    Pairings *found = f->doc->found;
    Flat before = *f;
    Carry carry = *f->carry;
    size_t first = f->out->n, findings = found->findings.n, rejected = found->rejected.n;
    reader(f, lines, n);
    double worth = reading_worth(f, first);
    *rows = f->out->n - first;
    f->out->n = first, found->findings.n = findings, found->rejected.n = rejected;
    *f = before, *f->carry = carry;
    return worth;
}

/* Reads the lines in the likelier of two ways. */
static void read_both(Flat *f, const FlatLine *lines, int n, ReadLines one, ReadLines other)
{
    enum { MARGIN = 1 }; /* rows by which the other has to be better */
    size_t rows, others;
    double worth = try_reading(f, lines, n, one, &rows), another = try_reading(f, lines, n, other, &others);
    bool better = others && another > worth + MARGIN;
    (better ? other : one)(f, lines, n);
}

/* Do names in it begin with the words of their levels? */
static bool has_cells(const FlatLine *lines, int n)
{
    enum { LEAST = 4 };
    int names = 0, start[MOST_STARTS];
    for (int i = 0; i < n && names < LEAST; i++)
        if (lines[i].kind != LINE_SECTION && lines[i].kind != LINE_TITLE)
            names += name_starts(lines[i].run, start);
    return names >= LEAST;
}

/* Where most rows are of unions, the others are too: the code before their names was misread ("CBCS Trường MN"). */
static void settle_kind(Entries *entries, size_t first)
{
    size_t n[PAIR_KINDS] = {0};
    PairKind most = PAIR_SCHOOLS;
    for (size_t i = first; i < entries->n; i++) {
        const Entry *e = &entries->v[i];
        PairKind kind = run_organisation(e->school);
        if (!kind) kind = run_organisation(e->partner);
        if (++n[kind] > n[most]) most = kind;
    }
    for (size_t i = first; i < entries->n && most; i++)
        if (!entries->v[i].kind) entries->v[i].kind = most;
}

/* Numbered lines that name schools and of which nothing came are told of; sentences are read later. */
static void tell_silent(const Flat *f, const FlatLine *lines, int n)
{
    enum { LEAST = 3 };
    int rows = 0, start[MOST_STARTS];
    const FlatLine *first = NULL;
    for (int i = 0; i < n; i++) {
        Run rest;
        Entry e = {0};
        if (lines[i].kind != LINE_NAMES || !flat_ordinal(&f->doc->a, lines[i].run, 0, &rest)) continue;
        if (!name_starts(rest, start) || part_sentence(rest, &e)) continue;
        if (!rows++) first = &lines[i];
    }
    if (rows < LEAST || !f->doc->title.twins) return;
    Place place = {.page = first->x->page, .box = first->x->box};
    finding_add(f->doc, "passed-over", place, "%d numbered lines name schools, and no pairing came of them",
                rows);
}

static void read_lines(Flat *f, const FlatLine *lines, int n, ReadLines reader)
{
    size_t first = f->out->n;
    if (lists_beside(lines, n))
        read_both(f, lines, n, reader, flat_beside);
    else if (layout_of(f, lines, n).sentences)
        flat_cells(f, lines, n);
    else if (has_clusters(f, lines, n))
        read_both(f, lines, n, flat_clusters, flat_cells);
    else if (has_cells(lines, n))
        read_both(f, lines, n, reader, flat_cells);
    else
        reader(f, lines, n);
    if (f->out->n == first) tell_silent(f, lines, n);
    cut_places(f->doc, f->out, first);
    keep_twins(f, lines, n, first);
    settle_kind(f->out, first);
}

/* ---- page by page ---- */

static int page_end(const FlatLine *lines, int from, int n)
{
    int end = from;
    while (end < n && lines[end].x->page == lines[from].x->page) end++;
    return end;
}

static bool is_columns(const Flat *f, const FlatLine *lines, int from, int n)
{
    return read_by_columns(&f->doc->a, lines + from, page_end(lines, from, n) - from);
}

/* Lines that are a table are read as one, with those before for its heading. */
static bool read_delimited(Doc *doc, const Item *items, int n, Carry *carry, Entries *out)
{
    enum { MOST_ABOVE = 6 };
    int first, lines, above = 0;
    Run over[MOST_ABOVE];
    XTable *t = table_of_lines(doc, items, n, &first, &lines);
    if (!t) return false;
    if (first) flat_entries(doc, items, first, carry, out);
    for (int i = first - 1; i >= 0 && above < MOST_ABOVE; i--) over[above++] = items[i].line->run;
    table_entries(doc, t, over, above, carry, out);
    if (first + lines < n) flat_entries(doc, items + first + lines, n - first - lines, carry, out);
    return true;
}

/* ---- numbers that were misread ---- */

/* A stroke or two that stands where a row's number does: "Z", "if", "iz"; not "An" of "An Dương". */
static bool may_be_number(const Tok *t)
{
    enum { MOST = 2 };
    return !t->mark && utf8_length(t->raw) <= MOST && (utf8_length(t->raw) == 1 || !tok_capital(t));
}

/* The next numbered line within two says `no`. */
static bool goes_on_with(Arena *a, const FlatLine *lines, int n, int from, int no)
{
    Run rest;
    for (int i = from; i < n && i < from + 2; i++)
        if (flat_ordinal(a, lines[i].run, no, &rest) == no) return true;
    return false;
}

/* "Z Hoa Mi 2 Kim Lu" between rows 6 and 8 is row 7. */
static void mend_numbers(Doc *doc, FlatLine *lines, int n)
{
    int last = 0;
    for (int i = 0; i < n; i++) {
        Run rest;
        FlatLine *l = &lines[i];
        int no = flat_ordinal(&doc->a, l->run, last + 1, &rest);
        if (no) last = no;
        if (l->kind == LINE_SECTION) last = 0;
        if (no || l->run.n < 3 || !may_be_number(&l->run.v[0]) ||
            !goes_on_with(&doc->a, lines, n, i + 1, last + 2))
            continue;
        Tok *v = arena_dup(&doc->a, l->run.v, (size_t)l->run.n * sizeof *v);
        const char *number = arena_printf(&doc->a, "%d", ++last);
        tok_set(&doc->a, &v[0], number, number);
        l->run = (Run){v, l->run.n};
        run_forget(l->run);
        if (l->kind == LINE_PROSE && looks_like_names(run_part(l->run, 1, l->run.n - 1)))
            l->kind = LINE_NAMES;
    }
}

/* Pages that were read one column after another are read alone, the others together. */
static void read_pages(Flat *f, const FlatLine *lines, int n)
{
    for (int i = 0, end; i < n; i = end) {
        end = page_end(lines, i, n);
        if (is_columns(f, lines, i, n)) {
            read_lines(f, lines + i, end - i, flat_columns);
            continue;
        }
        while (end < n && !is_columns(f, lines, end, n)) end = page_end(lines, end, n);
        read_lines(f, lines + i, end - i, flat_rows);
    }
}

static void read_items(Flat *f, const FlatLine *lines, int n)
{
    const XLine **x = arena_new(&f->doc->a, const XLine *, (size_t)n);
    for (int i = 0; i < n; i++) x[i] = lines[i].x;
    flat_items(f, x, n);
}

static bool has_items(Flat *f, const FlatLine *lines, int n)
{
    size_t rows;
    try_reading(f, lines, n, read_items, &rows);
    return rows > 0;
}

void flat_entries(Doc *doc, const Item *items, int n, Carry *carry, Entries *out)
{
    Flat f = {.doc = doc, .carry = carry, .out = out};
    if (n > 0 && read_delimited(doc, items, n, carry, out)) return;
    const XLine **x = arena_new(&doc->a, const XLine *, (size_t)n);
    for (int i = 0; i < n; i++) x[i] = items[i].line;
    bool typed = all_typed(x, n);
    if (typed && flat_items(&f, x, n)) return;
    if (!doc->about_twins && !doc->maybe_twins) return;
    FlatLine *lines = arena_new(&doc->a, FlatLine, (size_t)n);
    for (int i = 0; i < n; i++) flat_line(&doc->a, items[i].line, &lines[i]);
    mend_numbers(doc, lines, n);
    doc->about_twins = doc->about_twins || lists_pairs(&doc->a, lines, n, doc->maybe_twins);
    if (!doc->about_twins) return;
    if (!typed && has_items(&f, lines, n))
        read_both(&f, lines, n, read_items, read_pages);
    else
        read_pages(&f, lines, n);
}
