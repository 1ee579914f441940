/* Text is laid out at 72 dpi without hinting: 1 unit is 1 point. So lines of "Trường Mầm non Hoa Mai" break at the same
 * words at every resolution; Cairo's matrix alone knows the dpi. Another font would silently supply a letter that the font
 * lacks. So fallback is off, and each layout's unknown glyphs are counted. */
#include "sheet.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "die.h"

static const char all_letters[] =
    "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZaăâbcdđeêfghijklmnoôơpqrstuưvwxyz0123456789.,;:/()-&'\"“”–"
    "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";

static bool family_installed(PangoContext *context, const char *family)
{
    PangoFontFamily **list = NULL;
    int count = 0;
    bool found = false;
    pango_context_list_families(context, &list, &count);
    for (int i = 0; i < count && !found; i++)
        found = !g_ascii_strcasecmp(pango_font_family_get_name(list[i]), family);
    g_free(list);
    return found;
}

static PangoContext *new_context(void)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    return context;
}

Book *book_new(const char *family, double size, int dpi)
{
    Book *book = g_new0(Book, 1);
    book->family = g_strdup(family);
    book->size = size;
    book->dpi = dpi;
    book->context = new_context();
    book->sheets = g_ptr_array_new();
    if (!family_installed(book->context, family))
        die(DAU_MISSING, "font '%s' is not installed; see fc-list, or install the package that has it",
            family);
    for (int style = 0; style < 4; style++)
        book_text_width(book, (Type){.size = size, .bold = style & 1, .italic = style & 2}, all_letters);
    return book;
}

static void piece_free(void *item)
{
    Piece *piece = item;
    g_free(piece->text);
    g_free(piece);
}

static void sheet_free(Sheet *sheet)
{
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->surface);
    g_ptr_array_unref(sheet->pieces);
    g_array_unref(sheet->fields);
    g_free(sheet);
}

void book_free(Book *book)
{
    for (guint i = 0; i < book->sheets->len; i++) sheet_free(book->sheets->pdata[i]);
    g_ptr_array_unref(book->sheets);
    g_object_unref(book->context);
    g_free(book->family);
    g_free(book);
}

Sheet *book_add_sheet(Book *book, double width, double height)
{
    Sheet *sheet = g_new0(Sheet, 1);
    double scale = book->dpi / 72.0;
    sheet->width = width;
    sheet->height = height;
    sheet->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * scale),
                                                (int)lround(height * scale));
    sheet->cr = cairo_create(sheet->surface);
    sheet->pieces = g_ptr_array_new_with_free_func(piece_free);
    sheet->fields = g_array_new(FALSE, TRUE, sizeof(Field));
    cairo_set_source_rgb(sheet->cr, 1, 1, 1);
    cairo_paint(sheet->cr);
    cairo_scale(sheet->cr, scale, scale);
    cairo_set_source_rgb(sheet->cr, 0, 0, 0);
    g_ptr_array_add(book->sheets, sheet);
    return sheet;
}

static PangoFontDescription *font_of(const Book *book, Type type)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, book->family);
    pango_font_description_set_absolute_size(font, type.size * PANGO_SCALE);
    pango_font_description_set_weight(font, type.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, type.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

static void set_align(PangoLayout *layout, Align align)
{
    pango_layout_set_justify(layout, align == ALIGN_JUSTIFY);
    pango_layout_set_alignment(layout, align == ALIGN_CENTRE  ? PANGO_ALIGN_CENTER
                                       : align == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT
                                                              : PANGO_ALIGN_LEFT);
}

PangoLayout *book_layout(Book *book, Type type, double width, const char *text)
{
    PangoLayout *layout = pango_layout_new(book->context);
    PangoFontDescription *font = font_of(book, type);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    set_align(layout, type.align);
    pango_layout_set_indent(layout, (int)(type.indent * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width > 0) pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_attr_list_unref(attributes);
    pango_font_description_free(font);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0)
        die(DAU_MISSING, "font '%s' lacks a letter of '%s'; choose another font", book->family, text);
    return layout;
}

double layout_height(PangoLayout *layout)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return (double)box.height / PANGO_SCALE;
}

double layout_width(PangoLayout *layout)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return (double)box.width / PANGO_SCALE;
}

double book_text_width(Book *book, Type type, const char *text)
{
    PangoLayout *layout = book_layout(book, type, 0, text);
    double width = layout_width(layout);
    g_object_unref(layout);
    return width;
}

static void keep_piece(Sheet *sheet, PangoLayoutIter *iter, const char *text, double x, double y)
{
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
    PangoRectangle ink, box;
    char *drawn = g_strndup(text + line->start_index, (gsize)line->length);
    g_strstrip(drawn);
    if (!*drawn) {
        g_free(drawn);
        return;
    }
    pango_layout_iter_get_line_extents(iter, &ink, &box);
    Piece *piece = g_new0(Piece, 1);
    piece->text = drawn;
    piece->x = x + (double)ink.x / PANGO_SCALE;
    piece->y = y + (double)ink.y / PANGO_SCALE;
    piece->w = (double)ink.width / PANGO_SCALE;
    piece->h = (double)ink.height / PANGO_SCALE;
    piece->base = y + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE;
    g_ptr_array_add(sheet->pieces, piece);
}

static void show_line(Sheet *sheet, PangoLayoutIter *iter, double x, double y)
{
    PangoRectangle box;
    pango_layout_iter_get_line_extents(iter, NULL, &box);
    cairo_move_to(sheet->cr, x + (double)box.x / PANGO_SCALE,
                  y + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE);
    pango_cairo_show_layout_line(sheet->cr, pango_layout_iter_get_line_readonly(iter));
}

double sheet_lines(Sheet *sheet, PangoLayout *layout, double x, double y, int first, int last)
{
    const char *text = pango_layout_get_text(layout);
    double top = 0, bottom = 0;
    pango_cairo_update_layout(sheet->cr, layout);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int number = 0;
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(iter, NULL, &box);
        if (number == first) top = (double)box.y / PANGO_SCALE;
        if (number >= first && (last < 0 || number < last)) {
            bottom = (double)(box.y + box.height) / PANGO_SCALE;
            show_line(sheet, iter, x, y - top);
            keep_piece(sheet, iter, text, x, y - top);
        }
        number++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return bottom - top;
}

double book_text(Book *book, Sheet *sheet, Type type, double x, double y, double width, const char *text)
{
    PangoLayout *layout = book_layout(book, type, width, text);
    double height = sheet_lines(sheet, layout, x, y, 0, -1);
    g_object_unref(layout);
    return height;
}

double book_text_fit(Book *book, Sheet *sheet, Type type, double x, double y, double width, const char *text)
{
    double wide = book_text_width(book, type, text);
    if (wide > width) type.size *= 0.995 * width / wide;
    return book_text(book, sheet, type, x, y, width, text);
}

void sheet_stroke(Sheet *sheet, double x0, double y0, double x1, double y1, double width, double grey)
{
    cairo_set_source_rgb(sheet->cr, grey, grey, grey);
    cairo_set_line_width(sheet->cr, width);
    cairo_move_to(sheet->cr, x0, y0);
    cairo_line_to(sheet->cr, x1, y1);
    cairo_stroke(sheet->cr);
    cairo_set_source_rgb(sheet->cr, 0, 0, 0);
}
