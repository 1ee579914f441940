/* The model of what words lose, over sights made by hand. */
#include "tests/test.h"

#include "restore/loss.h"

#include <math.h>
#include <string.h>

static const LossSight MARKED = {.seen = {1, 0, 0, 0}}, BARE = {.seen = {1e-5f, 1, 0, 0.1f}},
                       EITHER = {.seen = {0.3f, 1, 0.4f, 0.3f}};

static unsigned fits(const char *raw, const char *word)
{
    return loss_fits(raw, strlen(raw), word, strlen(word));
}

TEST(fits)
{
    CHECK_INT(fits("tổ", "tổ"), LOSS_FITS_KEPT | LOSS_FITS_SOMEHOW);
    CHECK_INT(fits("hoa", "hoa"), LOSS_FITS_KEPT | LOSS_FITS_BARE | LOSS_FITS_TONELESS | LOSS_FITS_SOMEHOW);
    CHECK_INT(fits("to", "tổ"), LOSS_FITS_BARE | LOSS_FITS_SOMEHOW);
    CHECK_INT(fits("tô", "tổ"), LOSS_FITS_TONELESS | LOSS_FITS_CHIPPED | LOSS_FITS_SOMEHOW);
    CHECK_INT(fits("đóc", "đốc"), LOSS_FITS_CHIPPED | LOSS_FITS_SOMEHOW);
    CHECK_INT(fits("tổ", "tố"), 0);
    CHECK_INT(fits("tổ", "to"), 0);
    CHECK_INT(fits("to", "toa"), 0);
}

/* What an either-word is in the middle of forty words, every `every`th of them bare. */
static LossStates middle_of(int every)
{
    LossSight s[41];
    LossStates out[41];
    LossModel m;
    for (int i = 0; i < 41; i++) s[i] = every && i % every == 0 ? BARE : MARKED;
    s[20] = EITHER;
    loss_init(&m);
    loss_learn(&m, s, 41);
    loss_judge(&m, s, 41, out);
    return out[20];
}

TEST(states)
{
    LossStates kept = middle_of(0), bare = middle_of(1), mixed = middle_of(2);
    CHECK(kept.p[LOSS_KEPT] > 0.98f);
    CHECK(bare.p[LOSS_BARE] > 0.98f);
    CHECK(mixed.p[LOSS_BARE] > 0.2f && mixed.p[LOSS_BARE] < 0.8f);
    CHECK(fabsf(mixed.p[LOSS_KEPT] + mixed.p[LOSS_BARE] + mixed.p[LOSS_TONELESS] + mixed.p[LOSS_FOREIGN] -
                1) < 1e-4f);
}

/* Lines that are bare by turns: a line's end parts them. */
TEST(lines)
{
    enum { WORDS = 80, LINE = 10 };
    LossSight s[WORDS];
    LossStates out[WORDS];
    LossModel m;
    for (int i = 0; i < WORDS; i++) {
        s[i] = i / LINE % 2 ? BARE : MARKED;
        s[i].begins = i % LINE == 0;
    }
    s[19 + LINE] = EITHER, s[21 + LINE] = EITHER;
    loss_init(&m);
    loss_learn(&m, s, WORDS);
    loss_judge(&m, s, WORDS, out);
    CHECK(out[19 + LINE].p[LOSS_KEPT] > 0.7f);
    CHECK(out[21 + LINE].p[LOSS_BARE] > 0.8f);
}

TEST(costs)
{
    LossModel m;
    LossStates kept = {{1, 0, 0, 0}};
    loss_init(&m);
    CHECK(loss_cost(&m, &kept, LOSS_FITS_KEPT) < 0.01f);
    CHECK(loss_cost(&m, &kept, LOSS_FITS_CHIPPED) > 5);
    CHECK(loss_cost(&m, &kept, LOSS_FITS_BARE) > loss_cost(&m, &kept, LOSS_FITS_CHIPPED));
    loss_learn(&m, NULL, 0);
}

int main(void)
{
    RUN(fits);
    RUN(states);
    RUN(lines);
    RUN(costs);
    return TEST_DONE();
}
