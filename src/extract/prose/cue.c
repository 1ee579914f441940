/* Words that tell of twinning. In "Trường MN Hoa Mai chưa kết nghĩa với ..." stands a cue, "kết nghĩa", but
 * four words before it "chưa": it does not count, nor after "dự kiến" or "sẽ", nor "ký" a "giao ước thi đua".
 * "kết nghĩa" tells by itself; "ký kết", "ghi nhớ" and the like only in a text that is about twinning. */
#include "extract/prose/prose.h"

enum {
    NEGATION = 4, /* tokens before a cue in which "chưa" speaks of it */
    PLANNED = 7,  /* the same for "dự kiến" */
};

/* Is a word of the kind, as it is written, among the last `within` tokens before the cue? Names are passed
 * over. */
static bool before_it(const Body *b, int cue, int within, int from, WordKind kind)
{
    int used, first = cue - within > from ? cue - within : from;
    for (int i = first; i < cue; i++) {
        bool name = body_capital(b, i) && i > from;
        if (!name && body_word_marked(b, i, cue, kind, &used)) return true;
    }
    return false;
}

static bool denied(const Body *b, int cue, int from)
{
    return before_it(b, cue, NEGATION, from, WORD_DENIED) || before_it(b, cue, PLANNED, from, WORD_PLANNED);
}

/* "giao ước thi đua", "hợp đồng": signed, but no twinning. */
static bool of_another_kind(const Body *b, int end, int sentence_end)
{
    for (int i = end; i < sentence_end && i < end + 3; i++)
        if (body_says(b, i, sentence_end, WORD_OTHER_KIND)) return true;
    return false;
}

/* The first cue at i that counts in this text; *used its tokens. */
static const Keyword *cue_word(const Prose *p, int i, int end, int *used)
{
    KeywordList cues = words_of_kind(p->b->doc->words, WORD_CUE);
    for (const Keyword *w = cues.v; w < cues.v + cues.n; w++)
        if ((!w->also || p->joint || p->about) && (*used = body_is(p->b, i, end, w))) return w;
    return NULL;
}

int cue_at(const Prose *p, int i, int from, int end, bool *twin)
{
    const Body *b = p->b;
    if (b->tok.v[i].mark) return 0;
    int used;
    const Keyword *w = cue_word(p, i, end, &used);
    if (!w || denied(b, i, from) || of_another_kind(b, i + used, end)) return 0;
    *twin = !w->also;
    return i + used;
}

int cue_find(const Prose *p, int from, int to, int sentence, int end, bool *twin)
{
    int found = -1;
    *twin = false;
    for (int i = from; i < to; i++) {
        bool own;
        if (!cue_at(p, i, sentence, end, &own)) continue;
        if (found < 0) found = i;
        *twin |= own;
    }
    return found;
}

bool cue_watched(const Body *b, int first, int end)
{
    return before_it(b, end, end - first, first, WORD_WATCHES);
}

const char *cue_denied(const Prose *p, int from, int end)
{
    const Body *b = p->b;
    const char *why = NULL;
    KeywordList cues = words_of_kind(b->doc->words, WORD_CUE);
    for (int i = from; i < end; i++)
        for (const Keyword *w = cues.v; w < cues.v + cues.n; w++) {
            int used = !w->also || p->joint || p->about ? body_is(b, i, end, w) : 0;
            if (!used) continue;
            if (of_another_kind(b, i + used, end))
                why = "another kind of agreement is signed";
            else if (denied(b, i, from))
                why = "the twinning is denied, has ended, or is only planned";
            else
                return NULL;
        }
    return why;
}
