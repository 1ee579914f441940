/* "1|Mé&m non 3-2 | Mam" is read as words parted by blanks; here it becomes the tokens
 *
 *     1  |  Mé&m  non  3-2  |  Mam
 *
 * and "{" "[" "\" become "|" too, for an engine makes any of them of the rule between two columns.
 */
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

/* What load took as it stood in the file has ORIGIN_TEXT_LAYER, and restore has left it alone. */
static Typed who_wrote(const Page *page, const Word *w, const char *text)
{
    if (w->origin == ORIGIN_TEXT_LAYER) return TYPED_YES;
    return page->unit == UNIT_CHARACTER && str_eq(text, w->raw) ? TYPED_MAYBE : TYPED_NO;
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
        t->typed = who_wrote(page, w, text);
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
