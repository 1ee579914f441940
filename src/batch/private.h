/* batch/private: what a pool (pool.c) and its workers (pool_worker.c) agree on. */
#ifndef DAU_BATCH_PRIVATE_H
#define DAU_BATCH_PRIVATE_H

#include "batch/pool.h"

#include <sys/types.h>

/* What goes over the socket in both directions: this head, then `len` bytes. */
typedef struct Frame {
    int64_t doc;
    uint64_t len;
    int32_t kind, page, first;
    int32_t code;        /* answer: of the error; the bytes are its text */
    int32_t pages, file; /* answer to COUNT */
    int32_t columns; /* EXTRACT: bytes of Job.columns, with the NUL, that stand before the page; 0: none */
} Frame;

/* How a worker ends that ran out of memory; out of xalloc() it is DAU_INTERNAL. */
enum { WORKER_NO_MEMORY = DAU_LIMIT };

/* Runs the worker's process, from fork() to its end. `folder` is where it may write; NULL: nowhere. */
_Noreturn void worker_run(PageLine *line, const PoolOptions *options, const char *folder, int fd,
                          pid_t parent);

#endif
