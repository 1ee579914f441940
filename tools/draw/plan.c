/* Names are drawn without repetition inside one level and one side, as districts' lists have them. The same name may
 * stand again at another level (Mầm non Vạn Phúc, Tiểu học Vạn Phúc). */
#include "plan.h"

#include <string.h>

#include "die.h"

const char *const level_codes[PLAN_LEVELS] = {"MN", "TH", "THCS", "THPT"};

static char *keep(Plan *plan, char *text)
{
    g_ptr_array_add(plan->keep, text);
    return text;
}

char *capitals(const char *text)
{
    return g_utf8_strup(text, -1);
}

char *put_in(char *text, const char *what, const char *by)
{
    char **part = g_strsplit(text, what, -1);
    char *joined = g_strjoinv(by, part);
    g_strfreev(part);
    g_free(text);
    return joined;
}

char *plan_fill(const Plan *plan, Rng *rng, const char *sentence)
{
    char *date = g_strdup_printf("%02d/%d", rng_range(rng, 1, 28), rng_range(rng, 9, 12));
    GPtrArray *communes = plan->away->communes;
    char *text = g_strdup(sentence);
    text = put_in(text, "{quan}", plan->quan);
    text = put_in(text, "{huyen}", plan->huyen);
    text = put_in(text, "{tinh}", plan->home->province);
    text = put_in(text, "{nam}", plan->school_year);
    text = put_in(text, "{gd}", plan->period);
    text = put_in(text, "{ngay}", date);
    text = put_in(text, "{xa}", communes->pdata[rng_range(rng, 0, (int)communes->len - 1)]);
    g_free(date);
    return text;
}

/* ---- districts ---- */

static const District *find_away(const Words *words, Rng *rng, const District *home)
{
    GPtrArray *fit = g_ptr_array_new();
    for (guint i = 0; i < words->districts->len; i++) {
        District *district = words->districts->pdata[i];
        if (!district_is_town(district) && district != home && !strcmp(district->province, home->province))
            g_ptr_array_add(fit, district);
    }
    if (fit->len == 0) die(DAU_BAD_INPUT, "names.tsv has no rural district in %s", home->province);
    const District *away = fit->pdata[rng_range(rng, 0, (int)fit->len - 1)];
    g_ptr_array_unref(fit);
    return away;
}

static const District *find_home(const Words *words, Rng *rng)
{
    const District *home;
    do home = words->districts->pdata[rng_range(rng, 0, (int)words->districts->len - 1)];
    while (!district_is_town(home));
    return home;
}

static const District *named(const Words *words, const char *name)
{
    const District *district = words_district(words, name);
    if (!district) die(DAU_USAGE, "no district '%s' in names.tsv; add a line for it", name);
    return district;
}

/* ---- names ---- */

typedef enum Suffixes { SUFFIX_LETTER, SUFFIX_ROMAN, SUFFIX_DIGIT, SUFFIXES } Suffixes;

static const char *const suffixes[SUFFIXES][2] = {{" A", " B"}, {" I", " II"}, {" 1", " 2"}};

/* "Tiên Phong B", "Hải Châu II" have their suffix already. */
static bool has_suffix(const char *name)
{
    const char *last = strrchr(name, ' ');
    return last && strlen(last) <= 3 && strspn(last, " ABCDI123") == strlen(last);
}

static void add_all(GPtrArray *pool, GPtrArray *list, Rng *rng, double share)
{
    for (guint i = 0; i < list->len; i++)
        if (rng_chance(rng, share)) g_ptr_array_add(pool, list->pdata[i]);
}

/* Communes as they are, or in pairs with a suffix. */
static void add_communes(Plan *plan, GPtrArray *pool, GPtrArray *communes, Rng *rng, Suffixes kind,
                         double share)
{
    for (guint i = 0; i < communes->len; i++) {
        char *name = communes->pdata[i];
        if (has_suffix(name) || !rng_chance(rng, share)) {
            g_ptr_array_add(pool, name);
            continue;
        }
        for (int n = 0; n < 2; n++)
            g_ptr_array_add(pool, keep(plan, g_strconcat(name, suffixes[kind][n], NULL)));
    }
}

static void add_unseen(GPtrArray *list, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++) {
        bool seen = false;
        for (guint j = 0; j < list->len && !seen; j++) seen = !strcmp(list->pdata[j], from->pdata[i]);
        if (!seen) g_ptr_array_add(list, from->pdata[i]);
    }
}

/* Names of one level on one side, shuffled, without repeats; all namesakes where that would be too few. */
static GPtrArray *name_pool(Plan *plan, const Words *words, Rng *rng, PlanLevel level, bool at_home,
                            Suffixes kind, int rows)
{
    GPtrArray *pool = g_ptr_array_new(), *single = g_ptr_array_new();
    GPtrArray *more = words_list(words, level == PLAN_MN ? "nursery" : "namesake");
    add_communes(plan, pool, at_home ? plan->home->communes : plan->away->communes, rng, kind,
                 at_home ? 0.05 : 0.3);
    add_all(pool, more, rng, at_home ? 0.25 : 0.06);
    if (at_home) add_all(pool, words_list(words, "foreign"), rng, 0.1);
    rng_shuffle(rng, pool->pdata, (int)pool->len);
    add_unseen(single, pool);
    if ((int)single->len < 2 * rows) {
        add_unseen(single, more);
        rng_shuffle(rng, single->pdata, (int)single->len);
    }
    g_ptr_array_unref(pool);
    return single;
}

