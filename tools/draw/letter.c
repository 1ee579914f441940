/* The letterhead's two columns are drawn side by side, each line made smaller where it would not fit:
 *
 *        UBND QUẬN HÀ ĐÔNG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *    PHÒNG GIÁO DỤC VÀ ĐÀO TẠO          Độc lập - Tự do - Hạnh phúc
 *          Số: 763/KH-PGDĐT            Hà Đông, ngày 15 tháng 9 năm 2023
 */
#include "letter.h"

#include "marks.h"

#define LEFT_SHARE  0.43 /* of the text's width: the issuer's column */
#define SEAL_RADIUS 51   /* points: 36 mm across */

typedef struct Column {
    Flow *flow;
    double x, w, y;
} Column;

static void column_line(Column *column, Type type, const char *text)
{
    type.align = ALIGN_CENTRE;
    Flow *flow = column->flow;
    column->y += book_text_fit(flow->book, flow->sheet, type, column->x, column->y, column->w, text);
}

/* The short rule under the issuer, the long one under the motto. */
static void column_rule(Column *column, double share)
{
    double half = column->w * share / 2, middle = column->x + column->w / 2;
    sheet_stroke(column->flow->sheet, middle - half, column->y + 2, middle + half, column->y + 2, 0.7, 0);
    column->y += 4;
}

static void draw_issuer(const Plan *plan, Column *column, double size, Rng *rng)
{
    char *district = capitals(plan->quan);
    char *line = g_strconcat("UBND ", district, NULL);
    if (rng_chance(rng, 0.3)) {
        column_line(column, (Type){.size = size}, "ỦY BAN NHÂN DÂN");
        column_line(column, (Type){.size = size}, district);
    } else
        column_line(column, (Type){.size = size}, line);
    column_line(column, (Type){.size = size, .bold = true}, "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO");
    column_rule(column, 0.35);
    g_free(district);
    g_free(line);
}

