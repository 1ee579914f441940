/* A byte means a character, or a mark for the letter before it. One table of 256 for each charset says which;
 * a mark is written down by the letter "a" that wears it, negative:
 *
 *     VNI   F6 'ö' = ư    F4 'ô' = ơ    F8 'ø' = mark à:    t r F6 F4 F8 n g  ->  t r ư (ơ + grave) n g
 *     1258  FD 'ý' = ư    F5 'õ' = ơ    CC     = mark à:    the same
 *     TCVN3 EA     = ờ    AD     = ư
 *
 * The last letter is held back until it is known that no mark follows.
 */
#include "base/charset.h"

#include "base/viet.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD, HIGH = 0x80 };

/* What a charset has that Windows-1252 has not: characters from byte `at` on, or marks, shown on an "a". */
typedef struct CodeRun {
    unsigned char at;
    bool marks;
    const char *text;
} CodeRun;

static const CodeRun windows_pieces[] = {
    {0x80, false, "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"}, {0}};

static const CodeRun cp1258_pieces[] = {
    {0xC3, false, "Ă"}, {0xCC, true, "à"},  {0xD0, false, "Đ"}, {0xD2, true, "ả"},  {0xD5, false, "Ơ"},
    {0xDD, false, "Ư"}, {0xDE, true, "ã"},  {0xE3, false, "ă"}, {0xEC, true, "á"},  {0xF0, false, "đ"},
    {0xF2, true, "ạ"},  {0xF5, false, "ơ"}, {0xFD, false, "ư"}, {0xFE, false, "₫"}, {0}};

static const CodeRun tcvn3_pieces[] = {{0xA1, false, "ĂÂÊÔƠƯĐăâêôơưđẰ"},
                                       {0xB0, true, "àảãáạ"},
                                       {0xB5, false, "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"},
                                       {0xE0, false, "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"},
                                       {0}};

static const CodeRun vni_pieces[] = {{0xC0, true, "ầấâẫậẩ"},
                                     {0xC6, false, "Ỉ"},
                                     {0xC8, true, "ằắăặ"},
                                     {0xCC, false, "ÌÍỴ"},
                                     {0xCF, true, "ạ"},
                                     {0xD1, false, "ĐỊĨƠ"},
                                     {0xD5, true, "ã"},
                                     {0xD6, false, "Ư"},
                                     {0xD8, true, "àáẳảẵ"},
                                     {0xE0, true, "ầấâẫậẩ"},
                                     {0xE6, false, "ỉ"},
                                     {0xE8, true, "ằắăặ"},
                                     {0xEC, false, "ìíỵ"},
                                     {0xEF, true, "ạ"},
                                     {0xF1, false, "địĩơ"},
                                     {0xF5, true, "ã"},
                                     {0xF6, false, "ư"},
                                     {0xF8, true, "àáẳảẵ"},
                                     {0}};

static void lay_pieces(int32_t *table, const CodeRun *p)
{
    for (; p->text; p++) {
        int32_t c;
        size_t n = strlen(p->text);
        for (size_t i = 0, at = p->at; i < n; at++) {
            i += utf8_decode(p->text + i, n - i, &c);
            table[at] = p->marks ? -c : c;
        }
    }
}

/* By byte: a character, or a negative mark. */
static const int32_t *table_of(Charset charset)
{
    static const CodeRun *const pieces[CHARSETS] = {
        [CHARSET_CP1258] = cp1258_pieces, [CHARSET_TCVN3] = tcvn3_pieces, [CHARSET_VNI] = vni_pieces};
    static int32_t table[CHARSETS][256];
    int32_t *t = table[charset];
    if (t['a']) return t;
    for (int i = 0; i < 256; i++) t[i] = i;
    lay_pieces(t, windows_pieces);
    if (pieces[charset]) lay_pieces(t, pieces[charset]);
    return t;
}

const char *charset_name(Charset charset)
{
    static const char *const names[] = {"UTF-8",
                                        "UTF-16 (little-endian)",
                                        "UTF-16 (big-endian)",
                                        "Windows-1258",
                                        "TCVN3 (ABC)",
                                        "VNI",
                                        "Windows-1252",
                                        "VIQR"};
    return names[charset];
}

/* ---- letters and their marks ---- */

/* Writes characters, the last one held back. */
typedef struct CharWriter {
    Buf *out;
    int32_t held; /* -1: none */
} CharWriter;

static void write_char(CharWriter *w, int32_t c)
{
    if (w->held >= 0) buf_add_char(w->out, w->held);
    w->held = c;
}

