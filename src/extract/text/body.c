/* "Căn cứ Kế hoạch số 12/KH-PGDĐT ngày 6/3/2023 của Phòng GD&ĐT quận Hà Đông" is tokens
 *
 *     Căn  cứ  Kế  hoạch  số  12  /  KH-PGDĐT  ngày  6/3/2023  của  Phòng ...
 *     can  cu  ke  hoach  so  12     khpgddt   ngay  632023    cua  phong     their letters
 *
 * and all that is looked for is looked for in the letters, so that marks that an engine lost or invented do
 * not matter. A line is cut where a gap of some letters' width shows that two columns stand beside each
 * other. */
#include "extract/text/body.h"

#include "base/viet.h"

#include <string.h>

/* ---- words and lines ---- */

enum {
    GAP_CHARACTERS =
        3,          /* in a text file: blanks between two columns; between words one, in justified ones two */
    GAP_HEIGHTS = 2 /* on a scan: times the line's height; justified lines stay below one */
};

static bool gap_before(const Tok *before, const Tok *t, Unit unit, int line_h)
{
    int gap = t->at.x - rect_right(before->at);
    return unit == UNIT_CHARACTER ? gap >= GAP_CHARACTERS : gap > GAP_HEIGHTS * line_h;
}

static bool begins_item(Run r)
{
    const Tok *t = &r.v[0];
    if (t->mark == '-' || t->mark == '+') return true;
    size_t n = strlen(t->text);
    bool ended = n > 1 && strchr(".)/:", t->text[n - 1]);
    return ended && n < 7 && (viet_is_digit(t->text[0]) || strspn(t->text, "IVXabcdđABCD") + 1 == n);
}

static bool small_start(Run r)
{
    int32_t c = 0;
    utf8_decode(r.v[0].text, strlen(r.v[0].text), &c);
    return viet_is_letter(c) && !viet_is_upper(c);
}

static bool ends_early(const BodyLine *line, int right)
{
    return rect_right(line->at) + line->at.h < right * 4 / 5;
}

static bool run_capitals(const Tok *v, int n)
{
    int upper = 0, lower = 0;
    for (int i = 0; i < n; i++)
        for (const char *p = v[i].text; *p;) {
            int32_t c;
            p += utf8_decode(p, strlen(p), &c);
            if (!viet_is_letter(c)) continue;
            if (viet_is_upper(c))
                upper++;
            else
                lower++;
        }
    return upper >= 2 && upper > 5 * lower; /* an engine makes some small letters of capitals */
}

static void push_line(Body *b, Run r, int page, bool apart, int right)
{
    if (!r.n) return;
    BodyLine *last = b->lines.n ? &b->lines.v[b->lines.n - 1] : NULL;
    bool small = small_start(r), capitals = run_capitals(r.v, r.n);
    bool new_page = last && last->page != page;
    bool paragraph = !last || begins_item(r) || (apart && !small && !new_page) ||
                     (capitals != last->capitals) || (!small && !new_page && ends_early(last, right));
    BodyLine line = {.first = (int)b->tok.n,
                     .n = r.n,
                     .page = page,
                     .at = run_at(r),
                     .paragraph = paragraph,
                     .capitals = capitals};
    for (int i = 0; i < r.n; i++) {
        *vec_push(&b->tok) = r.v[i];
        b->tok.v[b->tok.n - 1].new_line = i == 0;
        b->tok.v[b->tok.n - 1].begins.reach = 0;
    }
    *vec_push(&b->lines) = line;
}

static void push_columns(Body *b, Run r, int page, Unit unit, Rect at, bool apart, int right)
{
    int from = 0;
    for (int i = 1; i <= r.n; i++) {
        if (i < r.n && !gap_before(&r.v[i - 1], &r.v[i], unit, at.h)) continue;
        push_line(b, run_part(r, from, i - from), page, apart || from, right);
        from = i;
    }
}

