/* Any bytes as a file: what kind it is, its pages, their words and pixels. Small limits, for speed. */
#define _GNU_SOURCE /* memfd_create */
#include "load/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_page(Load *doc, int n)
{
    Page page;
    Raster raster = {0};
    Err err = {0}, unsound = {0};
    page_init(&page, n);
    if (load_page(doc, n, &page, &raster, &err) && !page_check(&page, &unsound)) abort();
    load_raster_release(&raster);
    page_release(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[64];
    Err err = {0};
    const LoadOptions options = {.most_megapixels = 1, .most_unpacked = 1 << 20, .render_dpi = 72};
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, n) != (ssize_t)n) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    (void)load_knows(path);
    Load *doc = load_open(path, &options, &err);
    if (!doc && (!err.code || !err.text[0])) abort();
    for (int i = 1; doc && i <= load_pages(doc) && i <= 3; i++) read_page(doc, i);
    load_close(doc);
    close(fd);
    return 0;
}
