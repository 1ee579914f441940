/* 1. Each line is a title, a header, a heading of a section, names, a lone ordinal, or prose.
 * 2. A title, header or heading begins a list; prose ends it. Without any of them rows 1, 2, 3 do that each
 * hold two names for sure.
 * 3. In a list an ordinal that goes on from the one before begins a row; names without one go on with it:
 *
 *        10 |Tiểu học An Hòa Tiểu học Vân Hòa, Tiểu học Phú        11
 *        Châu                                                      Mầm non Sơn Ca
 *                                                                  Mầm non Vạn Bảo
 *    or are the row whose ordinal is missing (27, names, 29).
 * 4. Rows that a rule parts are parted first: their names help with the others. */
#include "extract/lines/rows.h"

#include "base/str.h"

#include <string.h>

enum {
    MOST_JUMP = 9,  /* rows that may be lost between two ordinals */
    SURE_LIST = 3,  /* rows after which numbering is not an accident */
    MOST_PARTS = 12 /* lines of one row */
};

typedef struct FlatRow {
    int no; /* 0: names that stand without an ordinal */
    bool guessed_no;
    Level section;
    Run part[MOST_PARTS]; /* its lines; part[0] stood behind the ordinal and may be empty */
    int parts;
    Run before;             /* the partner's first line, where it stood above the ordinal's */
    bool apart[MOST_PARTS]; /* white space above the line */
    const char *school_district, *partner_district;
} FlatRow;

typedef VEC(FlatRow) FlatRows;

typedef struct RowReader {
    Flat *f;
    const FlatLine *line;
    int lines;
    FlatRows rows;
    bool on, fresh; /* in a list; the ordinals may begin again */
    bool open;      /* the last row takes lines */
    int last;       /* the last ordinal */
} RowReader;

/* ---- rows ---- */

static FlatRow *open_row(RowReader *r, int no, bool guessed)
{
    FlatRow *row = vec_push(&r->rows);
    *row = (FlatRow){.no = no,
                     .guessed_no = guessed,
                     .section = r->f->carry->section,
                     .school_district = r->f->school_district,
                     .partner_district = r->f->partner_district};
    r->open = true;
    r->fresh = r->fresh && !no;
    if (no) r->last = no;
    return row;
}

static void row_add(FlatRow *row, Run run, bool apart)
{
    if (row->parts == MOST_PARTS) return;
    row->apart[row->parts] = apart;
    row->part[row->parts++] = run;
}

static Run row_run(const RowReader *r, const FlatRow *row, int first, int n)
{
    Run all = {0};
    for (int i = first; i < first + n; i++) all = run_join(&r->f->doc->a, all, row->part[i]);
    return all;
}

static bool two_names(Run run)
{
    Entry e = {0};
    return part_by_rule(run, &e);
}

/* How many of its lines the row needs: a row of one line is whole with two names; one that is broken over
 * lines has a line for the level or none, one for the school, one for the partner. */
static int row_needs(const FlatRow *row)
{
    Level level;
    int names = 0;
    if (row->parts && run_words(row->part[0])) return 1;
    for (int i = 0; i < row->parts; i++) {
        if (!run_words(row->part[i]) || (!names && level_cell(row->part[i]))) continue;
        names += two_names(row->part[i]) || level_column(row->part[i], &level) ? 2 : 1;
        if (names >= 2) return i + 1;
    }
    return row->parts;
}

static void row_cut(FlatRow *row, int parts)
{
    if (row->parts > parts) row->parts = parts;
}

/* Nothing follows that belongs to the list: lines after the last row are its own only where they join it. */
static void end_rows(RowReader *r)
{
    FlatRow *row = r->open && r->rows.n ? &r->rows.v[r->rows.n - 1] : NULL;
    if (row) {
        int needs = row_needs(row);
        while (needs < row->parts && !row->apart[needs]) needs++;
        row_cut(row, needs);
        if (!row->no && !two_names(row_run(r, row, 0, row->parts))) r->rows.n--;
    }
    r->open = false;
}

