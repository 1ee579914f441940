/* DOCX (ECMA-376 Part 1): word/document.xml has paragraphs (p) of runs (r) of text (t), and tables (tbl, tr, tc).
 *
 *     <w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p>Mầm non</w:p></w:tc>
 *
 * is a cell over two columns that goes on below, in cells whose vMerge has no value.
 *
 * Numbers of lists are not in the text. "1." of a column STT is a paragraph whose numPr names a list of
 * word/numbering.xml. That says how the list counts and what a number looks like ("%1."). Or the paragraph has a style
 * (pStyle) of word/styles.xml that names a list, by itself or by the style it is based on.
 *
 * What is deleted but tracked (del) is left out, as is the second form of what has two (Fallback).
 */
#include "load/flow.h"
#include "load/packed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEVELS = 9,        /* of a list, by the standard */
    MOST_LISTS = 5000, /* more are taken for paragraphs */
    PATTERN = 32,      /* bytes of "%1.%2." */
    MOST_STYLES = 1000,
    MOST_BASES = 16, /* styles, each based on the next; more are a circle */
    STYLE_ID = 48    /* bytes */
};

typedef struct ListLevel {
    char pattern[PATTERN];
    char style[STYLE_ID]; /* whose paragraphs are on this level; "": none */
    char format;          /* as flow_number(), 0: none */
    int start;
    int count; /* of the item that came last; start - 1 before the first */
} ListLevel;

typedef struct ListKind {
    int id;
    ListLevel level[LEVELS];
} ListKind;

typedef struct List {
    int id, kind;        /* kind: its id */
    int restart[LEVELS]; /* where it begins anew, or -1 */
} List;

typedef struct Style { /* of paragraphs */
    char id[STYLE_ID], base[STYLE_ID];
    int list, level; /* -1: not said */
} Style;

typedef struct Docx {
    Flow *flow;
    VEC(ListKind) kinds;
    VEC(List) lists;
    VEC(Style) styles;
    bool in_style;              /* while styles.xml is read: the last one is open */
    int kind_level, list_level; /* while numbering.xml is read */
    /* while document.xml is read */
    int skip; /* elements open that are left out, and those in them */
    bool in_text, in_para_properties;
    bool cell_waits; /* begun, its properties not all read */
    int colspan;
    enum { MERGE_NONE, MERGE_FIRST, MERGE_ON } merge;
    int list, level; /* of the paragraph; -1: not said */
    int style;       /* of the paragraph: index; -1: none that we know */
} Docx;

/* ---- lists ---- */

static ListKind *find_kind(Docx *d, int id)
{
    for (size_t i = 0; i < d->kinds.n; i++)
        if (d->kinds.v[i].id == id) return &d->kinds.v[i];
    return NULL;
}

static List *find_list(Docx *d, int id)
{
    for (size_t i = 0; i < d->lists.n; i++)
        if (d->lists.v[i].id == id) return &d->lists.v[i];
    return NULL;
}

static char format_of(const char *name)
{
    static const struct {
        const char *name;
        char format;
    } known[] = {{"decimal", '1'},    {"decimalZero", '1'}, {"lowerLetter", 'a'}, {"upperLetter", 'A'},
                 {"lowerRoman", 'i'}, {"upperRoman", 'I'},  {"none", 0}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0) return known[i].format;
    return '-';
}

static ListLevel *level_in_hand(Docx *d)
{
    if (!d->kinds.n || d->kind_level < 0 || d->kind_level >= LEVELS) return NULL;
    return &d->kinds.v[d->kinds.n - 1].level[d->kind_level];
}

static void add_list(Docx *d, int id)
{
    if (d->lists.n >= MOST_LISTS) return;
    List *list = vec_push(&d->lists);
    *list = (List){.id = id, .kind = -1};
    for (int i = 0; i < LEVELS; i++) list->restart[i] = -1;
}

