/* document: what a document says of itself: its kind, number, date, issuer, title, what it rests on, how long
 * it holds, who signed it, who gets it.
 *
 *     for (size_t i = 0; i < facts.n; i++)
 *         if (facts.v[i].kind == FACT_NUMBER) use(facts.v[i].value);           "763/KH-PGDĐT"
 *     const Fact *date = fact_lookup(&facts, FACT_DATE, 0);
 *
 * A fact is one value with what it was read from. Things that come several times (issuers of a joint
 * document, legal bases, signers, recipients) are numbered: the facts of one of them have the same `item`,
 * from 1; facts of the document as a whole have item 0. A value that was not found is not a fact. The layout of
 * official texts is that of Nghị định 30/2020/NĐ-CP, annex I.
 */
#ifndef DAU_DOC_DOCUMENT_H
#define DAU_DOC_DOCUMENT_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/place.h"

#include <stdbool.h>

typedef enum FactKind {
    FACT_KIND,         /* "kế hoạch", lower case */
    FACT_NUMBER,       /* number and symbol: "763/KH-PGDĐT" */
    FACT_DATE,         /* ISO 8601; "2023-06" where no day can be read */
    FACT_PLACE,        /* where it was issued: "Cầu Giấy" */
    FACT_ISSUER,       /* item 1..: "Phòng Giáo dục và Đào tạo quận Cầu Giấy" */
    FACT_SUPERIOR,     /* of the issuer of the same item: "UBND quận Cầu Giấy" */
    FACT_TITLE,        /* what it is about, as printed */
    FACT_SCHOOL_YEARS, /* "2023-2024" */
    FACT_SINCE,        /* it holds from: ISO 8601, a year, month or day */
    FACT_UNTIL,        /* to, the last one included */
    FACT_BASIS,        /* item 1..: a legal basis, the whole of it as printed */
    FACT_BASIS_KIND,
    FACT_BASIS_NUMBER,
    FACT_BASIS_DATE,
    FACT_BASIS_ISSUER,
    FACT_SIGNER,        /* item 1..: "Lê Đức Thuận" */
    FACT_SIGNER_OFFICE, /* "Trưởng phòng" */
    FACT_SIGNER_FOR,    /* signed for: "KT. Trưởng phòng", "TM. Ủy ban nhân dân" */
    FACT_SIGNER_OF,     /* the organisation, where the block names it: "Trường MN Hoa Mai" */
    FACT_RECIPIENT,     /* item 1..: "UBND quận Cầu Giấy" */
    FACTS
} FactKind;

const char *fact_name(FactKind kind);                  /* "school_years" */
bool fact_from_name(const char *name, FactKind *kind); /* by fact_name's spelling */

typedef struct Fact {
    FactKind kind;
    int item; /* 0: of the document; from 1: of the issuer, basis, signer, recipient of that number */
    const char *value; /* in the form said above */
    const char *raw;   /* as the engine read it */
    Place place;
    float prob; /* 0..1, that value is right */
} Fact;

typedef VEC(Fact) FactVec;

/* The first of that kind and item; item 0: of any. Lent; NULL when there is none. */
const Fact *fact_lookup(const FactVec *facts, FactKind kind, int item);

/* Values as TSV, a record a fact: for goldens and the way from a worker to its parent. fact_take() reads one
 * record back (strings into the arena); false when it is none. */
void facts_dump(const FactVec *facts, Buf *out);
bool fact_take(FactVec *facts, Arena *a, char *const *field, int fields);

/* One document and what it says of itself. */
typedef struct DocumentRow {
    const char *file;
    FactVec facts;
} DocumentRow;

#endif
