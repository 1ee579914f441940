#include "model/words.h"
#include "tests/test.h"

#include "base/file.h"
#include "base/viet.h"

#include <stdio.h>
#include <unistd.h>

/* The words of a text, under the name "own.tsv"; NULL, with err, where it is wrong. */
static Keywords *words_of_text(const char *text, Err *err)
{
    Keywords *w = words_new();
    err_clear(err);
    if (words_read(w, "own.tsv", text, strlen(text), err)) return w;
    words_close(w);
    return NULL;
}

static const char *fault_of(const char *text)
{
    static Err err;
    Keywords *w = words_of_text(text, &err);
    CHECK(w == NULL && err.code == DAU_BAD_INPUT);
    words_close(w);
    return err.text;
}

TEST(reading)
{
    Err err;
    Keywords *w = words_of_text("\xEF\xBB\xBF# kind\twords\r\n"
                                "\n"
                                "level\tMẫu  giáo bán công\tmn\r\n"
                                "level-code\tPGD & ĐT\tGDNN-GDTX\n"
                                "cue\tđỡ đầu\n"
                                "document\tbiên bản kí kết\tbiên bản ký kết\n"
                                "document\tđề án\n",
                                &err);
    CHECK_STR(err.text, "");
    if (!w) return;
    KeywordList levels = words_of_kind(w, WORD_LEVEL);
    CHECK_INT(levels.n, 2);
    CHECK_STR(levels.v[0].text, "Mẫu giáo bán công");
    CHECK_STR(levels.v[0].lower, "mẫu giáo bán công");
    CHECK_STR(levels.v[0].key, "mau giao ban cong");
    CHECK_STR(levels.v[0].letters, "maugiaobancong");
    CHECK(levels.v[0].value == LEVEL_MN && !levels.v[0].also && levels.v[0].len == 14);
    CHECK_STR(levels.v[1].letters, "pgddt");
    CHECK(levels.v[1].value == LEVEL_GDNN_GDTX && levels.v[1].also);
    const Keyword *cue = words_lookup(w, WORD_CUE, "dodau");
    CHECK(cue && !cue->also && words_lookup(w, WORD_CUE, "doda") == NULL);
    KeywordList documents = words_of_kind(w, WORD_DOCUMENT);
    CHECK(documents.n == 2);
    CHECK_STR(documents.v[0].meaning, "biên bản ký kết");
    CHECK_STR(documents.v[1].meaning, "đề án");
    CHECK_INT(words_of_kind(w, WORD_SURNAME).n, 0);
    words_close(w);
}

/* One letter in five, from six letters on; not in kinds that are not misread; what the row says goes first. */
TEST(edits)
{
    Err err;
    CHECK(words_edits(5) == 0 && words_edits(6) == 1 && words_edits(10) == 2 && words_edits(44) == 8);
    Keywords *w = words_of_text("level\ttiểu học\tTH\n"
                                "level\ttiểu học nhé\tTH\n"
                                "level\ttiểu học\tTH\t2\n"
                                "level\ttiểu học\tTH\t0\n"
                                "level\tlớp\tTH\n"
                                "denied\tchấm dứt hẳn\n"
                                "denied\tchấm dứt hẳn\t\t1\n",
                                &err);
    CHECK_STR(err.text, "");
    if (!w) return;
    static const int want[] = {1, 2, 2, 0, 0};
    KeywordList levels = words_of_kind(w, WORD_LEVEL), denied = words_of_kind(w, WORD_DENIED);
    for (int i = 0; i < 5 && i < levels.n; i++) CHECK_INT(levels.v[i].edits, want[i]);
    CHECK(denied.n == 2 && denied.v[0].edits == 0 && denied.v[1].edits == 1);
    words_close(w);
}

