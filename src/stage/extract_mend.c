/* Names as the lists write them.
 *
 * "Tây Đăng A" is in no list, but one has "Tây Đằng", a commune of the partner's district: the tone was lost.
 * "Cẩm Thượng" was restored from "Cam Thượng", and the lists have that: the engine had been right. A name
 * that the lists have as it stands is left alone, as is one that they do not have at all. */
#include "stage/extract_parts.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum {
    MOST_SPELLINGS = 16,
    WELL_KNOWN = 5,   /* times in the lists: against marks that were read, a rarer name has no say */
    CLEARLY_MORE = 4, /* times as often in the lists: then the reading's own marks are not asked */
};

static const float MENDED = 0.9f; /* probability that the lists' spelling is the right one */

/* Letters in which two strings of one skeleton differ. */
static int marks_apart(const char *a, const char *b)
{
    int apart = 0;
    for (int32_t c, d; *a && *b;) {
        a += utf8_decode(a, strlen(a), &c);
        b += utf8_decode(b, strlen(b), &d);
        apart += viet_lower(c) != viet_lower(d);
    }
    return apart;
}

/* The first n words of a name, and in *rest what follows them with its blank. */
static const char *first_words(Arena *a, const char *name, int n, const char **rest)
{
    const char *p = name;
    while (n > 0 && *p) {
        p += strcspn(p, " ");
        if (--n > 0) p += strspn(p, " ");
    }
    *rest = p;
    return arena_strn(a, name, (size_t)(p - name));
}

static int find_spelling(const Spelling *s, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (gazetteer_same(s[i].name, name)) return i;
    return -1;
}

static int nearest(const Spelling *s, int n, const char *name)
{
    int best = 0;
    if (n == 1 || s[0].here || s[0].weight >= CLEARLY_MORE * s[1].weight) return 0;
    for (int i = 1; i < n; i++)
        if (marks_apart(s[i].name, name) < marks_apart(s[best].name, name)) best = i;
    return best;
}

/* Spellings for the district that is said, else for one of those the document names. */
static int spellings(const Doc *doc, const char *name, const char *district, Spelling *out, int *words)
{
    int n = gazetteer_spellings(doc->names, name, district, out, MOST_SPELLINGS, words);
    for (size_t i = 0; n && !district && !out[0].here && i < doc->districts.n; i++)
        n = gazetteer_spellings(doc->names, name, doc->districts.v[i], out, MOST_SPELLINGS, words);
    return n;
}

void name_note(Doc *doc, const Name *name)
{
    Spelling s[MOST_SPELLINGS];
    const char *rest;
    int words, n = gazetteer_spellings(doc->names, name->name, NULL, s, MOST_SPELLINGS, &words);
    int as_text = find_spelling(s, n, first_words(&doc->a, name->name, words, &rest));
    if (as_text >= 0) *map_at(&doc->listed, s[as_text].name) = 1;
}

/* May the lists speak against what stands there? Marks that an engine without Vietnamese read say nothing;
 * else the name must be of the district, or well known, or stand so elsewhere in the document. */
static bool has_say(const Doc *doc, const Spelling *s)
{
    return !doc->marks_read || s->here || s->weight >= WELL_KNOWN || map_lookup(&doc->listed, s->name, 0);
}

void name_mend(Doc *doc, Name *name, const char *district)
{
    Spelling s[MOST_SPELLINGS];
    const char *rest, *read_rest;
    int words, n = spellings(doc, name->name, name->district ? name->district : district, s, &words);
    if (!n) return;
    const char *text = first_words(&doc->a, name->name, words, &rest);
    const char *read = first_words(&doc->a, name->read, words, &read_rest);
    int as_text = find_spelling(s, n, text), as_read = doc->marks_read ? find_spelling(s, n, read) : -1;
    int choice = as_read >= 0   ? as_read
                 : as_text >= 0 ? as_text
                                : nearest(s, n, doc->marks_read ? read : text);
    if (choice == as_text || (choice != as_read && !has_say(doc, &s[choice]))) return;
    name->name = arena_printf(&doc->a, "%s%s", s[choice].name, rest);
    if (name->prob > MENDED) name->prob = MENDED;
}
