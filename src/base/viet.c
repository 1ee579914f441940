/* viet_letter('ế'): utf8proc decomposes U+1EBF into e, U+0302 (circumflex) and U+0301 (acute). So the base is e, the
 * mark circumflex, the tone acute. A table keeps the answers for the first 0x1F00 code points; each block of 256 is
 * filled when a letter of it is first asked for. đ and Đ have no decomposition and are set by hand. */
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, LETTERS = 0x1F00 };

/* False for an accent that Vietnamese has not, and for a second mark or tone (U+1E4D has two). */
static bool add_accent(Letter *letter, int32_t c)
{
    Tone tone = TONE_NONE;
    Mark mark = MARK_NONE;
    switch (c) {
    case 0x0300: tone = TONE_GRAVE; break;
    case 0x0301: tone = TONE_ACUTE; break;
    case 0x0303: tone = TONE_TILDE; break;
    case 0x0309: tone = TONE_HOOK; break;
    case 0x0323: tone = TONE_DOT; break;
    case 0x0302: mark = MARK_CIRCUMFLEX; break;
    case 0x0306: mark = MARK_BREVE; break;
    case 0x031B: mark = MARK_HORN; break;
    default: return false;
    }
    if ((tone && letter->tone) || (mark && letter->mark)) return false;
    if (tone) letter->tone = tone;
    if (mark) letter->mark = mark;
    return true;
}

static Letter take_apart(int32_t c)
{
    Letter letter = {0};
    if (c == 0x110 || c == 0x111 || c == 0xD0)
        return (Letter){.base = 'd', .mark = MARK_STROKE, .upper = c != 0x111};
    utf8proc_int32_t part[8];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(c, part, 8, UTF8PROC_DECOMPOSE, &boundary);
    if (n < 1 || n > 8 || part[0] > 'z') return letter;
    if (part[0] >= 'A' && part[0] <= 'Z')
        letter.upper = true;
    else if (part[0] < 'a')
        return letter;
    letter.base = (char)(part[0] | 0x20);
    for (int i = 1; i < n; i++)
        if (!add_accent(&letter, part[i])) return (Letter){0};
    return letter;
}

Letter viet_letter(int32_t c)
{
    static Letter table[LETTERS];
    static bool filled[LETTERS >> 8];
    if (c < 0 || c >= LETTERS) return (Letter){0};
    if (!filled[c >> 8]) { /* block by block: most programs meet three of them */
        for (int32_t i = c & ~0xFF; i <= (c | 0xFF); i++) table[i] = take_apart(i);
        filled[c >> 8] = true;
    }
    return table[c];
}

bool viet_has_own_letter(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        if (c > 0xFF && viet_letter(c).base) return true;
    }
    return false;
}

static int32_t compose_pair(int32_t base, int32_t accent)
{
    if (!accent) return base;
    char in[8];
    size_t n = utf8_encode(base, in);
    n += utf8_encode(accent, in + n);
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)in, (utf8proc_ssize_t)n, &out,
                                        UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    int32_t c = -1;
    if (len > 0 && utf8_decode((char *)out, (size_t)len, &c) != (size_t)len) c = -1;
    free(out);
    return c;
}

int32_t viet_compose(Letter letter)
{
    static const int32_t marks[] = {0, 0x306, 0x302, 0x31B}, tones[] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};
    if (letter.base < 'a' || letter.base > 'z') return -1;
    int32_t base = letter.upper ? letter.base - 'a' + 'A' : letter.base;
    if (letter.mark == MARK_STROKE)
        return letter.base == 'd' && letter.tone == TONE_NONE ? (letter.upper ? 0x110 : 0x111) : -1;
    int32_t marked = compose_pair(base, marks[letter.mark]);
    return marked < 0 ? -1 : compose_pair(marked, tones[letter.tone]);
}

static utf8proc_category_t category(int32_t c)
{
    return c < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(c);
}

bool viet_is_letter(int32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool viet_is_upper(int32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return category(c) == UTF8PROC_CATEGORY_LU;
}

bool viet_is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

bool viet_is_space(int32_t c)
{
    if (c < 0x80) return (c >= 0 && c <= ' ') || c == 0x7F;
    return category(c) == UTF8PROC_CATEGORY_ZS || c < 0xA0 || c == 0xFEFF || c == 0x200B;
}

int32_t viet_lower(int32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return c == 0xD0 ? 0x111 : utf8proc_tolower(c);
}

int32_t viet_upper(int32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    return utf8proc_toupper(c);
}

static int32_t one_d(int32_t c)
{
    return c == 0xD0 ? 0x110 : c;
}

/* The string with each code point mapped, broken bytes as U+FFFD; heap. */
static char *map_chars(const char *s, size_t n, int32_t (*map)(int32_t))
{
    Buf b = {0};
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        buf_add_char(&b, map(c));
    }
    return buf_steal(&b);
}

static char *into_arena(Arena *a, char *heap)
{
    char *s = arena_str(a, heap);
    free(heap);
    return s;
}

static bool is_combining(int32_t c)
{
    return c >= 0x300 && utf8proc_get_property(c)->combining_class > 0;
}

/* What is given to utf8proc, which sorts a run of combining marks in quadratic time. A run is cut after 30 marks, the
 * limit of UAX #15 for stream-safe text; writing has three at most. Heap. */
static char *nfc_input(const char *s, size_t n)
{
    enum { MOST_MARKS = 30 };
    Buf b = {0};
    for (size_t i = 0, marks = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        marks = is_combining(c) ? marks + 1 : 0;
        if (marks <= MOST_MARKS) buf_add_char(&b, one_d(c));
    }
    return buf_steal(&b);
}