/* The letter c with a mark and a tone more; -1 when it cannot have them. */
static int32_t marked(int32_t c, Letter add)
{
    Letter l = viet_letter(c);
    if (c < 0 || !l.base || (add.mark && l.mark) || (add.tone && l.tone)) return -1;
    if (!strchr("aeiouy", l.base) && add.mark != MARK_STROKE) return -1;
    if (add.mark) l.mark = add.mark;
    if (add.tone) l.tone = add.tone;
    return viet_compose(l);
}

/* A mark that fits no letter is what it is in Windows-1252. */
static void write_mark(CharWriter *w, int32_t mark, unsigned char byte)
{
    int32_t c = marked(w->held, viet_letter(mark));
    if (c >= 0)
        w->held = c;
    else
        write_char(w, table_of(CHARSET_CP1252)[byte]);
}

static void write_byte(CharWriter *w, const int32_t *table, unsigned char byte)
{
    if (table[byte] < 0)
        write_mark(w, -table[byte], byte);
    else
        write_char(w, table[byte]);
}

/* ---- VIQR ---- */

/* The letter that wears what the sign stands for, 0: it stands for itself. */
static int32_t viqr_mark(char sign)
{
    switch (sign) {
    case '(': return 0x103; /* ă */
    case '^': return 0xE2;  /* â */
    case '+':
    case '*': return 0x1A1; /* ơ */
    case '`': return 0xE0;
    case '?': return 0x1EA3;
    case '~': return 0xE3;
    case '\'': return 0xE1;
    case '.': return 0x1EA1;
    default: return 0;
    }
}

/* "Co. so+." at the end of a line: nobody escapes the full stop of a sentence, although the RFC wants it. Where the text
 * has no escapes at all, '.' and '?' at the end of a line are a full stop and a question mark. */
static bool viqr_ends(const char *s, size_t n, size_t i, bool escapes)
{
    if (escapes || (s[i] != '.' && s[i] != '?')) return false;
    return i + 1 >= n || s[i + 1] == '\n' || s[i + 1] == '\r';
}

static void decode_viqr(const char *s, size_t n, CharWriter *w)
{
    bool escapes = memchr(s, '\\', n), bound = false; /* bound: the letter before takes no more */
    for (size_t i = 0; i < n; i++) {
        int32_t mark = bound ? 0 : viqr_mark(s[i]);
        int32_t c = mark && !viqr_ends(s, n, i, escapes) ? marked(w->held, viet_letter(mark)) : -1;
        bound = false;
        if ((s[i] == 'd' || s[i] == 'D') && i + 1 < n && (s[i + 1] | 0x20) == 'd') {
            write_char(w, s[i] == 'd' ? 0x111 : 0x110);
            i++;
        } else if (c >= 0) {
            w->held = c;
        } else if (s[i] == '\\' && i + 1 < n) {
            write_char(w, (unsigned char)s[++i]);
            bound = true;
        } else {
            write_char(w, (unsigned char)s[i] < HIGH ? s[i] : REPLACEMENT);
        }
    }
}

/* What follows the plain letter, or NUL. */
static char viqr_sign(Mark mark, Tone tone)
{
    static const char marks[] = "\0(^+", tones[] = "\0`?~'.";
    return mark ? marks[mark] : tones[tone];
}

static void encode_viqr(int32_t c, int32_t before, Buf *out)
{
    Letter l = viet_letter(c);
    bool open =
        before >= 0 && c < HIGH && viqr_mark((char)c) && marked(before, viet_letter(viqr_mark((char)c))) >= 0;
    if (c == '\\' || open || ((c | 0x20) == 'd' && (before == 'd' || before == 'D'))) buf_addc(out, '\\');
    if (c < HIGH) {
        buf_addc(out, (char)c);
    } else if (l.mark == MARK_STROKE) {
        buf_add(out, l.upper ? "DD" : "dd");
    } else if (!l.base) {
        buf_addc(out, '?');
    } else {
        buf_addc(out, l.upper ? (char)(l.base - 0x20) : l.base);
        if (l.mark) buf_addc(out, viqr_sign(l.mark, TONE_NONE));
        if (l.tone) buf_addc(out, viqr_sign(MARK_NONE, l.tone));
    }
}

/* ---- UTF-16 ---- */

static void decode_utf16(const char *s, size_t n, bool big, Buf *out)
{
    const unsigned char *p = (const unsigned char *)s;
    int32_t lead = 0; /* a high surrogate that waits */
    for (size_t i = 0; i + 1 < n; i += 2) {
        int32_t c = big ? p[i] << 8 | p[i + 1] : p[i + 1] << 8 | p[i];
        bool low = c >= 0xDC00 && c <= 0xDFFF;
        if (lead && !low) buf_add_char(out, REPLACEMENT);
        if (lead && low) c = 0x10000 + ((lead - 0xD800) << 10) + (c - 0xDC00);
        lead = c >= 0xD800 && c <= 0xDBFF ? c : 0;
        if (!lead) buf_add_char(out, c);
    }
    if (lead || n % 2) buf_add_char(out, REPLACEMENT);
}

