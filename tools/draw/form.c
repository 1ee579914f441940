/* A table of forms, nothing else. What a row does not say is plain: all rules, section rows (MẦM NON), ordinals 1..n. */
#include "form.h"

#include <string.h>

const Form forms[] = {
    {"ruled", "all rules, levels as section rows", .lists = 0.05},
    {"ruled-level-column", "all rules, the level in a column", .level = LEVEL_COLUMN, .lists = 0.05},
    {"merged-level", "the level in a cell joined over its rows", .level = LEVEL_MERGED},
    {"unruled", "no rules: columns by white space", .rules = RULES_NONE},
    {"unruled-level-column", "no rules, the level in a column", .rules = RULES_NONE, .level = LEVEL_COLUMN},
    {"horizontal-only", "rules between rows only", .rules = RULES_HORIZONTAL},
    {"dotted", "dotted rules", .stroke = STROKE_DOTTED},
    {"dashed", "dashed rules", .stroke = STROKE_DASHED},
    {"broken", "rules with gaps", .stroke = STROKE_BROKEN},
    {"faint", "thin grey rules", .stroke = STROKE_FAINT},
    {"double", "double rules", .stroke = STROKE_DOUBLE},
    {"strokes", "a seal and pen strokes over the table", .seal = true, .pen = 6},
    {"cut-cells", "rows that break inside at the page's end", .notes = 0.8, .lists = 0.3, .cut = true},
    {"continued", "more pages, the header on each", .repeated = true, .rows = 55, .level = LEVEL_COLUMN},
    {"landscape", "wide pages with address and note columns", .notes = 0.7, .landscape = true},
    {"turned-90", "wide pages fed in sideways", .turn = 90, .landscape = true, .notes = 0.5},
    {"turned-180", "pages fed in upside down", .turn = 180},
    {"turned-270", "wide pages fed in sideways, the other way", .turn = 270, .landscape = true, .notes = 0.5},
    {"notes-wrap", "narrow address and note columns that wrap", .notes = 0.9},
    {"district-in-cell", "the district in the cells", .district = true},
    {"no-ordinal", "no ordinals", .ordinals = ORDINALS_NONE},
    {"restart", "ordinals begin again at each level", .ordinals = ORDINALS_RESTART},
    {"list-in-cell", "several schools in a cell", .lists = 0.45},
    {"tables", "a table for each level", .level = LEVEL_TABLES, .ordinals = ORDINALS_RESTART},
    {"prefix", "the level only in the names", .level = LEVEL_PREFIX},
    {"two-header", "a header of two rows with joined cells", .two_header = true, .notes = 0.6},
    {"capitals", "names in capitals", .capitals = true},
    {"within", "the table inside the letter, before the signature", .within = true},
    {"phones", "columns of addresses, telephone numbers and notes", .notes = 0.6, .phones = true,
     .landscape = true},
    {"groups", "three to five schools in a cell", .groups = 0.35},
    {"unnumbered", "rows that nobody numbered among numbered ones", .unnumbered = 0.15},
    {"district-in-header", "the districts in the header only", .in_header = true},
    {"signed-over", "a seal and a signature over the last rows, their ink mixed with the print",
     .signed_over = true},
    {.name = NULL},
};

const Form *form_lookup(const char *name)
{
    for (const Form *form = forms; form->name; form++)
        if (!strcmp(form->name, name)) return form;
    return NULL;
}

/* In the order of the enum. */
static int place_in(const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++)
        if (!strcmp(names[i], name)) return i;
    return -1;
}

bool stroke_named(const char *name, Stroke *out)
{
    static const char *const names[] = {"solid", "dotted", "dashed", "broken", "faint", "double", NULL};
    int place = place_in(names, name);
    if (place >= 0) *out = (Stroke)place;
    return place >= 0;
}

bool level_named(const char *name, LevelAs *out)
{
    static const char *const names[] = {"section", "column", "merged", "prefix", "tables", NULL};
    int place = place_in(names, name);
    if (place >= 0) *out = (LevelAs)place;
    return place >= 0;
}
