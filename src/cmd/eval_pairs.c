/* dau eval pairs GOLD GOT [GOLD GOT]...: precision, recall and F1 of pairings, each (level, school, partner); and how well
 * flags and probabilities tell the wrong ones.
 *
 * Exact: every mark is right. Case, blanks and where the tone of oa, oe, uy is written do not count ("Hoà" is "Hòa").
 * Bare: marks do not count either.
 *
 * A gold cell "Phú Lãm, Phú Cường" is two pairings; "Bông Sen|Bông sen A" is one with two accepted spellings. Each found
 * pairing counts once: the first gold one that it fits takes it. One that fits none with every mark is wrong.
 *
 * Flags: how many of the wrong ones have none, and how many of the right ones have one. Probabilities: the expected
 * calibration error over ten bins of equal width. It is the |mean probability - share right| of each bin, weighted by
 * its rows (Naeini, Cooper and Hauskrecht, AAAI 2015).
 */
#include "cmd/cmd.h"
#include "cmd/eval_form.h"

#include "base/file.h"
#include "base/str.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "base/viet.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef VEC(const char *) Spellings;

typedef struct GoldPair {
    const char *level;
    Spellings school, partner; /* accepted spellings, the first is shown */
} GoldPair;

typedef struct GotPair {
    const char *level, *school, *partner;
    const char *factors; /* JSON, of dau extract --explain; NULL */
    bool flagged, taken;
    double prob; /* < 0: not said */
} GotPair;

typedef struct Match {
    Arena a;
    VEC(GoldPair) gold;
    VEC(GotPair) got;
} Match;

enum { BINS = 10 };
static const double SURE = 0.9; /* from here on a row is taken without a look */

/* Over all files: what flags and probabilities are worth. */
typedef struct Totals {
    int files, found, wrong, silent, flagged_right;  /* silent: wrong without a flag */
    int sure, sure_right;                            /* prob >= SURE */
    int with_prob, in_bin[BINS], right_in_bin[BINS]; /* by probability */
    double prob_in_bin[BINS];                        /* sums */
    double f1[2];                                    /* sums of exact and bare */
} Totals;

static const Usage USAGE = {
    "eval pairs", "[-v] GOLD GOT [GOLD GOT]...",
    "Compares pairings with the truth: precision, recall and F1 of (level, school, partner), with every\n"
    "mark and with marks dropped; how many wrong ones have no flag and how many right ones have one; and\n"
    "whether probabilities mean what they say. GOT is what dau extract prints. GOLD is JSON with a list\n"
    "\"pairs\" of level, school and partner, or lines of no, level, school, partner parted by tabs; a comma\n"
    "parts two schools of one cell, | two accepted spellings. -v lists what was missed and what is too\n"
    "much (without a flag: !), and how often rows of each probability are right.\n\n"
    "  dau extract plan.pdf > got.jsonl && dau eval pairs -v plan.gold.json got.jsonl"};

/* ---- one form for names that count as equal ---- */

static int32_t joined_dash(const int32_t *c, size_t n, size_t i)
{
    if (c[i] == '-') return '-';
    if (!viet_is_space(c[i])) return c[i];
    size_t k = i;
    while (k < n && viet_is_space(c[k])) k++;
    bool dash = (k < n && c[k] == '-') || (i && c[i - 1] == '-');
    return dash ? 0 : ' ';
}

/* hòa -> hoà, but quý stays: the tone of o or u goes to the a, e or y that ends the syllable after it. */
static void tone_last(int32_t *c, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        Letter one = viet_letter(c[i]), two = viet_letter(c[i + 1]);
        Letter next = i + 2 < n ? viet_letter(c[i + 2]) : (Letter){0};
        bool first = (one.base == 'o' || one.base == 'u') && !one.mark && one.tone && one.tone != TONE_NONE;
        bool second = (two.base == 'a' || two.base == 'e' || two.base == 'y') && !two.mark && !two.tone;
        if (!first || !second || next.base || (i && viet_letter(c[i - 1]).base == 'q')) continue;
        two.tone = one.tone, one.tone = TONE_NONE;
        c[i] = viet_compose(one), c[i + 1] = viet_compose(two);
    }
}

