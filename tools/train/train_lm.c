/* train_lm: corpora in, dicts/vi.lm out, and dicts/vi.ctx.
 *
 *     train_lm --corpora DIR --manifest corpus/manifest.tsv --out dicts/vi.lm [--context dicts/vi.ctx]
 *              [--every N] [--order 3] [--least 5] [--cost2 X] [--cost3 X] [--any X] [--any-words N]
 *              [--rounds N] [--rate X]
 *
 *   1. read the held-out texts           5. smooth the n-grams
 *   2. read the training text, which     6. prune them
 *      numbers the words                 7. compute the back-off weights anew
 *   3. choose the vocabulary             8. write the file
 *   4. count the n-grams
 *
 * The context model repeats 4 to 7 once per fold, each time without that fold. The doubtful words of the fold
 * left out are collected, and the network is trained on those of all folds. The same corpora give the same
 * bytes. */
#include "grams.h"
#include "net.h"

#include "base/file.h"
#include "base/str.h"
#include "base/tsv.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Options {
    const char *corpora, *manifest, *short_forms, *out, *context;
    int every, order, least;
    PruneOptions prune;
    NetOptions net;
} Options;

static void report(const char *what, double n)
{
    static struct timespec begin;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!begin.tv_sec) begin = now;
    fprintf(stderr, "%6.0f s  %-28s %14.0f\n", (double)(now.tv_sec - begin.tv_sec), what, n);
}

static const char *value(int argc, char **argv, const char *name, const char *otherwise)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0) return argv[i + 1];
    return otherwise;
}

static Options read_options(int argc, char **argv)
{
    Options o = {
        .corpora = value(argc, argv, "--corpora", NULL),
        .manifest = value(argc, argv, "--manifest", "corpus/manifest.tsv"),
        .short_forms = value(argc, argv, "--abbreviations", "dicts/abbreviations.tsv"),
        .out = value(argc, argv, "--out", NULL),
        .context = value(argc, argv, "--context", NULL),
        .every = atoi(value(argc, argv, "--every", "1")),
        .order = atoi(value(argc, argv, "--order", "3")),
        .least = atoi(value(argc, argv, "--least", "8")),
    };
    o.prune.any = atof(value(argc, argv, "--any", "0.1"));
    o.prune.cost[1] = atof(value(argc, argv, "--cost2", "0.8"));
    o.prune.cost[2] = atof(value(argc, argv, "--cost3", "1.6"));
    o.prune.cost[3] = atof(value(argc, argv, "--cost4", "2.0"));
    o.prune.least[1] = (uint32_t)atoi(value(argc, argv, "--least2", "1"));
    o.prune.least[2] = o.prune.least[3] = (uint32_t)atoi(value(argc, argv, "--least3", "2"));
    o.net.vectors = atoi(value(argc, argv, "--vectors", "20000"));
    o.net.least = atoi(value(argc, argv, "--least-doubts", "30"));
    o.net.any = (size_t)atol(value(argc, argv, "--any-words", "10000000"));
    o.net.rounds = atoi(value(argc, argv, "--rounds", "4"));
    o.net.rate = (float)atof(value(argc, argv, "--rate", "0.1"));
    return o;
}

static bool has_role(const Source *s, const char *role)
{
    return strcmp(s->role, role) == 0;
}

typedef struct NameList {
    Stream *stream;
    const Source *source;
} NameList;

/* A line of a list: "Mầm non<TAB>Hoa Mai": the name alone and with its level; "Phường Dương Nội": both too.
 */
static void add_name_line(void *with, const char *line, size_t n)
{
    NameList *list = with;
    Buf b = {0};
    Tsv t = {0};
    tsv_init(&t, line, n);
    if (tsv_next(&t) && t.field[0]) {
        bool school = strstr(list->source->path, "school") != NULL && t.fields > 1;
        stream_add_name(list->stream, school ? t.field[1] : t.field[0], list->source->weight);
        buf_addf(&b, "%s %s", t.field[0], school ? t.field[1] : "");
        if (school) stream_add_name(list->stream, b.s, list->source->weight);
        const char *level = t.fields > 1 && !school ? t.field[1] : "";
        size_t skip = strlen(level);
        if (skip && str_starts(t.field[0], level) && t.field[0][skip] == ' ')
            stream_add_name(list->stream, t.field[0] + skip + 1, list->source->weight);
    }
    tsv_release(&t);
    buf_release(&b);
}