static void numbering_begin(void *data, const char *name, xmlTextReader *at)
{
    Docx *d = data;
    char value[PATTERN];
    ListLevel *level = level_in_hand(d);
    List *list = d->lists.n ? &d->lists.v[d->lists.n - 1] : NULL;
    if (strcmp(name, "abstractNum") == 0 && d->kinds.n < MOST_LISTS)
        vec_push(&d->kinds)->id = walk_number(at, "abstractNumId", -1), d->kind_level = -1;
    else if (strcmp(name, "lvl") == 0)
        d->kind_level = list ? -1 : walk_number(at, "ilvl", -1);
    else if (strcmp(name, "start") == 0 && level)
        level->start = walk_number(at, "val", 1);
    else if (strcmp(name, "pStyle") == 0 && level)
        walk_attr(at, "val", level->style, sizeof level->style);
    else if (strcmp(name, "numFmt") == 0 && level && walk_attr(at, "val", value, sizeof value))
        level->format = format_of(value);
    else if (strcmp(name, "lvlText") == 0 && level)
        walk_attr(at, "val", level->pattern, sizeof level->pattern);
    else if (strcmp(name, "num") == 0)
        add_list(d, walk_number(at, "numId", -1));
    else if (strcmp(name, "abstractNumId") == 0 && list)
        list->kind = walk_number(at, "val", -1);
    else if (strcmp(name, "lvlOverride") == 0)
        d->list_level = walk_number(at, "ilvl", -1);
    else if (strcmp(name, "startOverride") == 0 && list && d->list_level >= 0 && d->list_level < LEVELS)
        list->restart[d->list_level] = walk_number(at, "val", 1);
}

static void no_end(void *data, const char *name)
{
    (void)data, (void)name;
}

static void no_text(void *data, const char *utf8, size_t n)
{
    (void)data, (void)utf8, (void)n;
}

static void begin_counting(Docx *d)
{
    for (size_t i = 0; i < d->kinds.n; i++)
        for (int k = 0; k < LEVELS; k++) d->kinds.v[i].level[k].count = d->kinds.v[i].level[k].start - 1;
}

/* "%1." with the first level at 3: "3. ". */
static void write_number(Docx *d, const ListKind *kind, int at)
{
    const char *p = kind->level[at].pattern;
    if (kind->level[at].format == '-') {
        flow_number(d->flow, '-', 0);
        p = "";
    }
    for (; *p; p++) {
        int k = p[0] == '%' && p[1] >= '1' && p[1] <= '9' ? p[1] - '1' : -1;
        if (k < 0)
            flow_text(d->flow, p, 1);
        else if (kind->level[k].format)
            flow_number(d->flow, kind->level[k].format, kind->level[k].count), p++;
        else
            p++;
    }
    flow_text(d->flow, " ", 1);
}

/* What the paragraph does not say, its style does. */
static void ask_style(Docx *d)
{
    if (d->style < 0 || (d->list >= 0 && d->level >= 0)) return;
    const Style *s = &d->styles.v[d->style];
    if (d->list < 0 && d->level < 0) d->level = s->level;
    if (d->list < 0) d->list = s->list;
}

static void number_para(Docx *d)
{
    ask_style(d);
    List *list = d->list > 0 ? find_list(d, d->list) : NULL; /* 0: taken out of a list */
    ListKind *kind = list ? find_kind(d, list->kind) : NULL;
    int at = d->level >= 0 && d->level < LEVELS ? d->level : 0;
    d->list = -1;
    if (!kind) return;
    if (list->restart[at] >= 0) kind->level[at].count = list->restart[at] - 1, list->restart[at] = -1;
    if (kind->level[at].count < INT32_MAX) kind->level[at].count++;
    for (int i = at + 1; i < LEVELS; i++) kind->level[i].count = kind->level[i].start - 1;
    write_number(d, kind, at);
}

/* ---- styles ---- */

static int find_style(const Docx *d, const char *id)
{
    for (size_t i = 0; *id && i < d->styles.n; i++)
        if (strcmp(d->styles.v[i].id, id) == 0) return (int)i;
    return -1;
}

static void begin_style(Docx *d, xmlTextReader *at)
{
    char type[16] = "";
    walk_attr(at, "type", type, sizeof type);
    d->in_style = strcmp(type, "paragraph") == 0 && d->styles.n < MOST_STYLES;
    if (!d->in_style) return;
    Style *s = vec_push(&d->styles);
    s->list = s->level = -1;
    walk_attr(at, "styleId", s->id, sizeof s->id);
}

