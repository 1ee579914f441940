/* Take the row  3fa9c1d2e4b5-12 | plan.pdf | 4 | 25 | TH | Nguyễn Du | Phú Lãm.  Its field `school` is text, and stands
 * in the Row at pairing.school.name. The data package does not carry the name itself: there the column has the number
 * of a row in schools.csv. */
#include "doc/fields.h"

#include "base/json.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define AT(member)  offsetof(Row, member)
#define BOX(member) AT(pairing.place.box.member)

static const char in_picture[] = "the picture beside the row shows it";
static const char in_schools[] = "schools.csv has it";
static const char in_box[] = "the box has it";
static const char in_sides[] = "x, y, w and h have it";
static const char in_database[] = "only a database has ids";
static const char in_call[] = "the caller named the file";
static const char in_objects[] = "the object of its school has it";
static const char not_to_correct[] = "it cannot be corrected in a cell";

/* Of what is a value of its own in some forms, and part of another in the rest. */
#define SIDE_ABSENT                                                                                       \
    {                                                                                                     \
        [FORM_JSON] = in_box, [FORM_XLSX] = in_picture, [FORM_SHEET] = in_picture, [FORM_REVIEW] = in_box \
    }
#define BOX_ABSENT                                                                       \
    {                                                                                    \
        [FORM_CSV] = in_sides, [FORM_XLSX] = in_picture, [FORM_PACKAGE] = in_sides,      \
        [FORM_SHEET] = in_picture, [FORM_DATABASE] = in_sides, [FORM_LIBRARY] = in_sides \
    }
#define DISTRICT_ABSENT                                         \
    {                                                           \
        [FORM_PACKAGE] = in_schools, [FORM_REVIEW] = in_objects \
    }

/* clang-format off */
static const RowField fields[ROW_FIELDS] = {
    [ROW_ID]               = {"id", VALUE_TEXT, AT(id), 17, {[FORM_LIBRARY] = in_database},
                              "document, '-', position in it"},
    [ROW_FILE]             = {"file", VALUE_TEXT, AT(file), 24, {[FORM_LIBRARY] = in_call}, NULL},
    [ROW_PAGE]             = {"page", VALUE_COUNT, AT(pairing.place.page), 6, {0}, "from 1"},
    [ROW_NO]               = {"no", VALUE_TEXT, AT(pairing.no), 6, {0}, "ordinal as printed"},
    [ROW_LEVEL]            = {"level", VALUE_LEVEL, AT(pairing.level), 9, {0}, "MN, TH, THCS, THPT ..."},
    [ROW_SCHOOL]           = {"school", VALUE_TEXT, AT(pairing.school.name), 26, {[FORM_REVIEW] = in_objects}, NULL},
    [ROW_PARTNER]          = {"partner", VALUE_TEXT, AT(pairing.partner.name), 26, {[FORM_REVIEW] = in_objects}, NULL},
    [ROW_DISTRICT]         = {"district", VALUE_TEXT, AT(pairing.school.district), 16, DISTRICT_ABSENT, NULL},
    [ROW_PARTNER_DISTRICT] = {"partner_district", VALUE_TEXT, AT(pairing.partner.district), 16, DISTRICT_ABSENT, NULL},
    [ROW_SCHOOL_RAW]       = {"school_raw", VALUE_TEXT, AT(pairing.school.raw), 26, {[FORM_REVIEW] = in_objects},
                              "as it was read"},
    [ROW_PARTNER_RAW]      = {"partner_raw", VALUE_TEXT, AT(pairing.partner.raw), 26, {[FORM_REVIEW] = in_objects},
                              "as it was read"},
    [ROW_PROB]             = {"prob", VALUE_SHARE, AT(pairing.prob), 8, {0},
                              "that names, level and joining are right, 0 to 1"},
    [ROW_BOX]              = {"box", VALUE_BOX, AT(pairing.place.box), 20, BOX_ABSENT, NULL},
    [ROW_X]                = {"x", VALUE_COUNT, BOX(x), 6, SIDE_ABSENT, "of the row on the page as scanned, pixels"},
    [ROW_Y]                = {"y", VALUE_COUNT, BOX(y), 6, SIDE_ABSENT, NULL},
    [ROW_W]                = {"w", VALUE_COUNT, BOX(w), 6, SIDE_ABSENT, NULL},
    [ROW_H]                = {"h", VALUE_COUNT, BOX(h), 6, SIDE_ABSENT, NULL},
    [ROW_RULE]             = {"rule", VALUE_TEXT, AT(pairing.rule), 20, {[FORM_SHEET] = not_to_correct},
                              "why these two"},
    [ROW_FLAGS]            = {"flags", VALUE_WORDS, AT(pairing.flags), 20, {0},
                              "what a check found, parted by blanks"},
    [ROW_SINCE]            = {"since", VALUE_TEXT, AT(pairing.since), 11, {0},
                              "when the twinning begins: a year, month or day by ISO 8601"},
    [ROW_UNTIL]            = {"until", VALUE_TEXT, AT(pairing.until), 11, {0}, "the last year, month or day of it"},
    [ROW_MENTIONS]         = {"mentions", VALUE_PLACES, AT(pairing.mention), 20, {[FORM_SHEET] = not_to_correct},
                              "where else it is said: page x y w h, parted by semicolons"},
    [ROW_SCHOOL_PROB]      = {"school_prob", VALUE_SHARE, AT(pairing.school.prob), 8, {[FORM_REVIEW] = in_objects},
                              "that the school's name is right, 0 to 1"},
    [ROW_PARTNER_PROB]     = {"partner_prob", VALUE_SHARE, AT(pairing.partner.prob), 8, {[FORM_REVIEW] = in_objects},
                              "that the partner's name is right, 0 to 1"},
    [ROW_KIND]             = {"kind", VALUE_KIND, AT(pairing.kind), 10, {[FORM_SHEET] = not_to_correct},
                              "who is twinned: school; or the union, party, youth or pioneers of the schools"},
};
/* clang-format on */
static_assert(sizeof fields / sizeof *fields == ROW_FIELDS, "a field without a row");

