/* cmd/run: what `dau run` is made of: a plan of what is to be read, then the reading.
 *
 *     Plan plan = {.force = false};
 *     plan_make(&plan, store, &walk, &keys, &progress, &err);      (looks, writes nothing)
 *     if (plan.rows || plan.todo) plan_write(&plan, store, &err);
 *     Work work = {.store = store, .pool = pool, .plan = &plan, .progress = &progress, .keys = &keys};
 *     work_all(&work, &err);
 *     plan_release(&plan);
 */
#ifndef DAU_CMD_RUN_H
#define DAU_CMD_RUN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "batch/pool.h"
#include "batch/walk.h"
#include "cmd/came.h"
#include "cmd/progress.h"
#include "cmd/run_shard.h"
#include "store/store.h"

/* ---- the plan ---- */

/* A file that the call names. Files with the same bytes form a chain. Its first is the leader; one reading serves them
 * all. */
typedef struct Input {
    const char *path;
    const Err *err;             /* why it cannot be read, or NULL */
    char sha256[65];            /* "" with an error */
    int64_t size, mtime, ctime; /* when it was looked at */
    int64_t seen;               /* when sha256 was taken */
    int64_t document;           /* 0: the bytes are new */
    const char *columns;        /* of its lists, as a person says now or said before; NULL: nobody does */
    int leader, next;           /* index of the first of the chain, of the next in it (-1: none) */
    bool known;                 /* the database knows the path, and with these bytes (or this error) */
    bool touched;               /* known, but size or times differ from what is stored */
    bool todo;                  /* leader: to be read */
    int code;                   /* how it ended: 0, DAU_SOME_FAILED, or why it failed */
} Input;

typedef struct Plan {
    Arena arena;
    VEC(Input) inputs;
    bool force;          /* given: documents that are done are read again */
    const char *columns; /* given: what is said of every document; "": nothing any more; NULL: as before */
    Shard shard;         /* given: files of other shards are left out */
    int settle_ms; /* given: files that changed in the last settle_ms are left to the next plan; 0: none */
    Map *tried;    /* given, or NULL: what earlier plans tried is left out; what is tried now is added */
    int todo;      /* documents to be read */
    int rows;      /* inputs that are not known */
    int unrest;    /* files left to the next plan */
    int others;    /* files left to other shards */
} Plan;

/* Looks at the files and fills the plan. DAU_INTERRUPTED when run_interrupted rises meanwhile. */
bool plan_make(Plan *plan, Store *store, const Walk *walk, const LineKeys *keys, Progress *progress,
               Err *err);
/* Writes the plan's files and documents into the database, inside the caller's transaction. */
bool plan_write(Plan *plan, Store *store, Err *err);
void plan_release(Plan *plan);
/* False when the file has changed since it was looked at. */
bool input_unchanged(const Input *in);

/* ---- the work ---- */

typedef struct Work {
    Store *store;
    Pool *pool;
    Plan *plan;
    Progress *progress;
    const LineKeys *keys;
    int most_pages; /* of one file */
    /* results */
    Count count;
    int documents, pairings, flagged; /* finished in this run; found in them */
    int unions;                       /* pairings of those in the schools, found in them too */
    int restored;                     /* pages that were not read, only restored again */
    int findings;                     /* of the checks */
    Came came;                        /* how the text of the pages that were read was obtained */
} Work;

/* Reads all that is to be read. An error is one that ends the run (disk full, no OCR language). A file or page that fails
 * is reported, stored and skipped. DAU_INTERRUPTED after a first SIGINT. */
bool work_all(Work *work, Err *err);

/* How often SIGINT or SIGTERM came. */
extern volatile int run_interrupted;

#endif
