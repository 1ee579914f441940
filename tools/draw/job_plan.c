/* A plan is made in order: words, facts, sheets, wear, files, truth. Each step takes its random numbers from a stream of
 * the seed of its own. So --degrade or --dpi do not change what is written, and --form does not change that it is "quận
 * Hà Đông". */
#include "job.h"

#include <math.h>
#include <string.h>

#include "die.h"
#include "letter.h"
#include "listing.h"
#include "memo.h"
#include "scan.h"
#include "truth.h"

/* Degrees: how far a page of that wear may slant. */
static const double slants[WEAR_LEVELS] = {0, 0.5, 1.2, 2.0};

void job_check(const Job *job)
{
    static const char *const modes[] = {"bw", "gray", "jpeg", "color"};
    bool known = false;
    for (int i = 0; i < 4; i++) known |= !strcmp(job->mode, modes[i]);
    if (!job->out) die(DAU_USAGE, "--out is missing; see draw --help");
    if (!known) die(DAU_USAGE, "--mode '%s'; it is bw, gray, jpeg or color", job->mode);
    if (job->dpi < 72 || job->dpi > 600) die(DAU_USAGE, "--dpi %d; 72 to 600 can be drawn", job->dpi);
    if (job->wear >= WEAR_LEVELS) die(DAU_USAGE, "--degrade %d; it goes from 0 to 3", job->wear);
    if (job->size && (job->size < 5 || job->size > 40))
        die(DAU_USAGE, "--size %g; 5 to 40 points", job->size);
    if (job->quality < 0 || job->quality > 100) die(DAU_USAGE, "--quality %d; 1 to 100", job->quality);
    if (fabs(job->skew) > 10) die(DAU_USAGE, "--skew %g; at most 10 degrees", job->skew);
}

Wear job_wear(const Job *job, Rng *rng, int page, int turn)
{
    Wear wear = {.dpi = job->dpi, .turn = turn, .seed = (uint64_t)job->seed * 1000 + (uint64_t)page};
    wear.level = job->wear >= 0 ? job->wear : rng_range(rng, 0, WEAR_LEVELS - 1);
    double slant = rng_between(rng, -slants[wear.level], slants[wear.level]);
    wear.skew = isnan(job->skew) ? slant : job->skew;
    wear.colours = !strcmp(job->mode, "bw")      ? WEAR_BILEVEL
                   : !strcmp(job->mode, "color") ? WEAR_COLOUR
                                                 : WEAR_GREY;
    return wear;
}

int job_quality(const Job *job, int wear)
{
    bool lossy = !strcmp(job->mode, "jpeg") || !strcmp(job->mode, "color");
    return !lossy ? 0 : job->quality > 0 ? job->quality : wear_jpeg_quality(wear);
}

static void draw_sheets(const PlanJob *job, Plan *plan, const Words *words, Book *book, Rng *rng)
{
    bool wide = plan->form->landscape && job->table_only;
    Flow flow;
    flow_init(&flow, book, wide);
    if (job->blank) return;
    if (job->memo) {
        memo_draw(plan, words, &flow, rng);
        return;
    }
    flow.numbered = rng_chance(rng, 0.5);
    if (!job->table_only) {
        letter_draw_top(plan, words, &flow, rng);
        if (plan->form->within) listing_draw(plan, words, &flow, rng, false);
        letter_draw_end(plan, words, &flow, rng);
    }
    if (job->letter_only || (plan->form->within && !job->table_only)) return;
    if (!job->table_only) {
        if (plan->form->landscape) flow_turn(&flow);
        flow_new_sheet(&flow);
    }
    listing_draw(plan, words, &flow, rng, true);
}

static void write_pictures(const PlanJob *job, PIXA *pages, int quality, const char *ending)
{
    int count = pixaGetCount(pages);
    for (int i = 0; i < count; i++) {
        char *path = count == 1 ? g_strconcat(job->job.out, ending, NULL)
                                : g_strdup_printf("%s-%d%s", job->job.out, i + 1, ending);
        PIX *page = pixaGetPix(pages, i, L_CLONE);
        scan_write_picture(page, quality, path);
        pixDestroy(&page);
        g_free(path);
    }
}

