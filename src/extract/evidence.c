/* "DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA" tells that the table below it is a list of twins, "PHÂN CÔNG CHẤM CHÉO" that it is not.
 * What stands nearest counts most: the table's own header, then its heading, then the title of the document. A heading
 * holds for the tables after it until another one comes. */
#include "extract/private.h"

#include "base/viet.h"

#include <string.h>

enum { WINDOW = 16, STEP = 12 }; /* words looked at together, so that a long line is seen whole */

static void add_found(Run part, Evidence *e)
{
    Letters l;
    KeywordList list = words_of_kind(part.v[0].words, WORD_EVIDENCE);
    run_letters(part, &l);
    for (const Keyword *w = list.v; w < list.v + list.n; w++) {
        int *side = w->also ? &e->against : &e->twins;
        if (w->value > *side && run_find(part, &l, w) >= 0) *side = w->value;
    }
}

Evidence evidence_read(Run r)
{
    Evidence e = {0};
    for (int i = 0; i < r.n; i += STEP) {
        add_found(run_part(r, i, WINDOW), &e);
        if (i + WINDOW >= r.n) break;
    }
    return e;
}

bool evidence_is(Evidence e)
{
    return e.twins || e.against;
}

void evidence_add(Evidence *e, Evidence more)
{
    if (more.twins > e->twins) e->twins = more.twins;
    if (more.against > e->against) e->against = more.against;
}

/* ---- headings and titles ---- */

/* In capitals, of two words or more; or it begins as the title of a list. */
static bool is_heading(Run r)
{
    enum { MOST = 30 };
    Level level;
    int words = run_words(r), upper = 0, letters = 0;
    if (words < 2 || words > MOST || r.v[0].mark == '(' || section_level(r, &level)) return false;
    for (int i = 0; i < r.n; i++)
        for (const char *p = r.v[i].text; *p;) {
            int32_t c;
            p += utf8_decode(p, strlen(p), &c);
            letters += viet_is_letter(c), upper += viet_is_upper(c);
        }
    Letters l;
    run_letters(r, &l);
    KeywordList titles = words_of_kind(r.v[0].words, WORD_LIST_TITLE);
    for (int i = 0; i < titles.n; i++)
        if (run_find(r, &l, &titles.v[i]) == 0) return true;
    return upper * 10 > letters * 8;
}

HeadingKind evidence_of_heading(const Run *above, int n, Evidence *e)
{
    for (int i = 0; i < n; i++) {
        if (!above[i].n || above[i].v[0].mark == '(') continue;
        Evidence here = evidence_read(above[i]);
        bool heading = is_heading(above[i]);
        if (!evidence_is(here) && !heading) continue;
        *e = here;
        /* a heading over two lines: "DANH SÁCH", "CÁC TRƯỜNG KẾT NGHĨA" */
        if (heading && i + 1 < n && above[i + 1].n && is_heading(above[i + 1]))
            evidence_add(e, evidence_read(above[i + 1]));
        return heading ? HEADING_LASTS : HEADING_INTRODUCES;
    }
    return HEADING_IS_NONE;
}

static bool ends_in_sentence(Run r)
{
    const char *s = r.v[r.n - 1].text;
    size_t n = strlen(s);
    return n && strchr(".;:,/", s[n - 1]);
}

bool evidence_is_title(Run r)
{
    enum { MOST = 40 };
    return r.n && run_words(r) <= MOST && !ends_in_sentence(r) && !r.v[0].mark &&
           !viet_is_digit((unsigned char)r.v[0].text[0]);
}

/* ---- in all ---- */

bool evidence_for_twins(const Doc *doc, Evidence header, Evidence heading)
{
    return header.twins || heading.twins || doc->title.twins || doc->about_twins;
}

double evidence_log_odds(const Doc *doc, Evidence header, Evidence heading)
{
    /* by how much the words tell; found by hand, on lists and other tables typed and drawn for it */
    static const double header_for[] = {0, 2, 3.5, 5}, header_against[] = {0, 2.5, 4, 6};
    static const double heading_for[] = {0, 1.5, 2.5, 4}, heading_against[] = {0, 2, 3.5, 5};
    static const double title_for[] = {0, 1, 2, 3}, title_against[] = {0, 1.5, 2.5, 4};
    static const double before = -2.5, anywhere = 1, behind_heading = 0.3;
    double title = title_for[doc->title.twins] - title_against[doc->title.against];
    double said = header_for[header.twins] - header_against[header.against] + heading_for[heading.twins] -
                  heading_against[heading.against];
    if (evidence_is(heading)) title *= behind_heading;
    return before + said + title + (doc->about_twins ? anywhere : 0);
}

const char *evidence_explained(const Doc *doc, Evidence header, Evidence heading, Arena *a)
{
    return arena_printf(a, "for and against twins 0 to 3: header %d %d, heading %d %d, title %d %d%s",
                        header.twins, header.against, heading.twins, heading.against, doc->title.twins,
                        doc->title.against, doc->about_twins ? ", the text speaks of twins" : "");
}
