/* dau eval text GOLD GOT: how far a text is from the truth.
 *
 * Words (between blanks) of both are aligned by edit distance (base/align.h): line by line where both have as many lines,
 * else over the whole. Characters, code points of NFC, are counted inside the stretches where words differ. Tones are put
 * in their old place first: hoà and hòa are one word.
 *
 * Example: gold "Phòng Giáo dục quận", got "Phong Gido dục quận". Two of four words are wrong: WER 50 %. "Phong" has only
 * its mark wrong, "Gido" one letter: CER 2/20, blanks counted. With --raw, the words of the text before restoring are aligned, too. A word that was
 * right and is wrong now was changed wrongly. */
#include "cmd/cmd.h"

#include "base/align.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/viet.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 10 };
/* Pairs of words, or of characters, that are compared at most: 400,000 by 400,000, about a minute. */
static const double COMPARE_MOST = 1.6e11;

typedef struct EvalWord {
    const char *s;
    double prob; /* -1: not told */
    int32_t id;  /* the same for the same word */
} EvalWord;

typedef VEC(EvalWord) WordVec;
typedef VEC(size_t) Ends;

typedef struct TextSide { /* a text as words; line_end[i]: words up to and with line i */
    const char *path;
    Arena a;
    WordVec words;
    Ends line_end;
} TextSide;

typedef struct Score {
    long syllables, wrong_syllables, capital_syllables,
        wrong_capital_syllables; /* runs of letters, case apart */
    long words, wrong, chars, wrong_chars, mark_only, case_only, capitals, wrong_capitals, got_words;
    long told, bin_words[BINS], bin_right[BINS];
    double bin_prob[BINS];
    bool beyond; /* a stretch was longer than what is compared */
} Score;

/* ---- reading ---- */

static void old_tones(int32_t *c, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && viet_is_letter(c[i])) i++;
        if (i > from) viet_place_tone(c + from, i - from, TONE_OLD);
        if (i == from) i++;
    }
}

static const char *plain_word(Arena *a, const char *s, size_t n)
{
    int32_t *c = xalloc((n + 1) * sizeof *c);
    size_t chars = 0;
    Buf b = {0};
    for (size_t i = 0; i < n;) i += utf8_decode(s + i, n - i, &c[chars++]);
    old_tones(c, chars);
    for (size_t i = 0; i < chars; i++) buf_add_char(&b, c[i]);
    const char *out = arena_strn(a, buf_str(&b), b.len);
    buf_release(&b);
    free(c);
    return out;
}

/* The words of one line; a bare | parts columns and is not a word. */
static void add_words(TextSide *side, const char *line, size_t n, double prob)
{
    char *s = viet_nfc(&side->a, line, n);
    for (size_t i = 0, len = strlen(s); i < len;) {
        int32_t c;
        size_t from = i, step = utf8_decode(s + i, len - i, &c);
        if (viet_is_space(c)) {
            i += step;
            continue;
        }
        while (i < len && (step = utf8_decode(s + i, len - i, &c), !viet_is_space(c))) i += step;
        if (i - from == 1 && s[from] == '|') continue;
        *vec_push(&side->words) = (EvalWord){plain_word(&side->a, s + from, i - from), prob, 0};
    }
}

static void add_json_line(TextSide *side, const char *line, size_t n, Err *err)
{
    json_t *root = json_loadb(line, n, 0, NULL), *word;
    size_t i;
    if (!root)
        err_set(err, DAU_BAD_INPUT,
                "cannot read '%s': line %zu is no JSON; GOT is text, or what dau restore --json prints",
                side->path, side->line_end.n + 1);
    json_array_foreach(json_object_get(root, "words"), i, word)
    {
        const char *text = json_string_value(json_object_get(word, "text"));
        if (text) add_words(side, text, strlen(text), json_number_value(json_object_get(word, "prob")));
    }
    json_decref(root);
}

static bool read_side(TextSide *side, const char *path, Err *err)
{
    Buf b = {0};
    side->path = path;
    if (!file_read(path, 0, &b, err)) return false;
    bool json = b.len && b.s[0] == '{';
    for (size_t i = 0; i < b.len;) {
        const char *end = memchr(b.s + i, '\n', b.len - i);
        size_t n = end ? (size_t)(end - b.s) - i : b.len - i;
        if (json)
            add_json_line(side, b.s + i, n, err);
        else
            add_words(side, b.s + i, n, -1);
        *vec_push(&side->line_end) = side->words.n;
        i += n + 1;
    }
    buf_release(&b);
    return !err_is(err);
}

