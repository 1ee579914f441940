/* Puts our network (ocr_net.h) in the place of Tesseract's. Like ocr_set_up.c it is part of the program and not of
 * libdau.so, for it replaces functions of a library in the whole process.
 *
 * Tesseract brings a line to a height of 36 pixels, copies them into a NetworkIO (FromPix), asks its network for the
 * probabilities of each step (Series::Forward) and searches them for text. Both are functions that the library
 * exports, and so are those that read and write a NetworkIO. Their names hold their types: under a version that has
 * others they are not found, or never called, and Tesseract does as it always did. So it does with a model of another
 * form. The first lines of each handle go through both networks; when a single bit differs, ours is never asked again.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "stage/ocr_private.h"

#include "base/arena.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Names of functions of namespace tesseract; NetworkIO, StaticShape and the others stay pointers here. */
#define FORWARD   "_ZN9tesseract6Series7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchEPS1_"
#define FROM_PIX  "_ZN9tesseract9NetworkIO7FromPixERKNS_11StaticShapeENS_5ImageEPNS_5TRandE"
#define READ_STEP "_ZNK9tesseract9NetworkIO12ReadTimeStepEiPf"
#define PUT_STEP  "_ZN9tesseract9NetworkIO13WriteTimeStepEiPKf"
#define RESIZE    "_ZN9tesseract9NetworkIO8Resize2dEbii"

enum {
    COMPARED = 100, /* steps, about 20 letters, that must be equal before ours is believed */
    GREYS = 256,
    WIDEST_STEP = 1 << 16 /* numbers in a step of any network */
};

typedef void Forward(void *series, bool debug, const void *in, const void *turned, void *scratch, void *out);
typedef void FromPix(void *io, const void *shape, PIX *pix, void *noise);

static struct {
    Forward *forward;
    FromPix *from_pix;
    void (*read_step)(const void *io, int t, float *numbers);
    void (*put_step)(void *io, int t, const float *numbers);
    void (*resize)(void *io, bool whole, int steps, int numbers);
} theirs;

static void find(const char *name, void *function)
{
    void *at = dlsym(RTLD_NEXT, name);
    memcpy(function, &at, sizeof at);
}

/* The first time that any of it is called. */
void ocr_engine_set_up(void)
{
    if (theirs.forward) return;
    find(FORWARD, &theirs.forward);
    find(FROM_PIX, &theirs.from_pix);
    find(READ_STEP, &theirs.read_step);
    find(PUT_STEP, &theirs.put_step);
    find(RESIZE, &theirs.resize);
}

/* What is being read for, when our network can be asked. */
static OcrOwn *own_now(void)
{
    OcrOwn *own = ocr_own;
    if (!own || own->unfit || !theirs.read_step || !theirs.put_step || !theirs.resize) return NULL;
    if (!own->net) {
        Err none = {0};
        own->net = ocr_net_open(own->model, &none);
        own->unfit = !own->net;
    }
    return own->net ? own : NULL;
}

/* The line as Tesseract stretched its greys: the same number for the same grey. */
static void take_line(OcrOwn *own, const void *io, PIX *pix)
{
    int8_t number[GREYS];
    bool known[GREYS] = {false};
    int w = pixGetWidth(pix), words = pixGetWpl(pix);
    own->input = NULL;
    if (pixGetHeight(pix) != NET_HEIGHT || pixGetDepth(pix) != 8 || w > NET_WIDEST) return;
    own->pixels = xrealloc(own->pixels, (size_t)w * NET_HEIGHT);
    int8_t *at = own->pixels;
    for (int y = 0; y < NET_HEIGHT; y++) {
        const l_uint32 *row = pixGetData(pix) + (size_t)y * (size_t)words;
        for (int x = 0; x < w; x++) {
            int grey = GET_DATA_BYTE(row, x);
            if (!known[grey]) {
                float one;
                theirs.read_step(io, y * w + x, &one);
                number[grey] = (int8_t)lroundf(one * INT8_MAX);
                known[grey] = true;
            }
            *at++ = number[grey];
        }
    }
    own->input = io, own->width = w;
}

void engine_from_pix(void *io, const void *shape, PIX *pix, void *noise) __asm__(FROM_PIX)
    __attribute__((visibility("default")));
void engine_from_pix(void *io, const void *shape, PIX *pix, void *noise)
{
    ocr_engine_set_up();
    theirs.from_pix(io, shape, pix, noise);
    OcrOwn *own = own_now();
    if (own) take_line(own, io, pix);
}

/* Whether what Tesseract's network said is what ours says. */
static bool same(const void *out, const float *ours, int steps, int numbers)
{
    float *step = xalloc(WIDEST_STEP * sizeof *step);
    bool ok = true;
    for (int t = 0; t < steps && ok; t++, ours += numbers) {
        theirs.read_step(out, t, step);
        ok = memcmp(step, ours, (size_t)numbers * sizeof *ours) == 0;
    }
    free(step);
    return ok;
}

/* What ours says goes into `out`. */
static void put(const OcrOwn *own, void *out, int steps, int numbers)
{
    theirs.resize(out, false, steps, numbers);
    for (int t = 0; t < steps; t++) theirs.put_step(out, t, own->out + (size_t)t * (size_t)numbers);
}

/* Whether `in` is a line, not what goes on within the network, and ours has an answer to it. */
static bool ours_answers(OcrOwn *own, const void *in, int steps)
{
    if (!own || own->input != in || steps < 1) return false;
    size_t numbers = (size_t)steps * (size_t)ocr_net_outputs(own->net);
    own->out = xrealloc(own->out, numbers * sizeof *own->out);
    return ocr_net_run(own->net, own->pixels, own->width, own->out);
}

void engine_forward(void *series, bool debug, const void *in, const void *turned, void *scratch,
                    void *out) __asm__(FORWARD) __attribute__((visibility("default")));
void engine_forward(void *series, bool debug, const void *in, const void *turned, void *scratch, void *out)
{
    ocr_engine_set_up();
    OcrOwn *own = own_now();
    int steps = own ? ocr_net_steps(own->width) : 0, numbers = own ? ocr_net_outputs(own->net) : 0;
    bool answered = ours_answers(own, in, steps), believed = answered && own->compared >= COMPARED;
    if (believed)
        put(own, out, steps, numbers);
    else
        theirs.forward(series, debug, in, turned, scratch, out);
    if (answered && !believed) {
        own->unfit = !same(out, own->out, steps, numbers);
        own->compared += steps;
    }
}
