/* The line gets its parts by importance: the numbers first, then the bar, then the name, "kế hoạch.pdf", in what room is
 * left. The rate is over the whole run. The time left is the pages left over the rate. */
#include "cmd/progress.h"

#include "base/json.h"
#include "base/tr.h"
#include "base/viet.h"
#include "cmd/cmd.h"
#include "cmd/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const double REDRAW_S = 0.2; /* faster than this is flicker */
static const double JSON_S = 1;
static const double PLAIN_S = 60;       /* a line in a log every minute */
static const double RATE_AFTER_S = 3.0; /* before that a rate says nothing */

enum {
    LEAST_WIDTH = 40,
    MOST_WIDTH = 200,
    DEFAULT_WIDTH = 80,
    LEAST_BAR = 6,
    MOST_BAR = 30,
    LEAST_NAME = 8, /* columns below which a name is not worth its place */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int terminal_width(int fd)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int width = 0;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    if (width <= 0 && columns) width = str_int(columns);
    if (width <= 0) width = DEFAULT_WIDTH;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

void add_duration(Buf *b, double seconds)
{
    long s = (long)(seconds + 0.5);
    if (s < 60)
        buf_addf(b, tr("%ld s"), s);
    else if (s < 3600)
        buf_addf(b, tr("%ld min %ld s"), s / 60, s % 60);
    else
        buf_addf(b, tr("%ld h %ld min"), s / 3600, s / 60 % 60);
}

/* "2.1/s", "14/min" */
static void add_rate(Buf *b, double rate)
{
    if (rate >= 1)
        buf_addf(b, "  %.*f/s", rate < 10 ? 1 : 0, rate);
    else
        buf_addf(b, tr("  %.0f/min"), rate * 60);
}

static int columns(const Buf *b)
{
    return (int)utf8_length(buf_str(b));
}

static void add_numbers(Buf *b, const Count *c, double seconds, int width)
{
    double rate = seconds > 0 ? (double)c->done / seconds : 0;
    buf_addf(b, tr("%ld/%s%ld pages"), c->done, c->guess ? "~" : "", c->all);
    if (c->failed) buf_addf(b, tr("  %ld failed"), c->failed);
    if (seconds < RATE_AFTER_S || c->done == 0) return;
    Buf more = {0};
    buf_add(&more, "  ");
    add_duration(&more, (double)(c->all > c->done ? c->all - c->done : 0) / rate);
    buf_add(&more, tr(" left"));
    if (columns(b) + columns(&more) <= width) buf_add(b, more.s);
    buf_clear(&more);
    add_rate(&more, rate);
    if (columns(b) + columns(&more) <= width) buf_add(b, more.s);
    buf_release(&more);
}

static void add_bar(Buf *b, const Count *c, int width, bool color)
{
    long full = c->all > 0 ? c->done * width / c->all : 0;
    if (full > width) full = width;
    buf_add(b, color ? "[\x1b[32m" : "[");
    for (int i = 0; i < width; i++) buf_addc(b, i < full ? '#' : i == full ? '>' : '-');
    buf_add(b, color ? "\x1b[0m]  " : "]  ");
}

/* The end of a name says more than its beginning. Control characters could drive the terminal. */
static void add_name(Buf *b, const char *name, int room)
{
    size_t n = utf8_length(name);
    if (room < LEAST_NAME) return;
    buf_add(b, "  ");
    if ((int)n > room) {
        buf_add(b, "…");
        name += utf8_offset(name, n - (size_t)room + 1);
    }
    for (; *name; name++) buf_addc(b, (unsigned char)*name < 0x20 || *name == 0x7F ? '?' : *name);
}

void progress_line(Buf *b, const Count *count, const char *name, double seconds, int width, bool color)
{
    Buf numbers = {0};
    add_numbers(&numbers, count, seconds, width);
    int room = width - columns(&numbers) - 4; /* brackets and blanks of a bar */
    int bar = room / 2 < MOST_BAR ? room / 2 : MOST_BAR;
    if (bar < LEAST_BAR && room >= LEAST_BAR) bar = LEAST_BAR;
    if (bar >= LEAST_BAR) {
        add_bar(b, count, bar, color);
        room -= bar;
    }
    buf_addn(b, buf_str(&numbers), numbers.len);
    add_name(b, name, room - 2);
    buf_release(&numbers);
}

void progress_json(Buf *b, const Count *c, const char *name, double seconds)
{
    json_open(b, '{');
    json_text(b, "event", "progress");
    json_int(b, "done", c->done);
    json_int(b, "all", c->all);
    json_bool(b, "estimate", c->guess);
    json_int(b, "failed", c->failed);
    json_number(b, "seconds", seconds, 1);
    if (c->done > 0)
        json_number(b, "left", seconds * (double)(c->all > c->done ? c->all - c->done : 0) / (double)c->done,
                    1);
    else
        json_text(b, "left", NULL);
    json_text(b, "file", name);
    json_close(b, '}');
}

void progress_open(Progress *p)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    *p = (Progress){.quiet = cmd_verbosity < 0, .json = messages_as_json, .started = now()};
    p->last = p->started;
    p->terminal = !p->json && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    p->color = p->terminal && !(no_color && *no_color);
}

static bool is_time(Progress *p)
{
    double t = now();
    if (p->quiet || t - p->last < (p->terminal ? REDRAW_S : p->json ? JSON_S : PLAIN_S)) return false;
    p->last = t;
    return true;
}

static void put(Progress *p, const Buf *line)
{
    if (p->terminal)
        fprintf(stderr, "\r%s\x1b[K", buf_str(line));
    else
        fprintf(stderr, "%s\n", buf_str(line));
    fflush(stderr);
    p->drawn = p->terminal;
}

void progress_show(Progress *p, const Count *count, const char *name)
{
    if (!is_time(p)) return;
    Buf line = {0};
    if (p->json)
        progress_json(&line, count, name, p->last - p->started);
    else if (p->terminal)
        progress_line(&line, count, name, p->last - p->started, terminal_width(STDERR_FILENO) - 1, p->color);
    else
        add_numbers(&line, count, p->last - p->started, MOST_WIDTH);
    put(p, &line);
    buf_release(&line);
}

void progress_say(Progress *p, const char *sentence)
{
    if (p->json || !is_time(p)) return;
    Buf line = {0};
    int width = terminal_width(STDERR_FILENO) - 1;
    buf_addn(&line, sentence, utf8_offset(sentence, (size_t)width));
    put(p, &line);
    buf_release(&line);
}

void progress_hide(Progress *p)
{
    if (p->drawn) fputs("\r\x1b[K", stderr);
    p->drawn = false;
}

void progress_close(Progress *p)
{
    progress_hide(p);
}
