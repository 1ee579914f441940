/* Any bytes as a context model. The header's sums and its language model are put right first. */
#include "base/arena.h"
#include "model/context.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const WordId row[] = {7, 3, CONTEXT_BREAK, 60000, 5, 4, 3, 1, 0}, cand[] = {4, 60001, 0};
    float logp[] = {-0.5f, -1, -2};
    LmHeader words = {0};
    ContextHeader h;
    Context c;
    Err err = {0};
    if (n < sizeof h) return 0;
    memcpy(&h, data, sizeof h);
    memcpy(h.magic, CONTEXT_MAGIC, sizeof h.magic);
    h.version = CONTEXT_VERSION, h.byte_order = LM_ORDER_MARK, h.complete = LM_COMPLETE, h.file_size = n;
    h.header_sum = lm_sum(&h, offsetof(ContextHeader, header_sum));
    words.header_sum = h.model, words.words = h.words;
    void *copy = aligned_alloc(64, (n + 63) / 64 * 64);
    if (!copy) return 0;
    memcpy(copy, data, n);
    memcpy(copy, &h, sizeof h);
    if (context_over(&c, copy, n, "x", &(LmFile){.header = &words}, &err)) {
        for (size_t at = 0; at < sizeof row / sizeof *row; at++)
            context_judge(&c, row, sizeof row / sizeof *row, at, cand, logp, 3);
        c.map = (FileMap){0};
        context_close(&c);
    }
    free(copy);
    return 0;
}