/* The next ordinal is known: do the lines hold the row that is missing between? */
static void close_row(RowReader *r, int next)
{
    if (!r->open || !r->rows.n) return;
    FlatRow *row = &r->rows.v[r->rows.n - 1];
    r->open = false;
    bool missing = next && next == r->last + 2;
    if (!row->no) {
        if (missing) row->no = next - 1, row->guessed_no = true;
        bool header = next == 1; /* it stands above the first row */
        if (!missing && (header || !two_names(row_run(r, row, 0, row->parts)))) r->rows.n--;
        return;
    }
    int needs = row_needs(row);
    if (!missing || row->parts - needs < 2) return;
    FlatRow lost = *row;
    lost.no = next - 1, lost.guessed_no = true, lost.parts = 0;
    row_add(&lost, (Run){0}, false);
    for (int i = needs; i < row->parts; i++) row_add(&lost, row->part[i], row->apart[i]);
    row_cut(row, needs);
    *vec_push(&r->rows) = lost;
}

/* ---- lines ---- */

static bool plausible(const RowReader *r, int no)
{
    return (no > r->last && no <= r->last + MOST_JUMP) || (no == 1 && r->fresh);
}

/* Does a title stand in the few lines above, so that its header was misread? */
static bool under_title(const RowReader *r, int at)
{
    enum { REACH = 8 }; /* lines: a note in brackets, a header of several lines */
    for (int i = at - 1; i >= 0 && i >= at - REACH; i--)
        if (r->line[i].kind == LINE_TITLE) return true;
    return false;
}

/* Are the next rows 1, 2, 3, each with two names for sure, or with a level's words in a column of their own?
 * Under a title names are enough. */
static bool list_begins(RowReader *r, int at)
{
    int no = 0;
    bool title = under_title(r, at);
    for (int i = at; i < r->lines && i < at + 6 && no < 3; i++) {
        Run rest;
        Level level;
        if (flat_ordinal(&r->f->doc->a, r->line[i].run, no + 1, &rest) != no + 1) continue;
        if (!looks_like_names(rest)) return false;
        if (!two_names(rest) && !level_column(rest, &level) && (!title || run_words(rest) < 2)) return false;
        no++;
    }
    return no == 3;
}

static bool goes_on_from(RowReader *r, int at, int no)
{
    for (int i = at + 1; i < r->lines && i < at + 4; i++) {
        Run rest;
        if (flat_ordinal(&r->f->doc->a, r->line[i].run, no + 1, &rest) == no + 1) return true;
    }
    return false;
}

/* A list that something stood in the way of goes on, a row or two further where the names leave no doubt. */
static bool next_row(RowReader *r, int at)
{
    enum { MOST_LOST = 2 };
    Run rest;
    int no = flat_ordinal(&r->f->doc->a, r->line[at].run, r->last + 1, &rest);
    if (no == r->last + 1) return looks_like_names(rest);
    return no > r->last && no <= r->last + 1 + MOST_LOST && two_names(rest) && goes_on_from(r, at, no);
}

static bool prefixed(Run run)
{
    int used;
    return level_prefix(run, &used) != LEVEL_NONE;
}

/* The ordinal stands at the middle of a cell of two lines:
 *
 *     Tiểu học Vân Hòa, Tiểu học Phú
 *     10 | Tiểu học An Hòa
 *     Châu
 *
 * Takes the line above the row back from the row before it, which is whole without. */
static Run take_line_above(RowReader *r, int at, Run rest)
{
    FlatRow *row = r->open && r->rows.n ? &r->rows.v[r->rows.n - 1] : NULL;
    if (!row || !row->parts || !run_words(rest) || two_names(rest) || !prefixed(rest)) return (Run){0};
    Run above = row->part[row->parts - 1];
    bool next = at + 1 < r->lines && r->line[at + 1].kind == LINE_NAMES && !prefixed(r->line[at + 1].run);
    if (!next || !prefixed(above) || two_names(above) || (row->no && row->parts <= row_needs(row)))
        return (Run){0};
    if (--row->parts == 0) r->rows.n--;
    return above;
}

/* "a0 TH Yết Kiêu TH Nam Thành", "2. THCS Hòa Bình THCS ..." after number 20: what stands before the level's
 * words is the number, misread. *rest: what follows it. */
