/* Leptonica codes the pictures. Which coding suits which page, and the PDF round them, is here. The PDF of "kế hoạch" is
 * the least that will do: catalogue and page tree; for each page a page, a content stream that stretches the picture over
 * it, and the picture. Leptonica's own PDF writer would put the time of the clock in. */
#include "scan.h"

#include <string.h>

#include <glib.h>

#include "die.h"

static void fail_write(const char *path)
{
    die(DAU_FILE_ACCESS, "cannot write '%s'; is there room, and does the folder exist", path);
}

/* ---- PDF ---- */

enum { PDF_CATALOGUE = 1, PDF_TREE = 2, PDF_FIRST = 3, PDF_PER_PAGE = 3 };

typedef struct Pdf {
    GString *out;
    GArray *offset; /* gsize: where each object begins, in order */
} Pdf;

static void begin_object(Pdf *pdf)
{
    gsize here = pdf->out->len;
    g_array_append_val(pdf->offset, here);
    g_string_append_printf(pdf->out, "%u 0 obj\n", pdf->offset->len);
}

static void add_tree(Pdf *pdf, int pages)
{
    begin_object(pdf);
    g_string_append_printf(pdf->out, "<< /Type /Catalog /Pages %d 0 R >>\nendobj\n", PDF_TREE);
    begin_object(pdf);
    g_string_append_printf(pdf->out, "<< /Type /Pages /Count %d /Kids [", pages);
    for (int i = 0; i < pages; i++) g_string_append_printf(pdf->out, " %d 0 R", PDF_FIRST + i * PDF_PER_PAGE);
    g_string_append(pdf->out, " ] >>\nendobj\n");
}

static void add_image(Pdf *pdf, const L_COMP_DATA *data)
{
    begin_object(pdf);
    g_string_append_printf(
        pdf->out,
        "<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d /ColorSpace %s", data->w,
        data->h, data->bps, data->spp == 1 ? "/DeviceGray" : "/DeviceRGB");
    if (data->type == L_G4_ENCODE)
        g_string_append_printf(pdf->out,
                               " /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d >>",
                               data->w, data->h);
    else
        g_string_append_printf(pdf->out, " /Filter %s",
                               data->type == L_JPEG_ENCODE ? "/DCTDecode" : "/FlateDecode");
    if (data->predictor)
        g_string_append_printf(
            pdf->out, " /DecodeParms << /Columns %d /Predictor 14 /Colors %d /BitsPerComponent %d >>",
            data->w, data->spp, data->bps);
    g_string_append_printf(pdf->out, " /Length %zu >>\nstream\n", data->nbytescomp);
    g_string_append_len(pdf->out, (const char *)data->datacomp, (gssize)data->nbytescomp);
    g_string_append(pdf->out, "\nendstream\nendobj\n");
}

static void add_page(Pdf *pdf, const L_COMP_DATA *data, int dpi, int number)
{
    int object = PDF_FIRST + number * PDF_PER_PAGE;
    double w = data->w * 72.0 / dpi, h = data->h * 72.0 / dpi;
    char *content = g_strdup_printf("q %.3f 0 0 %.3f 0 0 cm /Im Do Q", w, h);
    begin_object(pdf);
    g_string_append_printf(pdf->out,
                           "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.3f %.3f] /Contents %d 0 R "
                           "/Resources << /XObject << /Im %d 0 R >> >> >>\nendobj\n",
                           PDF_TREE, w, h, object + 1, object + 2);
    begin_object(pdf);
    g_string_append_printf(pdf->out, "<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n", strlen(content),
                           content);
    add_image(pdf, data);
    g_free(content);
}

static void add_index(Pdf *pdf)
{
    gsize start = pdf->out->len;
    g_string_append_printf(pdf->out, "xref\n0 %u\n0000000000 65535 f \n", pdf->offset->len + 1);
    for (guint i = 0; i < pdf->offset->len; i++)
        g_string_append_printf(pdf->out, "%010zu 00000 n \n", g_array_index(pdf->offset, gsize, i));
    g_string_append_printf(pdf->out, "trailer\n<< /Size %u /Root %d 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
                           pdf->offset->len + 1, PDF_CATALOGUE, start);
}

void scan_write_pdf(PIXA *pages, int dpi, int quality, const char *path)
{
    Pdf pdf = {g_string_new("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    add_tree(&pdf, pixaGetCount(pages));
    for (int i = 0; i < pixaGetCount(pages); i++) {
        L_COMP_DATA *data = NULL;
        PIX *page = pixaGetPix(pages, i, L_CLONE);
        int coding = pixGetDepth(page) == 1 ? L_G4_ENCODE : quality > 0 ? L_JPEG_ENCODE : L_FLATE_ENCODE;
        if (pixGenerateCIData(page, coding, quality, 0, &data))
            die(DAU_INTERNAL, "page %d cannot be coded", i + 1);
        add_page(&pdf, data, dpi, i);
        l_CIDataDestroy(&data);
        pixDestroy(&page);
    }
    add_index(&pdf);
    if (!g_file_set_contents(path, pdf.out->str, (gssize)pdf.out->len, NULL)) fail_write(path);
    g_string_free(pdf.out, TRUE);
    g_array_unref(pdf.offset);
}

/* ---- TIFF and single pictures ---- */

void scan_write_tiff(PIXA *pages, const char *path)
{
    for (int i = 0; i < pixaGetCount(pages); i++) {
        PIX *page = pixaGetPix(pages, i, L_CLONE);
        int coding = pixGetDepth(page) == 1 ? IFF_TIFF_G4 : IFF_TIFF_ZIP;
        if (pixWriteTiff(path, page, coding, i ? "a" : "w")) fail_write(path);
        pixDestroy(&page);
    }
}

void scan_write_picture(PIX *page, int quality, const char *path)
{
    PIX *out = quality > 0 && pixGetDepth(page) == 1 ? pixConvertTo8(page, FALSE) : pixClone(page);
    int failed = quality > 0 ? pixWriteJpeg(path, out, quality, 0) : pixWritePng(path, out, 0.0f);
    pixDestroy(&out);
    if (failed) fail_write(path);
}
