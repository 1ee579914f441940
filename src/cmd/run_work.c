/* The work goes in rounds. In each, answers that came are stored, and the pages that are handed out next are marked as
 * started, in one transaction. Then the jobs are sent, and we wait. With two workers and plan-1.pdf of two pages:
 *
 *     round 1   COUNT plan-1 ──► w0      COUNT plan-2 ──► w1
 *     round 2   plan-1 has 2 pages: PAGE 1 ──► w0         ...
 *     round 4   both done: EXTRACT 1 ──► w0   EXTRACT 2 ──► w0   FINISH ──► w0: its pairings, all at once
 *
 * A document goes through the phases below. One worker extracts from its pages, which come from the database, in order.
 * So the result does not depend on which page was read first.
 */
#include "cmd/run.h"

#include "base/tr.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/messages.h"
#include "cmd/reading.h"
#include "store/correct.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 500 }; /* between looks at the clock of the progress line and at signals */

typedef enum Phase { PHASE_COUNT, PHASE_READ, PHASE_EXTRACT, PHASE_OVER } Phase;

/* A document in hand. */
typedef struct Task {
    int64_t doc;
    int input; /* the file it is read from: an index in the chain */
    Phase phase;
    bool asked;       /* PHASE_COUNT: the job is out */
    int page;         /* the last page handed out, or fed to the extractor */
    int in_hand;      /* jobs out */
    bool all_out;     /* PHASE_READ: no page is left to hand out */
    bool again;       /* PHASE_EXTRACT: for the second time, since the first worker died */
    int worker;       /* PHASE_EXTRACT: the one it is bound to */
    int came, failed; /* pages that came back in this run, and those of them that failed */
    int code;         /* of these errors; DAU_SOME_FAILED: they differ */
    Err why;          /* the first error that speaks for the whole document */
} Task;

typedef struct WorkDesk {
    Work *w;
    Task *task; /* room for one more than there are workers */
    int tasks, room;
    int next;                          /* input to look at for the next document */
    long pages_known, documents_known; /* of this run, for the estimate of what is left */
    int left;                          /* documents to be read that did not come to the desk yet */
} WorkDesk;

static Input *input_of(WorkDesk *d, const Task *t)
{
    return &d->w->plan->inputs.v[t->input];
}

static Task *task_of(WorkDesk *d, int64_t doc)
{
    for (int i = 0; i < d->tasks; i++)
        if (d->task[i].doc == doc) return &d->task[i];
    return NULL;
}

/* ---- telling ---- */

static void tell_error(WorkDesk *d, const Err *why)
{
    progress_hide(d->w->progress);
    complain(why);
}

static void tell_page_error(WorkDesk *d, const Task *t, int page, const Err *why)
{
    Err told = *why;
    name_page(&told, input_of(d, t)->path, page);
    tell_error(d, &told);
}

static void show(WorkDesk *d)
{
    Work *w = d->w;
    int unopened = d->left;
    for (int i = 0; i < d->tasks; i++) unopened += d->task[i].phase == PHASE_COUNT;
    double mean = d->documents_known ? (double)d->pages_known / (double)d->documents_known : 1;
    w->count.all = d->pages_known + (long)(mean * unopened + 0.5);
    w->count.guess = unopened > 0;
    progress_show(w->progress, &w->count, d->tasks ? input_of(d, &d->task[0])->path : "");
}

/* ---- the end of a document ---- */

/* How it ended, for each file of the chain. */
static void settle(WorkDesk *d, Task *t, int code)
{
    Plan *plan = d->w->plan;
    int leader = plan->inputs.v[t->input].leader;
    for (int i = leader; i >= 0; i = plan->inputs.v[i].next) plan->inputs.v[i].code = code;
    t->phase = PHASE_OVER;
}

static bool fail_task(WorkDesk *d, Task *t, Err *err)
{
    tell_page_error(d, t, 0, &t->why);
    settle(d, t, t->why.code);
    return store_fail_document(d->w->store, t->doc, &t->why, err);
}

