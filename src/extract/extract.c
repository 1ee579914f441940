/* Pages are copied into items, tables and lines in reading order; at the end the items become entries, a row
 * of a list each, and the entries pairings:
 *
 *     "10 | Tiểu học An Hòa | Tiểu học Vân Hòa, Tiểu học Phú Châu"      one entry, two pairings, both number 10
 */
#include "extract/extract.h"

#include "base/str.h"
#include "base/viet.h"
#include "extract/text/body.h"

#include <string.h>

struct Extract {
    Doc doc;
    int tables_on_page;
    Gazetteer *own_names;   /* where none were lent */
    Keywords *own_words;    /* the same */
    const Confuse *letters; /* lent, or NULL */
    Confuse own_letters;
};

Extract *extract_new(void)
{
    return xalloc(sizeof(Extract));
}

void extract_explain(Extract *x)
{
    x->doc.explain = true;
}

Extract *extract_new_with(const Gazetteer *names, const Registry *schools)
{
    Extract *x = extract_new();
    x->doc.names = names;
    x->doc.schools = schools;
    return x;
}

void extract_lend_words(Extract *x, const Keywords *words)
{
    x->doc.words = words;
}

void extract_lend_letters(Extract *x, const Confuse *letters)
{
    x->letters = letters;
}

bool extract_say_columns(Extract *x, const char *columns, Err *err)
{
    x->doc.said = columns ? roles_said(&x->doc.a, columns, err) : NULL;
    return !columns || x->doc.said;
}

void extract_free(Extract *x)
{
    if (!x) return;
    gazetteer_close(x->own_names);
    words_close(x->own_words);
    confuse_release(&x->own_letters);
    vec_release(&x->doc.items);
    vec_release(&x->doc.districts);
    map_release(&x->doc.listed);
    map_release(&x->doc.sisters);
    vec_release(&x->doc.provinces);
    vec_release(&x->doc.numbered);
    vec_release(&x->doc.unread);
    arena_release(&x->doc.a);
    free(x);
}

/* ---- pages to items ---- */

/* Says of each line's first token whether the line before had room for it. A line of a word processor's ends where
 * somebody ended it. */
static void mark_breaks(Run r, Rect within, bool typed)
{
    Rect line = {0};
    for (int i = 0; i < r.n; i++) {
        Tok *t = &r.v[i];
        if (t->new_line && i) {
            t->broke = typed || rect_right(line) + t->at.w + t->at.h < rect_right(within);
            t->hard = typed;
            line = (Rect){0};
        }
        line = rect_union(line, t->at);
    }
}

static Run lines_run(Doc *doc, const Page *page, int first_line, int lines)
{
    Toks toks = {0};
    for (int i = first_line; i < first_line + lines; i++)
        toks_add_line(&toks, &doc->a, doc->words, page, page->lines.v[i].first_word, page->lines.v[i].words);
    Run r = run_from(&doc->a, &toks, 0);
    vec_release(&toks);
    return r;
}

static void add_table(Extract *x, const Page *page, const Table *t)
{
    Arena *a = &x->doc.a;
    XTable *xt = arena_new(a, XTable, 1);
    *xt = (XTable){.page = page->number,
                   .number = ++x->tables_on_page,
                   .kind = t->kind,
                   .rows = t->rows,
                   .cols = t->cols,
                   .cells = t->cells,
                   .cell = arena_new(a, XCell, (size_t)t->cells),
                   .at = t->at,
                   .box = t->box,
                   .open_top = t->open_top,
                   .open_bottom = t->open_bottom};
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &page->cells.v[t->first_cell + i];
        Run whole = lines_run(&x->doc, page, c->first_line, c->lines);
        mark_breaks(whole, c->at, page->unit == UNIT_CHARACTER && c->lines > 1);
        xt->cell[i] = (XCell){.row = c->row,
                              .col = c->col,
                              .rowspan = c->rowspan,
                              .colspan = c->colspan,
                              .at = c->at,
                              .box = c->box,
                              .blank = c->blank,
                              .run = run_of_schools(a, whole, true),
                              .whole = whole};
    }
    vec_push(&x->doc.items)->table = xt;
}

static bool white_above(const Page *page, const Line *above, const Line *line)
{
    int gap = line->at.y - rect_bottom(above->at);
    return page->unit == UNIT_CHARACTER ? gap > 0 : gap > line->at.h;
}

