/* A request is checked (token, host, origin, method, size), its form is parsed, and the route of that name answers. A
 * change is answered with the row as it stands after the commit:
 *
 *     POST /k3J.../row   id=3fa9c1d2e4b5-12&version=0&school=Nguy%E1%BB%85n+Du&verdict=accept
 *     200 {"result":"done","row":{"id":"3fa9c1d2e4b5-12","version":1,...},"outlook":{...},"ahead":["..."]}
 *     409 {"result":"stale","row":{...}}                             somebody was faster
 */
#include "base/json.h"
#include "base/tr.h"
#include "doc/flag.h"
#include "doc/fields.h"
#include "review/form.h"
#include "review/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD = 4, MOST_SIDE = 4000, MOST_COORDINATE = 1000000 };

static const char *const page_html[] = {
#include "page.html.h"
    NULL};
static const char *const page_css[] = {
#include "page.css.h"
    NULL};
static const char *const page_js[] = {
#include "page.js.h"
    NULL};

const char *const review_headers[] = {"Content-Security-Policy",
                                      "default-src 'none'; script-src 'self'; style-src 'self'; img-src "
                                      "'self'; connect-src 'self'; base-uri 'none'; "
                                      "form-action 'none'; frame-ancestors 'none'",
                                      "X-Content-Type-Options",
                                      "nosniff",
                                      "Referrer-Policy",
                                      "no-referrer",
                                      "Cross-Origin-Resource-Policy",
                                      "same-origin",
                                      "Cross-Origin-Opener-Policy",
                                      "same-origin",
                                      "X-Frame-Options",
                                      "DENY",
                                      NULL};

/* A request in hand. */
typedef struct Visit {
    Desk *desk;
    const Request *req;
    Response *res;
    Form form;
    Arena arena;
    Err err;
} Visit;

void response_release(Response *response)
{
    buf_release(&response->body);
}

/* ---- answers ---- */

static void answer_failed(Visit *v, int status, const char *why)
{
    v->res->status = status;
    v->res->type = "application/json; charset=utf-8";
    buf_clear(&v->res->body);
    json_open(&v->res->body, '{');
    json_text(&v->res->body, "result", "failed");
    json_text(&v->res->body, "message", why);
    json_close(&v->res->body, '}');
    buf_addc(&v->res->body, '\n');
}

static void refuse(Visit *v, int status, const char *why)
{
    answer_failed(v, status, tr(why));
}

static void fail(Visit *v)
{
    int code = v->err.code;
    answer_failed(v,
                  code == DAU_BUSY          ? 503
                  : code == DAU_BAD_INPUT   ? 400
                  : code == DAU_FILE_ACCESS ? 404
                                            : 500,
                  v->err.text);
}

static void number(Buf *b, const char *name, double value)
{
    json_number(b, name, value, SHARE_DIGITS);
}

static void names(Buf *b, const char *name, const char *const *v, int n)
{
    json_key(b, name), json_open(b, '[');
    for (int i = 0; i < n; i++) json_text(b, NULL, v[i]);
    json_close(b, ']');
}

static void school(Visit *v, const char *name, const Review *r, const School *s, Field field)
{
    Buf *b = &v->res->body;
    const School *found = field == FIELD_SCHOOL ? &r->found.school : &r->found.partner;
    const char *other[REVIEW_MOST_NAMES];
    int n = 0;
    if (v->desk->help.alternatives)
        n = v->desk->help.alternatives(v->desk->help.context, r, field, &v->arena, other, REVIEW_MOST_NAMES);
    json_key(b, name), json_open(b, '{');
    json_text(b, "name", s->name);
    json_text(b, "raw", s->raw);
    json_text(b, "found", found->name);
    json_text(b, "district", s->district);
    number(b, "prob", (double)s->prob);
    number(b, "page", s->place.page);
    json_rect(b, "box", s->place.box);
    names(b, "alternatives", other, n);
    json_close(b, '}');
}

