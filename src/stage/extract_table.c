/* placeholder */
#include "stage/extract_parts.h"

void table_entries(Doc *doc, const XTable *t, const Run *above, int lines_above, Carry *carry, Entries *out)
{
    (void)doc, (void)t, (void)above, (void)lines_above, (void)carry, (void)out;
}

Role header_role(Run r)
{
    (void)r;
    return ROLE_NONE;
}
