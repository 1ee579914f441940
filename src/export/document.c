/* The facts of a document are a list; here they become an object. Single values stand under their names, "763/KH-PGDĐT"
 * as "number". What comes several times (issuers, legal bases, signers) becomes lists of objects. At the end stands the
 * evidence of each value, in the order of the facts. */
#include "export/document.h"

#include "export/json.h"

#include <string.h>

static const char *value_of(const FactVec *facts, FactKind kind, int item)
{
    const Fact *f = fact_lookup(facts, kind, item);
    return f ? f->value : NULL;
}

static int items_of(const FactVec *facts, FactKind kind)
{
    int most = 0;
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].kind == kind && facts->v[i].item > most) most = facts->v[i].item;
    return most;
}

typedef struct Part {
    const char *key;
    FactKind kind;
} Part;

/* [{"name":...,"office":...},...]: an object for each item that has one of the parts. */
static void add_list(Buf *b, const FactVec *facts, const char *key, const Part *part, size_t parts)
{
    int items = 0;
    for (size_t k = 0; k < parts; k++) {
        int n = items_of(facts, part[k].kind);
        if (n > items) items = n;
    }
    json_key(b, key), json_open(b, '[');
    for (int i = 1; i <= items; i++) {
        json_open(b, '{');
        for (size_t k = 0; k < parts; k++) json_text(b, part[k].key, value_of(facts, part[k].kind, i));
        json_close(b, '}');
    }
    json_close(b, ']');
}

static void add_recipients(Buf *b, const FactVec *facts)
{
    json_key(b, "recipients"), json_open(b, '[');
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].kind == FACT_RECIPIENT) json_text(b, NULL, facts->v[i].value);
    json_close(b, ']');
}

static void add_evidence(Buf *b, const FactVec *facts)
{
    json_key(b, "evidence"), json_open(b, '[');
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *f = &facts->v[i];
        json_open(b, '{');
        json_text(b, "field", f->kind == FACT_KIND ? "type" : fact_name(f->kind));
        json_int(b, "item", f->item);
        json_text(b, "value", f->value);
        json_text(b, "raw", f->raw);
        json_add_prob(b, f->prob);
        json_key(b, "flags"), json_open(b, '[');
        if (fact_flags(f) & FACT_OPEN) json_text(b, NULL, "open");
        if (fact_flags(f) & FACT_DOUBTFUL) json_text(b, NULL, "doubtful");
        json_close(b, ']');
        json_add_place(b, &f->place);
        json_key(b, "words"), json_open(b, '[');
        json_int(b, NULL, f->place.first_word), json_int(b, NULL, f->place.words);
        json_close(b, ']');
        json_close(b, '}');
    }
    json_close(b, ']');
}

static void add_object(Buf *b, const char *file, const FactVec *facts)
{
    static const Part single[] = {{"type", FACT_KIND},
                                  {"number", FACT_NUMBER},
                                  {"date", FACT_DATE},
                                  {"place", FACT_PLACE},
                                  {"issuer", FACT_ISSUER},
                                  {"superior", FACT_SUPERIOR},
                                  {"title", FACT_TITLE},
                                  {"school_years", FACT_SCHOOL_YEARS},
                                  {"since", FACT_SINCE},
                                  {"until", FACT_UNTIL},
                                  {"signer", FACT_SIGNER},
                                  {"signer_office", FACT_SIGNER_OFFICE},
                                  {"esigned_by", FACT_ESIGNED_BY},
                                  {"esigned_office", FACT_ESIGNED_OFFICE},
                                  {"esigned_at", FACT_ESIGNED_AT}};
    static const Part issuers[] = {{"issuer", FACT_ISSUER}, {"superior", FACT_SUPERIOR}};
    static const Part bases[] = {{"kind", FACT_BASIS_KIND},
                                 {"number", FACT_BASIS_NUMBER},
                                 {"date", FACT_BASIS_DATE},
                                 {"issuer", FACT_BASIS_ISSUER},
                                 {"text", FACT_BASIS}};
    static const Part signers[] = {{"name", FACT_SIGNER},
                                   {"office", FACT_SIGNER_OFFICE},
                                   {"for", FACT_SIGNER_FOR},
                                   {"of", FACT_SIGNER_OF}};
    json_open(b, '{');
    json_text(b, "kind", "document");
    json_text(b, "file", file);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        json_text(b, single[i].key, value_of(facts, single[i].kind, 0));
    add_list(b, facts, "issuers", issuers, sizeof issuers / sizeof *issuers);
    add_list(b, facts, "legal_bases", bases, sizeof bases / sizeof *bases);
    add_list(b, facts, "signers", signers, sizeof signers / sizeof *signers);
    add_recipients(b, facts);
    add_evidence(b, facts);
    json_close(b, '}');
}

void export_document_json(Buf *b, const char *file, const FactVec *facts)
{
    add_object(b, file, facts);
    buf_addc(b, '\n');
}

void export_with_documents(Buf *b, Format format, const DocumentRow *docs, size_t m, const Row *rows,
                           size_t n)
{
    bool array = format == FORMAT_JSON;
    size_t k = 0;
    if (array) buf_add(b, "[");
    for (size_t i = 0, done = 0; i < n || k < m; done++) {
        if (array) buf_add(b, done ? ",\n" : "\n");
        if (k < m && (i == n || strcmp(docs[k].file, rows[i].file) <= 0))
            add_object(b, docs[k].file, &docs[k].facts), k++;
        else
            json_add_row(b, &rows[i++]);
        if (!array) buf_addc(b, '\n');
    }
    if (array) buf_add(b, n || m ? "\n]\n" : "]\n");
}