static void add_row(Visit *v, const Review *r)
{
    Buf *b = &v->res->body;
    const RowField *of[ROW_FIELDS];
    int n = row_fields(FORM_REVIEW, of);
    json_open(b, '{');
    for (int i = 0; i < n; i++) row_json(b, of[i], &r->row);
    json_int(b, "doc", r->doc);
    json_text(b, "state", r->state);
    json_int(b, "version", r->version);
    json_int(b, "queued", r->queued);
    number(b, "doubt", r->doubt);
    school(v, "school", r, &r->row.pairing.school, FIELD_SCHOOL);
    school(v, "partner", r, &r->row.pairing.partner, FIELD_PARTNER);
    json_close(b, '}');
}

static void add_outlook(Visit *v, int skip, int ahead)
{
    Buf *b = &v->res->body;
    Outlook o;
    Ids ids = {0};
    if (!review_outlook(v->desk->store, &o, &v->err) ||
        !review_ahead(v->desk->store, &v->arena, skip, ahead, &ids, &v->err))
        return;
    json_key(b, "outlook");
    json_open(b, '{');
    json_int(b, "rows", o.rows), json_int(b, "left", o.left), json_int(b, "done", o.done);
    number(b, "now", o.now);
    number(b, "soon", o.soon);
    number(b, "end", o.end);
    json_close(b, '}');
    names(b, "ahead", ids.v, (int)ids.n);
    vec_release(&ids);
}

static void finish(Visit *v, int status)
{
    v->res->status = status;
    v->res->type = "application/json; charset=utf-8";
    json_close(&v->res->body, '}');
    buf_addc(&v->res->body, '\n');
}

/* ---- reading ---- */

static void answer_queue(Visit *v)
{
    json_open(&v->res->body, '{');
    add_outlook(v, (int)form_number(&v->form, "skip", 0, MOST_COORDINATE, 0),
                (int)form_number(&v->form, "n", 1, CORRECT_MOST_AHEAD, AHEAD));
    finish(v, 200);
}

static bool load_row(Visit *v, const char *id, Review *r)
{
    if (id && review_load(v->desk->store, &v->arena, id, r, &v->err)) return true;
    if (!err_is(&v->err)) refuse(v, 404, "there is no such row; was the document read again?");
    return false;
}

static void answer_row(Visit *v)
{
    Review r;
    if (!load_row(v, form_value(&v->form, "id"), &r)) return;
    json_open(&v->res->body, '{');
    json_key(&v->res->body, "row");
    add_row(v, &r);
    finish(v, 200);
}

static void add_page_rows(Visit *v, int64_t doc, int page)
{
    Buf *b = &v->res->body;
    Ids ids = {0};
    review_on_page(v->desk->store, &v->arena, doc, page, &ids, &v->err);
    json_key(b, "rows"), json_open(b, '[');
    for (size_t i = 0; i < ids.n && !err_is(&v->err); i++) {
        Review r;
        if (!review_load(v->desk->store, &v->arena, ids.v[i], &r, &v->err)) continue;
        const Pairing *p = &r.row.pairing;
        json_open(b, '{');
        json_text(b, "id", r.row.id);
        json_text(b, "no", p->no);
        json_text(b, "level", p->level ? level_code(p->level) : NULL);
        json_text(b, "school", p->school.name);
        json_text(b, "partner", p->partner.name);
        json_text(b, "state", r.state);
        number(b, "queued", r.queued);
        number(b, "doubt", r.doubt);
        json_rect(b, "box", p->place.box);
        json_close(b, '}');
    }
    json_close(b, ']');
    vec_release(&ids);
}

static void add_page_body(Visit *v, const Page *page)
{
    Buf *b = &v->res->body;
    number(b, "width", page->width);
    number(b, "height", page->height);
    json_text(b, "unit", page->unit == UNIT_PIXEL ? "pixel" : "character");
    json_key(b, "cells"), json_open(b, '[');
    for (size_t i = 0; i < page->cells.n; i++) {
        Rect r = page->cells.v[i].box;
        json_rect(b, NULL, r);
    }
    json_close(b, ']');
    if (page->unit == UNIT_PIXEL) return;
    json_key(b, "lines"), json_open(b, '[');
    for (size_t i = 0; i < page->lines.n; i++) {
        const Line *line = &page->lines.v[i];
        json_open(b, '[');
        json_int(b, NULL, line->box.y);
        json_text(b, NULL, page_line_text(page, &v->arena, line, TEXT_RAW));
        json_close(b, ']');
    }
    json_close(b, ']');
}

