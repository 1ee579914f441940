/* dau run -d plans.db scans/: lists the files, plans what is to be read, has it read, and sums up: "1 document, 2 pages,
 * 25 pairings" of one "kế hoạch.pdf". */
#include "cmd/run.h"

#include "base/json.h"
#include "base/tr.h"
#include "batch/sandbox.h"
#include "batch/watch.h"
#include "cmd/cmd.h"
#include "cmd/learn.h"
#include "cmd/messages.h"
#include "cmd/reading.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    SETTLE_BURST_MS = 200,   /* after the first change others follow: taken together */
    WATCH_ANYWAY_MS = 30000, /* a network folder tells no changes: looked at this often */
};

typedef struct RunOptions {
    const char *database;
    ReadingOptions reading;
    PoolOptions pool;
    int most_pages;
    double settle;
    bool force, unfinished, watch;
    const char *shard, *progress, *log;
} RunOptions;

static const Usage usage = {
    "run", "[-d plans.db] [-j N] PATH...",
    "Reads scans (PDF and pictures), Word and OpenDocument files, web pages and text, restores their words,\n"
    "finds which school is twinned with which, and stores all of it in a database. A PATH may be a folder: "
    "it is walked to the bottom;\n"
    "symbolic links, devices and files of other kinds in it are passed over.\n\n"
    "  dau run -d plans.db scans/ && dau export -d plans.db --format table\n\n"
    "The same call again reads only what is new: a file is known by its bytes, whatever its name. It goes\n"
    "on where an earlier run was stopped or killed, and tries again what failed. Ctrl-C finishes the pages\n"
    "in hand; a second one stops at once.\n\n"
    "With --watch it stays and takes up files as they come to rest, until Ctrl-C (exit 0 when nothing was "
    "in\n"
    "hand). 'dau status' tells how far a database is and what failed.\n\n"
    "Exit: 0 all read, 6 nothing to do (all was read before; the database is not touched), 10 some files or\n"
    "pages failed and the rest is stored. When no file could be read and all for the same reason, the code\n"
    "of that reason: 2 broken or not what it says, 5 cannot be opened, 8 needs a password, 11 over a limit."};

/* ---- signals ---- */

volatile int run_interrupted;

static void on_signal(int signal)
{
    (void)signal;
    run_interrupted++;
}

/* Closing the terminal ends a run as Ctrl-C does, unless it was started to outlive it (nohup). Over the limit of file size
 * writing fails, and the database reports it. */
static void catch_signals(void)
{
    struct sigaction action = {0}, was;
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &was) == 0 && was.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, NULL);
    signal(SIGXFSZ, SIG_IGN);
}

/* ---- the end ---- */

/* See the help: one cause for all is that cause, a mixture is DAU_SOME_FAILED. */
static int exit_code(const Plan *plan)
{
    int good = 0, code = 0;
    for (size_t i = 0; i < plan->inputs.n; i++) {
        int c = plan->inputs.v[i].code;
        if (!c)
            good++;
        else
            code = code && code != c ? DAU_SOME_FAILED : c;
    }
    if (code) return good ? DAU_SOME_FAILED : code;
    return plan->todo || plan->rows ? DAU_OK : DAU_NOTHING;
}

static int count_failed(const Plan *plan)
{
    int n = 0;
    for (size_t i = 0; i < plan->inputs.n; i++) {
        int code = plan->inputs.v[i].code;
        n += code && code != DAU_SOME_FAILED;
    }
    return n;
}

static void end_json(const Work *work, double seconds, int files_failed)
{
    const Count *c = &work->count;
    Buf b = {0};
    json_open(&b, '{');
    json_text(&b, "event", "end");
    json_int(&b, "documents", work->documents);
    json_int(&b, "pages", c->done - c->failed);
    json_int(&b, "pages_failed", c->failed);
    json_int(&b, "files_failed", files_failed);
    json_int(&b, "pairings", work->pairings);
    json_int(&b, "flagged", work->flagged);
    json_int(&b, "unions", work->unions);
    json_number(&b, "seconds", seconds, 1);
    json_close(&b, '}');
    message_json(&b);
    buf_release(&b);
}

