/* libxml2's forgiving parser reads HTML event by event: no tree is made, nothing is fetched. The bytes are brought into
 * UTF-8 first (charset.c), whatever the page says of itself. <td>Mầm non<br>Hoa Mai</td> is a cell of two lines.
 */
#include "load/html.h"

#include "load/charset.h"
#include "load/private.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    FONT = 64,          /* bytes of a font's name */
    MOST_FONTS = 32,    /* inside each other */
    MOST_LISTS = 32,    /* inside each other that are counted */
    MOST_NUMBER = 65534 /* of rows that a cell reaches down, by the standard */
};

typedef struct Html {
    Flow *flow;
    int skip; /* elements open whose text is not shown */
    bool docbook;
    int titles;                      /* of DocBook; the first is the file's, the others are headings */
    int keep_lines;                  /* <pre> open */
    bool after_blank;                /* blanks that come now are not shown */
    int fonts;                       /* <font> and <span> open */
    char font[MOST_FONTS + 1][FONT]; /* of what stands in each; "": not named. [0]: outside all */
    int lists;                       /* open */
    struct {
        char format; /* as flow_number() */
        int next;
    } list[MOST_LISTS];
} Html;

static const char *attr(const xmlChar **attrs, const char *name)
{
    for (; attrs && attrs[0]; attrs += 2)
        if (strcasecmp((const char *)attrs[0], name) == 0) return (const char *)attrs[1];
    return NULL;
}

static int number(const xmlChar **attrs, const char *name, int otherwise)
{
    const char *value = attr(attrs, name);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    return n < 1 ? otherwise : n > MOST_NUMBER ? MOST_NUMBER : (int)n;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0) return true;
    return false;
}

static const char *const hidden[] = {"script", "style",    "title", "head",     "noscript",
                                     "select", "template", "svg",   "bookinfo", NULL};
static const char *const blocks[] = {
    "p",          "div",     "h1",      "h2",      "h3",     "h4",     "h5",  "h6",
    "li",         "ul",      "ol",      "dl",      "dt",     "dd",     "hr",  "pre",
    "blockquote", "section", "article", "header",  "footer", "main",   "nav", "form",
    "fieldset",   "address", "center",  "caption", "body",   "figure", NULL};

static void end_para(Html *h)
{
    flow_para(h->flow);
    h->after_blank = true;
}

static bool is_font(const char *name)
{
    return strcasecmp(name, "font") == 0 || strcasecmp(name, "span") == 0;
}

static char *font_in_hand(Html *h)
{
    return h->font[h->fonts < MOST_FONTS ? h->fonts : MOST_FONTS];
}

static void use_font(Html *h)
{
    flow_font(h->flow, *font_in_hand(h) ? font_in_hand(h) : NULL);
}

/* What the font of the text is, in <font face> or style="font-family". <font> and <span> have that of what they stand in
 * where they name none. */
static void begin_font(Html *h, const char *name, const xmlChar **attrs)
{
    const char *face = attr(attrs, "face"), *style = attr(attrs, "style"), *outer = font_in_hand(h);
    const char *family = style ? strstr(style, "font-family:") : NULL;
    if (family) face = family + strlen("font-family:");
    if (is_font(name) && h->fonts++ < MOST_FONTS) memcpy(font_in_hand(h), outer, FONT);
    if (!face) return;
    snprintf(font_in_hand(h), FONT, "%s", face + strspn(face, " '\""));
    use_font(h);
}

static void begin_list(Html *h, bool numbered, const xmlChar **attrs)
{
    const char *type = attr(attrs, "type");
    if (h->lists < MOST_LISTS) {
        h->list[h->lists].format = !numbered ? '-' : type && *type ? *type : '1';
        h->list[h->lists].next = number(attrs, "start", 1);
    }
    h->lists++;
}

static void begin_item(Html *h, const xmlChar **attrs)
{
    int i = h->lists - 1;
    if (i < 0 || i >= MOST_LISTS) return;
    int n = number(attrs, "value", h->list[i].next);
    flow_number(h->flow, h->list[i].format, n);
    flow_text(h->flow, h->list[i].format == '-' ? " " : ". ", h->list[i].format == '-' ? 1 : 2);
    h->list[i].next = n + 1;
}

static bool is_table(const char *name)
{
    return strcasecmp(name, "table") == 0 || strcasecmp(name, "informaltable") == 0;
}

static bool is_cell(const char *name)
{
    return strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0 || strcasecmp(name, "entry") == 0;
}

