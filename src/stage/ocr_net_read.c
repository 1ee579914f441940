/* A traineddata file is a table of parts; one of them is the network: layers within layers, each with its kind, its
 * sizes and its weights, followed by how far the training went.
 *
 * vie.traineddata of tessdata_fast: 24 parts, the 18th with
 *     Series { Input 36, Series { Convolve 3x3, Tanh 16 }, Maxpool 3x3, XYTranspose { SummLSTM 48 },
 *              LSTM 96, RTLReversed { LSTM 96 }, LSTM 192, Softmax 269 }
 * Only this order is known here, with any sizes and any number of LSTMs between.
 */
#include "stage/ocr_net.h"
#include "stage/ocr_net_own.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum {
    PART = 17,       /* of a traineddata file: the network */
    MOST_PARTS = 64, /* 24 in Tesseract 5 */
    INT8 = 1,
    DOUBLES = 128, /* flags of a matrix */
    RATES = 64,    /* flag of a layer of layers: it has rates of learning */
    MOST_SIDE = 1 << 12
};

/* Where in the part we are. After the first fault nothing more is read. */
typedef struct Reader {
    const unsigned char *at;
    size_t left;
    bool ok;
} Reader;

typedef struct Kind {
    char name[16];
    int inputs, outputs;
    bool rates;
} Kind;

static const unsigned char *take(Reader *r, size_t n)
{
    static const unsigned char nothing[8];
    if (n > r->left) r->ok = false;
    if (!r->ok) return n <= sizeof nothing ? nothing : NULL;
    const unsigned char *at = r->at;
    r->at += n, r->left -= n;
    return at;
}

static int32_t take_int(Reader *r)
{
    int32_t n;
    memcpy(&n, take(r, sizeof n), sizeof n);
    return n;
}

static int take_byte(Reader *r)
{
    return *take(r, 1);
}

/* A string with its length before it, cut to cap - 1. */
static void take_name(Reader *r, char *name, size_t cap)
{
    uint32_t n = (uint32_t)take_int(r);
    const unsigned char *s = take(r, n);
    size_t keep = n < cap ? n : cap - 1;
    if (!r->ok) keep = 0;
    if (keep) memcpy(name, s, keep);
    name[keep] = 0;
}

/* The head of a layer. */
static Kind take_kind(Reader *r)
{
    Kind kind = {0};
    char own[2];
    if (take_byte(r) != 0) r->ok = false; /* 0: the kind is told by name */
    take_name(r, kind.name, sizeof kind.name);
    take(r, 2); /* whether it learns */
    kind.rates = take_int(r) & RATES;
    kind.inputs = take_int(r);
    kind.outputs = take_int(r);
    take_int(r); /* how many weights */
    take_name(r, own, sizeof own);
    return kind;
}

static Kind expect(Reader *r, const char *name)
{
    Kind kind = take_kind(r);
    if (strcmp(kind.name, name) != 0) r->ok = false;
    return kind;
}

/* A layer of layers; -1 parts: any number, which comes back. */
static int expect_parts(Reader *r, int parts)
{
    int n = take_int(r);
    if (n < 1 || n > NET_MOST_LAYERS + 8 || (parts > 0 && n != parts)) r->ok = false;
    return r->ok ? n : 0;
}

static void end_parts(Reader *r, const Kind *kind)
{
    if (!kind->rates) return;
    uint32_t n = (uint32_t)take_int(r);
    take(r, (size_t)n * sizeof(float));
}

/* ---- matrices ---- */

static void matrix_init(Matrix *m, int outputs, int inputs)
{
    m->outputs = outputs, m->inputs = inputs;
    m->blocks = (outputs + NET_BLOCK - 1) / NET_BLOCK;
    m->groups = (inputs + NET_GROUP - 1) / NET_GROUP;
    size_t wide = (size_t)m->blocks * NET_BLOCK;
    m->w = xalloc(wide * (size_t)m->groups * NET_GROUP);
    m->bias = xalloc(wide * sizeof *m->bias);
    m->shifted = xalloc(wide * sizeof *m->shifted);
    m->scale = xalloc(wide * sizeof *m->scale);
}

static void matrix_release(Matrix *m)
{
    free(m->w);
    free(m->bias);
    free(m->shifted);
    free(m->scale);
}

void net_release(struct OcrNet *net)
{
    matrix_release(&net->pixels);
    matrix_release(&net->column.gates);
    for (int i = 0; i < net->layers; i++) matrix_release(&net->layer[i].gates);
    matrix_release(&net->last);
}

/* One output; the last of its weights is the bias, of an input that is always 127. */
static void matrix_put(Matrix *m, int o, const int8_t *w, double scale)
{
    int sum = 0;
    for (int i = 0; i < m->inputs; i++) {
        size_t group = (size_t)(o / NET_BLOCK) * (size_t)m->groups + (size_t)(i / NET_GROUP);
        m->w[(group * NET_BLOCK + (size_t)(o % NET_BLOCK)) * NET_GROUP + (size_t)(i % NET_GROUP)] = w[i];
        sum += w[i];
    }
    m->bias[o] = w[m->inputs] * INT8_MAX;
    m->shifted[o] = m->bias[o] - 128 * sum;
    m->scale[o] = (float)(scale / INT8_MAX);
}

