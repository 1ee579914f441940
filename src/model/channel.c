/* Example: "Kế hoạch" was read as "Ké hoach". In the first round K pairs with K, ế with é (cheap, for they share a base
 * letter), and so on. When many lines have been counted, ế-é costs -ln(times/of) = 0.05 and ế-e 3. "rn" read as "m"
 * costs more at first than any single pair, but less than a change and a loss. Counted often, it becomes cheap. */
#include "model/channel.h"

#include "base/align.h"
#include "base/viet.h"
#include "model/token.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 18, BAND = 14, CODES = 0x2000, MOST_TRUE = 2, MOST_READ = 3 };

/* Nats, before anything is counted. */
static const float SAME = 0.1f, SAME_BASE = 1.5f, OTHER = 7, GAP = 8;
static const float MANY[3][4] = {
    {0, 8, 99, 99}, {8, 7, 9, 10.5f}, {99, 9, 12.5f, 13.5f}}; /* [true][read] long */

void channel_init(Channel *a)
{
    *a = (Channel){.slots = FIRST_SLOTS, .letters = 1};
    a->v = xalloc(a->slots * sizeof *a->v);
}

void channel_release(Channel *a)
{
    free(a->v);
    *a = (Channel){0};
}

static uint64_t code_of(Channel *a, int32_t c)
{
    if (c < 0 || c >= CODES) c = 0xBF;
    if (!a->code[c] && a->letters < 4096) {
        a->letter[a->letters] = c;
        a->code[c] = (uint16_t)a->letters++;
    }
    return a->code[c];
}

static uint64_t key_of(Channel *a, const int32_t *t, int m, const int32_t *r, int n)
{
    uint64_t key = (uint64_t)(m * 4 + n + 1); /* never 0 */
    for (int i = 0; i < m; i++) key |= code_of(a, t[i]) << (4 + 12 * i);
    for (int i = 0; i < n; i++) key |= code_of(a, r[i]) << (28 + 12 * i);
    return key;
}

static ChannelCount *find(const Channel *a, uint64_t key)
{
    size_t i = (key * 0x9E3779B97F4A7C15u) >> 40 & (a->slots - 1);
    while (a->v[i].key && a->v[i].key != key) i = (i + 1) & (a->slots - 1);
    return &a->v[i];
}

static void grow(Channel *a)
{
    Channel old = *a;
    a->slots *= 2;
    a->v = xalloc(a->slots * sizeof *a->v);
    for (size_t i = 0; i < old.slots; i++)
        if (old.v[i].key) *find(a, old.v[i].key) = old.v[i];
    free(old.v);
}

static ChannelCount *add(Channel *a, uint64_t key)
{
    if (a->used * 2 > a->slots) grow(a);
    ChannelCount *c = find(a, key);
    if (!c->key) c->key = key, a->used++;
    return c;
}

static uint32_t count_now(Channel *a, const int32_t *t, int m, const int32_t *r, int n)
{
    return find(a, key_of(a, t, m, r, n))->now;
}

/* Occurrences of true segments are counted under "read as nothing, four long": a key no pair has. */
static uint64_t total_key(Channel *a, const int32_t *t, int m)
{
    return key_of(a, t, m, NULL, 0) | UINT64_C(1) << 63;
}

static float first_cost(const int32_t *t, int m, const int32_t *r, int n)
{
    if (m + n == 1) return GAP;
    if (m != 1 || n != 1) return MANY[m][n];
    if (*t == *r) return SAME;
    int32_t x = viet_bare(*t), y = viet_bare(*r);
    return x == y ? SAME_BASE : OTHER;
}

static bool has_blank(const int32_t *c, int n)
{
    for (int i = 0; i < n; i++)
        if (c[i] == ' ') return true;
    return false;
}

static float cost(Channel *a, const int32_t *t, int m, const int32_t *r, int n)
{
    if (m + n > 1 && (has_blank(t, m) || has_blank(r, n)))
        return m == 1 && n == 1 && *t == ' ' && *r == ' ' ? 0.01f : 1e9f;
    float first = first_cost(t, m, r, n);
    uint32_t times = count_now(a, t, m, r, n), least = m + n > 2 ? 3 : 1;
    if (times < least) return first + (m + n > 2 ? 1 : 0);
    double of = find(a, total_key(a, t, m))->now;
    double seen = -log(times / (of + 1));
    return (float)(seen < first || m + n <= 2 ? seen : first);
}

typedef struct ChannelLine { /* what align_cheapest() hands back */
    Channel *channel;
    const LinePair *pair;
} ChannelLine;

static float pair_cost(void *context, size_t i, int m, size_t j, int n)
{
    ChannelLine *l = context;
    if ((m == 0 && n > 1) || (m == 2 && n == 0)) return ALIGN_NEVER;
    return cost(l->channel, l->pair->truth.v + i, m, l->pair->read.v + j, n);
}

