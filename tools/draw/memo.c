/* The first pair of single names is kept, and what it says is filled into sentences:
 *
 *      UBND QUẬN HÀ ĐÔNG              UBND HUYỆN THANH OAI
 *     TRƯỜNG MN HOA HỒNG              TRƯỜNG MN BÌNH MINH
 *                     BIÊN BẢN GHI NHỚ
 *        Về việc kết nghĩa giữa hai nhà trường năm học 2023 - 2024
 */
#include "memo.h"

#include <string.h>

#include "marks.h"

#define SEAL_RADIUS 48 /* points: 34 mm across, a school's */

static const char *const level_words[PLAN_LEVELS][2] = {
    {"Mầm non", "MN"}, {"Tiểu học", "Tiểu học"}, {"THCS", "THCS"}, {"THPT", "THPT"}};

static char *keep(Plan *plan, char *text)
{
    g_ptr_array_add(plan->keep, text);
    return text;
}

/* "Trường MN Hoa Hồng": how the memorandum names a school throughout its heads. */
static char *school_name(const Plan *plan, const char *name)
{
    const Pair *pair = plan->pairs->pdata[0];
    return g_strjoin(" ", "Trường", level_words[pair->level][plan->day % 2], name, NULL);
}

/* A sentence with {a}, {b}: the schools; and all that plan_fill() knows. */
static char *fill(const Plan *plan, Rng *rng, const char *sentence)
{
    const Pair *pair = plan->pairs->pdata[0];
    char *a = school_name(plan, pair->school[0]), *b = school_name(plan, pair->partner[0]);
    char *day = g_strdup_printf("ngày %02d tháng %02d năm %d", plan->day, plan->month, plan->year);
    char *text = plan_fill(plan, rng, sentence);
    text = put_in(text, "{a}", a);
    text = put_in(text, "{b}", b);
    text = put_in(text, "{hom}", day);
    g_free(a);
    g_free(b);
    g_free(day);
    return text;
}

void memo_choose(Plan *plan, const Words *words, Rng *rng)
{
    guint at = 0;
    for (guint i = 0; i < plan->pairs->len; i++) {
        const Pair *pair = plan->pairs->pdata[i];
        if (pair->school[1] || pair->partner[1]) continue;
        at = i;
        if (rng_chance(rng, 0.2)) break;
    }
    Pair *pair = plan->pairs->pdata[at];
    pair->no = 0, pair->page = 1;
    plan->pairs->pdata[at] = plan->pairs->pdata[0];
    plan->pairs->pdata[0] = pair;
    g_ptr_array_set_size(plan->pairs, 1);
    plan->number = keep(plan, g_strdup(""));
    plan->issuer = keep(plan, school_name(plan, pair->school[0]));
    plan->title = keep(plan, fill(plan, rng, words_pick(words, rng, "memo-title")));
}

/* ---- drawing ---- */

typedef struct Column {
    double x, w, y;
} Column;

static void column_line(Flow *flow, Column *column, bool bold, double size, const char *text)
{
    Type type = {.size = size, .bold = bold, .align = ALIGN_CENTRE};
    column->y += book_text_fit(flow->book, flow->sheet, type, column->x, column->y, column->w, text);
}

static void draw_head(const Plan *plan, Flow *flow, Column *column, const char *unit, const char *name)
{
    char *upper = capitals(unit), *office = g_strconcat("UBND ", upper, NULL),
         *whole = school_name(plan, name);
    char *school = capitals(whole);
    double size = MIN(flow->book->size, 13) - 1;
    column_line(flow, column, false, size, office);
    column_line(flow, column, true, size, school);
    sheet_stroke(flow->sheet, column->x + column->w * 0.35, column->y + 2, column->x + column->w * 0.65,
                 column->y + 2, 0.7, 0);
    g_free(upper);
    g_free(office);
    g_free(whole);
    g_free(school);
}

