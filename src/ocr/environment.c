/* Settings that libraries of the engine read before main() runs. It stands apart from the engine, so that a program can set
 * them before it starts the one that is linked with Tesseract. */
#include "ocr/ocr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For glibc: pages of 2 MB for large blocks, and no memory given back between two pictures of a page. Faults on pages of
 * 4 KB were a tenth of the computing time. Other C libraries ignore it. */
static const char HEAP[] = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:"
                           "glibc.malloc.trim_threshold=134217728";

bool ocr_environment(void)
{
    char heap[1024];
    const char *set = getenv("GLIBC_TUNABLES");
    bool threads = getenv("OMP_THREAD_LIMIT"), pages = set && strstr(set, "glibc.malloc.");
    if (!threads) setenv("OMP_THREAD_LIMIT", "1", 1);
    if (!pages &&
        snprintf(heap, sizeof heap, "%s%s%s", set ? set : "", set ? ":" : "", HEAP) < (int)sizeof heap)
        setenv("GLIBC_TUNABLES", heap, 1);
    return !threads || !pages;
}
