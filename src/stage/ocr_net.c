/* The way of a line through the network.
 *
 * "Hòa Bình", 150 x 36 pixels:
 * 1. round each pixel its 3 x 3; where they lie outside the line, noise in the order in which Tesseract draws it;
 * 2. sixteen answers to each, of which the largest of 3 x 3 stays: 50 columns of 12 places. tanh and rounding never
 *    turn the order of two numbers round, so the largest sum is found first and only its tanh reckoned;
 * 3. an LSTM down each column, whose last word is the column's: 50 steps of 48 numbers;
 * 4. LSTMs along the line, from its start or from its end;
 * 5. a softmax: 50 steps of 269 probabilities.
 */
#include "stage/ocr_net.h"
#include "stage/ocr_net_own.h"

#include "base/arena.h"
#include "base/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 12,           /* bytes for 3 x 3 pixels: whole groups */
    PLACES = NET_HEIGHT / NET_POOL,
    MOST_SUMS = 4 * NET_MOST_CELLS + NET_BLOCK
};
static const float LEAST_EXPONENT = -86; /* of e: what is less likely is as likely as that */

OcrNet *ocr_net_open(const char *path, Err *err)
{
    FileMap map;
    if (err_is(err)) return NULL;
    if (!vector_set_up(false)) {
        err_set(err, DAU_MISSING, "this processor has neither AVX2 nor more");
        return NULL;
    }
    if (!file_map(path, &map, err)) return NULL;
    OcrNet *net = xalloc(sizeof *net);
    bool ok = net_parse(net, map.data, map.size, err);
    file_unmap(&map);
    if (ok) return net;
    ocr_net_close(net);
    return NULL;
}

void ocr_net_close(OcrNet *net)
{
    if (!net) return;
    net_release(net);
    free(net->room);
    free(net);
}

int ocr_net_outputs(const OcrNet *net)
{
    return net->last.outputs;
}

int ocr_net_steps(int width)
{
    return width / NET_POOL;
}

/* ---- 1: windows ---- */

/* Tesseract's: the "minimal standard" of Park, Miller & Stockmeyer 1993. */
static int8_t noise(uint64_t *seed)
{
    *seed = *seed * 48271 % INT32_MAX;
    double x = INT8_MAX * 2.0 * (double)*seed / INT32_MAX - INT8_MAX;
    return (int8_t)(x >= 0 ? (int)(x + 0.5) : -(int)(-x + 0.5));
}

/* At an edge of the line: column by column. */
static void edge_window(const int8_t *pixels, int width, int x, int y, uint64_t *seed, int8_t *window)
{
    for (int dx = -1; dx <= 1; dx++)
        for (int dy = -1; dy <= 1; dy++) {
            bool inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < NET_HEIGHT;
            *window++ = inside ? pixels[(size_t)(y + dy) * (size_t)width + (size_t)(x + dx)] : noise(seed);
        }
}

static void inner_window(const int8_t *above, const int8_t *at, const int8_t *below, int8_t *window)
{
    for (int dx = -1; dx <= 1; dx++, window += 3) window[0] = above[dx], window[1] = at[dx], window[2] = below[dx];
}

/* Of one row, WINDOW bytes each, the last of them 0. */
static void row_windows(const int8_t *pixels, int width, int y, uint64_t *seed, int8_t *window)
{
    bool outer = y == 0 || y == NET_HEIGHT - 1;
    const int8_t *at = pixels + (size_t)y * (size_t)width;
    for (int x = 0; x < width; x++, window += WINDOW)
        if (outer || x == 0 || x == width - 1)
            edge_window(pixels, width, x, y, seed, window);
        else
            inner_window(at + x - width, at + x, at + x + width, window);
}

/* ---- 2: the largest of 3 x 3 ---- */

static void pool_place(const Matrix *m, const int8_t *windows, size_t row, int8_t *out)
{
    int32_t most[MOST_SUMS], sum[MOST_SUMS];
    for (int y = 0; y < NET_POOL; y++)
        for (int x = 0; x < NET_POOL; x++) {
            bool first = !x && !y;
            matrix_times(m, windows + (size_t)y * row + (size_t)x * WINDOW, first ? most : sum);
            for (int o = 0; o < m->outputs && !first; o++) most[o] = sum[o] > most[o] ? sum[o] : most[o];
        }
    tanh_of_sums(most, m->scale, m->outputs, out);
}