static void draw_motto(Flow *flow)
{
    Type type = {.size = flow->book->size, .bold = true, .align = ALIGN_CENTRE};
    flow_paragraph(flow, type, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    flow_paragraph(flow, type, "Độc lập - Tự do - Hạnh phúc");
    flow_space(flow, 14);
}

static void draw_heads(const Plan *plan, Flow *flow)
{
    const Pair *pair = plan->pairs->pdata[0];
    double half = (flow->right - flow->left) / 2;
    Column left = {flow->left - 8, half, flow->y}, right = {flow->left + half + 8, half, flow->y};
    draw_head(plan, flow, &left, plan->quan, pair->school[0]);
    draw_head(plan, flow, &right, plan->huyen, pair->partner[0]);
    flow->y = MAX(left.y, right.y) + 20;
}

static void draw_list(const Plan *plan, const Words *words, Flow *flow, Rng *rng, const char *kind, int most)
{
    Type body = {.size = flow->book->size, .align = ALIGN_JUSTIFY, .indent = 28};
    GPtrArray *list = words_list(words, kind);
    void **pick = g_memdup2(list->pdata, list->len * sizeof *pick);
    rng_shuffle(rng, pick, (int)list->len);
    for (int i = 0; i < MIN(most, (int)list->len); i++) {
        char *text = fill(plan, rng, pick[i]), *line = g_strdup_printf("Điều %d. %s", i + 1, text);
        flow_paragraph(flow, body, line);
        flow_space(flow, 3.5);
        g_free(text);
        g_free(line);
    }
    g_free(pick);
}

static void draw_sentence(const Plan *plan, const Words *words, Flow *flow, Rng *rng, const char *kind)
{
    Type body = {.size = flow->book->size, .align = ALIGN_JUSTIFY, .indent = 28};
    char *text = fill(plan, rng, words_pick(words, rng, kind));
    flow_paragraph(flow, body, text);
    flow_space(flow, 3.5);
    g_free(text);
}

static void draw_signature(const Plan *plan, const Words *words, Flow *flow, Rng *rng, Column *column,
                           const char *school, const char *signer)
{
    char *whole = school_name(plan, school), *name = capitals(whole);
    char *own = signer ? g_strdup(signer)
                       : g_strjoin(" ", words_pick(words, rng, "surname"), words_pick(words, rng, "middle"),
                                   words_pick(words, rng, "given"), NULL);
    column_line(flow, column, true, flow->book->size - 1, name);
    column_line(flow, column, true, flow->book->size - 1, "HIỆU TRƯỞNG");
    double middle = column->x + column->w / 2;
    mark_signature(flow->sheet, rng, middle, column->y + 34, 95);
    if (!plan->form->no_seal)
        mark_seal(flow->book, flow->sheet, rng, middle - rng_between(rng, 36, 60),
                  column->y + rng_between(rng, 34, 46), SEAL_RADIUS, name);
    column->y += 68;
    column_line(flow, column, true, flow->book->size, own);
    g_free(whole);
    g_free(name);
    g_free(own);
}

void memo_draw(const Plan *plan, const Words *words, Flow *flow, Rng *rng)
{
    const Pair *pair = plan->pairs->pdata[0];
    Type head = {.size = flow->book->size + 0.5, .bold = true, .align = ALIGN_CENTRE};
    if (rng_chance(rng, 0.4)) draw_motto(flow);
    draw_heads(plan, flow);
    flow_paragraph(flow, head, "BIÊN BẢN GHI NHỚ");
    flow_paragraph(flow, head, plan->title);
    flow_space(flow, 12);
    draw_sentence(plan, words, flow, rng, "memo-day");
    draw_sentence(plan, words, flow, rng, "memo-intro");
    draw_list(plan, words, flow, rng, "memo-article", rng_range(rng, 3, 5));
    draw_sentence(plan, words, flow, rng, "memo-close");
    flow_need(flow, 170);
    flow_space(flow, 12);
    double half = (flow->right - flow->left) / 2;
    Column left = {flow->left - 8, half, flow->y}, right = {flow->left + half + 8, half, flow->y};
    draw_signature(plan, words, flow, rng, &left, pair->school[0], plan->signer);
    draw_signature(plan, words, flow, rng, &right, pair->partner[0], NULL);
    flow->y = MAX(left.y, right.y) + 10;
}