static void sum_up(const Work *work, double seconds, const char *database)
{
    const Count *c = &work->count;
    int failed = count_failed(work->plan);
    Buf b = {0};
    buf_addf(&b, tr("%d document%s, %ld page%s, %d pairing%s"), work->documents, plural(work->documents),
             c->done - c->failed, plural(c->done - c->failed), work->pairings, plural(work->pairings));
    if (work->flagged) buf_addf(&b, tr(" (%d flagged)"), work->flagged);
    buf_add(&b, tr(" in "));
    add_duration(&b, seconds);
    if (work->restored) buf_addf(&b, tr("; %d read before, restored anew"), work->restored);
    if (failed) buf_addf(&b, tr("; %d file%s failed"), failed, plural(failed));
    if (c->failed) buf_addf(&b, tr("; %ld page%s failed"), c->failed, plural(c->failed));
    say("%s", b.s);
    came_say(&work->came, NULL);
    if (work->unions)
        say("%d pairing%s of trade unions or the like beside these: %s export -d %s --with-unions",
            work->unions, plural(work->unions), cmd_called, database);
    if (work->findings)
        say("%d thing%s to look at: %s status -d %s", work->findings, plural(work->findings), cmd_called,
            database);
    if (work->pairings) say("next: %s export -d %s --format csv", cmd_called, database);
    if (messages_as_json) end_json(work, seconds, failed);
    buf_release(&b);
}

/* Files that are known already under another name. */
static void tell_twins(const Plan *plan)
{
    for (size_t i = 0; i < plan->inputs.n; i++) {
        const Input *in = &plan->inputs.v[i], *leader = &plan->inputs.v[in->leader];
        if (in->err || in->known) continue;
        if (in != leader)
            say("'%s' holds the same bytes as '%s'", in->path, leader->path);
        else if (!in->todo)
            say("'%s' was read before under another name", in->path);
    }
}

static void tell_failed(const Plan *plan)
{
    for (size_t i = 0; i < plan->inputs.n; i++)
        if (plan->inputs.v[i].err) complain(plan->inputs.v[i].err);
}

/* ---- the run ---- */

