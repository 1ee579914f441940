/* dau show FILE --stage layout --page 2 [--svg] [-o out.svg]: runs the line as far as that stage and shows what it made:
 * after layout the cells, after ocr "Mâm non Hoa Mai" in one of them, after restore "Mầm non Hoa Mai". */
#include "cmd/cmd.h"

#include "base/tr.h"
#include "base/file.h"
#include "base/viet.h"
#include "cmd/reading.h"
#include "cmd/show.h"
#include "cmd/show_pairing.h"
#include "extract/extract.h"

#include <stdio.h>
#include <string.h>

typedef struct Show {
    const char *path, *stage, *out, *pairing, *database;
    ReadingOptions reading;
    PoolOptions pool;
    int page;
    bool svg, dump, explain;
    Stage until;
    LineOptions line;
} Show;

static const Usage usage = {
    "show",
    "FILE [--stage STAGE] [--page N] [--svg] [-o FILE]\n       dau show --pairing ID [-d plans.db] -o "
    "crop.png",
    "Shows what a stage made of a page, as text or as boxes drawn over the scan; or cuts out\n"
    "the picture of a pairing in a database.\n\n"
    "  dau show plan.pdf --stage layout --page 2 --svg -o page.svg"};

/* Shows one page; pairings of the whole document when the stage is extract. */
static bool show_page(const Show *s, PageLine *line, Load *doc, int n, const Pairings *found, Buf *out,
                      Err *err)
{
    Page page;
    Raster raster = {0};
    page_init(&page, n);
    bool ok = line_page(line, doc, n, s->until, &page, &raster, err);
    if (ok && s->svg)
        ok = show_page_svg(&page, &raster, found, out, err);
    else if (ok && s->dump)
        page_dump(&page, out);
    else if (ok)
        show_page_text(&page, cmd_verbosity > 0, out);
    load_raster_release(&raster);
    page_release(&page);
    return ok;
}

static bool find_pairings(PageLine *line, Load *doc, const char *columns, Pairings *found, Err *err)
{
    Extract *x = line_extract(line, err);
    if (x && columns && *columns) extract_say_columns(x, columns, err);
    for (int n = 1; n <= load_pages(doc) && !err_is(err); n++) {
        Page page;
        Raster raster = {0};
        page_init(&page, n);
        if (line_page(line, doc, n, STAGE_RESTORE, &page, &raster, err)) extract_page(x, &page, err);
        load_raster_release(&raster);
        page_release(&page);
    }
    bool ok = extract_finish(x, found, err);
    extract_free(x);
    return ok;
}

/* What the document says of itself, a value a line: "basis_number 2" is of its second legal basis. */
static void show_facts(const FactVec *facts, Buf *out)
{
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *f = &facts->v[i];
        char name[40];
        snprintf(name, sizeof name, f->item ? "%s %d" : "%s", fact_name(f->kind), f->item);
        buf_addf(out, "%-16s  %.2f  page %d  %s\n", name, (double)f->prob, f->place.page, f->value);
    }
    if (facts->n) buf_addc(out, '\n');
}

static void show_pairings(const Pairings *found, Buf *out)
{
    show_facts(&found->facts, out);
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        buf_addf(out, "%s\t%s\t%s\t%s\t%.2f\tpage %d, %s%s%s\n", p->no ? p->no : "", level_code(p->level),
                 p->school.name, p->partner.name, (double)p->prob, p->place.page, p->rule,
                 *p->flags ? "; " : "", p->flags);
    }
    for (size_t i = 0; i < found->findings.n; i++) {
        const Finding *f = &found->findings.v[i];
        char text[PHRASE_SIZE];
        phrase_say_kept(f->text, tr, text, sizeof text);
        buf_addf(out, "! %s\tpage %d\t%s\n", f->kind, f->place.page, text);
    }
}

enum { WIDTH = 79, TOPIC = 12 }; /* characters: of a line, of its topic */

/* The text after a topic, filled to the width of a terminal. */
static void add_topic(Buf *out, const char *topic, size_t topic_len, const char *text, size_t len)
{
    size_t column = TOPIC;
    buf_addf(out, "  %-*.*s", TOPIC - 3, (int)topic_len, topic);
    for (size_t i = 0, n; i < len; i += n + 1) {
        n = 0;
        while (i + n < len && text[i + n] != ' ') n++;
        char word[256];
        snprintf(word, sizeof word, "%.*s", (int)n, text + i);
        size_t width = utf8_length(word);
        if (column > TOPIC && column + 1 + width > WIDTH) {
            buf_addf(out, "\n%*s", TOPIC - 1, "");
            column = TOPIC;
        }
        buf_addf(out, " %s", word);
        column += 1 + width;
    }
    buf_addc(out, '\n');
}

static void add_sentence(Buf *out, const char *topic, const char *text)
{
    add_topic(out, topic, strlen(topic), text, strlen(text));
}

