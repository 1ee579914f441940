/* dau status -d plans.db: what a person wants to know in the morning. Of a run over 300 files:
 *
 *     300 documents: 297 done, 2 in part, 1 failed; 812 pages: 808 done, 4 failed; 5120 pairings (211 flagged)
 *     last run: 2026-11-21T22:00:03Z to 2026-11-22T04:12:40Z, some files or pages failed
 *     to look at:
 *       scans/b.pdf, page 2: number 12 is missing between 11 and 13
 *     failed:
 *       scans/a.pdf, page 3: stopped after 300 s; --page-timeout gives more (2 tries)
 *     to try again: dau run -d plans.db scans/a.pdf
 */
#include "cmd/cmd.h"

#include "base/json.h"
#include "base/tr.h"
#include "store/store.h"

#include <stdio.h>
#include <string.h>

enum { MOST_LISTED = 20, MOST_NAMED = 5 }; /* lines of what failed; files named in the command */

static const Usage usage = {
    "status", "[-d plans.db] [--json]",
    "How many documents and pages are done, how the last run ended, what failed and why, and the command "
    "that\n"
    "tries it again. While a run is at work its progress can be looked at in the same way.\n\n"
    "  dau status -d plans.db --json | jq '.failed[].reason'"};

static const char *how_it_ended(const Status *s)
{
    switch (s->code) {
    case DAU_OK: return tr("all was read");
    case DAU_SOME_FAILED: return tr("some files or pages failed");
    case DAU_INTERRUPTED: return tr("interrupted");
    case DAU_FILE_ACCESS: return tr("a file could not be opened, read or written");
    default: return tr("not all was read");
    }
}

static int documents_waiting(const Status *s)
{
    return s->documents - s->documents_done - s->documents_partly - s->documents_failed;
}

static int pages_waiting(const Status *s)
{
    return s->pages - s->pages_done - s->pages_failed;
}

/* ", 3 in part" */
static void add_part(Buf *b, int n, const char *what)
{
    if (n) buf_addf(b, ", %d %s", n, what);
}

static void add_counts(Buf *b, const Status *s)
{
    buf_addf(b, tr("%d document%s: %d done"), s->documents, plural(s->documents), s->documents_done);
    add_part(b, s->documents_partly, tr("in part"));
    add_part(b, s->documents_failed, tr("failed"));
    add_part(b, documents_waiting(s), tr("waiting"));
    buf_addf(b, tr("; %d page%s: %d done"), s->pages, plural(s->pages), s->pages_done);
    add_part(b, s->pages_failed, tr("failed"));
    add_part(b, pages_waiting(s), tr("waiting"));
    buf_addf(b, tr("; %d pairing%s"), s->pairings, plural(s->pairings));
    if (s->flagged) buf_addf(b, tr(" (%d flagged)"), s->flagged);
    if (s->unions) buf_addf(b, tr("; %d of trade unions or the like"), s->unions);
    buf_addc(b, '\n');
}

static void add_last_run(Buf *b, const Status *s)
{
    if (!s->started) return;
    buf_addf(b, tr("last run: %s "), s->started);
    if (s->ended)
        buf_addf(b, tr("to %s, %s\n"), s->ended, how_it_ended(s));
    else
        buf_add(b, tr("and still at work, or killed\n"));
}

/* A word of the shell's, whatever it holds. */
static void add_word(Buf *b, const char *s)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%";
    buf_addc(b, ' ');
    if (*s && strspn(s, plain) == strlen(s) && *s != '-') {
        buf_add(b, s);
        return;
    }
    buf_add(b, *s == '-' ? "./'" : "'");
    for (; *s; s++)
        if (*s == '\'')
            buf_add(b, "'\\''");
        else
            buf_addc(b, *s);
    buf_addc(b, '\'');
}

