/* dau restore: reads text and writes it restored, line for line: "Truong Mam non Hoa Mai" becomes "Trường Mầm non Hoa
 * Mai".
 *
 * Lines are gathered to a paragraph, because a sentence runs on from line to line. A paragraph ends at an empty line or
 * after MOST_LINES. With --from auto the first AHEAD bytes are read before the first paragraph is written. Nothing else is
 * kept, so memory stays the same however long the input is. */
#include "cmd/cmd.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "base/viet.h"
#include "restore/restore.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const float LEAST_TOLD = 0.01f; /* probability of another reading that --explain tells */

enum { MOST_TOLD = 3, MOST_LINES = 40, MOST_BYTES = 16 * 1024, AHEAD = 32 * 1024 };

static const Usage USAGE = {
    "restore", "[--from STATE] [--json|--explain] [FILE...]",
    "Gives Vietnamese text its marks and letters back, line for line. Without a FILE, or for -, it reads\n"
    "standard input.\n\n"
    "  echo 'Truong Mam non Hoa Mai' | dau restore"};

typedef struct Restoring {
    Restore *restore;
    bool json, explain, automatic;
    bool headed; /* the heading of --explain is written */
    FILE *in;
    Buf ahead;    /* read, not yet taken */
    size_t taken; /* bytes of ahead */
    Buf paragraph, out;
    long line; /* number of the paragraph's first line, from 1 */
    bool ended;
} Restoring;

/* ---- input ---- */

static void read_ahead(Restoring *run)
{
    char chunk[8192];
    if (run->taken) {
        memmove(run->ahead.s, run->ahead.s + run->taken, run->ahead.len - run->taken);
        run->ahead.len -= run->taken;
        run->taken = 0;
    }
    size_t got = fread(chunk, 1, sizeof chunk, run->in);
    buf_addn(&run->ahead, chunk, got);
    run->ended = got == 0;
}

/* The next line without its line feed into the paragraph; false at the end of the input. */
static bool take_line(Restoring *run, bool *empty)
{
    for (size_t seen = 0;;) {
        char *from = run->ahead.s ? run->ahead.s + run->taken : NULL;
        size_t have = run->ahead.len - run->taken;
        char *end = have > seen ? memchr(from + seen, '\n', have - seen) : NULL;
        if (end || (run->ended && have)) {
            size_t n = end ? (size_t)(end - from) : have;
            *empty = n == 0;
            buf_addn(&run->paragraph, from, n);
            run->taken += n + (end != NULL);
            return true;
        }
        if (run->ended) return false;
        seen = have;
        read_ahead(run);
    }
}

/* ---- output ---- */