/* ---- dicts/abbreviations.tsv: "Số: 00/KH-PGDĐT" for every type of document and every agency ---- */

typedef VEC(char *) Strings;

enum { CODE_TIMES = 2, SHORT_TIMES = 30 }; /* how often a code and an abbreviation alone are counted */

static void add_codes(Stream *s, const Strings *types, const Strings *agencies)
{
    Buf b = {0};
    for (size_t i = 0; i < types->n; i++)
        for (size_t k = 0; k < agencies->n; k++) {
            buf_clear(&b);
            buf_addf(&b, "Số: 123/%s-%s", types->v[i], agencies->v[k]);
            stream_add_name(s, b.s, CODE_TIMES);
            stream_add_name(s, b.s + strlen("Số: "), CODE_TIMES);
        }
    buf_release(&b);
}

static void strings_release(Strings *v)
{
    for (size_t i = 0; i < v->n; i++) free(v->v[i]);
    vec_release(v);
}

static void read_abbreviations(const char *path, Stream *s, Err *err)
{
    Buf b = {0};
    Tsv t = {0};
    Strings types = {0}, agencies = {0};
    if (!file_read(path, 0, &b, err)) return;
    tsv_init(&t, b.s, b.len);
    while (tsv_next(&t)) {
        if (t.fields < 2) continue;
        stream_add_name(s, t.field[1], SHORT_TIMES);
        if (str_eq(t.field[0], "document")) *vec_push(&types) = xstrdup(t.field[1]);
        if (str_eq(t.field[0], "agency")) *vec_push(&agencies) = xstrdup(t.field[1]);
    }
    add_codes(s, &types, &agencies);
    strings_release(&types);
    strings_release(&agencies);
    tsv_release(&t);
    buf_release(&b);
}

static bool read_sources(const Manifest *m, const Options *o, Stream *s, Err *err)
{
    for (size_t i = 0; i < m->n; i++)
        if (has_role(&m->v[i], "government") || has_role(&m->v[i], "news"))
            source_lines(&m->v[i], o->corpora, 1, stream_hold_out, s, err);
    report("held-out 12-grams", (double)s->held_grams);
    for (size_t i = 0; i < m->n; i++) {
        NameList list = {s, &m->v[i]};
        if (has_role(&m->v[i], "list")) source_lines(&m->v[i], o->corpora, 1, add_name_line, &list, err);
        if (!has_role(&m->v[i], "train")) continue;
        source_lines(&m->v[i], o->corpora, o->every, stream_add, s, err);
        report(m->v[i].path, (double)s->syllables);
    }
    read_abbreviations(o->short_forms, s, err);
    report("lines dropped, held out", (double)s->dropped_held);
    report("lines dropped, seen before", (double)s->dropped_twice);
    return !err_is(err);
}

/* The least count, from o->least up, that leaves room for every word's id. */
static int fitting_least(const Stream *s, int least)
{
    enum { MOST_WORDS = 62000 };
    for (size_t n = MOST_WORDS + 1; n > MOST_WORDS; least++) {
        n = 0;
        for (size_t i = 0; i < s->terms.n; i++) n += s->terms.v[i].count >= (uint64_t)least;
    }
    return least - 1;
}

/* ---- the models ---- */

/* The n-gram model of n ids, as the bytes of its file. */
static void count_model(const Options *o, const Stream *s, const Vocab *v, const uint16_t *row, size_t n,
                        Buf *out)
{
    Grams g;
    grams_count(&g, row, n, v->n, o->order);
    for (int k = 0; k < o->order; k++) report("grams", (double)g.level[k].n);
    grams_smooth(&g);
    grams_prune(&g, v, &o->prune);
    for (int k = 0; k < o->order; k++) {
        size_t kept = 0;
        for (size_t i = 0; i < g.level[k].n; i++) kept += g.level[k].keep[i];
        report("grams kept", (double)kept);
    }
    grams_back_off(&g);
    buf_clear(out);
    grams_lay_out(&g, v, s, out);
    grams_release(&g);
}

static size_t without_fold(const uint16_t *row, size_t n, int fold, uint16_t *out)
{
    size_t kept = 0;
    long line = 0;
    for (size_t i = 0; i < n; i++) {
        if (doubt_fold(line) != fold) out[kept++] = row[i];
        line += row[i] == ROW_BREAK;
    }
    return kept;
}

