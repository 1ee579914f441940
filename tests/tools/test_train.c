/* What tools/train learns: a layer moves the way its gradient says, and a network that was taught two
 * sentences tells them apart when it has been written and read. */
#include "tools/train/dense.h"
#include "tools/train/net.h"
#include "base/file.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IN = 32, OUT = 32, ROWS = DENSE_ROWS };

static float next_random(void *with)
{
    uint32_t *x = with;
    *x = *x * 1664525u + 1013904223u;
    return (float)(*x >> 8) / (float)(1 << 23) - 1;
}

/* A loss whose slope by y is `by`. */
static float loss(const Dense *d, const float *x, const float *by)
{
    float y[ROWS * OUT], sum = 0;
    dense_forward(d, x, y, ROWS);
    for (int i = 0; i < ROWS * OUT; i++) sum += y[i] * by[i];
    return sum;
}

static bool is_near(float got, float want)
{
    return fabsf(got - want) < 0.02f + 0.02f * fabsf(want);
}

static float slope_by(const Dense *d, const float *x, const float *by, float *number)
{
    enum { PARTS = 1024 };
    float was = *number, up, down;
    *number = was + 1.0f / PARTS;
    up = loss(d, x, by);
    *number = was - 1.0f / PARTS;
    down = loss(d, x, by);
    *number = was;
    return (up - down) * PARTS / 2;
}

TEST(a_layer_knows_its_gradient)
{
    Dense d;
    uint32_t seed = 1;
    float x[ROWS * IN], y[ROWS * OUT], by[ROWS * OUT], dy[ROWS * OUT], dx[ROWS * IN];
    dense_init(&d, IN, OUT, 0.5f, 1, next_random, &seed);
    for (int i = 0; i < ROWS * IN; i++) x[i] = next_random(&seed);
    for (int i = 0; i < ROWS * OUT; i++) by[i] = next_random(&seed);
    dense_forward(&d, x, y, ROWS);
    for (int i = 0; i < ROWS * OUT; i++) dy[i] = y[i] > 0 ? by[i] : 0;
    dense_backward(&d, 1, x, dy, dx, ROWS);
    for (int i = 0; i < 40; i++) {
        int w = i * 37 % (IN * OUT), k = i * 29 % (ROWS * IN);
        CHECK(is_near(d.gradient[1][w], slope_by(&d, x, by, &d.weight[w])));
        CHECK(is_near(dx[k], slope_by(&d, x, by, &x[k])));
    }
    for (int i = 0; i < OUT; i++)
        CHECK(is_near(d.gradient[1][IN * OUT + i], slope_by(&d, x, by, &d.bias[i])));
    dense_release(&d);
}

TEST(a_layer_moves_against_its_gradient)
{
    Dense d;
    uint32_t seed = 2;
    float x[ROWS * IN], y[ROWS * OUT], dy[ROWS * OUT], dx[ROWS * IN], before, after;
    float by[ROWS * OUT];
    dense_init(&d, IN, OUT, 0.5f, 1, next_random, &seed);
    for (int i = 0; i < ROWS * IN; i++) x[i] = next_random(&seed);
    for (int i = 0; i < ROWS * OUT; i++) by[i] = 1;
    before = loss(&d, x, by);
    dense_forward(&d, x, y, ROWS);
    for (int i = 0; i < ROWS * OUT; i++) dy[i] = y[i] > 0;
    for (int half = 0; half < DENSE_HALVES; half++) dense_backward(&d, half, x, dy, dx, ROWS);
    for (int half = 0; half < DENSE_HALVES; half++) dense_move(&d, half, 0.01f);
    after = loss(&d, x, by);
    CHECK(after < before);
    dense_release(&d);
}

/* ---- "phòng chay" is cháy after phòng, chạy after đường ---- */

enum { PHONG = 3, DUONG, VA, CHAY_RUN, CHAY_FIRE, WORDS, LINE = 4, LINES = 512 };

static void silent(const char *what, double value)
{
    (void)what, (void)value;
}

static void teach(uint16_t row[LINES * LINE], Doubts *doubts)
{
    uint32_t seed = 3;
    for (int i = 0; i < LINES; i++) {
        bool fire = next_random(&seed) > 0;
        uint16_t line[LINE] = {fire ? PHONG : DUONG, VA, CHAY_RUN, CONTEXT_BREAK};
        memcpy(row + i * LINE, line, sizeof line);
        DoubtAt d = {.at = (uint32_t)(i * LINE + 2), .of = {.n = 2, .truth = fire}};
        d.of.cand[0] = CHAY_RUN, d.of.cand[1] = CHAY_FIRE;
        d.of.logp[0] = d.of.logp[1] = logf(0.5f);
        *vec_push(doubts) = d;
    }
}

static float fire_over_run(Context *c, uint16_t first)
{
    const WordId row[] = {first, VA, CHAY_RUN, CONTEXT_BREAK}, cand[] = {CHAY_RUN, CHAY_FIRE};
    float logp[2] = {logf(0.5f), logf(0.5f)};
    context_judge(c, row, 4, 2, cand, logp, 2);
    return logp[1] - logp[0];
}

/* Learns, writes, and gives back what the file says. */
static Buf learn(const LmHeader *lm)
{
    uint16_t *row = calloc(LINES * LINE, sizeof *row);
    Doubts doubts = {0};
    Guesses guesses = {.row = row};
    NetOptions o = {.vectors = WORDS, .least = 1, .rounds = 8, .rate = 0.02f};
    char path[] = "/tmp/test_train_XXXXXX";
    int fd = mkstemp(path);
    Buf file = {0};
    Err err = {0};
    if (!CHECK(fd >= 0)) exit(1);
    close(fd);
    teach(row, &doubts);
    CHECK(net_train(&(NetText){row, LINES * LINE, &guesses, &doubts}, lm, &o, path, silent, &err));
    CHECK(file_read(path, 0, &file, &err));
    CHECK_STR(err.text, "");
    unlink(path);
    vec_release(&doubts);
    free(row);
    return file;
}

TEST(what_was_taught_is_known_from_the_file)
{
    LmHeader header = {.words = WORDS, .header_sum = 77};
    LmFile lm = {.header = &header};
    Buf one = learn(&header), other = learn(&header);
    CHECK(one.len == other.len && memcmp(one.s, other.s, one.len) == 0);
    Context c;
    Err err = {0};
    CHECK(context_over(&c, one.s, one.len, "x.ctx", &lm, &err));
    CHECK_STR(err.text, "");
    CHECK(context_verify(&c, &err));
    CHECK(fire_over_run(&c, PHONG) > 1);
    CHECK(fire_over_run(&c, DUONG) < -1);
    c.map = (FileMap){0};
    context_close(&c);
    buf_release(&one);
    buf_release(&other);
}

int main(void)
{
    RUN(a_layer_knows_its_gradient);
    RUN(a_layer_moves_against_its_gradient);
    RUN(what_was_taught_is_known_from_the_file);
    return TEST_DONE();
}
