/* words: the words that plans are written with: names.tsv and sentences.tsv, read once.
 *
 *   Words *words = words_load("tools/draw");
 *   const char *task = words_pick(words, rng, "task");
 *   words_free(words);
 */
#ifndef DRAW_WORDS_H
#define DRAW_WORDS_H

#include <glib.h>

#include "rng.h"

typedef struct District {
    char *kind;          /* "quận", "huyện", "thành phố", "thị xã" */
    char *name;          /* "Hà Đông" */
    char *province;      /* "Hà Nội" */
    GPtrArray *communes; /* char *: its wards and communes without their kind */
} District;

typedef struct Words {
    GPtrArray *districts; /* District * */
    GHashTable *lists;    /* kind of line -> GPtrArray of char *: "namesake", "task", ... */
} Words;

/* Reads both files in the folder; dies with a message when one is missing or broken. */
Words *words_load(const char *folder);
void words_free(Words *words);

/* The list of a kind; dies when there is none. Lent. */
GPtrArray *words_list(const Words *words, const char *kind);

/* One of a kind by chance; dies when there is none. Lent. */
const char *words_pick(const Words *words, Rng *rng, const char *kind);

/* The district of that name, or NULL. Lent. */
const District *words_district(const Words *words, const char *name);

/* Whether it is a district of a town (quận, thành phố, thị xã), not a rural one. */
gboolean district_is_town(const District *district);

#endif
