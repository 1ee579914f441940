/* run_shard: which part of a list of files is this process's. The same list on every machine; a file belongs
 * to the shard that its bytes say, so that copies meet in one place and every machine decides alike. */
#ifndef DAU_CMD_RUN_SHARD_H
#define DAU_CMD_RUN_SHARD_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Shard {
    int index, count;    /* index from 1; count 0: no shard, all of it */
    const char *told_by; /* "--shard", "SLURM_ARRAY_TASK_ID" ... */
} Shard;

/* text: "2/6", or NULL: what Slurm's job array or Kubernetes' indexed job says, if this is one. DAU_CONFIG.
 */
bool shard_find(const char *text, Shard *shard, Err *err);
/* Is a file with this SHA-256 in it? */
bool shard_has(const Shard *shard, const char *sha256);

#endif
