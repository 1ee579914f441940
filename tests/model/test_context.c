/* A small model of our own: word 5 one place to the left speaks for 3, against 4; far off it speaks for 4. */
#include "model/context.h"
#include "tests/test.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 8, THREE = 3, FOUR = 4, FIVE = 5, NEXT_LEFT = CONTEXT_NEAR - 1 };

static LmHeader lm_header = {.words = WORDS, .header_sum = 77};
static const LmFile lm = {.header = &lm_header};

static int16_t *weights_at(char *data, const ContextLayout *l, int place)
{
    return (int16_t *)(void *)(data + l->at[CONTEXT_WEIGHTS]) + place * CONTEXT_SIZE * CONTEXT_HIDDEN;
}

static void seal(char *data, size_t n)
{
    ContextHeader h;
    memcpy(&h, data, sizeof h);
    h.body_sum = lm_sum(data + sizeof h, n - sizeof h);
    h.header_sum = lm_sum(&h, offsetof(ContextHeader, header_sum));
    memcpy(data, &h, sizeof h);
}

/* Unit 0 counts word 5 before, unit 1 word 5 beyond; 100 steps are one nat. */
static char *model(size_t *n)
{
    ContextHeader h = {.magic = CONTEXT_MAGIC,
                       .version = CONTEXT_VERSION,
                       .byte_order = LM_ORDER_MARK,
                       .complete = LM_COMPLETE,
                       .near = CONTEXT_NEAR,
                       .far = CONTEXT_FAR,
                       .size = CONTEXT_SIZE,
                       .hidden = CONTEXT_HIDDEN,
                       .words = WORDS,
                       .vectors = 3,
                       .outs = 3,
                       .share = 0.5f,
                       .model = lm_header.header_sum};
    ContextLayout l = context_layout(&h);
    h.file_size = *n = l.file_size;
    char *data = aligned_alloc(64, (*n + 63) / 64 * 64);
    memset(data, 0, *n);
    memcpy(data, &h, sizeof h);
    uint16_t *vector_of = (void *)(data + l.at[CONTEXT_VECTOR_OF]),
             *out_of = (void *)(data + l.at[CONTEXT_OUT_OF]);
    int8_t *word = (int8_t *)data + l.at[CONTEXT_WORD], *out = (int8_t *)data + l.at[CONTEXT_OUT];
    float *step = (void *)(data + l.at[CONTEXT_STEP]);
    for (int i = 0; i < WORDS; i++) vector_of[i] = 1;
    vector_of[FIVE] = 2;
    out_of[THREE] = 1, out_of[FOUR] = 2;
    word[2 * CONTEXT_SIZE] = 1;
    weights_at(data, &l, NEXT_LEFT)[0] = 100 * CONTEXT_PART_STEP;
    weights_at(data, &l, CONTEXT_BEYOND)[2] = 100 * CONTEXT_PART_STEP;
    step[0] = step[1] = 0.01f;
    out[1 * CONTEXT_HIDDEN + 0] = 2;
    out[2 * CONTEXT_HIDDEN + 1] = 3;
    seal(data, *n);
    return data;
}

static bool is_near(float got, float want)
{
    return fabsf(got - want) < 1e-4f;
}

static void judge(const WordId *row, size_t n, size_t at, float logp[2])
{
    Context c;
    Err err = {0};
    size_t size;
    char *data = model(&size);
    const WordId cand[] = {THREE, FOUR};
    CHECK(context_over(&c, data, size, "x", &lm, &err));
    for (int again = 0; again < 2; again++) { /* the second from the cache */
        logp[0] = -1, logp[1] = -2;
        context_judge(&c, row, n, at, cand, logp, 2);
    }
    c.map = (FileMap){0};
    context_close(&c);
    free(data);
}

