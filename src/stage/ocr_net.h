/* ocr_net: the network of Tesseract's fast models (tessdata_fast), run by ourselves: the same numbers, bit for bit, in
 * a fraction of the time.
 *
 *     OcrNet *net = ocr_net_open("vie.traineddata", &err);
 *     float *out = xalloc(ocr_net_steps(width) * ocr_net_outputs(net) * sizeof *out);
 *     if (ocr_net_run(net, pixels, width, out)) ...
 *     ocr_net_close(net);
 *
 * Such a model (Smith, "Building a multi-lingual OCR engine", DAS 2016 tutorial) is a convolution of 3 x 3 pixels, the
 * largest of each 3 x 3 of its answers, an LSTM (Hochreiter & Schmidhuber 1997) down each column, LSTMs along the line,
 * to and fro, and a softmax; weights and activations are of 8 bits. Knows nothing of Tesseract but its files; what
 * puts it to work is ocr_engine.c. A handle is not for two threads.
 */
#ifndef DAU_STAGE_OCR_NET_H
#define DAU_STAGE_OCR_NET_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum {
    NET_HEIGHT = 36,      /* px: lines are brought to this height */
    NET_POOL = 3,         /* px of a line, along and down, that become one step */
    NET_WIDEST = 1 << 16, /* px: longer lines are the engine's */
    NET_MOST_OUTPUTS = 1 << 12
};

typedef struct OcrNet OcrNet;

/* The network in a traineddata file. DAU_FORMAT when there is none that is built like this; DAU_MISSING when this
 * processor lacks what makes it worth while. */
OcrNet *ocr_net_open(const char *path, Err *err);
int ocr_net_outputs(const OcrNet *net); /* probabilities in a step */
int ocr_net_steps(int width);           /* of a line so many pixels long */
/* pixels: NET_HEIGHT rows of `width`, -127 black to 127 white. out: steps x outputs. False when the line is too short
 * or too long. */
bool ocr_net_run(OcrNet *net, const int8_t *pixels, int width, float *out);
void ocr_net_close(OcrNet *net); /* NULL is fine */

#endif