/* Few files by name, many by the database's own list. */
static void add_command(Buf *b, const char *database, const Status *s)
{
    const char *last = "";
    int files = 0;
    Buf names = {0};
    for (size_t i = 0; i < s->failed.n; i++) {
        if (strcmp(s->failed.v[i].file, last) == 0) continue;
        last = s->failed.v[i].file;
        files++;
        add_word(&names, last);
    }
    buf_addf(b, "%s run -d", cmd_called);
    add_word(b, database);
    buf_add(b, files && files <= MOST_NAMED && !documents_waiting(s) ? buf_str(&names) : " --unfinished");
    buf_release(&names);
}

static void add_failed(Buf *b, const Failed *f)
{
    buf_addf(b, "  %s", f->file);
    if (f->page) buf_addf(b, tr(", page %d"), f->page);
    char reason[PHRASE_SIZE];
    phrase_say_kept(f->reason, tr, reason, sizeof reason);
    buf_addf(b, ": %s", reason);
    if (f->tries > 1) buf_addf(b, tr(" (%d tries)"), f->tries);
    if (f->kept) buf_add(b, tr(" (what was found before is kept)"));
    buf_addc(b, '\n');
}

static void add_all_failed(Buf *b, const Status *s)
{
    size_t listed = s->failed.n < MOST_LISTED ? s->failed.n : MOST_LISTED;
    if (listed) buf_add(b, tr("failed:\n"));
    for (size_t i = 0; i < listed; i++) add_failed(b, &s->failed.v[i]);
    if (listed < s->failed.n)
        buf_addf(b, tr("  and %zu more: dau status --json, or the view 'failed'\n"), s->failed.n - listed);
}

static void add_all_odd(Buf *b, const Status *s)
{
    size_t listed = s->odd.n < MOST_LISTED ? s->odd.n : MOST_LISTED;
    if (listed) buf_add(b, tr("to look at:\n"));
    for (size_t i = 0; i < listed; i++) {
        char text[PHRASE_SIZE];
        phrase_say_kept(s->odd.v[i].text, tr, text, sizeof text);
        buf_addf(b, "  %s", s->odd.v[i].file);
        if (s->odd.v[i].page) buf_addf(b, tr(", page %d"), s->odd.v[i].page);
        buf_addf(b, ": %s\n", text);
    }
    if (listed < s->odd.n)
        buf_addf(b, tr("  and %zu more: dau status --json, or the view 'found_odd'\n"), s->odd.n - listed);
}

/* What runs were told: lists of one's own, columns of lists. */
static void add_told(Buf *b, const Status *s)
{
    size_t listed = s->said.n < MOST_LISTED ? s->said.n : MOST_LISTED;
    if (s->words) buf_addf(b, tr("words of your own: %s\n"), s->words);
    if (s->schools) buf_addf(b, tr("schools of your own: %s\n"), s->schools);
    if (listed) buf_add(b, tr("columns as you say:\n"));
    for (size_t i = 0; i < listed; i++) buf_addf(b, "  %s: %s\n", s->said.v[i].file, s->said.v[i].columns);
    if (listed < s->said.n) buf_addf(b, tr("  and %zu more: dau status --json\n"), s->said.n - listed);
}

static void print_text(const char *database, const Status *s)
{
    Buf b = {0};
    add_counts(&b, s);
    add_last_run(&b, s);
    add_told(&b, s);
    add_all_odd(&b, s);
    add_all_failed(&b, s);
    if (s->failed.n || documents_waiting(s)) {
        buf_add(&b, s->failed.n ? tr("to try again: ") : tr("to go on: "));
        add_command(&b, database, s);
        buf_addc(&b, '\n');
    }
    str_plain(b.s, "\n");
    fputs(b.s, stdout);
    buf_release(&b);
}

static void add_json_failed(Buf *b, const Failed *f)
{
    json_open(b, '{');
    json_text(b, "file", f->file);
    if (f->page)
        json_int(b, "page", f->page);
    else
        json_text(b, "page", NULL);
    json_int(b, "code", f->code);
    char reason[PHRASE_SIZE];
    phrase_say_kept(f->reason, NULL, reason, sizeof reason);
    json_text(b, "reason", reason);
    json_int(b, "tries", f->tries);
    json_bool(b, "kept", f->kept);
    json_close(b, '}');
}

