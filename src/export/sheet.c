/* Three-way comparison. A cell was exported as "Nguyén Du", its hash in `check`:
 *
 *     cell now     database now
 *     Nguyén Du    anything         the person did not change it: nothing
 *     Nguyễn Du    Nguyén Du        a correction
 *     Nguyễn Du    Nguyễn Du        already so
 *     Nguyễn Du    Nguyễn Dữ        both changed: a conflict
 */
#include "export/sheet.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "base/tr.h"
#include "base/viet.h"
#include "doc/fields.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HASH = 6,            /* hex digits of a cell: 1 chance in 16 million that a change is not seen */
    VERDICT = FIELDS,    /* behind the fields in `check` */
    PLACE = FIELDS + 1,  /* what was read, and where */
    CHECKED = FIELDS + 2 /* cells that `check` has a hash of */
};

/* The columns in their order: where the row is, the fields that a person may change, the verdict, what else is known, and
 * `check`. */
enum {
    COL_ID,
    COL_FILE,
    COL_PAGE,
    COL_FIRST,
    COL_VERDICT = COL_FIRST + FIELDS,
    COL_KNOWN,
    MOST_COLS = COL_KNOWN + ROW_FIELDS + 1
};

typedef struct SheetColumn {
    const char *name;
    const RowField *field; /* NULL: verdict or check */
} SheetColumn;

typedef struct SheetColumns {
    SheetColumn v[MOST_COLS];
    int n, check; /* check: the last */
} SheetColumns;

/* What was read is called so in the sheet, beside what stands now. */
static const char *name_in_sheet(const RowField *f)
{
    switch (row_field_id(f)) {
    case ROW_SCHOOL_RAW: return "school_read";
    case ROW_PARTNER_RAW: return "partner_read";
    default: return f->name;
    }
}

/* The order in which the sheet shows what cannot be changed; what is not named here follows. */
static const unsigned char known_first[] = {ROW_PROB, ROW_FLAGS, ROW_SCHOOL_RAW, ROW_PARTNER_RAW};

static void add_column(SheetColumns *c, RowFieldId id)
{
    const RowField *f = row_field(id);
    if (f->absent[FORM_SHEET]) return;
    for (int i = 0; i < c->n; i++)
        if (c->v[i].field == f) return;
    c->v[c->n++] = (SheetColumn){name_in_sheet(f), f};
}

static SheetColumns columns_of_sheet(void)
{
    static const unsigned char first[] = {ROW_ID,      ROW_FILE,     ROW_PAGE,
                                          ROW_NO,      ROW_LEVEL,    ROW_SCHOOL,
                                          ROW_PARTNER, ROW_DISTRICT, ROW_PARTNER_DISTRICT};
    static_assert(sizeof first == COL_VERDICT, "the fields that a person may change are those of correct.h");
    SheetColumns c = {0};
    for (size_t i = 0; i < sizeof first; i++) add_column(&c, (RowFieldId)first[i]);
    c.v[c.n++].name = "verdict";
    for (size_t i = 0; i < sizeof known_first; i++) add_column(&c, (RowFieldId)known_first[i]);
    for (int id = 0; id < ROW_FIELDS; id++) add_column(&c, (RowFieldId)id);
    c.v[c.check = c.n++].name = "check";
    return c;
}

static const char *const verdict_words[] = {"", "ok", "unreadable", "not a pairing"};

/* ---- out ---- */

static Verdict verdict_of(const Review *r)
{
    if (str_eq(r->state, "accepted")) return VERDICT_ACCEPT;
    if (str_eq(r->state, "unreadable")) return VERDICT_UNREADABLE;
    return str_eq(r->state, "not-a-pairing") ? VERDICT_NOT_PAIRING : VERDICT_NONE;
}

