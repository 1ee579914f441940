/* Opens the models, cuts texts out of pages and lines, and takes each text through
 *
 *     chunks ──read──► lattice ──search──► path ──write──► texts and probabilities
 */
#include "restore/private.h"

#include "base/file.h"
#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float OCR_BEAM = 10; /* beam width in nats; 8 loses 0.1 % of the words, 14 wins nothing */
static const float CHANNEL_WEIGHT =
    1.3f;                             /* of the channel against the language model: best on held-out pages */
static const float STRIPPED_BEAM = 9; /* 8 loses 0.01 % of the syllables, 7 another 0.02 %, 12 wins nothing */
/* Beam width after one word of lookahead. A narrower one loses words of stripped text; for an OCR's text it makes
 * the probabilities less true. */
static const float STRIPPED_LOOKAHEAD_BEAM = 6, OCR_LOOKAHEAD_BEAM = 8;
/* Paths per node. 28 loses 0.002 % of the stripped syllables, 60 wins nothing. Doubtful letters lead more paths
 * to one state. */
enum { STRIPPED_WAYS = 32, OCR_WAYS = 128 };

Restore *restore_open(const RestoreOptions *options, Err *err)
{
    char path[4096];
    if (err_is(err)) return NULL;
    Restore *r = xalloc(sizeof *r);
    if (options) r->options = *options;
    if (!file_data("vi.lm", path, sizeof path, err) || !lm_file_open(&r->file, path, err)) {
        restore_close(r);
        return NULL;
    }
    if (!file_data("vi.ctx", path, sizeof path, err) || !context_open(&r->context, path, &r->file, err)) {
        restore_close(r);
        return NULL;
    }
    lexicon_over(&r->lex, &r->file);
    ngram_over(&r->lm, &r->file);
    r->dict = dict_new();
    r->places = places_new(&r->lex);
    bool ok = file_data("phrases.tsv", path, sizeof path, err) && dict_read(r->dict, &r->lex, path, err);
    if (!ok || (r->options.dict && !dict_read(r->dict, &r->lex, r->options.dict, err))) {
        restore_close(r);
        return NULL;
    }
    r->from = r->options.from;
    r->ocr_label = -1;
    r->lattice.weight = 1;
    const uint64_t models[] = {r->file.header->header_sum, r->context.header->header_sum};
    snprintf(r->version, sizeof r->version, "%016llx", (unsigned long long)lm_sum(models, sizeof models));
    return r;
}

void restore_close(Restore *r)
{
    if (!r) return;
    ngram_release(&r->lm);
    context_close(&r->context);
    lm_file_close(&r->file);
    confuse_release(&r->eng);
    confuse_release(&r->vie);
    word_tree_release(&r->tree);
    read_cache_free(r->read);
    guess_cache_free(r->cache);
    dict_free(r->dict);
    places_free(r->places);
    elsewhere_free(r->elsewhere);
    lattice_release(&r->lattice);
    vec_release(&r->path);
    vec_release(&r->row);
    vec_release(&r->place);
    vec_release(&r->whys);
    vec_release(&r->sight);
    vec_release(&r->word_at);
    vec_release(&r->lost);
    free(r);
}

const char *restore_version(const Restore *r)
{
    return r->version;
}

/* ---- a text ---- */

static bool open_channel(Restore *r, Confuse *c, const char *name, Err *err)
{
    const char *learnt = c == &r->vie ? r->options.read_vie : r->options.read_eng;
    r->channel = c;
    return c->letters || confuse_open_data(c, name, learnt, err);
}

static bool read_text(Restore *r, Arena *a, const Text *t, Err *err)
{
    r->lattice.weight = 1;
    r->lattice.beam = STRIPPED_BEAM;
    r->lattice.lookahead_beam = STRIPPED_LOOKAHEAD_BEAM;
    r->lattice.most_ways = STRIPPED_WAYS;
    if (r->from == FROM_STRIPPED || r->from == FROM_MIXED) {
        read_stripped(r, t);
        return true;
    }
    bool vie = r->from == FROM_VIE;
    if (!vie) r->trust = 0;
    if (!open_channel(r, vie ? &r->vie : &r->eng, vie ? "ocr-vie.tsv" : "ocr-eng.tsv", err)) return false;
    r->lattice.weight = CHANNEL_WEIGHT;
    r->lattice.beam = OCR_BEAM;
    r->lattice.lookahead_beam = OCR_LOOKAHEAD_BEAM;
    r->lattice.most_ways = OCR_WAYS;
    read_ocr(r, a, t);
    return true;
}

static void leave_text(Restore *r, Arena *a, Text *t)
{
    for (int i = 0; i < t->chunks; i++) {
        Chunk *c = &t->chunk[i];
        if (r->options.explain) *vec_push(&r->whys) = (RestoreWhy){0};
        c->text = arena_strn(a, t->raw + c->at, c->len);
        c->prob = 1;
        c->origin = ORIGIN_OCR;
    }
}