static void encode_utf16(int32_t c, bool big, Buf *out)
{
    int32_t unit[2] = {c, 0};
    if (c > 0xFFFF) unit[0] = 0xD800 + ((c - 0x10000) >> 10), unit[1] = 0xDC00 + (c & 0x3FF);
    for (int i = 0; i < (c > 0xFFFF ? 2 : 1); i++) {
        buf_addc(out, (char)(big ? unit[i] >> 8 : unit[i]));
        buf_addc(out, (char)(big ? unit[i] : unit[i] >> 8));
    }
}

/* ---- in and out ---- */

void charset_decode(Charset from, const char *s, size_t n, Buf *out)
{
    CharWriter w = {out, -1};
    switch (from) {
    case CHARSET_UTF8:
        for (size_t i = 0; i < n;) {
            int32_t c;
            i += utf8_decode(s + i, n - i, &c);
            write_char(&w, c < 0 ? REPLACEMENT : c);
        }
        break;
    case CHARSET_UTF16LE:
    case CHARSET_UTF16BE: decode_utf16(s, n, from == CHARSET_UTF16BE, out); break;
    case CHARSET_VIQR: decode_viqr(s, n, &w); break;
    default:
        for (size_t i = 0; i < n; i++) write_byte(&w, table_of(from), (unsigned char)s[i]);
    }
    write_char(&w, -1);
}

/* The byte that is c in Windows-1252, or -1. */
static int windows_byte(int32_t c)
{
    const int32_t *windows = table_of(CHARSET_CP1252);
    if (c < HIGH || (c >= 0xA0 && c <= 0xFF)) return c;
    for (int i = HIGH; i < 0xA0; i++)
        if (windows[i] == c || i == c) return i;
    return -1;
}

void charset_decode_misread(Charset from, const char *utf8, size_t n, Buf *out)
{
    CharWriter w = {out, -1};
    if (from == CHARSET_VIQR) {
        charset_decode(from, utf8, n, out);
        return;
    }
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(utf8 + i, n - i, &c);
        int byte = c < 0 ? -1 : windows_byte(c);
        if (byte >= 0)
            write_byte(&w, table_of(from), (unsigned char)byte);
        else
            write_char(&w, c < 0 ? REPLACEMENT : c);
    }
    write_char(&w, -1);
}

/* The byte that means c (negative: the mark), or -1. Lower-case halves come last and are preferred for marks.
 */
static int byte_of(const int32_t *table, int32_t c, bool upper)
{
    int found = -1;
    for (int i = 0; i < 256; i++)
        if (table[i] == c && (found < 0 || !upper)) found = i;
    return found;
}

static int32_t sample(Mark mark, Tone tone)
{
    return -viet_compose((Letter){.base = 'a', .mark = mark, .tone = tone});
}

/* c as one byte; as its letter and one mark that holds all; as its letter with its mark, and the tone. */
static bool encode_marked(const int32_t *table, int32_t c, Buf *out)
{
    Letter l = viet_letter(c), plain = {.base = l.base, .upper = l.upper}, toneless = l;
    toneless.tone = TONE_NONE;
    if (!l.base) return false;
    int letter = byte_of(table, viet_compose(plain), true);
    int mark = byte_of(table, sample(l.mark == MARK_HORN ? MARK_NONE : l.mark, l.tone), l.upper);
    if (l.mark == MARK_HORN || mark < 0) {
        letter = byte_of(table, viet_compose(toneless), true);
        mark = byte_of(table, sample(MARK_NONE, l.tone), l.upper);
    }
    if (letter < 0 || mark < 0) return false;
    buf_addc(out, (char)letter);
    buf_addc(out, (char)mark);
    return true;
}

static void encode_bytes(const int32_t *table, int32_t c, Buf *out)
{
    int byte = byte_of(table, c, true);
    if (byte >= 0)
        buf_addc(out, (char)byte);
    else if (!encode_marked(table, c, out))
        buf_addc(out, '?');
}

void charset_encode(Charset to, const char *utf8, size_t n, Buf *out)
{
    int32_t c, before = -1;
    for (size_t i = 0; i < n; before = c) {
        i += utf8_decode(utf8 + i, n - i, &c);
        if (c < 0) c = REPLACEMENT;
        switch (to) {
        case CHARSET_UTF8: buf_add_char(out, c); break;
        case CHARSET_UTF16LE:
        case CHARSET_UTF16BE: encode_utf16(c, to == CHARSET_UTF16BE, out); break;
        case CHARSET_VIQR: encode_viqr(c, before, out); break;
        default: encode_bytes(table_of(to), c, out);
        }
    }
}