const char *exact_form(Arena *a, const char *s)
{
    static const char junk[] = " .,;|";
    char *text = viet_lower_str(a, viet_trim(a, viet_nfc(a, s, strlen(s))));
    text += strspn(text, junk);
    size_t len = strlen(text), n = 0;
    while (len && strchr(junk, text[len - 1])) text[--len] = '\0';
    int32_t *c = arena_new(a, int32_t, len + 1);
    for (size_t i = 0; i < len; n++) i += utf8_decode(text + i, len - i, &c[n]);
    tone_last(c, n);
    Buf b = {0};
    for (size_t i = 0; i < n; i++) {
        int32_t put = joined_dash(c, n, i);
        if (put) buf_add_char(&b, put);
    }
    const char *form = arena_str(a, buf_str(&b));
    buf_release(&b);
    return form;
}

static const char *bare_form(Arena *a, const char *s)
{
    return viet_key(a, s);
}

typedef const char *(*NameForm)(Arena *, const char *);

/* ---- reading ---- */

static const char *level_code_of(const char *s)
{
    Arena tmp = {0};
    const char *lower = viet_lower_str(&tmp, s), *code = s;
    for (int i = LEVEL_NONE + 1; i < LEVELS; i++)
        if (str_eq(lower, level_words((Level)i))) code = level_code((Level)i);
    arena_release(&tmp);
    return code;
}

static void split(Arena *a, const char *s, char at, Spellings *out)
{
    while (true) {
        const char *end = strchr(s, at);
        const char *part = viet_trim(a, arena_strn(a, s, end ? (size_t)(end - s) : strlen(s)));
        if (*part) *vec_push(out) = part;
        if (!end) return;
        s = end + 1;
    }
}

static void add_gold(Match *m, const char *level, const char *school, const char *partner)
{
    Spellings schools = {0}, partners = {0};
    split(&m->a, school, ',', &schools);
    split(&m->a, partner, ',', &partners);
    for (size_t i = 0; i < schools.n; i++)
        for (size_t k = 0; k < partners.n; k++) {
            GoldPair *g = vec_push(&m->gold);
            g->level = arena_str(&m->a, level_code_of(level));
            split(&m->a, schools.v[i], '|', &g->school);
            split(&m->a, partners.v[k], '|', &g->partner);
        }
    vec_release(&schools);
    vec_release(&partners);
}

static const char *member(const json_t *object, const char *name)
{
    const char *s = json_string_value(json_object_get(object, name));
    return s ? s : "";
}

static bool read_gold_json(Match *m, const char *path, const Buf *b, Err *err)
{
    json_error_t why;
    size_t i;
    json_t *root = json_loadb(buf_str(b), b->len, 0, &why), *pair, *pairs = json_object_get(root, "pairs");
    if (!root)
        err_set(err, DAU_BAD_INPUT, "'%s' is not JSON: line %d: %s", path, why.line, why.text);
    else if (!json_is_array(pairs))
        err_set(err, DAU_BAD_INPUT, "'%s' has no list \"pairs\"", path);
    json_array_foreach(pairs, i, pair)
        add_gold(m, member(pair, "level"), member(pair, "school"), member(pair, "partner"));
    json_decref(root);
    return !err_is(err);
}

static void read_gold_tsv(Match *m, const Buf *b)
{
    Tsv t = {0};
    tsv_init(&t, buf_str(b), b->len);
    while (tsv_next(&t))
        if (t.fields >= 4 && t.field[1] && t.field[2] && t.field[3])
            add_gold(m, t.field[1], t.field[2], t.field[3]);
    tsv_release(&t);
}

static bool read_gold(Match *m, const char *path, Err *err)
{
    Buf b = {0};
    if (file_read(path, 0, &b, err)) {
        const char *s = buf_str(&b);
        if (s[strspn(s, " \t\r\n")] == '{')
            read_gold_json(m, path, &b, err);
        else
            read_gold_tsv(m, &b);
    }
    if (!err_is(err) && !m->gold.n) err_set(err, DAU_BAD_INPUT, "there are no pairings in '%s'", path);
    buf_release(&b);
    return !err_is(err);
}

static const char *factors_of(Arena *a, const json_t *root)
{
    const json_t *factors = json_object_get(root, "factors");
    char *text = factors ? json_dumps(factors, JSON_COMPACT) : NULL;
    const char *s = arena_str(a, text);
    free(text);
    return s;
}

