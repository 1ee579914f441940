/* "KẾ HOẠCH" on a line of its own is the kind of the document: head_kind_line() finds it, head_add() keeps it
 * with its place, head_strike() takes its two tokens out of what is left to understand. */
#include "extract/head/head.h"

#include "base/viet.h"

Fact *head_add(Head *h, FactKind kind, int item, const char *value, int first, int end, float trust)
{
    Arena *a = &h->found->arena;
    if (!value || !*value) return NULL;
    Fact *f = vec_push(&h->found->facts);
    *f = (Fact){.kind = kind,
                .item = item,
                .value = arena_str(a, value),
                .raw = arena_str(a, body_raw(h->b, first, end)),
                .place = body_place(h->b, first, end),
                .prob = body_prob(h->b, first, end) * trust};
    return f;
}

const Fact *head_known(const Head *h, FactKind kind)
{
    return fact_lookup(&h->found->facts, kind, 0);
}

void head_strike(Head *h, int first, int end)
{
    for (int i = first; i < end; i++) h->struck[i] = true;
}

int head_row_end(const Body *b, int i)
{
    int l = b->line[i];
    for (; l + 1 < (int)b->lines.n; l++) {
        const BodyLine *line = &b->lines.v[l], *next = line + 1;
        int middle = next->at.y + next->at.h / 2;
        bool beside =
            middle >= line->at.y && middle < rect_bottom(line->at) && next->at.x >= rect_right(line->at);
        if (!beside || next->page != line->page) break;
    }
    return b->lines.v[l].first + b->lines.v[l].n;
}

static bool is_rest_of_head(const Body *b, int i, int end)
{
    return i == end || body_capitals(b, i, end) || end - i <= MOST_DIRT || b->text[i][0] == '\0';
}

/* A kind of document in capitals on this line: its first token and one past its last, or false. */
bool head_kind_line(const Body *b, const BodyLine *line, int *first, int *end, const char **value)
{
    int last = line->first + line->n;
    for (int i = line->first; i < last && i <= line->first + MOST_DIRT; i++) {
        *end = body_kind(b, i, last, value);
        if (!*end || !body_capitals(b, i, *end) || !is_rest_of_head(b, *end, last)) continue;
        *first = i;
        return true;
    }
    return false;
}