/* What the checks found, on stderr: all with -v, else the first few. */
static void tell_findings(WorkDesk *d, const Task *t, const Pairings *found)
{
    if (found->findings.n) progress_hide(d->w->progress);
    say_findings(input_of(d, t)->path, found);
    d->w->findings += (int)found->findings.n;
}

/* What became of what people said about the document. */
static bool tell_corrections(WorkDesk *d, Task *t, Err *err)
{
    Fared f;
    if (!corrections_count(d->w->store, t->doc, &f, err)) return false;
    if (!(f.applies + f.already_right + f.conflict + f.kept)) return true;
    progress_hide(d->w->progress);
    say("'%s': corrections: %d applied, %d already right, %d in conflict, %d of rows not read any more",
        input_of(d, t)->path, f.applies, f.already_right, f.conflict, f.kept);
    return true;
}

/* What its pages needed, together, and what is said of its columns say under which key. */
static void extract_key(WorkDesk *d, const Task *t, char key[65], Err *err)
{
    unsigned needs = 0;
    LineKeySet said;
    for (unsigned i = 0; i < LOAD_NEEDS; i++)
        if (store_has_result(d->w->store, t->doc, d->w->keys->restore.of[i], err)) needs |= i;
    line_keys_said(&d->w->keys->extract, input_of(d, t)->columns, &said);
    memcpy(key, said.of[needs], sizeof said.of[needs]);
}

/* What was read in earlier runs stays when every page of this one failed; but it is not counted as read. */
static bool only_failed(WorkDesk *d, Task *t, const Document *doc)
{
    if (doc->state != DOCUMENT_PARTLY || t->failed == 0 || t->failed < t->came) return false;
    progress_hide(d->w->progress);
    say("'%s': what an earlier run read of it is kept", input_of(d, t)->path);
    settle(d, t, t->code);
    return true;
}

static bool finish_task(WorkDesk *d, Task *t, const Pairings *found, Err *err)
{
    Work *w = d->w;
    Document doc;
    PairCounts found_here;
    char key[65];
    extract_key(d, t, key, err);
    if (!store_finish_document(w->store, t->doc, key, found, err) ||
        !store_load_document(w->store, t->doc, &doc, err) ||
        !store_count_found(w->store, t->doc, &found_here, err) || !tell_corrections(d, t, err))
        return false;
    if (only_failed(d, t, &doc)) return true;
    w->documents += doc.state != DOCUMENT_FAILED;
    int all = found_here.schools;
    w->pairings += all;
    w->flagged += found_here.flagged;
    w->unions += found_here.unions;
    tell_findings(d, t, found);
    tell("'%s': %d page%s, %d pairing%s", input_of(d, t)->path, doc.pages, plural(doc.pages), all,
         plural(all));
    settle(d, t,
           doc.state == DOCUMENT_DONE     ? 0
           : doc.state == DOCUMENT_PARTLY ? DAU_SOME_FAILED
                                          : doc.why.code);
    return true;
}

/* ---- answers ---- */

/* Errors that every further page would meet as well: no OCR language, no model. */
static bool ends_the_run(const Err *why)
{
    return why->code == DAU_MISSING || why->code == DAU_CONFIG;
}

static void check_unchanged(WorkDesk *d, const Task *t, Err *why)
{
    const Input *in = input_of(d, t);
    bool looks_broken = err_is(why) && (why->code == DAU_BAD_INPUT || why->code == DAU_ENGINE);
    if ((err_is(why) && !looks_broken) || input_unchanged(in)) return;
    *why = (Err){0};
    err_set(why, DAU_BAD_INPUT, "'%s' changed while it was read; run again", in->path);
}

/* The same bytes may be refused under one name and taken under another (a text called .pdf). */
static bool try_next_name(WorkDesk *d, Task *t)
{
    int next = input_of(d, t)->next;
    if (next < 0) return false;
    t->input = next;
    t->asked = false;
    return true;
}

