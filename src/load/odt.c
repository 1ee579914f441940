/* ODT (OASIS OpenDocument 1.2): content.xml has paragraphs (text:p, text:h) and tables (table:table-row, table-cell). A
 * merged cell, "Mầm non" over nine rows, tells its spans and is followed by covered cells where it reaches. Blanks are
 * collapsed except text:s. Lists count by their style: a list in every cell of a column STT goes on counting when it says
 * so.
 */
#include "load/flow.h"
#include "load/packed.h"

#include <string.h>

enum {
    LEVELS = 10,
    MOST_STYLES = 5000,
    MOST_REPEATED = 64, /* an empty cell or row may say that it stands there a million times */
    NAME = 64,
    AFFIX = 16
};

typedef struct ListStyle {
    char name[NAME];
    char format[LEVELS]; /* as flow_number(); 0: no number */
    char before[LEVELS][AFFIX], after[LEVELS][AFFIX];
    int count[LEVELS];
} ListStyle;

typedef struct Odt {
    Flow *flow;
    VEC(ListStyle) styles;
    int skip;
    bool in_para;
    int depth;         /* lists open */
    int style;         /* of the outermost one; -1: none */
    bool number_waits; /* an item began, nothing of it is written yet */
    bool after_blank;
    int repeat; /* of the row or cell in hand */
} Odt;

static ListStyle *find_style(Odt *d, const char *name)
{
    for (size_t i = 0; i < d->styles.n; i++)
        if (strcmp(d->styles.v[i].name, name) == 0) return &d->styles.v[i];
    return NULL;
}

static void begin_style(Odt *d, xmlTextReader *at)
{
    if (d->styles.n < MOST_STYLES) walk_attr(at, "name", vec_push(&d->styles)->name, NAME);
}

static void begin_level(Odt *d, xmlTextReader *at)
{
    int level = walk_number(at, "level", 0) - 1;
    char format[4];
    if (!d->styles.n || level < 0 || level >= LEVELS) return;
    ListStyle *s = &d->styles.v[d->styles.n - 1];
    s->format[level] = walk_attr(at, "num-format", format, sizeof format) && format[0] ? format[0] : 0;
    s->count[level] = walk_number(at, "start-value", 1) - 1;
    walk_attr(at, "num-prefix", s->before[level], AFFIX);
    walk_attr(at, "num-suffix", s->after[level], AFFIX);
}

static void begin_list(Odt *d, xmlTextReader *at)
{
    char name[NAME], value[NAME];
    if (d->depth++ || !walk_attr(at, "style-name", name, sizeof name)) return;
    ListStyle *s = find_style(d, name);
    d->style = s ? (int)(s - d->styles.v) : -1;
    bool goes_on = (walk_attr(at, "continue-numbering", value, sizeof value) && strcmp(value, "true") == 0) ||
                   walk_attr(at, "continue-list", value, sizeof value);
    if (s && !goes_on) s->count[0] = 0;
}

static void write_number(Odt *d)
{
    ListStyle *s = d->style >= 0 ? &d->styles.v[d->style] : NULL;
    int level = d->depth - 1;
    d->number_waits = false;
    if (level < 0 || level >= LEVELS) return;
    if (!s || !s->format[level]) {
        flow_text(d->flow, "- ", 2);
        return;
    }
    if (s->count[level] < INT32_MAX) s->count[level]++;
    for (int i = level + 1; i < LEVELS; i++) s->count[i] = 0;
    flow_text(d->flow, s->before[level], strlen(s->before[level]));
    flow_number(d->flow, s->format[level], s->count[level]);
    flow_text(d->flow, s->after[level], strlen(s->after[level]));
    flow_text(d->flow, " ", 1);
}

static void begin_para(Odt *d)
{
    flow_para(d->flow);
    d->in_para = true;
    d->after_blank = true;
    if (d->number_waits) write_number(d);
}