static void draw_motto(Column *column, double size)
{
    column_line(column, (Type){.size = size, .bold = true}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    column_line(column, (Type){.size = size + 1, .bold = true}, "Độc lập - Tự do - Hạnh phúc");
    column_rule(column, 0.6);
}

/* Day and month below 10 (month: below 3) carry a zero, as the decree wants it; some offices always do. */
static void draw_number_and_date(const Plan *plan, Column *left, Column *right, double size, Rng *rng)
{
    bool zeros = rng_chance(rng, 0.4);
    char *number = g_strdup_printf("Số: %s", plan->number);
    char *date = g_strdup_printf(zeros || plan->month < 3 ? "%s, ngày %02d tháng %02d năm %d"
                                                          : "%s, ngày %02d tháng %d năm %d",
                                 plan->home->name, plan->day, plan->month, plan->year);
    left->y = right->y = MAX(left->y, right->y) + 6;
    column_line(left, (Type){.size = size}, number);
    column_line(right, (Type){.size = size, .italic = true}, date);
    g_free(number);
    g_free(date);
}

static void draw_letterhead(const Plan *plan, Flow *flow, Rng *rng)
{
    double width = flow->right - flow->left + 24, size = MIN(flow->book->size, 13) - 1;
    Column left = {flow, flow->left - 24, width * LEFT_SHARE, flow->y};
    Column right = {flow, flow->left - 24 + width * LEFT_SHARE + 6, width * (1 - LEFT_SHARE) - 6, flow->y};
    draw_issuer(plan, &left, size, rng);
    draw_motto(&right, size);
    draw_number_and_date(plan, &left, &right, size + 0.5, rng);
    flow->y = MAX(left.y, right.y) + 14;
}

static void draw_title(const Plan *plan, Flow *flow)
{
    Type type = {.size = flow->book->size + 0.5, .bold = true, .align = ALIGN_CENTRE};
    flow_paragraph(flow, type, "KẾ HOẠCH");
    flow_paragraph(flow, type, plan->title);
    sheet_stroke(flow->sheet, (flow->left + flow->right) / 2 - 40, flow->y + 3,
                 (flow->left + flow->right) / 2 + 40, flow->y + 3, 0.6, 0);
    flow_space(flow, 12);
}

static void draw_sentence(const Plan *plan, Flow *flow, Rng *rng, Type type, const char *lead,
                          const char *sentence)
{
    char *filled = plan_fill(plan, rng, sentence), *text = g_strconcat(lead, filled, NULL);
    flow_paragraph(flow, type, text);
    flow_space(flow, 3.5);
    g_free(filled);
    g_free(text);
}

/* Some of a kind, numbered, without repeats. */
static void draw_tasks(const Plan *plan, const Words *words, Flow *flow, Rng *rng, Type type, int count)
{
    GPtrArray *list = words_list(words, "task");
    void **pick = g_memdup2(list->pdata, list->len * sizeof *pick);
    rng_shuffle(rng, pick, (int)list->len);
    for (int i = 0; i < MIN(count, (int)list->len); i++) {
        char *lead = g_strdup_printf("%d. ", i + 1);
        draw_sentence(plan, flow, rng, type, lead, pick[i]);
        g_free(lead);
    }
    g_free(pick);
}

/* Some of the bases in their order, the last of the file always: it ends the series. */
static void draw_bases(const Plan *plan, const Words *words, Flow *flow, Rng *rng, Type type)
{
    GPtrArray *list = words_list(words, "base");
    for (guint i = 0; i < list->len; i++)
        if (i + 1 == list->len || rng_chance(rng, 0.35))
            draw_sentence(plan, flow, rng, type, "", list->pdata[i]);
}

void letter_draw_top(const Plan *plan, const Words *words, Flow *flow, Rng *rng)
{
    bool just = rng_chance(rng, 0.6);
    Type body = {
        .size = flow->book->size, .align = just ? ALIGN_JUSTIFY : ALIGN_LEFT, .indent = just ? 28 : 0};
    draw_letterhead(plan, flow, rng);
    draw_title(plan, flow);
    Type base = body;
    base.italic = true;
    draw_bases(plan, words, flow, rng, base);
    draw_sentence(plan, flow, rng, body, "", words_pick(words, rng, "intro"));
    draw_tasks(plan, words, flow, rng, body, plan->form->within ? 2 : rng_range(rng, 5, 8));
}

static void draw_recipients(const Plan *plan, const Words *words, Flow *flow, Rng *rng, double y)
{
    Type head = {.size = flow->book->size - 1, .bold = true, .italic = true};
    Type line = {.size = flow->book->size - 2};
    double width = (flow->right - flow->left) * 0.5;
    GPtrArray *list = words_list(words, "to");
    y += book_text(flow->book, flow->sheet, head, flow->left, y, width, "Nơi nhận:");
    for (guint i = 0; i < list->len; i++) {
        if (i > 0 && rng_chance(rng, 0.3)) continue;
        char *text = plan_fill(plan, rng, list->pdata[i]);
        y += book_text(flow->book, flow->sheet, line, flow->left, y, width, text);
        g_free(text);
    }
    book_text(flow->book, flow->sheet, line, flow->left, y, width, "- Lưu: VT.");
}

static void draw_office(Column *column, double size, Rng *rng)
{
    Type type = {.size = size, .bold = true};
    if (rng_chance(rng, 0.35)) {
        column_line(column, type, "KT. TRƯỞNG PHÒNG");
        column_line(column, type, "PHÓ TRƯỞNG PHÒNG");
    } else
        column_line(column, type, "TRƯỞNG PHÒNG");
}

void letter_draw_end(const Plan *plan, const Words *words, Flow *flow, Rng *rng)
{
    Type body = {.size = flow->book->size, .align = ALIGN_JUSTIFY, .indent = 28};
    draw_sentence(plan, flow, rng, body, "", words_pick(words, rng, "close"));
    flow_need(flow, 150);
    flow_space(flow, 8);
    double middle = flow->left + (flow->right - flow->left) * 0.55;
    Column office = {flow, middle, flow->right - middle, flow->y};
    draw_recipients(plan, words, flow, rng, flow->y);
    draw_office(&office, flow->book->size, rng);
    double x = middle + office.w * rng_between(rng, 0.22, 0.4), y = office.y + rng_between(rng, 26, 40);
    office.y += 66;
    column_line(&office, (Type){.size = flow->book->size, .bold = true}, plan->signer);
    char *district = capitals(plan->quan);
    char *words_on_seal = g_strconcat("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO ", district, NULL);
    mark_signature(flow->sheet, rng, middle + office.w * 0.55, office.y - 44, 105);
    mark_seal(flow->book, flow->sheet, rng, x, y, SEAL_RADIUS, words_on_seal);
    flow->y = office.y + 10;
    g_free(district);
    g_free(words_on_seal);
}
