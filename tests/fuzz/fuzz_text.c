/* Any bytes as a text, in every state it may be taken for. The first byte chooses. */
#include "restore/restore.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static Restore *open_one(RestoreFrom from, bool quick)
{
    Err err = {0};
    RestoreOptions o = {.from = from, .quick = quick, .tone = quick ? RESTORE_TONE_NEW : RESTORE_TONE_AS_IS};
    Restore *r = restore_open(&o, &err);
    if (!r) abort();
    return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Restore *r[8];
    Arena a = {0};
    Err err = {0};
    Word *w;
    int words;
    if (n == 0) return 0;
    int k = data[0] & 7;
    if (!r[k]) r[k] = open_one((RestoreFrom)(k & 3), k > 3);
    if (!restore_line(r[k], &a, (const char *)data + 1, n - 1, &w, &words, &err)) abort();
    for (int i = 0; i < words; i++)
        if (!w[i].text || !(w[i].prob >= 0 && w[i].prob <= 1)) abort();
    arena_release(&a);
    return 0;
}
