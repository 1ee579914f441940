/* err: says what went wrong, in a buffer of the caller's.
 *
 * Every function that can fail takes an `Err *`. The first error wins: once err->code is set, later calls see
 * err_is(err) and do nothing. So the good path reads as a straight line. Nobody below cmd/ prints or exits, except
 * xalloc() when memory runs out.
 *
 *     Err err = {0};
 *     Page *p = load_page(src, 1, &err);
 *     clean_page(p, &err);
 *     if (err_is(&err)) ...                 (err.code is the exit code, err.text the sentence)
 *
 * A message is one sentence for a person: `cannot open 'x.pdf': no such file`. It is in lower case, without a full stop.
 * Where it helps, it says after a semicolon what to do next.
 *
 * An Err also keeps the format and the values (phrase.h) that its sentence was made from. So an error from a worker or
 * from the database is said in the language of whoever reads it.
 */
#ifndef DAU_BASE_ERR_H
#define DAU_BASE_ERR_H

#include "base/phrase.h"

#include <stdarg.h>
#include <stdbool.h>

/* Exit codes of the program. 0 to 9, 15 and 130 mean what they mean in OCRmyPDF. */
enum {
    DAU_OK = 0,
    DAU_USAGE = 1,         /* the command line is wrong */
    DAU_BAD_INPUT = 2,     /* the file is not what it says, or broken */
    DAU_MISSING = 3,       /* a model, dictionary or library is not there */
    DAU_BAD_OUTPUT = 4,    /* what was written failed its check */
    DAU_FILE_ACCESS = 5,   /* cannot open, read or write */
    DAU_NOTHING = 6,       /* nothing to do */
    DAU_ENGINE = 7,        /* Tesseract or another engine failed */
    DAU_ENCRYPTED = 8,     /* the document needs a password */
    DAU_CONFIG = 9,        /* settings contradict: a shard, an address, a database of a newer version */
    DAU_SOME_FAILED = 10,  /* finished, but some pages failed */
    DAU_LIMIT = 11,        /* over a limit of size, time or memory */
    DAU_BUSY = 12,         /* the database is in use */
    DAU_INTERNAL = 15,     /* a fault of the program */
    DAU_INTERRUPTED = 130, /* SIGINT */
};

typedef struct Err {
    int code;               /* 0 or one of the codes above */
    char text[500];         /* the sentence; UTF-8, cut at a character border */
    char made[PHRASE_SIZE]; /* the phrase that it was made from: format and values */
} Err;

/* Records the error, unless one is recorded already. Returns false, so that `return err_set(...)` reads well. */
bool err_set(Err *err, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool err_setv(Err *err, int code, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));
/* Puts `fmt...: ` before the recorded sentence, to say where it happened. Without an error it does nothing. */
void err_prefix(Err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_clear(Err *err);

/* What the system says of an errno, or of a signal. Lent; only for a %s of err_set() or of a phrase, which translates
 * it. */
const char *err_system(int number);
const char *err_signal(int number);

/* Appends the error as the database stores it (phrase_keep()). */
void err_keep(const Err *err, Buf *out);
/* Records an error that was stored so, or one whose `made` came from a worker; as err_set(), the first wins. */
void err_recall(Err *err, int code, const char *stored);
void err_take(Err *err, int code, const char *made);
/* Whether the two are the same error. Either may come from the database. */
bool err_same(const Err *a, const Err *b);

/* Sets what translates a format before its values go in; tr_open() calls it. Before that, sentences are English. */
void err_translate(Translate by);

static inline bool err_is(const Err *err)
{
    return err->code != 0;
}

#endif
