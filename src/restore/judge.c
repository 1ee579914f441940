/* What state a text is in, by counts over its words:
 *
 *   what the words have                                   what the text is
 *   many: letters that only Vietnamese has (ạ ế ư đ)      an OCR with Vietnamese, or a person: FROM_VIE
 *   none of these, but é, è, digits or signs inside
 *   words, or odd skeletons                               an OCR without Vietnamese: FROM_OCR
 *   none of these, and Vietnamese skeletons throughout    marks were lost: FROM_STRIPPED
 *   few Vietnamese skeletons                              another language: FROM_CLEAN, nothing is changed
 *
 * Example: "Phong Gido duc va Dao tao quan Ha Dé}lg": no mark of Vietnamese's own, "Gido" is not a skeleton,
 * "Dé}lg" has a sign inside: FROM_OCR. */
#include "restore/private.h"

#include "base/viet.h"

#include <math.h>
#include <string.h>

/* Words with a letter only Vietnamese has, of marked text: for each with é or è alone. An engine without Vietnamese makes
 * many of these and none of those. */
static const float FOREIGN = 0.5f; /* probability of a word being of another language */
static const double MARKED = 0.5;
static const double ODD = 0.04;    /* share of odd words, from which letters are not trusted */
static const double SOMEHOW = 0.4; /* the same, of a bad OCR of Vietnamese */

/* Natural logarithm of the frequency from which letters without a vowel are an abbreviation: kg, km, tr. */
static const float COMMON = -10.5f;

typedef struct TextTally {
    int words, marked, odd, fitting;
    int misspelt;          /* with letters only Vietnamese has, but no word */
    int misread;           /* of these: no word, whatever marks were lost */
    int foreign;           /* letters that are neither ASCII nor Vietnamese's own: é, è */
    int dropped;           /* letters without a vowel, and no word: trng, ĐNH */
    int broken;            /* digits or signs inside words */
    int others, other_odd; /* of another language; of these, odd ones */
    int specks;            /* signs that nobody writes between blanks */
} TextTally;

static bool is_word(const Restore *r, const char *key, size_t n)
{
    return lexicon_find(&r->lex, key, n, false) != LM_UNKNOWN ||
           lexicon_find(&r->lex, key, n, true) != LM_UNKNOWN;
}

/* A word that may have lost marks or tones to become this. */
static bool may_be_worn(const Restore *r, const char *key, size_t n, WordRun run)
{
    for (WordId id = run.first; id < run.end; id++) {
        size_t m;
        const char *word = lexicon_text(&r->lex, id, &m);
        if (loss_fits(key, n, word, m)) return true;
    }
    return false;
}

/* Two letters and more, none of them a vowel; plain capitals are an acronym. */
static bool lacks_vowel(const char *skeleton, size_t n, bool acronym)
{
    if (n < 2 || acronym) return false;
    for (size_t i = 0; i < n; i++)
        if (strchr("aeiouy", skeleton[i])) return false;
    return true;
}

static bool has_dropped(const Restore *r, const char *s, const Token *t)
{
    char key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    bool acronym = t->casing == CASE_UPPER && utf8_is_ascii(s + t->at, t->len);
    size_t n = token_key(s, t, key), m = n ? token_skeleton(key, n, skeleton) : 0;
    if (!m || !lacks_vowel(skeleton, m, acronym)) return false;
    WordId plain = lexicon_find(&r->lex, key, n, false), name = lexicon_find(&r->lex, key, n, true);
    return fmaxf(plain == LM_UNKNOWN ? -INFINITY : ngram_unigram(&r->lm, plain),
                 name == LM_UNKNOWN ? -INFINITY : ngram_unigram(&r->lm, name)) < COMMON;
}

static void count_word(const Restore *r, const char *s, const Token *t, bool other, TextTally *sum)
{
    char key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    size_t n = token_key(s, t, key), m = n ? token_skeleton(key, n, skeleton) : 0;
    WordRun run = m ? lexicon_run(&r->lex, skeleton, m) : (WordRun){0, 0};
    bool fits = run.first < run.end, own = viet_has_own_letter(s + t->at, t->len);
    sum->words++;
    sum->fitting += fits && lexicon_is_syllable(&r->lex, run.first);
    sum->marked += own;
    bool misspelt = own && !is_word(r, key, n);
    sum->misspelt += misspelt;
    sum->misread += misspelt && !may_be_worn(r, key, n, run);
    bool ascii = utf8_is_ascii(s + t->at, t->len);
    sum->foreign += !own && !ascii;
    sum->odd += !own && (!fits || !ascii);
    sum->others += other;
    sum->other_odd += other && !own && (!fits || !ascii);
}

