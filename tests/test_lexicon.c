/* The shipped model: what is opened, found and refused. */
#include "test.h"

#include "base/file.h"
#include "model/lexicon.h"
#include "model/ngram.h"
#include "model/token.h"

static LmFile file;
static Lexicon lex;
static Ngram lm;

static WordId find(const char *word, bool name)
{
    return lexicon_find(&lex, word, strlen(word), name);
}

TEST(words)
{
    size_t n;
    WordRun run = lexicon_run(&lex, "dong", 4);
    WordId dong = find("đông", false);
    CHECK(dong != LM_UNKNOWN);
    CHECK(dong >= run.first && dong < run.end);
    CHECK(!strncmp(lexicon_text(&lex, dong, &n), "đông", n));
    CHECK_INT(find("đông", true), dong + 1); /* the name form follows the plain word */
    CHECK(lexicon_is_name(&lex, find("nguyễn", true)));
    CHECK(lexicon_is_syllable(&lex, dong));
    CHECK_INT(find("zzgx", false), LM_UNKNOWN);
    CHECK_INT(lexicon_run(&lex, "", 0).end, 0);
    WordRun same = lexicon_run_of(&lex, dong);
    CHECK(same.first == run.first && same.end == run.end);
}

TEST(scores)
{
    NgramState s = ngram_begin(&lm), after;
    ngram_score(&lm, &s, find("trường", false), &after);
    ngram_score(&lm, &after, find("mầm", false), &s);
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
        next[i] = ngram_settle(&lm, &next[i]);
        CHECK(ngram_state_equal(&one, &next[i]));
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
    CHECK(strstr(err.text, "no model") != NULL);
    err_clear(&err);
    CHECK(!lm_file_open(&f, "/nowhere/vi.lm", &err));
    CHECK_INT(err.code, DAU_MISSING);
    err_clear(&err);
    CHECK(lm_file_verify(&file, &err));
    buf_release(&copy);
}

TEST(tokens)
{
    static const char line[] = "Kế hoạch số 4340/KH-SGDĐT, gửi a.b@hanoi.gov.vn";
    static const char *const keys[] = {"kế", "hoạch", "số", "0000", "/",    "kh",
                                       "-",  "sgdđt", ",",  "gửi",  "<url>"};
    TokenReader r = token_reader(line, sizeof line - 1);
    Token t;
    char key[TOKEN_KEY_MOST];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        CHECK(token_next(&r, &t));
        key[token_key(line, &t, key)] = '\0';
        CHECK_STR(key, keys[i]);
    }
    CHECK(!token_next(&r, &t));
    key[token_word_key("Hoà", strlen("Hoà"), key)] = '\0';
    CHECK_STR(key, "hòa");
}

int main(void)
{
    char path[4096];
    Err err = {0};
    CHECK(file_data("vi.lm", path, sizeof path, &err));
    if (!CHECK(lm_file_open(&file, path, &err))) return TEST_DONE();
    lexicon_over(&lex, &file);
    ngram_over(&lm, &file);
    RUN(words);
    RUN(scores);
    RUN(runs_and_single_words_agree);
    RUN(refusals);
    RUN(tokens);
    ngram_release(&lm);
    lm_file_close(&file);
    return TEST_DONE();
}
