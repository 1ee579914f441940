/* One pass that looks back only at `start`. A table over the first 8192 code points keeps what utf8proc says of each:
 * kind, lower case, bare letter. Each block of 256 is filled when a character of it is first met.
 *
 * Example: in "1. Các trường" the 1 and the full stop leave start as it is. So "Các" may be a plain word. */
#include "model/token.h"

#include "base/viet.h"

#include <string.h>

enum { TABLE = 0x2000 };

typedef struct CharFacts {
    uint16_t lower, bare; /* bare 0: a combining accent */
    uint8_t kind;
    bool upper;
} CharFacts;

static CharKind kind_of(int32_t c)
{
    if (c < 0) return CHAR_SIGN;
    if (viet_is_space(c) || c < 0x20) return CHAR_BLANK;
    if (viet_is_digit(c)) return CHAR_DIGIT;
    return viet_is_letter(c) || (c >= 0x300 && c < 0x370) ? CHAR_LETTER : CHAR_SIGN;
}

static CharFacts table[TABLE];
static bool filled[TABLE >> 8];

static void fill_page(int page)
{
    for (int32_t i = page << 8; i < (page + 1) << 8; i++) {
        int32_t bare = viet_bare(i), lower = viet_lower(i);
        table[i] = (CharFacts){(uint16_t)lower, (uint16_t)(bare < 0 ? 0 : bare), (uint8_t)kind_of(i),
                               viet_is_upper(i)};
    }
    filled[page] = true;
}

static inline const CharFacts *facts(int32_t c)
{
    if (!filled[c >> 8]) fill_page(c >> 8);
    return &table[c];
}

/* utf8_decode, short for plain letters. */
static inline size_t decode(const char *s, size_t n, int32_t *c)
{
    if (n && (signed char)*s > 0) {
        *c = *s;
        return 1;
    }
    return utf8_decode(s, n, c);
}

CharKind char_kind(int32_t c)
{
    return c >= 0 && c < TABLE ? (CharKind)facts(c)->kind : kind_of(c);
}

static int32_t char_lower(int32_t c)
{
    return c >= 0 && c < TABLE ? facts(c)->lower : viet_lower(c);
}

static bool is_upper(int32_t c)
{
    return c >= 0 && c < TABLE ? facts(c)->upper : viet_is_upper(c);
}

static int32_t bare(int32_t c)
{
    return c >= 0 && c < TABLE ? facts(c)->bare : viet_bare(c);
}

TokenReader token_reader(const char *s, size_t n)
{
    return (TokenReader){s, n, 0, true};
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
    while (at < n) {
        int32_t c;
        if (s[at] > ' ' && s[at] < 0x7F) break;
        size_t len = decode(s + at, n - at, &c);
        if (char_kind(c) != CHAR_BLANK) break;
        at += len;
    }
    return at;
}

static size_t chunk_length(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (unsigned char)s[i] > ' ') i++;
    return i;
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_address(const char *s, size_t n)
{
    const char *at = memchr(s, '@', n);
    if (at && at > s && at + 1 < s + n && memchr(at, '.', (size_t)(s + n - at)))
        return is_ascii_letter(at[1]);
    if (n > 4 && (memcmp(s, "www.", 4) == 0 || memcmp(s, "http", 4) == 0)) return true;
    return false;
}

static bool ends_in_domain(const char *s, size_t n)
{
    static const char *const tops[] = {".vn", ".com", ".net", ".org", ".edu", ".gov", ".html", ".info"};
    for (size_t k = 0; k < sizeof tops / sizeof *tops; k++) {
        size_t len = strlen(tops[k]);
        if (n > len && memcmp(s + n - len, tops[k], len) == 0) return true;
    }
    return false;
}

static bool is_ascii(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80) return false;
    return true;
}

size_t token_fixed(const char *s, size_t n)
{
    size_t len = chunk_length(s, n);
    while (len && strchr(".,;:)]>\"'", s[len - 1])) len--;
    if (len < 4 || !memchr(s, '.', len) || !is_ascii(s, len)) return 0;
    return is_ascii_letter(s[0]) && (is_address(s, len) || ends_in_domain(s, len)) ? len : 0;
}

/* The letters of ASCII at the begin of s, and in which capitals they are. */
static size_t plain_letters(const char *s, size_t n, Casing *casing)
{
    size_t i = 0, uppers = 0;
    while (i < n && s[i] >= 'a' && s[i] <= 'z') i++;
    for (; i < n && is_ascii_letter(s[i]); i++) uppers += s[i] < 'a';
    *casing = uppers == 0                            ? CASE_LOWER
              : uppers == i && i > 1                 ? CASE_UPPER
              : uppers == 1 && *s >= 'A' && *s < 'a' ? CASE_TITLE
                                                     : CASE_MIXED;
    return i;
}

Casing token_casing(const char *s, size_t n)
{
    Casing plain;
    if (plain_letters(s, n, &plain) == n) return plain;
    int letters = 0, uppers = 0;
    bool first = false;
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += decode(s + i, n - i, &c);
        bool up = is_upper(c);
        if (char_kind(c) != CHAR_LETTER) continue;
        if (letters == 0) first = up;
        letters++, uppers += up;
    }
    if (uppers == 0) return CASE_LOWER;
    if (uppers == letters && letters > 1) return CASE_UPPER;
    return first && uppers == 1 ? CASE_TITLE : CASE_MIXED;
}