static bool gave_rows(const XTable *t, const Entries *entries)
{
    for (size_t i = 0; i < entries->n; i++) {
        const Entry *e = &entries->v[i];
        if (e->page == t->page && !rect_empty(rect_intersect(e->box, t->box))) return true;
    }
    return false;
}

/* From where to where the rows of a list go down a page. */
static Rect rows_of(int page, const Entries *entries)
{
    Rect rows = {0};
    for (size_t i = 0; i < entries->n; i++)
        if (entries->v[i].page == page) rows = rect_union(rows, entries->v[i].box);
    return rows;
}

/* Boxes are those on the scan: on a page that was fed in sideways lines stand upright there, beside the rows.
 */
static bool among_rows(const XLine *line, Rect rows)
{
    Rect box = line->box;
    bool sideways = (line->at.w > line->at.h) != (box.w > box.h);
    int middle = sideways ? box.x + box.w / 2 : box.y + box.h / 2;
    return sideways ? middle >= rows.x && middle < rect_right(rows)
                    : middle >= rows.y && middle < rect_bottom(rows);
}

enum { LIST_COLUMNS_LEAST = 3, LIST_ROWS_LEAST = 3 };

static void push_cells(Body *b, const XTable *t)
{
    size_t first = b->lines.n;
    for (int i = 0; i < t->cells; i++) {
        Run r = t->cell[i].whole;
        for (int from = 0, k = 1; from < r.n && k <= r.n; k++) {
            if (k < r.n && !r.v[k].new_line) continue;
            push_line(b, run_part(r, from, k - from), t->page, from == 0, rect_right(t->cell[i].at));
            from = k;
        }
    }
    for (size_t i = first; i < b->lines.n; i++)
        b->lines.v[i].list = t->cols >= LIST_COLUMNS_LEAST && t->rows >= LIST_ROWS_LEAST;
}

/* How far to the right the lines of this block or, in a text file, of this page go. */
static int right_of(const Items *items, size_t at)
{
    const XLine *line = items->v[at].line;
    int right = 0;
    for (size_t i = at; i < items->n && items->v[i].line && items->v[i].line->page == line->page; i++)
        if (line->unit == UNIT_CHARACTER || items->v[i].line->block == line->block) {
            int end = rect_right(items->v[i].line->at);
            right = end > right ? end : right;
        }
    return right;
}

/* "hoạch12/KH": a blank was left out before the number, whose digits are not letters of the word. */
static const char *without_number(Arena *a, const char *letters, const char *s)
{
    size_t n = strlen(letters), len = strlen(s), digits = 0;
    while (digits < len && viet_is_digit(s[len - 1 - digits])) digits++;
    return n > digits + 1 ? arena_strn(a, letters, n - digits) : letters;
}

void body_make(Body *b, Doc *doc, const Entries *entries)
{
    int right = 0, page = -1;
    Rect rows = {0};
    *b = (Body){.doc = doc};
    for (size_t i = 0; i < doc->items.n; i++) {
        const XLine *line = doc->items.v[i].line, *last = i ? doc->items.v[i - 1].line : NULL;
        if (!line) {
            if (!gave_rows(doc->items.v[i].table, entries)) push_cells(b, doc->items.v[i].table);
            continue;
        }
        bool first =
            !last || last->page != line->page || (line->unit != UNIT_CHARACTER && last->block != line->block);
        if (first) right = right_of(&doc->items, i);
        if (line->page != page) rows = rows_of(page = line->page, entries);
        if (among_rows(line, rows)) continue;
        push_columns(b, line->whole, line->page, line->unit, line->at, line->after_blank, right);
    }
    b->text = arena_new(&doc->a, const char *, b->tok.n + 1);
    b->raw = arena_new(&doc->a, const char *, b->tok.n + 1);
    b->line = arena_new(&doc->a, int, b->tok.n + 1);
    for (size_t i = 0; i < b->tok.n; i++) {
        const Tok *t = &b->tok.v[i];
        bool slash = i + 1 < b->tok.n && t[1].mark == '/' && t[1].glued;
        b->text[i] = slash && !t->mark ? without_number(&doc->a, t->letters, t->text) : t->letters;
        b->raw[i] = slash && !t->mark ? without_number(&doc->a, t->read, t->raw) : t->read;
    }
    for (size_t i = 0; i < b->lines.n; i++)
        for (int k = 0; k < b->lines.v[i].n; k++) b->line[b->lines.v[i].first + k] = (int)i;
}

