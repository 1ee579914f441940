/* Lines of text that share a baseline, to a third of their height, are one line of NAME.txt. "Tiểu học Vân Hòa, Phú Châu"
 * may wrap beside an ordinal in the middle of its cell. That gives three lines: "Tiểu học Vân Hòa,", the ordinal, "Phú
 * Châu". */
#include "truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

#define SAME_LINE 3.0 /* points between baselines */

void truth_save(const char *path, const GString *text)
{
    GError *error = NULL;
    if (!g_file_set_contents(path, text->str, (gssize)text->len, &error))
        die(DAU_FILE_ACCESS, "cannot write '%s': %s", path, error->message);
}

/* ---- gold ---- */

static void add_string(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\') g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static void add_field(GString *out, const char *indent, const char *key, const char *text)
{
    g_string_append_printf(out, "%s\"%s\": ", indent, key);
    add_string(out, text);
    g_string_append(out, ",\n");
}

static void add_names(GString *out, const char *key, const char *const *name)
{
    GString *joined = g_string_new(NULL);
    for (int i = 0; i < NAMES_IN_CELL && name[i]; i++)
        g_string_append_printf(joined, "%s%s", i ? ", " : "", name[i]);
    add_field(out, "   ", key, joined->str);
    g_string_free(joined, TRUE);
}

static void add_pair(GString *out, const Pair *pair, bool last)
{
    g_string_append(out, "  {\n   \"no\": ");
    if (pair->no)
        g_string_append_printf(out, "%d,\n", pair->no);
    else
        g_string_append(out, "\"\",\n");
    add_field(out, "   ", "level", level_codes[pair->level]);
    add_names(out, "school", pair->school);
    add_names(out, "partner", pair->partner);
    g_string_append_printf(out, "   \"page\": %d\n  }%s\n", pair->page, last ? "" : ",");
}

void truth_write_gold(const Plan *plan, bool letter, int dpi, const char *mode, int pages, const char *path)
{
    GString *out = g_string_new("{\n");
    char *date = g_strdup_printf("%d-%02d-%02d", plan->year, plan->month, plan->day);
    add_field(out, " ", "number", plan->number);
    add_field(out, " ", "date", date);
    if (letter) {
        add_field(out, " ", "issuer", plan->issuer);
        add_field(out, " ", "title", plan->title);
        add_field(out, " ", "signer", plan->signer);
    }
    add_field(out, " ", "district", plan->home->name);
    add_field(out, " ", "partner_district", plan->away->name);
    add_field(out, " ", "style", plan->form->name);
    g_string_append_printf(out, " \"dpi\": %d,\n \"mode\": \"%s\",\n \"pages\": %d,\n \"pairs\": [\n", dpi,
                           mode, pages);
    for (guint i = 0; i < plan->pairs->len; i++)
        add_pair(out, plan->pairs->pdata[i], i + 1 == plan->pairs->len);
    g_string_append(out, " ]\n}\n");
    truth_save(path, out);
    g_string_free(out, TRUE);
    g_free(date);
}

/* ---- text ---- */

static int by_base(const void *a, const void *b)
{
    const Piece *p = *(Piece *const *)a, *q = *(Piece *const *)b;
    if (p->base != q->base) return p->base < q->base ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

static int by_x(const void *a, const void *b)
{
    const Piece *p = *(Piece *const *)a, *q = *(Piece *const *)b;
    return (p->x > q->x) - (p->x < q->x);
}

char *truth_sheet_text(const Sheet *sheet)
{
    GString *out = g_string_new(NULL);
    guint count = sheet->pieces->len;
    Piece **piece = g_memdup2(sheet->pieces->pdata, count * sizeof *piece);
    if (count) qsort(piece, count, sizeof *piece, by_base);
    for (guint i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && piece[end]->base - piece[i]->base < SAME_LINE; end++)
            ;
        qsort(piece + i, end - i, sizeof *piece, by_x);
        for (guint k = i; k < end; k++)
            g_string_append_printf(out, "%s%s", k > i ? " | " : "", piece[k]->text);
        g_string_append_c(out, '\n');
    }
    g_free(piece);
    return g_string_free(out, FALSE);
}

void truth_write_text(const Book *book, const char *path)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < book->sheets->len; i++) {
        char *text = truth_sheet_text(book->sheets->pdata[i]);
        g_string_append_printf(out, "%s%s", i ? "\f" : "", text);
        g_free(text);
    }
    truth_save(path, out);
    g_string_free(out, TRUE);
}

/* ---- boxes ---- */

/* The upright box round the four corners after the wear. */
static void add_box(GString *out, const Sheet *sheet, const Wear *wear, double x, double y, double w,
                    double h)
{
    double scale = wear->dpi / 72.0, low_x = 1e9, low_y = 1e9, high_x = -1e9, high_y = -1e9;
    for (int corner = 0; corner < 4; corner++) {
        double px = (x + (corner & 1 ? w : 0)) * scale, py = (y + (corner & 2 ? h : 0)) * scale;
        wear_point(wear, cairo_image_surface_get_width(sheet->surface),
                   cairo_image_surface_get_height(sheet->surface), &px, &py);
        low_x = fmin(low_x, px), high_x = fmax(high_x, px);
        low_y = fmin(low_y, py), high_y = fmax(high_y, py);
    }
    g_string_append_printf(out, "%.0f\t%.0f\t%.0f\t%.0f", low_x, low_y, high_x - low_x, high_y - low_y);
}

static void add_sheet_boxes(GString *out, const Sheet *sheet, const Wear *wear, int page)
{
    for (guint i = 0; i < sheet->pieces->len; i++) {
        const Piece *piece = sheet->pieces->pdata[i];
        g_string_append_printf(out, "%d\tline\t", page);
        add_box(out, sheet, wear, piece->x, piece->y, piece->w, piece->h);
        g_string_append_printf(out, "\t%s\n", piece->text);
    }
    for (guint i = 0; i < sheet->fields->len; i++) {
        const Field *field = &g_array_index(sheet->fields, Field, i);
        g_string_append_printf(out, "%d\tcell\t", page);
        add_box(out, sheet, wear, field->x, field->y, field->w, field->h);
        g_string_append_printf(out, "\t%d\t%d\t%d\t%d\t%d\n", field->table, field->row, field->col,
                               field->rows, field->cols);
    }
}

void truth_write_boxes(const Book *book, const Wear *wears, const char *path)
{
    GString *out = g_string_new("#page\tkind\tx\ty\tw\th\ttext, or table row col rows cols\n");
    for (guint i = 0; i < book->sheets->len; i++)
        add_sheet_boxes(out, book->sheets->pdata[i], &wears[i], (int)i + 1);
    truth_save(path, out);
    g_string_free(out, TRUE);
}
