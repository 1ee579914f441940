#include "stage/extract.h"
/* placeholder */
struct Extract {
    int none;
};
Extract *extract_new(void)
{
    return xalloc(sizeof(Extract));
}
bool extract_page(Extract *x, const Page *page, Err *err)
{
    (void)x, (void)page;
    return !err_is(err);
}
bool extract_finish(Extract *x, Pairings *found, Err *err)
{
    (void)x, (void)found;
    return !err_is(err);
}
void extract_free(Extract *x)
{
    free(x);
}