static bool is_document(const json_t *line)
{
    const char *kind = json_string_value(json_object_get(line, "kind"));
    return kind && strcmp(kind, "document") == 0;
}

static void add_got_line(Match *m, const char *path, long number, const char *line, size_t len, Err *err)
{
    if (strspn(line, " \t\r") >= len) return;
    json_t *root = json_loadb(line, len, 0, NULL);
    if (!json_is_object(root)) {
        err_set(err, DAU_BAD_INPUT, "'%s' line %ld is not a JSON object; dau extract prints one a line", path,
                number);
    } else if (!is_document(root)) { /* {"kind":"document"} is not a pairing */
        const json_t *prob = json_object_get(root, "prob");
        *vec_push(&m->got) = (GotPair){.level = arena_str(&m->a, member(root, "level")),
                                       .school = arena_str(&m->a, member(root, "school")),
                                       .partner = arena_str(&m->a, member(root, "partner")),
                                       .flagged = json_array_size(json_object_get(root, "flags")) > 0,
                                       .factors = factors_of(&m->a, root),
                                       .prob = json_is_number(prob) ? json_number_value(prob) : -1};
    }
    json_decref(root);
}

static bool read_got(Match *m, const char *path, Err *err)
{
    Buf b = {0};
    long number = 0;
    file_read(path, 0, &b, err);
    for (size_t i = 0; i < b.len && !err_is(err);) {
        const char *end = memchr(b.s + i, '\n', b.len - i);
        size_t len = end ? (size_t)(end - b.s) - i : b.len - i;
        add_got_line(m, path, ++number, b.s + i, len, err);
        i += len + 1;
    }
    buf_release(&b);
    return !err_is(err);
}

/* ---- scoring ---- */

static bool one_of(Arena *a, const Spellings *accepted, const char *name, NameForm form)
{
    const char *is = form(a, name);
    for (size_t i = 0; i < accepted->n; i++)
        if (str_eq(form(a, accepted->v[i]), is)) return true;
    return false;
}

static GotPair *lookup_got(Match *m, Arena *a, const GoldPair *g, NameForm form)
{
    for (size_t i = 0; i < m->got.n; i++) {
        GotPair *p = &m->got.v[i];
        if (!p->taken && str_eq(p->level, g->level) && one_of(a, &g->school, p->school, form) &&
            one_of(a, &g->partner, p->partner, form))
            return p;
    }
    return NULL;
}

static void list_pair(Buf *b, const char *what, const char *level, const char *school, const char *partner)
{
    buf_addf(b, "  %s\t%s\t%s\t%s\n", what, level, school, partner);
}

/* F1; marks in m->got what was right. */
static double score(Match *m, const char *name, NameForm form, bool list)
{
    Buf missed = {0};
    Arena tmp = {0};
    double hit = 0;
    for (size_t i = 0; i < m->got.n; i++) m->got.v[i].taken = false;
    for (size_t i = 0; i < m->gold.n; i++) {
        const GoldPair *g = &m->gold.v[i];
        GotPair *p = lookup_got(m, &tmp, g, form);
        if (p) p->taken = true, hit++;
        if (!p) list_pair(&missed, "missed", g->level, g->school.v[0], g->partner.v[0]);
    }
    double precision = m->got.n ? hit / (double)m->got.n : 0, recall = hit / (double)m->gold.n;
    double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    printf("%-5s P %.3f R %.3f F1 %.3f  (%zu gold, %zu found)\n", name, precision, recall, f1, m->gold.n,
           m->got.n);
    for (size_t i = 0; i < m->got.n; i++) {
        const GotPair *p = &m->got.v[i];
        if (!p->taken) list_pair(&missed, p->flagged ? "extra" : "extra!", p->level, p->school, p->partner);
    }
    if (list) fputs(buf_str(&missed), stdout);
    buf_release(&missed);
    arena_release(&tmp);
    return f1;
}

/* ---- flags and probabilities ---- */

static void add_up(Totals *t, const GotPair *p)
{
    t->found++;
    t->wrong += !p->taken;
    t->silent += !p->taken && !p->flagged;
    t->flagged_right += p->taken && p->flagged;
    if (p->prob < 0 || p->prob > 1) return;
    int bin = p->prob < 1 ? (int)(p->prob * BINS) : BINS - 1;
    t->with_prob++;
    t->in_bin[bin]++;
    t->right_in_bin[bin] += p->taken;
    t->prob_in_bin[bin] += p->prob;
    t->sure += p->prob >= SURE;
    t->sure_right += p->prob >= SURE && p->taken;
}