static void write_pages(const PlanJob *job, PIXA *pages)
{
    char *pdf = g_strconcat(job->job.out, ".pdf", NULL), *tiff = g_strconcat(job->job.out, ".tif", NULL);
    int quality = job_quality(&job->job, job->job.wear);
    if (job->tiff) scan_write_tiff(pages, tiff);
    if (job->png) write_pictures(job, pages, 0, ".png");
    if (job->jpg) write_pictures(job, pages, quality ? quality : wear_jpeg_quality(job->job.wear), ".jpg");
    if (!job->tiff && !job->png && !job->jpg) scan_write_pdf(pages, job->job.dpi, quality, pdf);
    g_free(pdf);
    g_free(tiff);
}

static void write_truth(const PlanJob *job, const Plan *plan, const Book *book, const Wear *wears)
{
    char *gold = g_strconcat(job->job.out, ".gold.json", NULL),
         *text = g_strconcat(job->job.out, ".txt", NULL);
    char *boxes = g_strconcat(job->job.out, ".boxes.tsv", NULL);
    const char *mode = strcmp(job->job.mode, "jpeg") ? job->job.mode : "jpg";
    if (!job->no_truth) {
        truth_write_gold(plan, !job->table_only, job->job.dpi, mode, (int)book->sheets->len, gold);
        truth_write_text(book, text);
    }
    if (job->job.boxes) truth_write_boxes(book, wears, boxes);
    g_free(gold);
    g_free(text);
    g_free(boxes);
}

/* The letter goes through the scanner upright, the list as it was fed in. */
static int turn_of(const PlanJob *job, const Form *form, guint sheet)
{
    if (job->turn >= 0) return job->turn;
    return sheet == 0 && !job->table_only ? 0 : form->turn;
}

static void wear_and_write(const PlanJob *job, const Plan *plan, const Book *book)
{
    Rng rng;
    PIXA *pages = pixaCreate(0);
    Wear *wears = g_new0(Wear, book->sheets->len);
    rng_init(&rng, (uint64_t)job->job.seed, RNG_WEAR);
    for (guint i = 0; i < book->sheets->len; i++) {
        const Sheet *sheet = book->sheets->pdata[i];
        wears[i] = job_wear(&job->job, &rng, (int)i + 1, turn_of(job, plan->form, i));
        pixaAddPix(pages, wear_page(sheet->surface, &wears[i]), L_INSERT);
    }
    write_pages(job, pages);
    write_truth(job, plan, book, wears);
    pixaDestroy(&pages);
    g_free(wears);
}

/* The form with what the options change in it. */
static Form form_of(const PlanJob *job)
{
    const Form *known = form_lookup(job->form);
    if (!known) die(DAU_USAGE, "no form '%s'; draw --help lists them", job->form);
    Form form = *known;
    form.no_seal = job->no_seal;
    if (job->stroke && !stroke_named(job->stroke, &form.stroke))
        die(DAU_USAGE, "no stroke '%s'", job->stroke);
    if (job->level && !level_named(job->level, &form.level)) die(DAU_USAGE, "no level '%s'", job->level);
    return form;
}

int job_plan(const PlanJob *job)
{
    Rng text, layout;
    job_check(&job->job);
    Form form = form_of(job);
    if (job->turn > 0 && (job->turn % 90 || job->turn > 270))
        die(DAU_USAGE, "--turn %d; it is 0, 90, 180 or 270", job->turn);
    if (job->job.wear < 0) die(DAU_USAGE, "--degrade goes from 0 to 3");
    rng_init(&text, (uint64_t)job->job.seed, RNG_TEXT);
    rng_init(&layout, (uint64_t)job->job.seed, RNG_LAYOUT);
    double size = rng_range(&layout, 24, 28) / 2.0;
    Words *words = words_load(job->job.data);
    Plan *plan = plan_new(words, &form, &text, job->home, job->away, job->rows);
    Book *book = book_new(job->job.font, job->job.size > 0 ? job->job.size : size, job->job.dpi);
    if (job->memo) memo_choose(plan, words, &text);
    if (job->letter_only || job->blank) g_ptr_array_set_size(plan->pairs, 0);
    draw_sheets(job, plan, words, book, &layout);
    wear_and_write(job, plan, book);
    book_free(book);
    plan_free(plan);
    words_free(words);
    return 0;
}