static bool misread_number(Run run, Run *rest)
{
    int i = 0, used;
    for (; i < run.n && i < 3; i++) {
        const Tok *t = &run.v[i];
        if (!t->mark && (level_prefix(run_part(run, i, run.n - i), &used) || strlen(t->letters) > 3)) break;
    }
    *rest = run_part(run, i, run.n - i);
    return i > 0 && i < run.n && level_prefix(*rest, &used) && two_names(*rest);
}

/* The number of a line and what follows it. A list may begin with 11, which is no 1 with a stroke behind it
 * when 12 follows. */
static int number_of(RowReader *r, int at, Run *rest)
{
    Run other;
    Arena *a = &r->f->doc->a;
    int no = flat_ordinal(a, r->line[at].run, r->last + 1, rest);
    int plain = r->fresh && !r->last ? flat_ordinal(a, r->line[at].run, 0, &other) : 0;
    if (!plain || plain == no || !goes_on_from(r, at, plain)) return no;
    *rest = other;
    return plain;
}

/* Does the line begin a row? */
static bool take_row(RowReader *r, int at)
{
    const FlatLine *l = &r->line[at];
    Run rest;
    int expected = r->last + 1, no = number_of(r, at, &rest);
    bool guessed = false, first = no && r->fresh && !r->last && goes_on_from(r, at, no);
    if (no && run_words(rest) && !looks_like_names(rest)) return false;
    if (!first && (!no || !plausible(r, no))) {
        bool names = no && run_words(rest) && two_names(rest) && goes_on_from(r, at, expected);
        if (!names && (!r->last || !misread_number(l->run, &rest))) return false;
        no = expected, guessed = true;
    }
    if (r->open && r->rows.n && r->rows.v[r->rows.n - 1].no == no) r->rows.n--;
    Run above = take_line_above(r, at, rest);
    close_row(r, no);
    FlatRow *row = open_row(r, no, guessed);
    row->before = above;
    row_add(row, rest, l->x->after_blank);
    return true;
}

/* Names without an ordinal. */
static void take_names(RowReader *r, const FlatLine *l)
{
    bool whole = two_names(l->run);
    if (r->open && whole) close_row(r, 0);
    if (!r->open) open_row(r, 0, false);
    row_add(&r->rows.v[r->rows.n - 1], l->run, l->x->after_blank);
}

/* The district of the header's part from token `from` on, and in *end where it was named. */
static const char *next_district(const Flat *f, Run header, int from, int *end)
{
    for (int n = 1; from + n <= header.n; n++) {
        const char *found = district_mentioned(&f->doc->a, f->doc->names, run_part(header, from, n));
        if (!found) continue;
        while (from + n < header.n) { /* "Sơn" may go on as "Sơn Tây" */
            const char *more = district_mentioned(&f->doc->a, f->doc->names, run_part(header, from, n + 1));
            if (!more || str_eq(more, found)) break;
            found = more, n++;
        }
        return *end = from + n, found;
    }
    return NULL;
}

void flat_districts(Flat *f, Run header)
{
    int end = 0, at = 0;
    const char *one = next_district(f, header, 0, &end);
    const char *two = one ? next_district(f, header, end, &end) : NULL;
    if (!one) return;
    if (two) {
        f->school_district = one, f->partner_district = two;
        return;
    }
    while (at < header.n && header_role(run_part(header, at, 2)) != ROLE_PARTNER) at++;
    if (district_mentioned(&f->doc->a, f->doc->names, run_part(header, 0, at)))
        f->school_district = one;
    else
        f->partner_district = one;
}

static bool is_level_cell(const RowReader *r, const FlatLine *l)
{
    if (l->kind != LINE_SECTION || !r->open || !r->rows.n) return false;
    const FlatRow *row = &r->rows.v[r->rows.n - 1];
    return row->parts == 1 && row->no && !run_words(row->part[0]);
}

/* "1 Mầm non Hoa Ban \edygam nợ ên Thành", 2 follows: no sentence, but a row under a seal. */
static bool take_misread_row(RowReader *r, int at)
{
    const FlatLine *l = &r->line[at];
    Run rest;
    int no = flat_ordinal(&r->f->doc->a, l->run, r->last + 1, &rest);
    if (no != r->last + 1 || !prefixed(rest) || !goes_on_from(r, at, no)) return false;
    close_row(r, no);
    row_add(open_row(r, no, false), rest, l->x->after_blank);
    return true;
}

