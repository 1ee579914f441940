/* cmd/show_pairing: shows the evidence of one pairing.
 *
 *     show_pairing("plans.db", "3fa9c1d2e4b5-12", "crop.png", NULL, &err);
 */
#ifndef DAU_CMD_SHOW_PAIRING_H
#define DAU_CMD_SHOW_PAIRING_H

#include "base/err.h"

/* Cuts the row out of the scan that it was read from, as `dau show --pairing ID -d plans.db -o crop.png` does. An `out`
 * that ends in ".svg" gets the picture with the boxes of row, names and words drawn over it; any other name a PNG. For a
 * page of text it gets the lines, also on standard output ("-"). Which file that is, and errors: cmd/source.h. */
bool show_pairing(const char *database, const char *id, const char *out, const char *const *passwords,
                  Err *err);

#endif
