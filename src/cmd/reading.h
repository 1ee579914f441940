/* cmd/reading: the options of every command that reads documents, in one place.
 *
 *     ReadingOptions r = {0};
 *     const Option options[] = {{'p', "page", ...}, READING_OPTIONS(r), {0}};
 *     ...
 *     LineOptions line;
 *     if (!reading_settle(&r, &line, &err)) return reading_refused(&r, &usage, &err);
 *     ...
 *     reading_release(&r);                      (the strings in `line` are r's)
 */
#ifndef DAU_CMD_READING_H
#define DAU_CMD_READING_H

#include "base/str.h"
#include "base/vec.h"
#include "line/line.h"
#include "batch/pool.h"
#include "cmd/cmd.h"

/* Passwords to try, for commands that open files again which were read with one. */
typedef struct Passwords {
    const char *file; /* NULL: none */
    /* private */
    Buf text;
    VEC(const char *) all; /* NULL ends it, once read */
} Passwords;

typedef struct ReadingOptions {
    const char *text_layer, *tessdata, *words, *schools;
    const char *columns; /* what a person says of them (extract_say_columns()); NULL or "": nothing */
    Passwords passwords;
    double most_megapixels; /* of a page; 0: load's default */
    int most_file_mb, most_unpacked_mb;
} ReadingOptions;

/* Rows for a command's table of options: of `PoolOptions p`, of `Passwords p`, of `ReadingOptions r`. */
/* clang-format off */
#define LIMIT_OPTIONS(p)                                                                                      \
    {0, "page-timeout", OPT_DOUBLE, &(p).job_seconds, "S", "seconds for one page, by the clock (300)"},       \
    {0, "page-cpu", OPT_DOUBLE, &(p).cpu_seconds, "S", "seconds of computing for one page (240)"},            \
    {0, "memory", OPT_INT, &(p).memory_mb, "MB", "address space for one page (2048)"},                        \
    {0, "temp", OPT_INT, &(p).file_mb, "MB", "largest temporary file for one page (512)"}

#define PASSWORD_OPTION(p)                                                                                    \
    {0, "password-file", OPT_STRING, &(p).file, "FILE", "passwords to try, one a line"}

#define READING_OPTIONS(r)                                                                                    \
    {0, "text-layer", OPT_STRING, &(r).text_layer, "HOW=auto|use|ignore",                                                     \
     "the text in a PDF: auto (the default) takes it where it is right, use always, ignore never"},           \
    PASSWORD_OPTION((r).passwords),                                                                           \
    {0, "max-megapixels", OPT_DOUBLE, &(r).most_megapixels, "N", "refuse larger pages (120)"},                \
    {0, "max-file", OPT_INT, &(r).most_file_mb, "MB", "refuse larger files (2048)"},                          \
    {0, "max-unpacked", OPT_INT, &(r).most_unpacked_mb, "MB", "refuse documents that unpack to more (256)"},  \
    {0, "words", OPT_STRING, &(r).words, "FILE",                                                              \
     "your own words of plans, tabs between: kind, words, value, edits; as in dicts/words.tsv"},              \
    {0, "schools", OPT_STRING, &(r).schools, "FILE",                                                          \
     "your own list of schools, tabs between: name, level, district, aliases"},                               \
    {0, "columns", OPT_STRING, &(r).columns, "LIST",                                                          \
     "what the columns of the lists hold, as no,school,partner,note; also level, district, partner-district"}, \
    {0, "tessdata", OPT_STRING, &(r).tessdata, "DIR", "folder of Tesseract's trained data"}
/* clang-format on */

/* Reads the file of passwords, if one was named, of 1 MB at most; its lines lie in p until passwords_release(). */
bool passwords_read(Passwords *p, Err *err);
void passwords_release(Passwords *p);
/* Makes the line's options of the command's. False with DAU_USAGE when an option makes no sense, or with why the file of
 * passwords cannot be read. */
bool reading_settle(ReadingOptions *r, LineOptions *line, Err *err);
/* Whether the limits are numbers, none below 0. */
bool limits_make_sense(const PoolOptions *p);
/* Puts the file, and the page (0: none), before the message, where it does not name them yet. */
void name_page(Err *err, const char *path, int page);
/* Says what was wrong, releases r and returns the exit code. */
int reading_refused(ReadingOptions *r, const Usage *usage, const Err *err);
void reading_release(ReadingOptions *r);

#endif