static void add_lines(Extract *x, const Page *page, int block)
{
    const Block *b = &page->blocks.v[block];
    for (int i = 0; i < b->lines; i++) {
        const Line *line = &page->lines.v[b->first_line + i];
        XLine *xl = arena_new(&x->doc.a, XLine, 1);
        *xl = (XLine){.page = page->number,
                      .block = block,
                      .unit = page->unit,
                      .at = line->at,
                      .box = line->box,
                      .after_blank = i == 0 || white_above(page, line - 1, line),
                      .whole = lines_run(&x->doc, page, b->first_line + i, 1)};
        xl->run = run_of_schools(&x->doc.a, xl->whole, false);
        vec_push(&x->doc.items)->line = xl;
    }
}

static bool open_words(Extract *x, Err *err)
{
    if (err_is(err)) return false;
    if (!x->doc.words) x->doc.words = x->own_words = words_open(NULL, err);
    return x->doc.words != NULL;
}

/* Ink that was not read: how many places of the page, and the largest of them. A single letter is a page's block, and flags
 * the name beside it; by itself it is not worth a line. */
static void note_unread(Doc *doc, const Page *page)
{
    UnreadInk u = {.page = page->number};
    for (size_t i = 0; i < page->blocks.n; i++) {
        const Block *b = &page->blocks.v[i];
        if (b->kind != BLOCK_PICTURE) continue;
        u.places++;
        if ((long)b->box.w * b->box.h > (long)u.largest.w * u.largest.h) u.largest = b->box;
    }
    if (u.places > 1 || u.largest.w > u.largest.h * 3 / 2) *vec_push(&doc->unread) = u;
}

bool extract_page(Extract *x, const Page *page, Err *err)
{
    if (!open_words(x, err)) return false;
    x->tables_on_page = 0;
    note_unread(&x->doc, page);
    for (int i = 0; i < (int)page->blocks.n; i++) {
        const Block *b = &page->blocks.v[i];
        if (b->kind == BLOCK_TABLE)
            add_table(x, page, &page->tables.v[b->table]);
        else if (b->kind == BLOCK_TEXT)
            add_lines(x, page, i);
    }
    return true;
}

/* ---- what the document is about ---- */

static bool is_typed(Run r)
{
    return r.n && r.v[0].typed == TYPED_YES;
}

bool speaks_of_twins(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    compact_run(r, false, text);
    compact_run(r, true, raw);
    int most = is_typed(r) ? 0 : 1; /* "kiến nghị" is two edits away */
    return has_word_near(r, text, WORD_TWIN, 0) || has_word_near(r, raw, WORD_TWIN, most);
}

/* "kée pghia", under a seal. */
static bool may_speak_of_twins(Run r)
{
    char raw[COMPACT_MOST];
    if (is_typed(r)) return false;
    compact_run(r, true, raw);
    return has_word_near(r, raw, WORD_TWIN, 2) || is_misread_title(r);
}

enum { LETTERHEAD_LINES = 14 };

/* Letters that only Vietnamese has: an engine without Vietnamese reads none of them. */
static bool is_vietnamese_only(int32_t c)
{
    Letter letter = viet_letter(c);
    bool latin = letter.mark == MARK_CIRCUMFLEX || letter.mark == MARK_NONE;
    return letter.base && ((!latin && letter.mark != MARK_STROKE) || letter.tone == TONE_DOT ||
                           letter.tone == TONE_HOOK || (letter.mark == MARK_CIRCUMFLEX && letter.tone));
}

static void count_marks(Run r, int *words, int *marked)
{
    for (int i = 0; i < r.n; i++) {
        bool found = false;
        int32_t c;
        for (const char *p = r.v[i].raw; *p && !found;) {
            p += utf8_decode(p, strlen(p), &c);
            found = is_vietnamese_only(c);
        }
        *words += !r.v[i].mark;
        *marked += found;
    }
}

static void note_district(Doc *doc, const char *name)
{
    for (size_t i = 0; name && i < doc->districts.n; i++)
        if (str_eq(doc->districts.v[i], name)) return;
    if (name) *vec_push(&doc->districts) = name;
}

