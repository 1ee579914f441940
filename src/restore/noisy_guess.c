/* Each piece of a chunk is asked for many times, in one text and in the next: what the channel makes of it
 * (model/confuse_walk.c) is kept in a table by its letters, until the table is full and all is forgotten.
 *
 * "Gido" gives giáo and its like, each with its cost; "gi" inside it is asked for only up to what makes a
 * poor reading, which costs a fraction. */
#include "restore/noisy_private.h"

#include "base/viet.h"

#include <string.h>

enum {
    MOST_CACHED = 20000, /* pieces kept, then all are forgotten: memory stays flat */
    MOST_GUESSES = OCR_READINGS * MOST_CACHED,
};

static const float MOST_COST = 15; /* nats: of any reading */
/* nats over what the characters cost at least: so far a reading is looked for, and in a clean text; less
 * there loses "AIlbert Einstein" */
static const int MOST_FAR = 24, CLEAN_FAR = 20;
static const float SPREAD = 7.5f;     /* nats: readings dearer than the cheapest by more are left out */
static const float SAME_SHAPE = 0.5f; /* nats: the capital misread of a letter that has one shape: S for s */
static const float I_FOR_L = 1;       /* nats: the capital is the stroke of an l: "Ia" is là */
static const float POOR = 2.5f, POOR_LETTER = 0.5f; /* nats: a reading dearer than this is a poor one */

struct GuessCache {
    GuessRange known[1 << 16];
    size_t used;
    Guesses all;
};

GuessCache *guess_cache_new(void)
{
    return xalloc(sizeof(GuessCache));
}

void guess_cache_free(GuessCache *c)
{
    if (c) vec_release(&c->all);
    free(c);
}

/* In a clean text the word as it stands has something over any other: less far is looked for what might win
 * against it. Whole nats, for each is a table of its own. */
static int how_far(const Restore *r)
{
    int far = MOST_FAR - (int)(r->trust / r->lattice.weight);
    return far > CLEAN_FAR ? far : CLEAN_FAR;
}

/* What was looked for only nearby is kept apart: what comes out of a piece must not depend on what was read
 * before it. */
static uint64_t piece_hash(const Restore *r, const int32_t *ch, int n, bool near)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (int i = -1; i < n; i++) { /* before the letters: which channel, and how far */
        uint64_t search = ((uint64_t)how_far(r) * 8 + (uint64_t)r->from) * 2 + near;
        uint64_t next = i < 0 ? search : (uint64_t)(uint32_t)ch[i];
        h = (h ^ next) * 0x9E3779B97F4A7C15u, h ^= h >> 29;
    }
    return h + !h;
}

static bool case_is_doubtful(int32_t c)
{
    int32_t b = viet_bare(c);
    return b > 0 && b < 0x80 && strchr("ckopsuvwxz", (int)b);
}

/* In which capitals a piece may have been written, and what each costs. */
static void cases_of(const int32_t *ch, int n, float paid[WORD_CASES])
{
    int upper = 0, lower = 0;
    for (int i = 0; i < n; i++) {
        bool up = viet_is_upper(ch[i]);
        upper += up;
        lower += !up && viet_is_letter(ch[i]);
    }
    bool first = viet_is_upper(ch[0]), letter = viet_is_letter(ch[0]), none = upper + lower == 0;
    bool all = n > 1 && (upper >= 2 || (upper == 1 && !lower) || none);
    bool same_shape = letter && case_is_doubtful(ch[0]); /* c and C, s and S are one shape */
    bool may_be_lower = first && upper == 1 && same_shape,
         may_be_title = !none && !first && (same_shape || !letter);
    paid[WORD_LOWER] = !first ? 0 : may_be_lower ? SAME_SHAPE : MOST_COST;
    if (ch[0] == 'I' && upper == 1 && n > 1) paid[WORD_LOWER] = I_FOR_L;
    paid[WORD_TITLE] = first ? 0 : may_be_title ? same_shape ? SAME_SHAPE : OCR_OTHER_CASE : MOST_COST;
    paid[WORD_UPPER] = all ? 0 : MOST_COST;
}

/* Dearer than this a reading is a poor one. */
static float poor_cost(int n)
{
    return POOR + POOR_LETTER * (float)n;
}

bool guess_is_poor(const GuessRange *k, int n)
{
    return k->n == 0 || k->best > poor_cost(n);
}

static void forget_all(GuessCache *c)
{
    memset(c->known, 0, sizeof c->known);
    c->used = c->all.n = 0;
}

static void look_up_words(Restore *r, const int32_t *ch, int n, float most, GuessRange *k)
{
    Guesses *all = &r->cache->all;
    ConfuseLimits limits = {.words = OCR_READINGS, .spread = SPREAD, .cost = most, .far = (float)how_far(r)};
    float paid[WORD_CASES];
    k->first = (uint32_t)all->n;
    k->best = most;
    cases_of(ch, n, paid);
    confuse_words(r->channel, &r->tree, ch, n, paid, &limits, all);
    k->n = (uint32_t)all->n - k->first;
    for (uint32_t i = k->first; i < k->first + k->n; i++)
        if (all->v[i].cost < k->best) k->best = all->v[i].cost;
}

static const GuessRange *look_up_to(Restore *r, const int32_t *ch, int n, bool near)
{
    GuessCache *c = r->cache;
    uint64_t hash = piece_hash(r, ch, n, near);
    if (c->used >= MOST_CACHED || c->all.n > MOST_GUESSES) forget_all(c);
    size_t slot = hash >> 48;
    while (c->known[slot].hash && c->known[slot].hash != hash) slot = (slot + 1) & 0xFFFF;
    GuessRange *k = &c->known[slot];
    if (k->hash) return k;
    *k = (GuessRange){.hash = hash}, c->used++;
    look_up_words(r, ch, n, near ? poor_cost(n) : MOST_COST, k);
    return k;
}

const GuessRange *guess_lookup(Restore *r, const int32_t *ch, int n)
{
    return look_up_to(r, ch, n, false);
}

/* Enough to tell whether a word fits. */
const GuessRange *guess_lookup_near(Restore *r, const int32_t *ch, int n)
{
    return look_up_to(r, ch, n, true);
}

const Guess *guess_at(const Restore *r, const GuessRange *k, uint32_t i)
{
    return &r->cache->all.v[k->first + i];
}