static bool take_count(WorkDesk *d, Task *t, const Answer *a, Err *err)
{
    Err why = a->err;
    check_unchanged(d, t, &why);
    if (!err_is(&why) && a->pages > d->w->most_pages)
        err_set(&why, DAU_LIMIT, "'%s' has %d pages, over the limit of %d; --max-pages gives more",
                input_of(d, t)->path, a->pages, d->w->most_pages);
    if (err_is(&why)) {
        if (!err_is(&t->why)) t->why = why;
        return try_next_name(d, t) || fail_task(d, t, err);
    }
    t->phase = PHASE_READ;
    t->page = 0;
    if (!store_set_pages(d->w->store, t->doc, file_kind_name(a->file), a->pages, err)) return false;
    int left = store_count_left(d->w->store, t->doc, d->w->keys->restore.any, err);
    d->pages_known += left;
    d->documents_known++;
    return !err_is(err);
}

static bool take_page(WorkDesk *d, Task *t, const Answer *a, Err *err)
{
    Work *w = d->w;
    Page page;
    Err why = a->err;
    page_init(&page, 0);
    check_unchanged(d, t, &why);
    if (!err_is(&why)) page_parse(buf_str(&a->data), a->data.len, &page, &why);
    if (!err_is(&why) && page.number != a->page) err_set(&why, DAU_INTERNAL, "another page came back");
    w->count.done++;
    t->came++;
    if (err_is(&why)) {
        w->count.failed++;
        t->failed++;
        t->code = t->code && t->code != (int)why.code ? DAU_SOME_FAILED : (int)why.code;
        tell_page_error(d, t, a->page, &why);
        store_fail_page(w->store, t->doc, a->page, &why, err);
    } else {
        w->restored += a->kind == JOB_RESTORE;
        if (a->kind == JOB_PAGE) came_count(&w->came, page.via);
        unsigned needs = load_needs(&page);
        store_put_page(w->store, t->doc, &page, w->keys->restore.of[needs], err);
        store_mark_read(w->store, t->doc, a->page, w->keys->read.of[needs], err);
    }
    note("'%s' page %d: %s in %.1f s%s%s", input_of(d, t)->path, a->page,
         err_is(&why)             ? tr("failed")
         : a->kind == JOB_RESTORE ? tr("restored anew")
                                  : tr("read"),
         a->seconds, page.via && *page.via ? tr(", from ") : "", page.via ? page.via : "");
    page_release(&page);
    return !err_is(err);
}

static bool take_extracted(WorkDesk *d, Task *t, const Answer *a, Err *err)
{
    bool died = a->err.code == DAU_LIMIT || a->err.code == DAU_ENGINE;
    if (!err_is(&a->err)) return true;
    if (died && !t->again) { /* what it took in died with it; a document that kills twice is left */
        t->again = true, t->page = 0;
        return true;
    }
    t->why = a->err;
    err_prefix(&t->why, "'%s': nothing can be extracted", input_of(d, t)->path);
    return fail_task(d, t, err);
}

static bool take_found(WorkDesk *d, Task *t, const Answer *a, Err *err)
{
    Pairings found = {0};
    Answer answer = *a;
    bool ok = true;
    if (!err_is(&answer.err)) pairings_parse(buf_str(&a->data), a->data.len, &found, &answer.err);
    if (err_is(&answer.err))
        ok = take_extracted(d, t, &answer, err);
    else
        ok = finish_task(d, t, &found, err);
    pairings_release(&found);
    return ok;
}

