/* The strokes that D has lost in a word of capitals which the model does not know: DKTC, DLS, NDCP.
 *
 * Two and three letters of it are looked up among the shorter words of capitals that the model knows. Example: of the D
 * in "DKTC" DK tells: ĐK is a hundred times as common as DK. So it is ĐKTC. "PDA" has PD and DA, which tell nothing: it
 * stays.
 *
 * In a document's number the place tells too. The kind stands behind the count, "126/2024/NDCP": among 41,854 numbers of
 * official texts NĐ, QĐ and CĐ stand there 26,000 times, ND, QD and CD 131 times, HD (hướng dẫn) 123 times and HĐ never. The
 * office stands behind a dash or the last slash, "TTr/DLS": of those in D or Đ four of five begin with Đ (Đoàn, Đảng, Đài).
 * Where the dash between kind and office was lost it is put back: NĐ-CP. */
#include "restore/private.h"

#include "base/real.h"
#include "base/viet.h"

#include <string.h>

enum { MOST_LETTERS = 12, LONGEST_PART = 3, CODE = 2 /* letters of a kind's code that has a Đ */ };

/* As common as the D must the Đ be, at least: anywhere, in a kind's code, at the begin of an office's. */
static const float MORE[] = {[ACRONYM_ALONE] = 4, [ACRONYM_KIND] = 0.5f, [ACRONYM_OFFICE] = 0.25f};

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

/* Does the place in a number tell that the D at `at` is a Đ? */
static bool place_has_stroke(const Restore *r, const char *letters, size_t at, AcronymPlace place)
{
    float weight[2] = {0, 0};
    if (at >= (place == ACRONYM_KIND ? CODE : 1) || place == ACRONYM_ALONE) return false;
    weigh_part(r, letters, 0, CODE, at, weight);
    return weight[1] > 0 && weight[1] > MORE[place] * weight[0];
}

static bool has_stroke(const Restore *r, const char *letters, size_t n, size_t at, AcronymPlace place)
{
    float weight[2] = {0, 0};
    if (place_has_stroke(r, letters, at, place)) return true;
    for (size_t len = LONGEST_PART; len >= 2 && weight[0] + weight[1] == 0; len--)
        for (size_t from = at + 1 >= len ? at + 1 - len : 0; from <= at && from + len <= n; from++)
            weigh_part(r, letters, from, from + len, at, weight);
    return weight[1] > MORE[ACRONYM_ALONE] * weight[0];
}

AcronymPlace acronym_place(const Text *t, uint32_t at)
{
    uint32_t from = at;
    while (from > 0 && (unsigned char)t->raw[from - 1] > ' ') from--;
    bool slash = memchr(t->raw + from, '/', at - from) != NULL;
    if (at - from < 2 || !slash) return ACRONYM_ALONE;
    if (t->raw[at - 1] == '/' && viet_is_digit(t->raw[at - 2])) return ACRONYM_KIND;
    return t->raw[at - 1] == '/' || t->raw[at - 1] == '-' ? ACRONYM_OFFICE : ACRONYM_ALONE;
}

/* The letters in lower case; false: no acronym of ASCII capitals. */
static bool take_letters(const char *raw, size_t n, char letters[MOST_LETTERS])
{
    if (n < 2 || n > MOST_LETTERS) return false;
    for (size_t i = 0; i < n; i++) {
        if (raw[i] < 'A' || raw[i] > 'Z') return false;
        letters[i] = (char)(raw[i] + 'a' - 'A');
    }
    return true;
}

unsigned acronym_strokes(const Restore *r, const char *raw, size_t n, AcronymPlace place)
{
    char letters[MOST_LETTERS];
    unsigned strokes = 0;
    if (!take_letters(raw, n, letters)) return 0;
    for (size_t i = 0; i < n; i++)
        if (letters[i] == 'd' && has_stroke(r, letters, n, i, place)) strokes |= 1u << i;
    return strokes;
}

/* "NDCP" behind a count: a kind's code with a Đ, and an office that is known. */
static bool lost_dash(const Restore *r, const char *raw, size_t n, AcronymPlace place)
{
    char letters[MOST_LETTERS];
    bool kind = false;
    if (place != ACRONYM_KIND || n < CODE + 2 || !take_letters(raw, n, letters)) return false;
    for (size_t i = 0; i < CODE; i++)
        kind = kind || (letters[i] == 'd' && place_has_stroke(r, letters, i, place));
    WordRun run = lexicon_run(&r->lex, letters + CODE, n - CODE);
    return kind && run.first < run.end && !lexicon_is_syllable(&r->lex, run.first);
}

void acronym_write(const Restore *r, const char *raw, size_t n, AcronymPlace place, Buf *out)
{
    unsigned strokes = acronym_strokes(r, raw, n, place);
    bool dash = lost_dash(r, raw, n, place);
    for (size_t i = 0; i < n; i++) {
        if (dash && i == CODE) buf_addc(out, '-');
        if (strokes >> i & 1)
            buf_add(out, "Đ");
        else
            buf_addc(out, raw[i]);
    }
}