static void answer_page(Visit *v)
{
    Page page;
    Document d;
    int64_t doc = form_number(&v->form, "doc", 1, 1L << 40, 0);
    int n = (int)form_number(&v->form, "page", 1, 1000000, 0);
    page_init(&page, 0);
    json_open(&v->res->body, '{');
    if (store_load_document(v->desk->store, doc, &d, &v->err) &&
        store_load_page(v->desk->store, doc, n, &page, &v->err)) {
        number(&v->res->body, "doc", (double)doc);
        number(&v->res->body, "page", n);
        number(&v->res->body, "pages", d.pages);
        add_page_body(v, &page);
        add_page_rows(v, doc, n);
        finish(v, 200);
    } else {
        err_clear(&v->err);
        refuse(v, 404, "there is no such page that was read");
    }
    page_release(&page);
}

static Rect form_box(const Form *f)
{
    return (Rect){(int)form_number(f, "x", -MOST_COORDINATE, MOST_COORDINATE, 0),
                  (int)form_number(f, "y", -MOST_COORDINATE, MOST_COORDINATE, 0),
                  (int)form_number(f, "w", 0, MOST_COORDINATE, 0),
                  (int)form_number(f, "h", 0, MOST_COORDINATE, 0)};
}

static void answer_picture(Visit *v)
{
    const Form *f = &v->form;
    if (!v->desk->help.picture) {
        refuse(v, 404, "there are no pictures here");
        return;
    }
    if (!v->desk->help.picture(v->desk->help.context, form_number(f, "doc", 1, 1L << 40, 0),
                               (int)form_number(f, "page", 1, 1000000, 0), form_box(f),
                               (int)form_number(f, "side", 16, MOST_SIDE, 1600), &v->res->body, &v->err))
        return;
    v->res->status = 200;
    v->res->type = "image/png";
    v->res->keep = true;
}

static void answer_complete(Visit *v)
{
    const char *found[REVIEW_MOST_NAMES], *typed = form_value(&v->form, "q");
    int n = 0;
    if (typed && *typed && v->desk->help.complete)
        n = v->desk->help.complete(v->desk->help.context, typed, found, REVIEW_MOST_NAMES);
    json_open(&v->res->body, '{');
    names(&v->res->body, "names", found, n);
    finish(v, 200);
}

/* ---- changing ---- */

static const char *const results[] = {"failed", "done", "same", "stale"};

/* The row as it stands now, and what is ahead. */
static void answer_change(Visit *v, Corrected result, const char *id)
{
    Review r;
    if (result == CORRECT_FAILED) return;
    json_open(&v->res->body, '{');
    json_text(&v->res->body, "result", results[result]);
    if (id && *id && review_load(v->desk->store, &v->arena, id, &r, &v->err)) {
        json_key(&v->res->body, "row");
        add_row(v, &r);
    }
    add_outlook(v, 0, AHEAD);
    finish(v, result == CORRECT_STALE ? 409 : 200);
}

static Values form_values(const Form *f)
{
    Values values = {0};
    for (int i = 0; i < FIELDS; i++) {
        values.v[i] = form_value(f, field_name((Field)i));
        if (values.v[i]) values.has |= 1u << i;
    }
    return values;
}

static int form_version(const Form *f)
{
    return (int)form_number(f, "version", 0, 1000000000, CORRECT_ANY);
}

static bool form_verdict(const Form *f, Verdict *verdict)
{
    static const char *const known[] = {"", "accept", "unreadable", "not-a-pairing"};
    const char *word = form_value(f, "verdict");
    for (int i = 0; i < 4; i++)
        if (str_eq(word ? word : "", known[i])) return *verdict = (Verdict)i, true;
    return false;
}