static bool take_answer(WorkDesk *d, const Answer *a, Err *err)
{
    Task *t = task_of(d, a->doc);
    if (!t || err_is(err)) return !err_is(err);
    t->in_hand--;
    if (ends_the_run(&a->err)) {
        *err = a->err;
        return false;
    }
    switch (a->kind) {
    case JOB_COUNT: return take_count(d, t, a, err);
    case JOB_PAGE:
    case JOB_RESTORE: return take_page(d, t, a, err);
    case JOB_EXTRACT: return take_extracted(d, t, a, err);
    case JOB_FINISH: return take_found(d, t, a, err);
    case JOB_SCAN:
    case JOB_CALL: break; /* no run sends them */
    }
    return true;
}

/* ---- jobs ---- */

/* The stored page goes with the job. */
static bool lend_page(WorkDesk *d, const Task *t, int n, Job *job, Buf *data, Err *err)
{
    Page page;
    page_init(&page, 0);
    if (store_load_page(d->w->store, t->doc, n, &page, err)) page_dump(&page, data);
    page_release(&page);
    job->data = data->s, job->len = data->len;
    return !err_is(err);
}

/* Makes a job of the next page that is not done; what was read of it may be there already. False: there is none. */
static bool page_job(WorkDesk *d, Task *t, Job *job, Buf *data, Err *err)
{
    const LineKeys *keys = d->w->keys;
    if (t->phase != PHASE_READ || t->all_out) return false;
    int n = store_next_page(d->w->store, t->doc, t->page, keys->restore.any, err);
    t->all_out = n == 0;
    if (!n || !store_start_page(d->w->store, t->doc, n, err)) return false;
    t->page = n;
    *job = (Job){.kind = JOB_PAGE, .page = n};
    if (!store_is_read(d->w->store, t->doc, n, keys->read.any, err)) return !err_is(err);
    job->kind = JOB_RESTORE;
    return lend_page(d, t, n, job, data, err);
}

static bool begin_extract(Task *t, int worker)
{
    if (t->phase != PHASE_READ || !t->all_out || t->in_hand) return false;
    t->phase = PHASE_EXTRACT;
    t->page = 0;
    t->worker = worker;
    return true;
}

/* The next page that is done goes to the extractor; after the last one it is asked what it found. */
static bool extract_job(WorkDesk *d, Task *t, int worker, Job *job, Buf *data, Err *err)
{
    if (t->phase != PHASE_EXTRACT || t->worker != worker || t->in_hand) return false;
    int n = store_next_result(d->w->store, t->doc, t->page, err);
    if (err_is(err)) return false;
    *job = (Job){.kind = n ? JOB_EXTRACT : JOB_FINISH, .page = n, .first = t->page == 0};
    if (!n) return true;
    job->columns = input_of(d, t)->columns;
    t->page = n;
    return lend_page(d, t, n, job, data, err);
}

static bool count_job(Task *t, Job *job)
{
    if (t->phase != PHASE_COUNT || t->asked) return false;
    t->asked = true;
    *job = (Job){.kind = JOB_COUNT};
    return true;
}

/* The next document of the plan comes to the desk. */
static Task *open_task(WorkDesk *d)
{
    Plan *plan = d->w->plan;
    while (d->next < (int)plan->inputs.n && !plan->inputs.v[d->next].todo) d->next++;
    if (d->next == (int)plan->inputs.n || d->tasks == d->room) return NULL;
    Task *t = &d->task[d->tasks++];
    *t = (Task){.doc = plan->inputs.v[d->next].document, .input = d->next, .worker = -1};
    d->next++;
    d->left--;
    return t;
}

/* What this worker is to do: go on extracting, begin to, read a page, open a document. */
static Task *choose(WorkDesk *d, int worker, Job *job, Buf *data, Err *err)
{
    for (int i = 0; i < d->tasks && !err_is(err); i++)
        if (extract_job(d, &d->task[i], worker, job, data, err)) return &d->task[i];
    for (int i = 0; i < d->tasks && !err_is(err); i++) {
        Task *t = &d->task[i];
        if (page_job(d, t, job, data, err)) return t;
        if (begin_extract(t, worker) && extract_job(d, t, worker, job, data, err)) return t;
        if (count_job(t, job)) return t;
    }
    Task *t = err_is(err) ? NULL : open_task(d);
    return t && count_job(t, job) ? t : NULL;
}

