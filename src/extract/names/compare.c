/* What was read against what was meant: letters without marks or blanks, and the digits and signs that an engine makes
 * of letters undone. "M4m non" is "mamnon"; "memnon" is one edit from it; "O8" is 8 where a number is wanted. */
#include "extract/names/token.h"

#include "base/align.h"
#include "base/str.h"
#include "base/viet.h"
#include "model/gazetteer.h"

#include <string.h>

/* The letter an engine made this digit or sign of, when it stands in a word. */
static char letter_behind(int32_t c)
{
    switch (c) {
    case '0':
    case '6':
    case '@': return 'o';
    case '1':
    case '|': return 'l';
    case '4': return 'a';
    case '5':
    case '$': return 's';
    case '8': return 'b';
    case '9': return 'g';
    default: return 0;
    }
}

static int compact_word(const char *s, char *out, int room)
{
    Arena tmp = {0};
    const char *bare = viet_skeleton(&tmp, s);
    bool letters = false;
    int n = 0;
    for (const char *p = bare; *p; p++) letters |= *p >= 'a' && *p <= 'z';
    for (const char *p = bare; *p && n < room; p++) {
        unsigned char c = (unsigned char)*p;
        char behind = letters ? letter_behind(c) : 0;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && !behind))
            out[n++] = (char)c;
        else if (behind)
            out[n++] = behind;
    }
    arena_release(&tmp);
    return n;
}

int compact(const char *s, char out[COMPACT_MOST])
{
    int n = compact_word(s, out, COMPACT_MOST - 1);
    out[n] = '\0';
    return n;
}

int compact_run(Run r, bool raw, char out[COMPACT_MOST])
{
    int n = 0;
    for (int i = 0; i < r.n; i++)
        for (const char *p = raw ? r.v[i].read : r.v[i].letters; *p && n < COMPACT_MOST - 1;) out[n++] = *p++;
    out[n] = '\0';
    return n;
}

bool has_fuzzy(const char *text, const char *pattern, int most)
{
    return edit_distance_inside(text, (int)strlen(text), pattern, (int)strlen(pattern), most) <= most;
}

bool tok_is(const Tok *t, const char *key)
{
    return !t->mark && (strcmp(t->key, key) == 0 || strcmp(t->read_key, key) == 0);
}

/* ---- words of the language ---- */

static bool is_key(const char *key, const char *syllable, size_t n)
{
    return strncmp(key, syllable, n) == 0 && !key[n];
}

/* Is the token the syllable that the words begin with? */
static bool is_syllable(const Tok *t, const char *words)
{
    size_t n = strcspn(words, " ");
    return !t->mark && (is_key(t->key, words, n) || is_key(t->read_key, words, n));
}

/* How many tokens the words take from the front; 0: they are others. */
static int syllables_at(Run r, const char *words)
{
    for (int n = 0; n < r.n && is_syllable(&r.v[n], words);) {
        n++;
        words += strcspn(words, " ");
        if (!*words++) return n;
    }
    return 0;
}

const Keyword *run_word(Run r, WordKind kind, int *used)
{
    KeywordList list = r.n && !r.v[0].mark ? words_of_kind(r.v[0].words, kind) : (KeywordList){0};
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if ((*used = syllables_at(r, w->key))) return w;
    return NULL;
}

static bool has_marks_of(Run r, const char *lower)
{
    Arena tmp = {0};
    bool same = true;
    for (int i = 0; i < r.n && same; i++) {
        size_t n = strcspn(lower, " ");
        const char *text = viet_lower_str(&tmp, r.v[i].text);
        same = strncmp(text, lower, n) == 0 && strcspn(text, ".:,") == n;
        lower += n + (lower[n] == ' ');
    }
    arena_release(&tmp);
    return same;
}

