/* A byte order mark, or NULs in every other byte, is UTF-16. Valid UTF-8 is UTF-8, with two exceptions that only the
 * language tells: VIQR, and text of an old font that was saved as if it were Western European. Everything else is bytes.
 * They are read in each charset in turn, and the one whose Vietnamese is likeliest wins:
 *
 *     "Tr\xAD\xEAng M\xC7m non"      TCVN3        Trường Mầm non     -10 nats
 *                                VNI          Tr­êng MÇm non     -64
 *                                Windows-1258 Tr­êng MÇm non     -64
 */
#include "load/charset.h"

#include "base/viet.h"

#include <string.h>
#include <strings.h>

enum {
    SAMPLE = 32 * 1024, /* bytes that are judged */
    ENOUGH_NULS = 40,   /* percent of a half's bytes that are NUL, in UTF-16 of a Latin script */
};
static const double SURE_NATS = 12; /* by which another reading of valid UTF-8 must win: two or three words */
static const double SURE_KNOWN =
    0.8; /* share of its words that must then be words; what OCR leaves never has */
static const double SURE_MARKED =
    0.3; /* share of its words that must then wear marks; Vietnamese has 0.6 to 0.8 */
static const double LEAST_KNOWN =
    0.34; /* share of letters in words we know, below which bytes are not text that we know */

/* ---- UTF-16 ---- */

bool encoding_is_utf16(const char *d, size_t n, Charset *charset)
{
    size_t nul[2] = {0, 0}, half = (n < SAMPLE ? n : SAMPLE) / 2;
    if (n >= 2 && (memcmp(d, "\xFF\xFE", 2) == 0 || memcmp(d, "\xFE\xFF", 2) == 0)) {
        *charset = (unsigned char)d[0] == 0xFF ? CHARSET_UTF16LE : CHARSET_UTF16BE;
        return true;
    }
    for (size_t i = 0; i < half * 2; i++) nul[i % 2] += d[i] == 0;
    for (int k = 0; k < 2; k++)
        if (n % 2 == 0 && half && nul[k] * 100 >= half * ENOUGH_NULS && nul[1 - k] * 100 < half) {
            *charset = k ? CHARSET_UTF16LE : CHARSET_UTF16BE;
            return true;
        }
    return false;
}

/* ---- by the language ---- */

/* The first lines that are not plain ASCII, which say nothing. */
static void take_sample(const char *d, size_t n, Buf *out)
{
    for (size_t i = 0; i < n && out->len < SAMPLE;) {
        const char *stop = memchr(d + i, '\n', n - i);
        size_t len = stop ? (size_t)(stop - d) - i + 1 : n - i;
        if (len > SAMPLE) len = SAMPLE;
        if (!utf8_is_ascii(d + i, len)) buf_addn(out, d + i, len);
        i += len;
    }
}

static Fluency read_as(const Fluent *f, Encoding e, const char *s, size_t n)
{
    Arena a = {0};
    Buf b = {0};
    encoding_decode(e, s, n, &b);
    const char *nfc = viet_nfc(&a, buf_str(&b), b.len);
    Fluency got = fluent_read(f, nfc, strlen(nfc));
    buf_release(&b);
    arena_release(&a);
    return got;
}

static Encoding best_of_bytes(const Fluent *f, const char *s, size_t n)
{
    static const Charset known[] = {CHARSET_CP1252, CHARSET_CP1258, CHARSET_TCVN3, CHARSET_VNI};
    Encoding best = {0};
    Fluency of_best = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Fluency got = read_as(f, (Encoding){.charset = known[i]}, s, n);
        if (i && got.logp <= of_best.logp) continue;
        best.charset = known[i];
        of_best = got;
    }
    best.doubtful = of_best.sensible < LEAST_KNOWN * (of_best.letters + of_best.strange);
    return best;
}

static bool surely(Fluency got, Fluency plain)
{
    return got.logp > plain.logp + SURE_NATS && got.known >= SURE_KNOWN * got.words &&
           got.marked >= SURE_MARKED * got.words;
}

/* "ABCDEF+.VnTimeH": the six letters of a subset are not part of the name. */
static const char *plain_name(const char *name)
{
    const char *plus = strchr(name, '+');
    return plus && plus - name == 6 ? plus + 1 : name;
}

