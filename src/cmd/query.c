/* dau query 'nguyen trai': the pairings that name it ("Nguyễn Trãi - Quang Trung"), then every place of the text where it
 * stands. Both are compared without marks. */
#include "cmd/cmd.h"

#include "base/file.h"
#include "base/json.h"
#include "base/viet.h"
#include "cmd/progress.h"
#include "cmd/reading.h"
#include "cmd/source.h"
#include "export/rows.h"
#include "store/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_LIMIT = 200, PICTURE_MARGIN = 20 /* pixels of the scan round the words */ };

static const Usage usage = {"query", "[-d plans.db] [--json] [--pictures FOLDER] WORD...",
                            "Searches names of schools and all text that was read, whatever the marks and "
                            "the case: 'nguyen trai' finds "
                            "Nguyễn Trãi. The words must follow one another; the last may be the beginning "
                            "of one. Exit 6 when nothing is found.\n\n"
                            "  dau query -d plans.db nguyen trai\n"
                            "  dau query -d plans.db --pictures found/ 'Ha Dong'"};

typedef struct Lookup {
    Store *store;
    const char *words;
    const char *pictures; /* a folder, or NULL */
    bool json;
    int limit;
    Arena arena;
    Rows rows;
    Hits hits;
    Passwords passwords;
} Lookup;

/* ---- what is found ---- */

/* The folded words, a blank before each: " nguyen trai" is in " thcs nguyen trai" and not in " an nguyen". */
static bool names(Arena *a, const char *key, const School *s)
{
    return strstr(arena_printf(a, " %s", viet_key(a, s->name ? s->name : "")), key);
}

static void find_rows(Lookup *q, Err *err)
{
    Arena scratch = {0};
    size_t kept = 0;
    const char *key = arena_printf(&q->arena, " %s", viet_key(&q->arena, q->words));
    store_load_rows(q->store, &q->arena, &q->rows, err);
    for (size_t i = 0; i < q->rows.n; i++) {
        const Pairing *p = &q->rows.v[i].pairing;
        if (!p->kind && (names(&scratch, key, &p->school) || names(&scratch, key, &p->partner)))
            q->rows.v[kept++] = q->rows.v[i];
        arena_release(&scratch);
    }
    q->rows.n = kept;
}

/* ---- as text ---- */

static void add_hit(Buf *b, const Hit *h, bool bright)
{
    buf_addf(b, "  page %-4d %s%s%s%s%s%s%s\n", h->page, h->before, *h->before ? " " : "",
             bright ? "\033[1m" : "", h->found, bright ? "\033[0m" : "", *h->after ? " " : "", h->after);
}

static void add_file(Buf *b, const char *file)
{
    char *plain = xstrdup(file);
    str_plain(plain, "");
    buf_addf(b, "%s\n", plain);
    free(plain);
}

static void add_text(const Lookup *q, Buf *b, bool terminal)
{
    bool bright = terminal && !getenv("NO_COLOR");
    if (q->rows.n)
        export_format(b, FORMAT_TABLE, q->rows.v, q->rows.n, terminal ? terminal_width(STDOUT_FILENO) : 0);
    if (q->rows.n && q->hits.n) buf_addc(b, '\n');
    for (size_t i = 0; i < q->hits.n; i++) {
        const Hit *h = &q->hits.v[i];
        if (i == 0 || !str_eq(h->file, h[-1].file)) add_file(b, h->file);
        add_hit(b, h, bright);
    }
}

/* ---- as JSON Lines ---- */

static void add_json_hit(Buf *b, const Hit *h)
{
    json_open(b, '{');
    json_text(b, "kind", "text");
    json_text(b, "file", h->file);
    json_int(b, "page", h->page);
    json_rect(b, "box", h->box);
    json_text(b, "before", h->before);
    json_text(b, "found", h->found);
    json_text(b, "after", h->after);
    json_close(b, '}');
    buf_addc(b, '\n');
}

