/* One message goes three ways. "'kế hoạch?.pdf' is empty" is for the terminal, where '?' is a line feed in the name.
 * {"event":"message","text":"'kế hoạch\n.pdf' is empty"} is for a program. "2026-11-22T07:00:00Z 'kế hoạch?.pdf' is
 * empty" goes to the log. A log that cannot be written does not stop a run. */
#include "cmd/messages.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/tr.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool messages_as_json;
static FILE *log_file;

bool messages_log(const char *path, Err *err)
{
    if (err_is(err)) return false;
    log_file = fopen(path, "ae");
    if (!log_file) return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", path, err_system(errno));
    setvbuf(log_file, NULL, _IOLBF, 0);
    return true;
}

void messages_end(void)
{
    if (log_file) fclose(log_file);
    log_file = NULL;
}

static void put_safe(FILE *f, const char *text)
{
    char *plain = xstrdup(text);
    str_plain(plain, "");
    fprintf(f, "%s\n", plain);
    free(plain);
}

static void log_line(int code, const char *text)
{
    char when[32];
    struct tm utc;
    time_t t = time(NULL);
    if (!log_file || !gmtime_r(&t, &utc)) return;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    fprintf(log_file, code ? "%s error %d: " : "%s ", when, code);
    put_safe(log_file, text);
}

void message_json(const Buf *object)
{
    fprintf(stderr, "%s\n", buf_str(object));
    fflush(stderr);
}

static void put_json(int code, const char *text)
{
    Buf b = {0};
    json_open(&b, '{');
    json_text(&b, "event", code ? "error" : "message");
    if (code) json_int(&b, "code", code);
    json_text(&b, "text", text);
    json_close(&b, '}');
    message_json(&b);
    buf_release(&b);
}

void message(Seen seen, int code, const char *text)
{
    log_line(code, text);
    if (seen == LOGGED_ONLY) return;
    if (messages_as_json) {
        put_json(code, text);
        return;
    }
    if (code) fputs("dau: ", stderr);
    put_safe(stderr, text);
}

void messagev(Seen seen, const char *fmt, va_list ap)
{
    fmt = tr(fmt);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *text = xalloc((size_t)(n < 0 ? 0 : n) + 1);
    vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, fmt, again);
    va_end(again);
    message(seen, 0, text);
    free(text);
}

void note(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (log_file) messagev(LOGGED_ONLY, fmt, ap);
    va_end(ap);
}
