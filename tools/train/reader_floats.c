/* reader_floats: turns the network of a Tesseract model back into floats, from which `lstmtraining` continues.
 *
 *   combine_tessdata -e /usr/share/tesseract-ocr/5/tessdata/vie.traineddata vie.lstm
 *   reader_floats vie.lstm vie-float.lstm
 *
 * tools/make-reader.sh does all of it. */
#include "base/file.h"
#include "reader_net.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    Err err = {0};
    Buf from = {0}, to = {0};
    if (argc != 3) {
        fputs("usage: reader_floats FROM.lstm TO.lstm\n", stderr);
        return DAU_USAGE;
    }
    bool ok = file_read(argv[1], 0, &from, &err) && reader_net_to_floats(from.s, from.len, &to, &err) &&
              file_write(argv[2], to.s, to.len, &err);
    if (!ok) fprintf(stderr, "reader_floats: %s\n", err.text);
    buf_release(&from);
    buf_release(&to);
    return ok ? 0 : (int)err.code;
}
