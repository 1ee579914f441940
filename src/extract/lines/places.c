/* A column of places between the names, which no rule or white space parts from them:
 *
 *     1 | MN Phu Thuong Tay Ho MN Hong Ky Soc Son
 *     2 | MN Nhat Tan Tay Ho MN Bac Son A Soc Son
 *     6 | MN Hoa Mi 2 Tay Ho MN Vat Lai Ba Vi
 *
 * Places come again behind other names. So the words at a name's end that stand at the end of others too are places, where
 * nearly all names of the list end so, in few ways. A school that comes again itself tells nothing. What is cut off is the
 * name's district, where there is one of that name. */
#include "extract/lines/rows.h"

#include <string.h>

enum { MOST_WORDS = 4 }; /* of a place */

static Run *side_of(Entry *e, bool partner)
{
    return partner ? &e->partner : &e->school;
}

/* May the last n words be a place, and what is before them a name? */
static bool may_end(Run r, int n)
{
    int used = 0;
    if (!level_prefix(r, &used) && r.n && tok_word(&r.v[0], WORD_LEAD)) used = 1;
    if (r.n - n <= used) return false;
    for (int i = r.n - n; i < r.n; i++)
        if (r.v[i].mark || !tok_capital(&r.v[i]) || strlen(r.v[i].letters) < 2 || r.v[i].sense & SENSE_NUMBER)
            return false;
    return true;
}

static const char *end_letters(Run r, int n, char out[COMPACT_MOST])
{
    compact_run(run_part(r, r.n - n, n), false, out);
    return out;
}

/* How many names of the column have each end. */
static void count_ends(Entries *entries, size_t first, bool partner, Map *ends)
{
    char letters[COMPACT_MOST];
    Map names = {0};
    for (size_t i = first; i < entries->n; i++) {
        Run r = *side_of(&entries->v[i], partner);
        int used;
        if (!level_prefix(r, &used)) used = 0;
        if ((*map_at(&names, end_letters(r, r.n - used, letters)))++) continue;
        for (int n = 1; n <= MOST_WORDS && may_end(r, n); n++) (*map_at(ends, end_letters(r, n, letters)))++;
    }
    map_release(&names);
}

/* The words at the end of the name that come again, two and more, for many names end in one syllable: the most of them that
 * come as often as fewer do, about; 0: none. */
static int place_words(const Map *ends, Run r)
{
    enum { LEAST = 2, AGAIN = 2, SHARE = 80 }; /* per cent of those that end in fewer words */
    char letters[COMPACT_MOST];
    int best = 0, before = 0;
    for (int n = LEAST; n <= MOST_WORDS && may_end(r, n); n++) {
        int now = map_lookup(ends, end_letters(r, n, letters), 0);
        if (now < AGAIN || (best && now * 100 < before * SHARE)) break;
        best = n, before = now;
    }
    return best;
}

/* The same where dirt, or a word of the next line, stands behind the place: *name is the name without either. */
static int find_place(const Map *ends, Run r, Run *name)
{
    enum { BEHIND = 3 }; /* tokens */
    for (int behind = 0, n; behind <= BEHIND && behind < r.n; behind++) {
        Run to = run_part(r, 0, r.n - behind);
        if (!(n = place_words(ends, to))) continue;
        *name = run_part(to, 0, to.n - n);
        return n;
    }
    return 0;
}

/* Do most of the names end in places, few for many names? */
static bool have_places(Entries *entries, size_t first, bool partner, const Map *ends)
{
    enum { LEAST = 4, COVERED = 45, EACH = 3 }; /* rows; per cent of them; rows a place, on average */
    char letters[COMPACT_MOST];
    Map seen = {0};
    int all = 0, covered = 0, distinct = 0;
    for (size_t i = first; i < entries->n; i++) {
        Run r = *side_of(&entries->v[i], partner), name;
        int n = find_place(ends, r, &name);
        if (!run_words(r)) continue;
        all++, covered += n > 0;
        if (n) distinct += !(*map_at(&seen, end_letters(run_part(r, 0, name.n + n), n, letters)))++;
    }
    map_release(&seen);
    return all >= LEAST && covered * 100 >= all * COVERED && covered >= EACH * distinct;
}

void cut_places(Doc *doc, Entries *entries, size_t first)
{
    for (int partner = 0; partner < 2; partner++) {
        Map ends = {0};
        count_ends(entries, first, partner, &ends);
        bool places = have_places(entries, first, partner, &ends);
        for (size_t i = first; places && i < entries->n; i++) {
            Entry *e = &entries->v[i];
            Run *r = side_of(e, partner);
            Run name;
            int n = find_place(&ends, *r, &name);
            if (!n) continue;
            const char *place = run_text(&doc->a, run_part(*r, name.n, n)),
                       *district = gazetteer_lookup_district(doc->names, place);
            if (district) *(partner ? &e->partner_district : &e->school_district) = district;
            *r = name;
        }
        map_release(&ends);
    }
}
