/* document: what a document says of itself: kind, number, date, issuer, title, legal bases, term, signers, recipients.
 *
 *     for (size_t i = 0; i < facts.n; i++)
 *         if (facts.v[i].kind == FACT_NUMBER) use(facts.v[i].value);           "763/KH-PGDĐT"
 *     const Fact *date = fact_lookup(&facts, FACT_DATE, 0);
 *
 * A fact is one value and what it was read from. Some things come several times: issuers of a joint document, legal
 * bases, signers, recipients. These are numbered: the facts of one of them have the same `item`, from 1. Facts of the
 * document as a whole have item 0. A value that was not found has no fact. src/extract/head/ fills the list; its strings
 * are in the arena of the Pairings that it belongs to. Offices lay official texts out as Nghị định 30/2020/NĐ-CP,
 * annex I, has it.
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
    FACT_SINCE,        /* in force from: ISO 8601, a year, month or day */
    FACT_UNTIL,        /* in force to, that year, month or day included */
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
    FACT_ESIGNED_BY, /* the mark of an electronic signature: who, "Ủy ban nhân dân quận Cầu Giấy" */
    FACT_ESIGNED_OFFICE, /* and their office, as printed */
    FACT_ESIGNED_AT,     /* and when: ISO 8601 to the second, or as printed where that cannot be read */
    FACTS
} FactKind;

const char *fact_name(FactKind kind);                  /* "school_years" */
bool fact_from_name(const char *name, FactKind *kind); /* as fact_name() spells it */

typedef struct Fact {
    FactKind kind;
    int item; /* 0: of the document; from 1: of the issuer, basis, signer, recipient of that number */
    const char *value; /* in the form said above */
    const char *raw;   /* as the engine read it */
    Place place;
    float prob; /* 0..1, that value is right */
} Fact;

typedef VEC(Fact) FactVec;

/* What is odd about a fact, as it follows from its value and its probability. */
typedef enum FactFlag {
    FACT_OPEN = 1 << 0,    /* part of it was not read, and is left out: "/KH-PGDĐT", "2024-09" */
    FACT_DOUBTFUL = 1 << 1 /* it is right with less than FACT_SURE */
} FactFlag;
#define FACT_SURE 0.87f             /* as of rows */
unsigned fact_flags(const Fact *f); /* a set of them */

/* The first fact of that kind and item; item 0: of any item. Lent; NULL when there is none. */
const Fact *fact_lookup(const FactVec *facts, FactKind kind, int item);

/* Facts as TSV, one record a fact, for goldens and for the way from a worker to its parent. fact_take() appends the fact
 * of one record, its strings copied into the arena. It returns false when the record is not a fact. */
void facts_dump(const FactVec *facts, Buf *out);
bool fact_take(FactVec *facts, Arena *a, char *const *field, int fields);

/* One document and what it says of itself. */
typedef struct DocumentRow {
    const char *file;
    FactVec facts;
} DocumentRow;

#endif