static bool restore_text(Restore *r, Arena *a, Text *t, Err *err)
{
    if (r->from == FROM_CLEAN) {
        leave_text(r, a, t);
        return true;
    }
    bool looks_again =
        r->from == FROM_STRIPPED || r->from == FROM_MIXED; /* an OCR's doubts are of another kind */
    r->lattice.wants_edges = !r->options.quick || looks_again;
    if (!read_text(r, a, t, err)) return false;
    dict_apply(r->dict, &r->lattice, t);
    if (looks_again) places_apply(r, t);
    lattice_search(&r->lattice, &r->lm, &r->path);
    if (!r->path.n) {
        leave_text(r, a, t);
        return true;
    }
    if (r->lattice.wants_edges) lattice_posteriors(&r->lattice);
    if (looks_again) restore_in_context(r);
    if (looks_again) elsewhere_apply(r);
    write_text(r, a, t);
    return true;
}

/* ---- a line ---- */

static void fill_word(Arena *a, Word *w, const char *line, const Chunk *c)
{
    *w = (Word){.box = {(int32_t)c->raw_at, 0, (int32_t)c->raw_len, 1}, .conf = 1};
    w->at = w->box;
    w->raw = arena_strn(a, line + c->raw_at, c->raw_len);
    w->text = c->text;
    w->prob = c->prob;
    w->alt = c->alt;
    w->alts = c->alts;
    w->origin = c->origin;
}

/* A line on its way out: its words restored, what stands between them as it was. */
typedef struct Join {
    const char *line;
    size_t at; /* bytes that are out */
    bool after_gone;
    Buf *out;
} Join;

/* The bytes between two words. Of a word that is gone (dirt, or joined to the one before) one gap goes too,
 * but never a line feed. */
static void join_gap(const Join *j, size_t end, bool gone)
{
    Buf *out = j->out;
    bool begins = out->len == 0 || out->s[out->len - 1] == '\n';
    bool dropped = gone || (j->after_gone && begins);
    if (!dropped) buf_addn(out, j->line + j->at, end - j->at);
    for (size_t i = j->at; dropped && i < end; i++)
        if (j->line[i] == '\n') buf_addc(out, '\n');
}

static void join_word(Join *j, size_t from, size_t len, const char *text)
{
    bool gone = !*text;
    join_gap(j, from, gone);
    buf_add(j->out, text);
    j->at = from + len;
    j->after_gone = gone;
}

void restore_join(const char *line, size_t len, const Word *words, int n, Buf *out)
{
    Join j = {.line = line, .out = out};
    for (int i = 0; i < n; i++) join_word(&j, (size_t)words[i].box.x, (size_t)words[i].box.w, words[i].text);
    buf_addn(out, line + j.at, len - j.at);
}

/* A line on its way in: in the form that the models know, cut into chunks. */
typedef struct CutLine {
    Buf text;
    Chunks chunks;
} CutLine;

static void cut_release(CutLine *c)
{
    buf_release(&c->text);
    vec_release(&c->chunks);
}

/* The line's chunks, restored. */
static bool restore_chunks(Restore *r, Arena *a, const char *line, size_t len, CutLine *c, Err *err)
{
    if (err_is(err)) return false;
    bool judged = r->from != FROM_AUTO && (r->from != FROM_MIXED || r->losses);
    if (!judged) restore_judge(r, line, len);
    prepare_text(r, line, len, r->from == FROM_CLEAN, &c->text, &c->chunks);
    Text t = {buf_str(&c->text), c->text.len, c->chunks.v, (int)c->chunks.n};
    r->whys.n = 0;
    return restore_text(r, a, &t, err);
}

bool restore_line(Restore *r, Arena *a, const char *line, size_t len, Word **words, int *n, Err *err)
{
    CutLine c = {0};
    bool ok = restore_chunks(r, a, line, len, &c, err);
    *words = arena_new(a, Word, c.chunks.n + 1);
    *n = (int)c.chunks.n;
    for (int i = 0; ok && i < *n; i++) fill_word(a, &(*words)[i], line, &c.chunks.v[i]);
    cut_release(&c);
    return ok;
}

bool restore_plain(Restore *r, const char *line, size_t len, Buf *out, Err *err)
{
    Arena a = {0};
    CutLine c = {0};
    Join j = {.line = line, .out = out};
    bool ok = restore_chunks(r, &a, line, len, &c, err);
    for (size_t i = 0; ok && i < c.chunks.n; i++)
        join_word(&j, c.chunks.v[i].raw_at, c.chunks.v[i].raw_len, c.chunks.v[i].text);
    if (ok) buf_addn(out, line + j.at, len - j.at);
    cut_release(&c);
    arena_release(&a);
    return ok;
}

