/* A numbered list says by what stands over it what it is of: "DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA" of twins, "Nâng bậc lương"
 * of something else, though the text speaks of twins elsewhere. Rows under words against twins are not taken; what was
 * left out is told. */
#include "extract/lines/rows.h"

#include <math.h>
#include <string.h>

/* What is known at a line. */
typedef struct Said {
    Evidence heading, header;
} Said;

static bool may_be_header(const FlatLine *l)
{
    return l->kind == LINE_HEADER || (l->kind == LINE_PROSE && evidence_is_title(l->run));
}

static bool may_be_row(Arena *a, const FlatLine *l)
{
    Run rest;
    int start[MOST_STARTS];
    if (l->kind == LINE_SECTION || l->kind == LINE_ORDINAL) return true;
    return l->kind == LINE_NAMES && (flat_ordinal(a, l->run, 0, &rest) || name_starts(l->run, start));
}

/* "... các trường kết nghĩa như sau:" */
static bool introduces(Run r)
{
    const char *s = r.n > 3 ? r.v[r.n - 1].text : "";
    return *s && s[strlen(s) - 1] == ':';
}

/* From line to line: a heading begins anew, what stands below it and is not a row may be the header. */
static void take_line(Arena *a, Said *said, const FlatLine *l)
{
    Evidence e;
    if (!l->run.n || may_be_row(a, l)) return;
    if (introduces(l->run) && evidence_is(e = evidence_read(l->run))) {
        *said = (Said){.heading = e};
    } else if ((l->kind == LINE_TITLE || evidence_is_title(l->run)) && l->kind != LINE_HEADER &&
               evidence_of_heading(&l->run, 1, &e) && evidence_is(e)) {
        *said = (Said){.heading = e};
    } else if (may_be_header(l)) {
        evidence_add(&said->header, evidence_read(l->run));
    }
}

static bool is_against(Evidence e)
{
    return e.against > e.twins;
}

/* The line in which the entry begins, or the last before it. */
static int line_of(const FlatLine *lines, int n, const Entry *e)
{
    int at = 0;
    for (int i = 0; i < n; i++) {
        const XLine *x = lines[i].x;
        if (x->page > e->page || (x->page == e->page && x->box.y > e->box.y)) break;
        at = i;
    }
    return at;
}

static void tell(Doc *doc, const Entry *e, int rows)
{
    Place place = {.page = e->page, .box = e->box};
    finding_add(doc, "passed-over", place, "%d rows are of no list of twins, by what stands over them", rows);
    reject(doc, place, "rows of text", e->school, "what stands over them speaks of something else");
}

void keep_twins(Flat *f, const FlatLine *lines, int n, size_t first)
{
    static const double LEAST = 0,
                        CERTAIN = 1; /* log-odds; above the second nothing is added to a row's doubt */
    Said said = {.heading = f->carry->heading};
    size_t kept = first;
    Entry lost = {0};
    int at = 0, dropped = 0;
    for (size_t i = first; i < f->out->n; i++) {
        Entry e = f->out->v[i];
        for (int to = line_of(lines, n, &e); at < to; at++) take_line(&f->doc->a, &said, &lines[at]);
        double odds = evidence_log_odds(f->doc, said.header, said.heading);
        bool against = is_against(said.header) || is_against(said.heading) ||
                       (is_against(f->doc->title) && !said.header.twins && !said.heading.twins);
        bool told =
            said.heading.twins > 1 && !said.heading.against; /* lines of a header are easily misread */
        if (odds < LEAST && against && !told) {
            if (!dropped++) lost = e;
            continue;
        }
        if (odds < CERTAIN && !told) e.form = (float)(1 / (1 + exp(-odds)));
        f->out->v[kept++] = e;
    }
    if (dropped) tell(f->doc, &lost, dropped);
    f->out->n = kept;
}