const Keyword *run_word_marked(Run r, WordKind kind, int *used)
{
    KeywordList list = r.n && !r.v[0].mark ? words_of_kind(r.v[0].words, kind) : (KeywordList){0};
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if ((*used = syllables_at(r, w->key)) && has_marks_of(run_part(r, 0, *used), w->lower)) return w;
    return NULL;
}

/* "Trương" that somebody typed, of the word "trường": it has marks, and others. */
static bool has_other_marks(const Tok *t, const Keyword *w)
{
    enum { MOST = 32 };
    char text[MOST];
    size_t n = 0, bytes;
    bool marked = false;
    int32_t c;
    for (const char *s = t->text; *s && n + 4 < MOST; s += bytes) {
        bytes = utf8_decode(s, strlen(s), &c);
        if (!viet_is_letter(c)) continue;
        memcpy(text + n, s, bytes);
        n += bytes, marked |= c >= 0x80;
    }
    text[n] = '\0';
    return marked && !gazetteer_same(text, w->lower);
}

const Keyword *tok_word(const Tok *t, WordKind kind)
{
    KeywordList list = t->mark ? (KeywordList){0} : words_of_kind(t->words, kind);
    bool exact = t->typed == TYPED_YES && kind == WORD_LEAD; /* "Trương" is a family's name */
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (tok_is(t, w->key) && !(exact && has_other_marks(t, w))) return w;
    return NULL;
}

static int syllables(const char *key)
{
    int n = 1;
    for (; *key; key++) n += *key == ' ';
    return n;
}

const Keyword *run_word_at_end(Run r, WordKind kind, bool (*good)(const Tok *), int *used)
{
    KeywordList list = r.n ? words_of_kind(r.v[0].words, kind) : (KeywordList){0};
    for (int i = 0; i < list.n; i++) {
        int n = syllables(list.v[i].key), k = 0;
        if (n > r.n) continue;
        Run end = run_part(r, r.n - n, n);
        while (k < n && good(&end.v[k])) k++;
        if (k == n && syllables_at(end, list.v[i].key)) return *used = n, &list.v[i];
    }
    return NULL;
}

bool has_word(Run r, const char *letters, WordKind kind)
{
    KeywordList list = r.n ? words_of_kind(r.v[0].words, kind) : (KeywordList){0};
    for (int i = 0; i < list.n; i++)
        if (has_fuzzy(letters, list.v[i].letters, list.v[i].edits)) return true;
    return false;
}

bool has_word_near(Run r, const char *letters, WordKind kind, int most)
{
    KeywordList list = r.n ? words_of_kind(r.v[0].words, kind) : (KeywordList){0};
    for (int i = 0; i < list.n; i++)
        if (has_fuzzy(letters, list.v[i].letters, most)) return true;
    return false;
}

/* ---- a word inside a run ---- */

void run_letters(Run r, Letters *out)
{
    out->n = compact_run(r, false, out->text), out->m = compact_run(r, true, out->raw);
    out->bag = letters_bag(out->text), out->raw_bag = letters_bag(out->raw);
}

/* "Trưởng" is not "trường"; "Truong", which lost its marks, may be. Somebody who typed "Nam" did not mean "năm". */
static bool marks_agree(const Tok *t, const char *syllable, size_t n)
{
    Arena tmp = {0};
    char *lower = viet_lower_str(&tmp, t->text);
    size_t len = strcspn(lower, ".:,;"), dot = strcspn(syllable, "."); /* "TT." and "tt." */
    if (dot < n) n = dot;
    lower[len] = '\0';
    bool bare = strcmp(lower, t->key) == 0, same = gazetteer_same(lower, arena_strn(&tmp, syllable, n));
    arena_release(&tmp);
    if (t->typed == TYPED_YES) return same;
    return bare || same || strcmp(t->key, t->read_key) != 0;
}

bool run_begins_with(Run r, const Keyword *w)
{
    int n = syllables_at(r, w->key);
    const char *lower = w->lower;
    for (int i = 0; i < n; i++) {
        size_t len = strcspn(lower, " ");
        if (!marks_agree(&r.v[i], lower, len)) return false;
        lower += len + (lower[len] == ' ');
    }
    return n > 0;
}

