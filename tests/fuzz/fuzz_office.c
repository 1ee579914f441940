/* Any bytes as a part of an office document, packed here so that the fuzzer need not learn to write zip
 * files, or as a web page or a text of some charset. The first byte chooses. */
#define _GNU_SOURCE /* memfd_create */
#include "load/load.h"

#include "base/file.h"
#include "base/viet.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MODES = 7 };

static void put(struct archive *a, const char *name, const void *data, size_t n)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)n);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_write_header(a, e);
    archive_write_data(a, data, n);
    archive_entry_free(e);
}

static void put_zip(int fd, int mode, const uint8_t *data, size_t n)
{
    static const char document[] =
        "<w:document xmlns:w='w'><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t>"
        "</w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId "
        "w:val='2'/></w:numPr></w:pPr></w:p><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr></w:p></w:document>";
    static const char cells[] =
        "<worksheet><row><c r='B1' t='s'><v>1</v></c><c><v>2</v></c></row></worksheet>";
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    archive_write_zip_set_compression_store(a);
    archive_write_open_fd(a, fd);
    if (mode == 0) put(a, "word/document.xml", data, n);
    if (mode == 1)
        put(a, "word/document.xml", document, sizeof document - 1), put(a, "word/numbering.xml", data, n),
            put(a, "word/styles.xml", data, n);
    if (mode == 2)
        put(a, "mimetype", "application/vnd.oasis.opendocument.text", 39), put(a, "content.xml", data, n);
    if (mode == 5) put(a, "xl/worksheets/sheet1.xml", data, n);
    if (mode == 6)
        put(a, "xl/sharedStrings.xml", data, n), put(a, "xl/worksheets/sheet1.xml", cells, sizeof cells - 1);
    archive_write_close(a);
    archive_write_free(a);
}

static void check_page(Load *doc, int n)
{
    Page page;
    Raster raster = {0};
    Err err = {0};
    page_init(&page, n);
    if (!load_page(doc, n, &page, &raster, &err) || !page_check(&page, &err)) abort();
    for (size_t i = 0; i < page.words.n; i++)
        if (utf8_valid_prefix(page.words.v[i].raw, strlen(page.words.v[i].raw)) !=
            strlen(page.words.v[i].raw))
            abort();
    page_release(&page);
}

static void check_book(const char *path)
{
    Buf bytes = {0}, csv = {0};
    Err err = {0};
    if (file_read(path, 1 << 26, &bytes, &err) && load_is_book(buf_str(&bytes), bytes.len) &&
        !load_book("book", bytes.s, bytes.len, &csv, &err) && (!err.code || !err.text[0]))
        abort();
    buf_release(&bytes);
    buf_release(&csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[64];
    Err err = {0};
    if (n == 0) return 0;
    int mode = data[0] % MODES, fd = memfd_create("fuzz", MFD_CLOEXEC);
    const LoadOptions options = {.most_unpacked = 4 << 20};
    if (mode < 3 || mode > 4)
        put_zip(fd, mode, data + 1, n - 1);
    else if ((mode == 3 && write(fd, "<html>", 6) != 6) || write(fd, data + 1, n - 1) != (ssize_t)n - 1)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (mode > 4) check_book(path);
    Load *doc = mode > 4 ? NULL : load_open(path, &options, &err);
    if (!doc && mode < 5 && (!err.code || !err.text[0])) abort();
    for (int i = 1; doc && mode < 4 && i <= load_pages(doc) && i <= 3; i++) check_page(doc, i);
    load_close(doc);
    close(fd);
    return 0;
}
