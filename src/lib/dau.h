/* dau.h: restores Vietnamese text, and reads pairings of schools out of scans, for your own program.
 *
 *     cc mine.c $(pkg-config --cflags --libs dau)
 *
 *     DauError e = {0};
 *     DauRestorer *r = dau_restorer_open(DAU_FROM_AUTO, &e);
 *     char *text = dau_restore(r, "Truong Mam non Hoa Mai", 22, &e);      "Trường Mầm non Hoa Mai"
 *     free(text);
 *     dau_restorer_close(r);
 *
 *     DauReader *reader = dau_reader_open(NULL, &e);
 *     DauPairings *found = dau_extract(reader, "plan.pdf", &e);
 *     for (const DauPairing *p; (p = dau_pairings_next(found)) != NULL;)
 *         printf("%s - %s\n", p->school, p->partner);
 *     dau_pairings_free(found);
 *     dau_reader_close(reader);
 *
 * Text is UTF-8, and NFC on its way out. A function that can fail takes a DauError, which it sets on success, too (NULL:
 * you do not want to know). On failure it returns NULL. Nothing is printed and the process is not ended, except when
 * memory runs out. A DauRestorer or a DauReader is for one thread at a time; several threads open one each. The
 * models are mapped, so that they are in memory once.
 *
 * Tesseract reads scans in the calling process. It starts threads that slow one another down: set OMP_THREAD_LIMIT=1 in
 * the environment before the program starts. A file from outside may make a decoder crash or run for long. `dau run` reads
 * in processes under limits; this library does not.
 *
 * Models and lists are looked for in $DAU_DATA, beside the library (../share/dau), and where dau was installed.
 */
#ifndef DAU_H
#define DAU_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DAU_API __attribute__((visibility("default")))

/* The codes are the exit codes of the command: 2 bad input, 3 a model is missing, 5 file access, 7 engine, 8 encrypted,
 * 10 some pages failed, 11 over a limit. The text is a sentence without a full stop; where it helps, it says what to
 * do. */
typedef struct DauError {
    int code; /* 0: nothing happened */
    char text[500];
} DauError;

DAU_API const char *dau_version(void); /* "0.1.0" */

/* ---- restoring text ---- */

typedef struct DauRestorer DauRestorer;

/* What state the text is in. */
typedef enum DauFrom {
    DAU_FROM_AUTO,     /* judged by the text */
    DAU_FROM_STRIPPED, /* without marks, letters right */
    DAU_FROM_OCR,      /* an OCR without Vietnamese: anything may be wrong */
    DAU_FROM_VIE       /* an OCR with Vietnamese: mostly right */
} DauFrom;

/* Opens the models; NULL and code 3 when they are not there. */
DAU_API DauRestorer *dau_restorer_open(DauFrom from, DauError *error);
/* Restores len bytes of text, line for line; what stands between words is kept. You free() the result. */
DAU_API char *dau_restore(DauRestorer *r, const char *text, size_t len, DauError *error);

/* What a word may be, and how likely. */
typedef struct DauReading {
    const char *text;
    double prob; /* 0 to 1 */
} DauReading;

/* A word of a text that was restored. */
typedef struct DauWord {
    const char *raw;  /* as it stood */
    const char *text; /* restored; "" where it was joined to the word before, or is dirt */
    double prob;      /* that text is right, 0 to 1 */
    size_t at, len;   /* of raw in the text, bytes */
    const DauReading
        *readings; /* the likeliest first, the chosen one among them; NULL where there is but one */
    size_t reading_count;
} DauWord;

typedef struct DauWords DauWords;

/* The same, word by word. You free it with dau_words_free(). */
DAU_API DauWords *dau_restore_words(DauRestorer *r, const char *text, size_t len, DauError *error);
/* The next word, NULL after the last; lent until dau_words_free(). */
DAU_API const DauWord *dau_words_next(DauWords *words);
DAU_API void dau_words_free(DauWords *words);    /* NULL is allowed */
DAU_API void dau_restorer_close(DauRestorer *r); /* NULL is allowed */

/* ---- reading pairings ---- */

/* A place in the document. */
typedef struct DauPlace {
    int page;       /* from 1 */
    int x, y, w, h; /* pixels of the page as scanned; characters and lines of a text */
} DauPlace;

/* One school twinned with one school. Strings are "" where nothing says. */
typedef struct DauPairing {
    const char *no;                       /* ordinal as printed */
    const char *level;                    /* MN, TH, THCS, THPT ... */
    const char *school, *partner;         /* without the words of the level */
    const char *school_raw, *partner_raw; /* as they were read */
    const char *district, *partner_district;
    double prob;               /* that names, level and joining are right, 0 to 1 */
    int page;                  /* from 1 */
    int x, y, w, h;            /* of the row: pixels of the page as scanned; characters and lines of a text */
    const char *rule;          /* why these two */
    const char *flags;         /* what a check found, parted by blanks */
    const char *since, *until; /* a year, month or day by ISO 8601; until: the last one of it */
    double school_prob, partner_prob; /* that each name is right, 0 to 1 */
    const DauPlace *mentions;         /* where else it is said, or NULL */
    size_t mention_count;
    const char *kind; /* school; union, party, youth or pioneers: not the schools but those in them */
} DauPairing;

typedef struct DauReader DauReader;
typedef struct DauPairings DauPairings;

/* tessdata: the folder of Tesseract's vie.traineddata; NULL: the system's. Nothing is opened yet. */
DAU_API DauReader *dau_reader_open(const char *tessdata, DauError *error);
DAU_API void dau_reader_close(DauReader *reader); /* NULL is allowed */

/* Reads all pairings of a PDF, a picture or a text, which you free with dau_pairings_free(). When some pages cannot be
 * read, you get those of the others, and code 10; NULL when no page can. */
DAU_API DauPairings *dau_extract(DauReader *reader, const char *path, DauError *error);
DAU_API size_t dau_pairings_count(const DauPairings *found);
/* The next pairing, NULL after the last; lent until dau_pairings_free(). */
DAU_API const DauPairing *dau_pairings_next(DauPairings *found);
DAU_API void dau_pairings_free(DauPairings *found); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
