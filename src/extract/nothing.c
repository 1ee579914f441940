/* Of a document about twins that gave no pairing a person is told where to look:
 *
 *     DANH SÁCH CÁC ĐƠN VỊ KẾT NGHĨA           page 2: its title
 *     1 | Sen Vàng | 12 | Cỏ May               a table of four columns: nothing says which are schools
 *     2 | Nắng Mới | 13 | Đồi Chè
 *
 *     "no pairing was found, though the text speaks of twins; if the table on page 2 is their list, say what its 4
 *     columns hold, with --columns"
 *
 * A letter that names twinning once, on its way to something else, is left alone: its title has to speak of it, or
 * LEAST_SAID of its lines.
 */
#include "extract/private.h"
#include "extract/table/table.h"

enum {
    LEAST_SAID = 3, /* lines and cells */
    STRONG = 2,     /* of Evidence.twins: words that are said of twins and little else */
    LEAST_ROWS = 3, /* of a table that may be a list */
    LEAST_COLUMNS = 2
};

/* What a document says of twins. */
typedef struct Told {
    int times;     /* lines and cells */
    Place first;   /* of them */
    bool in_title; /* one is a title's */
} Told;

static void tell_run(Told *t, Run r, int page, Rect box)
{
    bool title = evidence_is_title(r);
    bool twins = speaks_of_twins(r) || is_misread_title(r) || (title && evidence_read(r).twins >= STRONG);
    if (!twins) return;
    if (!t->times++) t->first = (Place){.page = page, .box = box};
    t->in_title |= title || is_misread_title(r);
}

static Told what_is_told(const Doc *doc)
{
    Told t = {0};
    for (size_t i = 0; i < doc->items.n; i++) {
        const XLine *line = doc->items.v[i].line;
        const XTable *table = doc->items.v[i].table;
        if (line) tell_run(&t, line->run, line->page, line->box);
        for (int k = 0; table && k < table->cells; k++)
            tell_run(&t, table->cell[k].run, table->page, table->cell[k].box);
    }
    return t;
}

/* The largest of the tables that may be a list, or NULL. */
static const XTable *largest_table(const Doc *doc)
{
    const XTable *found = NULL;
    for (size_t i = 0; i < doc->items.n; i++) {
        const XTable *t = doc->items.v[i].table;
        if (!t || t->rows < LEAST_ROWS || t->cols < LEAST_COLUMNS || t->cols > MOST_COLS) continue;
        if (!found || t->rows > found->rows) found = t;
    }
    return found;
}

/* Is there a finding of what was passed over; on the page of the table, where there is one? */
static bool is_told(const Pairings *found, const XTable *t)
{
    for (size_t i = 0; i < found->findings.n; i++) {
        const Finding *f = &found->findings.v[i];
        if (t && f->place.page != t->page) continue;
        if (str_eq(f->kind, "passed-over") || str_eq(f->kind, "unpaired")) return true;
    }
    return false;
}

static void check_twins(Doc *doc)
{
    const XTable *list = doc->said ? NULL : largest_table(doc);
    if (doc->found->v.n || is_told(doc->found, list)) return;
    Told t = what_is_told(doc);
    if (!t.in_title && t.times < LEAST_SAID) return;
    if (list)
        finding_add(
            doc, "nothing-found", t.first,
            "no pairing was found, though the text speaks of twins; if the table on page %d is their list, "
            "say what its %d columns hold, with --columns",
            list->page, list->cols);
    else
        finding_add(
            doc, "nothing-found", t.first,
            "no pairing was found, though the text speaks of twins; look whether it names who is whose");
}

/* A list over two pages may be two tables; one of so many columns is enough. */
static void check_said(Doc *doc)
{
    const XTable *t = largest_table(doc);
    Place place = {.page = t ? t->page : 1, .box = t ? t->box : (Rect){0}};
    if (!doc->said || doc->said_fits) return;
    if (t)
        finding_add(doc, "columns", place,
                    "no table has the %d columns that --columns says; the largest has %d", doc->said->cols,
                    t->cols);
    else
        finding_add(doc, "columns", place, "no table has the %d columns that --columns says",
                    doc->said->cols);
}

void check_nothing(Doc *doc)
{
    check_said(doc);
    check_twins(doc);
}