static void begin_cell(Odt *d, xmlTextReader *at)
{
    int repeat = walk_number(at, "number-columns-repeated", 1);
    for (int i = 1; i < repeat && i < MOST_REPEATED; i++) flow_cell(d->flow, 1, 1);
    flow_cell(d->flow, walk_number(at, "number-columns-spanned", 1),
              walk_number(at, "number-rows-spanned", 1));
}

static void write_blanks(Odt *d, int n)
{
    for (int i = 0; i < n && i < MOST_REPEATED; i++) flow_text(d->flow, " ", 1);
}

static bool left_out(const char *name)
{
    static const char *const names[] = {"annotation", "note",      "tracked-changes", "forms", "title",
                                        "desc",       "ruby-text", "sequence-decls",  "script"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

static void odt_begin(void *data, const char *name, xmlTextReader *at)
{
    Odt *d = data;
    if (d->skip || left_out(name))
        d->skip++;
    else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0)
        begin_para(d);
    else if (strcmp(name, "list-style") == 0)
        begin_style(d, at);
    else if (strncmp(name, "list-level-style-", 17) == 0)
        begin_level(d, at);
    else if (strcmp(name, "list") == 0)
        begin_list(d, at);
    else if (strcmp(name, "list-item") == 0)
        d->number_waits = true;
    else if (strcmp(name, "s") == 0 && d->in_para)
        write_blanks(d, walk_number(at, "c", 1));
    else if (strcmp(name, "tab") == 0 && d->in_para)
        flow_tab(d->flow);
    else if (strcmp(name, "line-break") == 0)
        flow_line(d->flow), d->after_blank = true;
    else if (strcmp(name, "soft-page-break") == 0 && !flow_in_table(d->flow))
        flow_page(d->flow);
    else if (strcmp(name, "table") == 0)
        flow_table(d->flow);
    else if (strcmp(name, "table-row") == 0)
        flow_row(d->flow);
    else if (strcmp(name, "table-cell") == 0)
        begin_cell(d, at);
}

static void odt_end(void *data, const char *name)
{
    Odt *d = data;
    if (d->skip) {
        d->skip--;
    } else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        flow_para(d->flow);
        d->in_para = false;
    } else if (strcmp(name, "list") == 0) {
        if (d->depth) d->depth--;
        if (!d->depth) d->style = -1;
    } else if (strcmp(name, "list-item") == 0) {
        d->number_waits = false;
    } else if (strcmp(name, "table") == 0) {
        flow_table_end(d->flow);
    }
}

/* Runs of blanks and line ends are one blank, none at the beginning (OpenDocument 6.1.2). */
static void odt_text(void *data, const char *utf8, size_t n)
{
    Odt *d = data;
    if (!d->in_para || d->skip) return;
    for (size_t i = 0; i < n;) {
        size_t len = 0, blanks = 0;
        while (i + len < n && !strchr(" \t\r\n", utf8[i + len])) len++;
        if (len) flow_text(d->flow, utf8 + i, len), d->after_blank = false;
        i += len;
        while (i + blanks < n && strchr(" \t\r\n", utf8[i + blanks])) blanks++;
        if (blanks && !d->after_blank) flow_text(d->flow, " ", 1), d->after_blank = true;
        i += blanks;
    }
}

static bool odt_open(Load *doc, Err *err)
{
    Odt d = {.flow = flow_new(), .style = -1};
    Buf xml = {0};
    bool found;
    const Walker walker = {&d, odt_begin, odt_end, odt_text};
    bool ok = packed_open_document(doc, err) && packed_read(doc, "content.xml", &xml, &found, err);
    if (ok && !found)
        ok = err_set(err, DAU_BAD_INPUT, "'%s' is no text document: it has no content.xml", doc->path);
    ok = ok && packed_walk(doc, "content.xml", &xml, &walker, err);
    buf_release(&xml);
    vec_release(&d.styles);
    return load_take_flow(doc, d.flow, ok, err);
}

const Reader load_odt = {odt_open, load_flow_page, load_flow_close};