/* Inside a token, with other letters round it. */
static int find_inside(Run r, const char *letters, const Keyword *w)
{
    enum { LEAST = 6 };
    if (w->len < LEAST) return -1;
    int at = 0;
    for (int i = 0; i < r.n; i++) {
        const char *hit = strstr(r.v[i].letters, letters);
        if (hit && (int)strlen(r.v[i].letters) > w->len) return at + (int)(hit - r.v[i].letters);
        at += (int)strlen(r.v[i].letters);
    }
    return -1;
}

static int find_whole(Run r, const Keyword *w)
{
    int at = 0;
    for (int i = 0; i < r.n; i++) {
        if (run_begins_with(run_part(r, i, r.n - i), w)) return at;
        at += (int)strlen(r.v[i].letters);
    }
    return find_inside(r, w->letters, w);
}

/* The shortest front of the text that ends in the pattern. */
static int find_near(const char *text, int n, const Keyword *w)
{
    if (edit_distance_inside(text, n, w->letters, w->len, w->edits) > w->edits) return -1;
    int end = w->len - w->edits;
    while (end < n && edit_distance_inside(text, end, w->letters, w->len, w->edits) > w->edits) end++;
    return end > w->len ? end - w->len : 0;
}

int run_find(Run r, const Letters *l, const Keyword *w)
{
    if (!w->edits || r.v[0].typed == TYPED_YES) return find_whole(r, w);
    int at = find_near(l->text, l->n, w);
    return at >= 0 ? at : find_near(l->raw, l->m, w);
}

/* The digit that an engine misread, given that a digit stood there. */
static int digit_behind(int32_t c)
{
    if (viet_is_digit(c)) return c - '0';
    if (c > 127) return -1;
    const char *at = strchr("OoQDlIi|!tSsBgqZzTA", c ? c : ' ');
    return at ? "0000111111558992274"[at - "OoQDlIi|!tSsBgqZzTA"] - '0' : -1;
}

static int read_number(const char *s, int expected)
{
    int value = 0, digits = 0, plain = 0, len = (int)strlen(s);
    while (len > 0 && strchr(".,):-*'", s[len - 1])) len--;
    if (len > 2 && (unsigned char)s[len - 2] == 0xC2 &&
        ((unsigned char)s[len - 1] == 0xB0 || (unsigned char)s[len - 1] == 0xBA))
        len -= 2; /* the degree sign and the ordinal one, made of a full stop */
    if (!len || len > 3) return 0;
    for (int i = 0; i < len; i++) {
        int d = digit_behind((unsigned char)s[i]);
        if (d < 0) return 0;
        value = value * 10 + d;
        digits++;
        plain += viet_is_digit(s[i]);
    }
    return plain == digits || value == expected ? value : 0;
}

int digits_read(const char *s, int most)
{
    int value = 0, plain = 0, n = 0;
    s += strspn(s, " .,(:");
    int len = (int)strcspn(s, " .,;:)\"/");
    if (!len || len > most) return -1;
    for (; n < len; n++) {
        int d = digit_behind((unsigned char)s[n]);
        if (d < 0) return -1;
        value = value * 10 + d;
        plain += viet_is_digit(s[n]);
    }
    return plain ? value : -1;
}

int ordinal_read(const Tok *t, int expected)
{
    if (t->mark && t->mark != '|') return 0;
    int value = read_number(t->text, expected);
    return value ? value : read_number(t->raw, expected);
}

bool tok_capital(const Tok *t)
{
    for (const char *p = t->text; *p;) {
        int32_t c;
        p += utf8_decode(p, strlen(p), &c);
        if (viet_is_digit(c) || viet_is_upper(c)) return true;
        if (viet_is_letter(c)) return false;
    }
    return false;
}
