/* reader_floats: turns the network of a Tesseract model back into floats, from which `lstmtraining` continues.
 *
 *   combine_tessdata -e /usr/share/tesseract-ocr/5/tessdata/vie.traineddata vie.lstm
 *   reader_floats vie.lstm vie-float.lstm
 *   reader_floats --integers vie.lstm weights       the 8-bit weights alone, to compare two networks
 *
 * tools/make-reader.sh does all of it. */
#include "base/file.h"
#include "reader_net.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    Err err = {0};
    Buf from = {0}, to = {0};
    bool integers = argc == 4 && !strcmp(argv[1], "--integers");
    if (argc != 3 && !integers) {
        fputs("usage: reader_floats [--integers] FROM.lstm TO\n", stderr);
        return DAU_USAGE;
    }
    bool ok = file_read(argv[argc - 2], 0, &from, &err) &&
              (integers ? reader_net_integers : reader_net_to_floats)(from.s, from.len, &to, &err) &&
              file_write(argv[argc - 1], to.s, to.len, &err);
    if (!ok) fprintf(stderr, "reader_floats: %s\n", err.text);
    buf_release(&from);
    buf_release(&to);
    return ok ? 0 : err.code;
}
