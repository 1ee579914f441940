/* twins.c: who is twinned with whom, in ten lines.
 *
 *     cc twins.c $(pkg-config --cflags --libs dau) -o twins
 *     OMP_THREAD_LIMIT=1 ./twins plan.pdf
 *     ./twins --restore 'Truong Tieu hoc Nguyen Trai'
 */
#include <dau.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int restore(const char *text)
{
    DauError error = {0};
    DauRestorer *r = dau_restorer_open(DAU_FROM_AUTO, &error);
    char *restored = r ? dau_restore(r, text, strlen(text), &error) : NULL;
    if (restored)
        puts(restored);
    else
        fprintf(stderr, "twins: %s\n", error.text);
    free(restored);
    dau_restorer_close(r);
    return error.code;
}

static int read_file(const char *path)
{
    DauError error = {0};
    DauReader *reader = dau_reader_open(NULL, &error);
    DauPairings *found = dau_extract(reader, path, &error);
    for (const DauPairing *p; (p = dau_pairings_next(found)) != NULL;)
        printf("%s %s - %s (page %d, %.0f %%)\n", p->level, p->school, p->partner, p->page, 100 * p->prob);
    if (error.code) fprintf(stderr, "twins: %s\n", error.text);
    dau_pairings_free(found);
    dau_reader_close(reader);
    return error.code;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--restore") == 0) return restore(argv[2]);
    if (argc == 2) return read_file(argv[1]);
    fprintf(stderr, "usage: twins FILE\n       twins --restore TEXT\n");
    return 1;
}