void body_release(Body *b)
{
    vec_release(&b->tok);
    vec_release(&b->lines);
}

/* ---- words by their letters ---- */

enum { MOST_TOGETHER = 9 }; /* tokens in a phrase that is looked for */

static int phrase_is(const Body *b, const char *const *of, int i, int end, const Keyword *w)
{
    char s[COMPACT_MOST];
    int len = w->len, most = w->edits, n = 0, best = 0, best_off = most + 1;
    if (of[i][0] != w->letters[0]) return 0;
    for (int k = i; k < end && k < i + MOST_TOGETHER; k++) {
        int add = (int)strlen(of[k]);
        if (b->tok.v[k].mark || n + add > len + most) break;
        memcpy(s + n, of[k], (size_t)add);
        n += add;
        if (n < len - most) continue;
        int off = most ? edit_distance(s, n, w->letters, len, most)
                       : n != len || memcmp(s, w->letters, (size_t)n) != 0;
        if (off < best_off) best_off = off, best = k + 1 - i;
    }
    return best;
}

int body_is(const Body *b, int i, int end, const Keyword *w)
{
    if (i < 0 || i >= end || b->tok.v[i].mark) return 0;
    int used = phrase_is(b, b->text, i, end, w);
    return used ? used : phrase_is(b, b->raw, i, end, w);
}

/* Only the first letter, which must be right. */
static bool may_be(const Body *b, int i, const Keyword *w)
{
    return b->text[i][0] == w->letters[0] || b->raw[i][0] == w->letters[0];
}

const Keyword *body_word(const Body *b, int i, int end, WordKind kind, int *used)
{
    if (i < 0 || i >= end || b->tok.v[i].mark) return NULL;
    KeywordList list = words_of_kind(b->doc->words, kind);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (may_be(b, i, w) && (*used = body_is(b, i, end, w))) return w;
    return NULL;
}

bool body_marked(const Body *b, int i, int end, const char *word)
{
    Arena a = {0};
    const char *text = viet_lower_str(&a, body_text(b, i, end)), *bare = viet_skeleton(&a, text);
    bool unmarked = !b->doc->marks_read && strcmp(text, bare) == 0;
    bool right = unmarked || (word && str_starts(text, word)) || strchr(text, '.');
    arena_release(&a);
    return right;
}

const Keyword *body_word_marked(const Body *b, int i, int end, WordKind kind, int *used)
{
    if (i < 0 || i >= end || b->tok.v[i].mark) return NULL;
    KeywordList list = words_of_kind(b->doc->words, kind);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (may_be(b, i, w) && (*used = body_is(b, i, end, w)) && body_marked(b, i, i + *used, w->lower))
            return w;
    return NULL;
}

int body_says(const Body *b, int i, int end, WordKind kind)
{
    int used;
    return body_word(b, i, end, kind, &used) ? used : 0;
}

int body_find(const Body *b, int i, int end, WordKind kind, int *used)
{
    for (; i < end; i++) {
        int n = body_says(b, i, end, kind);
        if (!n) continue;
        if (used) *used = n;
        return i;
    }
    return -1;
}

int body_begins(const Body *b, int i, WordKind kind)
{
    KeywordList list = words_of_kind(b->doc->words, kind);
    for (int k = 0; k < list.n; k++)
        if (str_starts(b->text[i], list.v[k].letters)) return list.v[k].len;
    return 0;
}

