/* A fact as a record: kind, item, value, raw, probability, place (page, box, words):
 *
 *     fact  number  0  763/KH-PGDĐT  763/KH-PGDDT  0.97  1  212 804 1210 60  118 6 */
#include "doc/document.h"

#include "base/tsv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "kind",         "number",       "date",         "place",          "issuer",        "superior",
    "title",        "school_years", "since",        "until",          "basis",         "basis_kind",
    "basis_number", "basis_date",   "basis_issuer", "signer",         "signer_office", "signer_for",
    "signer_of",    "recipient",    "esigned_by",   "esigned_office", "esigned_at",
};
static_assert(sizeof names / sizeof *names == FACTS, "a name for each kind of fact");

const char *fact_name(FactKind kind)
{
    return names[kind];
}

bool fact_from_name(const char *name, FactKind *kind)
{
    for (int i = 0; i < FACTS; i++)
        if (strcmp(names[i], name) == 0) return *kind = (FactKind)i, true;
    return false;
}

unsigned fact_flags(const Fact *f)
{
    enum { WHOLE_DATE = 10 }; /* characters */
    bool number = f->kind == FACT_NUMBER || f->kind == FACT_BASIS_NUMBER;
    bool date = f->kind == FACT_DATE || f->kind == FACT_BASIS_DATE;
    bool open = (number && f->value[0] == '/') || (date && strlen(f->value) < WHOLE_DATE);
    return (open ? FACT_OPEN : 0u) | (f->prob < FACT_SURE ? FACT_DOUBTFUL : 0u);
}

const Fact *fact_lookup(const FactVec *facts, FactKind kind, int item)
{
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].kind == kind && (!item || facts->v[i].item == item)) return &facts->v[i];
    return NULL;
}

void facts_dump(const FactVec *facts, Buf *out)
{
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *f = &facts->v[i];
        tsv_add(out, "fact");
        tsv_add(out, fact_name(f->kind));
        tsv_addf(out, "%d", f->item);
        tsv_add(out, f->value);
        tsv_add(out, f->raw);
        tsv_addf(out, "%.9g", (double)f->prob);
        place_add(out, &f->place);
    }
}

bool fact_take(FactVec *facts, Arena *a, char *const *field, int fields)
{
    Fact f = {0};
    if (fields != 6 + PLACE_FIELDS || !field[1] || !field[2] || !field[3]) return false;
    f.item = (int)strtol(field[2], NULL, 10);
    f.value = arena_str(a, field[3]);
    f.raw = arena_str(a, field[4]);
    if (!fact_from_name(field[1], &f.kind) || !prob_take(field[5], &f.prob) ||
        !place_take(&field[6], &f.place))
        return false;
    *vec_push(facts) = f;
    return true;
}