/* places: [steps][PLACES][features] */
static void pool(const OcrNet *net, const int8_t *pixels, int width, int8_t *windows, int8_t *places)
{
    uint64_t seed = net->seed;
    size_t row = (size_t)width * WINDOW, features = (size_t)net->pixels.outputs;
    noise(&seed); /* the first is thrown away */
    for (int p = 0; p < PLACES; p++) {
        for (int y = 0; y < NET_POOL; y++)
            row_windows(pixels, width, p * NET_POOL + y, &seed, windows + (size_t)y * row);
        for (int t = 0; t < ocr_net_steps(width); t++)
            pool_place(&net->pixels, windows + (size_t)t * NET_POOL * WINDOW, row,
                       places + ((size_t)t * PLACES + (size_t)p) * features);
    }
}

/* ---- 3 and 4: LSTMs ---- */

typedef struct Cells {
    const Lstm *lstm;
    int8_t x[2 * NET_MOST_CELLS]; /* its inputs, then what it said last */
    float state[NET_MOST_CELLS];
} Cells;

static void cells_init(Cells *c, const Lstm *lstm)
{
    *c = (Cells){.lstm = lstm};
}

static void cells_step(Cells *c, const int8_t *in)
{
    int32_t sum[MOST_SUMS];
    const Lstm *l = c->lstm;
    memcpy(c->x, in, (size_t)l->inputs);
    matrix_times(&l->gates, c->x, sum);
    lstm_step(sum, l->gates.scale, l->cells, c->state, c->x + l->inputs);
}

static void read_columns(const Lstm *l, const int8_t *places, int steps, int8_t *out)
{
    for (int t = 0; t < steps; t++, out += l->cells) {
        Cells c;
        cells_init(&c, l);
        for (int p = 0; p < PLACES; p++, places += l->inputs) cells_step(&c, places);
        memcpy(out, c.x + l->inputs, (size_t)l->cells);
    }
}

static void read_line(const Lstm *l, const int8_t *in, int steps, int8_t *out)
{
    Cells c;
    cells_init(&c, l);
    for (int i = 0; i < steps; i++) {
        size_t t = (size_t)(l->back ? steps - 1 - i : i);
        cells_step(&c, in + t * (size_t)l->inputs);
        memcpy(out + t * (size_t)l->cells, c.x + l->inputs, (size_t)l->cells);
    }
}

/* ---- 5: softmax ---- */

static void softmax(float *p, int n)
{
    float most = p[0], total = 0;
    for (int i = 1; i < n; i++) most = p[i] > most ? p[i] : most;
    for (int i = 0; i < n; i++) {
        float less = p[i] - most;
        p[i] = expf(less < LEAST_EXPONENT ? LEAST_EXPONENT : less);
        total += p[i];
    }
    for (int i = 0; i < n; i++) p[i] /= total;
}

static void tell(const Matrix *m, const int8_t *in, int steps, float *out)
{
    int32_t sum[NET_MOST_OUTPUTS + NET_BLOCK];
    for (int t = 0; t < steps; t++, in += m->inputs, out += m->outputs) {
        matrix_times(m, in, sum);
        for (int o = 0; o < m->outputs; o++) out[o] = (float)sum[o] * m->scale[o];
        softmax(out, m->outputs);
    }
}

/* ---- all of it ---- */

/* At least n bytes that are kept for the next line. */
static int8_t *net_room(OcrNet *net, size_t n)
{
    if (n > net->rooms) net->room = xrealloc(net->room, net->rooms = n + n / 2);
    return net->room;
}

bool ocr_net_run(OcrNet *net, const int8_t *pixels, int width, float *out)
{
    int steps = ocr_net_steps(width);
    if (steps < 1 || width > NET_WIDEST) return false;
    size_t windows = (size_t)NET_POOL * (size_t)width * WINDOW;
    size_t places = (size_t)steps * PLACES * (size_t)net->pixels.outputs;
    size_t answers = (size_t)steps * NET_MOST_CELLS;
    int8_t *room = net_room(net, windows + places + 2 * answers);
    int8_t *in = room + windows + places, *next = in + answers;
    memset(room, 0, windows);
    pool(net, pixels, width, room, room + windows);
    read_columns(&net->column, room + windows, steps, in);
    for (int i = 0; i < net->layers; i++) {
        read_line(&net->layer[i], in, steps, next);
        int8_t *was = in;
        in = next, next = was;
    }
    tell(&net->last, in, steps, out);
    return true;
}
