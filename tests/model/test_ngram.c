/* The shipped model: its probabilities, and which files are refused. */
#include "tests/test.h"

#include "base/file.h"
#include "model/lexicon.h"
#include "model/ngram.h"

#include <math.h>

static LmFile file;
static Lexicon lex;
static Ngram lm;

static WordId find(const char *word, bool name)
{
    return lexicon_find(&lex, word, strlen(word), name);
}

static NgramState after(const char *first, const char *second)
{
    NgramState s = ngram_begin(&lm), next;
    ngram_score(&lm, &s, find(first, false), &next);
    ngram_score(&lm, &next, find(second, false), &s);
    return s;
}

TEST(scores)
{
    NgramState s = after("trường", "mầm");
    float non = ngram_score(&lm, &s, find("non", false), NULL),
          hoc = ngram_score(&lm, &s, find("học", false), NULL);
    CHECK(non < 0 && non > -1);
    CHECK(hoc < non - 3);
}

TEST(runs_and_single_words_agree)
{
    WordRun run = lexicon_run(&lex, "mai", 3);
    uint16_t ids[64];
    float logp[64];
    NgramState s = ngram_begin(&lm), next[64], one;
    int n = 0;
    for (WordId id = run.first; id < run.end && n < 64; id++) ids[n++] = id;
    ngram_extend(&lm, &s, ids, n, logp, next);
    for (int i = 0; i < n; i++) {
        CHECK(ngram_score(&lm, &s, ids[i], &one) == logp[i]);
        CHECK(ngram_state_equal(&one, &next[i]));
    }
}

/* After any words, the probabilities of all words make one. */
TEST(sums_to_one)
{
    NgramState s = after("phòng", "giáo");
    double sum = 0;
    for (uint32_t id = 0; id < file.header->words; id++)
        sum += exp((double)ngram_score(&lm, &s, (uint16_t)id, NULL));
    CHECK(sum > 0.97 && sum < 1.03); /* 8 bits a number */
}

/* What states with the same last word share, and what only the longest context knows. */
TEST(parts_and_extension_agree)
{
    NgramWords w = {0};
    NgramLower lower;
    NgramState next, follows[NGRAM_MOST];
    float logp[NGRAM_MOST], sum[NGRAM_MOST];
    NgramState s = after("trường", "mầm"), other = after("hạt", "mầm");
    WordRun run = lexicon_run(&lex, "non", 3);
    for (WordId id = run.first; id < run.end; id++) w.id[w.n++] = id;
    CHECK(w.n > 2 && w.n < NGRAM_MOST && ngram_lower_key(&lm, &s) == ngram_lower_key(&lm, &other));
    ngram_words(&lm, &w);
    const NgramState *asked = &other, *longest = &s;
    NgramSeek seek, *far = &seek, *near = &lower.seek;
    ngram_reach(&lm, 0, &asked, &near, 1, w.id[0]);
    ngram_reach(&lm, ngram_top(&lm), &longest, &far, 1, w.id[0]);
    ngram_near(&lm, 0, &near, 1, w.id[0]);
    ngram_find(&lm, 0, &near, 1, w.id[0]);
    ngram_lower(&lm, &asked, 1, &w, &lower);
    ngram_near(&lm, ngram_top(&lm), &far, 1, w.id[0]);
    ngram_find(&lm, ngram_top(&lm), &far, 1, w.id[0]);
    ngram_upper(&lm, &w, &lower, &seek, 2, sum);
    ngram_extend(&lm, &s, w.id, w.n, logp, follows);
    for (int i = 0; i < w.n; i++) {
        CHECK(fabsf(sum[i] - 2 - logp[i]) < 1e-4f);
        CHECK((logp[i] != lower.logp[i] + seek.paid) == (i == 0)); /* of "trường mầm" only "non" is known */
        ngram_follow(&lm, &w, &lower, i, &next);
        CHECK(ngram_state_equal(&next, &follows[i]));
    }
    CHECK(lower.logp[w.n] == -INFINITY || w.n % NGRAM_LANES == 0);
}

/* Words far from each other, of long lists and short ones: as one by one. */
TEST(scattered_words)
{
    const char *before[] = {"của", "kỳ", "nhà"};
    for (size_t k = 0; k < 3; k++) {
        NgramState s = after("là", before[k]);
        for (uint32_t first = 3; first < file.header->words; first += 977) {
            uint16_t ids[3] = {(uint16_t)first, (uint16_t)(first + 40), (uint16_t)(first + 5000)};
            int n = ids[2] > ids[1] && ids[2] < file.header->words ? 3 : 1;
            float logp[3];
            ngram_extend(&lm, &s, ids, n, logp, NULL);
            for (int i = 0; i < n; i++) CHECK(ngram_score(&lm, &s, ids[i], NULL) == logp[i]);
        }
    }
}

TEST(refusals)
{
    Err err = {0};
    LmFile f;
    Buf copy = {0};
    buf_addn(&copy, file.map.data, 4096);
    CHECK(!lm_file_over(&f, copy.s, copy.len, "x", &err));
    CHECK_INT(err.code, DAU_MISSING);
    CHECK(strstr(err.text, "cut short") != NULL);
    err_clear(&err);
    copy.s[0] ^= 1;
    CHECK(!lm_file_over(&f, copy.s, copy.len, "x", &err));
    CHECK(strstr(err.text, "not a model") != NULL);
    err_clear(&err);
    CHECK(!lm_file_open(&f, "/nowhere/vi.lm", &err));
    CHECK_INT(err.code, DAU_MISSING);
    err_clear(&err);
    CHECK(lm_file_verify(&file, &err));
    buf_release(&copy);
}

int main(void)
{
    char path[4096];
    Err err = {0};
    CHECK(file_data("vi.lm", path, sizeof path, &err));
    if (!CHECK(lm_file_open(&file, path, &err))) return TEST_DONE();
    lexicon_over(&lex, &file);
    ngram_over(&lm, &file);
    RUN(scores);
    RUN(sums_to_one);
    RUN(runs_and_single_words_agree);
    RUN(parts_and_extension_agree);
    RUN(scattered_words);
    RUN(refusals);
    ngram_release(&lm);
    lm_file_close(&file);
    return TEST_DONE();
}
