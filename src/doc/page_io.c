/* The page as TSV: a record a line, its kind in the first field, then fields in a fixed order:
 *
 *     page   4  pixel  restore  1654 2338 200 image  0 0.35  1654 2338  xx xy x0 yx yy y0
 *     block  table  x y w h  x y w h  column first_line lines table
 *     table  ruled  x y w h  x y w h  rows cols first_cell cells open_top open_bottom
 *     cell   x y w h  x y w h  row col rowspan colspan blank first_line lines
 *     line   x y w h  x y w h  first_word words
 *     word   x y w h  x y w h  raw conf text prob origin
 *     mark   under-red             (of the word before, as the next two)
 *     choice text score
 *     alt    text score
 */
#include "doc/page.h"

#include "base/tsv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const block_kinds[] = {"text", "table", "picture"};
static const char *const table_kinds[] = {"ruled", "partly-ruled", "unruled"};
static const char *const units[] = {"pixel", "character"};

static void add_rects(Buf *b, Rect box, Rect at)
{
    const int32_t v[] = {box.x, box.y, box.w, box.h, at.x, at.y, at.w, at.h};
    for (int i = 0; i < 8; i++) tsv_addf(b, "%d", v[i]);
}

static void add_ints(Buf *b, int n, const int *v)
{
    for (int i = 0; i < n; i++) tsv_addf(b, "%d", v[i]);
}

static void dump_head(const Page *p, Buf *b)
{
    const double m[] = {p->to_scan.xx, p->to_scan.xy, p->to_scan.x0,
                        p->to_scan.yx, p->to_scan.yy, p->to_scan.y0};
    tsv_add(b, "page");
    tsv_addf(b, "%d", p->number);
    tsv_add(b, units[p->unit]);
    tsv_add(b, stage_name(p->stage));
    add_ints(b, 3, (int[]){p->width, p->height, p->dpi});
    tsv_add(b, p->via);
    tsv_addf(b, "%d", p->turned);
    tsv_addf(b, "%.9g", (double)p->skew);
    add_ints(b, 2, (int[]){p->upright_width, p->upright_height});
    for (int i = 0; i < 6; i++) tsv_addf(b, "%.17g", m[i]);
    tsv_end(b);
}

static void dump_readings(Buf *b, const char *kind, const Reading *r, int n)
{
    for (int i = 0; i < n; i++) {
        tsv_add(b, kind);
        tsv_add(b, r[i].text);
        tsv_addf(b, "%.9g", (double)r[i].score);
        tsv_end(b);
    }
}

static void dump_marks(Buf *b, unsigned marks)
{
    for (int i = 0; i < WORD_MARKS; i++) {
        if (!(marks >> i & 1)) continue;
        tsv_add(b, "mark");
        tsv_add(b, word_mark_name((WordMark)(1u << i)));
        tsv_end(b);
    }
}

static void dump_word(Buf *b, const Word *w)
{
    tsv_add(b, "word");
    add_rects(b, w->box, w->at);
    tsv_add(b, w->raw);
    tsv_addf(b, "%.9g", (double)w->conf);
    tsv_add(b, w->text);
    tsv_addf(b, "%.9g", (double)w->prob);
    tsv_add(b, origin_name(w->origin));
    tsv_end(b);
    dump_marks(b, w->marks);
    dump_readings(b, "choice", w->choice, w->choices);
    dump_readings(b, "alt", w->alt, w->alts);
}

static void dump_layout(const Page *p, Buf *b)
{
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *k = &p->blocks.v[i];
        tsv_add(b, "block");
        tsv_add(b, block_kinds[k->kind]);
        add_rects(b, k->box, k->at);
        add_ints(b, 4, (int[]){k->column, k->first_line, k->lines, k->table});
        tsv_end(b);
    }
    for (size_t i = 0; i < p->tables.n; i++) {
        const Table *t = &p->tables.v[i];
        tsv_add(b, "table");
        tsv_add(b, table_kinds[t->kind]);
        add_rects(b, t->box, t->at);
        add_ints(b, 6, (int[]){t->rows, t->cols, t->first_cell, t->cells, t->open_top, t->open_bottom});
        tsv_end(b);
    }
    for (size_t i = 0; i < p->cells.n; i++) {
        const Cell *c = &p->cells.v[i];
        tsv_add(b, "cell");
        add_rects(b, c->box, c->at);
        add_ints(b, 7, (int[]){c->row, c->col, c->rowspan, c->colspan, c->blank, c->first_line, c->lines});
        tsv_end(b);
    }
}