static const char *row_cell(Arena *a, const Review *r, int cell)
{
    const Pairing *f = &r->found;
    const char *value = NULL;
    Rect box = f->place.box;
    if (cell < FIELDS) value = field_value(&r->row.pairing, (Field)cell);
    if (cell == VERDICT) value = verdict_words[verdict_of(r)];
    if (cell == PLACE)
        value = arena_printf(a, "%d %d %d %d %d %s|%s", f->place.page, box.x, box.y, box.w, box.h,
                             f->school.raw ? f->school.raw : "", f->partner.raw ? f->partner.raw : "");
    return value ? value : "";
}

static void hash_cell(const char *value, char hash[HASH + 1])
{
    char hex[65];
    sha256_hex(value, strlen(value), hex);
    snprintf(hash, HASH + 1, "%.*s", HASH, hex);
}

void sheet_add_header(Buf *b)
{
    SheetColumns k = columns_of_sheet();
    buf_add(b, "\xEF\xBB\xBF");
    for (int c = 0; c < k.n; c++) buf_addf(b, "%s%s", c ? "," : "", k.v[c].name);
    buf_add(b, "\r\n");
}

static void add_known(Buf *b, const RowField *f, const Row *row, Arena *a)
{
    if (f->type == VALUE_SHARE)
        buf_addf(b, "%.2f", (double)row_share(f, row));
    else
        buf_add_csv_text(b, row_text(f, row, a));
}

static void add_check(Buf *b, const Review *r, Arena *a)
{
    buf_add(b, "k"); /* a letter, or 12e456 becomes a number */
    for (int c = 0; c < CHECKED; c++) {
        char hash[HASH + 1];
        hash_cell(row_cell(a, r, c), hash);
        buf_add(b, hash);
    }
}

void sheet_add(Buf *b, const Review *r)
{
    SheetColumns k = columns_of_sheet();
    Arena a = {0};
    for (int c = 0; c < k.n; c++) {
        if (c) buf_addc(b, ',');
        if (c >= COL_FIRST && c <= COL_VERDICT)
            buf_add_csv_text(b, row_cell(&a, r, c - COL_FIRST));
        else if (c == k.check)
            add_check(b, r, &a);
        else
            add_known(b, k.v[c].field, &r->row, &a);
    }
    buf_add(b, "\r\n");
    arena_release(&a);
}

/* ---- back ---- */

typedef struct SheetReader {
    Store *s;
    const Pen *pen;
    SheetSay say;
    void *context;
    SheetTally *tally;
    SheetColumns columns;
    int at[MOST_COLS]; /* where each of our columns stands in the sheet, or -1 */
    Map seen;          /* ids */
    Csv csv;
    Arena arena; /* of the row in hand */
} SheetReader;