static void take_line(RowReader *r, int at)
{
    const FlatLine *l = &r->line[at];
    r->f->notes = r->f->notes || names_notes(l);
    if (!r->on && l->kind == LINE_NAMES && list_begins(r, at)) r->on = true, r->last = 0;
    if (!r->on && l->kind == LINE_NAMES && r->last >= SURE_LIST && next_row(r, at)) r->on = true;
    if (r->on && (l->kind == LINE_NAMES || l->kind == LINE_ORDINAL) && take_row(r, at)) return;
    if (is_level_cell(r, l)) {
        row_add(&r->rows.v[r->rows.n - 1], l->run, l->x->after_blank);
    } else if (l->kind == LINE_TITLE || l->kind == LINE_HEADER || l->kind == LINE_SECTION) {
        close_row(r, 0);
        r->on = r->fresh = true;
        if (l->kind == LINE_HEADER) flat_districts(r->f, l->run);
        if (l->kind == LINE_SECTION || l->level) r->f->carry->section = l->level;
    } else if (r->on && l->kind == LINE_NAMES) {
        take_names(r, l);
    } else if (r->on && l->kind == LINE_PROSE && take_misread_row(r, at)) {
        return;
    } else if (l->kind == LINE_PROSE && run_words(l->run) > 2) {
        end_rows(r);
        r->on = false;
    }
}

/* ---- entries ---- */

static void set_place(Entry *e, Run run)
{
    for (int i = 0; i < run.n && !e->page; i++) e->page = run.v[i].page;
    e->box = run_box(run, e->page);
    for (int i = 0; i < run.n; i++)
        if (run.v[i].page != e->page) e->flags |= FLAG_JOINED;
}

/* See take_line_above(). */
static bool part_round(RowReader *r, const FlatRow *row, Entry *e)
{
    e->school = row->part[0];
    e->partner = run_join(&r->f->doc->a, row->before, row_run(r, row, 1, row->parts - 1));
    return true;
}

/* Twice: what the first round is sure of helps the second. */
static void guess_entries(RowReader *r, Known *known, size_t first)
{
    Entries *all = r->f->out;
    size_t n = all->n - first;
    Run *open = arena_new(&r->f->doc->a, Run, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!all->v[first + i].partner.n) open[i] = all->v[first + i].school;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < n; i++) {
            Entry *e = &all->v[first + i];
            if (!open[i].n) continue;
            part_by_names(r->f->doc, known, open[i], r->f->notes, e);
            if (e->flags & FLAG_PARTING) continue;
            known_add(known, e->school);
            known_add(known, e->partner);
            open[i] = (Run){0};
        }
    for (size_t i = first; i < all->n; i++) {
        part_wrapped(r->f->doc, known, &all->v[i]);
        all->v[i].partner = without_notes(r->f->doc, all->v[i].partner, r->f->notes);
    }
}

/* ---- strokes at the end of rows ---- */

static Tok *last_token(const FlatRow *row)
{
    Run r = row->parts ? row->part[row->parts - 1] : (Run){0};
    return r.n > 2 ? &r.v[r.n - 1] : NULL;
}

/* "Nậm Mằn |" is "Nậm Mằn I" where other rows end in "II", "Nậm Mằn 1" where they end in 2, and none of these
 * has a stroke after it: then no rule stands at the end of the rows that the stroke could be. NULL: it is not.
 */
static const char *stroke_numeral(const RowReader *r)
{
    enum { LEAST = 2 }; /* rows that end in a numeral */
    Numbering list = {0}, ruled = {0};
    for (size_t i = 0; i < r->rows.n; i++) {
        const Tok *t = last_token(&r->rows.v[i]);
        if (t) numbering_add(t->mark ? &ruled : &list, t->mark ? t[-1].text : t->text);
    }
    bool after = ruled.roman + ruled.digits > 0;
    return list.roman + list.digits < LEAST || after ? NULL : numbering_one(&list);
}

