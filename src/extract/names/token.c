/* "1|Mé&m non 3-2 | Mam" is read as words parted by blanks; here it becomes the tokens
 *
 *     1  |  Mé&m  non  3-2  |  Mam
 *
 * and "{" "[" "\" become "|" too, for an engine makes any of them of the rule between two columns. What was
 * meant is found by comparing letters without marks or blanks ("memnon" and "mamnon": one edit). */
#include "extract/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <limits.h>
#include <string.h>

/* ---- cutting ---- */

typedef struct Piece {
    int start, len; /* bytes */
    char mark;
    bool glued; /* no blank before it */
} Piece;

enum { MOST_PIECES = 40 };

static bool is_dash(int32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

static bool is_bullet(int32_t c)
{
    return c == 0x2022 || c == 0xB7 || c == '*' || c == 0x25CF || c == 0x25AA || c == 0xF0B7;
}

/* The mark that c is, given its neighbours (-1 at a border or blank), or 0 when it belongs to a word. */
static char mark_of(int32_t before, int32_t c, int32_t after)
{
    bool digits = viet_is_digit(before) && viet_is_digit(after);
    if (c == '(' || c == ')' || c == ';' || c == '+') return (char)c;
    if (c == ',' || c == '/') return digits ? 0 : (char)c;
    if (c == '{' || c == '}' || c == '[' || c == ']' || c == '|' || c == '\\' || c == 0xA6) return '|';
    if (c == '!' && (viet_is_digit(before) || (before < 0 && after < 0))) return '|';
    if (is_bullet(c)) return '-';
    if (is_dash(c) && before < 0 && (after < 0 || viet_is_letter(after))) return '-';
    if ((c == ':' || c == '.' || c == '_' || c == '~' || c == '"' || c == '\'') && before < 0 && after < 0)
        return '.';
    return 0;
}

static int32_t char_at(const char *s, int len, int at, int *bytes)
{
    int32_t c = -1;
    *bytes = 0;
    if (at < len) *bytes = (int)utf8_decode(s + at, (size_t)(len - at), &c);
    return c >= 0 && viet_is_space(c) ? -1 : c;
}

static int cut(const char *s, Piece out[MOST_PIECES])
{
    int n = 0, len = (int)strlen(s), bytes, next_bytes;
    int32_t before = -1;
    bool open = false, glued = false;
    for (int i = 0; i < len && n < MOST_PIECES; i += bytes) {
        int32_t c = char_at(s, len, i, &bytes), after = char_at(s, len, i + bytes, &next_bytes);
        char mark = c < 0 ? 0 : mark_of(before, c, after);
        if (c < 0) {
            open = glued = false;
        } else if (mark) {
            out[n++] = (Piece){i, bytes, mark, glued};
            open = false, glued = true;
        } else if (open) {
            out[n - 1].len += bytes;
        } else {
            out[n++] = (Piece){i, bytes, 0, glued};
            open = glued = true;
        }
        before = mark ? -1 : c;
    }
    return n;
}

static void add_raw(Toks *out, Arena *a, size_t first, const char *raw)
{
    if (out->n == first || !*raw) return;
    Tok *last = &out->v[out->n - 1];
    tok_set(a, last, last->text, *last->raw ? arena_printf(a, "%s %s", last->raw, raw) : arena_str(a, raw));
}

/* "Lặng;" that restoring took for "Lặng": the mark at a word's end parts names, and was seen. A comma may be
 * a speck: only where the word was read well. */
static char mark_lost(const Word *w, const char *text)
{
    static const float well = 0.8f;
    size_t n = strlen(w->raw), m = strlen(text);
    char last = n ? w->raw[n - 1] : '\0';
    if (!m || n < 2 || text[m - 1] == ',' || text[m - 1] == ';') return '\0';
    return last == ';' || (last == ',' && w->conf > well) ? last : '\0';
}

static void add_word(Toks *out, Arena *a, const Keywords *words, const Page *page, int index,
                     size_t line_start)
{
    const Word *w = &page->words.v[index];
    const char *text = w->text ? w->text : w->raw;
    Piece piece[MOST_PIECES], read[MOST_PIECES];
    int n = cut(text, piece), raws = cut(w->raw, read);
    if (!n) add_raw(out, a, line_start, w->raw);
    for (int i = 0; i < n; i++) {
        Tok *t = vec_push(out);
        *t = (Tok){.mark = piece[i].mark,
                   .glued = piece[i].glued,
                   .box = w->box,
                   .at = w->at,
                   .page = page->number,
                   .index = index,
                   .words = words,
                   .new_line = out->n == line_start + 1};
        const char *raw = raws == n ? arena_strn(a, w->raw + read[i].start, (size_t)read[i].len)
                          : i       ? ""
                                    : arena_str(a, w->raw);
        tok_set(a, t, arena_strn(a, text + piece[i].start, (size_t)piece[i].len), raw);
        t->known = w->marks;
        t->prob = t->mark ? 1 : w->text ? w->prob : w->conf;
    }
    char lost = n ? mark_lost(w, text) : '\0';
    if (!lost) return;
    Tok mark = out->v[out->n - 1];
    mark.mark = lost, mark.glued = true, mark.new_line = false, mark.prob = 1;
    tok_set(a, &mark, arena_strn(a, &lost, 1), "");
    *vec_push(out) = mark;
}

void toks_add_line(Toks *out, Arena *a, const Keywords *words, const Page *page, int first_word, int n)
{
    size_t start = out->n;
    for (int i = first_word; i < first_word + n; i++) add_word(out, a, words, page, i, start);
}

/* ---- annotating ---- */

void tok_set(Arena *a, Tok *t, const char *text, const char *raw)
{
    char c[COMPACT_MOST];
    bool same = strcmp(text, raw) == 0;
    t->text = text, t->raw = raw;
    t->letters = t->read = t->key = t->read_key = "";
    t->begins.reach = 0;
    if (!t->mark) {
        t->letters = arena_strn(a, c, (size_t)compact(text, c));
        t->read = same ? t->letters : arena_strn(a, c, (size_t)compact(raw, c));
        t->key = viet_key(a, text);
        t->read_key = same ? t->key : viet_key(a, raw);
    }
    t->sense = tok_senses(t);
}

void run_forget(Run r)
{
    for (int i = 0; i < r.n; i++) r.v[i].begins.reach = 0;
}

/* ---- runs ---- */

Run run_from(Arena *a, const Toks *toks, size_t first)
{
    size_t n = toks->n - first;
    Run r = n ? (Run){arena_dup(a, toks->v + first, n * sizeof(Tok)), (int)n} : (Run){0};
    run_forget(r);
    return r;
}

Run run_part(Run r, int first, int n)
{
    if (first > r.n) first = r.n;
    if (n > r.n - first) n = r.n - first;
    return n > 0 ? (Run){r.v + first, n} : (Run){0};
}

Run run_join(Arena *a, Run x, Run y)
{
    if (!x.n || !y.n) return x.n ? x : y;
    Run both = {arena_new(a, Tok, (size_t)(x.n + y.n)), x.n + y.n};
    memcpy(both.v, x.v, (size_t)x.n * sizeof(Tok));
    memcpy(both.v + x.n, y.v, (size_t)y.n * sizeof(Tok));
    both.v[x.n].new_line = true;
    run_forget(both);
    return both;
}

int run_words(Run r)
{
    int n = 0;
    for (int i = 0; i < r.n; i++) n += !r.v[i].mark;
    return n;
}

unsigned run_known(Run r)
{
    unsigned known = 0;
    for (int i = 0; i < r.n; i++) known |= r.v[i].known;
    return known;
}

Rect run_box(Run r, int page)
{
    Rect box = {0};
    for (int i = 0; i < r.n; i++)
        if (r.v[i].page == page) box = rect_union(box, r.v[i].box);
    return box;
}

Rect run_at(Run r)
{
    Rect at = {0};
    for (int i = 0; i < r.n; i++) at = rect_union(at, r.v[i].at);
    return at;
}

const char *run_text(Arena *a, Run r)
{
    Buf b = {0};
    for (int i = 0; i < r.n; i++) {
        if (i) buf_addc(&b, ' ');
        buf_add(&b, r.v[i].text);
    }
    char *s = arena_str(a, buf_str(&b));
    buf_release(&b);
    return s;
}

/* ---- comparing ---- */

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

const Keyword *tok_word(const Tok *t, WordKind kind)
{
    KeywordList list = t->mark ? (KeywordList){0} : words_of_kind(t->words, kind);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (tok_is(t, w->key)) return w;
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
