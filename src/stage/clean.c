#include "stage/clean.h"
/* placeholder */
bool clean_page(Page *page, Raster *raster, Err *err)
{
    (void)page, (void)raster;
    return !err_is(err);
}