/* The districts that a title names, one after another. */
static int title_districts(Doc *doc, Run title, const char *name[2])
{
    int n = 0;
    for (int i = 0, used, more; i < title.n; i++) {
        UnitKind unit = unit_word(run_part(title, i, title.n - i), &used);
        if (unit != UNIT_DISTRICT && unit != UNIT_PROVINCE) continue;
        const char *found =
            district_name(&doc->a, doc->names, run_part(title, i + used, title.n - i - used), false, &more);
        if (!found || (n && str_eq(found, name[0]))) continue;
        if (n == 2) return 3;
        name[n++] = found;
    }
    return n;
}

/* "... kết nghĩa giữa các trường quận Tây Hồ và các trường huyện Sóc Sơn": the schools are of the office's own district,
 * or of the first, their partners of the other one. */
static void take_title_districts(Doc *doc, Run title)
{
    const char *name[2] = {NULL, NULL};
    int n = title_districts(doc, title, name);
    if (doc->other_district || n < 1 || n > 2) return;
    if (n == 2) {
        bool second = doc->district && str_eq(name[1], doc->district);
        if (doc->district && !second && !str_eq(name[0], doc->district)) return;
        doc->other_district = name[second ? 0 : 1];
        if (!doc->district) doc->district = name[0];
    } else if (doc->district && !str_eq(name[0], doc->district)) {
        doc->other_district = name[0];
    }
}

/* A line of the document, or of a cell of a table that holds its head. */
typedef struct TitleLine {
    Run run;
    int page;
} TitleLine;
typedef VEC(TitleLine) TitleLines;

enum { TITLE_REACH = 60, TITLE_MORE = 2 }; /* lines in which the title stands; lines more that it may have */

static void add_lines_of(TitleLines *out, Run r, int page)
{
    for (int i = 0, end; i < r.n; i = end) {
        for (end = i + 1; end < r.n && !r.v[end].new_line;) end++;
        *vec_push(out) = (TitleLine){run_part(r, i, end - i), page};
    }
}

/* In DOCX the letterhead is a table, with "V/v ..." in it. */
static void first_lines(Doc *doc, TitleLines *out)
{
    enum { HEAD_ROWS = 3 };
    for (size_t i = 0; i < doc->items.n && out->n < TITLE_REACH; i++) {
        const Item *item = &doc->items.v[i];
        if (item->line) *vec_push(out) = (TitleLine){item->line->run, item->line->page};
        for (int c = 0; item->table && i == 0 && item->table->rows <= HEAD_ROWS && c < item->table->cells;
             c++)
            add_lines_of(out, item->table->cell[c].run, item->table->page);
    }
}

/* The line and the next one, where a word of two syllables stands on both: "... kết", "nghĩa với các trường ...". */
static Evidence across_lines(Doc *doc, const TitleLines *lines, size_t i)
{
    const TitleLine *line = &lines->v[i], *next = line + 1;
    if (i + 1 >= lines->n || line->page != next->page || !evidence_is_title(next->run) ||
        evidence_is(evidence_read(next->run)))
        return (Evidence){0};
    return evidence_read(run_join(&doc->a, line->run, next->run));
}

/* "DANH SÁCH CÁC TRƯỜNG TRUNG HỌC CƠ" stands above "SỞ KẾT NGHĨA". */
static Run with_line_above(Doc *doc, const TitleLines *lines, size_t i, Run title)
{
    if (!i || lines->v[i - 1].page != lines->v[i].page || !evidence_is_title(lines->v[i - 1].run))
        return title;
    return run_join(&doc->a, lines->v[i - 1].run, title);
}

static bool names_schools(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (tok_word(&r.v[i], WORD_LEAD)) return true;
    return false;
}

/* The title is the first short line that tells what the document is about, with those below that go on with it. */
static void read_title(Doc *doc)
{
    TitleLines lines = {0};
    first_lines(doc, &lines);
    for (size_t i = 0; i < lines.n && !doc->other_district; i++) {
        Evidence e = {0};
        if (evidence_is_title(lines.v[i].run)) e = evidence_read(lines.v[i].run);
        if (evidence_is_title(lines.v[i].run) && !evidence_is(e)) e = across_lines(doc, &lines, i);
        if (!evidence_is(e)) continue;
        Run title = lines.v[i].run;
        for (size_t k = i + 1; k < lines.n && k <= i + TITLE_MORE && lines.v[k].page == lines.v[i].page;
             k++) {
            if (!evidence_is_title(lines.v[k].run)) break;
            title = run_join(&doc->a, title, lines.v[k].run);
        }
        if (!evidence_is(doc->title))
            doc->title = e,
            doc->level = e.twins ? level_mentioned(with_line_above(doc, &lines, i, title)) : LEVEL_NONE;
        if (e.twins) {
            doc->about_twins = true, doc->about_schools = doc->about_schools || names_schools(title);
            take_title_districts(doc, title);
        }
    }
    vec_release(&lines);
}

