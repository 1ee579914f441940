/* "0912345678" has ten digits and is whom to call; "1.500.000" is money, for its points part thousands; "19/5" is a
 * day, and schools are named after days; "II" may end a name; "~_" is dirt. */
#include "base/str.h"
#include "base/viet.h"
#include "extract/names/numeral.h"

#include <string.h>

static int digits_in(const char *s)
{
    int n = 0;
    for (; *s; s++) n += viet_is_digit((unsigned char)*s);
    return n;
}

static bool is_contact(const char *s)
{
    enum { LEAST_DIGITS = 7 /* of a telephone's number */ };
    return digits_in(s) >= LEAST_DIGITS || strchr(s, '@');
}

/* Groups of three digits behind points or commas, "đ" or nothing at the end. */
static bool has_thousands(const char *s)
{
    size_t n = strspn(s, "0123456789");
    int groups = 0;
    if (n < 1 || n > 3) return false;
    for (s += n; (*s == '.' || *s == ',') && strspn(s + 1, "0123456789") == 3; s += 4) groups++;
    return groups && (!*s || str_eq(s, "đ") || str_eq(s, "Đ"));
}

static bool is_money(const Tok *t)
{
    return words_lookup(t->words, WORD_MONEY, t->key) || has_thousands(t->text);
}

/* d/m/y, d-m-y: SENSE_DATE; d/m, d-m: SENSE_DAY; 0. */
static unsigned date_sense(const char *s)
{
    size_t day = strspn(s, "0123456789"), month, year;
    if (day < 1 || day > 2 || !s[day] || !strchr("/-.", s[day])) return 0;
    const char *rest = s + day + 1;
    month = strspn(rest, "0123456789");
    if (month < 1 || month > 2) return 0;
    if (!rest[month]) return s[day] != '.' ? SENSE_DAY : 0;
    year = strspn(rest + month + 1, "0123456789");
    bool whole = rest[month] == s[day] && (year == 2 || year == 4) && !rest[month + 1 + year];
    return whole ? SENSE_DATE : 0;
}

/* What people type for the sign of repetition: quotation marks, primes, the sign itself; a single one is none. */
static bool is_ditto_sign(const char *s)
{
    int32_t c;
    int n = 0;
    for (; *s; s += utf8_decode(s, strlen(s), &c), n++) {
        utf8_decode(s, strlen(s), &c);
        bool twofold = c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0x2036 || c == 0x3003;
        bool single = c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2032;
        if (!twofold && !single) return false;
        n += twofold;
    }
    return n > 1;
}

static bool is_ditto(const Tok *t)
{
    return is_ditto_sign(t->text) || words_lookup(t->words, WORD_DITTO, t->key) != NULL;
}

unsigned tok_senses(const Tok *t)
{
    unsigned sense = is_ditto(t) ? SENSE_DITTO : 0;
    if (t->mark) return sense;
    if (numeral_is(t)) sense |= SENSE_NUMERAL;
    if (ordinal_read(t, 0)) sense |= SENSE_NUMBER;
    unsigned number = is_money(t) ? SENSE_MONEY : date_sense(t->text);
    if (!number && is_contact(t->text)) number = SENSE_CONTACT;
    sense |= number;
    if (!*t->letters) sense |= SENSE_DIRT;
    return sense;
}

bool run_is_ditto(Run r)
{
    char letters[COMPACT_MOST];
    if (!r.n) return false;
    bool quote = !compact_run(r, false, letters) && r.n == 1 && r.v[0].sense & SENSE_DITTO;
    KeywordList said = words_of_kind(r.v[0].words, WORD_DITTO);
    for (int i = 0; i < said.n && !quote; i++) quote = strcmp(said.v[i].letters, letters) == 0;
    return quote;
}
