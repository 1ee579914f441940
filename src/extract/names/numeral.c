/* "Nậm Mằn ll" stands in a list whose other names end in "II" and "III". "ll" is two upright strokes, which engines
 * make of I, so it is "II". "Nậm Mằn !" is one stroke: "I" here, "1" in a list that counts 1, 2, 3. */
#include "extract/names/numeral.h"

#include "base/align.h"
#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

/* What a name may end in, where strokes were read; the rest are of no stroke. */
static const char *const ends[] = {"", "I", "II", "III", "IV", "1", "2", "3", "4"};
enum { ENDS = sizeof ends / sizeof *ends, FIRST_DIGIT = 5 };

static unsigned end_bit(const char *end)
{
    for (unsigned i = 0; i < ENDS; i++)
        if (str_eq(ends[i], end)) return 1u << i;
    return 0;
}

/* ---- how a list is numbered ---- */

void numbering_add(Numbering *n, const char *last_word)
{
    size_t len = strlen(last_word);
    NumeralKind kind = numeral_kind(last_word, len);
    n->names++;
    n->ends |= end_bit(last_word);
    if (kind == NUMERAL_ROMAN && last_word[0] != 'X')
        n->one += len == 1 && *last_word == 'I', n->roman += len > 1;
    else if (kind == NUMERAL_DIGITS)
        n->first += str_eq(last_word, "1"), n->digits += len == 1 && *last_word >= '2';
    else if (kind == NUMERAL_LETTER)
        n->letters += *last_word <= 'G';
}

bool numbering_is_arabic(const Numbering *n)
{
    return n->digits > n->roman;
}

const char *numbering_one(const Numbering *n)
{
    return numbering_is_arabic(n) ? "1" : "I";
}

/* ---- reading one ---- */

int numeral_strokes(const char *s)
{
    int n = 0;
    for (size_t len = strlen(s); len > 0; n++) {
        int32_t c;
        size_t bytes = utf8_decode(s, len, &c);
        bool stroke = c > 0 && c < 0x80 ? strchr("I1lT|!", c) != NULL : viet_bare(c) == 'i';
        if (!stroke) return 0;
        s += bytes, len -= bytes;
    }
    return n;
}

bool numeral_is(const Tok *t)
{
    enum { LONGEST_READ = 3 }; /* letters, of strokes and V, X */
    const char *s = t->text;
    size_t n = strlen(s);
    if (t->mark || !n || strcmp(s, "X") == 0 || strcmp(s, "TT") == 0) return false;
    return numeral_kind(s, n) || (n > 1 && n <= LONGEST_READ && strspn(s, "IVXl1T") == n);
}

const char *numeral_read(const char *s, const Numbering *n)
{
    if (strcmp(s, "1V") == 0 || strcmp(s, "lV") == 0) return "IV";
    int count = numeral_strokes(s);
    if (count == 2 || count == 3) return count == 2 ? "II" : "III";
    return count == 1 && !strchr("T1", *s) ? numbering_one(n) : s;
}

const char *numeral_of_h(const char *s, const Numbering *document)
{
    size_t n = strlen(s);
    if (n < 1 || n > 2 || strspn(s, "HI") != n || !strchr(s, 'H')) return NULL;
    if (document->one + document->roman <= document->letters) return NULL;
    return n == 2 && strchr(s, 'I') ? "III" : "II";
}

/* ---- what is not a numeral as read ---- */

bool numeral_doubtful(const char *word)
{
    enum { LONGEST = 3 };
    size_t n = strlen(word);
    if (!n || n > LONGEST || numeral_kind(word, n) || str_eq(word, "TT")) return false;
    bool syllable = n > 1 && word[n - 1] == 'i' && !strchr("I1l", *word); /* "Ti", "Li" */
    return !syllable && strspn(word, "IVXJLT1li!|[]") == n;
}

enum { MOST_TAIL = 8 };

typedef struct NumeralLetters {
    int32_t read[MOST_TAIL], meant[MOST_TAIL];
} NumeralLetters;

/* What it costs that an engine read the one for the other, natural logarithms, rounded. Upright strokes are taken for
 * one another, and brackets for them, no others; what the tables of channels do not have, for they were learnt on
 * lines of text. */
static float stroke_cost(int32_t read, int32_t meant)
{
    static const float SAME = 0.1f, STROKE = 2, DIGIT = 2.5f, OTHER = 8;
    if (read == meant) return SAME;
    bool stroke = read < 0x80 ? strchr("IlJLTi!|[]1", read) != NULL : viet_bare(read) == 'i';
    if (!stroke || !strchr("I1", meant)) return OTHER;
    return meant == '1' || read == '1' ? DIGIT : STROKE;
}

static float end_cost(void *context, size_t i, int p, size_t j, int q)
{
    static const float LOST = 7;
    const NumeralLetters *e = context;
    return p && q ? stroke_cost(e->read[i], e->meant[j]) : LOST;
}

static size_t decode(const char *s, int32_t out[MOST_TAIL])
{
    size_t n = 0;
    for (size_t len = strlen(s), i = 0; i < len && n < MOST_TAIL; n++)
        i += utf8_decode(s + i, len - i, &out[n]);
    return n;
}

static double reading_cost(const Confuse *channel, const char *meant, const char *read)
{
    NumeralLetters e;
    size_t n = decode(read, e.read), m = decode(meant, e.meant);
    double cost = align_cheapest(&(AlignTask){n, m, 1, 1, m, end_cost, &e}, NULL);
    return channel ? fmin(cost, confuse_cost(channel, meant, read)) : cost;
}

