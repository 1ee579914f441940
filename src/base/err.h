/* err: what went wrong, in the caller's buffer.
 *
 * Every function that can fail takes an `Err *`. The first error wins: once `err->code` is set, later
 * calls see `err_is(err)` and do nothing, so that the happy path reads as a straight line. Nobody below
 * cmd/ prints or exits.
 *
 *     Err err = {0};
 *     Page *p = load_page(src, 1, &err);
 *     clean_page(p, &err);
 *     if (err_is(&err)) ...                 (err.code is the exit code, err.text the sentence)
 *
 * A message is one sentence for a person: `cannot open 'x.pdf': no such file`, lower case, no full stop,
 * and where it helps, what to do next after a semicolon.
 *
 * Beside the sentence stands what it was made from, so that one that is stored, or comes from a worker, is said
 * in the language of whoever reads it. Low.
 */
#ifndef DAU_BASE_ERR_H
#define DAU_BASE_ERR_H

#include "base/phrase.h"

#include <stdarg.h>
#include <stdbool.h>

/* Exit codes of the program; 0-9, 15 and 130 as OCRmyPDF has them. */
enum {
    DAU_OK = 0,
    DAU_USAGE = 1,         /* the words of the command line */
    DAU_BAD_INPUT = 2,     /* the file is not what it says, or broken */
    DAU_MISSING = 3,       /* a model, dictionary or library is not there */
    DAU_BAD_OUTPUT = 4,    /* what was written failed its check */
    DAU_FILE_ACCESS = 5,   /* cannot open, read or write */
    DAU_NOTHING = 6,       /* nothing to do */
    DAU_ENGINE = 7,        /* Tesseract or another engine failed */
    DAU_ENCRYPTED = 8,     /* the document needs a password */
    DAU_CONFIG = 9,        /* what was set does not fit: shard, address, newer database */
    DAU_SOME_FAILED = 10,  /* finished, but some pages failed */
    DAU_LIMIT = 11,        /* over a limit of size, time or memory */
    DAU_BUSY = 12,         /* the database is in use */
    DAU_INTERNAL = 15,     /* a fault of the program */
    DAU_INTERRUPTED = 130, /* SIGINT */
};

typedef struct Err {
    int code;               /* 0 or one of the codes above */
    char text[500];         /* the sentence; UTF-8, cut at a character border */
    char made[PHRASE_SIZE]; /* what it was made from */
} Err;

/* Records the first error; returns false so that `return err_set(...)` reads well. */
bool err_set(Err *err, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool err_setv(Err *err, int code, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));
/* Puts `fmt...: ` before the sentence that is there: the place it happened at. */
void err_prefix(Err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_clear(Err *err);

/* What the system says of an errno, or of a signal, as a value of a sentence: English until it is said. */
const char *err_system(int number);
const char *err_signal(int number);

/* The reason as it is stored (phrase_keep()), and an error made of a stored one or of a worker's `made`. */
void err_keep(const Err *err, Buf *out);
void err_recall(Err *err, int code, const char *stored);
void err_take(Err *err, int code, const char *made);
/* Whether they are the same error, one of them perhaps from the database. */
bool err_same(const Err *a, const Err *b);

/* What puts a sentence into the reader's language before its values go in; tr.c sets it. Until then sentences
 * stay English. */
void err_translate(Translate by);

static inline bool err_is(const Err *err)
{
    return err->code != 0;
}

#endif
