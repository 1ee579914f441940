/* reader_net: the network of a Tesseract reader, from 8-bit numbers back to floats.
 *
 *     Buf from = {0}, to = {0};                      (the component `lstm` of vie.traineddata)
 *     if (file_read("vie.lstm", 0, &from, &err) && reader_net_to_floats(from.s, from.len, &to, &err))
 *         file_write("vie.float", to.s, to.len, &err);
 *
 * Debian's models hold each row of weights as int8 and one scale. `lstmtraining` continues from floats only. A weight is
 * int8 * scale. The layers, their order and their names stay. `lstmtraining --stop_training --convert_to_int` makes
 * 8-bit numbers of it again. Untrained, they are those it was made of.
 *
 * The form was read off Tesseract 5.3: src/lstm/network.cpp, weightmatrix.cpp, lstmrecognizer.cpp (Apache-2.0).
 */
#ifndef DAU_TRAIN_READER_NET_H
#define DAU_TRAIN_READER_NET_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the float network to `out`, which the caller releases. DAU_BAD_INPUT for what is cut short, has a layer that is
 * not known, or is a network of floats already. */
bool reader_net_to_floats(const void *data, size_t n, Buf *out, Err *err);

/* Appends the 8-bit weights, row by row in the order of the file, to compare two networks. As above. */
bool reader_net_integers(const void *data, size_t n, Buf *out, Err *err);

#endif
