/* "Nậm Mằn ll" stands in a list whose other names end in "II" and "III". "ll" is two upright strokes, which engines
 * make of I, so it is "II". "Nậm Mằn !" is one stroke: "I" here, "1" in a list that counts 1, 2, 3. */
#include "extract/names/numeral.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

/* ---- how a list is numbered ---- */

void numbering_add(Numbering *n, const char *last_word)
{
    size_t len = strlen(last_word);
    NumeralKind kind = numeral_kind(last_word, len);
    if (kind == NUMERAL_ROMAN && last_word[0] != 'X')
        n->one += len == 1 && *last_word == 'I', n->roman += len > 1;
    else if (kind == NUMERAL_DIGITS)
        n->digits += len == 1 && *last_word >= '2';
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

const char *numeral_restored(Arena *a, const Tok *t)
{
    const char *s = t->raw;
    size_t n = strlen(s);
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
