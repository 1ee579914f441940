/* Row 25 of plan.pdf:  | 3fa9c1d2e4b5-12 | plan.pdf | 4 | 25 | TH | Nguyễn Du | Phú Lãm | ... | 0.97 | (picture) |
 *
 * Each column of doc/fields is written by its type. The picture is scaled from the scan's resolution to the sheet's and
 * decides the height of the row. */
#include "export/xlsx.h"

#include "base/csv.h"
#include "doc/fields.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
    POINTS_PER_INCH = 72,
    PIXELS_PER_INCH = 96,     /* of a sheet */
    PIXELS_PER_CHARACTER = 7, /* of a column's width */
    MOST_HEIGHT = 400,        /* points of a row; Excel's limit is 409 */
    MOST_PICTURE = 900,       /* pixels of the sheet a picture may be wide */
};

typedef struct Workbook {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *share, *wrap;
    lxw_col_t pictures;   /* the column they stand in */
    double picture_width; /* pixels, of the widest */
    const RowField *of[ROW_FIELDS];
    int columns; /* of them */
} Workbook;

static void put_text(Workbook *s, lxw_row_t row, int col, const char *text)
{
    Buf b = {0};
    buf_add_utf8(&b, text);
    if (b.len) worksheet_write_string(s->sheet, row, (lxw_col_t)col, b.s, s->wrap);
    buf_release(&b);
}

/* "25" is a number, "025" and "25a" are text. */
static void put_ordinal(Workbook *s, lxw_row_t row, int col, const char *no)
{
    size_t digits = strspn(no, "0123456789");
    if (digits && digits < 9 && !no[digits] && no[0] != '0')
        worksheet_write_number(s->sheet, row, (lxw_col_t)col, str_int(no), s->wrap);
    else
        put_text(s, row, col, no);
}

static void put_picture(Workbook *s, lxw_row_t row, const Buf *png, int dpi)
{
    if (png->len < 24) return;
    const unsigned char *p = (const unsigned char *)png->s + 16; /* PNG: width and height, big endian */
    double w = (double)(p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]),
           h = (double)(p[4] << 24 | p[5] << 16 | p[6] << 8 | p[7]);
    double per_pixel = (double)PIXELS_PER_INCH / (dpi > 0 ? dpi : PIXELS_PER_INCH), scale = 1;
    w *= per_pixel, h *= per_pixel;
    if (w > MOST_PICTURE) scale = MOST_PICTURE / w;
    double points = h * scale * POINTS_PER_INCH / PIXELS_PER_INCH;
    if (points > MOST_HEIGHT) scale *= MOST_HEIGHT / points, points = MOST_HEIGHT;
    lxw_image_options how = {
        .x_scale = scale, .y_scale = scale, .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    worksheet_set_row(s->sheet, row, points + 2, NULL);
    worksheet_insert_image_buffer_opt(s->sheet, row, s->pictures, (const unsigned char *)png->s, png->len,
                                      &how);
    if (w * scale > s->picture_width) s->picture_width = w * scale;
}

/* As many digits as in the other forms, so that a float's last bits do not show. */
static double rounded(float share)
{
    static_assert(SHARE_DIGITS == 4, "the power of ten below");
    return (double)(int)((double)share * 10000 + 0.5) / 10000;
}

static void put_value(Workbook *s, lxw_row_t row, int col, const Row *r, Arena *a)
{
    const RowField *f = s->of[col];
    if (row_field_id(f) == ROW_NO)
        put_ordinal(s, row, col, row_text(f, r, a));
    else if (f->type == VALUE_SHARE)
        worksheet_write_number(s->sheet, row, (lxw_col_t)col, rounded(row_share(f, r)), s->share);
    else if (f->type != VALUE_COUNT)
        put_text(s, row, col, row_text(f, r, a));
    else if (row_count(f, r))
        worksheet_write_number(s->sheet, row, (lxw_col_t)col, row_count(f, r), s->wrap);
}

static void put_row(Workbook *s, lxw_row_t row, const Row *r)
{
    Arena a = {0};
    for (int c = 0; c < s->columns; c++) put_value(s, row, c, r, &a);
    arena_release(&a);
}