static void styles_begin(void *data, const char *name, xmlTextReader *at)
{
    Docx *d = data;
    Style *s = d->in_style ? &d->styles.v[d->styles.n - 1] : NULL;
    if (strcmp(name, "style") == 0)
        begin_style(d, at);
    else if (s && strcmp(name, "basedOn") == 0)
        walk_attr(at, "val", s->base, sizeof s->base);
    else if (s && strcmp(name, "numId") == 0)
        s->list = walk_number(at, "val", -1);
    else if (s && strcmp(name, "ilvl") == 0)
        s->level = walk_number(at, "val", -1);
}

/* The level of the list that says it is this style's. */
static int level_of_style(Docx *d, const Style *s)
{
    const List *list = s->list > 0 ? find_list(d, s->list) : NULL;
    const ListKind *kind = list ? find_kind(d, list->kind) : NULL;
    for (int i = 0; kind && i < LEVELS; i++)
        if (*s->id && strcmp(kind->level[i].style, s->id) == 0) return i;
    return -1;
}

/* "Heading 2" based on "Heading 1": its list, where it names none, on a level of its own. */
static void inherit_lists(Docx *d)
{
    for (size_t i = 0; i < d->styles.n; i++) {
        Style *s = &d->styles.v[i];
        const Style *from = s;
        for (int k = 0, b; k < MOST_BASES && from->list < 0 && (b = find_style(d, from->base)) >= 0; k++)
            from = &d->styles.v[b];
        s->list = from->list;
        if (s->level < 0) s->level = level_of_style(d, s);
        if (s->level < 0) s->level = from->level;
    }
}

static bool read_styles(const Load *doc, Docx *d, Err *err)
{
    Buf xml = {0};
    bool found;
    const Walker walker = {d, styles_begin, no_end, no_text};
    bool ok = packed_read(doc, "word/styles.xml", &xml, &found, err) &&
              (!found || packed_walk(doc, "word/styles.xml", &xml, &walker, err));
    buf_release(&xml);
    inherit_lists(d);
    return ok;
}

/* ---- the document ---- */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0) return true;
    return false;
}

/* Something stands in the cell: its properties are known. */
static void open_cell(Docx *d)
{
    if (!d->cell_waits) return;
    d->cell_waits = false;
    if (d->merge == MERGE_ON)
        flow_cell_up(d->flow, d->colspan);
    else
        flow_cell(d->flow, d->colspan, 1);
}

static void begin_break(Docx *d, xmlTextReader *at)
{
    char type[16];
    if (walk_attr(at, "type", type, sizeof type) && strcmp(type, "page") == 0)
        flow_page(d->flow);
    else
        flow_line(d->flow);
}

static void begin_in_table(Docx *d, const char *name, xmlTextReader *at)
{
    char value[16];
    if (strcmp(name, "tr") == 0) {
        flow_row(d->flow);
    } else if (strcmp(name, "gridBefore") == 0) {
        flow_skip(d->flow, walk_number(at, "val", 0));
    } else if (strcmp(name, "tc") == 0) {
        d->cell_waits = true;
        d->colspan = 1;
        d->merge = MERGE_NONE;
    } else if (strcmp(name, "gridSpan") == 0) {
        d->colspan = walk_number(at, "val", 1);
    } else if (strcmp(name, "vMerge") == 0) {
        bool first = walk_attr(at, "val", value, sizeof value) && strcmp(value, "restart") == 0;
        d->merge = first ? MERGE_FIRST : MERGE_ON;
    }
}

/* A run may hold a text box, and that tables: what is not part of a run is looked for among theirs. */
static void begin_in_para(Docx *d, const char *name, xmlTextReader *at)
{
    char font[64];
    if (strcmp(name, "t") == 0)
        d->in_text = true;
    else if (strcmp(name, "tab") == 0)
        flow_tab(d->flow);
    else if (strcmp(name, "br") == 0)
        begin_break(d, at);
    else if (strcmp(name, "cr") == 0)
        flow_line(d->flow);
    else if (strcmp(name, "noBreakHyphen") == 0)
        flow_text(d->flow, "-", 1);
    else if (strcmp(name, "lastRenderedPageBreak") == 0 && !flow_in_table(d->flow))
        flow_page(d->flow);
    else if (strcmp(name, "rFonts") == 0)
        flow_font(d->flow, walk_attr(at, "ascii", font, sizeof font));
    else
        begin_in_table(d, name, at);
}

