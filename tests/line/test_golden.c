/* Pages of tests/pages taken through the stages, compared with what is written down in
 * tests/golden/PAGE.STAGE.tsv.
 *
 *     build/tests/test_golden              compares
 *     build/tests/test_golden generate     writes them anew: look at the difference before you commit it
 *     build/tests/test_golden show layout faint.pdf      prints one
 *
 * Texts, rows, columns and spans must be equal; boxes may be some pixels off, confidences and angles a
 * little, for other builds of Tesseract and Leptonica round otherwise. What the engine thought of besides is
 * left out.
 */
#include "base/file.h"
#include "base/tsv.h"
#include "line/line.h"
#include "tests/test.h"

#include <math.h>

enum { PIXELS_OFF = 4, MOST_BOX_FIELDS = 8 };
static const double REAL_OFF = 0.35; /* of confidences, degrees and the numbers of the way back to the scan */

static const struct {
    const char *file;
    int page;
    Stage stage;
} cases[] = {
    {"sample-plan.pdf", 1, STAGE_LAYOUT},   {"sample-plan.pdf", 2, STAGE_OCR},
    {"broken-merged.pdf", 1, STAGE_LAYOUT}, {"faint.pdf", 1, STAGE_LAYOUT},
    {"unruled.pdf", 1, STAGE_LAYOUT},       {"turned-90.pdf", 1, STAGE_LAYOUT},
    {"turned-180.pdf", 1, STAGE_OCR},       {"letterhead.pdf", 1, STAGE_LAYOUT},
    {"two-pages.tif", 2, STAGE_LAYOUT},     {"table.png", 1, STAGE_LAYOUT},
    {"photo.jpg", 1, STAGE_LAYOUT},         {"blank.pdf", 1, STAGE_OCR},
};
enum { CASES = sizeof cases / sizeof *cases };

static bool dump_page(const char *file, int n, Stage stage, Buf *out)
{
    Err err = {0};
    Buf path = {0};
    LineOptions options = {0};
    buf_addf(&path, "tests/pages/%s", file);
    PageLine *line = line_new(&options);
    Load *doc = load_open(path.s, NULL, &err);
    Page page;
    Raster raster = {0};
    page_init(&page, n);
    bool ok = doc && line_page(line, doc, n, stage, &page, &raster, &err);
    for (size_t i = 0; i < page.words.n; i++) page.words.v[i].choices = 0;
    if (ok)
        page_dump(&page, out);
    else
        printf("%s: %s\n", file, err.text);
    page_release(&page);
    load_raster_release(&raster);
    load_close(doc);
    line_free(line);
    buf_release(&path);
    return ok;
}

static void golden_path(char *path, size_t cap, int i)
{
    snprintf(path, cap, "tests/golden/%s.%d.%s.tsv", cases[i].file, cases[i].page,
             stage_name(cases[i].stage));
}

static bool number(const char *s, double *v)
{
    char *end = NULL;
    *v = s ? strtod(s, &end) : 0;
    return s && end != s && !*end;
}

/* First field after the kind and, in blocks and tables, the sort: there the boxes begin. */
static int first_box_field(const char *kind)
{
    if (strcmp(kind, "block") == 0 || strcmp(kind, "table") == 0) return 2;
    return strcmp(kind, "page") == 0 ? TSV_MOST_FIELDS : 1;
}

static bool same_field(const char *kind, int i, const char *got, const char *want)
{
    double g, w;
    if (str_eq(got, want)) return true;
    if (!number(got, &g) || !number(want, &w)) return false;
    int box = first_box_field(kind);
    if (i >= box && i < box + MOST_BOX_FIELDS) return fabs(g - w) <= PIXELS_OFF;
    bool page = strcmp(kind, "page") == 0, real = strchr(want, '.') || strchr(got, '.');
    return (real || page) && fabs(g - w) <= (page ? PIXELS_OFF : REAL_OFF);
}

static bool same_line(const Tsv *got, const Tsv *want)
{
    if (got->fields != want->fields) return false;
    for (int i = 0; i < got->fields; i++)
        if (!same_field(want->field[0], i, got->field[i], want->field[i])) return false;
    return true;
}

static void compare(const char *name, const Buf *got, const Buf *want)
{
    Tsv g, w;
    tsv_init(&g, got->s, got->len);
    tsv_init(&w, want->s, want->len);
    int off = 0;
    bool more_g = tsv_next(&g), more_w = tsv_next(&w);
    for (; more_g && more_w && off < 3; more_g = tsv_next(&g), more_w = tsv_next(&w))
        if (!same_line(&g, &w)) {
            off++;
            printf("%s:%ld: %s", name, w.line, w.field[0]);
            for (int i = 0; i < g.fields && i < w.fields; i++)
                if (!same_field(w.field[0], i, g.field[i], w.field[i]))
                    printf("  field %d is '%s', was '%s'", i, g.field[i] ? g.field[i] : "",
                           w.field[i] ? w.field[i] : "");
            printf("\n");
        }
    CHECK_INT(off, 0);
    CHECK(more_g == more_w);
    tsv_release(&g);
    tsv_release(&w);
}

static void run_case(int i, bool generate)
{
    char path[300];
    Err err = {0};
    Buf got = {0}, want = {0};
    golden_path(path, sizeof path, i);
    if (CHECK(dump_page(cases[i].file, cases[i].page, cases[i].stage, &got))) {
        if (generate)
            file_write(path, got.s, got.len, &err);
        else if (CHECK(file_read(path, 0, &want, &err)))
            compare(path, &got, &want);
    }
    CHECK_STR(err.text, "");
    buf_release(&got);
    buf_release(&want);
}

int main(int argc, char **argv)
{
    Stage stage;
    ocr_set_up(argv);
    if (argc == 4 && strcmp(argv[1], "show") == 0 && stage_from_name(argv[2], &stage)) {
        Buf out = {0};
        bool ok = dump_page(argv[3], 1, stage, &out);
        fputs(buf_str(&out), stdout);
        buf_release(&out);
        return !ok;
    }
    for (int i = 0; i < CASES; i++) run_case(i, argc == 2 && strcmp(argv[1], "generate") == 0);
    return TEST_DONE();
}
