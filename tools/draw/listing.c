/* First the wording is chosen, once for the whole list: what the columns are called, how a section row looks, what
 * stands before a name:
 *
 *    STT | Trường thuộc quận Hà Đông | Trường kết nghĩa        heading words
 *     I  | MẦM NON                   |                         a section row
 *     1  | MN Vạn Phúc               | MN Cao Dương I          rows: prefix and name
 *
 * Then rows are made, pair by pair, and the table is drawn. */
#include "listing.h"

#include <string.h>

#include "marks.h"

enum { PREFIXES = 5, SECTION_ROW_FORMS = 5, JOINS = 5 };

typedef enum Kind { COL_NO, COL_LEVEL, COL_SCHOOL, COL_ADDRESS, COL_PARTNER, COL_PHONE, COL_NOTE } Kind;

static const char *const level_names[PLAN_LEVELS] = {"Mầm non", "Tiểu học", "Trung học cơ sở",
                                                     "Trung học phổ thông"};
static const char *const level_cells[PLAN_LEVELS][3] = {
    {"Mầm non", "MN", "Mầm non"},
    {"Tiểu học", "TH", "Tiểu học"},
    {"THCS", "THCS", "Trung học cơ sở"},
    {"THPT", "THPT", "Trung học phổ thông"},
};
static const char *const prefixes[PLAN_LEVELS][PREFIXES] = {
    {"", "Mầm non ", "MN ", "Trường Mầm non ", "Trường MN "},
    {"", "Tiểu học ", "TH ", "Trường Tiểu học ", "Trường TH "},
    {"", "THCS ", "THCS ", "Trường THCS ", "Trường THCS "},
    {"", "THPT ", "THPT ", "Trường THPT ", "Trường THPT "},
};
/* Between several names of a cell. */
static const char *const joins[] = {", ", "; ", " và ", "\n- ", "\n"};
static const char *const roman[] = {"I", "II", "III", "IV", "V"};
static const char *const letters[] = {"A", "B", "C", "D", "E"};

typedef struct Wording {
    Kind kind[TABLE_COLS];
    int cols;
    char *head[TABLE_COLS];
    Align head_align;
    int prefix[PLAN_LEVELS];
    int level_cell;   /* column of level_cells */
    int section;      /* how a level is worded as a section */
    int section_form; /* how a section row uses the columns */
    const char *join; /* between several names of a cell; NULL: anew for each cell */
} Wording;

static const char *one_of(Rng *rng, const char *const *list, int count)
{
    return list[rng_range(rng, 0, count - 1)];
}

