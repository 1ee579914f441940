/* A grid of 64 x 64 cells is laid over the picture. From each cell the first pixel that differs much from its right
 * neighbour is remembered, with that neighbour. On a page of text ("Trường Mầm non Hoa Mai") those are some thousand pixels
 * at the edges of letters. Then they are read at the places they should have in the rendering: (x + px, y + py) for a
 * picture that lies upright, (x + h - 1 - py, y + px) for one turned clockwise, and so on.
 */
#include "load/probe.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    CELLS = 64,       /* a side */
    EDGE = 96,        /* difference of two neighbours, of 255, that makes an edge */
    SAME = 4,         /* difference that rounding makes */
    FEW = 32,         /* fewer pixels tell nothing: a blank page */
    ORIENTATIONS = 8, /* bit 0: sides exchanged; bits 1 and 2: mirrored in x and in y */
};

struct Probe {
    int w, h, n;
    struct {
        int x, y;
        uint32_t rgb;
    } at[2 * CELLS * CELLS];
};

static const uint32_t *row_of(cairo_surface_t *s, int y)
{
    size_t at = (size_t)y * (size_t)cairo_image_surface_get_stride(s);
    return (const uint32_t *)(const void *)(cairo_image_surface_get_data(s) + at);
}

/* A pixel of an ARGB32 picture over white: where a stencil lets through, the sheet is seen. */
static uint32_t over_white(uint32_t v)
{
    return (v & 0xFFFFFF) + (255 - (v >> 24)) * 0x010101;
}

static int difference(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        if (d > most) most = d;
    }
    return most;
}

/* A cheap test that almost all neighbours pass: both cover the sheet, and no colour differs in its upper two bits, so by
 * less than a quarter of 256. */
static bool are_alike(uint32_t a, uint32_t b)
{
    return (a & b) >= 0xFF000000U && !((a ^ b) & 0xC0C0C0U);
}

static void remember(Probe *p, int x, int y, uint32_t rgb)
{
    p->at[p->n].x = x, p->at[p->n].y = y, p->at[p->n].rgb = rgb;
    p->n++;
}

static void look_in_cell(Probe *p, cairo_surface_t *s, int col, int row)
{
    int x0 = (int)((int64_t)p->w * col / CELLS), x1 = (int)((int64_t)p->w * (col + 1) / CELLS);
    int y0 = (int)((int64_t)p->h * row / CELLS), y1 = (int)((int64_t)p->h * (row + 1) / CELLS);
    for (int y = y0; y < y1; y++) {
        const uint32_t *v = row_of(s, y);
        for (int x = x0; x + 1 < x1; x++) {
            if (are_alike(v[x], v[x + 1]) || difference(over_white(v[x]), over_white(v[x + 1])) < EDGE)
                continue;
            remember(p, x, y, over_white(v[x]));
            remember(p, x + 1, y, over_white(v[x + 1]));
            return;
        }
    }
}

Probe *probe_new(cairo_surface_t *picture)
{
    Probe *p = xalloc(sizeof *p);
    p->w = cairo_image_surface_get_width(picture), p->h = cairo_image_surface_get_height(picture);
    for (int row = 0; row < CELLS; row++)
        for (int col = 0; col < CELLS; col++) look_in_cell(p, picture, col, row);
    return p;
}

void probe_free(Probe *probe)
{
    free(probe);
}

static double score_turned(const Probe *p, cairo_surface_t *s, int x0, int y0, int orientation)
{
    int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s), seen = 0, same = 0;
    for (int i = 0; i < p->n; i++) {
        int x = orientation & 2 ? p->w - 1 - p->at[i].x : p->at[i].x;
        int y = orientation & 4 ? p->h - 1 - p->at[i].y : p->at[i].y;
        int px = x0 + (orientation & 1 ? y : x), py = y0 + (orientation & 1 ? x : y);
        if (px < 0 || py < 0 || px >= w || py >= h) continue;
        seen++;
        same += difference(row_of(s, py)[px] & 0xFFFFFF, p->at[i].rgb) <= SAME;
    }
    return seen < FEW ? -1 : (double)same / seen;
}

double probe_score(const Probe *probe, cairo_surface_t *rendering, int x, int y)
{
    double best = -1;
    for (int o = 0; o < ORIENTATIONS; o++) {
        double score = score_turned(probe, rendering, x, y, o);
        if (score > best) best = score;
    }
    return best;
}
