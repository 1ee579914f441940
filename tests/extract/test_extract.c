/* tests/cases/extract/table*.case: pages drawn in text, and the pairings they must give.
 *
 *     # two schools in one cell              the case's name
 *     table                                  or "unruled": cells parted by |, a row a line
 *     STT | Tên trường | Đơn vị kết nghĩa    in a cell: "^" goes on from the cell above, "<" from the left,
 *     1 | Mầm non A | Mầm non B / Mầm non C  " / " begins a new line
 *     typed                                  before the first: of a PDF's text layer, not read by an engine
 *     office                                 or of a word processor, where lines end as somebody ended them
 *     ---                                    the next page; "text" begins a page of text, "lines" lines
 *     =>                                     over a table on a scanned page
 *     1 | MN | A | B                         ordinal, level, school, partner; then, if any: flags; districts
 *
 *     ! gap: number 3 is missing ...         a finding; where one or a lone "!" stands, all are compared
 *
 * Words are taken as rightly read and restored; what an OCR did to them is written as it is. "Lợi@seal" was
 * read under a seal, "@pen" under a pen's stroke, "@other" otherwise by the second look, "@ink" beside ink that was not read; with "?" behind it
 * ("Lợi@seal?") it is likelier wrong than right. */
#include "tests/cases.h"

#include "base/viet.h"
#include "extract/extract.h"

enum { CHAR_W = 10, LINE_H = 20, PAD = 10, MOST_COLS = 12, MOST_ROWS = 80 }; /* pixels; columns; rows */

/* ---- drawing ---- */

/* Takes "@seal?" off the word and says what it means. */
static void take_marks(char *word, Word *w)
{
    static const char *const marks[WORD_MARKS] = {"seal", "pen", "other", "ink"};
    char *at = strchr(word, '@');
    w->prob = 1;
    for (int i = 0; at && i < WORD_MARKS; i++) {
        size_t n = strlen(marks[i]);
        if (strncmp(at + 1, marks[i], n) != 0) continue;
        w->marks = 1u << i;
        if (at[1 + n] == '?') w->prob = 0.3f;
        *at = '\0';
        return;
    }
}

static void add_words(Page *page, const char *text, int x, int y, int char_w, int line_h)
{
    page_add_line(page)->at = (Rect){x, y, 0, line_h};
    for (const char *p = text; *p;) {
        size_t blank = strspn(p, " \t"), len = strcspn(p + blank, " \t");
        if (!len) break;
        char *word = arena_strn(&page->arena, p + blank, len);
        char *before = arena_strn(&page->arena, text, (size_t)(p + blank - text));
        Rect box = {x + (int)utf8_length(before) * char_w, y, (int)utf8_length(word) * char_w, line_h};
        Word known = {0};
        take_marks(word, &known);
        Word *w = page_add_word(page, box, viet_nfc(&page->arena, word, strlen(word)), 1);
        w->text = w->raw, w->prob = known.prob, w->marks = known.marks, w->origin = ORIGIN_OCR;
        p += blank + len;
    }
}

static void add_text_block(Page *page, int first_line, int table)
{
    Block *b = vec_push(&page->blocks);
    *b = (Block){.kind = table < 0 ? BLOCK_TEXT : BLOCK_TABLE, .table = table};
    if (table < 0) b->first_line = first_line, b->lines = (int)page->lines.n - first_line;
}

static void begin_page(Page *page, int number, Unit unit)
{
    page_init(page, number);
    page->unit = unit;
    page->width = page->height = page->upright_width = page->upright_height = 4000;
    page->stage = STAGE_RESTORE;
    page->via = unit == UNIT_PIXEL ? "image" : "text";
}

typedef struct Grid {
    char *cell[MOST_ROWS][MOST_COLS];
    int rows, cols, y;
    int width[MOST_COLS], left[MOST_COLS], height[MOST_ROWS], top[MOST_ROWS];
} Grid;