#define ONE_OF(rng, ...)                            \
    one_of(rng, (const char *const[]){__VA_ARGS__}, \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* ---- wording ---- */

static char *head_of(const Plan *plan, Rng *rng, Kind kind)
{
    const char *head = "";
    if (plan->form->in_header && (kind == COL_SCHOOL || kind == COL_PARTNER))
        return plan_fill(plan, rng,
                         kind == COL_SCHOOL ? "Trường thuộc {quan}" : "Trường kết nghĩa thuộc {huyen}");
    switch (kind) {
    case COL_NO: head = ONE_OF(rng, "STT", "STT", "TT", "Số TT"); break;
    case COL_LEVEL: head = ONE_OF(rng, "Cấp học", "Bậc học", "Khối", "Cấp"); break;
    case COL_SCHOOL:
        head = ONE_OF(rng, "Tên trường", "Trường", "Đơn vị", "Trường {quan}", "Trường thuộc {quan}",
                      "Tên đơn vị");
        break;
    case COL_ADDRESS: head = ONE_OF(rng, "Địa chỉ", "Địa chỉ đơn vị kết nghĩa", "Địa điểm"); break;
    case COL_PARTNER:
        head = ONE_OF(rng, "Đơn vị kết nghĩa", "Trường kết nghĩa", "Trường {huyen}",
                      "Trường kết nghĩa thuộc {huyen}", "Đơn vị được kết nghĩa", "Tên trường kết nghĩa");
        break;
    case COL_PHONE: head = ONE_OF(rng, "Điện thoại", "Số điện thoại", "ĐT liên hệ"); break;
    case COL_NOTE:
        head = plan->form->notes > 0 ? ONE_OF(rng, "Nội dung phối hợp", "Nội dung") : "Ghi chú";
        break;
    }
    return plan_fill(plan, rng, head);
}

static void add_col(Wording *wording, Kind kind)
{
    wording->kind[wording->cols++] = kind;
}

static void choose_cols(const Plan *plan, Wording *wording, Rng *rng)
{
    const Form *form = plan->form;
    if (form->ordinals != ORDINALS_NONE) add_col(wording, COL_NO);
    if (form->level == LEVEL_COLUMN || form->level == LEVEL_MERGED) add_col(wording, COL_LEVEL);
    add_col(wording, COL_SCHOOL);
    add_col(wording, COL_PARTNER);
    if (form->notes > 0) add_col(wording, COL_ADDRESS);
    if (form->phones) add_col(wording, COL_PHONE);
    if (form->notes > 0 || form->two_header || rng_chance(rng, 0.4)) add_col(wording, COL_NOTE);
}

static void choose_prefixes(const Plan *plan, Wording *wording, Rng *rng)
{
    int same = rng_range(rng, 0, PREFIXES - 1);
    bool mixed = rng_chance(rng, 0.4);
    for (int level = 0; level < PLAN_LEVELS; level++) {
        int prefix = mixed ? rng_range(rng, 0, 2) : same;
        if (plan->form->level == LEVEL_PREFIX && prefix == 0) prefix = 1;
        wording->prefix[level] = prefix;
    }
}

static void wording_init(Wording *wording, const Plan *plan, Rng *rng)
{
    *wording = (Wording){.join = plan->form->lists > 0.2 ? NULL : joins[rng_range(rng, 0, 1)]};
    choose_cols(plan, wording, rng);
    choose_prefixes(plan, wording, rng);
    wording->head_align = rng_chance(rng, 0.6) ? ALIGN_CENTRE : ALIGN_LEFT;
    wording->level_cell = rng_range(rng, 0, 2);
    wording->section = rng_range(rng, 0, 6);
    wording->section_form = rng_range(rng, 0, SECTION_ROW_FORMS - 1);
    if (plan->form->ordinals == ORDINALS_NONE && wording->section_form >= 3) wording->section_form = 0;
    for (int c = 0; c < wording->cols; c++) wording->head[c] = head_of(plan, rng, wording->kind[c]);
}

static void wording_release(Wording *wording)
{
    for (int c = 0; c < wording->cols; c++) g_free(wording->head[c]);
}

static int col_of(const Wording *wording, Kind kind)
{
    for (int c = 0; c < wording->cols; c++)
        if (wording->kind[c] == kind) return c;
    return -1;
}

/* ---- cells ---- */

static char *district_note(const char *district, Rng *rng)
{
    return rng_chance(rng, 0.8) ? g_strdup_printf(" (%s)", district) : g_strdup_printf(" - %s", district);
}

static int names_in(const char *const *name)
{
    int count = 0;
    while (count < NAMES_IN_CELL && name[count]) count++;
    return count;
}

/* What stands before the i-th of count names: "A, B và C"; "- A", "- B" on lines of their own. */
static const char *lead_of(const char *join, int i, int count)
{
    if (i == 0) return count > 1 && !strcmp(join, "\n- ") ? "- " : "";
    return !strcmp(join, " và ") && i + 1 < count ? ", " : join;
}

static char *cell_of(const Plan *plan, const Wording *wording, Rng *rng, const Pair *pair, bool partner)
{
    const char *const *name = partner ? pair->partner : pair->school;
    const char *join = wording->join ? wording->join : joins[rng_range(rng, 0, JOINS - 1)];
    const char *prefix = prefixes[pair->level][wording->prefix[pair->level]];
    int count = names_in(name);
    GString *text = g_string_new(NULL);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(text, "%s%s%s", lead_of(join, i, count), prefix, name[i]);
        if (!plan->form->district) continue;
        char *note = district_note(partner ? plan->huyen : plan->quan, rng);
        g_string_append(text, note);
        g_free(note);
    }
    char *out = g_string_free(text, FALSE);
    if (!plan->form->capitals) return out;
    char *upper = capitals(out);
    g_free(out);
    return upper;
}