static void add_json_run(Buf *b, const Status *s)
{
    if (!s->started) {
        json_text(b, "last_run", NULL);
        return;
    }
    json_key(b, "last_run"), json_open(b, '{');
    json_text(b, "started", s->started);
    json_text(b, "ended", s->ended);
    json_int(b, "code", s->code);
    json_text(b, "version", s->version);
    json_close(b, '}');
}

static void add_json_counts(Buf *b, const Status *s)
{
    json_key(b, "documents"), json_open(b, '{');
    json_int(b, "all", s->documents);
    json_int(b, "done", s->documents_done);
    json_int(b, "partly", s->documents_partly);
    json_int(b, "failed", s->documents_failed);
    json_int(b, "waiting", documents_waiting(s));
    json_close(b, '}');
    json_key(b, "pages"), json_open(b, '{');
    json_int(b, "all", s->pages);
    json_int(b, "done", s->pages_done);
    json_int(b, "failed", s->pages_failed);
    json_int(b, "waiting", pages_waiting(s));
    json_close(b, '}');
    json_int(b, "pairings", s->pairings);
    json_int(b, "flagged", s->flagged);
    json_int(b, "unions", s->unions);
}

static void add_json_odd(Buf *b, const Odd *o)
{
    char text[PHRASE_SIZE];
    phrase_say_kept(o->text, NULL, text, sizeof text);
    json_open(b, '{');
    json_text(b, "file", o->file);
    if (o->page)
        json_int(b, "page", o->page);
    else
        json_text(b, "page", NULL);
    json_text(b, "text", text);
    json_close(b, '}');
}

static void add_json_said(Buf *b, const SaidColumns *said)
{
    json_open(b, '{');
    json_text(b, "file", said->file);
    json_text(b, "columns", said->columns);
    json_close(b, '}');
}

static void print_json(const char *database, const Status *s)
{
    Buf b = {0}, command = {0};
    add_command(&command, database, s);
    json_open(&b, '{');
    json_text(&b, "database", database);
    add_json_counts(&b, s);
    add_json_run(&b, s);
    json_key(&b, "failed"), json_open(&b, '[');
    for (size_t i = 0; i < s->failed.n; i++) add_json_failed(&b, &s->failed.v[i]);
    json_close(&b, ']');
    json_key(&b, "found_odd"), json_open(&b, '[');
    for (size_t i = 0; i < s->odd.n; i++) add_json_odd(&b, &s->odd.v[i]);
    json_close(&b, ']');
    json_text(&b, "words", s->words);
    json_text(&b, "schools", s->schools);
    json_key(&b, "columns"), json_open(&b, '[');
    for (size_t i = 0; i < s->said.n; i++) add_json_said(&b, &s->said.v[i]);
    json_close(&b, ']');
    json_text(&b, "again", s->failed.n || documents_waiting(s) ? command.s : NULL);
    json_close(&b, '}');
    puts(b.s);
    buf_release(&b);
    buf_release(&command);
}

int cmd_status(int argc, char **argv)
{
    const char *database = "plans.db";
    bool json = false;
    const Option options[] = {{'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
                              {0, "json", OPT_FLAG, &json, NULL, "one object, with all that failed"},
                              {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first < argc)
        return usage_error(&usage, "there is nothing to name but the database: -d %s", argv[first]);
    Err err = {0};
    Arena a = {0};
    Status status = {0};
    Store *store = store_open(database, STORE_READ, &err);
    if (store && store_load_status(store, &a, &status, &err)) {
        if (json)
            print_json(database, &status);
        else
            print_text(database, &status);
    }
    status_release(&status);
    arena_release(&a);
    store_close(store);
    return complain(&err);
}
