/* A hidden Markov model over the words, taught by expectation and maximisation (Baum and Welch; Rabiner, A tutorial on
 * hidden Markov models, Proceedings of the IEEE 77 (1989), 257).
 *
 * Example: "Trường Mầm non Hoa Sen / Truong THCS Le Quy Don". "Trường" has its marks: kept. "Truong" is not a word as it
 * stands, so bare; "non" may be either. The first line is kept and the second bare: a line's end changes the state, and
 * "Don" is bare since its neighbours are. In "truong mam non: cac trường gửi" the states follow no line, and the share
 * of bare words alone tells. */
#include "restore/loss.h"

#include "base/arena.h"
#include "base/real.h"
#include "base/viet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 8, MARKED = LOSS_FOREIGN /* states of Vietnamese */ };

/* Of a word whose neighbour is Vietnamese, to be of another language, and back; [1]: over a line's end. */
static const float BECOMES_FOREIGN[2] = {0.004f, 0.02f}, BECOMES_VIETNAMESE[2] = {0.04f, 0.2f};

static const float FIRST_STAYS = 0.7f, FIRST_CHIPPED = 0.003f;
static const float FIRST_SHARE[LOSS_STATES] = {0.5f, 0.45f, 0.05f, 0};

/* What is believed before anything is read, in words that were seen. */
static const float PRIOR_SHARE[LOSS_STATES] = {0.5f, 0.05f, 0.01f, 0};
static const float PRIOR_STAYS = 8, USUALLY_STAYS = 0.95f, PRIOR_KEPT = 300;

/* Of an accident: the share of the ways in which a word loses just what this one lost. Of a loss that is none of the
 * kinds: the same. */
static const float ONE_WAY = 0.4f, NO_KIND = 0.01f;

static const float LEAST = 1e-9f; /* probability of any state at any word */

unsigned loss_fits(const char *raw, size_t n, const char *word, size_t m)
{
    size_t i = 0, k = 0;
    int marks_lost = 0, tones_lost = 0;
    bool carries = false; /* the raw word, a mark or a tone */
    bool toned = false;   /* the raw word has a tone */
    while (i < n && k < m) {
        int32_t a, b;
        i += utf8_decode(raw + i, n - i, &a);
        k += utf8_decode(word + k, m - k, &b);
        Letter x = a < 0x80 && b < 0x80 && a == b ? (Letter){0} : viet_letter(a), y = viet_letter(b);
        if (a == b) {
            carries = carries || x.mark || x.tone || a >= 0x80, toned = toned || x.tone;
            continue;
        }
        if (!x.base || x.base != y.base || (x.mark && x.mark != y.mark) || (x.tone && x.tone != y.tone))
            return 0;
        carries = carries || x.mark || x.tone, toned = toned || x.tone;
        marks_lost += x.mark != y.mark, tones_lost += x.tone != y.tone;
    }
    if (i < n || k < m) return 0;
    int lost = marks_lost + tones_lost;
    return LOSS_FITS_SOMEHOW | (lost == 0 ? LOSS_FITS_KEPT : 0) | (carries ? 0 : LOSS_FITS_BARE) |
           (marks_lost || toned ? 0 : LOSS_FITS_TONELESS) | (lost == 1 ? LOSS_FITS_CHIPPED : 0);
}

void loss_init(LossModel *m)
{
    for (int k = 0; k < LOSS_CASES; k++) memcpy(m->share[k], FIRST_SHARE, sizeof FIRST_SHARE);
    m->stays[0] = m->stays[1] = FIRST_STAYS;
    m->chipped = FIRST_CHIPPED;
}

/* How likely the raw word is in each state, scaled so that the likeliest is 1. */
static void seen_in(const LossModel *m, const LossSight *s, float out[LOSS_STATES])
{
    float most = 0;
    memcpy(out, s->seen, sizeof s->seen);
    out[LOSS_KEPT] = (1 - m->chipped) * s->seen[LOSS_KEPT] + m->chipped * s->chipped;
    for (int k = 0; k < LOSS_STATES; k++) most = fmaxf(most, out[k]);
    for (int k = 0; k < LOSS_STATES; k++) out[k] = most > 0 ? fmaxf(out[k] / most, LEAST) : 1;
}

