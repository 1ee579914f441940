/* A network is a tree of layers, written one after the other. "Series" of five layers begins so:
 *
 *     00 | 6 "Series" | training | backward | flags | inputs outputs weights | name | 5 | layer layer ... | rates
 *
 * The walk copies what it meets and changes three things. The training byte becomes 0, so that no momenta are expected
 * behind a matrix. A matrix of 8 bits becomes one of doubles. In the tail, bit 0 of the flags (8-bit) is taken off. */
#include "reader_net.h"

#include <stdint.h>
#include <string.h>

enum {
    MODE_8_BIT = 1,     /* of a matrix's mode byte */
    MODE_DOUBLE = 128,  /* of the same: written by Tesseract 4 or later */
    FLAG_RATES = 64,    /* of a layer's flags: what holds layers has a rate for each */
    TRAINING_8_BIT = 1, /* of the tail's training flags */
    MOST_DEEP = 32,     /* layers in layers; Tesseract's own models have 3 */
    MOST_LAYERS = 1000,
    TWO_DIMENSIONAL = 2
};

typedef struct Walk {
    const unsigned char *at, *end;
    Buf *out;
    Buf *integers; /* the weights as they were; NULL: not wanted */
    Err *err;
    int depth;
} Walk;

/* Lends the next n bytes; NULL when there are fewer. */
static const void *take(Walk *w, size_t n)
{
    if (err_is(w->err)) return NULL;
    if ((size_t)(w->end - w->at) < n) {
        err_set(w->err, DAU_BAD_INPUT, "the network ends too early");
        return NULL;
    }
    w->at += n;
    return w->at - n;
}

static bool copy(Walk *w, size_t n)
{
    const void *p = take(w, n);
    if (p) buf_addn(w->out, p, n);
    return p;
}

/* Copies a 32-bit number (the file's order is this machine's) and returns it; 0 on error. */
static uint32_t copy_number(Walk *w)
{
    uint32_t value = 0;
    const void *p = take(w, sizeof value);
    if (!p) return 0;
    memcpy(&value, p, sizeof value);
    buf_addn(w->out, &value, sizeof value);
    return value;
}

/* Copies a string and writes its beginning to kind, which may be NULL. */
static bool copy_string(Walk *w, char *kind, size_t cap)
{
    uint32_t n = copy_number(w);
    const char *p = take(w, n);
    if (!p) return false;
    buf_addn(w->out, p, n);
    if (kind) {
        size_t kept = n < cap - 1 ? n : cap - 1;
        memcpy(kind, p, kept);
        kind[kept] = 0;
    }
    return true;
}

static void put_doubles(Walk *w, uint32_t rows, uint32_t columns, const int8_t *weight, const char *scales)
{
    double nothing = 0, scale;
    buf_addn(w->out, &rows, sizeof rows);
    buf_addn(w->out, &columns, sizeof columns);
    buf_addn(w->out, &nothing, sizeof nothing);
    for (uint32_t r = 0; r < rows; r++) {
        memcpy(&scale, scales + r * sizeof scale, sizeof scale);
        for (uint32_t c = 0; c < columns; c++) {
            double value = weight[(size_t)r * columns + c] * scale;
            buf_addn(w->out, &value, sizeof value);
        }
    }
}

static bool number(Walk *w, uint32_t *value)
{
    const void *p = take(w, sizeof *value);
    if (p) memcpy(value, p, sizeof *value);
    return p;
}

static bool matrix(Walk *w)
{
    uint32_t rows, columns, count;
    const unsigned char *mode = take(w, 1);
    if (!mode) return false;
    if (!(*mode & MODE_8_BIT) || !(*mode & MODE_DOUBLE))
        return err_set(w->err, DAU_BAD_INPUT, "the network's weights are not 8-bit numbers");
    buf_addc(w->out, (char)(*mode & ~MODE_8_BIT));
    if (!number(w, &rows) || !number(w, &columns) || !take(w, 1)) return false;
    const int8_t *weight = take(w, (size_t)rows * columns);
    if (!weight || !number(w, &count)) return false;
    const char *scales = take(w, (size_t)count * sizeof(double));
    if (!scales) return false;
    if (count < rows) return err_set(w->err, DAU_BAD_INPUT, "the network has rows without a scale");
    if (w->integers) buf_addn(w->integers, weight, (size_t)rows * columns);
    put_doubles(w, rows, columns, weight, scales);
    return true;
}