static void side_release(TextSide *side)
{
    vec_release(&side->words);
    vec_release(&side->line_end);
    arena_release(&side->a);
}

/* ---- alignment ---- */

typedef void PairUse(void *with, const EvalWord *gold, size_t n, const EvalWord *got, size_t m);

/* Words that are the same get the same id in all texts of `ids`. */
static void number_words(Map *ids, TextSide *side)
{
    for (size_t i = 0; i < side->words.n; i++) {
        int *id = map_at(ids, side->words.v[i].s);
        if (!*id) *id = (int)ids->n;
        side->words.v[i].id = *id;
    }
}

static int32_t *ids_new(const EvalWord *w, size_t n)
{
    int32_t *ids = xalloc((n + 1) * sizeof *ids);
    for (size_t i = 0; i < n; i++) ids[i] = w[i].id;
    return ids;
}

/* Calls `use` with each pair of equal words and each stretch of unequal ones. */
static void align(const EvalWord *g, size_t n, const EvalWord *h, size_t m, PairUse *use, void *with)
{
    int32_t *a = ids_new(g, n), *b = ids_new(h, m);
    unsigned char *way = xalloc(n + m + 1);
    size_t steps = align_way(a, n, b, m, way), i = 0, j = 0, from_i = 0, from_j = 0;
    for (size_t k = 0; k < steps; k++) {
        if (way[k] == ALIGN_BOTH && a[i] == b[j]) {
            if (i > from_i || j > from_j) use(with, g + from_i, i - from_i, h + from_j, j - from_j);
            use(with, g + i, 1, h + j, 1);
            i++, j++;
            from_i = i, from_j = j;
            continue;
        }
        if (way[k] != ALIGN_B) i++;
        if (way[k] != ALIGN_A) j++;
    }
    if (i > from_i || j > from_j) use(with, g + from_i, i - from_i, h + from_j, j - from_j);
    free(way);
    free(b);
    free(a);
}

/* Is each line held against its own? Else the two are one run of words. */
static bool by_lines(const TextSide *gold, const TextSide *got)
{
    return gold->line_end.n == got->line_end.n;
}

static const EvalWord *line_words(const TextSide *side, size_t line, size_t *n)
{
    size_t from = line ? side->line_end.v[line - 1] : 0;
    *n = side->line_end.v[line] - from;
    return side->words.v + from;
}

static void align_sides(const TextSide *gold, const TextSide *got, PairUse *use, void *with)
{
    if (!by_lines(gold, got)) {
        align(gold->words.v, gold->words.n, got->words.v, got->words.n, use, with);
        return;
    }
    for (size_t l = 0; l < gold->line_end.n; l++) {
        size_t n, m;
        const EvalWord *g = line_words(gold, l, &n), *h = line_words(got, l, &m);
        align(g, n, h, m, use, with);
    }
}

/* How many pairs of words align_sides() compares at most. */
static double pairs_of_words(const TextSide *gold, const TextSide *got)
{
    if (!by_lines(gold, got)) return (double)gold->words.n * (double)got->words.n;
    double sum = 0;
    for (size_t l = 0, n, m; l < gold->line_end.n; l++) {
        line_words(gold, l, &n);
        line_words(got, l, &m);
        sum += (double)n * (double)m;
    }
    return sum;
}

/* ---- counting ---- */

static size_t letters_of(const EvalWord *w, size_t n, int32_t **out)
{
    size_t size = 1, count = 0;
    for (size_t i = 0; i < n; i++) size += strlen(w[i].s) + 1;
    *out = xalloc(size * sizeof **out);
    for (size_t i = 0; i < n; i++) {
        if (i) (*out)[count++] = ' ';
        for (size_t k = 0, len = strlen(w[i].s); k < len;)
            k += utf8_decode(w[i].s + k, len - k, &(*out)[count++]);
    }
    return count;
}

static long char_errors(Score *sum, const EvalWord *g, size_t n, const EvalWord *h, size_t m)
{
    int32_t *a, *b;
    size_t x = letters_of(g, n, &a), y = letters_of(h, m, &b);
    sum->beyond |= (double)x * (double)y > COMPARE_MOST;
    long errors = sum->beyond ? 0 : (long)align_distance(a, x, b, y);
    free(a);
    free(b);
    return errors;
}