/* The folds `first`, first + READERS ...: what models that did not know their text chose there, and where
 * they doubted. */
enum { READERS = 2 };

typedef struct FoldReader {
    const Options *o;
    const Stream *s;
    const Vocab *v;
    const uint16_t *row;
    size_t n;
    uint16_t *chosen; /* of all folds */
    Doubts *doubts;   /* by fold */
    int first;
    Err err;
} FoldReader;

static void *read_folds(void *with)
{
    FoldReader *r = with;
    uint16_t *rest = xalloc((r->n + 1) * sizeof *rest);
    Buf model = {0};
    for (int fold = r->first; fold < DOUBT_FOLDS && !err_is(&r->err); fold += READERS) {
        LmFile file;
        count_model(r->o, r->s, r->v, rest, without_fold(r->row, r->n, fold, rest), &model);
        if (lm_file_over(&file, model.s, model.len, "a fold's model", &r->err))
            doubts_find(r->row, r->n, fold, &file, r->chosen, &r->doubts[fold]);
        report("words in doubt", (double)r->doubts[fold].n);
    }
    buf_release(&model);
    free(rest);
    return NULL;
}

/* All folds, two at a time; their doubts come in the order of the folds whoever is done first. */
static void read_all_folds(FoldReader r, Doubts *doubts, Err *err)
{
    Doubts of[DOUBT_FOLDS] = {0};
    FoldReader one = r, other = r;
    pthread_t thread;
    one.doubts = other.doubts = of;
    other.first = 1;
    bool started = pthread_create(&thread, NULL, read_folds, &other) == 0;
    read_folds(&one);
    if (started)
        pthread_join(thread, NULL);
    else
        read_folds(&other);
    if (err_is(&one.err) || err_is(&other.err)) *err = err_is(&one.err) ? one.err : other.err;
    for (int fold = 0; fold < DOUBT_FOLDS; fold++) {
        for (size_t i = 0; i < of[fold].n; i++) *vec_push(doubts) = of[fold].v[i];
        vec_release(&of[fold]);
    }
}

static void train_context(const Options *o, const Stream *s, const Vocab *v, const uint16_t *row, size_t n,
                          const Buf *model, Err *err)
{
    Doubts doubts = {0};
    Guesses guesses = {0};
    LmFile file;
    uint16_t *chosen = xalloc((n + 1) * sizeof *chosen);
    read_all_folds((FoldReader){.o = o, .s = s, .v = v, .row = row, .n = n, .chosen = chosen}, &doubts, err);
    if (lm_file_over(&file, model->s, model->len, o->out, err)) guesses_find(&guesses, row, n, &file);
    NetText text = {chosen, n, &guesses, &doubts};
    if (!err_is(err) && net_train(&text, file.header, &o->net, o->context, report, err))
        report("context model written", 0);
    guesses_release(&guesses);
    vec_release(&doubts);
    free(chosen);
}

static void train(const Options *o, Stream *s, Err *err)
{
    Vocab v;
    Buf model = {0};
    size_t n;
    int least = fitting_least(s, o->least);
    if (!vocab_choose(&v, s, least, err)) return;
    report("least count of a word", least);
    report("words", v.n);
    uint16_t *row = vocab_row(s, &n);
    vec_release(&s->row);
    count_model(o, s, &v, row, n, &model);
    if (file_write(o->out, model.s, model.len, err)) report("written", (double)model.len);
    if (o->context && !err_is(err)) train_context(o, s, &v, row, n, &model, err);
    buf_release(&model);
    free(row);
    vocab_release(&v);
}

int main(int argc, char **argv)
{
    Options o = read_options(argc, argv);
    Manifest m = {0};
    Err err = {0};
    Stream s;
    if (!o.corpora || !o.out || o.every < 1 || o.order < 2 || o.order > GRAMS_MOST) {
        fprintf(stderr, "usage: train_lm --corpora DIR --out FILE [--every N] [--order 2..4] ...\n");
        return DAU_USAGE;
    }
    stream_init(&s);
    if (manifest_read(&m, o.manifest, &err) && manifest_check(&m, o.corpora, &err) &&
        read_sources(&m, &o, &s, &err))
        train(&o, &s, &err);
    stream_release(&s);
    manifest_release(&m);
    if (err_is(&err)) fprintf(stderr, "train_lm: %s\n", err.text);
    return err.code;
}