static bool layer(Walk *w);

static bool layers_inside(Walk *w, bool rates)
{
    uint32_t count = copy_number(w);
    if (count > MOST_LAYERS) return err_set(w->err, DAU_BAD_INPUT, "the network has %u layers", count);
    for (uint32_t i = 0; i < count; i++)
        if (!layer(w)) return false;
    return !rates || copy(w, copy_number(w) * sizeof(float));
}

/* An LSTM has four gates; one that goes over rows and columns has five, and sees its outputs twice. */
static bool gates(Walk *w, uint32_t inputs, uint32_t outputs)
{
    uint32_t na = copy_number(w);
    int count = na == inputs + TWO_DIMENSIONAL * outputs ? 5 : 4;
    for (int i = 0; i < count; i++)
        if (!matrix(w)) return false;
    return true;
}

static bool layer_rest(Walk *w, const char *kind, uint32_t flags, uint32_t inputs, uint32_t outputs)
{
    static const char *const within[] = {"Series",       "Parallel",  "Replicated",  "ParBidiLSTM",
                                         "DepParUDLSTM", "Par2dLSTM", "RTLReversed", "TTBReversed",
                                         "XYTranspose",  NULL};
    if (!strcmp(kind, "Input")) return copy(w, 5 * sizeof(int32_t));
    if (!strcmp(kind, "Convolve") || !strcmp(kind, "Maxpool") || !strcmp(kind, "Reconfig"))
        return copy(w, 2 * sizeof(int32_t));
    if (!strcmp(kind, "LSTM") || !strcmp(kind, "SummLSTM")) return gates(w, inputs, outputs);
    for (int i = 0; within[i]; i++)
        if (!strcmp(kind, within[i])) return layers_inside(w, flags & FLAG_RATES);
    return matrix(w); /* Tanh, Softmax and their like are one matrix */
}

static bool layer(Walk *w)
{
    char kind[32];
    if (w->depth >= MOST_DEEP)
        return err_set(w->err, DAU_BAD_INPUT, "the network has too many layers in layers");
    const char *none = take(w, 1);
    if (!none) return false;
    if (*none)
        return err_set(w->err, DAU_BAD_INPUT, "a layer of the network is of the form before Tesseract 4");
    buf_addc(w->out, 0);
    if (!copy_string(w, kind, sizeof kind) || !take(w, 1)) return false;
    buf_addc(w->out, 0); /* not in training */
    if (!copy(w, 1)) return false;
    uint32_t flags = copy_number(w), inputs = copy_number(w), outputs = copy_number(w);
    copy_number(w);
    w->depth++;
    bool ok = copy_string(w, NULL, 0) && layer_rest(w, kind, flags, inputs, outputs);
    w->depth--;
    return ok;
}

/* Spec, training flags, iteration, sample, null character, beta, rate, momentum. */
static bool tail(Walk *w)
{
    uint32_t flags;
    if (!copy_string(w, NULL, 0) || !number(w, &flags)) return false;
    flags &= ~(uint32_t)TRAINING_8_BIT;
    buf_addn(w->out, &flags, sizeof flags);
    return copy(w, (size_t)(w->end - w->at));
}

bool reader_net_to_floats(const void *data, size_t n, Buf *out, Err *err)
{
    Walk w = {.at = data, .end = (const unsigned char *)data + n, .out = out, .err = err};
    return layer(&w) && tail(&w);
}

bool reader_net_integers(const void *data, size_t n, Buf *out, Err *err)
{
    Buf floats = {0};
    Walk w = {
        .at = data, .end = (const unsigned char *)data + n, .out = &floats, .integers = out, .err = err};
    bool ok = layer(&w) && tail(&w);
    buf_release(&floats);
    return ok;
}