/* Names that end so, of all of the list. */
static double end_share(int end, const Numbering *n)
{
    static const double FEW = 0.2;    /* names that a list may have beside those that were counted */
    static const double MIXED = 0.03; /* the same, of the other numerals than those that the list has */
    const int roman = n->one + n->roman, arabic = n->first + n->digits;
    double numbered = roman + arabic + n->letters, all = n->names + 1;
    if (end == 0) return (n->names - numbered + 1) / all;
    bool digit = end >= FIRST_DIGIT, other = digit ? roman > arabic : arabic > roman;
    int nth = digit ? end - FIRST_DIGIT : end - 1, later = digit ? n->digits : n->roman;
    double x = nth     ? later / (double)(1 << nth)
               : digit ? n->first + 0.5 * n->digits
                       : n->one + 0.5 * n->roman;
    return (x + (other ? MIXED : FEW)) / all;
}

/* The same, of the schools of one name: none stands twice, and where one has a numeral its sisters have the others. */
static double among_sisters(double share, int end, const Numbering *sisters)
{
    static const double TWICE = 0.05, NEXT = 0.5;
    const unsigned roman = (1u << FIRST_DIGIT) - 2, digits = ~(roman | 1);
    if (!sisters) return share;
    if (sisters->ends >> end & 1) return share * TWICE;
    return end && sisters->ends & (end < FIRST_DIGIT ? roman : digits) ? fmax(share, NEXT) : share;
}

NumeralGuess numeral_guess(const char *read, bool tail, const Numbering *list, const Numbering *sisters,
                           const Confuse *channel)
{
    static const double DIRT = 0.05;      /* of a name that has no numeral: that a stroke stands behind it */
    static const double ANOTHER = 0.0005; /* of any name: that it ends in something else, and was read so */
    static const double NO_NUMERAL = 0.003; /* that it ends in capitals that look like one: "JL" */
    double best = 0, sum = ANOTHER;
    NumeralGuess guess = {read, 0};
    for (int i = tail ? 0 : 1; i < ENDS; i++) {
        double p = among_sisters(end_share(i, list), i, sisters) *
                   (i ? exp(-reading_cost(channel, ends[i], read)) : DIRT);
        sum += p;
        if (p > best) best = p, guess.text = ends[i];
    }
    if (!tail && !strpbrk(read, "l1!|[]")) {
        sum += NO_NUMERAL;
        if (NO_NUMERAL > best) best = NO_NUMERAL, guess.text = read;
    }
    guess.prob = best / sum;
    return guess;
}

/* ---- restored ---- */

const char *numeral_restored(Arena *a, const Tok *t)
{
    const char *s = t->raw;
    size_t n = strlen(s);
    if (t->typed == TYPED_YES) return t->text;
    if (n == 1 && (numeral_kind(s, 1) == NUMERAL_LETTER || *s == 'I')) return s;
    if (n < 2 || n > 3) return t->text;
    if (strspn(s, "I1lT!|") == n && (strpbrk(s, "IT") || strcmp(s, "ll") == 0)) return n == 2 ? "II" : "III";
    if (strspn(s, "1ABCDEFGHIJKLMNOPQRSTUVWXYZ") < n || !strchr(s, '1') || s[strspn(s, "1")] == '\0')
        return t->text;
    char *code = arena_str(a, s); /* "1Q" is IQ */
    for (char *p = code; *p; p++)
        if (*p == '1') *p = 'I';
    return code;
}

/* ---- at the edge of a name ---- */

bool numeral_lost(const Tok *last)
{
    const char *blank = strrchr(last->raw, ' ');
    return blank && strlen(last->text) > 1 && !strchr("|!T", blank[1]) && numeral_strokes(blank + 1) == 1;
}

const char *numeral_tail(const Tok *last)
{
    const char *blank = last->mark || numeral_lost(last) ? NULL : strrchr(last->raw, ' ');
    bool gone = blank && !str_ends(last->text, blank + 1);
    return gone && numeral_doubtful(blank + 1) ? blank + 1 : NULL;
}

bool numeral_is_stray(const Tok *t)
{
    static const float doubt = 0.9f;
    bool lone = *t->text && !t->text[1 + strspn(t->text + 1, "_-.'`~\"")];
    NumeralKind kind = numeral_kind(t->text, 1);
    bool tells = kind == NUMERAL_LETTER || (kind == NUMERAL_ROMAN && *t->text != 'X');
    return !t->mark && lone && viet_is_letter((unsigned char)t->text[0]) && !tells && t->prob < doubt;
}

/* A small letter stands before it, or a digit read for one ("X4A"); or capitals ("SOB"), which tell nothing. */
size_t numeral_glued(const char *read, bool roman, bool *sure)
{
    const char *blank = strrchr(read, ' '), *word = blank ? blank + 1 : read;
    size_t n = strlen(word);
    if (n < 3 || viet_is_digit((unsigned char)*word)) return 0;
    unsigned char last = (unsigned char)word[n - 1], before = (unsigned char)word[n - 2];
    bool small = (before >= 'a' && before <= 'z') || before >= 0x80;
    bool letter = last >= 'A' && last <= 'D',
         number = (last >= '1' && last <= '9') || (roman && (last == '!' || last == 'l'));
    bool capitals = letter && before >= 'A' && before <= 'Z' && blank;
    *sure = !capitals && last != 'l'; /* not of "Vinschool" */
    return (letter && (small || viet_is_digit(before))) || (number && small) || capitals
               ? (size_t)(word - read) + n - 1
               : 0;
}
