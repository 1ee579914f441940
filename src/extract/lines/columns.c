/* An engine that takes a table for columns reads all ordinals, then all schools, then all partners:
 *
 *     13 14 15      Trường quận Cầu Giấy      Trường kết nghĩa
 *                   MẦM NON                   Đông Quang
 *                   Yên Hòa                   Yên Bài B
 *                   TIỂU HỌC                  Phú Cường
 *                   Mai Dịch, Anh Sao
 *
 * A header begins a column, as do names after a run of ordinals. A column of schools and the column of
 * partners after it are joined where they have as many names; what stands after k ordinals alone and has 2k
 * names is both, one half each. Where counts differ nothing is paired: the schools are kept, flagged. */
#include "extract/lines/rows.h"

enum {
    FEW_ROWS = 3,   /* whole rows; so many names to each of them are not columns */
    RUN_LENGTH = 3, /* ordinals in succession that no table read by rows has */
    FEW_WORDS = 3   /* a header of a column of partners has more: "Trường kết nghĩa" */
};

typedef struct ColumnCell {
    Run run;
    Level section;
} ColumnCell;

typedef VEC(ColumnCell) ColumnCells;

typedef struct Column {
    Role role;               /* ROLE_NONE: not said */
    int ordinals, last_read; /* how many stood before it; the last of them */
    ColumnCells cells;
} Column;

typedef VEC(Column) ColumnVec;

typedef struct ColumnReader {
    Flat *f;
    ColumnVec v;
    int ordinals, last_read; /* not yet belonging to a column; the last one read */
    bool open;
} ColumnReader;

/* ---- is it so? ---- */

static bool is_whole_row(Arena *a, const FlatLine *l)
{
    Run rest;
    return l->kind == LINE_NAMES && flat_ordinal(a, l->run, 0, &rest) && run_words(rest) &&
           looks_like_names(rest);
}

bool read_by_columns(Arena *a, const FlatLine *lines, int n)
{
    int whole = 0, names = 0, longest = 0, row = 0, schools = 0, partners = 0;
    for (int i = 0; i < n; i++) {
        const FlatLine *l = &lines[i];
        row = l->kind == LINE_ORDINAL ? row + 1 : 0;
        if (row > longest) longest = row;
        names += l->kind == LINE_NAMES;
        whole += is_whole_row(a, l);
        schools += l->kind == LINE_HEADER && l->role == ROLE_SCHOOL;
        partners += l->kind == LINE_HEADER && l->role == ROLE_PARTNER;
    }
    return names > FEW_ROWS * (whole + 1) && (longest >= RUN_LENGTH || (schools && partners));
}

/* ---- the columns ---- */

static Column *begin_column(ColumnReader *c, Role role)
{
    Column *new = vec_push(&c->v);
    *new = (Column){.role = role, .ordinals = c->ordinals, .last_read = c->last_read};
    c->ordinals = 0;
    c->open = true;
    return new;
}

static void take_header(ColumnReader *c, const FlatLine *l)
{
    Flat *f = c->f;
    const char *district = district_mentioned(&f->doc->a, f->doc->names, l->run);
    const Column *last = c->v.n ? &c->v.v[c->v.n - 1] : NULL;
    bool note = c->open && last->role == ROLE_PARTNER && last->cells.n && run_words(l->run) < FEW_WORDS;
    if (note) return; /* "Kết nghĩa năm thứ hai" beside a row */
    if (l->role == ROLE_SCHOOL || l->role == ROLE_PARTNER) begin_column(c, l->role);
    if (l->role == ROLE_SCHOOL && district) f->school_district = district;
    if (l->role == ROLE_PARTNER && district) f->partner_district = district;
    if (l->role == ROLE_OTHER) c->open = false;
}

static void take_ordinal(ColumnReader *c, const FlatLine *l)
{
    int no = ordinal_read(&l->run.v[l->run.v[0].mark && l->run.n > 1], 0);
    c->ordinals++;
    c->last_read = no;
    c->open = false;
}

static void take_cell(ColumnReader *c, const FlatLine *l)
{
    if (!c->open && !c->ordinals) return;
    Column *column = c->open ? &c->v.v[c->v.n - 1] : begin_column(c, ROLE_NONE);
    *vec_push(&column->cells) = (ColumnCell){l->run, c->f->carry->section};
}

static void take_columns(ColumnReader *c, const FlatLine *lines, int n)
{
    for (int i = 0; i < n; i++) {
        const FlatLine *l = &lines[i];
        if (l->kind == LINE_HEADER) take_header(c, l);
        if (l->kind == LINE_ORDINAL) take_ordinal(c, l);
        if (l->kind == LINE_NAMES) take_cell(c, l);
        if (l->kind == LINE_SECTION) c->f->carry->section = l->level;
        if (l->kind == LINE_TITLE || (l->kind == LINE_PROSE && run_words(l->run) > 2)) c->open = false;
    }
}

