#include "stage/extract_body.h"
void prose_pairings(const Body *b, Pairings *found)
{
    (void)b, (void)found;
}
