/* How likely a row is right: a logistic regression over what is known of it (Cox 1958). "Nguyễn Du | Tây Đằng
 * A", both read at 0.98, listed, no flag:
 *
 *     base 1.2  + read 0.4 * 3.9  + ... = 4.1        1 / (1 + e^-4.1) = 0.98
 *
 * The weights were fitted with tools/fit-rows.sh on plans that tools/draw-set.sh draws, see there. A person
 * reads the parts under `dau show --explain`. */
#include "extract/private.h"

#include "base/viet.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { MOST_LOGIT = 5 }; /* a probability of 0.993; beyond it engines know nothing */

static const double DOUBTFUL = 0.87; /* a row less likely than this is flagged */

/* In the order of Factor. */
static const struct {
    const char *name;
    double weight;
} factors[] = {
#include "prob_weights.inc"
};
static_assert(sizeof factors / sizeof *factors == FACTORS, "a weight for each factor");

static double logit(double p)
{
    const double least = 1 / (1 + exp(MOST_LOGIT));
    p = fmin(fmax(p, least), 1 - least);
    return log(p / (1 - p));
}

/* A digit or capital inside a syllable, a small letter at its front, a mark. */
bool name_is_odd(const char *name)
{
    int32_t before = ' ', c;
    bool numeral = false;
    for (size_t n = strlen(name), i = 0; i < n; before = c) {
        i += utf8_decode(name + i, n - i, &c);
        bool start = before == ' ' || before == '-' || before == '(' || before == '&';
        if (start) numeral = viet_is_digit(c) || (viet_is_upper(c) && strchr("IVX", c < 128 ? c : 1));
        if (viet_is_digit(c) && viet_is_letter(before)) return true;
        if (viet_is_letter(c) && viet_is_digit(before)) return true;
        if (viet_is_upper(c) && viet_is_letter(before) && !numeral && !viet_is_upper(before)) return true;
        if (viet_is_letter(c) && !viet_is_upper(c) && start && before != '-') return true;
        if (c > 0 && c < 128 && strchr("|!?:;\"*~=_<>{}[]\\@", c)) return true;
    }
    return false;
}

static double words_of(const char *name)
{
    double n = *name != 0;
    for (; *name; name++) n += *name == ' ';
    return n;
}

/* What an engine may have misread; what was typed stands as it was meant. */
static void add_reading(double x[FACTORS], const Doc *doc, const Name *name)
{
    x[FACTOR_UNLISTED] += !name->listed;
    x[FACTOR_STRANGE] += !name->listed && !gazetteer_syllables(doc->names, name->name);
    x[FACTOR_MENDED] += name->mended;
    x[FACTOR_STRAY] += name->stray;
}

static void add_name(double x[FACTORS], const Doc *doc, const Name *name)
{
    Arena tmp = {0};
    if (name->typed != TYPED_YES) add_reading(x, doc, name);
    x[FACTOR_HERE] += name->here;
    x[FACTOR_ODD] +=
        name_is_odd(name_stem(doc, &tmp, name->name)); /* where it was typed, it is not only a name */
    x[FACTOR_SHORT] += !name->listed && words_of(name->name) < 2;
    x[FACTOR_LONG] += words_of(name->name) > 4;
    x[FACTOR_GUESSED] += name->guessed;
    arena_release(&tmp);
}

static void add_flags(double x[FACTORS], unsigned flags)
{
    for (unsigned i = 0; i < FLAGS; i++) {
        const char *name = flags >> i & 1 ? flag_factor((Flag)(1u << i)) : NULL;
        for (int f = 0; name && f < FACTORS; f++)
            if (str_eq(factors[f].name, name)) x[f]++;
    }
}

void row_factors(const Doc *doc, const Entry *e, const Name *school, const Name *partner, unsigned flags,
                 double x[FACTORS])
{
    memset(x, 0, FACTORS * sizeof *x);
    x[FACTOR_BASE] = 1;
    x[FACTOR_READ_WORSE] = logit(fmin(school->prob, partner->prob));
    x[FACTOR_READ_BETTER] = logit(fmax(school->prob, partner->prob));
    x[FACTOR_PARTING] = e->parting < 1 ? logit(e->parting) - MOST_LOGIT : 0;
    x[FACTOR_SURE] = logit(fmin(school->sure, partner->sure));
    x[FACTOR_TEXT] = e->text;
    add_flags(x, flags);
    x[FACTOR_NO_LEVEL] =
        !e->column && !e->section && !e->title && !school->level && !partner->level; /* nor guessed */
    add_name(x, doc, school);
    add_name(x, doc, partner);
}

double row_prob(const double x[FACTORS])
{
    double sum = 0;
    for (int i = 0; i < FACTORS; i++) sum += factors[i].weight * x[i];
    return 1 / (1 + exp(-fmin(sum, MOST_LOGIT)));
}

bool row_doubtful(double prob)
{
    return prob < DOUBTFUL;
}

void factors_text(const double x[FACTORS], Buf *out)
{
    for (int i = 0; i < FACTORS; i++)
        if (x[i]) buf_addf(out, "%s%s=%.3g", out->len ? " " : "", factors[i].name, x[i]);
}

void factors_explain(const double x[FACTORS], Buf *out)
{
    double sum = 0;
    for (int i = 0; i < FACTORS; i++) sum += factors[i].weight * x[i];
    buf_addf(out, "%.3f =", row_prob(x));
    for (int i = 0; i < FACTORS; i++)
        if (x[i] && fabs(factors[i].weight * x[i]) >= 0.05)
            buf_addf(out, " %s %+.1f", factors[i].name, factors[i].weight * x[i]);
    buf_addf(out, ", in all %+.1f (log-odds)", sum);
}