/* The office's district, by its letterhead. */
static void read_letterhead(Doc *doc)
{
    TitleLines lines = {0};
    first_lines(doc, &lines);
    for (size_t i = 0; i < lines.n && i < LETTERHEAD_LINES && !doc->district; i++)
        doc->district = district_mentioned(&doc->a, doc->names, lines.v[i].run);
    note_district(doc, doc->district);
    vec_release(&lines);
}

static void look_over(Doc *doc)
{
    enum {
        MARKED_SHARE = 10
    }; /* one word in ten; in real text it is one in three, without marks next to none */
    int words = 0, marked = 0;
    for (size_t i = 0; i < doc->items.n; i++) {
        const Item *item = &doc->items.v[i];
        for (int k = 0; item->table && k < item->table->cells; k++) {
            Run run = item->table->cell[k].run;
            doc->about_twins = doc->about_twins || speaks_of_twins(run);
            count_marks(run, &words, &marked);
        }
        if (!item->line) continue;
        count_marks(item->line->run, &words, &marked);
        note_district(doc, district_mentioned(&doc->a, doc->names, item->line->run));
        doc->about_twins = doc->about_twins || speaks_of_twins(item->line->run);
        doc->maybe_twins = doc->maybe_twins || may_speak_of_twins(item->line->run);
    }
    doc->marks_read = marked * MARKED_SHARE > words;
    for (size_t i = 0; i < doc->items.n; i++)
        if (doc->items.v[i].line) district_note_province(doc, doc->items.v[i].line->run);
    read_letterhead(doc);
    districts_settle(doc);
    read_title(doc);
}

/* ---- items to entries ---- */

enum { MOST_ABOVE = 6 }; /* lines over a table that may be its heading */

/* The end of a sentence, or a line of one that ends below: it is not a heading. */
static bool in_sentence(const Doc *doc, size_t i)
{
    const XLine *x = doc->items.v[i].line;
    for (; i + 1 < doc->items.n; i++) {
        const XLine *next = doc->items.v[i + 1].line;
        if (!next || next->block != x->block || next->page != x->page || next->after_blank) break;
    }
    Run last = doc->items.v[i].line->run;
    const char *s = last.n ? last.v[last.n - 1].text : "";
    size_t n = strlen(s);
    return n && strchr(".;/", s[n - 1]);
}

/* Are unions and the like twinned, by the table's header: "Công đoàn cơ sở"? A first row over all columns is a title. */
static PairKind kind_of_table(const XTable *t)
{
    PairKind kind = PAIR_SCHOOLS;
    int header = 0;
    for (int i = 0; i < t->cells; i++)
        if (t->cell[i].row == 0 && t->cell[i].colspan == t->cols && t->cols > 1) header = 1;
    for (int i = 0; i < t->cells && !kind; i++)
        if (t->cell[i].row == header) kind = run_begins_organisation(t->cell[i].run);
    return kind;
}

static void table_items(Doc *doc, size_t i, Carry *carry, Entries *entries)
{
    Run above[MOST_ABOVE];
    int n = 0;
    for (size_t k = i; k > 0 && n < MOST_ABOVE && doc->items.v[k - 1].line; k--)
        if (!in_sentence(doc, k - 1)) above[n++] = doc->items.v[k - 1].line->run;
    size_t before = entries->n;
    PairKind kind = kind_of_table(doc->items.v[i].table);
    table_entries(doc, doc->items.v[i].table, above, n, carry, entries);
    for (size_t k = before; k < entries->n; k++) entries->v[k].kind = kind;
}

static void find_entries(Doc *doc, Entries *entries)
{
    Carry carry = {0};
    for (size_t i = 0; i < doc->items.n;) {
        size_t end = i;
        while (end < doc->items.n && doc->items.v[end].line) end++;
        if (end > i)
            flat_entries(doc, doc->items.v + i, (int)(end - i), &carry, entries);
        else
            table_items(doc, end++, &carry, entries);
        i = end;
    }
}