static char *cut_blanks(char *s)
{
    while (*s == ' ' || *s == '\t') s++;
    size_t n = strlen(s);
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t')) s[--n] = '\0';
    return s;
}

static void grid_row(Grid *g, Arena *a, const char *line)
{
    char *s = arena_str(a, line);
    if (g->rows == MOST_ROWS) return;
    for (int c = 0; s && c < MOST_COLS; c++) {
        char *bar = strchr(s, '|');
        if (bar) *bar = '\0';
        g->cell[g->rows][c] = cut_blanks(s);
        if (c >= g->cols) g->cols = c + 1;
        s = bar ? bar + 1 : NULL;
    }
    g->rows++;
}

static int cell_lines(const char *text, int *longest)
{
    int n = 1, width;
    *longest = 0;
    for (const char *p = text, *slash;; p = slash + 3, n++) {
        Arena tmp = {0};
        slash = strstr(p, " / ");
        width = (int)utf8_length(slash ? arena_strn(&tmp, p, (size_t)(slash - p)) : p);
        arena_release(&tmp);
        if (width > *longest) *longest = width;
        if (!slash) return n;
    }
}

static const char *grid_text(const Grid *g, int r, int c)
{
    return g->cell[r][c] ? g->cell[r][c] : "";
}

static void grid_measure(Grid *g)
{
    int longest;
    for (int r = 0; r < g->rows; r++)
        for (int c = 0; c < g->cols; c++) {
            int lines = cell_lines(grid_text(g, r, c), &longest);
            if (lines > g->height[r]) g->height[r] = lines;
            bool wide = c + 1 < g->cols && str_eq(g->cell[r][c + 1], "<");
            if (longest > g->width[c] && !wide) g->width[c] = longest;
        }
    for (int c = 0, x = 100; c < g->cols; c++)
        g->left[c] = x, x += g->width[c] = g->width[c] * CHAR_W + 2 * PAD;
    for (int r = 0, y = g->y; r < g->rows; r++)
        g->top[r] = y, y += g->height[r] = g->height[r] * LINE_H + 2 * PAD;
}

static void add_cell(Page *page, const Grid *g, int r, int c)
{
    Cell *cell = vec_push(&page->cells);
    const char *text = grid_text(g, r, c);
    *cell = (Cell){
        .row = r, .col = c, .rowspan = 1, .colspan = 1, .first_line = (int)page->lines.n, .blank = !*text};
    while (r + cell->rowspan < g->rows && str_eq(grid_text(g, r + cell->rowspan, c), "^")) cell->rowspan++;
    while (c + cell->colspan < g->cols && str_eq(grid_text(g, r, c + cell->colspan), "<")) cell->colspan++;
    cell->at = (Rect){g->left[c], g->top[r], 0, 0};
    for (int k = 0; k < cell->colspan; k++) cell->at.w += g->width[c + k];
    for (int k = 0; k < cell->rowspan; k++) cell->at.h += g->height[r + k];
    cell->box = cell->at;
    int longest, lines = cell_lines(text, &longest), y = cell->at.y + (cell->at.h - lines * LINE_H) / 2;
    for (const char *p = text, *slash; *p; p = slash + 3, y += LINE_H) {
        slash = strstr(p, " / ");
        char *line = slash ? arena_strn(&page->arena, p, (size_t)(slash - p)) : arena_str(&page->arena, p);
        add_words(page, line, cell->at.x + PAD, y, CHAR_W, LINE_H);
        page->cells.v[page->cells.n - 1].lines++;
        if (!slash) break;
    }
}

static void add_grid(Page *page, Grid *g, TableKind kind)
{
    Table t = {.kind = kind, .rows = g->rows, .cols = g->cols, .first_cell = (int)page->cells.n};
    grid_measure(g);
    for (int r = 0; r < g->rows; r++)
        for (int c = 0; c < g->cols; c++)
            if (!str_eq(grid_text(g, r, c), "^") && !str_eq(grid_text(g, r, c), "<")) add_cell(page, g, r, c);
    t.cells = (int)page->cells.n - t.first_cell;
    for (int i = 0; i < t.cells; i++) t.at = rect_union(t.at, page->cells.v[t.first_cell + i].at);
    t.box = t.at;
    *vec_push(&page->tables) = t;
    add_text_block(page, 0, (int)page->tables.n - 1);
}

