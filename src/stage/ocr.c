#include "stage/ocr.h"
/* placeholder */
Ocr *ocr_open(const OcrOptions *options, Err *err)
{
    (void)options;
    err_set(err, DAU_INTERNAL, "ocr is not built yet");
    return NULL;
}
bool ocr_page(Ocr *ocr, Page *page, const Raster *raster, Err *err)
{
    (void)ocr, (void)page, (void)raster;
    return !err_is(err);
}
void ocr_close(Ocr *ocr)
{
    (void)ocr;
}
const char *ocr_version(void)
{
    return "tesseract";
}
