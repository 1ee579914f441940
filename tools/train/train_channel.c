/* train_channel: makes a confusion table (model/confuse.h) of drawn pages and what an engine read on them.
 *
 *     train_channel --out dicts/ocr-eng.tsv TRUTH.txt READ.txt [TRUTH.txt READ.txt ...] */
#include "model/channel.h"
#include "pair_lines.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 6, LEAST = 2 /* sightings of a pair that is written */ };

static void read_pair(const char *truth, const char *read, LinePairs *pairs, Err *err)
{
    Buf t = {0}, r = {0};
    if (file_read(truth, 0, &t, err) && file_read(read, 0, &r, err))
        pair_lines(buf_str(&t), buf_str(&r), pairs);
    buf_release(&t);
    buf_release(&r);
}

static bool train(const LinePairs *pairs, const char *out, Err *err)
{
    Channel a;
    Buf b = {0};
    channel_init(&a);
    for (int i = 0; i < ROUNDS; i++)
        fprintf(stderr, "round %d: %.4f nats a character\n", i + 1, channel_round(&a, pairs));
    buf_add(&b, "# true\tread\ttimes\tof\n");
    channel_write(&a, LEAST, &b);
    bool ok = file_write(out, b.s, b.len, err);
    buf_release(&b);
    channel_release(&a);
    return ok;
}

int main(int argc, char **argv)
{
    LinePairs pairs = {0};
    Err err = {0};
    if (argc < 5 || strcmp(argv[1], "--out") != 0 || argc % 2 == 0) {
        fprintf(stderr, "usage: train_channel --out FILE TRUTH.txt READ.txt ...\n");
        return DAU_USAGE;
    }
    for (int i = 3; i + 1 < argc; i += 2) read_pair(argv[i], argv[i + 1], &pairs, &err);
    fprintf(stderr, "%zu lines\n", pairs.n);
    if (!err_is(&err)) train(&pairs, argv[2], &err);
    channel_release_pairs(&pairs);
    if (err_is(&err)) fprintf(stderr, "train_channel: %s\n", err.text);
    return err.code;
}
