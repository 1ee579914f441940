/* A text in the one form that the models know: NFC, đ for ð, accents on the letters they belong to, tones in their place.
 *
 * Example: "tiê ́ng" is cut in two by a blank before the acute: the parts are one chunk, tiếng. "Ðiều" begins with a letter
 * of Icelandic: Điều. "tóan" has its tone on the wrong vowel, and there is one place for it: toán. "hoà" stays, for two
 * places are in use there. */
#include "restore/private.h"

#include "base/viet.h"

#include <string.h>

static bool is_combining(int32_t c)
{
    return c >= 0x300 && c < 0x370;
}

/* Accents that stand by themselves, as the combining ones that they stand for; 0 for all else. */
static int32_t combining_of(int32_t c)
{
    switch (c) {
    case 0xB4:
    case 0x2CA: return 0x301;
    case 0x2CB: return 0x300;
    case 0x2C6: return 0x302;
    case 0x2D8: return 0x306;
    case 0x2DC: return 0x303;
    case 0x2C0: return 0x309;
    default: return 0;
    }
}

/* The bytes may hold what is not NFC, or one of the characters above. */
static bool needs_form(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i], next = i + 1 < n ? (unsigned char)s[i + 1] : 0;
        if (c < 0xC2) continue;
        if (c >= 0xCB && c <= 0xCD) return true;
        if ((c == 0xC3 && (next == 0x90 || next == 0xB0)) || (c == 0xC2 && next == 0xB4)) return true;
    }
    return false;
}

static int32_t one_form(int32_t c, int32_t before)
{
    if (c == 0xF0) return 0x111;
    int32_t accent = combining_of(c);
    return accent && viet_is_letter(before) ? accent : c;
}

static void add_form(Buf *out, const char *s, size_t n)
{
    Buf b = {0};
    Arena a = {0};
    int32_t before = 0;
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        c = one_form(c, before);
        buf_add_char(&b, c);
        if (!is_combining(c)) before = c;
    }
    buf_add(out, viet_nfc(&a, buf_str(&b), b.len));
    arena_release(&a);
    buf_release(&b);
}

static bool is_word(const Lexicon *lex, const int32_t *c, size_t n)
{
    char s[TOKEN_KEY_MOST], key[TOKEN_KEY_MOST];
    size_t len = 0;
    for (size_t i = 0; i < n; i++) len += utf8_encode(c[i], s + len);
    size_t m = token_word_key(s, len, key);
    return lexicon_find(lex, key, m, false) != LM_UNKNOWN || lexicon_find(lex, key, m, true) != LM_UNKNOWN;
}

/* The tone of a run of letters goes to its place, unless it stands where one of both styles puts it. */
static bool place_tone(const Lexicon *lex, int32_t *c, size_t n)
{
    enum { LONGEST = 8 };
    int32_t new_style[LONGEST], old_style[LONGEST];
    if (n > LONGEST) return false;
    memcpy(new_style, c, n * sizeof *c);
    memcpy(old_style, c, n * sizeof *c);
    if (!viet_place_tone(old_style, n, TONE_OLD) || !viet_place_tone(new_style, n, TONE_NEW)) return false;
    if (!is_word(lex, old_style, n)) return false;
    memcpy(c, old_style, n * sizeof *c);
    return true;
}

static void place_tones(const Lexicon *lex, Buf *out, size_t from)
{
    enum { LONGEST = 64 };
    int32_t c[LONGEST];
    size_t n = 0;
    bool moved = false;
    for (size_t i = from; i < out->len; i += utf8_decode(out->s + i, out->len - i, &c[n++]))
        if (n == LONGEST) return;
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (char_kind(c[i]) != CHAR_LETTER) continue;
        while (end < n && char_kind(c[end]) == CHAR_LETTER) end++;
        moved = place_tone(lex, c + i, end - i) || moved;
    }
    if (!moved) return;
    out->len = from;
    for (size_t i = 0; i < n; i++) buf_add_char(out, c[i]);
}

void prepare_word(const Restore *r, Buf *out, const char *s, size_t n)
{
    size_t from = out->len;
    if (r->typed) {
        typed_add(r, s, n, r->typed, out);
        return;
    }
    if (utf8_is_ascii(s, n)) {
        buf_addn(out, s, n);
        return;
    }
    if (needs_form(s, n))
        add_form(out, s, n);
    else
        buf_addn(out, s, n);
    place_tones(&r->lex, out, from);
}