/* As many rows as `outputs`, put into m from row `first` on; m is made when it is the first. */
static void take_rows(Reader *r, Matrix *m, int first, int outputs, int inputs, int all)
{
    int flags = take_byte(r), rows = take_int(r), columns = take_int(r);
    bool fits = (flags & INT8) && (flags & DOUBLES) && outputs > 0 && inputs > 0 && rows == outputs &&
                columns == inputs + 1 && all <= MOST_SIDE && inputs <= MOST_SIDE;
    if (!fits) r->ok = false;
    take(r, 1); /* what is where nothing is */
    const unsigned char *w = take(r, fits ? (size_t)rows * (size_t)columns : 0);
    uint32_t scales = (uint32_t)take_int(r);
    if (!fits || scales < (uint32_t)rows) r->ok = false;
    const unsigned char *scale = take(r, (size_t)scales * sizeof(double));
    if (!r->ok) return;
    if (!m->w) matrix_init(m, all, inputs);
    for (int o = 0; o < rows; o++) {
        double s;
        memcpy(&s, scale + (size_t)o * sizeof s, sizeof s);
        matrix_put(m, first + o, (const int8_t *)w + (size_t)o * (size_t)columns, s);
    }
}

static void take_lstm(Reader *r, Lstm *lstm, const Kind *kind, int inputs)
{
    int cells = kind->outputs, all = take_int(r);
    if (cells <= 0 || cells > NET_MOST_CELLS || cells % 8 || inputs <= 0 || inputs % NET_GROUP) r->ok = false;
    if (kind->inputs != inputs || all != inputs + cells) r->ok = false; /* more of them: in two dimensions */
    lstm->inputs = inputs, lstm->cells = cells;
    for (int gate = 0; gate < 4 && r->ok; gate++)
        take_rows(r, &lstm->gates, gate * cells, cells, inputs + cells, 4 * cells);
}

/* ---- the network ---- */

static void take_convolution(Reader *r, struct OcrNet *net)
{
    Kind both = expect(r, "Series");
    expect_parts(r, 2);
    expect(r, "Convolve");
    if (take_int(r) != 1 || take_int(r) != 1) r->ok = false; /* pixels to each side */
    Kind tanh = expect(r, "Tanh");
    if (tanh.outputs % 8 || tanh.outputs > NET_MOST_CELLS) r->ok = false;
    take_rows(r, &net->pixels, 0, tanh.outputs, 9, tanh.outputs);
    end_parts(r, &both);
    expect(r, "Maxpool");
    if (take_int(r) != NET_POOL || take_int(r) != NET_POOL) r->ok = false;
}

static void take_column(Reader *r, struct OcrNet *net)
{
    Kind turned = expect(r, "XYTranspose");
    expect_parts(r, 1);
    Kind lstm = expect(r, "SummLSTM");
    take_lstm(r, &net->column, &lstm, net->pixels.outputs);
    end_parts(r, &turned);
}

static void take_layer(Reader *r, struct OcrNet *net, int inputs)
{
    Lstm *lstm = &net->layer[net->layers];
    Kind kind = take_kind(r), turned = kind;
    lstm->back = strcmp(kind.name, "RTLReversed") == 0;
    if (lstm->back) expect_parts(r, 1), kind = take_kind(r);
    if (strcmp(kind.name, "LSTM") != 0) r->ok = false;
    take_lstm(r, lstm, &kind, inputs);
    if (lstm->back) end_parts(r, &turned);
    net->layers++; /* also when it is not whole: it is released */
}

/* What follows the network; the noise is seeded by the number of lines that it was trained with. */
static void take_training(Reader *r, struct OcrNet *net)
{
    char spec[2];
    take_name(r, spec, sizeof spec);
    take_int(r);
    take_int(r);
    net->seed = (uint64_t)((int64_t)take_int(r) * 0x10000001) % INT32_MAX;
    if (net->seed == 0) net->seed = 1;
}

static void take_network(Reader *r, struct OcrNet *net)
{
    Kind all = expect(r, "Series");
    int parts = expect_parts(r, -1), layers = parts - 5; /* input, convolution, pool, column and softmax */
    Kind input = expect(r, "Input");
    if (layers < 1 || layers > NET_MOST_LAYERS || input.inputs != NET_HEIGHT) r->ok = false;
    take(r, 5 * sizeof(int32_t)); /* its shape */
    take_convolution(r, net);
    take_column(r, net);
    int inputs = net->column.cells;
    for (int i = 0; i < layers && r->ok; i++) take_layer(r, net, inputs), inputs = net->layer[i].cells;
    Kind last = expect(r, "Softmax");
    if (last.outputs > NET_MOST_OUTPUTS) r->ok = false;
    take_rows(r, &net->last, 0, last.outputs, inputs, last.outputs);
    end_parts(r, &all);
    take_training(r, net);
}

/* The part of the file with the network. */
static Reader find_part(const unsigned char *data, size_t size)
{
    Reader r = {data, size, true};
    int parts = take_int(&r);
    int64_t from = -1, to = (int64_t)size;
    if (parts <= PART || parts > MOST_PARTS) r.ok = false;
    for (int i = 0; i < parts && r.ok; i++) {
        int64_t at;
        memcpy(&at, take(&r, sizeof at), sizeof at);
        if (i == PART) from = at;
        if (i > PART && at >= from && at < to) to = at;
    }
    if (from < 0 || from > to || to > (int64_t)size) r.ok = false;
    return r.ok ? (Reader){data + from, (size_t)(to - from), true} : (Reader){data, 0, false};
}

bool net_parse(struct OcrNet *net, const unsigned char *data, size_t size, Err *err)
{
    Reader r = find_part(data, size);
    if (r.ok) take_network(&r, net);
    return r.ok || err_set(err, DAU_BAD_INPUT, "the network is of a form that is not known here");
}
