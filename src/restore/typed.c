/* Text as it was typed, keys and all: Telex (tieesng Vieejt), VNI (tie61ng Vie65t), VIQR (tie^'ng Vie^.t).
 *
 * Example: "Truwowngf" in Telex. T and r are letters; "u" then "w" makes ư, "ow" makes ơ, "ng" are letters, and f is the
 * grave accent of the syllable: Trường. A word counts as typed when it is a word so and none as it stands. A text is
 * typed when most of its words are; a word that makes no sense then stays as it is. */
#include "restore/private.h"

#include "base/charset.h"
#include "base/viet.h"

#include <string.h>

enum { LONGEST = 14 }; /* keys of a syllable: "nguwowif" */

static const double MOST = 0.4; /* share of the words: a quarter has neither mark nor tone */
enum { LEAST_TYPED = 3 };       /* words */

typedef struct Syllable {
    Letter letter[LONGEST];
    int n;
} Syllable;

static int last_of(const Syllable *s, const char *bases)
{
    for (int i = s->n - 1; i >= 0; i--)
        if (strchr(bases, s->letter[i].base) && s->letter[i].mark == MARK_NONE) return i;
    return -1;
}

static bool set_mark(Syllable *s, const char *bases, Mark mark)
{
    int i = last_of(s, bases);
    if (i < 0) return false;
    s->letter[i].mark = mark;
    return true;
}

/* The horn of uo is on both. */
static bool set_horn(Syllable *s)
{
    int i = last_of(s, "ou");
    if (i < 0) return false;
    s->letter[i].mark = MARK_HORN;
    if (i > 0 && s->letter[i].base == 'o' && s->letter[i - 1].base == 'u') s->letter[i - 1].mark = MARK_HORN;
    return true;
}

static bool set_tone(Syllable *s, Tone tone)
{
    int vowel = -1;
    for (int i = 0; i < s->n; i++) {
        if (s->letter[i].tone) return false;
        if (strchr("aeiouy", s->letter[i].base)) vowel = i;
    }
    if (vowel < 0) return false;
    s->letter[vowel].tone = tone;
    return true;
}

static bool set_stroke(Syllable *s)
{
    if (!s->n || s->letter[0].base != 'd' || s->letter[0].mark) return false;
    s->letter[0].mark = MARK_STROKE;
    return true;
}

static bool telex_key(Syllable *s, char key)
{
    static const char tones[] = "sfrxj";
    static const Tone tone[] = {TONE_ACUTE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_DOT};
    const char *at = strchr(tones, key), base[] = {key, '\0'};
    if (at) return set_tone(s, tone[at - tones]);
    if (key == 'd') return set_stroke(s);
    if (key == 'a' || key == 'e' || key == 'o') return set_mark(s, base, MARK_CIRCUMFLEX);
    if (key != 'w') return false;
    int i = last_of(s, "aou");
    if (i < 0 || s->letter[i].base != 'a' || (i > 0 && s->letter[i - 1].base == 'u')) return set_horn(s);
    return set_mark(s, "a", MARK_BREVE);
}

static bool vni_key(Syllable *s, char key)
{
    static const Tone tone[] = {TONE_ACUTE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_DOT};
    if (key >= '1' && key <= '5') return set_tone(s, tone[key - '1']);
    if (key == '6') return set_mark(s, "aeo", MARK_CIRCUMFLEX);
    if (key == '7') return set_horn(s);
    if (key == '8') return set_mark(s, "a", MARK_BREVE);
    return key == '9' && set_stroke(s);
}

static void take_key(Syllable *s, TypedStyle style, char c)
{
    bool upper = c >= 'A' && c <= 'Z';
    char key = upper ? (char)(c + 'a' - 'A') : c;
    if (s->n && (style == TYPED_TELEX ? telex_key(s, key) : vni_key(s, key))) return;
    if (s->n < LONGEST) s->letter[s->n++] = (Letter){.base = key, .upper = upper};
}