/* Where most names begin with a level's words, one that does not is the rest of the one before. */
static void join_wrapped(Arena *a, ColumnCells *cells)
{
    size_t prefixed = 0, n = 0;
    int used;
    for (size_t i = 0; i < cells->n; i++) prefixed += level_prefix(cells->v[i].run, &used) != LEVEL_NONE;
    if (prefixed * 2 <= cells->n) return;
    for (size_t i = 0; i < cells->n; i++) {
        if (n && !level_prefix(cells->v[i].run, &used))
            cells->v[n - 1].run = run_join(a, cells->v[n - 1].run, cells->v[i].run);
        else
            cells->v[n++] = cells->v[i];
    }
    cells->n = n;
}

/* ---- entries ---- */

static void place_entry(Entry *e)
{
    Run run = e->school.n ? e->school : e->partner;
    e->page = run.v[0].page;
    e->box = rect_union(run_box(e->school, e->page), run_box(e->partner, e->page));
}

static void add_rows(ColumnReader *c, const ColumnCell *school, const ColumnCell *partner, size_t n,
                     const Column *column)
{
    Flat *f = c->f;
    int first = f->carry->last_no + 1, end = f->carry->last_no + (int)n;
    bool counted = column->last_read == end || column->ordinals == (int)n;
    for (size_t i = 0; i < n; i++) {
        Entry *e = vec_push(f->out);
        *e = (Entry){.no = first + (int)i,
                     .section = school[i].section,
                     .school = school[i].run,
                     .parting = 1,
                     .school_district = f->school_district,
                     .partner_district = f->partner_district,
                     .rule = "columns of text",
                     .text = true,
                     .flags = FLAG_COLUMNS | (counted ? 0 : FLAG_ORDINAL)};
        if (partner) e->partner = without_notes(f->doc, partner[i].run, false);
        if (partner && !levels_agree(school[i].section, partner[i].section)) e->flags |= FLAG_LEVEL;
        if (!partner) e->flags |= FLAG_UNREAD;
        place_entry(e);
    }
    f->carry->last_no = end;
}

/* The partner's column has no headings of its own: it has the sections of the schools'. */
static void copy_sections(const ColumnCells *from, ColumnCells *to)
{
    bool own = false;
    for (size_t i = 1; i < to->n; i++) own = own || to->v[i].section != to->v[0].section;
    for (size_t i = 0; !own && i < to->n && i < from->n; i++) to->v[i].section = from->v[i].section;
}

static void join_columns(ColumnReader *c, Column *x, Column *y)
{
    Arena *a = &c->f->doc->a;
    if (x->cells.n != y->cells.n) join_wrapped(a, &x->cells), join_wrapped(a, &y->cells);
    bool same = x->cells.n == y->cells.n;
    if (same) copy_sections(&x->cells, &y->cells);
    add_rows(c, x->cells.v, same ? y->cells.v : NULL, x->cells.n, x);
}

/* Do the levels before the names of the second half follow each other as those of the first, with a change
 * among them? */
static bool halves_agree(const ColumnCells *cells)
{
    size_t half = cells->n / 2, changes = 0;
    int used;
    if (cells->n % 2 || !half) return false;
    for (size_t i = 0; i < half; i++) {
        Level one = level_prefix(cells->v[i].run, &used), two = level_prefix(cells->v[half + i].run, &used);
        if (!one || one != two) return false;
        changes += i && one != level_prefix(cells->v[i - 1].run, &used);
    }
    return changes > 0;
}

/* Schools and partners in one: the first half and the second. */
static bool add_halves(ColumnReader *c, Column *x)
{
    join_wrapped(&c->f->doc->a, &x->cells);
    size_t half = x->cells.n / 2;
    if (x->role == ROLE_NONE && halves_agree(&x->cells)) {
        for (size_t i = 0; i < half; i++) x->cells.v[half + i].section = x->cells.v[i].section;
        add_rows(c, x->cells.v, x->cells.v + half, half, x);
        return true;
    }
    if (!x->ordinals || x->cells.n != 2 * (size_t)x->ordinals) join_wrapped(&c->f->doc->a, &x->cells);
    if (!x->ordinals || x->cells.n != 2 * (size_t)x->ordinals) return false;
    add_rows(c, x->cells.v, x->cells.v + half, half, x);
    return true;
}

static void add_all(ColumnReader *c)
{
    for (size_t i = 0; i < c->v.n; i++) {
        Column *x = &c->v.v[i], *next = i + 1 < c->v.n ? x + 1 : NULL;
        if (!x->cells.n) continue;
        if (x->role == ROLE_SCHOOL && next && next->role == ROLE_PARTNER && next->cells.n)
            join_columns(c, x, next), i++;
        else if (!add_halves(c, x) && x->role == ROLE_SCHOOL)
            add_rows(c, x->cells.v, NULL, x->cells.n, x);
    }
}

void flat_columns(Flat *f, const FlatLine *lines, int n)
{
    ColumnReader c = {.f = f};
    take_columns(&c, lines, n);
    add_all(&c);
    for (size_t i = 0; i < c.v.n; i++) vec_release(&c.v.v[i].cells);
    vec_release(&c.v);
}