static void begin_para_property(Docx *d, const char *name, xmlTextReader *at)
{
    char id[STYLE_ID];
    if (strcmp(name, "pStyle") == 0 && walk_attr(at, "val", id, sizeof id)) d->style = find_style(d, id);
    if (strcmp(name, "numId") == 0)
        d->list = walk_number(at, "val", -1);
    else if (strcmp(name, "ilvl") == 0)
        d->level = walk_number(at, "val", 0);
}

static void document_begin(void *data, const char *name, xmlTextReader *at)
{
    static const char *const left_out[] = {"del",       "moveFrom",    "Fallback", "pPrChange",
                                           "rPrChange", "tblPrChange", NULL};
    Docx *d = data;
    if (d->skip || is_one_of(name, left_out)) {
        d->skip++;
        return;
    }
    if (strcmp(name, "p") == 0 || strcmp(name, "tbl") == 0) {
        open_cell(d);
        flow_para(d->flow);
        d->list = d->level = d->style = -1;
    }
    if (strcmp(name, "tbl") == 0)
        flow_table(d->flow);
    else if (strcmp(name, "pPr") == 0)
        d->in_para_properties = true;
    else if (d->in_para_properties)
        begin_para_property(d, name, at);
    else
        begin_in_para(d, name, at);
}

static void document_end(void *data, const char *name)
{
    Docx *d = data;
    if (d->skip) {
        d->skip--;
    } else if (strcmp(name, "t") == 0) {
        d->in_text = false;
    } else if (strcmp(name, "r") == 0) {
        flow_font(d->flow, NULL);
    } else if (strcmp(name, "pPr") == 0) {
        d->in_para_properties = false;
        number_para(d);
    } else if (strcmp(name, "p") == 0) {
        flow_para(d->flow);
    } else if (strcmp(name, "tc") == 0) {
        open_cell(d);
    } else if (strcmp(name, "tbl") == 0) {
        flow_table_end(d->flow);
    }
}

static void document_text(void *data, const char *utf8, size_t n)
{
    Docx *d = data;
    if (d->in_text && !d->skip) flow_text(d->flow, utf8, n);
}

static bool read_numbering(const Load *doc, Docx *d, Err *err)
{
    Buf xml = {0};
    bool found;
    const Walker walker = {d, numbering_begin, no_end, no_text};
    bool ok = packed_read(doc, "word/numbering.xml", &xml, &found, err) &&
              (!found || packed_walk(doc, "word/numbering.xml", &xml, &walker, err));
    buf_release(&xml);
    begin_counting(d);
    return ok;
}

static bool read_document(const Load *doc, Docx *d, Err *err)
{
    /* the second is written by Word's web form */
    static const char *const parts[] = {"word/document.xml", "word/document2.xml"};
    Buf xml = {0};
    bool found = false, ok = true;
    const Walker walker = {d, document_begin, document_end, document_text};
    size_t i = 0;
    while ((ok = packed_read(doc, parts[i], &xml, &found, err)) && !found &&
           i + 1 < sizeof parts / sizeof *parts)
        i++;
    if (ok && !found)
        ok = err_set(err, DAU_BAD_INPUT, "'%s' is no Word document: it has no word/document.xml", doc->path);
    ok = ok && packed_walk(doc, parts[i], &xml, &walker, err);
    buf_release(&xml);
    return ok;
}

static bool docx_open(Load *doc, Err *err)
{
    Docx d = {.flow = flow_new(), .list = -1, .level = -1, .style = -1};
    bool ok = read_numbering(doc, &d, err) && read_styles(doc, &d, err) && read_document(doc, &d, err);
    vec_release(&d.kinds);
    vec_release(&d.lists);
    vec_release(&d.styles);
    return load_take_flow(doc, d.flow, ok, err);
}

const Reader load_docx = {docx_open, load_flow_page, load_flow_close};
