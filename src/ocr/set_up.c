/* What the program does for the engine's sake and a library must not do. It is not part of libdau.so.
 *
 * It starts anew once what is read before main() stands in the environment. And one function of Leptonica is replaced. Tesseract 5 packs the picture of each line, "Mầm non Hoa Mai", as PNG, keeps it, and unpacks it before it
 * reads the line. That takes a twentieth of all the time for a grey scan. Here the picture is packed in Leptonica's own
 * form, which is a copy and which pixReadMem() knows as well.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "ocr/ocr.h"

#include "base/file.h"

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <unistd.h>

void ocr_set_up(char **argv)
{
    char self[4096];
    if (ocr_environment() && file_self(self, sizeof self))
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