static void tell_sandbox(void)
{
    Sandbox has = sandbox_probe();
    if (!has.network || !has.files)
        say("this kernel cannot keep workers from %s: read files from strangers on another machine",
            has.files     ? tr("starting a network connection")
            : has.network ? tr("writing files")
                          : tr("writing files or starting a network connection"));
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int64_t begin(Store *store, Plan *plan, const LineKeys *keys, Err *err)
{
    if (!store_begin(store, err)) return 0;
    plan_write(plan, store, err);
    int64_t run =
        store_begin_run(store, DAU_VERSION, keys->extract.of[LOAD_NEEDS - 1], (int)plan->inputs.n, err);
    if (plan->shard.count > 1) store_set_shard(store, run, plan->shard.index, plan->shard.count, err);
    if (err_is(err))
        store_rollback(store);
    else
        store_commit(store, err);
    return run;
}

static void read_all(const RunOptions *r, Store *store, Plan *plan, PageLine *line, Progress *progress,
                     const LineKeys *keys, Err *err)
{
    double started = now();
    Err closing = {0};
    int64_t run = begin(store, plan, keys, err);
    Work work = {
        .store = store, .plan = plan, .progress = progress, .keys = keys, .most_pages = r->most_pages};
    tell_sandbox();
    work.pool = pool_new(line, &r->pool);
    if (!err_is(err)) work_all(&work, err);
    pool_free(work.pool);
    progress_hide(progress);
    int code = err_is(err) ? err->code : exit_code(plan);
    if (run)
        store_end_run(store, run, (int)(work.count.done - work.count.failed), (int)work.count.failed, code,
                      &closing);
    if (!err_is(err) || err->code == DAU_INTERRUPTED) sum_up(&work, now() - started, r->database);
    if (!err_is(err)) *err = closing;
}

/* Without a list of one's own that was used before, all that is at hand is extracted anew, and names come out
 * otherwise. */
static void tell_missing(Store *store, const char *option, const char *given, Err *err)
{
    Arena a = {0};
    const char *was = given ? NULL : store_load_setting(store, option, &a, err);
    if (was)
        say("this run goes without --%s '%s', which was used before; name it again, or --%s '' to leave it "
            "for "
            "good",
            option, was, option);
    arena_release(&a);
}

static void keep_setting(Store *store, const char *option, const char *given, Err *err)
{
    Arena a = {0};
    const char *was = given ? store_load_setting(store, option, &a, err) : NULL;
    if (given && !str_eq(given, was ? was : "")) store_put_setting(store, option, given, err);
    arena_release(&a);
}

static void tell_missing_lists(const RunOptions *r, Store *store, Err *err)
{
    tell_missing(store, "words", r->reading.words, err);
    tell_missing(store, "schools", r->reading.schools, err);
}

static void keep_lists(const RunOptions *r, Store *store, Err *err)
{
    keep_setting(store, "words", r->reading.words, err);
    keep_setting(store, "schools", r->reading.schools, err);
}

static void run_plan(const RunOptions *r, Store *store, const Walk *walk, PageLine *line, Plan *plan,
                     Err *err)
{
    LineKeys keys;
    Progress progress;
    progress_open(&progress);
    if (line_keys(line, &keys, err) && plan_make(plan, store, walk, &keys, &progress, err)) {
        progress_hide(&progress);
        tell_failed(plan);
        tell_twins(plan);
        if (plan->todo && !r->watch) tell_missing_lists(r, store, err);
        keep_lists(r, store, err);
        if (plan->todo || plan->rows) read_all(r, store, plan, line, &progress, &keys, err);
    }
    progress_close(&progress);
}

/* ---- one round: what the operands mean now is read ---- */

typedef struct Session {
    const RunOptions *run;
    Store *store;
    PageLine *line;
    char **operands; /* NULL ends them */
    Shard shard;
} Session;

static void walk_operands(const Session *s, Walk *walk)
{
    for (char **o = s->operands; *o; o++) walk_path(walk, *o);
}

static void walk_unfinished(const Session *s, Walk *walk, Err *err)
{
    Arena a = {0};
    Paths paths = {0};
    if (s->run->unfinished && store_load_unfinished(s->store, &a, &paths, err))
        for (size_t i = 0; i < paths.n; i++) walk_path(walk, paths.v[i]);
    vec_release(&paths);
    arena_release(&a);
}

static void tell_walk(const Walk *walk)
{
    for (size_t i = 0; i < walk->notes.n; i++) say("%s", walk->notes.v[i]);
    int others = (int)walk->others.n;
    for (int i = 0; i < others; i++) tell("'%s': passed over, of another kind", walk->others.v[i]);
    if (others && cmd_verbosity < 1)
        say("%d file%s of other kinds passed over; -v names them", others, plural(others));
}

static void tell_nothing(const Session *s, const Walk *walk, const Plan *plan)
{
    if (plan->inputs.n)
        say("nothing to do: %zu file%s read before; '%s export -d %s --format table' shows what was found",
            plan->inputs.n, plan->inputs.n == 1 ? " was" : "s were", cmd_called, s->run->database);
    else if (plan->others)
        say("nothing to do: no file falls to shard %d of %d", s->shard.index, s->shard.count);
    else if (s->run->unfinished)
        say("nothing to do: nothing is left of '%s'", s->run->database);
    else
        say("nothing to do: no document there%s", walk->others.n ? tr(", only files of other kinds") : "");
}

static int run_round(const Session *s, const Walk *walk, Plan *plan, Err *err)
{
    if (!err_is(err) && walk->files.n) run_plan(s->run, s->store, walk, s->line, plan, err);
    int code = err_is(err) ? err->code : exit_code(plan);
    if (code == DAU_NOTHING && !s->run->watch) tell_nothing(s, walk, plan);
    if (err->code != DAU_INTERRUPTED)
        complain(err);
    else if (!plan->todo)
        say("stopped; nothing was changed");
    return code;
}

static Plan plan_for(const Session *s)
{
    return (Plan){.force = s->run->force, .columns = s->run->reading.columns, .shard = s->shard};
}

static int run_once(const Session *s, Walk *walk)
{
    Err err = {0};
    Plan plan = plan_for(s);
    walk_unfinished(s, walk, &err);
    int code = run_round(s, walk, &plan, &err);
    plan_release(&plan);
    return code;
}

/* Goes round after round until a signal comes. A quiet folder costs nothing. Files that were written a moment ago wait for
 * the next round. A round that fails ends the loop; a file that fails does not. */
static int run_watch(const Session *s)
{
    Watch *watch = watch_open();
    Map tried = {0};
    int code = DAU_OK;
    Err none = {0};
    tell_missing_lists(s->run, s->store, &none);
    while (!run_interrupted && code != DAU_INTERRUPTED) {
        Err err = {0};
        Plan plan = plan_for(s);
        Walk walk = {0};
        plan.settle_ms = (int)(s->run->settle * 1000) + 1;
        plan.tried = &tried;
        for (char **o = s->operands; *o; o++) watch_folder(watch, *o);
        walk_operands(s, &walk);
        code = run_round(s, &walk, &plan, &err);
        walk_release(&walk);
        int wait = plan.unrest ? plan.settle_ms : WATCH_ANYWAY_MS;
        plan_release(&plan);
        if (err_is(&err)) break;
        code = DAU_OK;
        if (watch_wait(watch, wait)) watch_wait(watch, SETTLE_BURST_MS);
    }
    watch_close(watch);
    map_release(&tried);
    if (code == DAU_OK) say("stopped watching");
    return code;
}

/* A database belongs to one shard, so that a job that is started again with another array cannot mix them. */
static bool check_shard(Session *s, Err *err)
{
    Shard was = {0};
    if (!store_load_shard(s->store, &was.index, &was.count, err)) return !err_is(err);
    if (was.index == s->shard.index && was.count == s->shard.count) return true;
    if (!s->shard.count && s->run->unfinished) {
        s->shard = (Shard){was.index, was.count, "the database"};
        return true;
    }
    return err_set(err, DAU_CONFIG,
                   "'%s' holds shard %d of %d, not what is asked for now; give --shard %d/%d, or another "
                   "database",
                   s->run->database, was.index, was.count, was.index, was.count);
}

static int run_session(const RunOptions *r, const LineOptions *options, char **operands)
{
    Err err = {0};
    Session s = {.run = r, .operands = operands, .line = line_new(options)};
    Walk walk = {0};
    int code = DAU_NOTHING;
    if (!r->watch) walk_operands(&s, &walk);
    tell_walk(&walk);
    bool nothing = !r->watch && !r->unfinished && !walk.files.n;
    if (nothing) tell_nothing(&s, &walk, &(Plan){0});
    if (!nothing && shard_find(r->shard, &s.shard, &err))
        s.store = store_open(r->database, STORE_WRITE, &err);
    if (s.store && store_lock(s.store, &err) && check_shard(&s, &err)) {
        if (s.shard.count > 1) say("shard %d of %d (%s)", s.shard.index, s.shard.count, s.shard.told_by);
        code = r->watch ? run_watch(&s) : run_once(&s, &walk);
    }
    complain(&err);
    store_close(s.store);
    walk_release(&walk);
    line_free(s.line);
    return err_is(&err) ? err.code : code;
}

/* ---- words of the command line ---- */

static bool set_progress(const char *how)
{
    messages_as_json = strcmp(how, "json") == 0;
    return messages_as_json || strcmp(how, "auto") == 0;
}

static bool numbers_make_sense(const RunOptions *r)
{
    return limits_make_sense(&r->pool) && r->pool.workers >= 0 && r->most_pages > 0 && r->settle >= 0 &&
           r->settle < 86400;
}

int cmd_run(int argc, char **argv)
{
    RunOptions r = {.database = "plans.db", .progress = "auto", .settle = 2, .most_pages = 5000};
    const Option options[] = {
        {'d', "database", OPT_STRING, &r.database, "FILE",
         "the database, made when it is not there (plans.db)"},
        {'j', "jobs", OPT_INT, &r.pool.workers, "N", "pages at a time (one a core)"},
        {0, "force", OPT_FLAG, &r.force, NULL, "read again what is done"},
        {0, "unfinished", OPT_FLAG, &r.unfinished, NULL,
         "what the database knows and is not done: failed, or never come to"},
        {0, "watch", OPT_FLAG, &r.watch, NULL, "stay, and take up files as they come to rest"},
        {0, "settle", OPT_DOUBLE, &r.settle, "S",
         "with --watch: a file rests that did not change for S seconds (2)"},
        {0, "shard", OPT_STRING, &r.shard, "I/N",
         "part I of N of the files; in a Slurm job array or a Kubernetes indexed job its own part"},
        {0, "progress", OPT_STRING, &r.progress, "HOW=auto|json",
         "auto: a bar at a terminal, else a line now and then; json: all that is said as objects, for "
         "programs"},
        {0, "log", OPT_STRING, &r.log, "FILE", "append what is said, and each page with its time"},
        LIMIT_OPTIONS(r.pool),
        {0, "max-pages", OPT_INT, &r.most_pages, "N", "refuse files of more pages (5000)"},
        READING_OPTIONS(r.reading),
        {0}};
    Err err = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc && !r.unfinished) return usage_error(&usage, "name a file or a folder");
    if (!numbers_make_sense(&r)) return usage_error(&usage, "a limit must be over 0");
    if (!set_progress(r.progress)) return usage_error(&usage, "--progress is auto or json");
    LineOptions line;
    if (!reading_settle(&r.reading, &line, &err)) return reading_refused(&r.reading, &usage, &err);
    if (r.log && !messages_log(r.log, &err)) return complain(&err);
    r.pool.talk = cmd_verbosity > 0;
    catch_signals();
    Arena learnt = {0};
    learnt_options(&line, r.database, &learnt);
    int code = run_session(&r, &line, argv + first);
    arena_release(&learnt);
    note("dau run ended with %d", code);
    messages_end();
    reading_release(&r.reading);
    return code;
}
