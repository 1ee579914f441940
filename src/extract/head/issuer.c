/* Who issued a document: agencies in capitals in the left column of its head, the superior over the issuer.
 *
 *     UBND QUẬN CẦU GIẤY              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *     PHÒNG GIÁO DỤC VÀ ĐÀO TẠO             Độc lập - Tự do - Hạnh phúc
 *
 * The lower of two is the issuer, whatever their ranks: "SỞ Y TẾ, THANH TRA", "TRƯỜNG ĐẠI HỌC, PHÒNG ĐÀO TẠO". A superior
 * under a school begins a second issuer (UBND QUẬN, TRƯỜNG, UBND HUYỆN, TRƯỜNG: two schools issue it together). What was
 * struck out before, mottos, number, date, stamps, is passed over. */
#include "extract/head/head.h"

#include "base/viet.h"

#include <limits.h>
#include <string.h>

enum {
    MOST_CHAINS = 3, /* issuers */
    MOST_CHAIN = 4   /* agencies of one issuer, each under the one before */
};

typedef struct HeadPiece {
    int first, end; /* tokens of the agency's words */
    int more,
        more_end; /* and of the rest of its name, where other columns' lines stand between; equal: none */
    int rank;
} HeadPiece;

typedef struct Chain {
    HeadPiece piece[MOST_CHAIN];
    int n;
} Chain;

static HeadPiece *last_piece(Chain *c)
{
    return &c->piece[c->n - 1];
}

static int piece_last(const HeadPiece *p)
{
    return p->more < p->more_end ? p->more_end : p->end;
}

/* The first token of a unit's word in [first, end), or -1. */
static int unit_in(const Body *b, int first, int end)
{
    for (int i = first; i < end; i++)
        if (body_unit(b, i, end)) return i;
    return -1;
}

static bool has_unit(const Body *b, const HeadPiece *p)
{
    return unit_in(b, p->first, p->end) >= 0 || unit_in(b, p->more, p->more_end) >= 0;
}

/* "Sở giao thông vận tải" is written "Sở Giao thông vận tải": what an office is for begins with a capital. */
static const char *with_capital(const Body *b, const HeadPiece *p, const char *name)
{
    int used;
    const Keyword *w = body_word(b, p->first, p->end, WORD_AGENCY, &used);
    size_t n = strlen(name),
           at = w && p->first + used < p->end ? strlen(body_proper(b, p->first, p->first + used)) + 1 : n;
    if (at >= n || w->value < 2 || level_prefix((Run){b->tok.v + p->first, p->end - p->first}, &used))
        return name;
    size_t one = utf8_offset(name + at, 1);
    const char *upper = viet_upper_str(&b->doc->a, arena_strn(&b->doc->a, name + at, one));
    return arena_printf(&b->doc->a, "%.*s%s%s", (int)at, name, upper, name + at + one);
}

/* The rule under an agency is read as a colon or a full stop behind it. */
static const char *without_colon(const Body *b, const char *name)
{
    size_t n = strlen(name);
    while (n && strchr(":.;,", name[n - 1])) n--;
    return arena_strn(&b->doc->a, name, n);
}

/* "Ủy ban nhân dân" and "QUẬN HOA LƯ" of the line below. */
static const char *piece_name(const Body *b, const HeadPiece *p)
{
    Arena *a = &b->doc->a;
    int stop = p->end;
    while (stop > p->first + 1 && b->tok.v[stop - 1].mark) stop--;
    const char *name = with_capital(b, p, without_colon(b, body_proper(b, p->first, stop)));
    if (p->more == p->more_end) return name;
    const char *more = without_colon(b, body_proper(b, p->more, p->more_end));
    size_t one = utf8_offset(more, 1);
    bool small = body_unit(b, p->more, p->more_end) || body_says(b, p->more, p->more_end, WORD_AND);
    const char *first = small ? viet_lower_str(a, arena_strn(a, more, one)) : arena_strn(a, more, one);
    return arena_printf(a, "%s %s%s", name, first, more + one);
}

/* Words without an agency's: the second line of a name. They go to the first agency that ends above them and
 * has no unit yet. */