/* "024.38221100", "0912 345 678" */
static char *phone_number(Rng *rng)
{
    int a = rng_range(rng, 100, 999), b = rng_range(rng, 100, 999);
    if (rng_chance(rng, 0.4)) return g_strdup_printf("024.3%d%04d", a, rng_range(rng, 0, 9999));
    return g_strdup_printf("09%d %d %d", rng_range(rng, 10, 89), a, b);
}

static void set_pair_row(const Plan *plan, const Words *words, const Wording *wording, Rng *rng,
                         TableRow *row, const Pair *pair)
{
    for (int c = 0; c < wording->cols; c++) {
        Align align = ALIGN_LEFT;
        char *text = NULL;
        switch (wording->kind[c]) {
        case COL_NO:
            text = pair->no ? g_strdup_printf("%d", pair->no) : NULL;
            align = ALIGN_CENTRE;
            break;
        case COL_LEVEL: text = g_strdup(level_cells[pair->level][wording->level_cell]); break;
        case COL_SCHOOL: text = cell_of(plan, wording, rng, pair, false); break;
        case COL_PARTNER: text = cell_of(plan, wording, rng, pair, true); break;
        case COL_ADDRESS:
            if (rng_chance(rng, plan->form->notes))
                text = plan_fill(plan, rng, words_pick(words, rng, "place"));
            break;
        case COL_PHONE: text = phone_number(rng); break;
        case COL_NOTE:
            if (rng_chance(rng, plan->form->notes > 0 ? plan->form->notes : 0.06))
                text = plan_fill(plan, rng, words_pick(words, rng, "note"));
            break;
        }
        row_set(row, c, text ? text : "", align, false);
        g_free(text);
    }
}

/* ---- sections ---- */

/* "MẦM NON", "I. KHỐI MẦM NON", "Cấp tiểu học", ...; order: the section's place from 0. */
static char *section_words(const Wording *wording, PlanLevel level, int order)
{
    const char *name = level_names[level];
    char *upper = capitals(name), *lower = g_utf8_strdown(name, -1), *text = NULL;
    bool numbered = wording->section_form < 3; /* else the numeral has the ordinal's column */
    const char *lead = numbered ? roman[order] : "", *dot = numbered ? ". " : "";
    switch (wording->section) {
    case 0: text = g_strdup(upper); break;
    case 1: text = g_strconcat(lead, dot, "KHỐI ", upper, NULL); break;
    case 2: text = g_strconcat("Cấp ", lower, NULL); break;
    case 3: text = g_strconcat(lead, dot, upper, NULL); break;
    case 4: text = g_strconcat("KHỐI ", upper, NULL); break;
    case 5: text = g_strconcat("Các trường ", lower, NULL); break;
    default: text = g_strconcat(lead, dot, "Cấp học ", name, NULL);
    }
    g_free(upper);
    g_free(lower);
    return text;
}

static void add_section(Table *table, const Wording *wording, PlanLevel level, int order)
{
    TableRow *row = table_add_row(table);
    char *text = section_words(wording, level, order);
    int no = col_of(wording, COL_NO), school = col_of(wording, COL_SCHOOL), last = wording->cols - 1;
    row->keep = true;
    switch (wording->section_form) {
    case 0: row_set(row, school, text, ALIGN_LEFT, true); break;
    case 1:
    case 2:
        row_set(row, 0, text, wording->section_form == 1 ? ALIGN_LEFT : ALIGN_CENTRE, true);
        row_join(row, 0, last);
        break;
    case 3:
        row_set(row, no, roman[order], ALIGN_CENTRE, true);
        row_set(row, school, text, ALIGN_LEFT, true);
        break;
    default:
        row_set(row, no, letters[order], ALIGN_CENTRE, true);
        row_set(row, school, text, ALIGN_LEFT, true);
        row_join(row, school, last);
    }
    g_free(text);
}

/* ---- tables ---- */

static double share_of(Kind kind, const Form *form)
{
    switch (kind) {
    case COL_NO: return 1;
    case COL_LEVEL: return 1.8;
    case COL_SCHOOL: return form->notes > 0 && !form->landscape ? 3.4 : 4.6;
    case COL_PARTNER: return form->notes > 0 && !form->landscape ? 3.6 : 5;
    case COL_ADDRESS: return 2.8;
    case COL_PHONE: return 2.4;
    default: return form->notes > 0 ? 2.8 : 1.8;
    }
}