TEST(faults)
{
    CHECK_STR(fault_of("# ours\n\nlevel\tmầm non\tXX\n"),
              "own.tsv:3: unknown level 'XX'; one of MN, TH, THCS, THPT, TH&THCS, THCS&THPT, LC, PTDTNT, "
              "GDNN-GDTX, CB");
    CHECK_STR(fault_of("levels\tmầm non\tMN\n"),
              "own.tsv:1: unknown kind 'levels'; dicts/README.md lists the kinds of words");
    CHECK_STR(fault_of("unit\tấp\tvillage\n"),
              "own.tsv:1: unknown value 'village' of kind 'unit'; one of district, ward, province");
    CHECK_STR(fault_of("degree\tThS\tpoint\n"),
              "own.tsv:1: unknown value 'point' of kind 'degree'; one of nothing, stop");
    CHECK_STR(fault_of("level\tmầm non\n"), "own.tsv:1: unknown level ''; one of MN, TH, THCS, THPT, "
                                            "TH&THCS, THCS&THPT, LC, PTDTNT, GDNN-GDTX, CB");
    CHECK_STR(fault_of("cue\tCLB\tMN\n"), "own.tsv:1: kind 'cue' takes no value, but 'MN' stands there");
    CHECK_STR(
        fault_of("cue\tCLB\t\t3\n"),
        "own.tsv:1: edits '3' of 'CLB', which has 3 letters; write a whole number from 0 on and below that");
    CHECK_STR(fault_of("cue\tkết nghĩa\t\tone\n"), "own.tsv:1: edits 'one' of 'kết nghĩa', which has 8 "
                                                   "letters; write a whole number from 0 on and below that");
    CHECK_STR(
        fault_of("cue\tCLB\t\t-1\n"),
        "own.tsv:1: edits '-1' of 'CLB', which has 3 letters; write a whole number from 0 on and below that");
    CHECK_STR(fault_of("cue\n"), "own.tsv:1: 1 fields; a line is kind, words, value, edits, tabs between");
    CHECK_STR(fault_of("cue\tCLB\t\t1\tx\n"),
              "own.tsv:1: 5 fields; a line is kind, words, value, edits, tabs between");
    CHECK_STR(fault_of("cue\t--\n"), "own.tsv:1: '--' has 0 letters; words have 1 to 72");
    CHECK_STR(fault_of("cue\tCLB\ncue\t\xC3\n"), "own.tsv:2: no UTF-8; save it as UTF-8 and try again");
}

/* The user's rows stand behind those that come with the program. */
TEST(own_file)
{
    char path[] = "/tmp/dau-test-words-XXXXXX";
    static const char text[] = "level\tMẫu giáo bán công\tMN\n";
    Err err = {0};
    int fd = mkstemp(path);
    if (fd >= 0) close(fd);
    file_write(path, text, sizeof text - 1, &err);
    Keywords *ours = words_open(NULL, &err), *both = words_open(path, &err);
    CHECK_STR(err.text, "");
    if (ours && both) {
        KeywordList a = words_of_kind(ours, WORD_LEVEL), b = words_of_kind(both, WORD_LEVEL);
        CHECK_INT(b.n, a.n + 1);
        CHECK_STR(b.v[0].letters, a.v[0].letters);
        CHECK_STR(b.v[b.n - 1].letters, "maugiaobancong");
    }
    words_close(ours);
    words_close(both);
    unlink(path);
    CHECK(words_open("/nowhere/at/all.tsv", &err) == NULL && err.code == DAU_FILE_ACCESS);
    words_close(NULL);
}

/* dicts/words.tsv: every kind has a row, and no row stands there twice. */
TEST(shipped)
{
    Err err = {0};
    Keywords *w = words_open(NULL, &err);
    CHECK_STR(err.text, "");
    if (!w) return;
    for (int kind = 0; kind < WORD_KINDS; kind++) {
        KeywordList list = words_of_kind(w, (WordKind)kind);
        if (!list.n) printf("kind %d has no row\n", kind);
        CHECK(list.n > 0);
        for (int i = 0; i < list.n; i++)
            for (int k = i + 1; k < list.n; k++) {
                bool twice = strcmp(list.v[i].lower, list.v[k].lower) == 0;
                if (twice) printf("'%s' stands twice in kind %d\n", list.v[i].text, kind);
                CHECK(!twice);
            }
    }
    CHECK(words_begin_level(w, "ma") && words_begin_level(w, "tr") && words_begin_level(w, "thcs"));
    CHECK(!words_begin_level(w, "ho") && !words_begin_level(w, "") && !words_begin_level(w, "m"));
    words_close(w);
}

int main(void)
{
    RUN(reading);
    RUN(edits);
    RUN(faults);
    RUN(own_file);
    RUN(shipped);
    return TEST_DONE();
}
