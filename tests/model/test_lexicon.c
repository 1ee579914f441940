/* The words of the shipped model, and how text becomes them. */
#include "tests/test.h"

#include "base/file.h"
#include "model/lexicon.h"
#include "model/token.h"

static LmFile file;
static Lexicon lex;

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
    const char *text = lexicon_text(&lex, dong, &n);
    CHECK(!strncmp(text, "đông", n));
    CHECK_INT(find("đông", true), dong + 1); /* the name form follows the plain word */
    CHECK(lexicon_is_name(&lex, find("nguyễn", true)));
    CHECK(lexicon_is_syllable(&lex, dong));
    CHECK_INT(find("zzgx", false), LM_UNKNOWN);
    CHECK_INT(lexicon_run(&lex, "", 0).end, 0);
    WordRun same = lexicon_run_of(&lex, dong);
    CHECK(same.first == run.first && same.end == run.end);
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
    RUN(words);
    RUN(tokens);
    lm_file_close(&file);
    return TEST_DONE();
}