static void sheet_tell(SheetReader *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void sheet_tell(SheetReader *t, const char *fmt, ...)
{
    char made[PHRASE_SIZE], text[PHRASE_SIZE];
    va_list ap;
    va_start(ap, fmt);
    phrase_makev(made, fmt, ap);
    va_end(ap);
    phrase_say(made, tr, text, sizeof text);
    t->say(t->context, text);
}

static bool read_header(SheetReader *t, Err *err)
{
    const SheetColumns *k = &t->columns;
    t->columns = columns_of_sheet();
    for (int c = 0; c < k->n; c++) t->at[c] = -1;
    if (!csv_next(&t->csv))
        return err_set(err, DAU_BAD_INPUT,
                       "the sheet is empty; 'dau export --format csv --for-correction' writes one");
    for (int f = 0; f < t->csv.fields; f++) {
        int c = 0;
        while (c < k->n && !str_eq(t->csv.field[f], k->v[c].name)) c++;
        if (c < k->n && t->at[c] >= 0)
            return err_set(err, DAU_BAD_INPUT, "the column '%s' stands there twice", k->v[c].name);
        if (c < k->n)
            t->at[c] = f;
        else if (*t->csv.field[f]) {
            sheet_tell(t, "the column '%.80s' is not one of the export; it is passed over", t->csv.field[f]);
            t->tally->strange++;
        }
    }
    if (t->at[COL_ID] < 0 || t->at[k->check] < 0)
        return err_set(
            err, DAU_BAD_INPUT,
            "the column '%s' is missing; 'dau export --format csv --for-correction' writes a sheet that "
            "can be taken back",
            k->v[t->at[COL_ID] < 0 ? COL_ID : k->check].name);
    return true;
}

/* What the cell says, as the database would hold it; NULL: the sheet has no such column. */
static const char *sheet_cell(SheetReader *t, int column)
{
    int f = t->at[column];
    if (f < 0) return NULL;
    const char *cell = f < t->csv.fields ? t->csv.field[f] : "";
    if (*cell == '\'' && str_like_formula(cell + 1)) cell++;
    return viet_trim(&t->arena, viet_nfc(&t->arena, cell, strlen(cell)));
}

static bool same_number(const char *a, const char *b)
{
    char *end_a, *end_b;
    double x = strtod(a, &end_a), y = strtod(b, &end_b);
    return *a && *b && !*end_a && !*end_b && x == y;
}

static Verdict verdict_from(Arena *a, const char *cell, bool *known)
{
    static const struct {
        const char *key;
        Verdict verdict;
    } words[] = {{"", VERDICT_NONE},
                 {"ok", VERDICT_ACCEPT},
                 {"dung", VERDICT_ACCEPT},
                 {"unreadable", VERDICT_UNREADABLE},
                 {"khong doc duoc", VERDICT_UNREADABLE},
                 {"not a pairing", VERDICT_NOT_PAIRING},
                 {"khong phai", VERDICT_NOT_PAIRING}};
    const char *key = viet_key(a, cell);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(key, words[i].key)) return *known = true, words[i].verdict;
    *known = false;
    return VERDICT_NONE;
}

typedef struct Change {
    Values values;
    Verdict verdict;
    int cells;
} Change;

static bool unchanged_since(const char *check, int cell, const char *value)
{
    char hash[HASH + 1];
    hash_cell(value, hash);
    return strncmp(check + 1 + (size_t)cell * HASH, hash, HASH) == 0;
}

/* Whether the person changed the cell, and the database did not. */
static bool to_be_taken(SheetReader *t, const char *name, const char *check, int cell, const char *typed,
                        const char *stands)
{
    if (unchanged_since(check, cell, typed)) return false;
    if (str_eq(typed, stands) || (cell == FIELD_NO && same_number(typed, stands))) {
        if (!unchanged_since(check, cell, stands)) t->tally->already++;
        return false;
    }
    if (unchanged_since(check, cell, stands)) return true;
    sheet_tell(t,
               "line %ld: %s is '%.120s' in the sheet, but became '%.120s' in the database since; not taken",
               t->csv.line, name, typed, stands);
    t->tally->conflicts++;
    return false;
}

static void take_cells(SheetReader *t, const Review *r, const char *check, Change *change)
{
    for (int f = 0; f < FIELDS; f++) {
        const char *typed = sheet_cell(t, COL_FIRST + f);
        if (!typed ||
            !to_be_taken(t, t->columns.v[COL_FIRST + f].name, check, f, typed, row_cell(&t->arena, r, f)))
            continue;
        change->values.v[f] = typed;
        change->values.has |= 1u << f;
        change->cells++;
    }
    const char *typed = sheet_cell(t, COL_VERDICT);
    if (!typed || !to_be_taken(t, "verdict", check, VERDICT, typed, row_cell(&t->arena, r, VERDICT))) return;
    bool known;
    change->verdict = verdict_from(&t->arena, typed, &known);
    if (!known || change->verdict == VERDICT_NONE) {
        sheet_tell(t,
                   known ? tr_mark("line %ld: a verdict is taken back in 'dau review'%.0s")
                         : tr_mark("line %ld: there is no verdict '%.80s'; ok, unreadable or not a pairing"),
                   t->csv.line, typed);
        t->tally->strange++;
        change->verdict = VERDICT_NONE;
        return;
    }
    change->cells++;
}

