/* Lines are poured on pages one under the other; a line wider than the page is wrapped at its blanks. The truth is what
 * stands on each line of the page: "Trường Mầm non Hoa" and "Mai" where it was wrapped. Each page takes the next font. It
 * also takes its own size and wear where the options leave them open. So a long file has every mixture. */
#include "job.h"

#include <math.h>
#include <string.h>

#include "die.h"
#include "flow.h"
#include "scan.h"
#include "truth.h"

#define SPACING 1.45 /* line to line, of the text's size */

typedef struct Sampler {
    const LinesJob *job;
    char **line; /* the file's lines */
    int next;    /* the first not drawn yet */
    char **font;
    Rng rng;
    GString *list; /* pages.tsv */
} Sampler;

static char **read_lines(const char *path)
{
    char *text = NULL, *whole;
    GError *error = NULL;
    if (!path) die(DAU_USAGE, "--text is missing; see draw --help");
    if (!g_file_get_contents(path, &text, NULL, &error)) die(DAU_FILE_ACCESS, "%s", error->message);
    whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    if (!whole) die(DAU_BAD_INPUT, "'%s' is not UTF-8; convert it first", path);
    char **line = g_strsplit(whole, "\n", -1);
    g_free(whole);
    g_free(text);
    return line;
}

/* Fills one page; the truth is the sheet's pieces. */
static void fill_page(Sampler *sampler, Flow *flow, Type type)
{
    double width = flow->right - flow->left;
    for (; sampler->line[sampler->next]; sampler->next++) {
        char *line = g_strstrip(sampler->line[sampler->next]);
        if (!*line) continue;
        PangoLayout *layout = book_layout(flow->book, type, width, line);
        double lead = type.size * (SPACING - 1.15), height = layout_height(layout);
        bool room = flow->y + height <= flow->bottom || flow->y == flow->top;
        if (room) flow->y += sheet_lines(flow->sheet, layout, flow->left, flow->y, 0, -1) + lead;
        g_object_unref(layout);
        if (!room) return;
    }
}

static void write_text(const Sheet *sheet, const char *path)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < sheet->pieces->len; i++)
        g_string_append_printf(out, "%s\n", ((Piece *)sheet->pieces->pdata[i])->text);
    truth_save(path, out);
    g_string_free(out, TRUE);
}

static void write_page(Sampler *sampler, const Book *book, const Wear *wear, int number)
{
    const Job *job = &sampler->job->job;
    const Sheet *sheet = book->sheets->pdata[0];
    int quality = job_quality(job, wear->level);
    char *stem = g_strdup_printf("%s/page-%04d", job->out, number);
    char *name = g_strconcat(stem, quality ? ".jpg" : ".png", NULL), *text = g_strconcat(stem, ".txt", NULL);
    char *boxes = g_strconcat(stem, ".boxes.tsv", NULL);
    PIX *page = wear_page(sheet->surface, wear);
    scan_write_picture(page, quality, name);
    write_text(sheet, text);
    if (job->boxes) truth_write_boxes(book, wear, boxes);
    g_string_append_printf(sampler->list, "%s\t%s\t%g\t%d\t%s\t%d\t%.2f\t%u\n", strrchr(name, '/') + 1,
                           book->family, book->size, job->dpi, job->mode, wear->level, wear->skew,
                           sheet->pieces->len);
    pixDestroy(&page);
    g_free(stem);
    g_free(name);
    g_free(text);
    g_free(boxes);
}

static void draw_page(Sampler *sampler, int number)
{
    const Job *job = &sampler->job->job;
    guint fonts = g_strv_length(sampler->font);
    double size = rng_range(&sampler->rng, 22, 28) / 2.0;
    Book *book = book_new(g_strstrip(sampler->font[(guint)(number - 1) % fonts]),
                          job->size > 0 ? job->size : size, job->dpi);
    Flow flow;
    flow_init(&flow, book, false);
    fill_page(sampler, &flow, (Type){.size = book->size});
    Wear wear = job_wear(job, &sampler->rng, number, 0);
    write_page(sampler, book, &wear, number);
    book_free(book);
}

static bool lines_left(Sampler *sampler)
{
    while (sampler->line[sampler->next] && !*g_strstrip(sampler->line[sampler->next])) sampler->next++;
    return sampler->line[sampler->next] != NULL;
}

int job_lines(const LinesJob *job)
{
    job_check(&job->job);
    Sampler sampler = {.job = job, .line = read_lines(job->text), .font = g_strsplit(job->fonts, ",", -1)};
    sampler.list = g_string_new("#file\tfont\tsize\tdpi\tmode\tdegrade\tskew\tlines\n");
    rng_init(&sampler.rng, (uint64_t)job->job.seed, RNG_LAYOUT);
    for (int number = 1; lines_left(&sampler); number++) draw_page(&sampler, number);
    char *path = g_strconcat(job->job.out, "/pages.tsv", NULL);
    truth_save(path, sampler.list);
    g_free(path);
    g_string_free(sampler.list, TRUE);
    g_strfreev(sampler.line);
    g_strfreev(sampler.font);
    return 0;
}