static double share(int part, int of)
{
    return of ? (double)part / of : 0;
}

static double calibration_error(const Totals *t)
{
    double sum = 0;
    for (int i = 0; i < BINS; i++) sum += fabs(t->prob_in_bin[i] - t->right_in_bin[i]);
    return t->with_prob ? sum / t->with_prob : 0;
}

static void print_bins(const Totals *t)
{
    printf("  prob        rows   mean  right\n");
    for (int i = 0; i < BINS; i++)
        if (t->in_bin[i])
            printf("  %.1f - %.1f  %6d  %.3f  %.3f\n", (double)i / BINS, (double)(i + 1) / BINS, t->in_bin[i],
                   t->prob_in_bin[i] / t->in_bin[i], share(t->right_in_bin[i], t->in_bin[i]));
}

static void print_totals(const Totals *t)
{
    int right = t->found - t->wrong;
    if (t->files > 1)
        printf("mean  exact F1 %.4f, bare F1 %.4f over %d files\n", t->f1[0] / t->files, t->f1[1] / t->files,
               t->files);
    printf("flags wrong %d of %d, without a flag %d (%.2f %% of all); right ones with a flag %d of %d (%.1f "
           "%%)\n",
           t->wrong, t->found, t->silent, 100 * share(t->silent, t->found), t->flagged_right, right,
           100 * share(t->flagged_right, right));
    if (!t->with_prob) return;
    printf("prob  calibration error %.4f; from %.1f on %d of %d rows, right %.4f of them\n",
           calibration_error(t), SURE, t->sure, t->with_prob, share(t->sure_right, t->sure));
    if (cmd_verbosity > 0) print_bins(t);
}

static void match_release(Match *m)
{
    for (size_t i = 0; i < m->gold.n; i++) {
        vec_release(&m->gold.v[i].school);
        vec_release(&m->gold.v[i].partner);
    }
    vec_release(&m->gold);
    vec_release(&m->got);
    arena_release(&m->a);
}

/* A line a row: 1 right or 0 wrong, a tab, its factors. */
static bool print_factors(const char *gold, const char *got, Err *err)
{
    Match m = {0};
    Arena tmp = {0};
    if (read_gold(&m, gold, err) && read_got(&m, got, err)) {
        for (size_t i = 0; i < m.gold.n; i++) {
            GotPair *p = lookup_got(&m, &tmp, &m.gold.v[i], exact_form);
            if (p) p->taken = true;
        }
        for (size_t i = 0; i < m.got.n; i++)
            if (m.got.v[i].factors) printf("%d\t%s\n", m.got.v[i].taken, m.got.v[i].factors);
    }
    arena_release(&tmp);
    match_release(&m);
    return !err_is(err);
}

static bool score_files(const char *gold, const char *got, Totals *t, Err *err)
{
    Match m = {0};
    if (read_gold(&m, gold, err) && read_got(&m, got, err)) {
        t->files++;
        t->f1[0] += score(&m, "exact", exact_form, cmd_verbosity > 0);
        for (size_t i = 0; i < m.got.n; i++) add_up(t, &m.got.v[i]);
        t->f1[1] += score(&m, "bare", bare_form, false);
    }
    match_release(&m);
    return !err_is(err);
}

int eval_pairs(int argc, char **argv)
{
    bool factors = false;
    const Option options[] = {{0, "factors", OPT_FLAG, &factors, NULL,
                               "only which rows are right, with what dau extract --explain tells of them"},
                              {0}};
    int first = options_parse(argc, argv, &USAGE, options);
    if (first < 0) return -first - 1;
    if (argc == first || (argc - first) % 2)
        return usage_error(&USAGE, "it takes files by two, the truth and what was found");
    Err err = {0};
    Totals t = {0};
    for (int i = first; factors && i < argc; i += 2)
        if (!print_factors(argv[i], argv[i + 1], &err)) return complain(&err);
    for (int i = first; !factors && i < argc; i += 2) {
        if (argc - first > 2) printf("%s\n", argv[i]);
        if (!score_files(argv[i], argv[i + 1], &t, &err)) return complain(&err);
    }
    if (!factors) print_totals(&t);
    return DAU_OK;
}