bool body_capital(const Body *b, int i)
{
    const char *s = b->tok.v[i].text;
    for (int32_t c; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        if (viet_is_letter(c)) return viet_is_upper(c);
        if (viet_is_digit(c)) return false;
    }
    return false;
}

bool body_capitals(const Body *b, int first, int end)
{
    return first < end && run_capitals(&b->tok.v[first], end - first);
}

static bool has_vowel(const char *s)
{
    for (int32_t c; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        char base = viet_letter(c).base;
        if (base && strchr("aeiouyAEIOUY", base)) return true;
    }
    return false;
}

/* "Q.", "TP.", "GS.", "1.": a full stop that ends no sentence. "Đống Đa." and "Ba Trại B." end one. */
static bool is_short_form(const Body *b, int i)
{
    const char *s = b->tok.v[i].text;
    size_t n = utf8_length(s);
    if (n == 3) return !has_vowel(s);
    bool sister = i > 0 && !b->tok.v[i].new_line && strchr("ABCDE", s[0]) && body_capital(b, i - 1);
    return n == 2 && !sister;
}

bool body_ends(const Body *b, int i)
{
    const Tok *t = &b->tok.v[i];
    size_t n = strlen(t->text);
    if (t->mark == ';') return true;
    if ((size_t)i + 1 == b->tok.n) return true;
    if (b->tok.v[i + 1].new_line && b->lines.v[b->line[i + 1]].paragraph) return true;
    if (t->mark || !n) return t->mark == '.';
    char last = t->text[n - 1];
    if (last == '.' && is_short_form(b, i) && !b->tok.v[i + 1].new_line) return false;
    return strchr(".?!", last) != NULL;
}

int body_line_end(const Body *b, int i)
{
    const BodyLine *line = &b->lines.v[b->line[i]];
    return line->first + line->n;
}

/* ---- text and evidence ---- */

static bool no_blank(const Body *b, int i, int first)
{
    const Tok *t = &b->tok.v[i];
    if (i == first) return true;
    if (t->glued) return true;
    return t->mark && strchr(",;)", t->mark);
}

const char *body_text(const Body *b, int first, int end)
{
    Buf s = {0};
    for (int i = first; i < end; i++) {
        const Tok *t = &b->tok.v[i];
        if (!no_blank(b, i, first) && s.len && s.s[s.len - 1] != '(') buf_addc(&s, ' ');
        buf_add(&s, t->text);
    }
    const char *text = viet_trim(&b->doc->a, buf_str(&s));
    buf_release(&s);
    return text;
}

const char *body_raw(const Body *b, int first, int end)
{
    Buf s = {0};
    for (int i = first; i < end; i++) {
        const Tok *t = &b->tok.v[i];
        if (!*t->raw) continue;
        if (s.len && !no_blank(b, i, first)) buf_addc(&s, ' ');
        buf_add(&s, t->raw);
    }
    const char *text = arena_str(&b->doc->a, buf_str(&s));
    buf_release(&s);
    return text;
}

Place body_place(const Body *b, int first, int end)
{
    Place p = {0};
    if (first >= end) return p;
    int last = -1;
    p.page = b->tok.v[first].page, p.first_word = b->tok.v[first].index;
    for (int i = first; i < end; i++) {
        const Tok *t = &b->tok.v[i];
        if (t->page != p.page) break;
        p.box = rect_union(p.box, t->box);
        if (t->index < p.first_word) p.first_word = t->index;
        if (t->index > last) last = t->index;
    }
    p.words = last - p.first_word + 1;
    return p;
}

float body_prob(const Body *b, int first, int end)
{
    float prob = 1;
    int before = -1;
    for (int i = first; i < end; i++) {
        const Tok *t = &b->tok.v[i];
        if (!t->mark && t->index != before) prob *= t->prob, before = t->index;
    }
    return prob;
}
