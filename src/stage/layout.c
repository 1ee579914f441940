#include "stage/layout.h"
/* placeholder */
bool layout_page(Page *page, Raster *raster, Err *err)
{
    (void)page, (void)raster;
    return !err_is(err);
}
