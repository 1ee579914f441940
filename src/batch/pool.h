/* batch/pool: worker processes, each of which does one job at a time.
 *
 * A job may crash, hang or eat memory. Then its worker dies, the answer says so, and a new worker takes its place.
 *
 *     Pool *pool = pool_new(line, &options);
 *     int w = pool_find_idle(pool);
 *     pool_send(pool, w, &(Job){JOB_PAGE, .doc = 7, .page = 3, .path = "plan.pdf"}, &err);
 *     Answer answer;
 *     while (pool_wait(pool, 1000, &answer)) {                   (one answer a call)
 *         use(answer.doc, answer.err, answer.data);
 *         pool_answer_release(&answer);
 *     }
 *     pool_free(pool);
 *
 * A worker is forked when a job first needs it, so that it shares the models that are mapped by then. It has no
 * threads, ignores SIGINT and SIGTERM, and ends with its parent, however that ends. It leads a session
 * without a terminal, and what it started is killed with it. It keeps no descriptor of the parent but its own socket. It
 * runs under limits of address space, computing time, file size and wall clock. It reaches no network and writes no file
 * outside a temporary folder of its own (batch/sandbox.h). Databases are the parent's alone.
 *
 * Extraction needs the pages of a document in order, and one worker for all of them. The caller sends JOB_EXTRACT for each
 * page that there is (the first one with `first`), then JOB_FINISH. When that worker dies, also between two
 * jobs, the next answer says so, and the caller begins again.
 */
#ifndef DAU_BATCH_POOL_H
#define DAU_BATCH_POOL_H

#include "base/err.h"
#include "base/str.h"
#include "line/line.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Pool Pool;

/* What else is to be done with a file from outside behind the same walls. Fills `out`, or says why not. */
typedef bool PoolCall(void *context, Buf *out, Err *err);

typedef struct PoolOptions {
    int workers;        /* 0: one a core */
    double job_seconds; /* wall clock for one job, in seconds; 0: 300 */
    double cpu_seconds; /* computing time for one job, in seconds; 0: 240 */
    int memory_mb;      /* address space of a worker; 0: the default, 2048 */
    int file_mb;        /* the largest temporary file of a worker; 0: the default, 512 */
    bool talk;          /* what libraries print in a worker reaches stderr */
    bool fixed;         /* messages name no option that raises a limit: the caller has none */
    bool input;         /* workers keep standard input */
    bool threaded;  /* the caller has threads: a worker is not tied to the one that happened to make it, and
                       ends at once only when it has no job */
    PoolCall *call; /* JOB_CALL: this, */
    void *context;  /*   with this, as they are when a worker is forked */
} PoolOptions;

typedef enum JobKind {
    JOB_COUNT,   /* opens the file: what kind, how many pages */
    JOB_PAGE,    /* all stages up to restore */
    JOB_RESTORE, /* a page that was read before: restores it again */
    JOB_EXTRACT, /* takes in one page of a document */
    JOB_FINISH,  /* the document's pairings */
    JOB_SCAN,    /* a page's pixels, no more */
    JOB_CALL     /* the caller's own function, below */
} JobKind;

typedef struct Job {
    JobKind kind;
    int64_t doc;      /* the caller's own mark; comes back with the answer */
    int page;         /* PAGE, RESTORE, EXTRACT, SCAN: from 1 */
    bool first;       /* EXTRACT, FINISH: forgets what it took in before */
    const char *path; /* COUNT, PAGE, SCAN */
    const char *data; /* RESTORE, EXTRACT: the page as page_dump() writes it, len bytes */
    size_t len;
    const char
        *columns; /* EXTRACT, with `first`: what a person says of them (extract_say_columns()), or NULL */
} Job;

typedef struct Answer {
    int worker;
    JobKind kind; /* these three as in the job */
    int64_t doc;
    int page;
    double seconds; /* it took */
    Err err;        /* why there is no result: the stage's own, or that the worker died or took too long */
    int pages;      /* COUNT */
    FileKind file;  /* COUNT */
    Buf data;       /* PAGE, RESTORE: page_dump(); FINISH: pairings_dump(); SCAN: load_raster_dump(); CALL */
} Answer;

/* A pool without workers yet. `line` must outlive it; so must what the options point to. */
Pool *pool_new(PageLine *line, const PoolOptions *options);
int pool_workers(const Pool *pool);
int pool_find_idle(const Pool *pool); /* a worker without a job, or -1 */
bool pool_is_idle(const Pool *pool, int worker);
int pool_busy(const Pool *pool);            /* how many have a job */
int pool_pid(const Pool *pool, int worker); /* its process; 0 while there is none */
/* Sends a job to an idle worker. It fails only when no process can be made (DAU_LIMIT). */
bool pool_send(Pool *pool, int worker, const Job *job, Err *err);
/* Waits for the next answer, which the caller releases. False after timeout_ms without one, when a signal came, or when
 * no worker has a job. */
bool pool_wait(Pool *pool, int timeout_ms, Answer *answer);
void pool_answer_release(Answer *answer);
/* Sends and waits, for a caller that has nothing else to wait for, however long it takes. No other worker may have a job.
 * False when the job failed, and err says why. The caller releases the answer in any case. */
bool pool_do(Pool *pool, int worker, const Job *job, Answer *answer, Err *err);
/* Runs options->call in a worker of its own and ends that. */
bool pool_call(const PoolOptions *options, Buf *out, Err *err);
/* Ends the workers, also those at work. NULL is allowed. */
void pool_free(Pool *pool);

#endif
