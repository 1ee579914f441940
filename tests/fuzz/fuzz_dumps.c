/* Any bytes as what a worker may send and what people give: a page's and a pairing list's dump, a row as
 * corrections keep it, a sheet of CSV, a list of schools, the pixels of a page. The first byte chooses. What
 * is read of a dump is written, and that must be read to the same again. */
#define _GNU_SOURCE /* memfd_create */
#include "base/csv.h"
#include "doc/page.h"
#include "doc/pairing.h"
#include "model/registry.h"
#include "load/load.h"
#include "store/correct_item.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool page_again(const char *text, size_t n, Buf *out)
{
    Page page;
    Err err = {0};
    page_init(&page, 0);
    bool ok = page_parse(text, n, &page, &err) && page_check(&page, &err);
    if (ok) page_dump(&page, out);
    if (!ok && !err.text[0]) abort();
    page_release(&page);
    return ok;
}

static bool pairings_again(const char *text, size_t n, Buf *out)
{
    Pairings p = {0};
    Err err = {0};
    bool ok = pairings_parse(text, n, &p, &err);
    if (ok) pairings_dump(&p, out);
    pairings_release(&p);
    return ok;
}

static void twice(bool (*again)(const char *, size_t, Buf *), const char *text, size_t n)
{
    Buf one = {0}, two = {0};
    if (again(text, n, &one) &&
        (!again(buf_str(&one), one.len, &two) || strcmp(buf_str(&one), buf_str(&two)) != 0))
        abort();
    buf_release(&one);
    buf_release(&two);
}

static void read_csv(const char *text, size_t n)
{
    Csv t;
    size_t sum = 0;
    csv_init(&t, text, n);
    while (csv_next(&t))
        for (int i = 0; i < t.fields; i++) sum += strlen(t.field[i]);
    if (sum > n) abort();
    csv_release(&t);
}

static void read_item(const char *text, size_t n)
{
    Arena a = {0};
    Pairing p = {0};
    Err err = {0};
    item_parse(&a, arena_strn(&a, text, n), &p, &err);
    arena_release(&a);
}

static void read_registry(const char *text, size_t n)
{
    char path[64];
    Err err = {0};
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, text, n) != (ssize_t)n) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    Keywords *words = words_open(NULL, &err);
    registry_close(registry_open(words, path, NULL, &err));
    words_close(words);
    close(fd);
}

static void read_pixels(const char *bytes, size_t n)
{
    Raster raster = {0};
    Err err = {0};
    load_raster_parse(bytes, n, &raster, &err);
    load_raster_release(&raster);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n == 0) return 0;
    const char *text = (const char *)data + 1;
    switch (data[0] % 6) {
    case 0: twice(page_again, text, n - 1); break;
    case 1: twice(pairings_again, text, n - 1); break;
    case 2: read_csv(text, n - 1); break;
    case 3: read_item(text, n - 1); break;
    case 4: read_registry(text, n - 1); break;
    default: read_pixels(text, n - 1); break;
    }
    return 0;
}
