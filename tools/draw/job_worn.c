/* Pages that another program printed, such as an office's word processor, are sealed, worn and written as
 * a scanner writes them. The truth about them is that program's affair. */
#include "job.h"

#include "die.h"
#include "marks.h"
#include "scan.h"

#define SEAL_RADIUS 51.0 /* points: a round seal is 36 mm across */

/* The picture as a sheet of its own size at the job's dpi. */
static Sheet *read_page(Book *book, const char *path)
{
    cairo_surface_t *picture = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS)
        die(DAU_FILE_ACCESS, "cannot read '%s' as a PNG picture", path);
    double scale = 72.0 / book->dpi;
    Sheet *sheet = book_add_sheet(book, cairo_image_surface_get_width(picture) * scale,
                                  cairo_image_surface_get_height(picture) * scale);
    cairo_save(sheet->cr);
    cairo_scale(sheet->cr, scale, scale);
    cairo_set_source_surface(sheet->cr, picture, 0, 0);
    cairo_paint(sheet->cr);
    cairo_restore(sheet->cr);
    cairo_surface_destroy(picture);
    sheet->ink_mixes = true;
    return sheet;
}

/* Seal and signature stand in the lower right, where the signer's name is. */
static void seal(Book *book, Sheet *sheet, Rng *rng, const char *words)
{
    double x = sheet->width * rng_between(rng, 0.55, 0.75), y = sheet->height * rng_between(rng, 0.45, 0.85);
    mark_seal(book, sheet, rng, x, y, SEAL_RADIUS, words);
    mark_signature(sheet, rng, x + SEAL_RADIUS * 0.8, y, 110);
}

int job_worn(const WornJob *worn)
{
    const Job *job = &worn->job;
    job_check(job);
    if (!worn->pages) die(DAU_USAGE, "--pages is missing; see draw --help");
    char **path = g_strsplit(worn->pages, ",", -1);
    guint count = g_strv_length(path);
    Book *book = book_new(job->font, 12, job->dpi);
    PIXA *pages = pixaCreate((l_int32)count);
    Rng rng;
    rng_init(&rng, (uint64_t)job->seed, RNG_LAYOUT);
    int quality = 0;
    for (guint i = 0; i < count; i++) {
        Sheet *sheet = read_page(book, path[i]);
        if (worn->seal && i + 1 == count) seal(book, sheet, &rng, worn->seal);
        Wear wear = job_wear(job, &rng, (int)i + 1, 0);
        quality = job_quality(job, wear.level);
        pixaAddPix(pages, wear_page(sheet->surface, &wear), L_INSERT);
    }
    scan_write_pdf(pages, job->dpi, quality, job->out);
    pixaDestroy(&pages);
    book_free(book);
    g_strfreev(path);
    return 0;
}
