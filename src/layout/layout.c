/* rules ► tables parted ► grid ► rules erased from the picture ► does the text agree? ► text outside the tables ► boxes
 * back to the scan.
 *
 * Rules are looked for in the ink first. The result may disagree with the text, or the text may stand in columns without
 * rules. Then all is done once more with the rules that only the grey picture shows, and the better draft is kept.
 *
 * Example: a list of pairs, "Mầm non Hoa Mai" beside "Mầm non Cao Viên", in a dotted grid at 100 dpi has no rule in its
 * ink; the second draft finds the grid. A page of prose needs no second draft.
 */
#include "layout/layout.h"

#include "layout/private.h"

/* Of the rules' length, with ink: clean scans have 0.98 and more, copies of copies 0.9. */
static const double WHOLE_RULES = 0.95;

/* What one way of looking gives. */
typedef struct Draft {
    Blocks blocks;
    Tables tables;
    Cells cells;
    PIX *clear;   /* the grey picture without rules */
    GridFit grid; /* of the tables with rules */
    double cover; /* share of the rules' length that has ink */
    int unruled;  /* rows of the tables without rules */
    int columns;  /* of the widest table */
} Draft;

static void draft_release(Draft *d)
{
    vec_release(&d->blocks);
    vec_release(&d->tables);
    vec_release(&d->cells);
    pixDestroy(&d->clear);
}

static Draft draft_of(Page *page, const Raster *raster, const RuleInk *ink, bool faint, bool drop)
{
    Draft d = {.clear = pixCopy(NULL, raster->grey)};
    PIX *text = pixCopy(NULL, raster->ink);
    RuleMap map = {0};
    rules_find(ink, faint ? raster->grey : NULL, page->dpi, &map);
    rules_part(&map, raster->ink, page->dpi);
    grid_find(&map, page);
    d.cover = rules_cover(&map);
    rules_erase(&map, text, d.clear, page->dpi);
    grid_mark_blank(text, page);
    d.grid = grid_fit(text, page, drop);
    text_find(text, page);
    for (size_t i = 0; i < page->tables.n; i++) {
        const Table *t = &page->tables.v[i];
        if (t->kind == TABLE_UNRULED) d.unruled += t->rows;
        if (t->cols > d.columns) d.columns = t->cols;
    }
    d.blocks = page->blocks, d.tables = page->tables, d.cells = page->cells;
    page->blocks = (Blocks){0}, page->tables = (Tables){0}, page->cells = (Cells){0};
    rules_release(&map);
    pixDestroy(&text);
    return d;
}

/* Whether a is the better draft: the text agrees with its rules, or it has more cells. */
static bool is_better(const Draft *a, const Draft *b)
{
    if (!a->grid.rows) return false;
    if (!b->grid.rows && !b->unruled) return true;
    if (a->grid.broken != b->grid.broken) return a->grid.broken < b->grid.broken;
    return a->grid.worth > b->grid.worth;
}

static void draft_choose(Draft *best, Draft *other, bool take)
{
    Draft keep = take ? *other : *best, let_go = take ? *best : *other;
    draft_release(&let_go);
    *best = keep;
}

/* Whether the ink may lack rules: those that it has are worn, or what stands in columns has none. */
static bool is_suspect(const Draft *d)
{
    int columns = 0;
    for (size_t i = 0; i < d->blocks.n; i++) columns += d->blocks.v[i].column > 0;
    return d->grid.broken || d->unruled || columns || d->cover < WHOLE_RULES;
}

static void boxes_to_scan(Page *page)
{
    for (size_t i = 0; i < page->cells.n; i++) page->cells.v[i].box = page_to_scan(page, page->cells.v[i].at);
    for (size_t i = 0; i < page->tables.n; i++)
        page->tables.v[i].box = page_to_scan(page, page->tables.v[i].at);
    for (size_t i = 0; i < page->blocks.n; i++)
        page->blocks.v[i].box = page_to_scan(page, page->blocks.v[i].at);
}

bool layout_page(Page *page, Raster *raster, Err *err)
{
    if (err_is(err) || page->unit == UNIT_CHARACTER) return !err_is(err);
    if (!raster->ink || !raster->grey)
        return err_set(err, DAU_INTERNAL, "page %d: layout was given no picture", page->number);
    setMsgSeverity(L_SEVERITY_NONE);

    RuleInk ink;
    rule_ink_find(raster->ink, page->dpi, &ink);
    Draft best = draft_of(page, raster, &ink, false, false);
    if (is_suspect(&best)) {
        Draft faint = draft_of(page, raster, &ink, true, false);
        draft_choose(&best, &faint, is_better(&faint, &best));
    }
    if (best.grid.broken) {
        Draft plain = draft_of(page, raster, &ink, false, true);
        /* rules are given up for columns that they lack, not because something stands beside the table */
        draft_choose(&best, &plain, plain.unruled > best.unruled && plain.columns >= best.columns);
    }
    rule_ink_release(&ink);
    page->blocks = best.blocks, page->tables = best.tables, page->cells = best.cells;
    raster->clear = best.clear;
    boxes_to_scan(page);
    return true;
}
