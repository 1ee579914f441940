/* cmd: what a person types. The only layer that prints or exits.
 *
 * Each command is `int cmd_x(int argc, char **argv)` with argv[0] its own name; it returns the exit code
 * (base/err.h). main.c holds the table of them.
 */
#ifndef DAU_CMD_CMD_H
#define DAU_CMD_CMD_H

#include "base/err.h"
#include "base/version.h"
#include "doc/pairing.h"

#include <stdbool.h>

int cmd_run(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_query(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_corrections(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_learn(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_eval(int argc, char **argv);
int eval_text(int argc, char **argv);      /* dau eval text: argv[0] is "text" */
int eval_pairs(int argc, char **argv);     /* dau eval pairs: argv[0] is "pairs" */
int eval_documents(int argc, char **argv); /* dau eval documents: argv[0] is "documents" */

/* ---- options: one table a command, from which parsing and help both come ----
 *
 *     const char *db = "plans.db"; int jobs = 0; bool dry = false;
 *     const Option options[] = {
 *         {'d', "database", OPT_STRING, &db, "FILE", "the database (plans.db)"},
 *         {'j', "jobs", OPT_INT, &jobs, "N", "workers at a time (one a core)"},
 *         {0, "dry-run", OPT_FLAG, &dry, NULL, "say what would be done"},
 *         {0}};
 *     int first = options_parse(argc, argv, &usage, options);
 *     if (first < 0) return -first - 1;                  (help was shown, or a usage error was said)
 *
 * -q, -v and --help are understood by every command. Options may stand anywhere; "--" ends them.
 */
typedef enum OptionKind { OPT_FLAG, OPT_INT, OPT_DOUBLE, OPT_STRING } OptionKind;

typedef struct Option {
    char letter;      /* 0: none */
    const char *name; /* NULL ends the table */
    OptionKind kind;
    void *value;         /* bool *, int *, double * or const char ** */
    const char *metavar; /* of its value, for the help; "HOW=auto|json": the help says HOW, completion knows
                            the rest */
    const char *help;    /* one line */
} Option;

typedef struct Usage {
    const char *name;     /* "run" */
    const char *synopsis; /* "[-d plans.db] [-j N] PATH..." */
    const char *about;    /* one or more lines of text, and an example */
} Usage;

/* Index in argv of the first operand (argv is permuted so that operands come last), or -(exit code) - 1. */
int options_parse(int argc, char **argv, const Usage *usage, const Option *options);

/* ---- what goes to stderr ---- */
extern int cmd_verbosity; /* -1 quiet, 0, 1 verbose */

void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));  /* unless -q */
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* only with -v */
/* What the checks found in a file: with -v all of it, else the first few. */
void say_findings(const char *path, const Pairings *found);
int complain(const Err *err); /* "dau: ..." whatever -q; returns the code */
int usage_error(const Usage *usage, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Who corrects: the name given, $DAU_WHO, the user's name. */
const char *cmd_who(const char *given);

#endif