/* ---- a text ---- */

static size_t blank_length(const char *s, size_t n)
{
    int32_t c;
    if (*s > ' ' && *s < 0x7F) return 0;
    size_t len = utf8_decode(s, n, &c);
    return char_kind(c) == CHAR_BLANK ? len : 0;
}

static size_t word_end(const char *s, size_t n, size_t at)
{
    while (at < n) {
        int32_t c;
        if (s[at] > ' ' && s[at] < 0x7F) {
            at++;
            continue;
        }
        if (blank_length(s + at, n - at)) break;
        at += utf8_decode(s + at, n - at, &c);
    }
    return at;
}

CellBegin text_cell_begins(const Text *t, const Token *token)
{
    uint32_t i = token->at;
    bool tab = false;
    for (; i > 0 && (t->raw[i - 1] == ' ' || t->raw[i - 1] == '\t'); i--) tab = tab || t->raw[i - 1] == '\t';
    if (i > 0 && (tab || t->raw[i - 1] == '|')) return CELL_SURE;
    return i > 0 && token->at - i >= 2 ? CELL_PERHAPS : CELL_NONE;
}

bool text_line_is_small(const Text *t, uint32_t at)
{
    for (size_t i = at; i < t->n && t->raw[i] != '\n';) {
        int32_t c = t->raw[i];
        i += c >= 0 ? 1 : utf8_decode(t->raw + i, t->n - i, &c);
        if (viet_is_upper(c)) return false;
    }
    return true;
}

/* An accent torn off by a blank: [at, end) begins with it, and letters stand before the one blank. */
static bool is_torn_accent(const char *s, size_t at, size_t end, const Chunk *before)
{
    int32_t first, c = 0;
    utf8_decode(s + at, end - at, &first);
    if (!before || !is_combining(first) || before->raw_at + before->raw_len + 1 != at || s[at - 1] != ' ')
        return false;
    for (size_t i = before->raw_at; i < at - 1;) i += utf8_decode(s + i, at - 1 - i, &c);
    return viet_is_letter(c) || is_combining(c);
}

/* The word before, with the piece that was torn off it. */
static void add_torn(const Restore *r, const char *s, size_t end, Chunk *c, Buf *out)
{
    Buf whole = {0};
    for (size_t i = c->raw_at; i < end; i++)
        if (s[i] != ' ') buf_addc(&whole, s[i]);
    out->len = c->at;
    prepare_word(r, out, buf_str(&whole), whole.len);
    c->raw_len = (uint32_t)(end - c->raw_at), c->len = (uint32_t)(out->len - c->at);
    c->reformed = true;
    buf_release(&whole);
}

void prepare_text(const Restore *r, const char *s, size_t n, bool as_is, Buf *out, Chunks *chunks)
{
    bool begins = true;
    for (size_t i = 0; i < n;) {
        size_t blank = blank_length(s + i, n - i), from = i;
        if (blank) {
            begins = begins || s[i] == '\n';
            buf_addn(out, s + i, blank);
            i += blank;
            continue;
        }
        i = word_end(s, n, i);
        Chunk *before = chunks->n && !begins ? &chunks->v[chunks->n - 1] : NULL;
        if (!as_is && is_torn_accent(s, from, i, before)) {
            add_torn(r, s, i, before, out);
            continue;
        }
        uint32_t at = (uint32_t)out->len;
        if (as_is)
            buf_addn(out, s + from, i - from);
        else
            prepare_word(r, out, s + from, i - from);
        bool same = out->len - at == i - from && memcmp(out->s + at, s + from, i - from) == 0;
        *vec_push(chunks) =
            (Chunk){.at = at,
                    .len = (uint32_t)out->len - at,
                    .raw_at = (uint32_t)from,
                    .raw_len = (uint32_t)(i - from),
                    .begins_line = begins,
                    .begins_cell = !begins && text_cell_begins(&(Text){.raw = out->s}, &(Token){.at = at}),
                    .reformed = !same};
        begins = false;
    }
}
