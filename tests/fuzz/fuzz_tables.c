/* Any bytes as a confusion table and as each of the gazetteer's lists, and what is asked of them. The first
 * byte chooses the list. */
#include "model/confuse.h"
#include "model/gazetteer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const LISTS[] = {"schools.tsv", "units.tsv", "streets.tsv", "school-names.tsv",
                                    "syllables.tsv"};
static char folder[] = "/tmp/fuzz-tables-XXXXXX";

static void remove_lists(void)
{
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, LISTS[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void write_list(const char *name, const void *data, size_t n)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0) abort();
}

static void ask_gazetteer(void)
{
    static const char *const districts[] = {"Hà Đông"};
    Err err = {0};
    Gazetteer *g = gazetteer_open(&err);
    Spelling out[4];
    if (!g) return;
    gazetteer_score(g, "Lê Quý Đôn");
    gazetteer_count(g, "Hoa Mai");
    gazetteer_near(g, "Le Quy Don", 2, districts, 1, out, 4);
    gazetteer_lookup_district(g, "ha dong");
    gazetteer_in_district(g, "Phú Lãm", "Hà Đông");
    gazetteer_syllables(g, "Hoa Mai");
    gazetteer_vote_district(g, districts, 1, 0.5);
    gazetteer_close(g);
}

static void ask_channel(const char *text, size_t n)
{
    Confuse c;
    Err err = {0};
    if (confuse_parse(&c, text, n, "x", &err) && !(confuse_one(&c, 'a', 'a') < 100)) abort();
    confuse_release(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static bool ready;
    if (n == 0) return 0;
    if (!ready) {
        if (!mkdtemp(folder) || setenv("DAU_DATA", folder, 1) != 0 || atexit(remove_lists) != 0) abort();
        for (int i = 0; i < 4; i++) write_list(LISTS[i], "", 0);
        ready = true;
    }
    const char *list = LISTS[data[0] & 3];
    write_list(list, data + 1, n - 1);
    ask_gazetteer();
    write_list(list, "", 0);
    ask_channel((const char *)data + 1, n - 1);
    return 0;
}