static void explain_pairing(const Pairing *p, Buf *out)
{
    buf_addf(out, "%s %s  %s - %s\n", p->no ? p->no : "-", level_code(p->level),
             *p->school.name ? p->school.name : "(unread)", *p->partner.name ? p->partner.name : "(unread)");
    char place[64];
    snprintf(place, sizeof place, "page %d, ", p->place.page);
    Buf from = {0};
    buf_addf(&from, "%s%s", place, p->rule);
    add_sentence(out, "from", buf_str(&from));
    for (const char *w = p->why ? p->why : ""; *w;) {
        size_t topic = strcspn(w, "\t"), line = strcspn(w, "\n");
        if (topic < line) add_topic(out, w, topic, w + topic + 1, line - topic - 1);
        w += line + (w[line] == '\n');
    }
    if (*p->flags) add_sentence(out, "flags", p->flags);
    buf_addc(out, '\n');
    buf_release(&from);
}

/* Why each row is a pairing, and why what was passed over is not one. */
static void show_explained(const Pairings *found, Buf *out)
{
    for (size_t i = 0; i < found->v.n; i++) explain_pairing(&found->v.v[i], out);
    if (found->rejected.n) buf_add(out, "No pairings:\n");
    for (size_t i = 0; i < found->rejected.n; i++) {
        const Finding *f = &found->rejected.v[i];
        buf_addf(out, "page %d, %s\n", f->place.page, f->text);
        add_sentence(out, "because", f->kind);
    }
    for (size_t i = 0; i < found->findings.n; i++) {
        const Finding *f = &found->findings.v[i];
        buf_addf(out, "! %s, page %d\n", f->kind, f->place.page);
        char text[PHRASE_SIZE];
        phrase_say_kept(f->text, tr, text, sizeof text);
        add_sentence(out, "found", text);
    }
}

/* In a worker. */
static bool show_file(void *context, Buf *out, Err *err)
{
    const Show *s = context;
    PageLine *line = line_new(&s->line);
    Load *doc = line_load(line, s->path, err);
    Pairings found = {0};
    int pages = doc ? load_pages(doc) : 0;
    if (doc && (s->page < 0 || s->page > pages))
        err_set(err, DAU_USAGE, "'%s' has %d page%s; there is no page %d", s->path, pages, plural(pages),
                s->page);
    int first = s->page ? s->page : 1, last = s->page ? s->page : s->svg ? 1 : pages;
    bool extract = s->until == STAGE_EXTRACT;
    if (doc && extract && !err_is(err)) find_pairings(line, doc, s->reading.columns, &found, err);
    if (extract && s->explain)
        show_explained(&found, out);
    else if (extract && !s->svg && !s->dump)
        show_pairings(&found, out);
    else
        for (int n = first; n <= last && !err_is(err); n++)
            show_page(s, line, doc, n, extract ? &found : NULL, out, err);
    pairings_release(&found);
    load_close(doc);
    line_free(line);
    return !err_is(err);
}

int cmd_show(int argc, char **argv)
{
    Show s = {.stage = "restore", .out = "-", .database = "plans.db"};
    const Option options[] = {
        {'s', "stage", OPT_STRING, &s.stage, "STAGE=load|clean|layout|ocr|restore|extract",
         "load, clean, layout, ocr, restore (the default) or extract"},
        {'p', "page", OPT_INT, &s.page, "N", "only this page (all; with --svg the first)"},
        {0, "svg", OPT_FLAG, &s.svg, NULL, "boxes drawn over the scan"},
        {0, "explain", OPT_FLAG, &s.explain, NULL,
         "why each pairing is one, and why what is none is none (as JSON: dau extract --explain)"},
        {0, "dump", OPT_FLAG, &s.dump, NULL, "everything, as tab-separated records"},
        {'o', "output", OPT_STRING, &s.out, "FILE", "write there (standard output)"},
        {0, "pairing", OPT_STRING, &s.pairing, "ID",
         "the picture of this pairing, or with -o x.svg its boxes too"},
        {'d', "database", OPT_STRING, &s.database, "FILE", "where the pairing is (plans.db)"},
        READING_OPTIONS(s.reading),
        LIMIT_OPTIONS(s.pool),
        {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    Err err = {0};
    if (s.pairing) {
        if (first < argc) return usage_error(&usage, "a pairing or a file, not both");
        if (passwords_read(&s.reading.passwords, &err))
            show_pairing(s.database, s.pairing, s.out, s.reading.passwords.all.v, &err);
        reading_release(&s.reading);
        return complain(&err);
    }
    if (argc - first != 1)
        return usage_error(&usage, argc == first ? tr_mark("name a file") : tr_mark("one file at a time"));
    if (!stage_from_name(s.stage, &s.until))
        return usage_error(&usage, "there is no stage '%s'; load, clean, layout, ocr, restore, extract",
                           s.stage);
    if (!limits_make_sense(&s.pool)) return usage_error(&usage, "a limit must be over 0");
    if (!reading_settle(&s.reading, &s.line, &err)) return reading_refused(&s.reading, &usage, &err);
    s.path = argv[first];
    s.line.explain = s.explain;
    if (s.explain) s.until = STAGE_EXTRACT;
    s.pool.call = show_file, s.pool.context = &s;
    s.pool.talk = cmd_verbosity > 0, s.pool.input = str_eq(s.path, "-");
    Buf out = {0};
    if (!pool_call(&s.pool, &out, &err))
        name_page(&err, s.path, 0);
    else
        file_write(s.out, buf_str(&out), out.len, &err);
    buf_release(&out);
    reading_release(&s.reading);
    return complain(&err);
}