static void mend_strokes(const RowReader *r)
{
    enum { PROB_PERCENT = 80 }; /* that the stroke is the numeral and no dirt */
    const char *numeral = stroke_numeral(r);
    if (!numeral) return;
    for (size_t i = 0; i < r->rows.n; i++) {
        Tok *t = last_token(&r->rows.v[i]);
        if (!t || t->mark != '|' || t[-1].mark || !tok_capital(&t[-1]) || (t[-1].sense & SENSE_NUMERAL))
            continue;
        t->mark = 0, t->prob = PROB_PERCENT / 100.0f;
        tok_set(&r->f->doc->a, t, numeral, t->raw);
        run_forget(r->rows.v[i].part[r->rows.v[i].parts - 1]);
    }
}

/* "Giao cho Nhân Chính ghép cặp với Đề Thám C" */
static Run without_opening(Run r)
{
    int used;
    if (!run_word(r, WORD_ROW_OPENS, &used)) return r;
    return run_part(r, used + (used < r.n && r.v[used].mark == ','), r.n - used);
}

static void add_entries(RowReader *r)
{
    Known known = {0};
    if (!r->rows.n) return;
    mend_strokes(r);
    known_add_districts(&known, r->f->doc);
    size_t first = r->f->out->n;
    for (size_t i = 0; i < r->rows.n; i++) {
        const FlatRow *row = &r->rows.v[i];
        Entry *e = vec_push(r->f->out);
        *e = (Entry){.no = row->no,
                     .section = row->section,
                     .rule = "row of text",
                     .text = true,
                     .parting = 1,
                     .school_district = row->school_district ? row->school_district : r->f->doc->district,
                     .partner_district = row->partner_district};
        if (row->guessed_no) e->flags |= FLAG_ORDINAL;
        Run run = row_run(r, row, 0, row->parts);
        set_place(e, run_join(&r->f->doc->a, row->before, run));
        if (row->before.n ? part_round(r, row, e) : part_by_rule(without_opening(run), e)) {
            known_add(&known, e->school);
            known_add(&known, e->partner);
        } else {
            e->school = run, e->partner = (Run){0};
        }
    }
    guess_entries(r, &known, first);
    known_release(&known);
}

/* Names without ordinals are rows only in a list: some numbered rows, or several that hold two names for
 * sure. */
static bool is_list(RowReader *r)
{
    int numbered = 0, sure = 0;
    for (size_t i = 0; i < r->rows.n; i++) {
        const FlatRow *row = &r->rows.v[i];
        numbered += row->no > 0;
        sure += two_names(row_run(r, row, 0, row->parts));
    }
    return numbered >= 2 || sure >= SURE_LIST || r->f->carry->last_no >= SURE_LIST;
}

/* Names without a number, each on a line of its own with its level: a column that was read down, in which
 * nothing says who is whose. */
static bool is_column(RowReader *r, const FlatRow *row)
{
    enum { MOST_OF_A_ROW = 3 }; /* a school and two partners */
    int names = 0;
    for (int i = 0; i < row->parts; i++) names += prefixed(row->part[i]);
    if (row->no || names <= MOST_OF_A_ROW) return false;
    Run all = row_run(r, row, 0, row->parts);
    Place place = {.page = all.v[0].page, .box = run_box(all, all.v[0].page)};
    finding_add(r->f->doc, "unpaired", place,
                "%d names stand below one another and no line says whose they are", names);
    reject(r->f->doc, place, "column of names", all, "read down: nothing says who is whose");
    return true;
}

static void drop_rows(RowReader *r)
{
    bool list = is_list(r);
    size_t n = 0;
    for (size_t i = 0; i < r->rows.n; i++) {
        const FlatRow *row = &r->rows.v[i];
        bool names = false, between = n && i + 1 < r->rows.n && row->no == r->rows.v[n - 1].no + 1 &&
                                      r->rows.v[i + 1].no == row->no + 1;
        for (int k = 0; k < row->parts; k++) names = names || run_words(row->part[k]);
        if (is_column(r, row)) continue;
        if (names ? list || row->no : list && between)
            r->rows.v[n++] = *row; /* between: unread, no page number */
    }
    r->rows.n = n;
}

void flat_rows(Flat *f, const FlatLine *lines, int n)
{
    RowReader r = {.f = f, .line = lines, .lines = n, .last = f->carry->last_no};
    for (int i = 0; i < n; i++) take_line(&r, i);
    end_rows(&r);
    drop_rows(&r);
    add_entries(&r);
    if (r.rows.n) f->carry->last_no = r.last;
    vec_release(&r.rows);
}