/* ---- a case ---- */

typedef struct Case {
    const char *path;
    char name[200];
    Arena a;
    Buf want;
    Extract *x;
    Page page;
    int pages, y;
    bool on_page, expecting;
    bool tells;  /* findings are compared too */
    bool typed;  /* words are as somebody typed them */
    bool office; /* in a word processor */
    enum { NOTHING, TABLE, UNRULED, TEXT, LINES } mode;
    Grid grid;
    int block; /* first line of the text block being made; -1: none */
} Case;

static void end_part(Case *k)
{
    if ((k->mode == TABLE || k->mode == UNRULED) && k->grid.rows) {
        add_grid(&k->page, &k->grid, k->mode == TABLE ? TABLE_RULED : TABLE_UNRULED);
        k->y = k->grid.top[k->grid.rows - 1] + k->grid.height[k->grid.rows - 1] + 40;
    }
    if (k->block >= 0 && (int)k->page.lines.n > k->block) add_text_block(&k->page, k->block, -1);
    k->block = -1;
    k->grid = (Grid){.y = k->y};
}

static void end_page(Case *k)
{
    Err err = {0};
    end_part(k);
    if (!k->on_page) return;
    for (size_t i = 0; k->typed && i < k->page.words.n; i++) k->page.words.v[i].origin = ORIGIN_TEXT_LAYER;
    if (!page_check(&k->page, &err) || !extract_page(k->x, &k->page, &err))
        test_check(0, k->path, k->pages, err.text);
    page_release(&k->page);
    k->on_page = false;
    k->y = 100;
    k->grid = (Grid){.y = k->y};
}

static void need_page(Case *k, Unit unit)
{
    if (k->on_page) return;
    begin_page(&k->page, ++k->pages, unit);
    k->on_page = true;
}

static void begin_part(Case *k, int mode)
{
    end_part(k);
    k->mode = mode;
    need_page(k, mode == TEXT || k->office ? UNIT_CHARACTER : UNIT_PIXEL);
    if (mode == TEXT) k->y = 0;
}

static void part_line(Case *k, const char *line)
{
    if (k->mode == NOTHING) return;
    bool blank = !line[strspn(line, " \t")];
    if (blank && k->mode == TEXT) {
        if (k->block >= 0) add_text_block(&k->page, k->block, -1);
        k->block = -1;
        k->y++;
        return;
    }
    if (blank) return;
    need_page(k, k->mode == TEXT || k->office ? UNIT_CHARACTER : UNIT_PIXEL);
    if (k->mode == TABLE || k->mode == UNRULED) {
        grid_row(&k->grid, &k->a, line);
        return;
    }
    if (k->block < 0) k->block = (int)k->page.lines.n;
    if (k->mode == TEXT)
        add_words(&k->page, line, 0, k->y++, 1, 1);
    else
        add_words(&k->page, line, 100, (k->y += 2 * LINE_H) - 2 * LINE_H, CHAR_W, LINE_H);
    k->grid.y = k->y;
}

/* Without "doubtful": it hangs on weights that are fitted anew now and then. */
static void add_flags(Buf *b, const char *flags)
{
    static const char doubtful[] = "doubtful";
    size_t before = b->len, n;
    for (; *flags; flags += n + (flags[n] == ' ')) {
        n = strcspn(flags, " ");
        if (n == sizeof doubtful - 1 && strncmp(flags, doubtful, n) == 0) continue;
        buf_addf(b, "%s%.*s", b->len > before ? " " : "", (int)n, flags);
    }
}

