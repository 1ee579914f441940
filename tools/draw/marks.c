/* The seal is drawn in a group of its own, with "QUẬN HÀ ĐÔNG" round it. The group is pierced with small holes before it
 * is laid on the page, as a half-dry pad prints it. Strokes are chains of Bezier curves. */
#include "marks.h"

#include <math.h>

#define TAU 6.283185307179586

static void ring(cairo_t *cr, double x, double y, double radius, double width)
{
    cairo_set_line_width(cr, width);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, TAU);
    cairo_stroke(cr);
}

static void star(cairo_t *cr, double x, double y, double radius)
{
    for (int i = 0; i < 10; i++) {
        double r = i % 2 ? radius * 0.4 : radius, angle = i * TAU / 10 - TAU / 4;
        cairo_line_to(cr, x + r * cos(angle), y + r * sin(angle));
    }
    cairo_close_path(cr);
    cairo_fill(cr);
}

/* One letter after the other along the circle, feet to the centre, the middle of the words on top. */
static void words_round(Book *book, cairo_t *cr, double x, double y, double radius, const char *words)
{
    Type type = {.size = radius * 0.2, .bold = true};
    double wide = book_text_width(book, type, words);
    double spread = MIN(5.2, wide * 1.15 / radius), angle = -spread / 2;
    for (const char *p = words; *p; p = g_utf8_next_char(p)) {
        char *letter = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
        PangoLayout *layout = book_layout(book, type, 0, letter);
        double w = layout_width(layout), step = spread * w / wide;
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_rotate(cr, angle + step / 2);
        cairo_move_to(cr, -w / 2, -radius);
        pango_cairo_update_layout(cr, layout);
        pango_cairo_show_layout(cr, layout);
        cairo_restore(cr);
        angle += step;
        g_object_unref(layout);
        g_free(letter);
    }
}

static void pierce(cairo_t *cr, Rng *rng, double x, double y, double radius)
{
    cairo_set_operator(cr, CAIRO_OPERATOR_DEST_OUT);
    for (int i = 0; i < 260; i++) {
        double far = radius * sqrt(rng_between(rng, 0, 1)), angle = rng_between(rng, 0, TAU);
        cairo_arc(cr, x + far * cos(angle), y + far * sin(angle), rng_between(rng, 0.15, 0.8), 0, TAU);
        cairo_fill(cr);
    }
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

void mark_seal(Book *book, Sheet *sheet, Rng *rng, double x, double y, double radius, const char *words)
{
    cairo_t *cr = sheet->cr;
    cairo_save(cr);
    cairo_push_group(cr);
    cairo_set_source_rgb(cr, 0.80, 0.10, 0.16);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, rng_between(rng, -0.35, 0.35));
    ring(cr, 0, 0, radius, 1.5);
    ring(cr, 0, 0, radius - 2.6, 0.5);
    ring(cr, 0, 0, radius * 0.62, 0.6);
    star(cr, 0, 0, radius * 0.26);
    words_round(book, cr, 0, 0, radius * 0.91, words);
    pierce(cr, rng, 0, 0, radius);
    cairo_pop_group_to_source(cr);
    if (sheet->ink_mixes) cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY);
    cairo_paint_with_alpha(cr, rng_between(rng, 0.72, 0.95));
    cairo_restore(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
}

static void pen(cairo_t *cr, Rng *rng)
{
    cairo_set_source_rgb(cr, 0.08, 0.12, rng_between(rng, 0.35, 0.65));
    cairo_set_line_width(cr, rng_between(rng, 0.8, 1.5));
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
}

void mark_signature(Sheet *sheet, Rng *rng, double x, double y, double width)
{
    cairo_t *cr = sheet->cr;
    double step = width / 7, px = x - width / 2, height = width * 0.28;
    cairo_save(cr);
    pen(cr, rng);
    if (sheet->ink_mixes) cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY);
    cairo_move_to(cr, px, y);
    for (int i = 0; i < 6; i++) {
        double to_x = px + step * rng_between(rng, 0.7, 1.6), to_y = y + rng_between(rng, -0.4, 0.4) * height;
        cairo_curve_to(cr, px + step * 0.2, y - rng_between(rng, 0.3, 1.2) * height,
                       to_x - step * rng_between(rng, -0.3, 0.6), y + rng_between(rng, 0.2, 1.0) * height,
                       to_x, to_y);
        px = to_x;
    }
    cairo_curve_to(cr, px + step, y - height, px - 4 * step, y + height * 0.9, px + 1.5 * step,
                   y + height * 0.35);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void tick(cairo_t *cr, double x, double y, double size)
{
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + size * 0.35, y + size * 0.5);
    cairo_line_to(cr, x + size * 1.2, y - size * 0.7);
}

static void wave(cairo_t *cr, Rng *rng, double x, double y, double size)
{
    cairo_move_to(cr, x, y);
    for (int i = 1; i <= 5; i++) {
        double bend = rng_between(rng, 2, 6) * (i % 2 ? 1 : -1);
        cairo_curve_to(cr, x + (i - 0.7) * size, y + bend, x + (i - 0.3) * size, y - bend, x + i * size,
                       y + rng_between(rng, -1, 1));
    }
}

static void loop(cairo_t *cr, Rng *rng, double x, double y, double size)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, rng_between(rng, -0.2, 0.2));
    cairo_scale(cr, rng_between(rng, 1.2, 2.4), 1);
    cairo_new_sub_path(cr);
    cairo_arc(cr, 0, 0, size, 0.3, TAU + rng_between(rng, 0, 0.6));
    cairo_restore(cr);
}

void mark_pen(Sheet *sheet, Rng *rng, double x, double y, double w, double h, int count)
{
    cairo_t *cr = sheet->cr;
    for (int i = 0; i < count; i++) {
        double at_x = x + rng_between(rng, 0.05, 0.85) * w, at_y = y + rng_between(rng, 0.05, 0.95) * h;
        cairo_save(cr);
        pen(cr, rng);
        switch (rng_range(rng, 0, 2)) {
        case 0: tick(cr, at_x, at_y, rng_between(rng, 8, 14)); break;
        case 1: wave(cr, rng, at_x, at_y, rng_between(rng, 8, 18)); break;
        default: loop(cr, rng, at_x, at_y, rng_between(rng, 8, 13));
        }
        cairo_stroke(cr);
        cairo_restore(cr);
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
}
