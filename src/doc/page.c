/* A line "1 Mầm non 3-2" is built in reading order: page_add_line(), then page_add_word() for each of "1", "Mầm", "non",
 * "3-2". The line's box is the union of its words' boxes. */
#include "doc/page.h"

#include "base/viet.h"

#include <assert.h>
#include <string.h>

static const char *const stages[] = {"none", "load", "clean", "layout", "ocr", "restore", "extract"};
static const char *const origins[] = {"none", "ocr", "text-layer", "lexicon", "n-gram", "person"};

static const char *const word_marks[] = {"under-red", "under-blue", "disputed", "unread-ink"};
static_assert(sizeof word_marks / sizeof *word_marks == WORD_MARKS, "a name for each mark");

const char *word_mark_name(WordMark mark)
{
    for (int i = 0; i < WORD_MARKS; i++)
        if ((unsigned)mark == 1u << i) return word_marks[i];
    return "?";
}

const char *stage_name(Stage stage)
{
    return (unsigned)stage <= STAGE_EXTRACT ? stages[stage] : "?";
}
const char *origin_name(Origin origin)
{
    return (unsigned)origin <= ORIGIN_PERSON ? origins[origin] : "?";
}

bool stage_from_name(const char *name, Stage *stage)
{
    for (int i = STAGE_LOAD; i <= STAGE_EXTRACT; i++)
        if (strcmp(name, stages[i]) == 0) {
            *stage = (Stage)i;
            return true;
        }
    return false;
}

bool origin_from_name(const char *name, Origin *origin)
{
    for (int i = ORIGIN_NONE; i <= ORIGIN_PERSON; i++)
        if (strcmp(name, origins[i]) == 0) {
            *origin = (Origin)i;
            return true;
        }
    return false;
}

void page_init(Page *p, int number)
{
    *p = (Page){.number = number, .to_scan = affine_identity(), .via = ""};
}

void page_release(Page *p)
{
    vec_release(&p->blocks);
    vec_release(&p->tables);
    vec_release(&p->cells);
    vec_release(&p->lines);
    vec_release(&p->words);
    vec_release(&p->layer);
    arena_release(&p->arena);
    page_init(p, 0);
}

void page_forget_restored(Page *p)
{
    for (size_t i = 0; i < p->words.n; i++) {
        Word *w = &p->words.v[i];
        w->text = NULL, w->alt = NULL, w->alts = 0, w->prob = 0, w->origin = ORIGIN_NONE;
    }
    if (p->stage > STAGE_OCR) p->stage = STAGE_OCR;
}

Rect page_to_scan(const Page *p, Rect at)
{
    if (p->unit == UNIT_CHARACTER) return at;
    return rect_clip(affine_rect(p->to_scan, at), p->width, p->height);
}

Line *page_add_line(Page *p)
{
    Line *line = vec_push(&p->lines);
    line->first_word = (int)p->words.n;
    return line;
}

Word *page_add_word(Page *p, Rect at, const char *raw, float conf)
{
    if (!p->lines.n) page_add_line(p);
    Line *line = &p->lines.v[p->lines.n - 1];
    Word *word = vec_push(&p->words);
    word->at = at;
    word->box = page_to_scan(p, at);
    word->raw = arena_str(&p->arena, raw);
    word->conf = conf;
    line->words++;
    line->at = rect_union(line->at, at);
    line->box = rect_union(line->box, word->box);
    return word;
}

char *page_text(const Page *p, Arena *a, int first_word, int words, TextOf of)
{
    Buf b = {0};
    for (int i = first_word; i < first_word + words; i++) {
        const Word *w = &p->words.v[i];
        const char *s = of == TEXT_RESTORED && w->text ? w->text : w->raw;
        if (!*s) continue;
        if (b.len) buf_addc(&b, ' ');
        buf_add(&b, s);
    }
    char *text = arena_str(a, buf_str(&b));
    buf_release(&b);
    return text;
}

char *page_line_text(const Page *p, Arena *a, const Line *line, TextOf of)
{
    return page_text(p, a, line->first_word, line->words, of);
}