static void begin_element(Html *h, const char *name, const xmlChar **attrs)
{
    if (is_one_of(name, blocks)) end_para(h);
    begin_font(h, name, attrs);
    if (strcasecmp(name, "br") == 0)
        flow_line(h->flow), h->after_blank = true;
    else if (is_table(name))
        flow_table(h->flow), h->after_blank = true;
    else if (strcasecmp(name, "tr") == 0 || strcasecmp(name, "row") == 0)
        flow_row(h->flow), h->after_blank = true;
    else if (is_cell(name))
        flow_cell(h->flow, number(attrs, "colspan", 1), number(attrs, "rowspan", 1)), h->after_blank = true;
    else if (strcasecmp(name, "ol") == 0 || strcasecmp(name, "ul") == 0)
        begin_list(h, strcasecmp(name, "ol") == 0, attrs);
    else if (strcasecmp(name, "li") == 0)
        begin_item(h, attrs);
    else if (strcasecmp(name, "pre") == 0)
        h->keep_lines++;
}

static void html_begin(void *data, const xmlChar *name, const xmlChar **attrs)
{
    Html *h = data;
    bool heading = h->docbook && strcasecmp((const char *)name, "title") == 0 && h->titles++;
    if (h->skip || (is_one_of((const char *)name, hidden) && !heading))
        h->skip++;
    else
        begin_element(h, (const char *)name, attrs);
}

static void html_end(void *data, const xmlChar *element)
{
    Html *h = data;
    const char *name = (const char *)element;
    if (h->skip) {
        h->skip--;
        return;
    }
    if (is_one_of(name, blocks)) end_para(h);
    if (is_table(name))
        flow_table_end(h->flow), h->after_blank = true;
    else if ((strcasecmp(name, "ol") == 0 || strcasecmp(name, "ul") == 0) && h->lists)
        h->lists--;
    else if (strcasecmp(name, "pre") == 0 && h->keep_lines)
        h->keep_lines--;
    else if (is_font(name) && h->fonts)
        h->fonts--, use_font(h);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void add_blanks(Html *h, const char *s, size_t n)
{
    if (h->keep_lines && memchr(s, '\n', n))
        flow_line(h->flow);
    else if (h->keep_lines)
        flow_text(h->flow, s, n);
    else if (!h->after_blank)
        flow_text(h->flow, " ", 1);
    h->after_blank = true;
}

static void html_text(void *data, const xmlChar *text, int len)
{
    Html *h = data;
    const char *s = (const char *)text;
    size_t n = len > 0 ? (size_t)len : 0;
    for (size_t i = 0, from; i < n && !h->skip;) {
        for (from = i; i < n && !is_blank(s[i]);) i++;
        if (i > from) flow_text(h->flow, s + from, i - from), h->after_blank = false;
        for (from = i; i < n && is_blank(s[i]);) i++;
        if (i > from) add_blanks(h, s + from, i - from);
    }
}

bool html_walk(const Load *doc, const Buf *utf8, bool docbook, Flow *flow, Err *err)
{
    enum {
        HOW = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
              HTML_PARSE_IGNORE_ENC
    };
    Html h = {.flow = flow, .after_blank = true, .docbook = docbook, .keep_lines = docbook};
    htmlSAXHandler events = {.startElement = html_begin,
                             .endElement = html_end,
                             .characters = html_text,
                             .cdataBlock = html_text,
                             .ignorableWhitespace = html_text};
    htmlParserCtxtPtr c = utf8->len <= INT32_MAX ? htmlCreateMemoryParserCtxt(utf8->s, (int)utf8->len) : NULL;
    if (!c) return err_set(err, DAU_BAD_INPUT, "cannot read '%s' as a web page", doc->path);
    *c->sax = events;
    c->userData = &h;
    htmlCtxtUseOptions(c, HOW);
    xmlSwitchEncoding(c, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(c);
    htmlFreeParserCtxt(c);
    xmlResetLastError();
    return true;
}

static bool html_open(Load *doc, Err *err)
{
    Flow *flow = flow_new();
    Buf utf8 = {0};
    Encoding e;
    bool ok = true;
    if (doc->size > doc->options.most_unpacked)
        ok = err_set(err, DAU_LIMIT,
                     "'%s' is over the limit of %zu MB for a web page; --max-unpacked raises it", doc->path,
                     doc->options.most_unpacked >> 20);
    if (ok && (ok = encoding_find(doc->data, doc->size, &e, err))) {
        encoding_decode(e, doc->data, doc->size, &utf8);
        buf_addc(&utf8, '\n');
        ok = html_walk(doc, &utf8, false, flow, err);
    }
    buf_release(&utf8);
    return load_take_flow(doc, flow, ok, err);
}

const Reader load_html = {html_open, load_flow_page, load_flow_close};
