/* cmd/run_shard: decides which part of a list of files is this process's.
 *
 *     Shard shard;
 *     shard_find("2/6", &shard, &err);
 *     if (shard_has(&shard, sha256)) ...                  (this process reads the file)
 *
 * Every machine gets the same list. A file belongs to the shard that its bytes decide. So copies of a file meet in one
 * place, and all machines decide alike.
 */
#ifndef DAU_CMD_RUN_SHARD_H
#define DAU_CMD_RUN_SHARD_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Shard {
    int index, count;    /* index from 1; count 0: no shard, all of it */
    const char *told_by; /* "--shard", "SLURM_ARRAY_TASK_ID" ... */
} Shard;

/* Takes the shard from `text`, "2/6", or from NULL. Then Slurm's job array or Kubernetes' indexed job decides, if this is
 * one. DAU_CONFIG when they do not say a shard that there is. */
bool shard_find(const char *text, Shard *shard, Err *err);
/* Whether a file with this SHA-256 belongs to the shard. */
bool shard_has(const Shard *shard, const char *sha256);

#endif