static void add_got(Buf *b, const Pairing *p)
{
    Buf flags = {0};
    add_flags(&flags, p->flags);
    buf_addf(b, "%s | %s | %s | %s", p->no ? p->no : "-", level_code(p->level), p->school.name,
             p->partner.name);
    bool districts = p->school.district || p->partner.district;
    if (flags.len || districts) buf_addf(b, " | %s", buf_str(&flags));
    if (districts)
        buf_addf(b, " | %s, %s", p->school.district ? p->school.district : "-",
                 p->partner.district ? p->partner.district : "-");
    buf_addc(b, '\n');
    buf_release(&flags);
}

static void check_evidence(const Case *k, const Pairings *found)
{
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        test_check(p->place.page >= 1 && !rect_empty(p->place.box), k->path, 0, "the row has a place");
        test_check(!*p->school.name || (p->school.place.page >= 1 && !rect_empty(p->school.place.box) &&
                                        p->school.place.words > 0),
                   k->path, 0, "the school has a place");
        test_check(p->prob >= 0 && p->prob <= 1, k->path, 0, "a probability is in 0..1");
        test_check(p->rule && *p->rule, k->path, 0, "a rule is named");
    }
}

static void end_case(Case *k)
{
    if (k->expecting) {
        Pairings found = {0};
        Err err = {0};
        Buf got = {0};
        extract_finish(k->x, &found, &err);
        test_check(!err_is(&err), k->path, 0, err.text);
        for (size_t i = 0; i < found.v.n; i++) add_got(&got, &found.v.v[i]);
        if (k->tells)
            for (size_t i = 0; i < found.findings.n; i++) {
                char text[PHRASE_SIZE];
                phrase_say_kept(found.findings.v[i].text, NULL, text, sizeof text);
                buf_addf(&got, "! %s: %s\n", found.findings.v[i].kind, text);
            }
        if (!test_str(buf_str(&got), buf_str(&k->want), k->path, 0, k->name)) printf("\n");
        check_evidence(k, &found);
        pairings_release(&found);
        buf_release(&got);
    }
    extract_free(k->x);
    if (k->on_page) page_release(&k->page);
    buf_release(&k->want);
    arena_release(&k->a);
    *k = (Case){.path = k->path, .block = -1};
}

static void case_line(Case *k, const char *line)
{
    static const char *const modes[] = {"", "table", "unruled", "text", "lines"};
    if (line[0] == '#') {
        end_case(k);
        snprintf(k->name, sizeof k->name, "%.180s", line);
        k->x = extract_new();
        k->y = 100;
        k->grid.y = k->y;
        return;
    }
    if (!k->x) return;
    if (k->expecting) {
        if (*line == '!') k->tells = true;
        if (*line && strcmp(line, "!") != 0) buf_addf(&k->want, "%s\n", line);
        return;
    }
    if (strcmp(line, "=>") == 0) {
        end_page(k);
        k->expecting = true;
    } else if (strcmp(line, "---") == 0) {
        end_page(k);
    } else if (strcmp(line, "typed") == 0 || strcmp(line, "office") == 0) {
        k->typed = true, k->office = *line == 'o';
    } else {
        for (int m = TABLE; m <= LINES; m++)
            if (strcmp(line, modes[m]) == 0) {
                begin_part(k, m);
                return;
            }
        part_line(k, line);
    }
}

static void run_file(const char *path)
{
    Buf b = {0};
    Err err = {0};
    Case k = {.path = path, .block = -1};
    if (!file_read(path, 0, &b, &err)) test_check(0, path, 0, err.text);
    for (char *line = b.s, *end; line && *line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        if (end) *end = '\0';
        case_line(&k, line);
    }
    end_case(&k);
    buf_release(&b);
}

TEST(cases)
{
    cases_each("tests/cases/extract", "table", run_file);
}

TEST(nothing)
{
    Err err = {0};
    Pairings found = {0};
    Extract *x = extract_new();
    CHECK(extract_finish(x, &found, &err));
    CHECK_INT(found.v.n, 0);
    pairings_release(&found);
    extract_free(x);
    extract_free(NULL);
}

int main(void)
{
    RUN(cases);
    RUN(nothing);
    return TEST_DONE();
}
