/* err_setv() keeps the phrase and says it at once, in the language of the process. A long sentence is cut where a
 * character of UTF-8 ends, so that "không mở được" never ends in half an "ợ". */
#define _GNU_SOURCE /* strerrordesc_np, sigdescr_np: English, whatever the locale */
#include "base/err.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static _Atomic Translate translate; /* NULL: English */

void err_translate(Translate by)
{
    translate = by;
}

static void say_made(Err *err)
{
    phrase_say(err->made, translate, err->text, sizeof err->text);
}

bool err_setv(Err *err, int code, const char *fmt, va_list ap)
{
    if (err_is(err)) return false;
    err->code = code;
    phrase_makev(err->made, fmt, ap);
    say_made(err);
    return false;
}

bool err_set(Err *err, int code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    err_setv(err, code, fmt, ap);
    va_end(ap);
    return false;
}

void err_prefix(Err *err, const char *fmt, ...)
{
    if (!err_is(err)) return;
    char before[PHRASE_SIZE];
    va_list ap;
    va_start(ap, fmt);
    phrase_makev(before, fmt, ap);
    va_end(ap);
    phrase_prefix(err->made, before);
    say_made(err);
}

void err_clear(Err *err)
{
    err->code = 0;
    err->text[0] = err->made[0] = '\0';
}

/* ---- stored ---- */

void err_keep(const Err *err, Buf *out)
{
    phrase_keep(err->made, out);
}

void err_take(Err *err, int code, const char *made)
{
    if (err_is(err)) return;
    err->code = code;
    snprintf(err->made, sizeof err->made, "%s", made);
    say_made(err);
}

void err_recall(Err *err, int code, const char *stored)
{
    char made[PHRASE_SIZE];
    phrase_recall(stored, made);
    err_take(err, code, made);
}

/* As stored: there, bytes of a file's name that are not UTF-8 are no longer what they were. */
bool err_same(const Err *a, const Err *b)
{
    Buf x = {0}, y = {0};
    err_keep(a, &x);
    err_keep(b, &y);
    bool same = a->code == b->code && str_eq(x.s, y.s);
    buf_release(&x);
    buf_release(&y);
    return same;
}

/* ---- what the system says ---- */

typedef struct SystemWord {
    int number;
    const char *says;
} SystemWord;

/* Those that a person meets; po/ has them in other languages, whatever the system's own catalogue has. */
static const SystemWord errors[] = {
    {ENOENT, tr_later("No such file or directory")},
    {EACCES, tr_later("Permission denied")},
    {EPERM, tr_later("Operation not permitted")},
    {EISDIR, tr_later("Is a directory")},
    {ENOTDIR, tr_later("Not a directory")},
    {EEXIST, tr_later("File exists")},
    {ENOTEMPTY, tr_later("Directory not empty")},
    {ENAMETOOLONG, tr_later("File name too long")},
    {ELOOP, tr_later("Too many levels of symbolic links")},
    {ENOSPC, tr_later("No space left on device")},
    {EDQUOT, tr_later("Disk quota exceeded")},
    {EFBIG, tr_later("File too large")},
    {EROFS, tr_later("Read-only file system")},
    {EIO, tr_later("Input/output error")},
    {ESTALE, tr_later("Stale file handle")},
    {EBUSY, tr_later("Device or resource busy")},
    {ENXIO, tr_later("No such device or address")},
    {EINVAL, tr_later("Invalid argument")},
    {EMFILE, tr_later("Too many open files")},
    {ENFILE, tr_later("Too many open files in system")},
    {ENOMEM, tr_later("Cannot allocate memory")},
    {EAGAIN, tr_later("Resource temporarily unavailable")},
    {EPIPE, tr_later("Broken pipe")},
    {EADDRINUSE, tr_later("Address already in use")},
    {EADDRNOTAVAIL, tr_later("Cannot assign requested address")},
    {0, NULL},
};

static const SystemWord signals[] = {
    {SIGSEGV, tr_later("Segmentation fault")},
    {SIGABRT, tr_later("Aborted")},
    {SIGBUS, tr_later("Bus error")},
    {SIGFPE, tr_later("Floating point exception")},
    {SIGILL, tr_later("Illegal instruction")},
    {SIGKILL, tr_later("Killed")},
    {SIGTERM, tr_later("Terminated")},
    {SIGSYS, tr_later("Bad system call")},
    {SIGXFSZ, tr_later("File size limit exceeded")},
    {0, NULL},
};

static const char *system_word(const SystemWord *words, int number, const char *otherwise)
{
    for (; words->says; words++)
        if (words->number == number) return words->says;
    return otherwise ? otherwise : "?";
}

const char *err_system(int number)
{
    return system_word(errors, number, strerrordesc_np(number));
}

const char *err_signal(int number)
{
    return system_word(signals, number, sigdescr_np(number));
}
