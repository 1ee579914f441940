/* show_pairing: the evidence of one pairing. */
#ifndef DAU_CMD_SHOW_PAIRING_H
#define DAU_CMD_SHOW_PAIRING_H

#include "base/err.h"

/* `dau show --pairing ID -d plans.db -o crop.png`: cuts the row out of the scan it was read from. `out`
 * ending in
 * ".svg" gets the picture with the boxes of row, names and words drawn over it, any other name a PNG. For a
 * page of text: its lines, also to standard output ("-"). The file is looked for under every name it was
 * found by, and its SHA-256 compared: another file's pixels are not evidence (DAU_BAD_INPUT). */
bool show_pairing(const char *database, const char *id, const char *out, const char *const *passwords,
                  Err *err);

#endif
