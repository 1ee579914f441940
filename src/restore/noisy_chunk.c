/* "SiĐông8b": borders where kinds of characters meet (Đông · 8 · b), at a capital inside small letters (Si ·
 * Đông), and, in a run of letters that is not a word ("tiểuhọc"), at each place up to which and from which words
 * fit (tiểu · học). */
#include "restore/noisy_private.h"

#include "base/viet.h"

#include <string.h>

enum { SHORTEST_SPLIT = 4 }; /* characters of a run that may be two words */

bool chunk_decode(const Text *t, const Chunk *c, ChunkText *x)
{
    uint32_t i = c->at, end = c->at + c->len;
    x->n = 0;
    while (i < end) {
        if (x->n == CHUNK_CHARS) return false;
        x->at[x->n] = i;
        i += (uint32_t)utf8_decode(t->raw + i, end - i, &x->ch[x->n++]);
    }
    x->at[x->n] = end;
    return true;
}

bool is_among(const char *set, int32_t c)
{
    return c > 0 && c < 0x80 && strchr(set, (int)c);
}

/* Signs that are themselves; all others may be part of a letter, or dirt. */
bool is_plain_sign(int32_t c)
{
    c = char_plain(c);
    return c == 0x2026 || c == 0x2022 || (c < 0x80 && c > 0 && strchr(".,;:()-/\"%+?!", (int)c));
}

bool chunk_has_letter(const ChunkText *x, int from, int to)
{
    for (int i = from; i < to; i++)
        if (chunk_kind(x, i) == CHAR_LETTER) return true;
    return false;
}

bool chunk_is_all(const ChunkText *x, int from, int to, CharKind kind)
{
    for (int i = from; i < to; i++)
        if (chunk_kind(x, i) != kind) return false;
    return true;
}

/* A capital inside small letters: "SiĐông"; "BoredPanda" is left alone where most is right. */
static bool is_hump(const ChunkText *x, int i)
{
    bool marked = !x->careful;
    for (int k = 0; k < i; k++) marked = marked || x->ch[k] >= 0x80;
    return marked && i > 1 && i + 1 < x->n && viet_is_upper(x->ch[i]) &&
           chunk_kind(x, i - 1) == CHAR_LETTER && !viet_is_upper(x->ch[i - 1]) &&
           !viet_is_upper(x->ch[i + 1]);
}

/* Where kinds meet, and around every sign. */
void chunk_mark_borders(ChunkText *x)
{
    for (int i = 0; i <= x->n; i++)
        x->border[i] = i == 0 || i == x->n || chunk_kind(x, i) != chunk_kind(x, i - 1) ||
                       chunk_kind(x, i) == CHAR_SIGN || is_hump(x, i);
}

/* In a run of letters that is not a word: every place up to which and from which words fit. */
static void mark_splits(Restore *r, ChunkText *x, int from, int to)
{
    bool reached[CHUNK_CHARS + 1] = {0};
    int n = to - from;
    reached[0] = true;
    for (int i = 0; i < n; i++)
        for (int len = 2; reached[i] && len <= OCR_SYLLABLE && i + len <= n; len++) {
            const GuessRange *k = guess_lookup_near(r, x->ch + from + i, len);
            if (len < n && !guess_is_poor(k, len)) reached[i + len] = true;
        }
    if (!reached[n]) return;
    for (int i = 1; i < n; i++)
        if (reached[i]) x->border[from + i] = true;
}

void chunk_mark_splits(Restore *r, ChunkText *x)
{
    for (int from = 0, to; from < x->n; from = to) {
        to = from + 1;
        if (chunk_kind(x, from) != CHAR_LETTER) continue;
        while (to < x->n && chunk_kind(x, to) == CHAR_LETTER) to++;
        if (to - from >= SHORTEST_SPLIT && guess_is_poor(guess_lookup(r, x->ch + from, to - from), to - from))
            mark_splits(r, x, from, to);
    }
}

bool chunk_goes_on(const ChunkText *x, int from)
{
    return from > 0 && chunk_kind(x, from) == CHAR_LETTER && chunk_kind(x, from - 1) == CHAR_LETTER;
}

bool chunk_is_run(const ChunkText *x, int from, int to)
{
    return !chunk_goes_on(x, from) && (to == x->n || !chunk_goes_on(x, to));
}

int chunk_index(const ChunkText *x, uint32_t at)
{
    for (int i = 0; i <= x->n; i++)
        if (x->at[i] == at) return i;
    return -1;
}