static void begin_book(Workbook *s, int64_t created)
{
    lxw_doc_properties about = {.title = (char[]){"dau"}, .created = (time_t)(created > 0 ? created : 1)};
    workbook_set_properties(s->book, &about);
    s->sheet = workbook_add_worksheet(s->book, "pairings");
    s->head = workbook_add_format(s->book);
    s->share = workbook_add_format(s->book);
    s->wrap = workbook_add_format(s->book);
    format_set_bold(s->head);
    format_set_num_format(s->share, "0.00");
    format_set_align(s->share, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(s->wrap, LXW_ALIGN_VERTICAL_TOP);
    worksheet_freeze_panes(s->sheet, 1, 0);
}

static void begin_column(Workbook *s, int col, const char *name, int width)
{
    worksheet_write_string(s->sheet, 0, (lxw_col_t)col, name, s->head);
    worksheet_set_column(s->sheet, (lxw_col_t)col, (lxw_col_t)col, width, NULL);
}

static void begin_sheet(Workbook *s, int64_t created)
{
    enum { PICTURE_WIDTH = 20 }; /* characters, until one is there */
    begin_book(s, created);
    s->columns = row_fields(FORM_XLSX, s->of);
    s->pictures = (lxw_col_t)s->columns;
    for (int c = 0; c < s->columns; c++) begin_column(s, c, s->of[c]->name, s->of[c]->width);
    begin_column(s, s->columns, "picture", PICTURE_WIDTH);
}

static void scale_of_colours(Workbook *s, RowFieldId id, lxw_row_t last)
{
    lxw_conditional_format scale = {.type = LXW_CONDITIONAL_3_COLOR_SCALE,
                                    .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                    .mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                    .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                    .min_value = 0,
                                    .mid_value = 0.8,
                                    .max_value = 1,
                                    .min_color = 0xF8A5A0,
                                    .mid_color = 0xFFF3B0,
                                    .max_color = 0xB7E4C7};
    for (lxw_col_t c = 0; c < (lxw_col_t)s->columns; c++)
        if (row_field_id(s->of[c]) == id) worksheet_conditional_format_range(s->sheet, 1, c, last, c, &scale);
}

static void widen_for_pictures(Workbook *s)
{
    if (s->picture_width > 0)
        worksheet_set_column(s->sheet, s->pictures, s->pictures, s->picture_width / PIXELS_PER_CHARACTER + 1,
                             NULL);
}

static void end_sheet(Workbook *s, size_t n)
{
    lxw_row_t last = (lxw_row_t)n;
    worksheet_autofilter(s->sheet, 0, 0, last, s->pictures - 1);
    if (n) scale_of_colours(s, ROW_PROB, last);
    widen_for_pictures(s);
}

static bool too_many(size_t rows, Err *err)
{
    return rows >= LXW_ROW_MAX &&
           !err_set(err, DAU_LIMIT, "%zu rows are more than a sheet of a workbook holds; take --format csv",
                    rows);
}

static bool close_book(Workbook *s, Err *err)
{
    lxw_error failed = workbook_close(s->book);
    if (failed) return err_set(err, DAU_FILE_ACCESS, "cannot write the workbook: %s", lxw_strerror(failed));
    return true;
}

bool export_xlsx(FileOut *out, const Rows *rows, int64_t created, RowPicture *picture, void *context,
                 Err *err)
{
    if (err_is(err)) return false;
    if (too_many(rows->n, err)) return false;
    Workbook s = {.book = workbook_new(file_making(out))};
    Buf png = {0};
    if (!s.book) return err_set(err, DAU_FILE_ACCESS, "cannot begin a workbook");
    begin_sheet(&s, created);
    for (size_t i = 0; i < rows->n; i++) {
        int dpi = 0;
        put_row(&s, (lxw_row_t)i + 1, &rows->v[i]);
        buf_clear(&png);
        if (picture && picture(context, &rows->v[i], &png, &dpi))
            put_picture(&s, (lxw_row_t)i + 1, &png, dpi);
    }
    end_sheet(&s, rows->n);
    buf_release(&png);
    return close_book(&s, err);
}

/* ---- to correct in ---- */

static double width_of(const char *column)
{
    for (int id = 0; id < ROW_FIELDS; id++)
        if (str_eq(row_field((RowFieldId)id)->name, column)) return row_field((RowFieldId)id)->width;
    return str_eq(column, "verdict") ? 14 : 26;
}

static void put_head(Workbook *s, const Csv *t, lxw_format *text, lxw_row_t last)
{
    char *verdicts[] = {(char[]){"ok"}, (char[]){"unreadable"}, (char[]){"not a pairing"}, NULL};
    lxw_data_validation choice = {.validate = LXW_VALIDATION_TYPE_LIST,
                                  .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                  .value_list = (void *)verdicts}; /* of const char from version 1.2 on */
    lxw_row_col_options hidden = {.hidden = LXW_TRUE};
    for (lxw_col_t c = 0; c < t->fields; c++) {
        bool check = str_eq(t->field[c], "check");
        worksheet_write_string(s->sheet, 0, c, t->field[c], s->head);
        worksheet_set_column_opt(s->sheet, c, c, width_of(t->field[c]), text, check ? &hidden : NULL);
        if (str_eq(t->field[c], "verdict") && last)
            worksheet_data_validation_range(s->sheet, 1, c, last, c, &choice);
    }
    s->pictures = (lxw_col_t)t->fields;
    worksheet_autofilter(s->sheet, 0, 0, last, (lxw_col_t)(t->fields - 1));
}

bool export_xlsx_sheet(FileOut *out, const Buf *csv, const Rows *rows, int64_t created, RowPicture *picture,
                       void *context, Err *err)
{
    if (err_is(err) || too_many(rows->n, err)) return false;
    Workbook s = {.book = workbook_new(file_making(out))};
    Buf png = {0};
    Csv t;
    if (!s.book) return err_set(err, DAU_FILE_ACCESS, "cannot begin a workbook");
    begin_book(&s, created);
    lxw_format *text = workbook_add_format(s.book);
    format_set_num_format(text, "@");
    format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
    csv_init(&t, csv->s ? csv->s : "", csv->len);
    for (lxw_row_t row = 0; csv_next(&t); row++) {
        int dpi = 0;
        if (!row) put_head(&s, &t, text, (lxw_row_t)rows->n);
        for (lxw_col_t c = 0; row && c < t.fields; c++)
            if (*t.field[c]) worksheet_write_string(s.sheet, row, c, t.field[c], text);
        buf_clear(&png);
        if (row && row <= rows->n && picture && picture(context, &rows->v[row - 1], &png, &dpi))
            put_picture(&s, row, &png, dpi);
    }
    widen_for_pictures(&s);
    csv_release(&t);
    buf_release(&png);
    return close_book(&s, err);
}