/* ---- entries to pairings ---- */

const char *flag_names(Arena *a, unsigned set)
{
    Buf b = {0};
    for (int i = 0; i < FLAGS; i++)
        if (set >> i & 1) buf_addf(&b, "%s%s", b.len ? " " : "", flag_name((Flag)(1u << i)));
    const char *s = arena_str(a, buf_str(&b));
    buf_release(&b);
    return s;
}

/* A name that could not be read: what stands there, and where. */
static School unread_school(Arena *a, Run cell, const Entry *e)
{
    School s = {.name = "", .raw = "", .place = {.page = cell.n ? cell.v[0].page : e->page}};
    Buf b = {0};
    for (int i = 0; i < cell.n; i++)
        if (*cell.v[i].raw) buf_addf(&b, "%s%s", b.len ? " " : "", cell.v[i].raw);
    if (b.len) s.raw = arena_str(a, b.s);
    s.place.box = cell.n ? run_box(cell, s.place.page) : e->box;
    buf_release(&b);
    return s;
}

static School school_of(Arena *a, const Name *n, const char *district)
{
    return (School){.name = arena_str(a, n->name),
                    .raw = arena_str(a, n->raw),
                    .prob = n->prob,
                    .place = n->place,
                    .registry = arena_str(a, n->registry),
                    .district = arena_str(a, n->district ? n->district : district)};
}

static Level level_of(const Entry *e, const Name *school, const Name *partner, unsigned *set)
{
    Level a = school ? school->level : LEVEL_NONE, b = partner ? partner->level : LEVEL_NONE;
    Level said = e->column ? e->column : e->section, level = a ? a : said ? said : b ? b : e->title;
    if (!levels_agree(a, said) || !levels_agree(b, said) || !levels_agree(a, b)) *set |= FLAG_LEVEL;
    if (!level) *set |= FLAG_NO_LEVEL;
    return level;
}

static void add_why(Buf *b, const char *topic, const char *text)
{
    if (text) buf_addf(b, "%s\t%s\n", topic, text);
}

static void explain_level(Buf *b, const Entry *e, const Name *school, const Name *partner)
{
    Buf text = {0};
    const struct {
        Level level;
        const char *from;
    } said[] = {{school->level, "the words before the school"},
                {partner->level, "those before the partner"},
                {e->column, "the level's column"},
                {e->section, "the heading above"},
                {e->title, "the title"}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].level)
            buf_addf(&text, "%s%s by %s", text.len ? ", " : "", level_code(said[i].level), said[i].from);
    add_why(b, "level", text.len ? text.s : "nothing says it");
    buf_release(&text);
}

static void add_district(Buf *b, const char *whose, const Name *name, const char *header)
{
    const char *district = name->district ? name->district : header;
    if (!district) return;
    buf_addf(b, "district\t%s: %s, by %s\n", whose, district,
             !name->district  ? "a header, the letterhead or a column"
             : name->registry ? "your list"
                              : "the cell");
}

static void explain_parting(Buf *b, const Entry *e)
{
    if (!e->text) return;
    if (e->parting < 1)
        buf_addf(b, "parting\tno mark parts the names: the likeliest of all cuts, %.2f\n",
                 (double)e->parting);
    else
        add_why(b, "parting", "a mark, a column or the words of a level part the names");
}

/* Why these two: lines of topic and text. */
static void explain_row(Doc *doc, const Entry *e, const Name *school, const Name *partner,
                        const double x[FACTORS], Pairing *p)
{
    Buf b = {0}, sum = {0};
    add_why(&b, "columns", e->columns);
    explain_parting(&b, e);
    explain_level(&b, e, school, partner);
    add_district(&b, "school's", school, e->school_district);
    add_district(&b, "partner's", partner, e->partner_district);
    add_why(&b, "school", school->why);
    add_why(&b, "partner", partner->why);
    factors_explain(x, &sum);
    add_why(&b, "prob", sum.s);
    p->why = arena_str(&doc->found->arena, buf_str(&b));
    buf_clear(&sum);
    factors_text(x, &sum);
    p->factors = arena_str(&doc->found->arena, buf_str(&sum));
    buf_release(&b);
    buf_release(&sum);
}

