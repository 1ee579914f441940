#include "stage/load.h"
/* placeholder */
Load *load_open(const char *path, const LoadLimits *limits, Err *err)
{
    (void)limits;
    err_set(err, DAU_INTERNAL, "%s: load is not built yet", path);
    return NULL;
}
int load_pages(const Load *doc)
{
    (void)doc;
    return 1;
}
FileKind load_kind(const Load *doc)
{
    (void)doc;
    return FILE_TEXT;
}
const char *file_kind_name(FileKind kind)
{
    (void)kind;
    return "text";
}
bool load_knows(const char *path)
{
    (void)path;
    return false;
}
bool load_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    (void)doc, (void)n, (void)page, (void)raster;
    return err_set(err, DAU_INTERNAL, "load is not built yet");
}
void load_close(Load *doc)
{
    (void)doc;
}
void load_raster_release(Raster *raster)
{
    (void)raster;
}
bool load_png(const Raster *raster, Rect box, int most_side, Buf *out, Err *err)
{
    (void)raster, (void)box, (void)most_side, (void)out;
    return err_set(err, DAU_INTERNAL, "load is not built yet");
}