static Pen pen_of(const Visit *v)
{
    const char *why = form_value(&v->form, "why");
    return (Pen){v->desk->who, why && *why && strlen(why) < 1000 ? why : NULL};
}

static void change_row(Visit *v)
{
    Values values = form_values(&v->form);
    Verdict verdict;
    Pen pen = pen_of(v);
    const char *id = form_value(&v->form, "id");
    if (!id || !form_verdict(&v->form, &verdict)) {
        refuse(v, 400, "a row and a verdict are wanted");
        return;
    }
    answer_change(v, correct_row(v->desk->store, &pen, id, form_version(&v->form), &values, verdict, &v->err),
                  id);
}

static void change_split(Visit *v)
{
    Field field = FIELDS;
    char new_id[CORRECT_ID] = "";
    Pen pen = pen_of(v);
    const char *id = form_value(&v->form, "id");
    field_from_name(form_value(&v->form, "field"), &field);
    if (!id) {
        refuse(v, 400, "a row is wanted");
        return;
    }
    answer_change(v,
                  correct_split(v->desk->store, &pen, id, form_version(&v->form), field,
                                form_value(&v->form, "first"), form_value(&v->form, "second"), new_id,
                                &v->err),
                  id);
}

static void change_merge(Visit *v)
{
    Values values = form_values(&v->form);
    Pen pen = pen_of(v);
    const char *id = form_value(&v->form, "id"), *other = form_value(&v->form, "other");
    if (!id || !other) {
        refuse(v, 400, "two rows are wanted");
        return;
    }
    answer_change(v, correct_merge(v->desk->store, &pen, id, form_version(&v->form), other, &values, &v->err),
                  id);
}

static void change_add(Visit *v)
{
    Values values = form_values(&v->form);
    char new_id[CORRECT_ID] = "";
    Pen pen = pen_of(v);
    Corrected result = correct_add(v->desk->store, &pen, form_number(&v->form, "doc", 1, 1L << 40, 0),
                                   (int)form_number(&v->form, "page", 1, 1000000, 0), form_box(&v->form),
                                   &values, new_id, &v->err);
    answer_change(v, result, new_id);
}

static void change_undo(Visit *v)
{
    char id[CORRECT_ID] = "";
    Pen pen = pen_of(v);
    Corrected result = correct_undo(v->desk->store, &pen, id, &v->err);
    answer_change(v, result, id);
}

static void change_redo(Visit *v)
{
    char id[CORRECT_ID] = "";
    Pen pen = pen_of(v);
    Corrected result = correct_redo(v->desk->store, &pen, id, &v->err);
    answer_change(v, result, id);
}

/* ---- the page itself ---- */

static void give_file(Visit *v, const char *const *lines, const char *type)
{
    for (; *lines; lines++) buf_add(&v->res->body, *lines);
    v->res->status = 200;
    v->res->type = type;
}

static void give_html(Visit *v)
{
    give_file(v, page_html, "text/html; charset=utf-8");
}
static void give_css(Visit *v)
{
    give_file(v, page_css, "text/css; charset=utf-8");
}
/* What the tables of doc/ know, in front of the page's own: flagWords[language][name], levels. */
static void add_known(Buf *b)
{
    static const char *const languages[] = {"en", "vi"};
    buf_add(b, "'use strict';\nconst flagWords =\n");
    json_open(b, '{');
    for (int i = 0; i < 2; i++) {
        json_key(b, languages[i]), json_open(b, '{');
        for (int f = 0; f < FLAGS; f++) {
            const char *name = flag_name((Flag)(1u << f));
            json_text(b, name, flag_words(name, languages[i]));
        }
        json_close(b, '}');
    }
    json_close(b, '}');
    buf_add(b, ";\nconst levels =\n");
    json_open(b, '[');
    for (int l = 0; l < LEVELS; l++) json_text(b, NULL, level_code((Level)l));
    json_close(b, ']');
    buf_add(b, ";\n");
}

static void give_js(Visit *v)
{
    add_known(&v->res->body);
    give_file(v, page_js, "text/javascript; charset=utf-8");
}