/* ---- a page ---- */

/* Of a confidence that the engine is sure of: from here on nearly all words are right, below it about as many
 * as the engine says. */
static const float SURE_CONFIDENCE = 0.8f;

/* The language model cannot judge what it does not know: of a word left as it was read, nobody is surer than
 * the engine that read it ("LKtZiXXSE", made of a seal, confidence 0.11). */
static float no_surer_than_read(const Word *w)
{
    bool doubted = w->conf < SURE_CONFIDENCE && str_eq(w->text, w->raw);
    float most = w->conf / SURE_CONFIDENCE;
    return doubted && w->prob > most ? most : w->prob;
}

/* A stroke that the engine doubts, or far from as high as its line, may be dirt. Engines without the sign doubt every "≤",
 * which they read as "<": there the height alone tells. */
static bool may_be_dirt(const Page *page, const Word *w, const Line *l)
{
    static const float LEAST_HEIGHT = 0.5f; /* of the line's */
    bool stroke = page->unit == UNIT_PIXEL && utf8_length(w->raw) == 1;
    bool doubted = w->conf < SURE_CONFIDENCE && !strchr("<>", w->raw[0]);
    return stroke && (doubted || (float)w->at.h < LEAST_HEIGHT * (float)l->at.h);
}

static void restore_lines(Restore *r, Page *page, int first_line, int lines, Err *err)
{
    Buf raw = {0};
    Chunks chunks = {0};
    int words, first = page_lines_first_word(page, first_line, lines, &words);
    for (int i = first, line = first_line; i < first + words; i++) {
        const Word *w = &page->words.v[i];
        bool begins = false;
        while (line < first_line + lines && page->lines.v[line].first_word <= i) begins = true, line++;
        if (raw.len) buf_addc(&raw, begins ? '\n' : ' ');
        uint32_t at = (uint32_t)raw.len;
        prepare_word(r, &raw, w->raw, strlen(w->raw));
        *vec_push(&chunks) = (Chunk){.at = at,
                                     .len = (uint32_t)raw.len - at,
                                     .begins_line = begins,
                                     .dirt = may_be_dirt(page, w, &page->lines.v[line ? line - 1 : 0]),
                                     .reformed = strcmp(buf_str(&raw) + at, w->raw) != 0,
                                     .choice = w->choice,
                                     .choices = w->choices};
    }
    Text t = {buf_str(&raw), raw.len, chunks.v, (int)chunks.n};
    bool ok = restore_text(r, &page->arena, &t, err);
    for (size_t i = 0; ok && i < chunks.n; i++) {
        Word *w = &page->words.v[first + (int)i];
        const Chunk *c = &chunks.v[i];
        w->text = c->text, w->prob = c->prob, w->alt = c->alt, w->alts = c->alts, w->origin = c->origin;
        w->prob = no_surer_than_read(w);
    }
    vec_release(&chunks);
    buf_release(&raw);
}

static void judge_page(Restore *r, const Page *page)
{
    Buf b = {0};
    for (size_t i = 0; i < page->words.n; i++) buf_add(&b, page->words.v[i].raw), buf_addc(&b, ' ');
    restore_judge(r, buf_str(&b), b.len);
    if (r->from == FROM_MIXED && page->unit == UNIT_PIXEL) r->from = FROM_VIE; /* an engine read it */
    buf_release(&b);
}

/* By load, or, on a page that was stored since, by the restore that left it alone. */
static bool is_settled(const Page *page)
{
    return page->settled || (page->words.n && page->words.v[0].origin == ORIGIN_TEXT_LAYER);
}

static bool leave_page(Page *page)
{
    for (size_t i = 0; i < page->words.n; i++) {
        Word *w = &page->words.v[i];
        w->text = w->raw;
        w->prob = 1;
        w->origin = ORIGIN_TEXT_LAYER;
    }
    return true;
}

bool restore_page(Restore *r, Page *page, Err *err)
{
    if (err_is(err)) return false;
    if (is_settled(page)) return leave_page(page);
    elsewhere_reset(r);
    r->label = 0, r->ocr_label = -1; /* of another page, which this one must not depend on */
    if (r->options.from == FROM_AUTO) judge_page(r, page);
    for (size_t i = 0; i < page->blocks.n; i++)
        if (page->blocks.v[i].kind == BLOCK_TEXT)
            restore_lines(r, page, page->blocks.v[i].first_line, page->blocks.v[i].lines, err);
    for (size_t i = 0; i < page->cells.n; i++)
        if (page->cells.v[i].lines)
            restore_lines(r, page, page->cells.v[i].first_line, page->cells.v[i].lines, err);
    return !err_is(err);
}