/* What load hands to ocr and restore, until they have taken it. */
static void dump_layer(const Page *p, Buf *b)
{
    for (size_t i = 0; i < p->layer.n && p->stage < STAGE_OCR; i++) {
        Rect box = p->layer.v[i].box;
        tsv_add(b, "layer");
        add_ints(b, 4, (int[]){box.x, box.y, box.w, box.h});
        tsv_add(b, p->layer.v[i].raw);
        tsv_end(b);
    }
    if (!p->settled || p->stage >= STAGE_RESTORE) return;
    tsv_add(b, "settled");
    tsv_end(b);
}

void page_dump(const Page *p, Buf *out)
{
    dump_head(p, out);
    dump_layer(p, out);
    dump_layout(p, out);
    for (size_t i = 0; i < p->lines.n; i++) {
        tsv_add(out, "line");
        add_rects(out, p->lines.v[i].box, p->lines.v[i].at);
        add_ints(out, 2, (int[]){p->lines.v[i].first_word, p->lines.v[i].words});
        tsv_end(out);
    }
    for (size_t i = 0; i < p->words.n; i++) dump_word(out, &p->words.v[i]);
}

/* ---- back ---- */

typedef struct FieldReader {
    Tsv *t;
    int at; /* next field */
    bool bad;
} FieldReader;

static const char *next_field(FieldReader *r)
{
    if (r->at >= r->t->fields) {
        r->bad = true;
        return "";
    }
    return r->t->field[r->at++];
}

static double next_double(FieldReader *r)
{
    const char *s = next_field(r);
    char *end = NULL;
    double v = s ? strtod(s, &end) : 0;
    if (!s || end == s || *end) r->bad = true;
    return v;
}

static int next_int(FieldReader *r)
{
    double v = next_double(r);
    if (!(v >= -2147483647.0 && v <= 2147483647.0)) {
        r->bad = true;
        return 0;
    }
    return (int)v;
}

static Rect next_rect(FieldReader *r)
{
    Rect rect;
    rect.x = next_int(r);
    rect.y = next_int(r);
    rect.w = next_int(r);
    rect.h = next_int(r);
    return rect;
}

static int next_name(FieldReader *r, const char *const *names, int n)
{
    const char *s = next_field(r);
    for (int i = 0; s && i < n; i++)
        if (strcmp(s, names[i]) == 0) return i;
    r->bad = true;
    return 0;
}

static const char *next_str(FieldReader *r, Page *p)
{
    return arena_str(&p->arena, next_field(r));
}

static void parse_head(FieldReader *r, Page *p)
{
    p->number = next_int(r);
    p->unit = (Unit)next_name(r, units, 2);
    const char *stage = next_field(r);
    if (!stage || (!stage_from_name(stage, &p->stage) && strcmp(stage, "none") != 0)) r->bad = true;
    p->width = next_int(r);
    p->height = next_int(r);
    p->dpi = next_int(r);
    p->via = next_str(r, p);
    p->turned = next_int(r);
    p->skew = (float)next_double(r);
    p->upright_width = next_int(r);
    p->upright_height = next_int(r);
    double m[6];
    for (int i = 0; i < 6; i++) m[i] = next_double(r);
    p->to_scan = (Affine){m[0], m[1], m[2], m[3], m[4], m[5]};
}

static void parse_block(FieldReader *r, Page *p)
{
    Block *k = vec_push(&p->blocks);
    k->kind = (BlockKind)next_name(r, block_kinds, 3);
    k->box = next_rect(r);
    k->at = next_rect(r);
    k->column = next_int(r);
    k->first_line = next_int(r);
    k->lines = next_int(r);
    k->table = next_int(r);
}