static void drop_finished(WorkDesk *d)
{
    int kept = 0;
    for (int i = 0; i < d->tasks; i++)
        if (d->task[i].phase != PHASE_OVER || d->task[i].in_hand) d->task[kept++] = d->task[i];
    d->tasks = kept;
}

/* ---- rounds ---- */

typedef struct Round {
    Job *job;  /* one a worker; doc 0: none */
    Buf *data; /* what the jobs lend */
    Answer *answer;
    int answers;
} Round;

static void choose_all(WorkDesk *d, Round *r, Err *err)
{
    int workers = pool_workers(d->w->pool);
    for (int i = 0; i < workers; i++) {
        r->job[i].doc = 0;
        if (run_interrupted || err_is(err) || !pool_is_idle(d->w->pool, i)) continue;
        buf_clear(&r->data[i]);
        Task *t = choose(d, i, &r->job[i], &r->data[i], err);
        if (!t) continue;
        t->in_hand++;
        r->job[i].doc = t->doc;
        r->job[i].path = input_of(d, t)->path;
    }
}

/* Everything the database learns in a round. */
static bool write_round(WorkDesk *d, Round *r, Err *err)
{
    if (!store_begin(d->w->store, err)) return false;
    for (int i = 0; i < r->answers; i++) take_answer(d, &r->answer[i], err);
    drop_finished(d);
    choose_all(d, r, err);
    if (!err_is(err)) return store_commit(d->w->store, err);
    store_rollback(d->w->store);
    return false;
}

static void send_all(WorkDesk *d, Round *r, Err *err)
{
    for (int i = 0; i < pool_workers(d->w->pool) && !err_is(err); i++)
        if (r->job[i].doc) pool_send(d->w->pool, i, &r->job[i], err);
}

static void take_in(WorkDesk *d, Round *r)
{
    Pool *pool = d->w->pool;
    for (int i = 0; i < r->answers; i++) pool_answer_release(&r->answer[i]);
    r->answers = 0;
    bool was_interrupted = run_interrupted;
    while (pool_busy(pool) && !r->answers && run_interrupted < 2) {
        if (pool_wait(pool, WAIT_MS, &r->answer[0])) r->answers = 1;
        show(d);
        if (run_interrupted && !was_interrupted) {
            was_interrupted = true;
            progress_hide(d->w->progress);
            say("finishing %d page%s; press Ctrl-C again to stop at once", pool_busy(pool),
                plural(pool_busy(pool)));
        }
    }
    while (r->answers && r->answers < pool_workers(pool) && pool_wait(pool, 0, &r->answer[r->answers]))
        r->answers++;
}

static void run_rounds(WorkDesk *d, Round *r, Err *err)
{
    while (write_round(d, r, err)) {
        send_all(d, r, err);
        if (err_is(err) || run_interrupted > 1 || !pool_busy(d->w->pool)) break;
        take_in(d, r);
    }
}

bool work_all(Work *work, Err *err)
{
    size_t workers = (size_t)pool_workers(work->pool);
    WorkDesk d = {.w = work, .room = (int)workers + 1, .left = work->plan->todo};
    Round r = {0};
    d.task = xalloc(((size_t)d.room) * sizeof *d.task);
    r.job = xalloc(workers * sizeof *r.job);
    r.data = xalloc(workers * sizeof *r.data);
    r.answer = xalloc(workers * sizeof *r.answer);
    run_rounds(&d, &r, err);
    for (int i = 0; i < r.answers; i++) pool_answer_release(&r.answer[i]);
    for (size_t i = 0; i < workers; i++) buf_release(&r.data[i]);
    free(r.answer);
    free(r.data);
    free(r.job);
    free(d.task);
    if (run_interrupted) err_set(err, DAU_INTERRUPTED, "interrupted");
    return !err_is(err);
}