TEST(words_beside_speak_by_their_place)
{
    const WordId row[] = {6, FIVE, THREE, 6};
    float logp[2];
    judge(row, 4, 2, logp);
    CHECK(is_near(logp[0], -0.5f + 2));
    CHECK(is_near(logp[1], -1));
    judge(row, 4, 0, logp); /* nothing there */
    CHECK(is_near(logp[0], -0.5f));
}

TEST(words_beyond_speak_wherever_they_are)
{
    WordId row[2 * CONTEXT_FAR + 1];
    float logp[2];
    for (int i = 0; i < 2 * CONTEXT_FAR + 1; i++) row[i] = CONTEXT_BREAK;
    row[CONTEXT_FAR] = FOUR, row[0] = FIVE;
    judge(row, 2 * CONTEXT_FAR + 1, CONTEXT_FAR, logp);
    CHECK(is_near(logp[1], -1 + 3));
    CHECK(is_near(logp[0], -0.5f));
    judge(row + 1, 2 * CONTEXT_FAR, CONTEXT_FAR - 1, logp); /* out of sight */
    CHECK(is_near(logp[1], -1));
}

TEST(words_the_model_does_not_know_do_no_harm)
{
    const WordId row[] = {60000, THREE, CONTEXT_BREAK};
    float logp[2];
    judge(row, 3, 1, logp);
    CHECK(is_near(logp[0], -0.5f));
}

static void refused(size_t at, char xor, size_t cut, const char *why)
{
    Context c;
    Err err = {0};
    size_t n;
    char *data = model(&n);
    data[at] = (char)(data[at] ^ xor);
    CHECK(!context_over(&c, data, n - cut, "x.ctx", &lm, &err));
    CHECK_INT(err.code, DAU_MISSING);
    if (!CHECK(strstr(err.text, why))) printf("    %s\n", err.text);
    CHECK(strstr(err.text, "make models"));
    free(data);
}

TEST(another_file_is_refused)
{
    refused(0, 1, 0, "not a context model");
    refused(offsetof(ContextHeader, version), 8, 0, "another version");
    refused(offsetof(ContextHeader, complete), 8, 0, "not finished");
    refused(offsetof(ContextHeader, hidden), 1, 0, "header is damaged");
    refused(0, 0, 1, "cut short");
}

TEST(a_model_for_other_words_is_refused)
{
    lm_header.header_sum = 78;
    Context c;
    Err err = {0};
    size_t n;
    char *data = model(&n);
    lm_header.header_sum = 77;
    CHECK(!context_over(&c, data, n, "x.ctx", &lm, &err));
    CHECK(strstr(err.text, "another language model"));
    free(data);
}

TEST(the_shipped_model_is_whole)
{
    LmFile words;
    Context c;
    Err err = {0};
    char path[4096];
    CHECK(file_data("vi.lm", path, sizeof path, &err) && lm_file_open(&words, path, &err));
    CHECK(file_data("vi.ctx", path, sizeof path, &err) && context_open(&c, path, &words, &err));
    CHECK(context_verify(&c, &err));
    CHECK_STR(err.text, "");
    context_close(&c);
    lm_file_close(&words);
}

TEST(a_damaged_body_is_told)
{
    Context c;
    Err err = {0};
    size_t n;
    char *data = model(&n);
    data[n - 5] ^= 1;
    CHECK(context_over(&c, data, n, "x.ctx", &lm, &err));
    CHECK(!context_verify(&c, &err));
    CHECK(strstr(err.text, "damaged"));
    c.map = (FileMap){0};
    context_close(&c);
    free(data);
}

int main(void)
{
    RUN(words_beside_speak_by_their_place);
    RUN(words_beyond_speak_wherever_they_are);
    RUN(words_the_model_does_not_know_do_no_harm);
    RUN(another_file_is_refused);
    RUN(a_model_for_other_words_is_refused);
    RUN(a_damaged_body_is_told);
    RUN(the_shipped_model_is_whole);
    return TEST_DONE();
}
