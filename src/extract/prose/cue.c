/* Words that tell of twinning, and what takes them back.
 *
 *     "Trường MN Hoa Mai chưa kết nghĩa với ..."              a cue, "kết nghĩa"; "chưa" before it denies it
 *     "dự kiến cho trường MN Hoa Mai (quận X) kết nghĩa"      planned: a school between counts as one word
 *     "Theo đề nghị của Phòng, trường MN Hoa Mai kết nghĩa"   a comma ends what "đề nghị" speaks of
 *     "ký giao ước thi đua"                                   another kind of agreement
 *
 * "kết nghĩa" tells by itself, "đỡ đầu" of the schools beside it; "ký kết", "ghi nhớ" and the like only in a text
 * that is about twinning; "giúp đỡ", "giao lưu" are what twins do, but not twins alone. */
#include "extract/prose/prose.h"

#include <string.h>

enum {
    NEGATION = 4,   /* words before a cue in which "chưa" speaks of it */
    PLANNED = 7,    /* the same for "dự kiến" */
    BEHIND = 3,     /* words behind a cue that say of what kind it is */
    TAKEN_BACK = 5, /* words behind the schools in which "đã chấm dứt" stands */
};

/* ---- what stands before ---- */

/* The sentence's mention that token i is in; NULL: none. */
static const Mention *mention_over(const Prose *p, const Sentence *t, int i)
{
    int low = t->mention, high = t->mention + t->mentions;
    while (low < high) {
        int middle = (low + high) / 2;
        if (p->s.at.v[middle].end <= i)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < t->mention + t->mentions && p->s.at.v[low].first <= i;
    return inside ? &p->s.at.v[low] : NULL;
}

/* Does the sentence begin with such a word, a number or dash before it or not? */
static bool opens_with(const Body *b, const Sentence *t, WordKind kind)
{
    int used, i = t->first;
    while (i < t->end && i < t->first + 2 && (b->tok.v[i].mark || strpbrk(b->tok.v[i].text, "0123456789")))
        i++;
    return body_word_marked(b, i, t->end, kind, &used) != NULL;
}

/* Is a word of the kind, as it is written, among the last `within` words before token `to`? A school counts as one
 * word, or ends the search; a comma ends it too, but not the one behind a school. Names are passed over. */
static bool before_it(const Prose *p, const Sentence *t, int to, int within, bool past_schools, WordKind kind)
{
    const Body *b = p->b;
    for (int i = to - 1, words = 0; i >= t->first && words < within; i--) {
        const Mention *m = mention_over(p, t, i);
        int used;
        if (m && !past_schools) return false;
        if (m) {
            i = m->first, words++;
            continue;
        }
        if (b->tok.v[i].mark == ',' && i > t->first && !mention_over(p, t, i - 1)) return false;
        if (b->tok.v[i].mark) continue;
        words++;
        if (body_capital(b, i) && i > t->first) continue;
        if (body_word_marked(b, i, to, kind, &used) && !body_says(b, i, to + 1, WORD_DENIED_NOT)) return true;
    }
    return false;
}

/* "giao ước thi đua", "hợp đồng": signed, but no twinning. */
static bool of_another_kind(const Body *b, int end, int sentence_end)
{
    for (int i = end; i < sentence_end && i < end + BEHIND && !b->tok.v[i].mark; i++)
        if (body_says(b, i, sentence_end, WORD_OTHER_KIND)) return true;
    return false;
}

static bool is_asked(const Body *b, const Sentence *t)
{
    const char *last = b->tok.v[t->end - 1].text;
    return *last && last[strlen(last) - 1] == '?';
}

static CueState state_of(const Prose *p, const Sentence *t, int first, int end)
{
    const Body *b = p->b;
    if (of_another_kind(b, end, t->end)) return CUE_OTHER_KIND;
    if (before_it(p, t, first, NEGATION, false, WORD_DENIED)) return CUE_DENIED;
    if (before_it(p, t, first, PLANNED, true, WORD_PLANNED) || opens_with(b, t, WORD_PLANNED))
        return CUE_PLANNED;
    return is_asked(b, t) ? CUE_ASKED : CUE_COUNTS;
}

/* ---- cues ---- */

/* The first word at i that tells of twinning in this text, and how; *used its tokens. */
static CueKind kind_at(const Prose *p, int i, int end, int *used)
{
    KeywordList cues = words_of_kind(p->b->doc->words, WORD_CUE);
    for (const Keyword *w = cues.v; w < cues.v + cues.n; w++)
        if ((!w->also || p->joint || p->about) && (*used = body_is(p->b, i, end, w)))
            return w->also ? CUE_JOINT : CUE_TWIN;
    if (body_word_marked(p->b, i, end, WORD_CUE_PAIR, used)) return CUE_PAIR;
    return body_word_marked(p->b, i, end, WORD_CUE_WEAK, used) ? CUE_WEAK : CUE_NONE;
}

void cues_find(Prose *p, const Sentence *t)
{
    const Body *b = p->b;
    vec_clear(&p->cues);
    vec_clear(&p->deeds);
    for (int i = t->first, used; i < t->end; i++) {
        const Mention *over = mention_over(p, t, i);
        if (over && over->name_first <= i) i = over->end - 1; /* "Đại Liên kết nghĩa" has no "liên kết" */
        if (over || b->tok.v[i].mark) continue;
        if (body_word_marked(b, i, t->end, WORD_OTHER_DEED, &used)) *vec_push(&p->deeds) = i;
        CueKind kind = kind_at(p, i, t->end, &used);
        if (!kind) continue;
        *vec_push(&p->cues) = (Cue){i, i + used, kind, state_of(p, t, i, i + used)};
    }
}

const Cue *cue_find(const Prose *p, int from, int to, CueKind least)
{
    const Cue *first = NULL;
    for (const Cue *c = p->cues.v; c < p->cues.v + p->cues.n && c->first < to; c++)
        if (c->first >= from && c->state == CUE_COUNTS && c->kind >= least && !first) first = c;
    return first;
}

bool cue_twin(const Prose *p, int from, int to)
{
    return cue_find(p, from, to, CUE_PAIR) != NULL;
}

int deed_find(const Prose *p, int from, int to)
{
    int last = -1;
    for (size_t i = 0; i < p->deeds.n && p->deeds.v[i] < to; i++)
        if (p->deeds.v[i] >= from) last = p->deeds.v[i];
    return last;
}

bool cue_watched(const Prose *p, const Sentence *t, int first, int end)
{
    const Body *b = p->b;
    int used;
    for (int i = first; i < end; i++)
        if (!(body_capital(b, i) && i > t->first) && body_word_marked(b, i, end, WORD_WATCHES, &used))
            return true;
    return false;
}

bool cue_taken_back(const Prose *p, const Sentence *t, int end)
{
    const Body *b = p->b;
    int used;
    for (int i = end; i < t->end && i < end + TAKEN_BACK && !b->tok.v[i].mark; i++)
        if (body_word_marked(b, i, t->end, WORD_DENIED_AFTER, &used)) return true;
    return false;
}

/* ---- why not ---- */

CueState cue_worst(const Prose *p)
{
    CueState worst = CUE_COUNTS;
    for (const Cue *c = p->cues.v; c < p->cues.v + p->cues.n; c++) {
        if (c->kind == CUE_WEAK) continue;
        if (c->state == CUE_COUNTS) return CUE_COUNTS;
        if (!worst) worst = c->state;
    }
    return worst;
}
