/* sheet: draws pages before any wear, with text by Pango on Cairo. Every line of text that is drawn is kept as truth with
 * its box. Lengths are points (1/72 inch) from the top left.
 *
 *   Book *book = book_new("Liberation Serif", 13, 200);
 *   Sheet *sheet = book_add_sheet(book, A4_W, A4_H);
 *   book_text(book, sheet, (Type){.size = 13, .bold = true}, x, y, width, "KẾ HOẠCH");
 *   book_free(book);
 */
#ifndef DRAW_SHEET_H
#define DRAW_SHEET_H

#include <stdbool.h>

#include <cairo.h>
#include <glib.h>
#include <pango/pangocairo.h>

#define A4_W 595.276 /* points: 210 mm */
#define A4_H 841.890 /* points: 297 mm */

typedef enum Align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY } Align;

/* How a text is set. */
typedef struct Type {
    double size; /* points */
    bool bold;
    bool italic;
    Align align;
    double indent; /* points, first line */
} Type;

/* One line of text as drawn, in points. */
typedef struct Piece {
    double x, y, w, h;
    double base; /* the baseline's y */
    char *text;
} Piece;

/* One table cell as drawn, in points; what a layout program should find. */
typedef struct Field {
    int table, row, col, rows, cols; /* row counts within this sheet; rows, cols: spans */
    double x, y, w, h;
} Field;

typedef struct Sheet {
    cairo_surface_t *surface; /* RGB24, width * dpi / 72 pixels wide */
    cairo_t *cr;              /* scaled to points */
    double width, height;
    GPtrArray *pieces; /* Piece * in the order drawn */
    GArray *fields;    /* Field */
    int tables;        /* how many were drawn on it */
    bool ink_mixes;    /* seals and pens do not hide the print under them */
} Sheet;

typedef struct Book {
    char *family;
    double size; /* points: the body's */
    int dpi;
    PangoContext *context;
    GPtrArray *sheets; /* Sheet * */
} Book;

/* Dies when the font family is not installed (another would silently replace it) or lacks Vietnamese letters. */
Book *book_new(const char *family, double size, int dpi);
void book_free(Book *book);
Sheet *book_add_sheet(Book *book, double width, double height);

/* A layout of the text, wrapped to width points (width <= 0: one line). The caller frees it with g_object_unref(). */
PangoLayout *book_layout(Book *book, Type type, double width, const char *text);
double layout_height(PangoLayout *layout);
double layout_width(PangoLayout *layout);
double book_text_width(Book *book, Type type, const char *text);

/* Draws lines first..last-1 of the layout (last < 0: to the end), with the first of them at y, and keeps them as truth.
 * Returns the height used. */
double sheet_lines(Sheet *sheet, PangoLayout *layout, double x, double y, int first, int last);

/* Draws the text, wrapped to width, at x, y. Returns the height used. */
double book_text(Book *book, Sheet *sheet, Type type, double x, double y, double width, const char *text);

/* The same on one line, made smaller when it would be wider than width. */
double book_text_fit(Book *book, Sheet *sheet, Type type, double x, double y, double width, const char *text);

/* A straight stroke of that width in the given grey. */
void sheet_stroke(Sheet *sheet, double x0, double y0, double x1, double y1, double width, double grey);

#endif