char *viet_nfc(Arena *a, const char *s, size_t n)
{
    char *clean = nfc_input(s, n);
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)strlen(clean),
                                        &out, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    char *result = len >= 0 ? arena_strn(a, (char *)out, (size_t)len) : arena_str(a, clean);
    free(out);
    free(clean);
    return result;
}

char *viet_lower_str(Arena *a, const char *s)
{
    return into_arena(a, map_chars(s, strlen(s), viet_lower));
}
char *viet_upper_str(Arena *a, const char *s)
{
    return into_arena(a, map_chars(s, strlen(s), viet_upper));
}

int32_t viet_bare(int32_t c)
{
    if (c < 0x80) return viet_lower(c);
    Letter letter = viet_letter(c);
    if (letter.base) return letter.base;
    utf8proc_int32_t part[8];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char(c, part, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);
    if (n < 1 || n > 8) return c;
    return category(part[0]) == UTF8PROC_CATEGORY_MN ? -1 : part[0];
}

char *viet_skeleton(Arena *a, const char *s)
{
    Buf b = {0};
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        int32_t plain = c < 0 ? REPLACEMENT : viet_bare(c);
        if (plain >= 0) buf_add_char(&b, plain);
    }
    return into_arena(a, buf_steal(&b));
}

char *viet_key(Arena *a, const char *s)
{
    Buf b = {0};
    bool gap = false;
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        int32_t plain = c < 0 ? ' ' : viet_bare(c);
        if (plain < 0) continue;
        if (viet_is_letter(plain) || viet_is_digit(plain)) {
            if (gap && b.len) buf_addc(&b, ' ');
            buf_add_char(&b, plain);
            gap = false;
        } else {
            gap = true;
        }
    }
    return into_arena(a, buf_steal(&b));
}

char *viet_trim(Arena *a, const char *s)
{
    Buf b = {0};
    bool gap = false;
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        size_t len = utf8_decode(s + i, n - i, &c);
        if (viet_is_space(c)) {
            gap = true;
        } else {
            if (gap && b.len) buf_addc(&b, ' ');
            buf_addn(&b, s + i, len);
            gap = false;
        }
        i += len;
    }
    return into_arena(a, buf_steal(&b));
}

/* ---- where a tone stands ---- */

static bool is_vowel(char base)
{
    return base && strchr("aeiouy", base);
}

static bool is_coda(const Letter *l, size_t n)
{
    static const char *const codas[] = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    for (size_t k = 0; k < sizeof codas / sizeof *codas; k++) {
        size_t i = 0;
        while (i < n && codas[k][i] == l[i].base) i++;
        if (i == n && !codas[k][n]) return true;
    }
    return false;
}

/* The vowels of a syllable: [*from, *to). The u of qu and the i of gi before a vowel belong to the onset. */
static bool find_vowels(const Letter *l, size_t n, size_t *from, size_t *to)
{
    size_t i = 0;
    while (i < n && !is_vowel(l[i].base)) i++;
    bool glide = i == 1 && n > 2 && is_vowel(l[2].base) &&
                 ((l[0].base == 'q' && l[1].base == 'u') || (l[0].base == 'g' && l[1].base == 'i'));
    if (glide && l[1].mark == MARK_NONE) i++;
    *from = i;
    while (i < n && is_vowel(l[i].base)) i++;
    *to = i;
    return *to > *from && *to - *from <= 3 && is_coda(l + i, n - i);
}

/* hòa: o, a without a coda: o in the old style. hoàn: with a coda, the second. thuyền: ê has a mark. */
static size_t tone_place(const Letter *l, size_t n, size_t from, size_t to, ToneStyle style)
{
    for (size_t i = to; i > from; i--)
        if (l[i - 1].mark != MARK_NONE) return i - 1;
    if (to - from == 1) return from;
    if (to - from == 3 || to < n) return from + 1;
    char a = l[from].base, b = l[from + 1].base;
    bool either = (a == 'o' && (b == 'a' || b == 'e')) || (a == 'u' && b == 'y');
    return either && style == TONE_NEW ? from + 1 : from;
}

bool viet_place_tone(int32_t *c, size_t n, ToneStyle style)
{
    enum { LONGEST = 8 }; /* letters: nghiêng has seven */
    Letter l[LONGEST];
    size_t from, to, at = n;
    if (n > LONGEST || n < 2) return false;
    for (size_t i = 0; i < n; i++) {
        l[i] = viet_letter(c[i]);
        if (!l[i].base || (l[i].tone && at < n)) return false;
        if (l[i].tone) at = i;
    }
    if (at == n || !find_vowels(l, n, &from, &to)) return false;
    size_t place = tone_place(l, n, from, to, style);
    if (place == at) return false;
    l[place].tone = l[at].tone;
    l[at].tone = TONE_NONE;
    c[at] = viet_compose(l[at]);
    c[place] = viet_compose(l[place]);
    return true;
}

char *viet_tone_str(Arena *a, const char *s, ToneStyle style)
{
    size_t len = strlen(s), n = 0;
    int32_t *c = arena_new(a, int32_t, len + 1);
    for (size_t i = 0; i < len; n++) i += utf8_decode(s + i, len - i, &c[n]);
    for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && viet_is_letter(c[i])) i++;
        if (i > from)
            viet_place_tone(c + from, i - from, style);
        else
            i++;
    }
    Buf b = {0};
    for (size_t i = 0; i < n; i++) buf_add_char(&b, c[i]);
    return into_arena(a, buf_steal(&b));
}