/* A run of keys as text; the tone in its place. */
static void add_syllable(const char *keys, size_t n, TypedStyle style, Buf *out)
{
    Syllable s = {.n = 0};
    int32_t c[LONGEST];
    for (size_t i = 0; i < n; i++) take_key(&s, style, keys[i]);
    for (int i = 0; i < s.n; i++) {
        Letter l = s.letter[i];
        c[i] = l.base >= 'a' && l.base <= 'z' ? viet_compose(l) : l.base;
    }
    viet_place_tone(c, (size_t)s.n, TONE_OLD);
    for (int i = 0; i < s.n; i++) buf_add_char(out, c[i] < 0 ? '?' : c[i]);
}

static bool is_known(const Restore *r, const char *s, size_t n)
{
    char key[TOKEN_KEY_MOST];
    size_t m = n < TOKEN_KEY_MOST ? token_word_key(s, n, key) : 0;
    return m && (lexicon_find(&r->lex, key, m, false) != LM_UNKNOWN ||
                 lexicon_find(&r->lex, key, m, true) != LM_UNKNOWN);
}

/* Keys that the style takes for a syllable. */
static size_t run_length(const char *s, size_t n, TypedStyle style)
{
    size_t i = 0;
    while (i < n && ((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') ||
                     (style == TYPED_VNI && i && s[i] >= '1' && s[i] <= '9') ||
                     (style == TYPED_VIQR && i && strchr("'`?~.^+*(", s[i]))))
        i++;
    return i;
}

/* The run as a word: its length in keys, 0 where it is none. In VIQR what may be the sentence's sign is left to it where
 * the word is one without. */
static size_t read_run(const Restore *r, const char *s, size_t n, TypedStyle style, Buf *word)
{
    for (size_t len = n; len > 0; len--) {
        Arena a = {0};
        Buf b = {0};
        buf_clear(word);
        if (style == TYPED_VIQR)
            charset_decode(CHARSET_VIQR, s, len, &b);
        else
            add_syllable(s, len, style, &b);
        buf_add(word, viet_nfc(&a, buf_str(&b), b.len));
        bool marked = !utf8_is_ascii(buf_str(word), word->len),
             known = marked && is_known(r, buf_str(word), word->len);
        buf_release(&b);
        arena_release(&a);
        if (known) return len;
        if (style != TYPED_VIQR || !strchr(".?'", s[len - 1])) break;
    }
    return 0;
}

void typed_add(const Restore *r, const char *s, size_t n, TypedStyle style, Buf *out)
{
    Buf word = {0};
    for (size_t i = 0; i < n;) {
        size_t run = run_length(s + i, n - i, style), len = run ? read_run(r, s + i, run, style, &word) : 0;
        size_t rest = run ? run : 1;
        if (len) buf_add(out, buf_str(&word));
        buf_addn(out, s + i + len, rest - len);
        i += rest;
    }
    buf_release(&word);
}

static double share_of(const Restore *r, const char *text, size_t n, TypedStyle style)
{
    Buf word = {0};
    int words = 0, typed = 0;
    for (size_t i = 0; i < n;) {
        size_t run = run_length(text + i, n - i, style);
        words += run > 0;
        if (run > 1 && read_run(r, text + i, run, style, &word) && !is_known(r, text + i, run)) typed++;
        i += run ? run : 1;
    }
    buf_release(&word);
    return typed >= LEAST_TYPED ? (double)typed / words : 0;
}

TypedStyle typed_judge(const Restore *r, const char *text, size_t n)
{
    enum { SAMPLE = 4096 };
    TypedStyle best = TYPED_NOT;
    double most = MOST;
    if (n > SAMPLE) n = SAMPLE;
    if (!utf8_is_ascii(text, n)) return TYPED_NOT;
    for (TypedStyle style = TYPED_TELEX; style <= TYPED_VIQR; style++) {
        double share = share_of(r, text, n, style);
        if (share > most) most = share, best = style;
    }
    return best;
}