static bool is_capital(const char *s)
{
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        if (viet_is_letter(c)) return viet_is_upper(c);
    }
    return false;
}

static void count_kind(Score *sum, const char *gold, const char *got)
{
    Arena a = {0};
    if (strcmp(viet_lower_str(&a, gold), viet_lower_str(&a, got)) == 0)
        sum->case_only++;
    else if (strcmp(viet_skeleton(&a, gold), viet_skeleton(&a, got)) == 0)
        sum->mark_only++;
    arena_release(&a);
}

static void count_bin(Score *sum, const EvalWord *w, bool right)
{
    if (w->prob < 0) return;
    int bin = (int)(w->prob * BINS);
    if (bin >= BINS) bin = BINS - 1;
    sum->told++;
    sum->bin_words[bin]++;
    sum->bin_right[bin] += right;
    sum->bin_prob[bin] += w->prob;
}

/* The next run of letters of s from *at; false when there is none. */
static bool next_run(const char *s, size_t *at, const char **run, size_t *n)
{
    size_t len = strlen(s), i = *at, from = len;
    while (i < len) {
        int32_t c;
        size_t step = utf8_decode(s + i, len - i, &c);
        if (viet_is_letter(c) && from == len) from = i;
        if (!viet_is_letter(c) && from < len) break;
        i += step;
    }
    *at = i;
    *run = s + from;
    *n = i - from;
    return from < len;
}

static void count_syllables(Score *sum, const char *gold, const char *got)
{
    Arena a = {0};
    const char *x = viet_lower_str(&a, gold), *y = viet_lower_str(&a, got), *p, *q, *cased;
    size_t i = 0, j = 0, k = 0, n, m, o;
    while (next_run(x, &i, &p, &n) && next_run(gold, &k, &cased, &o)) {
        bool there = next_run(y, &j, &q, &m), right = there && n == m && memcmp(p, q, n) == 0;
        bool capital = is_capital(cased);
        sum->syllables++;
        sum->wrong_syllables += !right;
        sum->capital_syllables += capital;
        sum->wrong_capital_syllables += capital && !right;
    }
    arena_release(&a);
}

static void count_pair(void *with, const EvalWord *g, size_t n, const EvalWord *h, size_t m)
{
    Score *sum = with;
    bool right = n == 1 && m == 1 && strcmp(g->s, h->s) == 0;
    size_t most = n > m ? n : m;
    sum->words += (long)n;
    sum->got_words += (long)m;
    if (!right) sum->wrong += (long)most, sum->wrong_chars += char_errors(sum, g, n, h, m);
    for (size_t i = 0; i < n; i++) {
        sum->chars += (long)utf8_length(g[i].s) + 1;
        sum->capitals += is_capital(g[i].s);
        sum->wrong_capitals += !right && is_capital(g[i].s);
        if (!right && n == m) count_kind(sum, g[i].s, h[i].s);
        count_syllables(sum, g[i].s, n == m ? h[i].s : "");
    }
    for (size_t i = 0; i < m; i++) count_bin(sum, &h[i], right || (n == m && strcmp(g[i].s, h[i].s) == 0));
}

/* Which gold words a text has right, by their place in the gold text. */
typedef struct Marks {
    const EvalWord *first;
    bool *right;
} Marks;

static void mark_pair(void *with, const EvalWord *g, size_t n, const EvalWord *h, size_t m)
{
    Marks *marks = with;
    for (size_t i = 0; i < n; i++) marks->right[g + i - marks->first] = n == m && strcmp(g[i].s, h[i].s) == 0;
}

static void print_changes(const TextSide *gold, const TextSide *raw, const TextSide *got)
{
    size_t n = gold->words.n;
    Marks before = {gold->words.v, xalloc(n + 1)}, after = {gold->words.v, xalloc(n + 1)};
    long right = 0, spoilt = 0, missed = 0;
    align_sides(gold, raw, mark_pair, &before);
    align_sides(gold, got, mark_pair, &after);
    for (size_t i = 0; i < n; i++) {
        right += !before.right[i] && after.right[i];
        spoilt += before.right[i] && !after.right[i];
        missed += !before.right[i] && !after.right[i];
    }
    printf("words put right      %9ld\nwords spoilt         %9ld  %8.3f %%\nwords still wrong    %9ld\n",
           right, spoilt, n ? 100.0 * (double)spoilt / (double)n : 0, missed);
    free(before.right);
    free(after.right);
}

