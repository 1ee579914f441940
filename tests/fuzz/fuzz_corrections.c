/* fuzz_corrections: any bytes as a file of corrections, taken into a database with one document. What was
 * taken is written out; taken in again, it must be known, every line of it. */
#include "cmd/corrections.h"
#include "store/correct.h"
#include "store/sql.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void die(const char *why)
{
    fprintf(stderr, "fuzz_corrections: %s\n", why);
    abort();
}

static Store *open_store(void)
{
    char path[] = "/tmp/dau-fuzz-XXXXXX", sha[65];
    Err err = {0};
    Pairings found = {0};
    int fd = mkstemp(path);
    if (fd < 0) die("no temporary file");
    close(fd);
    Store *s = store_open(path, STORE_WRITE, &err);
    sql_script(s, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", &err);
    unlink(path);
    snprintf(sha, sizeof sha, "3fa9c1d2e4b5%052d", 0);
    int64_t doc = store_add_document(s, sha, 1, &err);
    store_put_file(s, "plan.pdf", NULL, &(FileSeen){.document = doc}, &err);
    store_set_pages(s, doc, "pdf", 1, &err);
    for (int i = 0; i < 4; i++)
        *vec_push(&found.v) = (Pairing){.no = "1",
                                        .school = {.name = "A", .prob = 0.5f},
                                        .partner = {.name = "B", .prob = 0.5f},
                                        .place = {1, {10, 50 * i, 500, 40}, 0, 0},
                                        .prob = 0.5f,
                                        .flags = ""};
    store_finish_document(s, doc, "0", &found, &err);
    pairings_release(&found);
    if (err_is(&err)) die(err.text);
    return s;
}

static bool add_json(void *out, const Correction *c, Err *err)
{
    correction_json(out, c);
    return !err_is(err);
}

static void take_again(Store *s)
{
    Buf b = {0};
    CorrectionsTaken t = {0};
    Err err = {0};
    corrections_each(s, add_json, &b, &err);
    corrections_take_lines(s, "again", buf_str(&b), b.len, &t, &err);
    if (err_is(&err)) die(err.text);
    if (t.fresh) die("what was taken is new again");
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Store *s;
    Buf b = {0};
    CorrectionsTaken t = {0};
    Err err = {0}, none = {0};
    if (!s) s = open_store();
    buf_addn(&b, (const char *)data, size);
    store_begin(s, &none);
    if (corrections_take_lines(s, "fuzz", buf_str(&b), b.len, &t, &err)) {
        corrections_replay(s, &none);
        if (err_is(&none)) die(none.text);
        take_again(s);
    } else if (!err.text[0])
        die("refused without a reason");
    store_rollback(s);
    buf_release(&b);
    return 0;
}