/* The row's probability; a doubtful one is flagged. */
static float weigh_row(Doc *doc, const Entry *e, const Name *school, const Name *partner, unsigned *set,
                       Pairing *p)
{
    double x[FACTORS];
    if (!school || !partner) return 0;
    row_factors(doc, e, school, partner, *set, x);
    double prob = row_prob(x) * (e->form > 0 ? (double)e->form : 1);
    if (row_doubtful(prob) || school->rival || partner->rival) *set |= FLAG_DOUBT;
    if (doc->explain) explain_row(doc, e, school, partner, x, p);
    return (float)prob;
}

/* Under a seal or a stroke a word that is likelier wrong than right is not a reading. */
static const float LEAST_UNDER_INK = 0.5f;

static bool hidden(Run cell, const Name *name)
{
    const unsigned ink = WORD_UNDER_RED | WORD_UNDER_BLUE;
    for (int i = 0; i < cell.n && !name->listed; i++) {
        const Tok *t = &cell.v[i];
        int after = t->index - name->place.first_word;
        bool within = t->page == name->place.page && after >= 0 && after < name->place.words;
        if (within && (t->known & ink) && t->prob < LEAST_UNDER_INK) return true;
    }
    return false;
}

static unsigned ink_flags(const Entry *e)
{
    unsigned known = run_known(e->school) | run_known(e->partner);
    return (known & WORD_UNDER_RED ? FLAG_SEAL : 0u) | (known & WORD_UNDER_BLUE ? FLAG_PEN : 0u) |
           (known & WORD_DISPUTED ? FLAG_DISPUTED : 0u) | (known & WORD_INK ? FLAG_INK : 0u);
}

/* Whose pairing a row is: of the schools, or of those in them that its cells or the header name. */
static PairKind kind_of(const Entry *e)
{
    PairKind kind = run_organisation(e->school);
    if (!kind) kind = run_organisation(e->partner);
    return kind ? kind : e->kind;
}

static void add_pairing(Doc *doc, const Entry *e, const Name *school, const Name *partner)
{
    Pairings *found = doc->found;
    Arena *a = &found->arena;
    unsigned set = e->flags | ink_flags(e);
    if (school && hidden(e->school, school)) school = NULL;
    if (partner && hidden(e->partner, partner)) partner = NULL;
    if (!school || !partner) set |= FLAG_UNREAD;
    if ((school && school->guessed) || (partner && partner->guessed)) set |= FLAG_PARTING;
    if ((school && school->unsettled) || (partner && partner->unsettled)) set |= FLAG_NUMERAL;
    if ((school && school->mended) || (partner && partner->mended)) set |= FLAG_MENDED;
    Pairing p = {.level = level_of(e, school, partner, &set)};
    p.kind = kind_of(e);
    p.no = e->no ? arena_printf(a, "%d", e->no) : NULL;
    p.school = school ? school_of(a, school, e->school_district) : unread_school(a, e->school, e);
    p.partner = partner ? school_of(a, partner, e->partner_district) : unread_school(a, e->partner, e);
    p.prob = weigh_row(doc, e, school, partner, &set, &p);
    p.place = (Place){.page = e->page, .box = e->box};
    p.rule = arena_str(a, e->rule);
    p.flags = flag_names(a, set);
    *vec_push(&found->v) = p;
}

static bool beside(const Name *a, const Name *b)
{
    int top = a->at.y > b->at.y ? a->at.y : b->at.y;
    int bottom = rect_bottom(a->at) < rect_bottom(b->at) ? rect_bottom(a->at) : rect_bottom(b->at);
    return a->at.h > 0 && b->at.h > 0 && 2 * (bottom - top) > (a->at.h < b->at.h ? a->at.h : b->at.h);
}

static bool apart(const Names *names)
{
    for (size_t i = 1; i < names->n; i++)
        if (beside(&names->v[i - 1], &names->v[i])) return false;
    return true;
}

/* As many names on either side, each on a line of its own beside its twin: rows whose rule was lost. */
static bool side_by_side(const Sides *p)
{
    if (p->school.n < 2 || p->school.n != p->partner.n || !apart(&p->school) || !apart(&p->partner))
        return false;
    for (size_t i = 0; i < p->school.n; i++)
        if (!beside(&p->school.v[i], &p->partner.v[i])) return false;
    return true;
}

static const Name *name_at(const Names *names, size_t i)
{
    return i < names->n ? &names->v[i] : NULL;
}