static double share(long part, long whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_score(const Score *s)
{
    printf("words                %9ld\n", s->words);
    printf("words wrong (WER)    %9ld  %8.3f %%\n", s->wrong, share(s->wrong, s->words));
    printf("characters (CER)     %9ld  %8.3f %%\n", s->wrong_chars, share(s->wrong_chars, s->chars));
    printf("marks only           %9ld  %8.3f %%\n", s->mark_only, share(s->mark_only, s->words));
    printf("case only            %9ld  %8.3f %%\n", s->case_only, share(s->case_only, s->words));
    printf("syllables            %9ld  right %8.3f %%\n", s->syllables,
           100 - share(s->wrong_syllables, s->syllables));
    printf("capitalised syllables %8ld  right %8.3f %%\n", s->capital_syllables,
           100 - share(s->wrong_capital_syllables, s->capital_syllables));
    printf("capitalised wrong    %9ld  %8.3f %% of %ld\n", s->wrong_capitals,
           share(s->wrong_capitals, s->capitals), s->capitals);
}

static void print_calibration(const Score *s)
{
    double error = 0;
    if (!s->told) return;
    printf("given       words     right\n");
    for (int b = 0; b < BINS; b++) {
        if (!s->bin_words[b]) continue;
        double given = s->bin_prob[b] / (double)s->bin_words[b],
               right = share(s->bin_right[b], s->bin_words[b]) / 100;
        printf("%6.3f  %9ld  %8.3f\n", given, s->bin_words[b], right);
        error += (given > right ? given - right : right - given) * (double)s->bin_words[b] / (double)s->told;
    }
    printf("expected calibration error  %.4f\n", error);
}

static bool refuse(const TextSide *gold, const TextSide *got, Err *err)
{
    return err_set(
        err, DAU_LIMIT,
        "cannot compare '%s' with '%s': too many words differ; is it the same text? If it is, give both as "
        "many lines, or compare them in parts",
        got->path, gold->path);
}

/* Whether the two can be compared, and a word on what is odd about them. */
static bool can_compare(const TextSide *gold, const TextSide *got, Err *err)
{
    if (!gold->words.n)
        return err_set(err, DAU_BAD_INPUT, "cannot compare with '%s': it has no words; is it the truth?",
                       gold->path);
    if (!by_lines(gold, got))
        say("lines: %zu in '%s', %zu in '%s'; compared as one run of words", gold->line_end.n, gold->path,
            got->line_end.n, got->path);
    return pairs_of_words(gold, got) <= COMPARE_MOST || refuse(gold, got, err);
}

/* raw: the text before restoring, or NULL. */
static void compare(TextSide *gold, TextSide *got, TextSide *raw, Err *err)
{
    Score sum = {0};
    Map ids = {0};
    number_words(&ids, gold);
    number_words(&ids, got);
    if (raw) number_words(&ids, raw);
    map_release(&ids);
    align_sides(gold, got, count_pair, &sum);
    if (sum.beyond) {
        refuse(gold, got, err);
        return;
    }
    print_score(&sum);
    if (raw) print_changes(gold, raw, got);
    print_calibration(&sum);
}

static const Usage USAGE = {
    "eval text", "[--raw FILE] GOLD GOT",
    "Compares a text with the truth: word and character error rates, marks, names.\n"
    "GOT may be the output of dau restore --json: then its probabilities are judged too."};

int eval_text(int argc, char **argv)
{
    const char *raw_path = NULL;
    const Option options[] = {{0, "raw", OPT_STRING, &raw_path, "FILE", "the text before it was restored"},
                              {0}};
    int first = options_parse(argc, argv, &USAGE, options);
    if (first < 0) return -first - 1;
    if (argc - first != 2) return usage_error(&USAGE, "it takes two files");
    Err err = {0};
    TextSide gold = {0}, got = {0}, raw = {0};
    if (read_side(&gold, argv[first], &err) && read_side(&got, argv[first + 1], &err) &&
        (!raw_path || read_side(&raw, raw_path, &err)) && can_compare(&gold, &got, &err) &&
        (!raw_path || can_compare(&gold, &raw, &err)))
        compare(&gold, &got, raw_path ? &raw : NULL, &err);
    side_release(&gold);
    side_release(&got);
    side_release(&raw);
    return complain(&err);
}