int page_lines_first_word(const Page *p, int first_line, int lines, int *words)
{
    *words = 0;
    for (int i = first_line; i < first_line + lines; i++) *words += p->lines.v[i].words;
    return lines ? p->lines.v[first_line].first_word : 0;
}

char *page_cell_text(const Page *p, Arena *a, const Cell *cell, TextOf of)
{
    int words, first = page_lines_first_word(p, cell->first_line, cell->lines, &words);
    return page_text(p, a, first, words, of);
}

/* ---- invariants ---- */

static bool range_ok(int first, int n, size_t total)
{
    return first >= 0 && n >= 0 && (size_t)first + (size_t)n <= total;
}

static bool box_ok(const Page *p, Rect box)
{
    return p->unit == UNIT_CHARACTER || rect_empty(box) ||
           rect_within(box, (Rect){0, 0, p->width, p->height});
}

static bool check_word(const Page *p, size_t i, Err *err)
{
    const Word *w = &p->words.v[i];
    if (!w->raw) return err_set(err, DAU_INTERNAL, "page %d: word %zu has no raw text", p->number, i);
    if (!box_ok(p, w->box))
        return err_set(err, DAU_INTERNAL, "page %d: word %zu lies outside the page", p->number, i);
    if (!(w->conf >= 0 && w->conf <= 1))
        return err_set(err, DAU_INTERNAL, "page %d: word %zu: confidence", p->number, i);
    if (p->stage < STAGE_RESTORE) return true;
    if (!w->text || utf8_valid_prefix(w->text, strlen(w->text)) != strlen(w->text))
        return err_set(err, DAU_INTERNAL, "page %d: word %zu was not restored", p->number, i);
    if (!(w->prob >= 0 && w->prob <= 1))
        return err_set(err, DAU_INTERNAL, "page %d: word %zu: probability", p->number, i);
    return true;
}

static bool check_structure(const Page *p, Err *err)
{
    for (size_t i = 0; i < p->lines.n; i++)
        if (!range_ok(p->lines.v[i].first_word, p->lines.v[i].words, p->words.n))
            return err_set(err, DAU_INTERNAL, "page %d: line %zu names words that are not there", p->number,
                           i);
    for (size_t i = 0; i < p->cells.n; i++) {
        const Cell *c = &p->cells.v[i];
        if (!range_ok(c->first_line, c->lines, p->lines.n) || c->rowspan < 1 || c->colspan < 1 ||
            !box_ok(p, c->box))
            return err_set(err, DAU_INTERNAL, "page %d: cell %zu is not sound", p->number, i);
    }
    for (size_t i = 0; i < p->tables.n; i++) {
        const Table *t = &p->tables.v[i];
        if (!range_ok(t->first_cell, t->cells, p->cells.n))
            return err_set(err, DAU_INTERNAL, "page %d: table %zu names cells that are not there", p->number,
                           i);
        for (int k = 0; k < t->cells; k++) {
            const Cell *c = &p->cells.v[t->first_cell + k];
            if (c->row < 0 || c->col < 0 || c->row + c->rowspan > t->rows || c->col + c->colspan > t->cols)
                return err_set(err, DAU_INTERNAL, "page %d: table %zu: cell %d is outside its grid",
                               p->number, i, k);
        }
    }
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *b = &p->blocks.v[i];
        bool ok = b->kind == BLOCK_TABLE ? b->table >= 0 && (size_t)b->table < p->tables.n
                                         : range_ok(b->first_line, b->lines, p->lines.n);
        if (!ok) return err_set(err, DAU_INTERNAL, "page %d: block %zu is not sound", p->number, i);
    }
    return true;
}

bool page_check(const Page *p, Err *err)
{
    if (!check_structure(p, err)) return false;
    for (size_t i = 0; i < p->words.n; i++)
        if (!check_word(p, i, err)) return false;
    for (size_t i = 0; i < p->layer.n; i++)
        if (!box_ok(p, p->layer.v[i].box))
            return err_set(err, DAU_INTERNAL, "page %d: word %zu of its text layer lies outside", p->number,
                           i);
    return true;
}