static void write_word(const Word *w, size_t line_begin, Buf *out)
{
    json_open(out, '{');
    json_text(out, "raw", w->raw);
    json_text(out, "text", w->text);
    json_number(out, "prob", (double)w->prob, 4);
    json_int(out, "at", (int64_t)((size_t)w->box.x - line_begin));
    json_int(out, "len", w->box.w);
    json_key(out, "alternatives"), json_open(out, '[');
    for (int i = 0; i < w->alts; i++) {
        json_open(out, '{');
        json_text(out, "text", w->alt[i].text);
        json_number(out, "prob", exp((double)w->alt[i].score), 4);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

/* One object a line: {"line":1,"from":"ocr","words":[...]}. */
static void write_json(const Restoring *run, const char *s, size_t len, const Word *w, int n,
                       const char *from, Buf *out)
{
    long line = run->line;
    for (size_t begin = 0, i = 0; begin <= len; line++) {
        const char *feed = memchr(s + begin, '\n', len - begin);
        size_t end = feed ? (size_t)(feed - s) : len;
        json_open(out, '{');
        json_int(out, "line", line);
        json_text(out, "from", from);
        json_key(out, "words"), json_open(out, '[');
        for (; i < (size_t)n && (size_t)w[i].box.x < end; i++) write_word(&w[i], begin, out);
        json_close(out, ']');
        json_close(out, '}');
        buf_addc(out, '\n');
        begin = end + 1;
    }
}

/* Text and blanks up to a width of `width` characters, and one. */
static void add_column(const char *s, size_t width, Buf *out)
{
    buf_add(out, s);
    for (size_t n = utf8_length(s); n < width; n++) buf_addc(out, ' ');
    buf_addc(out, ' ');
}

static void write_heading(Buf *out)
{
    buf_add(out, "  place  read           made of it     prob  reading context as read  why\n");
}

static void explain_others(const Word *w, Buf *out)
{
    size_t before = out->len;
    buf_add(out, "         before ");
    for (int i = 0, told = 0; i < w->alts && told < MOST_TOLD; i++) {
        if (strcmp(w->alt[i].text, w->text) == 0 || w->alt[i].score < logf(LEAST_TOLD)) continue;
        buf_addf(out, "%s%s %.2f", told++ ? ", " : "", *w->alt[i].text ? w->alt[i].text : "nothing",
                 exp((double)w->alt[i].score));
    }
    if (out->s[out->len - 1] == ' ') out->len = before, out->s[before] = '\0';
    if (out->len > before) buf_addc(out, '\n');
}

/* A change: what the channel says, what the language model says of the word and of the raw one in its place.
 */
static void explain_word(const Word *w, const RestoreWhy *why, long line, size_t column, Buf *out)
{
    char place[32];
    snprintf(place, sizeof place, "%ld:%zu", line, column + 1);
    for (size_t n = strlen(place); n < 7; n++) buf_addc(out, ' ');
    buf_addf(out, "%s  ", place);
    add_column(w->raw, 14, out);
    add_column(*w->text ? w->text : "(nothing)", 14, out);
    buf_addf(out, "%.2f", (double)w->prob);
    if (why)
        buf_addf(out, " %8.1f %7.1f %7.1f  %s", why->reading > 0 ? (double)why->reading : 0.0,
                 (double)why->context, (double)why->as_read, why->rule);
    buf_addc(out, '\n');
    explain_others(w, out);
}

/* Every change: line:byte, raw, text, probability, costs in nats, what was done; what it was preferred to. */
static void write_changes(Restoring *run, const char *s, const Word *w, int n, Buf *out)
{
    long line = run->line;
    size_t begin = 0, at = 0;
    for (int i = 0; i < n; i++) {
        for (; at < (size_t)w[i].box.x; at++)
            if (s[at] == '\n') line++, begin = at + 1;
        if (strcmp(w[i].raw, w[i].text) == 0) continue;
        if (!run->headed) write_heading(out);
        run->headed = true;
        explain_word(&w[i], restore_why(run->restore, i), line, at - begin, out);
    }
}

/* The paragraph word by word, for --json and --explain. */
static void tell_words(Restoring *run, const char *s, size_t len, Err *err)
{
    Arena a = {0};
    Word *words;
    int n;
    bool ok = restore_line(run->restore, &a, s, len, &words, &n, err);
    if (ok && run->json)
        write_json(run, s, len, words, n, restore_from_name(restore_state(run->restore)), &run->out);
    else if (ok)
        write_changes(run, s, words, n, &run->out);
    arena_release(&a);
}

static bool flush_paragraph(Restoring *run, Err *err)
{
    const char *s = buf_str(&run->paragraph);
    size_t len = run->paragraph.len;
    if (run->json || run->explain)
        tell_words(run, s, len, err);
    else if (restore_plain(run->restore, s, len, &run->out, err))
        buf_addc(&run->out, '\n');
    bool wrong = fwrite(buf_str(&run->out), 1, run->out.len, stdout) != run->out.len || fflush(stdout) != 0;
    if (wrong) err_set(err, DAU_FILE_ACCESS, "cannot write standard output: %s", err_system(errno));
    buf_clear(&run->out);
    buf_clear(&run->paragraph);
    return !err_is(err);
}

static void restore_stream(Restoring *run, Err *err)
{
    bool empty;
    while (!run->ended && run->ahead.len < AHEAD && run->automatic) read_ahead(run);
    if (run->automatic) restore_judge(run->restore, buf_str(&run->ahead), run->ahead.len);
    run->line = 1;
    for (long lines = 0; !err_is(err);) {
        if (lines) buf_addc(&run->paragraph, '\n');
        size_t before = run->paragraph.len;
        bool more = take_line(run, &empty);
        if (!more && lines) run->paragraph.len = before - 1, run->paragraph.s[before - 1] = '\0';
        lines += more;
        if (lines && (!more || empty || lines >= MOST_LINES || run->paragraph.len > MOST_BYTES)) {
            flush_paragraph(run, err);
            run->line += lines;
            lines = 0;
        }
        if (!more) break;
    }
    buf_release(&run->ahead);
    buf_release(&run->paragraph);
    buf_release(&run->out);
}

static void restore_file(Restoring *run, const char *path, Err *err)
{
    int fd = file_open(path, err);
    if (fd < 0) return;
    run->in = fdopen(fd, "r");
    run->ended = false;
    run->taken = 0;
    if (run->in) restore_stream(run, err);
    if (!run->in || ferror(run->in))
        err_set(err, DAU_FILE_ACCESS, "cannot read '%s': %s", path, err_system(errno));
    if (run->in)
        fclose(run->in);
    else
        close(fd);
}

static bool parse_from(const char *name, RestoreFrom *from)
{
    for (int k = FROM_AUTO; k <= FROM_CLEAN; k++)
        if (strcmp(name, restore_from_name((RestoreFrom)k)) == 0) {
            *from = (RestoreFrom)k;
            return true;
        }
    return false;
}

static bool parse_tone(const char *name, RestoreTone *tone)
{
    *tone = str_eq(name, "new")   ? RESTORE_TONE_NEW
            : str_eq(name, "old") ? RESTORE_TONE_OLD
                                  : RESTORE_TONE_AS_IS;
    return !name || *tone != RESTORE_TONE_AS_IS;
}

int cmd_restore(int argc, char **argv)
{
    const char *from = "auto", *tone = NULL;
    RestoreOptions o = {0};
    Restoring run = {0};
    Err err = {0};
    const Option options[] = {
        {0, "from", OPT_STRING, &from, "STATE=auto|ocr|stripped|vie|mixed",
         "ocr: anything may be wrong; stripped: all marks are lost; vie: an OCR with Vietnamese; mixed: any "
         "word "
         "may have lost its marks; auto: found by the text (the default)"},
        {0, "json", OPT_FLAG, &run.json, NULL, "per word: raw, text, probability, alternatives, offsets"},
        {0, "explain", OPT_FLAG, &run.explain, NULL,
         "list the changes instead of the text: place, probability, what it costs (nats) that the word is "
         "read so, "
         "what it costs in its context, what the raw word would cost there"},
        {0, "dict", OPT_STRING, &o.dict, "FILE", "words and names to add, one a line, TAB and a weight"},
        {0, "tone", OPT_STRING, &tone, "STYLE=old|new",
         "old: hòa, thủy; new: hoà, thuỷ (as each word has it)"},
        {0}};
    int first = options_parse(argc, argv, &USAGE, options);
    if (first < 0) return -first - 1;
    if (run.json && run.explain) return usage_error(&USAGE, "--json and --explain are two forms of output");
    if (!parse_from(from, &o.from))
        return usage_error(&USAGE, "'%s' is not a state of text; use ocr, stripped, vie, mixed or auto",
                           from);
    if (!parse_tone(tone, &o.tone))
        return usage_error(&USAGE, "'%s' is not a style of tones; use old or new", tone);
    o.quick = !run.json && !run.explain;
    o.explain = run.explain;
    run.automatic = o.from == FROM_AUTO || o.from == FROM_VIE || o.from == FROM_MIXED;
    run.restore = restore_open(&o, &err);
    for (int i = first; run.restore && i < argc; i++) restore_file(&run, argv[i], &err);
    if (run.restore && first == argc) restore_file(&run, "-", &err);
    restore_close(run.restore);
    return complain(&err);
}