/* The first fields of a form whose order is not the table's, ended by ROW_FIELDS. The others follow in the table's
 * order. */
typedef unsigned char Order[ROW_FIELDS + 1];

static const Order json_order = {ROW_ID,
                                 ROW_FILE,
                                 ROW_PAGE,
                                 ROW_NO,
                                 ROW_LEVEL,
                                 ROW_SCHOOL,
                                 ROW_PARTNER,
                                 ROW_SCHOOL_RAW,
                                 ROW_PARTNER_RAW,
                                 ROW_DISTRICT,
                                 ROW_PARTNER_DISTRICT,
                                 ROW_FIELDS};
static const Order xlsx_order = {ROW_ID,         ROW_FILE,        ROW_PAGE,
                                 ROW_NO,         ROW_LEVEL,       ROW_SCHOOL,
                                 ROW_PARTNER,    ROW_DISTRICT,    ROW_PARTNER_DISTRICT,
                                 ROW_PROB,       ROW_FLAGS,       ROW_RULE,
                                 ROW_SCHOOL_RAW, ROW_PARTNER_RAW, ROW_FIELDS};
static const Order package_order = {ROW_ID,         ROW_FILE,        ROW_PAGE,  ROW_NO,    ROW_LEVEL,
                                    ROW_SCHOOL,     ROW_PARTNER,     ROW_PROB,  ROW_FLAGS, ROW_RULE,
                                    ROW_SCHOOL_RAW, ROW_PARTNER_RAW, ROW_FIELDS};
static const Order none = {ROW_FIELDS};

static const unsigned char *const orders[FORMS] = {
    [FORM_JSON] = json_order,       [FORM_CSV] = none,    [FORM_XLSX] = xlsx_order,
    [FORM_PACKAGE] = package_order, [FORM_SHEET] = none,  [FORM_DATABASE] = none,
    [FORM_REVIEW] = none,           [FORM_LIBRARY] = none};
static_assert(sizeof orders / sizeof *orders == FORMS, "a form without an order");

const RowField *row_field(RowFieldId id)
{
    return &fields[id];
}

RowFieldId row_field_id(const RowField *field)
{
    return (RowFieldId)(field - fields);
}

