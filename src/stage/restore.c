#include "stage/restore.h"
/* placeholder */
struct Restore {
    int none;
};
Restore *restore_open(const RestoreOptions *options, Err *err)
{
    (void)options, (void)err;
    return xalloc(sizeof(Restore));
}
void restore_close(Restore *r)
{
    free(r);
}
bool restore_page(Restore *r, Page *page, Err *err)
{
    (void)r;
    for (size_t i = 0; i < page->words.n; i++)
        page->words.v[i].text = page->words.v[i].raw, page->words.v[i].prob = page->words.v[i].conf,
        page->words.v[i].origin = ORIGIN_OCR;
    return !err_is(err);
}
bool restore_line(Restore *r, Arena *a, const char *line, size_t len, Word **words, int *n, Err *err)
{
    (void)r, (void)a, (void)line, (void)len, (void)words, (void)n;
    return err_set(err, DAU_INTERNAL, "restore is not built yet");
}
const char *restore_version(const Restore *r)
{
    (void)r;
    return "0";
}
