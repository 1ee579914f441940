/* dau run -d plans.db scans/: walk, plan, work, sum up. */
#include "cmd/run.h"

#include "cmd/cmd.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct Run {
    const char *database, *tessdata;
    double most_megapixels; /* of a page; 0: load's default */
    int jobs, memory_mb;
    double page_seconds;
    bool force;
} Run;

static const Usage usage = {
    "run", "[-d plans.db] [-j N] PATH...",
    "Reads scans (PDF, TIFF, PNG, JPEG) and text, restores their words, finds which school is twinned\n"
    "with which, and stores all of it in a database. A PATH may be a folder: it is walked to the bottom;\n"
    "symbolic links, devices and files of other kinds in it are passed over.\n\n"
    "  dau run -d plans.db scans/ && dau export -d plans.db --format table\n\n"
    "The same call again reads only what is new: a file is known by its bytes, whatever its name. It goes\n"
    "on where an earlier run was stopped or killed, and tries again what failed. Ctrl-C finishes the pages\n"
    "in hand; a second one stops at once.\n\n"
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

static void catch_signals(void)
{
    struct sigaction action = {0};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* ---- the end ---- */

static const char *plural(long n)
{
    return n == 1 ? "" : "s";
}

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

static void sum_up(const Work *work, double seconds, const char *database)
{
    const Count *c = &work->count;
    int failed = count_failed(work->plan);
    Buf b = {0};
    buf_addf(&b, "%d document%s, %ld page%s, %d pairing%s", work->documents, plural(work->documents),
             c->done - c->failed, plural(c->done - c->failed), work->pairings, plural(work->pairings));
    if (work->flagged) buf_addf(&b, " (%d flagged)", work->flagged);
    buf_add(&b, " in ");
    add_duration(&b, seconds);
    if (failed) buf_addf(&b, "; %d file%s failed", failed, plural(failed));
    if (c->failed) buf_addf(&b, "; %ld page%s failed", c->failed, plural(c->failed));
    say("%s", b.s);
    if (work->pairings) say("next: dau export -d %s --format csv", database);
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

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int64_t begin(Store *store, Plan *plan, const char *key, Err *err)
{
    if (!store_begin(store, err)) return 0;
    plan_write(plan, store, err);
    int64_t run = store_begin_run(store, DAU_VERSION, key, (int)plan->inputs.n, err);
    if (err_is(err))
        store_rollback(store);
    else
        store_commit(store, err);
    return run;
}

static void read_all(const Run *r, Store *store, Plan *plan, PageLine *line, Progress *progress,
                     const char *key, Err *err)
{
    double started = now();
    Err closing = {0};
    int64_t run = begin(store, plan, key, err);
    Work work = {.store = store, .plan = plan, .progress = progress, .key = key};
    PoolOptions options = {.workers = r->jobs,
                           .job_seconds = r->page_seconds,
                           .memory_mb = r->memory_mb,
                           .talk = cmd_verbosity > 0};
    work.pool = pool_new(line, &options);
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

static void run_plan(const Run *r, Store *store, const Walk *walk, PageLine *line, Plan *plan, Err *err)
{
    char key[65];
    Progress progress;
    progress_open(&progress);
    if (line_key(line, key, err) && plan_make(plan, store, walk, key, &progress, err)) {
        progress_hide(&progress);
        tell_failed(plan);
        tell_twins(plan);
        if (plan->todo || plan->rows) read_all(r, store, plan, line, &progress, key, err);
    }
    progress_close(&progress);
}

static int run_walk(const Run *r, const Walk *walk)
{
    Err err = {0};
    Plan plan = {.force = r->force};
    LineOptions options = {.ocr.tessdata = r->tessdata, .load.most_megapixels = r->most_megapixels};
    PageLine *line = line_new(&options);
    Store *store = store_open(r->database, STORE_WRITE, &err);
    if (store && store_lock(store, &err)) run_plan(r, store, walk, line, &plan, &err);
    int code = err_is(&err) ? err.code : exit_code(&plan);
    if (code == DAU_NOTHING)
        say("nothing to do: %zu file%s read before; 'dau export -d %s --format table' shows what was found",
            plan.inputs.n, plan.inputs.n == 1 ? " was" : "s were", r->database);
    if (err.code != DAU_INTERRUPTED)
        complain(&err);
    else if (!plan.todo)
        say("stopped; nothing was changed");
    store_close(store);
    line_free(line);
    plan_release(&plan);
    return code;
}

int cmd_run(int argc, char **argv)
{
    Run r = {.database = "plans.db"};
    const Option options[] = {
        {'d', "database", OPT_STRING, &r.database, "FILE",
         "the database, made when it is not there (plans.db)"},
        {'j', "jobs", OPT_INT, &r.jobs, "N", "pages at a time (one a core)"},
        {0, "force", OPT_FLAG, &r.force, NULL, "read again what is done"},
        {0, "page-timeout", OPT_DOUBLE, &r.page_seconds, "S", "seconds for one page (300)"},
        {0, "memory", OPT_INT, &r.memory_mb, "MB", "address space for one page (2048)"},
        {0, "max-megapixels", OPT_DOUBLE, &r.most_megapixels, "N", "refuse larger pages (120)"},
        {0, "tessdata", OPT_STRING, &r.tessdata, "DIR", "folder of Tesseract's trained data"},
        {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "name a file or a folder");
    if (r.jobs < 0 || r.memory_mb < 0 || !(r.page_seconds >= 0) || !isfinite(r.page_seconds))
        return usage_error(&usage, "a limit must be over 0");
    Walk walk = {0};
    catch_signals();
    for (int i = first; i < argc; i++) walk_path(&walk, argv[i]);
    for (size_t i = 0; i < walk.notes.n; i++) say("%s", walk.notes.v[i]);
    if (walk.other_kinds)
        tell("%d file%s of other kinds passed over", walk.other_kinds, plural(walk.other_kinds));
    int code = DAU_NOTHING;
    if (walk.files.n)
        code = run_walk(&r, &walk);
    else
        say("nothing to do: no scan, PDF or text there%s",
            walk.other_kinds ? ", only files of other kinds" : "");
    walk_release(&walk);
    return code;
}