int row_fields(RowForm form, const RowField *of[ROW_FIELDS])
{
    bool taken[ROW_FIELDS] = {0};
    int n = 0;
    for (const unsigned char *id = orders[form]; *id != ROW_FIELDS; id++) {
        taken[*id] = true;
        if (!fields[*id].absent[form]) of[n++] = &fields[*id];
    }
    for (int id = 0; id < ROW_FIELDS; id++)
        if (!taken[id] && !fields[id].absent[form]) of[n++] = &fields[id];
    return n;
}

/* ---- values ---- */

static const void *value_at(const RowField *field, const Row *row)
{
    return (const char *)row + field->at;
}

bool row_has(const RowField *field, const Row *row)
{
    bool text = field->type == VALUE_TEXT || field->type == VALUE_WORDS;
    return !text || *(const char *const *)value_at(field, row);
}

int row_count(const RowField *field, const Row *row)
{
    return *(const int *)value_at(field, row);
}

float row_share(const RowField *field, const Row *row)
{
    return *(const float *)value_at(field, row);
}

Rect row_rect(const RowField *field, const Row *row)
{
    return *(const Rect *)value_at(field, row);
}

static const char *places_text(const Pairing *p, Arena *a)
{
    Buf b = {0};
    for (int i = 0; i < p->mentions; i++) {
        Rect r = p->mention[i].box;
        buf_addf(&b, "%s%d %d %d %d %d", i ? "; " : "", p->mention[i].page, r.x, r.y, r.w, r.h);
    }
    const char *text = arena_str(a, buf_str(&b));
    buf_release(&b);
    return text;
}

static const char *share_text(float share, Arena *a)
{
    Buf b = {0};
    buf_add_number(&b, (double)share, SHARE_DIGITS);
    const char *text = arena_str(a, b.s);
    buf_release(&b);
    return text;
}

const char *row_text(const RowField *field, const Row *row, Arena *a)
{
    const void *value = value_at(field, row);
    const char *text = NULL;
    switch (field->type) {
    case VALUE_TEXT:
    case VALUE_WORDS: text = *(const char *const *)value; break;
    case VALUE_COUNT: return arena_printf(a, "%d", row_count(field, row));
    case VALUE_SHARE: return share_text(row_share(field, row), a);
    case VALUE_LEVEL: return level_code(*(const Level *)value);
    case VALUE_KIND: return pair_kind_name(*(const PairKind *)value);
    case VALUE_BOX: {
        Rect r = row_rect(field, row);
        return arena_printf(a, "%d %d %d %d", r.x, r.y, r.w, r.h);
    }
    case VALUE_PLACES: return places_text(&row->pairing, a);
    }
    return text ? text : "";
}

/* ---- as JSON ---- */

/* "gap level-differs" -> ["gap","level-differs"] */
static void words_json(Buf *b, const char *words)
{
    json_open(b, '[');
    for (const char *p = words + strspn(words, " "); *p;) {
        char word[80];
        size_t n = strcspn(p, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, p);
        json_text(b, NULL, word);
        p += n + strspn(p + n, " ");
    }
    json_close(b, ']');
}

static void places_json(Buf *b, const Pairing *p)
{
    json_open(b, '[');
    for (int i = 0; i < p->mentions; i++) {
        json_open(b, '{');
        json_int(b, "page", p->mention[i].page);
        json_rect(b, "box", p->mention[i].box);
        json_close(b, '}');
    }
    json_close(b, ']');
}

void row_json(Buf *b, const RowField *field, const Row *row)
{
    Arena tmp = {0};
    const char *name = field->name, *text = row_text(field, row, &tmp);
    switch (field->type) {
    case VALUE_TEXT: json_text(b, name, row_has(field, row) ? text : NULL); break;
    case VALUE_LEVEL: json_text(b, name, *text ? text : NULL); break;
    case VALUE_KIND: json_text(b, name, text); break;
    case VALUE_COUNT: json_int(b, name, row_count(field, row)); break;
    case VALUE_SHARE: json_number(b, name, (double)row_share(field, row), SHARE_DIGITS); break;
    case VALUE_BOX: json_rect(b, name, row_rect(field, row)); break;
    case VALUE_WORDS: json_key(b, name), words_json(b, text); break;
    case VALUE_PLACES: json_key(b, name), places_json(b, &row->pairing); break;
    }
    arena_release(&tmp);
}