/* The end of the run that begins at `at`. 12/12/2022 is one number; 2022. is a number and a sign. */
static size_t run_end(const char *s, size_t n, size_t at, CharKind kind)
{
    size_t i = at;
    while (i < n) {
        int32_t c, next = -1;
        size_t len = decode(s + i, n - i, &c);
        if (i + len < n) decode(s + i + len, n - i - len, &next);
        bool inner = kind == CHAR_DIGIT && i > at && c > 0 && c < 0x80 && strchr(".,/:", (int)c) &&
                     viet_is_digit(next);
        if (char_kind(c) != kind && !inner) break;
        i += len;
    }
    return i;
}

/* After which signs a capital is the sentence's own. */
static bool begins_sentence(int32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == 0x2026 || c == 0x201C ||
           c == 0xAB;
}

/* Letters of ASCII that no other letter and no mark follows; 0 where they are none. */
static size_t plain_word(const char *s, size_t n, uint8_t *casing)
{
    Casing own;
    size_t len = plain_letters(s, n, &own);
    *casing = (uint8_t)own;
    return len < n && (unsigned char)s[len] >= 0x80 ? 0 : len;
}

static size_t read_word(TokenReader *r, Token *t)
{
    const char *s = r->s + r->at;
    size_t n = r->n - r->at, len = plain_word(s, n, &t->casing);
    bool alone = len && (len == n || (unsigned char)s[len] <= ' '); /* and so no address */
    size_t fixed = !alone && t->gap ? token_fixed(s, n) : 0;
    r->start = false;
    t->kind = fixed ? TOKEN_FIXED : TOKEN_WORD;
    if (fixed || len) return fixed ? fixed : len;
    len = run_end(r->s, r->n, r->at, CHAR_LETTER) - r->at;
    t->casing = (uint8_t)token_casing(s, len);
    return len;
}

static size_t read_token(TokenReader *r, Token *t, int32_t c, size_t len)
{
    CharKind kind = char_kind(c);
    if (kind == CHAR_LETTER) return read_word(r, t);
    if (kind == CHAR_SIGN) {
        t->kind = TOKEN_SIGN;
        r->start = r->start || begins_sentence(c);
        return len;
    }
    t->kind = TOKEN_NUMBER;
    return run_end(r->s, r->n, r->at, kind) - r->at;
}

bool token_next(TokenReader *r, Token *t)
{
    size_t from = r->at;
    r->at = skip_blanks(r->s, r->n, r->at);
    if (r->at >= r->n) return false;
    int32_t c;
    size_t len = decode(r->s + r->at, r->n - r->at, &c);
    *t = (Token){.at = (uint32_t)r->at, .gap = r->at > from || r->at == 0, .start = r->start};
    t->len = (uint32_t)read_token(r, t, c, len);
    r->at += t->len;
    return true;
}

size_t token_word_key(const char *s, size_t n, char key[TOKEN_KEY_MOST])
{
    int32_t c[TOKEN_KEY_MOST];
    size_t letters = 0, out = 0;
    bool tone = false;
    for (size_t i = 0; i < n;) {
        int32_t d;
        i += decode(s + i, n - i, &d);
        if (letters + 1 >= TOKEN_KEY_MOST / 4) return 0;
        c[letters++] = char_lower(d);
        tone = tone || d >= 0x80;
    }
    if (tone) viet_place_tone(c, letters, TONE_OLD);
    for (size_t i = 0; i < letters; i++) out += utf8_encode(c[i], key + out);
    key[out] = '\0';
    return out;
}

static size_t number_shape(const char *s, size_t n, char key[TOKEN_KEY_MOST])
{
    enum { LONGEST = 12 }; /* longer numbers are all one */
    size_t out = 0;
    for (size_t i = 0; i < n && out < LONGEST; i++) key[out++] = s[i] >= '0' && s[i] <= '9' ? '0' : s[i];
    key[out] = '\0';
    return out;
}

int32_t char_plain(int32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x60:
    case 0xB4: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    case 0x2022:
    case 0xB7:
    case 0x25CF:
    case 0x25AA: return 0x2022;
    default: return c;
    }
}

static size_t sign_key(const char *s, size_t n, char key[TOKEN_KEY_MOST])
{
    int32_t c;
    decode(s, n, &c);
    size_t len = utf8_encode(char_plain(c), key);
    key[len] = '\0';
    return len;
}

size_t token_key(const char *s, const Token *t, char key[TOKEN_KEY_MOST])
{
    switch ((TokenKind)t->kind) {
    case TOKEN_WORD: return token_word_key(s + t->at, t->len, key);
    case TOKEN_NUMBER: return number_shape(s + t->at, t->len, key);
    case TOKEN_SIGN: return sign_key(s + t->at, t->len, key);
    default: memcpy(key, "<url>", 6); return 5;
    }
}

size_t token_skeleton(const char *key, size_t n, char skeleton[TOKEN_KEY_MOST])
{
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += decode(key + i, n - i, &c);
        int32_t b = bare(c);
        if (b > 0) out += utf8_encode(b, skeleton + out);
    }
    skeleton[out] = '\0';
    return out;
}
