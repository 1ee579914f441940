/* rules ► grid ► rules erased from the picture ► text outside the tables ► boxes back to the scan. */
#include "stage/layout.h"

#include "stage/layout_parts.h"

static void boxes_to_scan(Page *page)
{
    for (size_t i = 0; i < page->cells.n; i++) page->cells.v[i].box = page_to_scan(page, page->cells.v[i].at);
    for (size_t i = 0; i < page->tables.n; i++)
        page->tables.v[i].box = page_to_scan(page, page->tables.v[i].at);
    for (size_t i = 0; i < page->blocks.n; i++)
        page->blocks.v[i].box = page_to_scan(page, page->blocks.v[i].at);
}

bool layout_page(Page *page, Raster *raster, Err *err)
{
    if (err_is(err) || page->unit == UNIT_CHARACTER) return !err_is(err);
    if (!raster->ink || !raster->grey)
        return err_set(err, DAU_INTERNAL, "page %d: layout was given no picture", page->number);
    setMsgSeverity(L_SEVERITY_NONE);
    PIX *text = pixCopy(NULL, raster->ink);
    raster->clear = pixCopy(NULL, raster->grey);

    RuleMap map = {0};
    rules_find(raster->ink, page->dpi, &map);
    grid_find(&map, page);
    rules_erase(&map, text, raster->clear, page->dpi);
    grid_mark_blank(text, page);
    text_find(text, page);
    boxes_to_scan(page);
    rules_release(&map);
    pixDestroy(&text);
    return true;
}