static void parse_table(FieldReader *r, Page *p)
{
    Table *t = vec_push(&p->tables);
    t->kind = (TableKind)next_name(r, table_kinds, 3);
    t->box = next_rect(r);
    t->at = next_rect(r);
    t->rows = next_int(r);
    t->cols = next_int(r);
    t->first_cell = next_int(r);
    t->cells = next_int(r);
    t->open_top = next_int(r) != 0;
    t->open_bottom = next_int(r) != 0;
}

static void parse_cell(FieldReader *r, Page *p)
{
    Cell *c = vec_push(&p->cells);
    c->box = next_rect(r);
    c->at = next_rect(r);
    c->row = next_int(r);
    c->col = next_int(r);
    c->rowspan = next_int(r);
    c->colspan = next_int(r);
    c->blank = next_int(r) != 0;
    c->first_line = next_int(r);
    c->lines = next_int(r);
}

static void parse_line(FieldReader *r, Page *p)
{
    Line *l = vec_push(&p->lines);
    l->box = next_rect(r);
    l->at = next_rect(r);
    l->first_word = next_int(r);
    l->words = next_int(r);
}

static void parse_word(FieldReader *r, Page *p)
{
    Word *w = vec_push(&p->words);
    w->box = next_rect(r);
    w->at = next_rect(r);
    w->raw = next_str(r, p);
    w->conf = (float)next_double(r);
    w->text = next_str(r, p);
    w->prob = (float)next_double(r);
    const char *origin = next_field(r);
    if (!origin || !origin_from_name(origin, &w->origin)) r->bad = true;
}

static void parse_layer(FieldReader *r, Page *p)
{
    Word *w = vec_push(&p->layer);
    w->box = next_rect(r);
    w->raw = next_str(r, p);
    if (!w->raw) r->bad = true;
}

static void parse_reading(FieldReader *r, Page *p, Reading **list, int *n)
{
    Reading *grown = arena_new(&p->arena, Reading, (size_t)*n + 1);
    if (*n) memcpy(grown, *list, (size_t)*n * sizeof *grown);
    grown[*n].text = next_str(r, p);
    grown[*n].score = (float)next_double(r);
    *list = grown;
    ++*n;
}

static void parse_mark(FieldReader *r, Word *w)
{
    const char *name = next_field(r);
    for (int i = 0; name && i < WORD_MARKS; i++) {
        if (strcmp(name, word_mark_name((WordMark)(1u << i))) != 0) continue;
        w->marks |= 1u << i;
        return;
    }
    r->bad = true;
}

static void parse_record(FieldReader *r, Page *p)
{
    const char *kind = next_field(r);
    Word *last = p->words.n ? &p->words.v[p->words.n - 1] : NULL;
    if (!kind)
        r->bad = true;
    else if (strcmp(kind, "page") == 0)
        parse_head(r, p);
    else if (strcmp(kind, "block") == 0)
        parse_block(r, p);
    else if (strcmp(kind, "table") == 0)
        parse_table(r, p);
    else if (strcmp(kind, "cell") == 0)
        parse_cell(r, p);
    else if (strcmp(kind, "line") == 0)
        parse_line(r, p);
    else if (strcmp(kind, "word") == 0)
        parse_word(r, p);
    else if (strcmp(kind, "layer") == 0)
        parse_layer(r, p);
    else if (strcmp(kind, "settled") == 0)
        p->settled = true;
    else if (last && strcmp(kind, "mark") == 0)
        parse_mark(r, last);
    else if (last && strcmp(kind, "choice") == 0)
        parse_reading(r, p, &last->choice, &last->choices);
    else if (last && strcmp(kind, "alt") == 0)
        parse_reading(r, p, &last->alt, &last->alts);
    else
        r->bad = true;
}

bool page_parse(const char *text, size_t len, Page *p, Err *err)
{
    if (err_is(err)) return false;
    Tsv t;
    tsv_init(&t, text, len);
    while (!err_is(err) && tsv_next(&t)) {
        FieldReader r = {.t = &t};
        parse_record(&r, p);
        if (r.bad || r.at != t.fields)
            err_set(err, DAU_BAD_INPUT, "line %ld of the page's dump cannot be read", t.line);
    }
    tsv_release(&t);
    return !err_is(err) && page_check(p, err);
}