/* What a person typed over something that is there to be read, and no correction changes, is said. */
static void tell_read_only(SheetReader *t, const Review *r)
{
    static const unsigned char fixed[] = {ROW_PAGE, ROW_SINCE, ROW_UNTIL};
    for (int c = 0; c < t->columns.check; c++) {
        const RowField *f = t->columns.v[c].field;
        if (!f || !memchr(fixed, (int)row_field_id(f), sizeof fixed)) continue;
        const char *typed = sheet_cell(t, c), *stands = row_text(f, &r->row, &t->arena);
        stands = viet_trim(&t->arena, viet_nfc(&t->arena, stands, strlen(stands)));
        if (!typed || str_eq(typed, stands) || same_number(typed, stands)) continue;
        sheet_tell(t, "line %ld: the column '%s' is there to be read; '%.80s' is not taken", t->csv.line,
                   t->columns.v[c].name, typed);
        t->tally->strange++;
    }
}

static bool check_row(SheetReader *t, const char *id, const char *check, Review *r, Err *err)
{
    const char *why = NULL;
    if (!*id)
        why = tr_later("has no id: rows are added in 'dau review'");
    else if (++*map_at(&t->seen, id) > 1)
        why = tr_later("has an id that stood in the sheet before");
    else if (!review_load(t->s, &t->arena, id, r, err))
        why = tr_later("has an id that the database does not know; was it exported from another?");
    else if (*check != 'k' || strlen(check) != 1 + CHECKED * HASH)
        why = tr_later("has no 'check' any more; was the column changed?");
    else if (!unchanged_since(check, PLACE, row_cell(&t->arena, r, PLACE)))
        why = tr_later("was read anew since the export; export once more");
    if (!why || err_is(err)) return !err_is(err);
    sheet_tell(t, "line %ld: the row %s", t->csv.line, why);
    t->tally->strange++;
    return false;
}

static bool blank_row(const Csv *csv)
{
    for (int f = 0; f < csv->fields; f++)
        if (*csv->field[f]) return false;
    return true;
}

static void take_row(SheetReader *t, Err *err)
{
    Review r;
    Change change = {0};
    Err why = {0};
    const char *id = sheet_cell(t, COL_ID), *check = sheet_cell(t, t->columns.check);
    if (blank_row(&t->csv) || !check_row(t, id, check, &r, err)) return;
    t->tally->rows++;
    tell_read_only(t, &r);
    take_cells(t, &r, check, &change);
    if (!change.cells) return;
    switch (correct_row(t->s, t->pen, id, CORRECT_ANY, &change.values, change.verdict, &why)) {
    case CORRECT_DONE: t->tally->cells += change.cells; break;
    case CORRECT_FAILED:
        if (why.code != DAU_BAD_INPUT) {
            *err = why;
            break;
        }
        sheet_tell(t, "line %ld: %s; not taken", t->csv.line, why.text);
        t->tally->strange++;
        break;
    default: t->tally->already += change.cells;
    }
}

bool sheet_take(Store *s, const Pen *pen, const char *text, size_t len, bool dry, SheetSay speak,
                void *context, SheetTally *tally, Err *err)
{
    SheetReader t = {.s = s, .pen = pen, .say = speak, .context = context, .tally = tally};
    *tally = (SheetTally){0};
    if (utf8_valid_prefix(text, len) < len)
        return err_set(err, DAU_BAD_INPUT, "the sheet is not UTF-8 (byte %zu); save it as 'CSV UTF-8'",
                       utf8_valid_prefix(text, len));
    if (!store_begin(s, err)) return false;
    csv_init(&t.csv, text, len);
    if (read_header(&t, err))
        while (!err_is(err) && csv_next(&t.csv)) {
            take_row(&t, err);
            arena_release(&t.arena);
        }
    csv_release(&t.csv);
    map_release(&t.seen);
    if (!err_is(err) && !dry) return store_commit(s, err);
    store_rollback(s);
    return !err_is(err);
}