static void give_icon(Visit *v)
{
    static const char *const icon[] = {"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 "
                                       "32\"><rect width=\"32\" height=\"32\" rx=\"7\" "
                                       "fill=\"#0b5f63\"/><path d=\"M8 19l8-8 8 8M20 8l5-4\" fill=\"none\" "
                                       "stroke=\"#fff\" stroke-width=\"3.4\" "
                                       "stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>\n",
                                       NULL};
    give_file(v, icon, "image/svg+xml");
}

/* ---- who may ---- */

static const struct {
    const char *method, *name;
    void (*answer)(Visit *v);
} routes[] = {
    {"GET", "", give_html},         {"GET", "page.css", give_css},      {"GET", "page.js", give_js},
    {"GET", "icon.svg", give_icon}, {"GET", "queue", answer_queue},     {"GET", "row", answer_row},
    {"GET", "page", answer_page},   {"GET", "picture", answer_picture}, {"GET", "complete", answer_complete},
    {"POST", "row", change_row},    {"POST", "split", change_split},    {"POST", "merge", change_merge},
    {"POST", "add", change_add},    {"POST", "undo", change_undo},      {"POST", "redo", change_redo},
};

/* In a time that does not tell how much of it was right. */
static bool same_secret(const char *given, size_t n, const char *secret)
{
    size_t len = strlen(secret);
    unsigned differ = n != len;
    for (size_t i = 0; i < n; i++) differ |= (unsigned char)given[i] ^ (unsigned char)secret[i % len];
    return !differ;
}

static bool known_host(const Desk *desk, const char *host)
{
    for (int i = 0; host && desk->hosts[i]; i++)
        if (str_eq(host, desk->hosts[i])) return true;
    return false;
}

static bool own_origin(const Desk *desk, const char *origin)
{
    return !origin || (str_starts(origin, "http://") && known_host(desk, origin + strlen("http://")));
}

/* What follows the token in the path; NULL: refused. */
static const char *check_visit(Visit *v)
{
    const Request *q = v->req;
    const char *path = q->path && *q->path == '/' ? q->path + 1 : "";
    size_t n = strcspn(path, "/");
    bool post = str_eq(q->method, "POST");
    if (!known_host(v->desk, q->host)) return refuse(v, 403, "this host is not served"), NULL;
    if (!own_origin(v->desk, q->origin))
        return refuse(v, 403, "another page's requests are not served"), NULL;
    if (path[n] != '/' || !same_secret(path, n, v->desk->token))
        return refuse(v, 403, "use the address that 'dau review' printed"), NULL;
    if (!post && !str_eq(q->method, "GET")) return refuse(v, 405, "GET and POST only"), NULL;
    if (q->len > REVIEW_MOST_BODY) return refuse(v, 413, "the body is too large"), NULL;
    if (post && (!q->type || !str_starts(q->type, "application/x-www-form-urlencoded")))
        return refuse(v, 415, "a form is wanted"), NULL;
    const char *form = post ? q->body : q->query;
    size_t len = post ? q->len : strlen(q->query ? q->query : "");
    if (!form_parse(&v->form, &v->arena, form ? form : "", len))
        return refuse(v, 400, "the form cannot be read: is it UTF-8?"), NULL;
    return path + n + 1;
}

bool desk_is_picture(const Request *request)
{
    return str_eq(request->method, "GET") && request->path && str_ends(request->path, "/picture");
}

void desk_answer(Desk *desk, const Request *request, Response *response)
{
    Visit v = {.desk = desk, .req = request, .res = response};
    *response = (Response){.status = 0};
    tr_language(request->language);
    const char *name = check_visit(&v);
    for (size_t i = 0; name && i < sizeof routes / sizeof *routes; i++)
        if (str_eq(routes[i].method, request->method) && str_eq(routes[i].name, name)) {
            routes[i].answer(&v);
            break;
        }
    if (err_is(&v.err))
        fail(&v);
    else if (!response->status)
        refuse(&v, 404, "there is nothing here");
    tr_language(NULL);
    arena_release(&v.arena);
}
