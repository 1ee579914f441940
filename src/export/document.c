/* Facts are a list; here they become an object: single values by name, what comes several times as lists of
 * objects, and at the end the evidence of each of them in the order of the facts. */
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
    json_add_key(b, key);
    buf_addc(b, '[');
    for (int i = 1; i <= items; i++) {
        buf_add(b, i > 1 ? ",{" : "{");
        for (size_t k = 0; k < parts; k++) json_add_string(b, part[k].key, value_of(facts, part[k].kind, i));
        buf_addc(b, '}');
    }
    buf_addc(b, ']');
}

static void add_recipients(Buf *b, const FactVec *facts)
{
    const char *comma = "";
    json_add_key(b, "recipients");
    buf_addc(b, '[');
    for (size_t i = 0; i < facts->n; i++) {
        if (facts->v[i].kind != FACT_RECIPIENT) continue;
        buf_add(b, comma), buf_add_json(b, facts->v[i].value), comma = ",";
    }
    buf_addc(b, ']');
}

static void add_evidence(Buf *b, const FactVec *facts)
{
    json_add_key(b, "evidence");
    buf_addc(b, '[');
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *f = &facts->v[i];
        buf_add(b, i ? ",{" : "{");
        json_add_string(b, "field", f->kind == FACT_KIND ? "type" : fact_name(f->kind));
        buf_addf(b, ",\"item\":%d", f->item);
        json_add_string(b, "value", f->value);
        json_add_string(b, "raw", f->raw);
        json_add_prob(b, f->prob);
        json_add_place(b, &f->place);
        buf_addf(b, ",\"words\":[%d,%d]}", f->place.first_word, f->place.words);
    }
    buf_addc(b, ']');
}

static void add_object(Buf *b, const char *file, const FactVec *facts)
{
    static const Part single[] = {{"type", FACT_KIND},     {"number", FACT_NUMBER},
                                  {"date", FACT_DATE},     {"place", FACT_PLACE},
                                  {"issuer", FACT_ISSUER}, {"superior", FACT_SUPERIOR},
                                  {"title", FACT_TITLE},   {"school_years", FACT_SCHOOL_YEARS},
                                  {"since", FACT_SINCE},   {"until", FACT_UNTIL},
                                  {"signer", FACT_SIGNER}, {"signer_office", FACT_SIGNER_OFFICE}};
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
    buf_addc(b, '{');
    json_add_string(b, "kind", "document");
    json_add_string(b, "file", file);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        json_add_string(b, single[i].key, value_of(facts, single[i].kind, 0));
    add_list(b, facts, "issuers", issuers, sizeof issuers / sizeof *issuers);
    add_list(b, facts, "legal_bases", bases, sizeof bases / sizeof *bases);
    add_list(b, facts, "signers", signers, sizeof signers / sizeof *signers);
    add_recipients(b, facts);
    add_evidence(b, facts);
    buf_addc(b, '}');
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