static const char *take(GPtrArray *pool)
{
    return pool->len ? g_ptr_array_remove_index(pool, pool->len - 1) : NULL;
}

/* How many names a cell has: one; by chance two, seldom three; in groups three to five. */
static int names_wanted(Rng *rng, const Form *form)
{
    if (form->groups > 0 && rng_chance(rng, form->groups)) return rng_range(rng, 3, NAMES_IN_CELL);
    if (!rng_chance(rng, form->lists)) return 1;
    return rng_chance(rng, 0.2) ? 3 : 2;
}

static void take_names(const char **name, GPtrArray *pool, int wanted)
{
    for (int i = 0; i < wanted; i++) name[i] = take(pool);
}

static void add_pairs(Plan *plan, const Words *words, Rng *rng, PlanLevel level, int count, Suffixes kind)
{
    GPtrArray *home = name_pool(plan, words, rng, level, true, kind, count);
    GPtrArray *away = name_pool(plan, words, rng, level, false, kind, count);
    guint least = plan->form->groups > 0 ? NAMES_IN_CELL : 3;
    for (int i = 0; i < count && home->len >= least && away->len >= least; i++) {
        Pair *pair = g_new0(Pair, 1);
        bool swap = rng_chance(rng, 0.15); /* the list stands on the school's side */
        int wanted = names_wanted(rng, plan->form);
        pair->level = level;
        take_names(pair->school, home, swap ? wanted : 1);
        take_names(pair->partner, away, swap ? 1 : wanted);
        g_ptr_array_add(plan->pairs, pair);
    }
    g_ptr_array_unref(home);
    g_ptr_array_unref(away);
}

static void number_pairs(Plan *plan, Rng *rng)
{
    int no = 0;
    for (guint i = 0; i < plan->pairs->len; i++) {
        Pair *pair = plan->pairs->pdata[i], *before = i ? plan->pairs->pdata[i - 1] : NULL;
        if (plan->form->ordinals == ORDINALS_RESTART && before && before->level != pair->level) no = 0;
        bool without = plan->form->unnumbered > 0 && rng_chance(rng, plan->form->unnumbered);
        pair->no = plan->form->ordinals == ORDINALS_NONE || without ? 0 : ++no;
    }
}

static void invent_pairs(Plan *plan, const Words *words, Rng *rng, int rows)
{
    Suffixes kind = (Suffixes)rng_range(rng, 0, SUFFIXES - 1);
    int fixed = rows > 0 ? rows : plan->form->rows;
    int total = fixed > 0 ? fixed : rng_range(rng, 20, 36);
    int high = rng_chance(rng, 0.12) ? MAX(1, total / 8) : 0;
    int first = (int)((total - high) * rng_between(rng, 0.28, 0.4));
    int second = (int)((total - high) * rng_between(rng, 0.3, 0.4));
    add_pairs(plan, words, rng, PLAN_MN, first, kind);
    add_pairs(plan, words, rng, PLAN_TH, second, kind);
    add_pairs(plan, words, rng, PLAN_THCS, total - high - first - second, kind);
    add_pairs(plan, words, rng, PLAN_THPT, high, kind);
    number_pairs(plan, rng);
}

/* ---- the letter's facts ---- */

static void invent_dates(Plan *plan, Rng *rng)
{
    plan->year = rng_range(rng, 2019, 2024);
    plan->month = rng_range(rng, 1, 12);
    plan->day = rng_range(rng, 1, 28);
    int first = plan->month >= 6 ? plan->year : plan->year - 1;
    plan->school_year = keep(plan, g_strdup_printf("%d - %d", first, first + 1));
    plan->period = keep(plan, g_strdup_printf("%d - %d", first, first + rng_range(rng, 2, 5)));
}

static void invent_letter(Plan *plan, const Words *words, Rng *rng)
{
    plan->number = keep(plan, g_strdup_printf("%d/KH-PGDĐT", rng_range(rng, 12, 1890)));
    plan->issuer = keep(plan, g_strconcat("Phòng Giáo dục và Đào tạo ", plan->quan, NULL));
    plan->title = keep(plan, plan_fill(plan, rng, words_pick(words, rng, "title")));
    const char *surname = words_pick(words, rng, "surname"), *middle = words_pick(words, rng, "middle");
    plan->signer = keep(plan, g_strjoin(" ", surname, middle, words_pick(words, rng, "given"), NULL));
}

Plan *plan_new(const Words *words, const Form *form, Rng *rng, const char *home, const char *away, int rows)
{
    Plan *plan = g_new0(Plan, 1);
    plan->form = form;
    plan->keep = g_ptr_array_new_with_free_func(g_free);
    plan->pairs = g_ptr_array_new_with_free_func(g_free);
    plan->home = home ? named(words, home) : find_home(words, rng);
    plan->away = away ? named(words, away) : find_away(words, rng, plan->home);
    plan->quan = keep(plan, g_strjoin(" ", plan->home->kind, plan->home->name, NULL));
    plan->huyen = keep(plan, g_strjoin(" ", plan->away->kind, plan->away->name, NULL));
    invent_dates(plan, rng);
    invent_letter(plan, words, rng);
    invent_pairs(plan, words, rng, rows);
    return plan;
}

void plan_free(Plan *plan)
{
    g_ptr_array_unref(plan->pairs);
    g_ptr_array_unref(plan->keep);
    g_free(plan);
}
