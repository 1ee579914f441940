/* fields: the columns of a row of the list when it leaves the program. One table serves every form: JSON, CSV, the
 * workbook, the data package, the sheet to correct in, the database, the review page, and libdau.
 *
 *     const RowField *of[ROW_FIELDS];
 *     int n = row_fields(FORM_CSV, of);
 *     for (int i = 0; i < n; i++) buf_add_csv_text(&b, row_text(of[i], &row, &arena));
 *
 * A field that a form does not carry says why (RowField.absent); tests/doc/test_fields.c holds each form to that.
 *
 * To add a column, add its row to the table in fields.c and its name to RowFieldId. Every form but two loops over the
 * table. Those two are C and SQL of their own, which the test compares with the table: DauPairing (lib/dau.h) and the
 * rows of the database (store/pairing.c and a script in store/schema/). What belongs to a school and not to a row also
 * goes beside `district` in export/package.c and review/desk.c.
 */
#ifndef DAU_DOC_FIELDS_H
#define DAU_DOC_FIELDS_H

#include "doc/pairing.h"

typedef enum RowForm {
    FORM_JSON,     /* lines of JSON, and `dau extract` */
    FORM_CSV,      /* dau export --format csv */
    FORM_XLSX,     /* the workbook */
    FORM_PACKAGE,  /* pairings.csv of the data package */
    FORM_SHEET,    /* --for-correction */
    FORM_DATABASE, /* the table pairings, with schools, mentions and the view named */
    FORM_REVIEW,   /* what the review page is given */
    FORM_LIBRARY,  /* DauPairing of dau.h */
    FORMS
} RowForm;

typedef enum ValueType {
    VALUE_TEXT,   /* const char *; NULL: nothing says */
    VALUE_COUNT,  /* int */
    VALUE_SHARE,  /* float, 0 to 1 */
    VALUE_LEVEL,  /* Level, by its code */
    VALUE_KIND,   /* PairKind, by its name */
    VALUE_BOX,    /* Rect; JSON has it as [x,y,w,h] */
    VALUE_WORDS,  /* text of words parted by blanks; a list in JSON */
    VALUE_PLACES, /* the mentions: "page x y w h", parted by semicolons; a list in JSON */
} ValueType;

/* Digits after the point of a probability, or of another share, wherever one is written for programs. */
enum { SHARE_DIGITS = 4 };

typedef enum RowFieldId {
    ROW_ID,
    ROW_FILE,
    ROW_PAGE,
    ROW_NO,
    ROW_LEVEL,
    ROW_SCHOOL,
    ROW_PARTNER,
    ROW_DISTRICT,
    ROW_PARTNER_DISTRICT,
    ROW_SCHOOL_RAW,
    ROW_PARTNER_RAW,
    ROW_PROB,
    ROW_BOX,
    ROW_X,
    ROW_Y,
    ROW_W,
    ROW_H,
    ROW_RULE,
    ROW_FLAGS,
    ROW_SINCE,
    ROW_UNTIL,
    ROW_MENTIONS,
    ROW_SCHOOL_PROB,
    ROW_PARTNER_PROB,
    ROW_KIND,
    ROW_FIELDS
} RowFieldId;

typedef struct RowField {
    const char *name;          /* of the column, and of the member in JSON */
    ValueType type;            /* of what stands at `at` */
    size_t at;                 /* bytes into Row */
    int width;                 /* characters of a column that shows it */
    const char *absent[FORMS]; /* why that form does not carry it; NULL: it does */
    const char *about;         /* a sentence for a person; NULL: the name says it */
} RowField;

/* The field with that number, lent; and the number of a field of the table. */
const RowField *row_field(RowFieldId id);
RowFieldId row_field_id(const RowField *field);
/* Writes the fields of a form into `of`, in the form's order, and returns how many. Fields of later versions stand
 * last. */
int row_fields(RowForm form, const RowField *of[ROW_FIELDS]);

/* The value as text, "" where nothing says it. A share has up to four digits after its point, a box is "x y w h". In the
 * arena, or lent by the row. */
const char *row_text(const RowField *field, const Row *row, Arena *a);
/* False where a text is NULL. Values of the other types are always there. */
bool row_has(const RowField *field, const Row *row);
/* Appends the member of a JSON object, name and value; null where nothing says it. */
void row_json(Buf *b, const RowField *field, const Row *row);
int row_count(const RowField *field, const Row *row);   /* VALUE_COUNT */
float row_share(const RowField *field, const Row *row); /* VALUE_SHARE */
Rect row_rect(const RowField *field, const Row *row);   /* VALUE_BOX */

#endif