/* Each school of the one cell with each of the other. Where they stand side by side, each with its twin; the
 * same where rows were put together that may be several: nobody is twinned with all of them. */
static void add_pairings(Doc *doc, const Entry *e, const Sides *sides)
{
    size_t n = sides->school.n ? sides->school.n : 1, m = sides->partner.n ? sides->partner.n : 1;
    bool twins = side_by_side(sides), rows = twins || (n > 1 && m > 1 && e->flags & FLAG_JOINED);
    Entry one = *e;
    if (twins) one.flags |= FLAG_JOINED;
    for (size_t i = 0; rows && i < (n > m ? n : m); i++)
        add_pairing(doc, &one, name_at(&sides->school, i), name_at(&sides->partner, i));
    for (size_t i = 0; !rows && i < n; i++)
        for (size_t k = 0; k < m; k++)
            add_pairing(doc, &one, name_at(&sides->school, i), name_at(&sides->partner, k));
}

/* Mends the names of one role, by the district that is said of them, that they look to be of, and the others
 * that the document names. */
static void mend_side(Doc *doc, const Entries *entries, Sides *sides, bool partner)
{
    VEC(const char *) all = {0};
    for (size_t i = 0; i < entries->n; i++) {
        const Names *names = partner ? &sides[i].partner : &sides[i].school;
        for (size_t k = 0; k < names->n; k++) *vec_push(&all) = names->v[k].name;
    }
    const char *vote = names_district(doc, all.v, (int)all.n);
    for (size_t i = 0; i < entries->n; i++) {
        Names *names = partner ? &sides[i].partner : &sides[i].school;
        const char *said = partner ? entries->v[i].partner_district : entries->v[i].school_district, *own[2];
        int n = 0;
        if (said) own[n++] = said;
        if (vote) own[n++] = vote;
        for (size_t k = 0; k < names->n; k++) {
            if (n)
                name_mend(doc, &names->v[k], own, n);
            else
                name_mend(doc, &names->v[k], doc->districts.v, (int)doc->districts.n);
            name_register(doc, &names->v[k], names->v[k].among, said ? said : vote);
        }
    }
    vec_release(&all);
}

/* Does anything say the level of an entry? */
static bool level_said(const Entry *e, const Sides *sides)
{
    bool said = e->column || e->section || e->title;
    for (size_t i = 0; i < sides->school.n; i++) said = said || sides->school.v[i].level;
    for (size_t i = 0; i < sides->partner.n; i++) said = said || sides->partner.v[i].level;
    return said;
}

/* A seal over the head of the list hides its first heading. Lists go from the lowest level up, so that rows
 * of which nothing says the level, before a heading "TIỂU HỌC", are of kindergartens; they keep the flag. */
static void guess_first_level(Entries *entries, const Sides *sides)
{
    size_t n = 0;
    while (n < entries->n && !level_said(&entries->v[n], &sides[n])) n++;
    if (!n || n == entries->n || entries->v[n].section != LEVEL_TH) return;
    for (size_t i = 0; i < n; i++) entries->v[i].section = LEVEL_MN, entries->v[i].flags |= FLAG_NO_LEVEL;
}

static void note_names(Doc *doc, const Entry *e, Names *names)
{
    for (size_t k = 0; k < names->n; k++) {
        names->v[k].district = district_settled(doc, names->v[k].district);
        names->v[k].among = e->column ? e->column : e->section;
        name_note(doc, &names->v[k]);
    }
}

static void make_pairings(Doc *doc, Entries *entries)
{
    Sides *sides = xalloc((entries->n + 1) * sizeof *sides);
    for (size_t i = 0; i < entries->n; i++) {
        Entry *e = &entries->v[i];
        e->school_district = district_settled(doc, e->school_district);
        e->partner_district = district_settled(doc, e->partner_district);
        names_parse(&sides[i].school, &doc->a, doc->names, e->school, e->school_style);
        names_parse(&sides[i].partner, &doc->a, doc->names, e->partner, e->partner_style);
        note_names(doc, e, &sides[i].school);
        note_names(doc, e, &sides[i].partner);
    }
    guess_first_level(entries, sides);
    mend_side(doc, entries, sides, false);
    mend_side(doc, entries, sides, true);
    check_entries(doc, entries, sides);
    for (size_t i = 0; i < entries->n; i++) {
        add_pairings(doc, &entries->v[i], &sides[i]);
        vec_release(&sides[i].school);
        vec_release(&sides[i].partner);
    }
    free(sides);
}

