/* The strokes that D has lost in a word of capitals which the model does not know: DKTC, DLS, NDCP.
 *
 * Two and three letters of it are looked up among the shorter words of capitals that the model knows. Example: of the D
 * in "DKTC" DK tells: ĐK is a hundred times as common as DK. So it is ĐKTC. "PDA" has PD and DA, which tell nothing: it
 * stays. */
#include "restore/private.h"

#include "base/real.h"
#include "base/viet.h"

#include <string.h>

enum { MOST_LETTERS = 12, LONGEST_PART = 3 };

static const float MORE = 4; /* as common as the D must the Đ be, at least */

/* How common the words are that read the letters [from, to) with a Đ at `at`, and with a D. */
static void weigh_part(const Restore *r, const char *letters, size_t from, size_t to, size_t at,
                       float weight[2])
{
    WordRun run = lexicon_run(&r->lex, letters + from, to - from);
    for (WordId id = run.first; id < run.end; id++) {
        size_t n, i = 0;
        const char *word = lexicon_text(&r->lex, id, &n);
        if (lexicon_is_syllable(&r->lex, id)) continue;
        for (size_t k = from; k < at && i < n; k++) {
            int32_t c;
            i += utf8_decode(word + i, n - i, &c);
        }
        bool stroke = i + 1 < n && (unsigned char)word[i] == 0xC4 && (unsigned char)word[i + 1] == 0x91;
        weight[stroke] += real_exp(ngram_unigram(&r->lm, id));
    }
}

static bool has_stroke(const Restore *r, const char *letters, size_t n, size_t at)
{
    float weight[2] = {0, 0};
    for (size_t len = LONGEST_PART; len >= 2 && weight[0] + weight[1] == 0; len--)
        for (size_t from = at + 1 >= len ? at + 1 - len : 0; from <= at && from + len <= n; from++)
            weigh_part(r, letters, from, from + len, at, weight);
    return weight[1] > MORE * weight[0];
}

unsigned acronym_strokes(const Restore *r, const char *raw, size_t n)
{
    char letters[MOST_LETTERS];
    unsigned strokes = 0;
    if (n < 2 || n > MOST_LETTERS) return 0;
    for (size_t i = 0; i < n; i++) {
        if (raw[i] < 'A' || raw[i] > 'Z') return 0;
        letters[i] = (char)(raw[i] + 'a' - 'A');
    }
    for (size_t i = 0; i < n; i++)
        if (letters[i] == 'd' && has_stroke(r, letters, n, i)) strokes |= 1u << i;
    return strokes;
}

void acronym_write(const Restore *r, const char *raw, size_t n, Buf *out)
{
    unsigned strokes = acronym_strokes(r, raw, n);
    for (size_t i = 0; i < n; i++)
        if (strokes >> i & 1)
            buf_add(out, "Đ");
        else
            buf_addc(out, raw[i]);
}