static void go_on(const Body *b, Chain *chains, int n, int first, int end)
{
    HeadPiece *to = NULL;
    for (int i = 0; i < n && !to; i++) {
        HeadPiece *p = last_piece(&chains[i]);
        if (!(body_unit(b, first, end) && has_unit(b, p)) && piece_last(p) <= first) to = p;
    }
    if (!to || (piece_last(to) != first && b->line[first] - b->line[piece_last(to) - 1] > 3)) return;
    for (int i = 0; i < n; i++) { /* only where nothing of another agency stands between */
        const HeadPiece *p = last_piece(&chains[i]);
        if (p != to && p->first > to->first && p->first < first) return;
    }
    if (piece_last(to) == first && to->more < to->more_end)
        to->more_end = end;
    else if (piece_last(to) == first)
        to->end = end;
    else if (to->more == to->more_end)
        to->more = first, to->more_end = end;
}

/* Does one agency stand under another, as its office? A committee never stands under another, nor a school under a
 * school: there the second issuer of a joint document begins. */
static bool stands_under(const HeadPiece *p, const HeadPiece *over)
{
    return p->rank > over->rank || (p->rank == 2 && over->rank == 2) || (p->rank == 2 && over->rank == 3);
}

static void take_agency(Chain *chains, int *n, HeadPiece p)
{
    for (int strict = 1; strict >= 0; strict--)
        for (int i = 0; i < *n; i++) {
            const HeadPiece *over = last_piece(&chains[i]);
            bool under = strict ? p.rank > over->rank : stands_under(&p, over);
            if (!under || chains[i].n == MOST_CHAIN) continue;
            chains[i].piece[chains[i].n++] = p;
            return;
        }
    if (*n < MOST_CHAINS) chains[(*n)++] = (Chain){{p}, 1};
}

/* One past the agency that begins at i: another that begins on the same line ends it. */
static int piece_end(const Head *h, int i, int end, int rank)
{
    const Body *b = h->b;
    for (int k = i + 2; k < end; k++) {
        if (h->struck[k]) return k;
        int other = body_capital(b, k) ? body_agency_rank(b, k, end) : 0;
        bool same_word = strcmp(b->text[k], b->text[i]) == 0;
        if (other && (same_word || (other == 3 && rank < 3 && body_says(b, k, end, WORD_LEAD)))) return k;
    }
    return end;
}

static void take_capitals(Head *h, Chain *chains, int *n, int first, int end)
{
    const Body *b = h->b;
    while (first < end) {
        int rank = body_agency_rank(b, first, end), stop = piece_end(h, first, end, rank);
        if (!rank) {
            if (*n) go_on(b, chains, *n, first, stop);
            return;
        }
        take_agency(chains, n, (HeadPiece){.first = first, .end = stop, .rank = rank});
        first = stop;
    }
}

/* "quận Cầu Giấy" of "UBND quận Cầu Giấy", or NULL. */
static const char *unit_of(const Body *b, const HeadPiece *p)
{
    int i = unit_in(b, p->first, p->end);
    const char *name = piece_name(b, p);
    if (i >= 0) return name + strlen(body_proper(b, p->first, i)) + 1;
    return unit_in(b, p->more, p->more_end) == p->more && p->more < p->more_end
               ? name + strlen(body_proper(b, p->first, p->end)) + 1
               : NULL;
}

/* "Phòng Giáo dục và Đào tạo" under "UBND quận Cầu Giấy" is that of quận Cầu Giấy. */
static const char *whole_name(const Head *h, const Chain *c, int at)
{
    const Body *b = h->b;
    const HeadPiece *p = &c->piece[at];
    const char *name = piece_name(b, p);
    if (p->rank != 2 || has_unit(b, p)) return name;
    for (int k = at - 1; k >= 0; k--) {
        const char *unit = unit_of(b, &c->piece[k]);
        if (unit) return arena_printf(&b->doc->a, "%s %s", name, unit);
    }
    return name;
}

