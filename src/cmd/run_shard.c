/* Task 13 of a job array 10-15: the least index is 10, the count 6, so this is shard 4 of 6. The file "kế hoạch.pdf" has
 * the SHA-256 3fa9c1d2...; 0x3fa9c1d2 mod 6 is 0, so it belongs to shard 1. */
#include "cmd/run_shard.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHARDS = 100000 };

static bool set(Shard *s, long index, long count, const char *told_by, Err *err)
{
    if (count < 1 || count > MOST_SHARDS || index < 1 || index > count)
        return err_set(err, DAU_CONFIG, "%s: there is no shard %ld of %ld", told_by, index, count);
    *s = (Shard){(int)index, (int)count, told_by};
    return true;
}

static bool number(const char *name, long *value)
{
    const char *text = getenv(name);
    char *end = NULL;
    if (!text || !*text) return false;
    *value = strtol(text, &end, 10);
    return end != text && !*end;
}

static bool find_slurm(Shard *s, Err *err)
{
    long id, count, min = 1, max, step = 1;
    if (!number("SLURM_ARRAY_TASK_ID", &id)) return true;
    bool counted = number("SLURM_ARRAY_TASK_COUNT", &count);
    bool ranged = number("SLURM_ARRAY_TASK_MIN", &min) && number("SLURM_ARRAY_TASK_MAX", &max);
    if (!number("SLURM_ARRAY_TASK_STEP", &step) || step < 1) step = 1;
    if (!counted || (ranged && (max - min) / step + 1 != count) || (id - min) % step != 0)
        return err_set(err, DAU_CONFIG,
                       "the job array has gaps, so which shard this is cannot be told; give --shard I/N, or "
                       "--shard 1/1 for all of it");
    return set(s, (id - min) / step + 1, count, "SLURM_ARRAY_TASK_ID", err);
}

static bool find_kubernetes(Shard *s, Err *err)
{
    long index, count;
    if (!number("JOB_COMPLETION_INDEX", &index)) return true;
    if (!number("JOB_COMPLETION_COUNT", &count))
        return err_set(err, DAU_CONFIG,
                       "JOB_COMPLETION_INDEX is set but not JOB_COMPLETION_COUNT; set it to the job's "
                       "completions, or give --shard I/N");
    return set(s, index + 1, count, "JOB_COMPLETION_INDEX", err);
}

/* "2/6" */
static bool two_numbers(const char *text, long *first, long *second)
{
    char *end;
    *first = strtol(text, &end, 10);
    if (end == text || *end != '/') return false;
    const char *after = end + 1;
    *second = strtol(after, &end, 10);
    return end != after && !*end;
}

bool shard_find(const char *text, Shard *s, Err *err)
{
    long index, count;
    *s = (Shard){0};
    if (err_is(err)) return false;
    if (!text) return find_slurm(s, err) && (s->count || find_kubernetes(s, err));
    if (!two_numbers(text, &index, &count))
        return err_set(err, DAU_CONFIG, "'%s' is not a shard; write --shard 2/6 for the second of six", text);
    return set(s, index, count, "--shard", err);
}

bool shard_has(const Shard *s, const char *sha256)
{
    char head[9];
    if (s->count < 2) return true;
    snprintf(head, sizeof head, "%.8s", sha256);
    return strtoul(head, NULL, 16) % (unsigned long)s->count == (unsigned long)s->index - 1;
}
