/* Any bytes as a dictionary of --dict. */
#include "base/file.h"
#include "restore/private.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Restore *r;
    Err err = {0};
    Arena a = {0};
    Word *w;
    int words;
    static const char line[] = "Truong Mam non Hoa Mai to chuc";
    RestoreOptions o = {.from = FROM_STRIPPED};
    if (!r && !(r = restore_open(&o, &err))) abort();
    dict_free(r->dict);
    r->dict = dict_new();
    dict_parse(r->dict, &r->lex, (const char *)data, n);
    if (!restore_line(r, &a, line, sizeof line - 1, &w, &words, &err)) abort();
    arena_release(&a);
    return 0;
}