/* Two rows: the joined one says whose the columns under it are. */
static void add_two_headers(Table *table, const Plan *plan, const Wording *wording)
{
    TableRow *upper = table_add_row(table), *lower = table_add_row(table);
    int partner = col_of(wording, COL_PARTNER), note = col_of(wording, COL_NOTE);
    for (int c = 0; c < wording->cols; c++) {
        bool under = c >= partner && c < note;
        row_set(under ? lower : upper, c, wording->head[c], ALIGN_CENTRE, true);
        lower->cell[c].up = !under;
    }
    char *text = g_strconcat("Đơn vị ", plan->huyen, NULL);
    row_set(upper, partner, text, ALIGN_CENTRE, true);
    row_set(lower, partner, "Tên trường", ALIGN_CENTRE, true);
    row_join(upper, partner, note - 1);
    table->header = 2;
    g_free(text);
}

static void add_header(Table *table, const Plan *plan, const Wording *wording)
{
    if (plan->form->two_header) {
        add_two_headers(table, plan, wording);
        return;
    }
    TableRow *row = table_add_row(table);
    for (int c = 0; c < wording->cols; c++)
        row_set(row, c, wording->head[c], wording->kind[c] == COL_NO ? ALIGN_CENTRE : wording->head_align,
                true);
}

static Table *new_table(const Plan *plan, const Wording *wording, Flow *flow, Rng *rng)
{
    const Form *form = plan->form;
    Table *table = table_new(wording->cols);
    double squeeze = rng_chance(rng, 0.4) ? rng_between(rng, 0, 22) : 0;
    for (int c = 0; c < wording->cols; c++) table->share[c] = share_of(wording->kind[c], form);
    table->rules = form->rules;
    table->stroke = form->stroke;
    table->cut = form->cut;
    table->size = flow->book->size - (form->notes > 0 ? 1.5 : rng_between(rng, 0, 1));
    table->pad_y = form->rules == RULES_NONE ? rng_between(rng, 1, 2.5) : rng_between(rng, 1.5, 4);
    table->rule_width = rng_between(rng, 0.45, 0.8);
    table->middle = !form->cut && rng_chance(rng, 0.7);
    table->repeat_header = form->repeated || rng_chance(rng, 0.4);
    table->repeat_joined = rng_chance(rng, 0.5);
    table->open_break = form->cut && rng_chance(rng, 0.5);
    table->left = flow->left + squeeze / 2 - 8;
    table->right = flow->right - squeeze / 2 + 4;
    add_header(table, plan, wording);
    return table;
}

static void add_rows(Table *table, Plan *plan, const Words *words, const Wording *wording, Rng *rng,
                     guint first, guint last)
{
    int sections = 0, level_col = col_of(wording, COL_LEVEL);
    for (guint i = first; i < last; i++) {
        Pair *pair = plan->pairs->pdata[i], *before = i > first ? plan->pairs->pdata[i - 1] : NULL;
        bool fresh = !before || before->level != pair->level;
        if (fresh && plan->form->level == LEVEL_SECTION) add_section(table, wording, pair->level, sections++);
        pair->row = table_add_row(table);
        set_pair_row(plan, words, wording, rng, pair->row, pair);
        if (plan->form->level == LEVEL_MERGED && !fresh) pair->row->cell[level_col].up = true;
    }
}

static void draw_table(Plan *plan, const Words *words, const Wording *wording, Flow *flow, Rng *rng,
                       guint first, guint last)
{
    Table *table = new_table(plan, wording, flow, rng);
    add_rows(table, plan, words, wording, rng, first, last);
    table_draw(table, flow, rng);
    for (guint i = first; i < last; i++) {
        Pair *pair = plan->pairs->pdata[i];
        pair->page = pair->row->page;
        pair->row = NULL;
    }
    table_free(table);
}

