/* cmd: what a person types. Only this layer prints or exits.
 *
 * Each command is `int cmd_x(int argc, char **argv)` with argv[0] its own name. It returns the exit code (base/err.h).
 * main.c has the table of them. eval_text() and its sisters are the three kinds of `dau eval`.
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
int cmd_tables(int argc, char **argv);
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

/* What the user typed to call the program: "dau", "build/dau". A hint that names a command begins with it, so that it works
 * as it stands. main() sets it. */
extern const char *cmd_called;

/* ---- options: one table a command, from which both parsing and help come ----
 *
 *     const char *db = "plans.db"; int jobs = 0; bool dry = false;
 *     const Option options[] = {
 *         {'d', "database", OPT_STRING, &db, "FILE", "the database (plans.db)"},
 *         {'j', "jobs", OPT_INT, &jobs, "N", "workers at a time (one a core)"},
 *         {0, "dry-run", OPT_FLAG, &dry, NULL, "say what would be done"},
 *         {0}};
 *     int first = options_parse(argc, argv, &usage, options);
 *     if (first < 0) return -first - 1;                  (help was shown, or a usage error was reported)
 *
 * Every command understands -q, -v and --help. Options may stand anywhere; "--" ends them.
 */
typedef enum OptionKind { OPT_FLAG, OPT_INT, OPT_DOUBLE, OPT_STRING } OptionKind;

typedef struct Option {
    char letter;      /* 0: none */
    const char *name; /* NULL ends the table */
    OptionKind kind;
    void *value;         /* bool *, int *, double * or const char ** */
    const char *metavar; /* of its value, for the help. "HOW=auto|json": the help says HOW, and completion
                            knows the rest */
    const char *help;    /* one line */
} Option;

typedef struct Usage {
    const char *name;     /* "run" */
    const char *synopsis; /* "[-d plans.db] [-j N] PATH..." */
    const char *about;    /* one or more lines of text, and an example */
} Usage;

/* Sets the values and returns the index in argv of the first operand; operands are moved to the end of argv. When the
 * command shall end at once it returns -(exit code) - 1. */
int options_parse(int argc, char **argv, const Usage *usage, const Option *options);

/* ---- what goes to stderr ---- */
extern int cmd_verbosity; /* -1 quiet, 0, 1 verbose */

void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));  /* unless -q */
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* only with -v */
/* Says what the checks found in a file: with -v all of it, else the first few. */
void say_findings(const char *path, const Pairings *found);
/* How many pairings of trade unions and the like a list leaves out; nothing when it leaves out none. */
void say_unions(int left_out);
int complain(const Err *err); /* "dau: ...", even with -q; returns the code */
/* The exit code of a command that ended with `code`: its own, or DAU_FILE_ACCESS and a message when not all that it printed
 * could be written. main() ends with it. */
int cmd_told(int code);
int usage_error(const Usage *usage, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What "document%s" ends in for n of them: "s", or nothing for one. Translations leave it out (%2$.0s). */
const char *plural(long n);

/* Who corrects: the name given, else $DAU_WHO, else the user's name. Lent. */
const char *cmd_who(const char *given);

#endif
