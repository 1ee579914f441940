/* sandbox: shuts a process in before it opens a file from a stranger.
 *
 *     Sandbox got = sandbox_enter("/tmp/dau-work-x/w0");        in the worker, once, for good
 *     if (!got.network) ...                                     the kernel lacks it: say so, go on
 *
 * No network: socket() and its kin fail with EPERM (seccomp-bpf, Linux 3.5). No file is made, written,
 * renamed or removed but under `folder` and /dev/null: they fail with EACCES (Landlock, Linux 5.13). Where
 * the kernel has seccomp but no Landlock, seccomp refuses every such call, in the folder too. Modes, owners,
 * times and mounts cannot be changed, no other process can be traced or, from Linux 6.12, signalled. Files
 * can be read; programs that are started are shut in the same way.
 */
#ifndef DAU_BATCH_SANDBOX_H
#define DAU_BATCH_SANDBOX_H

#include <stdbool.h>

typedef struct Sandbox {
    bool network; /* none can be started */
    bool files;   /* none can be written outside the folder */
    bool folder;  /* inside the folder they can */
} Sandbox;

/* folder: NULL, nowhere. What could be enforced. */
Sandbox sandbox_enter(const char *folder);
/* What sandbox_enter() would enforce here; changes nothing. */
Sandbox sandbox_probe(void);

#endif