/* A digit or sign between letters, as an OCR leaves them: T6, Dé}lg. */
static bool is_broken(const char *s, const Token *before, const Token *t)
{
    if (t->gap || before->len == 0 || t->kind == before->kind) return false;
    const Token *other = t->kind == TOKEN_WORD ? before : t;
    bool sign = other->kind == TOKEN_SIGN && !strchr(".,;:()-/\"'%+&“”’|", s[other->at]);
    return other->kind == TOKEN_NUMBER || (sign && (unsigned char)s[other->at] < 0x80);
}

static bool is_speck(const char *s, size_t len, const Token *t)
{
    bool alone = t->gap && (t->at + t->len == len || s[t->at + t->len] == ' ' || s[t->at + t->len] == '\n');
    return alone && t->kind == TOKEN_SIGN && t->len == 1 && strchr(".,:;'_^~", s[t->at]);
}

static TextTally tally(const Restore *r, const char *text, size_t len, const LossStates *lost)
{
    TextTally sum = {0};
    TokenReader reader = token_reader(text, len);
    Token t, before = {0};
    size_t word = 0;
    while (token_next(&reader, &t)) {
        bool foreign = t.kind == TOKEN_WORD && lost && lost[word++].p[LOSS_FOREIGN] > FOREIGN;
        if (t.kind == TOKEN_WORD && t.casing != CASE_UPPER) count_word(r, text, &t, foreign, &sum);
        if (t.kind == TOKEN_WORD) sum.dropped += has_dropped(r, text, &t);
        if (t.kind == TOKEN_WORD && t.casing == CASE_UPPER && viet_has_own_letter(text + t.at, t.len))
            sum.marked++, sum.words++, sum.fitting++;
        if (is_broken(text, &before, &t)) sum.odd++, sum.broken++;
        if (is_speck(text, len, &t)) sum.specks++;
        before = t;
    }
    return sum;
}

/* The channel of FROM_VIE was learnt on pages where one word in eight was wrong; here it is so many that
 * words no lexicon has tell: for one of those there are some two more that happen to be words. */
static float trust_in(const TextTally *sum)
{
    static const double LEARNT = 0.13, PER_MISSPELT = 3, LEAST = 1e-4, PRIOR_WORDS = 200;
    double wrong =
        (PER_MISSPELT * sum->misspelt + sum->specks + LEAST * PRIOR_WORDS) / (sum->words + PRIOR_WORDS) +
        LEAST;
    return wrong < LEARNT ? (float)log(LEARNT / wrong) : 0;
}

/* Share of words without a vowel, from which letters were dropped that nobody can tell ("QUYT ĐNH"): nothing is changed. */
static const double DROPPED = 0.15;

/* Of letters that are in doubt: words with marks that are none, digits and signs inside words. */
static const double DOUBTFUL = 0.003, DOUBTFUL_PRIOR = 100;

static RestoreFrom state_of(const TextTally *sum)
{
    double n = sum->words ? sum->words : 1;
    if (sum->words == 0) return FROM_STRIPPED;
    if (sum->dropped > 1 && sum->dropped / n > DROPPED) return FROM_CLEAN;
    double ours = sum->words - sum->others, odd = sum->odd - sum->other_odd;
    if (sum->fitting / n < SOMEHOW && sum->others / n > 1 - SOMEHOW) return FROM_CLEAN;
    if (sum->marked && sum->marked >= MARKED * sum->foreign)
        return (sum->misread + sum->specks) / (n + DOUBTFUL_PRIOR) > DOUBTFUL ? FROM_VIE : FROM_MIXED;
    if (ours && odd / ours >= ODD) return sum->fitting / n >= SOMEHOW ? FROM_OCR : FROM_CLEAN;
    return FROM_STRIPPED;
}

RestoreFrom restore_judge(Restore *r, const char *text, size_t len)
{
    elsewhere_reset(r);
    bool automatic = r->options.from == FROM_AUTO;
    Buf b = {0};
    Chunks chunks = {0};
    r->typed = automatic ? typed_judge(r, text, len) : TYPED_NOT;
    prepare_text(r, text, len, false, &b, &chunks);
    losses_learn(r, buf_str(&b), b.len);
    TextTally sum = tally(r, buf_str(&b), b.len, r->lost.v);
    vec_release(&chunks);
    buf_release(&b);
    r->trust = trust_in(&sum);
    r->from = automatic ? state_of(&sum) : r->options.from;
    r->losses = automatic || r->from == FROM_MIXED || r->from == FROM_VIE;
    return r->from;
}

const char *restore_from_name(RestoreFrom from)
{
    static const char *const names[] = {"auto", "stripped", "ocr", "vie", "mixed", "clean"};
    return names[from];
}

RestoreFrom restore_state(const Restore *r)
{
    return r->from;
}
