/* The mark that an electronic signature leaves on a page, above the letterhead or over the signature:
 *
 *     TRUNG TÂM CÔNG BÁO                     Ký bởi: Ủy ban nhân dân quận Hoa Lư      by
 *     VÀ TIN HỌC                             Cơ quan: Quận Hoa Lư                     office
 *     congbao@hoalu.example                  Thời gian ký: 17/01/2025 08:56:09        time
 *     17.01.2025 09:17:04 +07:00
 *
 * A line with such words is the mark's. So is one with a time to the second, with what stands over it in its column: no
 * issuer is looked for there. An e-mail address alone is struck out alone: letterheads have some. */
#include "extract/head/head.h"

#include <string.h>

enum { MOST_OVER = 6 }; /* lines of a mark over its time */

static bool is_digits(const char *s, int n)
{
    return strspn(s, "0123456789") >= (size_t)n;
}

/* "08:56:09" somewhere in it */
static bool has_time(const char *s)
{
    for (; *s; s++)
        if (is_digits(s, 2) && s[2] == ':' && is_digits(s + 3, 2) && s[5] == ':' && is_digits(s + 6, 2))
            return true;
    return false;
}

static bool is_address(const char *s)
{
    const char *at = strchr(s, '@');
    return at && at > s && strchr(at, '.');
}

static bool line_has(const Body *b, const BodyLine *line, bool (*what)(const char *))
{
    for (int i = line->first; i < line->first + line->n; i++)
        if (what(b->tok.v[i].raw)) return true;
    return false;
}

/* "2025-01-17T08:56:09" of the tokens behind "Thời gian ký:", or as they stand. */
static const char *time_text(const Body *b, int first, int end)
{
    Arena *a = &b->doc->a;
    for (int i = first; i + 1 < end; i++) {
        const char *s = b->tok.v[i].raw, *t = b->tok.v[i + 1].raw;
        if (is_digits(s, 2) && strchr("./", s[2]) && is_digits(s + 3, 2) && strchr("./", s[5]) &&
            is_digits(s + 6, 4) && has_time(t))
            return arena_printf(a, "%.4s-%.2s-%.2sT%.8s", s + 6, s + 3, s, t);
    }
    return body_text(b, first, end);
}

/* A word of the mark at i, its facts taken: one past the line, else i. */
static int take_mark(Head *h, int i)
{
    static const FactKind kinds[] = {FACT_ESIGNED_BY, FACT_ESIGNED_BY, FACT_ESIGNED_OFFICE, FACT_ESIGNED_AT};
    const Body *b = h->b;
    int used, end = body_line_end(b, i);
    const Keyword *w = body_word(b, i, end, WORD_SIGNATURE_MARK, &used);
    if (!w || !body_capital(b, i) || strchr(b->tok.v[i].text, ':')) return i;
    int first = i + used;
    while (first < end && b->tok.v[first].mark == '.') first++;
    FactKind kind = kinds[w->value];
    if (w->value && first < end && !head_known(h, kind))
        head_add(h, kind, 0, kind == FACT_ESIGNED_AT ? time_text(b, first, end) : body_text(b, first, end),
                 first, end, TRUST_FORM);
    head_strike(h, i, end);
    return end;
}

static bool same_column(Rect x, Rect y)
{
    return x.x < rect_right(y) && y.x < rect_right(x);
}

/* Strikes out what stands over the line in its column, up to a gap as high as a line. Specks of the seal beside it are
 * lower lines. */
static void strike_over(Head *h, int l)
{
    const Body *b = h->b;
    Rect at = b->lines.v[l].at;
    int gap = at.h;
    for (int k = l - 1, n = 0; k >= 0 && n < MOST_OVER; k--) {
        const BodyLine *line = &b->lines.v[k];
        if (line->page != b->lines.v[l].page || !same_column(line->at, at)) continue;
        if (at.y - rect_bottom(line->at) > gap || at.y <= line->at.y) return;
        head_strike(h, line->first, line->first + line->n);
        at = line->at, n++;
    }
}

void document_stamps(Head *h)
{
    const Body *b = h->b;
    for (int i = 0; i < h->end; i++)
        if (!h->struck[i]) i = take_mark(h, i) > i ? body_line_end(b, i) - 1 : i;
    for (int l = 0; l < h->end_line; l++) {
        const BodyLine *line = &b->lines.v[l];
        bool time = line_has(b, line, has_time);
        if (h->struck[line->first] || (!time && !line_has(b, line, is_address))) continue;
        if (time) strike_over(h, l);
        head_strike(h, line->first, line->first + line->n);
    }
}
