/* How likely a run of syllables is a name: "van yen yen" is in no list, so it is
 *
 *     P(van|^) P(yen|van) P(yen|yen) P($|yen)
 *
 * each estimated from the pairs of all listed names by interpolating bigram with unigram (Jelinek and Mercer 1980). The pairs
 * lie in dicts/syllables.tsv in the order of their bytes and are searched there, so that nothing is read beforehand. */
#include "model/gazetteer_private.h"

#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double BIGRAM_SHARE = 0.8;   /* weight of the bigram in the chain; the rest is the unigram */
static const double UNKNOWN_SHARE = 1e-5; /* probability of a syllable that the lists do not have */

enum { MOST_PAIR = 256 };

/* The line that begins with the pair and a tab, or NULL. */
static const char *line_of(const FileMap *map, const char *pair, size_t n)
{
    const char *text = (const char *)map->data;
    size_t low = 0, high = map->size;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && text[at - 1] != '\n') at--;
        const char *end = memchr(text + at, '\n', map->size - at);
        size_t next = end ? (size_t)(end - text) + 1 : map->size, len = next - at;
        int order = strncmp(text + at, pair, len < n ? len : n);
        if (!order && len <= n) order = -1;
        if (!order && text[at + n] == '\t') return text + at;
        if (order < 0 || (!order && text[at + n] < '\t'))
            low = next;
        else
            high = at;
    }
    return NULL;
}

static int weight_of(const NameChain *c, const char *first, const char *second)
{
    char pair[MOST_PAIR];
    int n = snprintf(pair, sizeof pair, "%s\t%s", first, second);
    if (n >= (int)sizeof pair) return 0;
    const char *line = line_of(&c->map, pair, (size_t)n);
    int listed = 0;
    enum { MOST = 100000000 };
    for (const char *p = line ? line + n + 1 : ""; *p >= '0' && *p <= '9' && listed < MOST; p++)
        listed = listed * 10 + *p - '0';
    return listed + map_lookup(&c->own, pair, 0);
}

bool chain_open(NameChain *c, Err *err)
{
    char path[4096];
    if (!file_data("syllables.tsv", path, sizeof path, err) || !file_map(path, &c->map, err)) return false;
    c->names = weight_of(c, "^", "");
    c->syllables = weight_of(c, "$", "");
    return true;
}

static void add_pair(NameChain *c, const char *first, const char *second, int weight)
{
    char pair[MOST_PAIR];
    if (snprintf(pair, sizeof pair, "%s\t%s", first, second) >= (int)sizeof pair) return;
    *map_at(&c->own, pair) += weight;
    pair[strlen(first) + 1] = '\0';
    *map_at(&c->own, pair) += weight;
}

void chain_add(NameChain *c, const char *key, int weight)
{
    Arena tmp = {0};
    char *rest = NULL;
    const char *before = "^";
    for (char *s = strtok_r(arena_str(&tmp, key), " ", &rest); s; s = strtok_r(NULL, " ", &rest)) {
        add_pair(c, before, s, weight);
        c->syllables += weight;
        before = s;
    }
    add_pair(c, before, "$", weight);
    c->names += weight;
    arena_release(&tmp);
}

/* P(second | first); "$", the end, is an event like any syllable. Each syllable begins one pair, so that its own weight is
 * that of the pairs it begins. */
static double step(const NameChain *c, const char *first, const char *second)
{
    bool end = strcmp(second, "$") == 0;
    double total = c->syllables + c->names + 1, unigram = (end ? c->names : weight_of(c, second, "")) / total;
    int head = weight_of(c, first, "");
    double bigram = head ? weight_of(c, first, second) / (double)head : unigram;
    return BIGRAM_SHARE * bigram + (1 - BIGRAM_SHARE) * unigram + UNKNOWN_SHARE;
}

double chain_score(const NameChain *c, char *key)
{
    double chain = 0;
    const char *before = "^";
    char *rest = NULL;
    for (char *s = strtok_r(key, " ", &rest); s; s = strtok_r(NULL, " ", &rest)) {
        chain += log(step(c, before, s));
        before = s;
    }
    return chain + log(step(c, before, "$"));
}

bool chain_has(const NameChain *c, const char *syllable)
{
    return weight_of(c, syllable, "") > 0;
}

void chain_close(NameChain *c)
{
    file_unmap(&c->map);
    map_release(&c->own);
}
