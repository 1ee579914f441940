/* What the program does for the engine's sake and a library must not do. It is not part of libdau.so.
 *
 * Two settings go into the environment, because they are read before main() runs. And one function of Leptonica is
 * replaced. Tesseract 5 packs the picture of each line, "Mầm non Hoa Mai", as PNG, keeps it, and unpacks it before it
 * reads the line. That takes a twentieth of all the time for a grey scan. Here the picture is packed in Leptonica's own
 * form, which is a copy and which pixReadMem() knows as well.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "ocr/ocr.h"

#include "base/file.h"

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* For glibc: pages of 2 MB for large blocks, and no memory given back between two pictures of a page. Faults on pages of
 * 4 KB were a tenth of the computing time. Other C libraries ignore it. */
static const char HEAP[] = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:"
                           "glibc.malloc.trim_threshold=134217728";

void ocr_set_up(char **argv)
{
    char self[4096], heap[1024];
    const char *set = getenv("GLIBC_TUNABLES");
    bool threads = getenv("OMP_THREAD_LIMIT"), pages = set && strstr(set, "glibc.malloc.");
    if ((threads && pages) || !file_self(self, sizeof self)) return;
    if (!threads) setenv("OMP_THREAD_LIMIT", "1", 1);
    if (!pages &&
        snprintf(heap, sizeof heap, "%s%s%s", set ? set : "", set ? ":" : "", HEAP) < (int)sizeof heap)
        setenv("GLIBC_TUNABLES", heap, 1);
    execv(self, argv); /* comes back only when it failed: then the program is slower, not wrong */
}

typedef l_ok WriteMem(l_uint8 **, size_t *, PIX *, l_int32);

/* In place of Leptonica's, for all libraries of the process. */
__attribute__((visibility("default"))) l_ok pixWriteMem(l_uint8 **data, size_t *size, PIX *pix,
                                                        l_int32 format)
{
    WriteMem *next;
    if (format == IFF_PNG) return pixWriteMemSpix(data, size, pix);
    *(void **)&next = dlsym(RTLD_NEXT, "pixWriteMem");
    return next ? next(data, size, pix, format) : 1;
}