/* Where the right column of the letterhead begins, by its motto; INT_MAX: nothing says. */
static int right_column(const Head *h)
{
    for (int i = 0; i < h->end; i++)
        if (h->struck[i] && body_says(h->b, i, h->end, WORD_MOTTO_BEGINS)) {
            const Tok *t = &h->b->tok.v[i];
            return t->at.h > 1 ? t->at.x : INT_MAX;
        }
    return INT_MAX;
}

/* The top of the motto's line; INT_MIN: there is none. */
static int motto_top(const Head *h)
{
    for (int i = 0; i < h->end; i++)
        if (h->struck[i] && body_says(h->b, i, h->end, WORD_MOTTO_BEGINS)) return h->b->tok.v[i].at.y;
    return INT_MIN;
}

/* Does a school stand in the right column, no higher than the motto? Then the two issue it together, and both columns
 * count. What stands over the motto there is a stamp, "TRUNG TÂM CÔNG BÁO". */
static bool two_heads(const Head *h, int right)
{
    const Body *b = h->b;
    int top = motto_top(h);
    for (int i = 0; i < h->end; i++)
        if (!h->struck[i] && b->tok.v[i].at.x >= right && rect_bottom(b->tok.v[i].at) > top &&
            body_capital(b, i) && body_agency_rank(b, i, h->end) == 3)
            return true;
    return false;
}

/* The first and the last line that may hold the letterhead's agencies. Where the motto stands beside one, a stamp above
 * has no part in them: they begin at most two lines over the motto. */
static int first_line(const Head *h)
{
    const Body *b = h->b;
    for (int i = 0; i < h->end; i++) {
        if (!h->struck[i] || !body_says(b, i, h->end, WORD_MOTTO_BEGINS)) continue;
        Rect motto = b->tok.v[i].at;
        bool beside = false;
        for (int l = 0; l < h->end_line; l++) {
            const BodyLine *line = &b->lines.v[l];
            beside = beside || (!h->struck[line->first] && line->at.x < motto.x &&
                                line->at.y < rect_bottom(motto) + motto.h &&
                                rect_bottom(line->at) > motto.y - motto.h &&
                                body_agency_rank(b, line->first, line->first + line->n));
        }
        int l = 0;
        while (beside && l < b->line[i] && rect_bottom(b->lines.v[l].at) < motto.y - 2 * motto.h) l++;
        return l;
    }
    return 0;
}

static void add_issuer(Head *h, const Chain *c, int item)
{
    const HeadPiece *own = &c->piece[c->n - 1], *over = own - 1;
    if (item == 1) h->issuer_first = own->first, h->issuer_end = own->end;
    head_add(h, FACT_ISSUER, item, whole_name(h, c, c->n - 1), own->first, own->end, TRUST_FORM);
    if (c->n > 1)
        head_add(h, FACT_SUPERIOR, item, whole_name(h, c, c->n - 2), over->first, over->end, TRUST_FORM);
}

static void find_chains(Head *h, Chain *chains, int *n)
{
    const Body *b = h->b;
    int right = right_column(h), l = first_line(h);
    if (two_heads(h, right)) right = INT_MAX, l = 0;
    for (int i = l < (int)b->lines.n ? b->lines.v[l].first : h->end; i < h->end;) {
        int end = body_line_end(b, i), k = i;
        bool speck = !b->text[i][0] && b->tok.v[i].new_line; /* "ˆ UBND TỈNH ..." */
        if (h->struck[i] || b->tok.v[i].mark || speck) {
            i++;
            continue;
        }
        while (k < end && !h->struck[k] && b->tok.v[k].mark != '|') k++;
        if (body_capitals(b, i, k) && k - i >= 2 && b->tok.v[i].at.x < right)
            take_capitals(h, chains, n, i, k);
        i = k;
    }
}

void document_issuers(Head *h)
{
    Chain chains[MOST_CHAINS];
    int n = 0;
    find_chains(h, chains, &n);
    for (int i = 0; i < n; i++) {
        if (i && last_piece(&chains[i])->rank < 3)
            break; /* only schools issue together; the rest is a stamp */
        add_issuer(h, &chains[i], i + 1);
    }
}
