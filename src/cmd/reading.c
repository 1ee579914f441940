/* A file of passwords is read whole; each line, without its line feed, is a password: "mật khẩu 2023" has a blank in it.
 * An option that was not given is 0 or NULL, and load's own default holds. */
#include "cmd/reading.h"

#include "base/file.h"
#include "extract/extract.h"

#include <math.h>
#include <string.h>

enum { MOST_PASSWORD_BYTES = 1 << 20 };

static bool settle_layer(const char *how, TextLayer *layer, Err *err)
{
    static const char *const names[] = {"auto", "use", "ignore"};
    for (int i = 0; how && i < 3; i++)
        if (str_eq(how, names[i])) {
            *layer = (TextLayer)i;
            return true;
        }
    return !how || err_set(err, DAU_USAGE, "--text-layer is auto, use or ignore, not '%s'", how);
}

bool passwords_read(Passwords *p, Err *err)
{
    if (!p->file) return true;
    if (!file_read(p->file, MOST_PASSWORD_BYTES, &p->text, err)) return false;
    for (char *s = p->text.s; s && *s;) {
        char *stop = s + strcspn(s, "\r\n"), *next = stop + strspn(stop, "\r\n");
        *stop = 0;
        *vec_push(&p->all) = s;
        s = next;
    }
    *vec_push(&p->all) = NULL;
    return true;
}

void passwords_release(Passwords *p)
{
    buf_release(&p->text);
    vec_release(&p->all);
}

/* A list that cannot be understood is told before a file is opened. */
static bool check_columns(const char *columns, Err *err)
{
    if (!columns || !*columns) return true;
    Extract *x = extract_new();
    bool ok = extract_say_columns(x, columns, err);
    extract_free(x);
    return ok;
}

static const char *not_empty(const char *s)
{
    return s && *s ? s : NULL;
}

bool reading_settle(ReadingOptions *r, LineOptions *line, Err *err)
{
    *line = (LineOptions){.ocr.tessdata = r->tessdata,
                          .load.most_megapixels = r->most_megapixels,
                          .words = not_empty(r->words),
                          .schools = not_empty(r->schools)};
    if (r->most_file_mb < 0 || r->most_unpacked_mb < 0 || !(r->most_megapixels >= 0))
        return err_set(err, DAU_USAGE, "a limit must be over 0");
    line->load.most_bytes = (size_t)r->most_file_mb << 20;
    line->load.most_unpacked = (size_t)r->most_unpacked_mb << 20;
    if (!settle_layer(r->text_layer, &line->load.text_layer, err) || !check_columns(r->columns, err) ||
        !passwords_read(&r->passwords, err))
        return false;
    line->load.passwords = r->passwords.all.v;
    return true;
}

bool limits_make_sense(const PoolOptions *p)
{
    return p->memory_mb >= 0 && p->file_mb >= 0 && p->job_seconds >= 0 && p->cpu_seconds >= 0 &&
           isfinite(p->job_seconds) && isfinite(p->cpu_seconds);
}

/* "page 3 of 'plan.pdf' is too large" says all; "the worker died" says nothing. */
void name_page(Err *err, const char *path, int page)
{
    if (strstr(err->text, path)) return;
    if (!page || str_starts(err->made, "page "))
        err_prefix(err, "'%s'", path);
    else
        err_prefix(err, "'%s' page %d", path, page);
}

int reading_refused(ReadingOptions *r, const Usage *usage, const Err *err)
{
    reading_release(r);
    return err->code == DAU_USAGE ? usage_error(usage, "%s", err->text) : complain(err);
}

void reading_release(ReadingOptions *r)
{
    passwords_release(&r->passwords);
}