static void draw_tables(Plan *plan, const Words *words, const Wording *wording, Flow *flow, Rng *rng)
{
    Type type = {.size = flow->book->size, .bold = true};
    int order = 0;
    for (guint first = 0, last; first < plan->pairs->len; first = last) {
        PlanLevel level = ((Pair *)plan->pairs->pdata[first])->level;
        for (last = first; last < plan->pairs->len && ((Pair *)plan->pairs->pdata[last])->level == level;
             last++)
            ;
        char *name = g_utf8_strdown(level_names[level], -1);
        char *heading = g_strdup_printf("%d. Cấp %s", ++order, name);
        flow_need(flow, 90);
        flow_paragraph(flow, type, heading);
        flow_space(flow, 4);
        draw_table(plan, words, wording, flow, rng, first, last);
        flow_space(flow, 14);
        g_free(name);
        g_free(heading);
    }
}

static void draw_heading(const Plan *plan, Flow *flow, Rng *rng)
{
    Type bold = {.size = flow->book->size, .bold = true, .align = ALIGN_CENTRE};
    Type italic = {.size = flow->book->size, .italic = true, .align = ALIGN_CENTRE};
    char *from = g_strdup_printf("(Kèm theo Kế hoạch số %s ngày %02d/%02d/%d)", plan->number, plan->day,
                                 plan->month, plan->year);
    if (rng_chance(rng, 0.3)) flow_paragraph(flow, bold, ONE_OF(rng, "PHỤ LỤC", "Phụ lục 1", "BIỂU 1"));
    flow_paragraph(flow, bold,
                   ONE_OF(rng, "DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA", "DANH SÁCH CÁC ĐƠN VỊ KẾT NGHĨA",
                          "BẢNG PHÂN CÔNG CÁC CẶP TRƯỜNG KẾT NGHĨA", "DANH SÁCH TRƯỜNG THAM GIA KẾT NGHĨA"));
    flow_paragraph(flow, italic, from);
    flow_space(flow, 8);
    g_free(from);
}

/* As a list is signed that fills its page: over the last rows. */
static void draw_signed(const Plan *plan, Flow *flow, Rng *rng)
{
    Sheet *last = flow->sheet;
    double x = flow->left + (flow->right - flow->left) * rng_between(rng, 0.55, 0.75), y = flow->y - 45;
    char *district = capitals(plan->quan), *text = g_strconcat("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO ", district, NULL);
    last->ink_mixes = true;
    mark_seal(flow->book, last, rng, x, y, 50, text);
    mark_signature(last, rng, x + 45, y + 5, 110);
    last->ink_mixes = false;
    cairo_set_source_rgb(last->cr, 0, 0, 0);
    g_free(district);
    g_free(text);
}

/* The seal on the heading and the first rows, or lower; pen strokes anywhere. */
static void draw_marks(const Plan *plan, Flow *flow, Rng *rng, Sheet *sheet, double top)
{
    double x = flow->left + (flow->right - flow->left) * rng_between(rng, 0.15, 0.6);
    bool hung = rng_chance(rng, 0.35); /* over the heading, as a list that goes with a letter has it */
    if (plan->form->seal || (hung && !plan->form->no_seal)) {
        char *district = capitals(plan->quan),
             *text = g_strconcat("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO ", district, NULL);
        mark_seal(flow->book, sheet, rng, x,
                  top + (plan->form->seal ? rng_between(rng, 10, 120) : rng_between(rng, -25, 15)), 50, text);
        g_free(district);
        g_free(text);
    }
    if (plan->form->signed_over) draw_signed(plan, flow, rng);
    mark_pen(sheet, rng, flow->left, top, flow->right - flow->left, flow->bottom - top, plan->form->pen);
}

void listing_draw(Plan *plan, const Words *words, Flow *flow, Rng *rng, bool heading)
{
    Wording wording;
    wording_init(&wording, plan, rng);
    if (heading) draw_heading(plan, flow, rng);
    Sheet *sheet = flow->sheet;
    double top = flow->y;
    if (plan->form->level == LEVEL_TABLES)
        draw_tables(plan, words, &wording, flow, rng);
    else
        draw_table(plan, words, &wording, flow, rng, 0, plan->pairs->len);
    draw_marks(plan, flow, rng, sheet, top);
    wording_release(&wording);
}
