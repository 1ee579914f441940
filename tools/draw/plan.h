/* plan: what a drawn plan says: who, when, about what, and which school is twinned with which.
 *
 *     Plan *plan = plan_new(words, form_lookup("ruled"), &rng, "Hà Đông", NULL, 0);
 *     listing_draw(plan, words, &flow, &rng, true);
 *     truth_write_gold(plan, true, 200, "bw", pages, "plan-7.gold.json");
 *     plan_free(plan);
 *
 * The facts are invented once from a seed. letter.h and listing.h put them on pages; truth.h writes them down.
 */
#ifndef DRAW_PLAN_H
#define DRAW_PLAN_H

#include "form.h"
#include "words.h"

typedef enum PlanLevel { PLAN_MN, PLAN_TH, PLAN_THCS, PLAN_THPT, PLAN_LEVELS } PlanLevel;

extern const char *const level_codes[PLAN_LEVELS]; /* "MN", "TH", "THCS", "THPT" */

enum { NAMES_IN_CELL = 5 };

typedef struct Pair {
    int no; /* as printed; 0: none */
    PlanLevel level;
    const char *school[NAMES_IN_CELL]; /* names without the level's words; NULL after the last */
    const char *partner[NAMES_IN_CELL];
    TableRow *row; /* while drawing: where it stands */
    int page;      /* after drawing, from 1 */
} Pair;

typedef struct Plan {
    const Form *form;
    const District *home, *away; /* lent by words */
    char *quan, *huyen;          /* "quận Hà Đông", "huyện Thanh Oai" */
    int year, month, day;
    char *number; /* "763/KH-PGDĐT" */
    char *issuer; /* "Phòng Giáo dục và Đào tạo quận Hà Đông" */
    char *title;  /* on one line */
    char *signer;
    char *school_year; /* "2023 - 2024" */
    char *period;      /* "2023 - 2026" */
    GPtrArray *pairs;  /* Pair * in the order printed */
    GPtrArray *keep;   /* strings the plan owns */
} Plan;

/* Invents a plan. home and away are districts' names; NULL: by chance, both of one province. rows 0: by chance. Dies when
 * a district is not known. */
Plan *plan_new(const Words *words, const Form *form, Rng *rng, const char *home, const char *away, int rows);
void plan_free(Plan *plan);

/* The sentence with {quan}, {huyen}, {tinh}, {nam}, {gd}, {ngay}, {xa} filled in. The caller frees it with g_free(). */
char *plan_fill(const Plan *plan, Rng *rng, const char *sentence);

/* The text with each `what` replaced by `by`; `text` is freed. The caller frees the result with g_free(). */
char *put_in(char *text, const char *what, const char *by);
/* "quận Hà Đông" -> "QUẬN HÀ ĐÔNG". The caller frees it with g_free(). */
char *capitals(const char *text);

#endif