static void count_pair(void *context, size_t i, int m, size_t j, int n)
{
    ChannelLine *l = context;
    add(l->channel, key_of(l->channel, l->pair->truth.v + i, m, l->pair->read.v + j, n))->next++;
}

static void count_totals(Channel *a, const LinePair *p)
{
    for (size_t i = 0; i < p->truth.n; i++) {
        add(a, total_key(a, p->truth.v + i, 1))->next++;
        add(a, total_key(a, NULL, 0))->next++;
        if (i + 1 < p->truth.n) add(a, total_key(a, p->truth.v + i, 2))->next++;
    }
}

static double channel_line(Channel *a, const LinePair *p)
{
    ChannelLine line = {a, p};
    AlignTask task = {p->truth.n, p->read.n, MOST_TRUE, MOST_READ, BAND, pair_cost, &line};
    float total = align_cheapest(&task, count_pair);
    if (total == ALIGN_NEVER) return 0;
    count_totals(a, p);
    return total;
}

double channel_round(Channel *a, const LinePairs *pairs)
{
    double total = 0, letters = 1;
    for (size_t i = 0; i < pairs->n; i++)
        total += channel_line(a, &pairs->v[i]), letters += (double)pairs->v[i].truth.n;
    for (size_t i = 0; i < a->slots; i++) a->v[i].now = a->v[i].next, a->v[i].next = 0;
    return total / letters;
}

/* ---- the table ---- */

typedef struct OutRow {
    char truth[12], read[16];
    uint32_t times, of;
} OutRow;

static void spell(const Channel *a, uint64_t key, int shift, int n, char *out)
{
    for (int i = 0; i < n; i++, shift += 12) out += utf8_encode(a->letter[key >> shift & 0xFFF], out);
    *out = '\0';
}

static int compare_rows(const void *a, const void *b)
{
    const OutRow *x = a, *y = b;
    int c = strcmp(x->truth, y->truth);
    if (!c) c = (x->times < y->times) - (x->times > y->times);
    return c ? c : strcmp(x->read, y->read);
}

void channel_write(const Channel *a, uint32_t least, Buf *out)
{
    VEC(OutRow) rows = {0};
    for (size_t i = 0; i < a->slots; i++) {
        const ChannelCount *c = &a->v[i];
        int m = (int)((c->key & 15) - 1) / 4, n = (int)((c->key & 15) - 1) % 4;
        if (!c->key || c->key >> 63 || c->now < least || (m + n > 2 && c->now < least + 1)) continue;
        OutRow r = {.times = c->now};
        spell(a, c->key, 4, m, r.truth);
        spell(a, c->key, 28, n, r.read);
        uint64_t total = (uint64_t)(m * 4 + 1) | (c->key & (UINT64_C(0xFFFFFF) << 4)) | UINT64_C(1) << 63;
        r.of = find(a, total)->now;
        if (strcmp(r.truth, " ") == 0 && strcmp(r.read, " ") == 0) continue;
        if (r.of >= r.times) *vec_push(&rows) = r;
    }
    qsort(rows.v, rows.n, sizeof *rows.v, compare_rows);
    for (size_t i = 0; i < rows.n; i++)
        buf_addf(out, "%s\t%s\t%u\t%u\n", rows.v[i].truth,
                 strcmp(rows.v[i].read, "\\") ? rows.v[i].read : "\\\\", rows.v[i].times, rows.v[i].of);
    vec_release(&rows);
}

/* ---- a name in what was read of its cell ---- */

/* Share of a name's letters that may differ from what was read: a reading that is further off is of something else. */
static const double MOST_OFF = 0.5;
enum { MOST_RUN = 40 /* words of a cell that are looked through */ };

const char *channel_part(Arena *a, const char *name, const char *read)
{
    const char *key = viet_key(a, name), *from[MOST_RUN], *best = NULL;
    int words = 0, n = (int)strlen(key), least = (int)(MOST_OFF * n) + 1;
    for (const char *s = read + strspn(read, " "); *s && words < MOST_RUN; s += strspn(s, " ")) {
        from[words++] = s;
        s += strcspn(s, " ");
    }
    for (int i = 0; i < words; i++)
        for (int k = i; k < words; k++) {
            const char *run = arena_strn(a, from[i], (size_t)(from[k] - from[i]) + strcspn(from[k], " "));
            const char *run_key = viet_key(a, run);
            int off = edit_distance(key, n, run_key, (int)strlen(run_key), least);
            if (off < least) least = off, best = run;
        }
    return best;
}

static Chars chars_of(const char *s)
{
    Chars out = {0};
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        *vec_push(&out) = viet_is_space(c) ? ' ' : char_plain(c);
    }
    return out;
}

void channel_add_pair(LinePairs *pairs, const char *truth, const char *read)
{
    *vec_push(pairs) = (LinePair){chars_of(truth), chars_of(read)};
}

void channel_release_pairs(LinePairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) vec_release(&pairs->v[i].truth), vec_release(&pairs->v[i].read);
    vec_release(pairs);
}