static float scale(float p[LOSS_STATES])
{
    float sum = 0;
    for (int k = 0; k < LOSS_STATES; k++) sum += p[k];
    for (int k = 0; k < LOSS_STATES; k++) p[k] /= sum;
    return sum;
}

/* A step from word to word, in parts: each state stays what it is, or is drawn anew. */
typedef struct LossStep {
    float stays, anew;      /* of a state of Vietnamese */
    float to_foreign, back; /* of Vietnamese; of a foreign word */
    const float *share;     /* of what is drawn anew */
} LossStep;

static LossStep step_to(const LossModel *m, const LossSight *s)
{
    int line = s->begins;
    float same = 1 - BECOMES_FOREIGN[line];
    return (LossStep){same * m->stays[line], same * (1 - m->stays[line]), BECOMES_FOREIGN[line],
                      BECOMES_VIETNAMESE[line], m->share[s->letters]};
}

/* What the word is by the words before it. */
static void go_on(const LossStep *t, const float from[LOSS_STATES], float to[LOSS_STATES])
{
    float marked = 1 - from[LOSS_FOREIGN], anew = t->anew * marked + t->back * from[LOSS_FOREIGN];
    for (int k = 0; k < MARKED; k++) to[k] = t->stays * from[k] + anew * t->share[k];
    to[LOSS_FOREIGN] = t->to_foreign * marked + (1 - t->back) * from[LOSS_FOREIGN];
}

static void go_back(const LossStep *t, const float ahead[LOSS_STATES], float to[LOSS_STATES])
{
    float anew = 0;
    for (int k = 0; k < MARKED; k++) anew += t->share[k] * ahead[k];
    for (int k = 0; k < MARKED; k++)
        to[k] = t->stays * ahead[k] + t->anew * anew + t->to_foreign * ahead[LOSS_FOREIGN];
    to[LOSS_FOREIGN] = t->back * anew + (1 - t->back) * ahead[LOSS_FOREIGN];
}

/* Before the first word of all: nothing stays. */
static void begin(const LossModel *m, const LossSight *s, float to[LOSS_STATES])
{
    memcpy(to, m->share[s->letters], LOSS_STATES * sizeof *to);
    to[LOSS_FOREIGN] = BECOMES_FOREIGN[1];
    scale(to);
}

void loss_judge(const LossModel *m, const LossSight *sight, size_t n, LossStates *out)
{
    float now[LOSS_STATES], ahead[LOSS_STATES], seen[LOSS_STATES], back[LOSS_STATES] = {1, 1, 1, 1};
    for (size_t i = 0; i < n; i++) {
        LossStep t = step_to(m, &sight[i]);
        if (i)
            go_on(&t, now, out[i].p);
        else
            begin(m, &sight[i], out[i].p);
        seen_in(m, &sight[i], seen);
        for (int k = 0; k < LOSS_STATES; k++) now[k] = out[i].p[k] * seen[k];
        scale(now);
    }
    for (size_t i = n; i-- > 0;) {
        LossStep t = step_to(m, &sight[i]);
        seen_in(m, &sight[i], seen);
        for (int k = 0; k < LOSS_STATES; k++) out[i].p[k] *= back[k], ahead[k] = seen[k] * back[k];
        scale(out[i].p);
        go_back(&t, ahead, back);
        scale(back);
    }
}

/* ---- learning ---- */

typedef struct LossCounts {
    float share[LOSS_CASES][LOSS_STATES];
    float stays[2], steps[2], kept, chipped;
} LossCounts;

/* The step into word i: `before` is the word before by all words up to it, `ahead` word i by itself and all that follow.
 */