/* A company, a post of soldiers, an office: its pairing with a school is none of two schools. */
static void tell_outsiders(Doc *doc, const Entry *first, int n)
{
    Run who = run_is_outsider(first->school) ? first->school : first->partner;
    finding_add(doc, "passed-over", (Place){.page = first->page, .box = first->box},
                "no pairing was made of rows that name what is no school: '%s' (%d)", run_text(&doc->a, who),
                n);
}

/* "1. Trường TH Lê Lợi", which the likeliest cut made "Lê" and "Lợi": one school, and no partner. */
static bool is_one_name(const Entry *e)
{
    int school, partner;
    if (!e->text || e->parting >= 1 || level_prefix(e->partner, &partner)) return false;
    if (!level_prefix(e->school, &school)) school = 0;
    return run_words(e->school) - school < 2 && run_words(e->partner) < 2;
}

/* "Đỗ Văn Lợi": a family name, of three words or four, and no school of that name is known. */
static bool may_be_person(Doc *doc, Run r)
{
    if (r.n < 3 || r.n > 4 || run_words(r) != r.n || !tok_word(&r.v[0], WORD_SURNAME)) return false;
    for (int i = 0; i < r.n; i++)
        if (!tok_capital(&r.v[i])) return false;
    return !gazetteer_count(doc->names, run_text(&doc->a, r));
}

/* The signers below "TRƯỜNG THCS A | TRƯỜNG THCS B", of which nothing says that they are schools. */
static bool are_signers(Doc *doc, const Entry *above, const Entry *e)
{
    bool said =
        e->column || e->section || e->no || e->text || !above || above->text || above->page != e->page;
    return !said && level_mentioned(above->school) && level_mentioned(above->partner) &&
           may_be_person(doc, e->school) && may_be_person(doc, e->partner);
}

/* Rows that say "Chưa có" for a partner, or name a company. */
static void drop_others(Doc *doc, Entries *entries)
{
    size_t n = 0;
    int outsiders = 0;
    Entry first = {0};
    for (size_t i = 0; i < entries->n; i++) {
        const Entry *e = &entries->v[i];
        bool nobody = run_is_nobody(e->school) || run_is_nobody(e->partner);
        if (nobody)
            reject(doc, (Place){.page = e->page, .box = e->box}, e->rule, e->school,
                   "it says that there is no partner");
        else if (are_signers(doc, i ? &entries->v[i - 1] : NULL, e))
            reject(doc, (Place){.page = e->page, .box = e->box}, e->rule, e->school, "they are persons");
        else if (is_one_name(e))
            finding_add(doc, "passed-over", (Place){.page = e->page, .box = e->box},
                        "a row names one school only: '%s %s'", run_text(&doc->a, e->school),
                        run_text(&doc->a, e->partner));
        else if (!run_is_outsider(e->school) && !run_is_outsider(e->partner))
            entries->v[n++] = *e;
        else if (!outsiders++)
            first = *e;
    }
    entries->n = n;
    if (outsiders) tell_outsiders(doc, &first, outsiders);
}

/* What the engine makes of letters, where it read no marks. */
static bool open_channel(Extract *x, Err *err)
{
    if (x->doc.marks_read) return true;
    x->doc.channel = x->letters ? x->letters : &x->own_letters;
    return x->letters || confuse_open_data(&x->own_letters, "ocr-eng.tsv", NULL, err);
}

bool extract_finish(Extract *x, Pairings *found, Err *err)
{
    Entries entries = {0};
    Body body;
    if (!open_words(x, err)) return false;
    if (!x->doc.names) x->doc.names = x->own_names = gazetteer_open(err);
    if (!x->doc.names) return false;
    x->doc.found = found;
    look_over(&x->doc);
    if (!open_channel(x, err)) return false;
    find_entries(&x->doc, &entries);
    drop_others(&x->doc, &entries);
    make_pairings(&x->doc, &entries);
    check_found(&x->doc);
    body_make(&body, &x->doc, &entries);
    document_facts(&body, found);
    check_units(&x->doc);
    prose_pairings(&body, found);
    check_unread(&x->doc);
    check_nothing(&x->doc);
    body_release(&body);
    vec_release(&entries);
    return true;
}