static void add_json(const Lookup *q, Buf *b)
{
    for (size_t i = 0; i < q->rows.n; i++) export_row_json(b, &q->rows.v[i]);
    for (size_t i = 0; i < q->hits.n; i++) add_json_hit(b, &q->hits.v[i]);
}

/* ---- as pictures ---- */

static bool write_picture(const Lookup *q, Source *source, const Hit *h, size_t n, Err *err)
{
    Page page;
    Buf png = {0};
    Arena a = {0};
    page_init(&page, h->page);
    bool ok = store_load_page(q->store, h->doc, h->page, &page, err);
    if (ok && page.unit == UNIT_PIXEL && source_open(source, q->store, h->doc, h->file, err)) {
        Rect box = rect_clip(rect_grow(h->box, PICTURE_MARGIN), page.width, page.height);
        const Raster *scan = source_page(source, &page, err);
        const char *path =
            arena_printf(&a, "%s%s%03zu-%s-%d.png", q->pictures, str_ends(q->pictures, "/") ? "" : "/", n + 1,
                         file_short_name(&a, file_base_name(h->file)), h->page);
        ok = scan && load_png(scan, box, 0, &png, err) && file_write(path, png.s, png.len, err);
    }
    arena_release(&a);
    buf_release(&png);
    page_release(&page);
    return ok && !err_is(err);
}

static void write_pictures(const Lookup *q, Err *err)
{
    Source source = {.passwords = q->passwords.all.v};
    if (mkdir(q->pictures, 0777) != 0 && errno != EEXIST)
        err_set(err, DAU_FILE_ACCESS, "cannot make the folder '%s': %s", q->pictures, err_system(errno));
    for (size_t i = 0; i < q->hits.n && !err_is(err); i++) write_picture(q, &source, &q->hits.v[i], i, err);
    source_close(&source);
}

/* ---- */

static void run_query(Lookup *q, const char *database, Err *err)
{
    Buf b = {0};
    q->store = store_open(database, STORE_READ, err);
    if (q->store && store_search(q->store, q->words, q->limit, &q->arena, &q->hits, err)) {
        find_rows(q, err);
        if (q->json)
            add_json(q, &b);
        else
            add_text(q, &b, isatty(STDOUT_FILENO));
        file_write("-", buf_str(&b), b.len, err);
        if (q->pictures) write_pictures(q, err);
        if (!q->rows.n && !q->hits.n)
            err_set(err, DAU_NOTHING, "'%s' is nowhere in '%s'; a part of it may be", q->words, database);
        else if ((int)q->hits.n == q->limit)
            say("only the first %d places are shown; --limit N shows more", q->limit);
    }
    store_close(q->store);
    buf_release(&b);
}

int cmd_query(int argc, char **argv)
{
    const char *database = "plans.db";
    Lookup q = {.limit = DEFAULT_LIMIT};
    Buf words = {0};
    const Option options[] = {
        {'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
        {0, "json", OPT_FLAG, &q.json, NULL, "JSON Lines: pairings, then places of the text"},
        {0, "pictures", OPT_STRING, &q.pictures, "FOLDER", "also cut each place out of its scan"},
        PASSWORD_OPTION(q.passwords),
        {0, "limit", OPT_INT, &q.limit, "N", "places of the text shown at most (200)"},
        {0}};
    Err err = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "what is to be searched for?");
    if (q.limit < 1) return usage_error(&usage, "--limit must be at least 1");
    for (int i = first; i < argc; i++) buf_addf(&words, "%s%s", i > first ? " " : "", argv[i]);
    q.words = words.s;
    if (passwords_read(&q.passwords, &err)) run_query(&q, database, &err);
    passwords_release(&q.passwords);
    vec_release(&q.rows);
    vec_release(&q.hits);
    arena_release(&q.arena);
    buf_release(&words);
    return complain(&err);
}