Charset charset_of_font(const char *name, bool *capitals)
{
    const char *plain = plain_name(name);
    bool dot = *plain == '.';
    plain += dot;
    size_t len = strcspn(plain, ",- "); /* .VnTimeH,Bold */
    bool vni = strncasecmp(plain, "VNI", 3) == 0;
    bool abc = !vni && (dot ? strncasecmp(plain, "Vn", 2) == 0
                            : str_starts(plain, "VnT") || str_starts(plain, "VnA"));
    *capitals = abc && plain[len - 1] == 'H';
    return abc ? CHARSET_TCVN3 : vni ? CHARSET_VNI : CHARSET_UTF8;
}

Charset encoding_of_font_text(const Fluent *f, const char *utf8, size_t n)
{
    static const Charset fonts[] = {CHARSET_TCVN3, CHARSET_VNI};
    if (utf8_is_ascii(utf8, n) || viet_has_own_letter(utf8, n)) return CHARSET_UTF8;
    Charset best = CHARSET_UTF8;
    Fluency of_best = read_as(f, (Encoding){0}, utf8, n), plain = of_best;
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
        Fluency got = read_as(f, (Encoding){.charset = fonts[i], .misread = true}, utf8, n);
        if (got.logp <= of_best.logp || !surely(got, plain)) continue;
        best = fonts[i];
        of_best = got;
    }
    return best;
}

bool encoding_is_font_text(const Fluent *f, Charset of_font, const char *utf8, size_t n)
{
    Encoding old = {.charset = of_font, .misread = true};
    return read_as(f, old, utf8, n).logp > read_as(f, (Encoding){0}, utf8, n).logp;
}

/* Whether a text of ASCII could be VIQR at all: signs behind vowels in one place of sixty or more. */
static bool may_be_viqr(const char *s, size_t n)
{
    size_t signs = 0;
    for (size_t i = 1; i < n; i++)
        signs += strchr("aeiouyAEIOUYdD", s[i - 1]) && strchr("(^+*`~'d", s[i]) && s[i];
    return signs * 60 >= n;
}

static Encoding judge_ascii(const Fluent *f, const char *s, size_t n)
{
    Encoding viqr = {.charset = CHARSET_VIQR};
    return surely(read_as(f, viqr, s, n), read_as(f, (Encoding){0}, s, n)) ? viqr : (Encoding){0};
}

static Encoding judge_utf8(const Fluent *f, const char *s, size_t n)
{
    Encoding e = {.charset = encoding_of_font_text(f, s, n)};
    e.misread = e.charset != CHARSET_UTF8;
    return e;
}

static bool judge(const char *d, size_t n, Encoding (*how)(const Fluent *, const char *, size_t),
                  Encoding *found, Err *err)
{
    Fluent *f = fluent_open(err);
    if (f) *found = how(f, d, n);
    fluent_close(f);
    return f;
}

/* UTF-8 with a byte here and there lost: one in ten characters that are not ASCII, at most. */
static bool is_nearly_utf8(const char *s, size_t n)
{
    size_t good = 0, broken = 0;
    int32_t c;
    for (size_t i = 0; i < n;) {
        i += utf8_decode(s + i, n - i, &c);
        broken += c < 0;
        good += c >= 0x80;
    }
    return broken * 10 <= good;
}

bool encoding_find(const char *data, size_t n, Encoding *found, Err *err)
{
    *found = (Encoding){0};
    if (err_is(err) || encoding_is_utf16(data, n, &found->charset)) return !err_is(err);
    bool ok = true, valid = utf8_valid_prefix(data, n) == n;
    size_t head = n < SAMPLE ? n : SAMPLE;
    if (valid && utf8_is_ascii(data, head) && may_be_viqr(data, head))
        ok = judge(data, head, judge_ascii, found, err);
    if (!ok || found->charset) return ok;
    Buf sample = {0};
    take_sample(data, n, &sample);
    found->broken = !valid && is_nearly_utf8(sample.s, sample.len);
    if (!valid && !found->broken)
        ok = judge(buf_str(&sample), sample.len, best_of_bytes, found, err);
    else if (valid && sample.len && !viet_has_own_letter(sample.s, sample.len))
        ok = judge(sample.s, sample.len, judge_utf8, found, err);
    buf_release(&sample);
    return ok;
}

void encoding_decode(Encoding from, const char *data, size_t n, Buf *out)
{
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};
    size_t len = from.charset == CHARSET_UTF8 ? 3 : 2;
    if (from.charset <= CHARSET_UTF16BE && n >= len && memcmp(data, marks[from.charset], len) == 0)
        data += len, n -= len;
    if (from.misread)
        charset_decode_misread(from.charset, data, n, out);
    else
        charset_decode(from.charset, data, n, out);
}
