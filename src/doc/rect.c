/* A page was scanned with 1 degree of skew. "Hoa Mai" at (400, 600, 180, 40) of the straightened page is a tilted
 * rectangle on the scan. affine_rect() keeps the upright box round its four corners. */
#include "doc/rect.h"

#include <math.h>

static int32_t min32(int32_t a, int32_t b)
{
    return a < b ? a : b;
}
static int32_t max32(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

Rect rect_union(Rect a, Rect b)
{
    if (rect_empty(a)) return b;
    if (rect_empty(b)) return a;
    int32_t x = min32(a.x, b.x), y = min32(a.y, b.y);
    return (Rect){x, y, max32(rect_right(a), rect_right(b)) - x, max32(rect_bottom(a), rect_bottom(b)) - y};
}

Rect rect_intersect(Rect a, Rect b)
{
    int32_t x = max32(a.x, b.x), y = max32(a.y, b.y);
    Rect r = {x, y, min32(rect_right(a), rect_right(b)) - x, min32(rect_bottom(a), rect_bottom(b)) - y};
    return rect_empty(r) ? (Rect){0} : r;
}

Rect rect_grow(Rect r, int32_t by)
{
    return (Rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

Rect rect_clip(Rect r, int32_t width, int32_t height)
{
    return rect_intersect(r, (Rect){0, 0, width, height});
}

bool rect_within(Rect inner, Rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && rect_right(inner) <= rect_right(outer) &&
           rect_bottom(inner) <= rect_bottom(outer);
}

Affine affine_identity(void)
{
    return (Affine){.xx = 1, .yy = 1};
}

Affine affine_then(Affine a, Affine b)
{
    return (Affine){
        .xx = b.xx * a.xx + b.xy * a.yx,
        .xy = b.xx * a.xy + b.xy * a.yy,
        .x0 = b.xx * a.x0 + b.xy * a.y0 + b.x0,
        .yx = b.yx * a.xx + b.yy * a.yx,
        .yy = b.yx * a.xy + b.yy * a.yy,
        .y0 = b.yx * a.x0 + b.yy * a.y0 + b.y0,
    };
}

Affine affine_invert(Affine a)
{
    double det = a.xx * a.yy - a.xy * a.yx;
    if (fabs(det) < 1e-12) return affine_identity();
    return (Affine){
        .xx = a.yy / det,
        .xy = -a.xy / det,
        .x0 = (a.xy * a.y0 - a.yy * a.x0) / det,
        .yx = -a.yx / det,
        .yy = a.xx / det,
        .y0 = (a.yx * a.x0 - a.xx * a.y0) / det,
    };
}

Affine affine_quarter_turn(int degrees, int32_t w, int32_t h)
{
    switch (degrees) {
    case 90: return (Affine){.xy = -1, .x0 = h, .yx = 1};
    case 180: return (Affine){.xx = -1, .x0 = w, .yy = -1, .y0 = h};
    case 270: return (Affine){.xy = 1, .yx = -1, .y0 = w};
    default: return affine_identity();
    }
}

Affine affine_rotate(double degrees, double cx, double cy)
{
    double rad = degrees * RADIANS_PER_DEGREE, c = cos(rad), s = sin(rad);
    return (Affine){
        .xx = c, .xy = -s, .x0 = cx - c * cx + s * cy, .yx = s, .yy = c, .y0 = cy - s * cx - c * cy};
}

Rect affine_rect(Affine a, Rect r)
{
    double x[2] = {r.x, rect_right(r)}, y[2] = {r.y, rect_bottom(r)};
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int i = 0; i < 4; i++) {
        double px = a.xx * x[i & 1] + a.xy * y[i >> 1] + a.x0, py = a.yx * x[i & 1] + a.yy * y[i >> 1] + a.y0;
        left = fmin(left, px), right = fmax(right, px), top = fmin(top, py), bottom = fmax(bottom, py);
    }
    int32_t l = (int32_t)floor(left + 1e-6), t = (int32_t)floor(top + 1e-6);
    return (Rect){l, t, (int32_t)ceil(right - 1e-6) - l, (int32_t)ceil(bottom - 1e-6) - t};
}

void json_rect(Buf *b, const char *key, Rect r)
{
    if (key) json_key(b, key);
    json_open(b, '[');
    json_int(b, NULL, r.x), json_int(b, NULL, r.y), json_int(b, NULL, r.w), json_int(b, NULL, r.h);
    json_close(b, ']');
}
