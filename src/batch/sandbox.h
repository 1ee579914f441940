/* batch/sandbox: shuts a process in before it opens a file from outside.
 *
 *     Sandbox got = sandbox_enter("/tmp/dau-work-x/w0");        (in the worker, once, for good)
 *     if (!got.network) ...                                     (the kernel lacks it: say so, go on)
 *
 * What a process that is shut in cannot do, and how the attempt fails:
 *
 *     call what Poppler, Tesseract, Leptonica, libarchive   EPERM or ENOSYS, seccomp (Linux 3.5)
 *         and antiword do not need: sockets, tracing,
 *         modes, owners, times, attributes, mounts,
 *         namespaces, clocks, limits of other processes
 *     send a terminal or a device a request that changes it ENOSYS, seccomp
 *     signal another process                                EPERM, Landlock (Linux 6.12)
 *     make, write, rename or remove a file, other than      EACCES, Landlock (Linux 5.13)
 *         under `folder` and /dev/null
 *
 * Calls that are newer than this program fail with ENOSYS. Links and special files cannot be made anywhere. It gives up the
 * capabilities of root but one: to read files of others.
 *
 * It can read files. Programs that it starts are shut in, too. Where the kernel has seccomp and not Landlock, seccomp
 * refuses all writing, also in the folder.
 */
#ifndef DAU_BATCH_SANDBOX_H
#define DAU_BATCH_SANDBOX_H

#include <stdbool.h>

typedef struct Sandbox {
    bool network; /* no network can be reached */
    bool files;   /* no file can be written outside the folder */
    bool folder;  /* files can be written inside the folder */
} Sandbox;

/* Shuts the process in and returns what the kernel enforces. `folder` is where it may write; NULL: nowhere. */
Sandbox sandbox_enter(const char *folder);
/* What sandbox_enter() would enforce on this machine; changes nothing. */
Sandbox sandbox_probe(void);

#endif