static void count_step(const LossModel *m, const LossSight *s, const float before[LOSS_STATES],
                       const float ahead[LOSS_STATES], LossCounts *sum)
{
    LossStep t = step_to(m, s);
    float stays = 0, anew[LOSS_STATES], all = 0, foreign;
    float drawn = t.anew * (1 - before[LOSS_FOREIGN]) + t.back * before[LOSS_FOREIGN];
    for (int k = 0; k < MARKED; k++) {
        stays += t.stays * before[k] * ahead[k];
        anew[k] = drawn * t.share[k] * ahead[k];
        all += anew[k];
    }
    foreign = (t.to_foreign * (1 - before[LOSS_FOREIGN]) + (1 - t.back) * before[LOSS_FOREIGN]) *
              ahead[LOSS_FOREIGN];
    float whole = stays + all + foreign;
    for (int k = 0; k < MARKED; k++) sum->share[s->letters][k] += anew[k] / whole;
    sum->stays[s->begins] += stays / whole;
    sum->steps[s->begins] += (stays + all) / whole;
}

static void count_accident(const LossModel *m, const LossSight *s, float kept, LossCounts *sum)
{
    float whole = (1 - m->chipped) * s->seen[LOSS_KEPT], part = m->chipped * s->chipped;
    sum->kept += kept;
    if (part > 0) sum->chipped += kept * part / (whole + part);
}

static void count_all(const LossModel *m, const LossSight *sight, size_t n, LossStates *forward,
                      LossCounts *sum)
{
    float seen[LOSS_STATES], ahead[LOSS_STATES], back[LOSS_STATES] = {1, 1, 1, 1};
    for (size_t i = 0; i < n; i++) {
        LossStep t = step_to(m, &sight[i]);
        if (i)
            go_on(&t, forward[i - 1].p, forward[i].p);
        else
            begin(m, &sight[i], forward[i].p);
        seen_in(m, &sight[i], seen);
        for (int k = 0; k < LOSS_STATES; k++) forward[i].p[k] *= seen[k];
        scale(forward[i].p);
    }
    for (size_t i = n; i-- > 0;) {
        LossStep t = step_to(m, &sight[i]);
        float own[LOSS_STATES];
        seen_in(m, &sight[i], seen);
        for (int k = 0; k < LOSS_STATES; k++)
            own[k] = forward[i].p[k] * back[k], ahead[k] = seen[k] * back[k];
        scale(own);
        count_accident(m, &sight[i], own[LOSS_KEPT], sum);
        if (i)
            count_step(m, &sight[i], forward[i - 1].p, ahead, sum);
        else
            for (int k = 0; k < MARKED; k++) sum->share[sight[i].letters][k] += own[k];
        go_back(&t, ahead, back);
        scale(back);
    }
}

static void maximise(LossModel *m, const LossCounts *c)
{
    for (int k = 0; k < LOSS_CASES; k++) {
        for (int s = 0; s < LOSS_STATES; s++) m->share[k][s] = c->share[k][s] + PRIOR_SHARE[s];
        scale(m->share[k]);
    }
    for (int line = 0; line < 2; line++)
        m->stays[line] = (c->stays[line] + PRIOR_STAYS * USUALLY_STAYS) / (c->steps[line] + PRIOR_STAYS);
    m->chipped = (c->chipped + PRIOR_KEPT * FIRST_CHIPPED) / (c->kept + PRIOR_KEPT);
}

void loss_learn(LossModel *m, const LossSight *sight, size_t n)
{
    LossStates *forward = n ? xalloc(n * sizeof *forward) : NULL;
    for (int round = 0; n && round < ROUNDS; round++) {
        LossCounts sum = {0};
        count_all(m, sight, n, forward, &sum);
        maximise(m, &sum);
    }
    free(forward);
}

float loss_cost(const LossModel *m, const LossStates *s, unsigned fits)
{
    float p = 0;
    if (fits & LOSS_FITS_KEPT) p += s->p[LOSS_KEPT] * (1 - m->chipped) + s->p[LOSS_FOREIGN];
    if (fits & LOSS_FITS_CHIPPED) p += s->p[LOSS_KEPT] * m->chipped * ONE_WAY;
    if (fits & LOSS_FITS_SOMEHOW) p += s->p[LOSS_KEPT] * m->chipped * NO_KIND;
    if (fits & LOSS_FITS_BARE) p += s->p[LOSS_BARE];
    if (fits & LOSS_FITS_TONELESS) p += s->p[LOSS_TONELESS];
    return -real_log(p > LEAST ? p : LEAST);
}
