/* dau eval documents GOLD GOT [GOLD GOT ...]: of the numbers, dates, issuers, titles and signers that the truth has, how
 * many were found right. A value that was not found, or was found otherwise, is wrong: "763/KH-PGDDT" for
 * "763/KH-PGDĐT". */
#include "cmd/cmd.h"
#include "cmd/eval_form.h"

#include "base/file.h"
#include "base/str.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *const fields[] = {"number", "date", "issuer", "title", "signer"};
enum { FIELDS = sizeof fields / sizeof *fields };

typedef struct FieldTally {
    int all[FIELDS], right[FIELDS];
} FieldTally;

static const Usage USAGE = {
    "eval documents", "[-v] GOLD GOT [GOLD GOT ...]",
    "Compares what documents say of themselves with the truth. GOT is what dau extract --with-documents\n"
    "prints. GOLD is JSON with some of number, date, issuer, title and signer. -v lists what is wrong.\n\n"
    "  dau extract --with-documents plan.pdf > got.jsonl\n"
    "  dau eval documents plan.gold.json got.jsonl"};

static json_t *load_gold(const char *path, Err *err)
{
    json_error_t why;
    Buf b = {0};
    json_t *root = file_read(path, 0, &b, err) ? json_loadb(buf_str(&b), b.len, 0, &why) : NULL;
    if (!root && !err_is(err))
        err_set(err, DAU_BAD_INPUT, "'%s' is not JSON: line %d: %s", path, why.line, why.text);
    buf_release(&b);
    return root;
}

/* The first line that is a document's. */
static json_t *load_got(const char *path, Err *err)
{
    Buf b = {0};
    json_t *found = NULL;
    file_read(path, 0, &b, err);
    for (size_t i = 0; i < b.len && !found && !err_is(err);) {
        const char *end = memchr(b.s + i, '\n', b.len - i);
        size_t len = end ? (size_t)(end - b.s) - i : b.len - i;
        json_t *line = json_loadb(b.s + i, len, 0, NULL);
        const char *kind = json_string_value(json_object_get(line, "kind"));
        if (str_eq(kind, "document"))
            found = line;
        else
            json_decref(line);
        i += len + 1;
    }
    buf_release(&b);
    if (!found && !err_is(err))
        err_set(err, DAU_BAD_INPUT, "'%s' has no line of a document; dau extract --with-documents prints it",
                path);
    return found;
}

static void compare(FieldTally *t, const char *path, const json_t *gold, const json_t *got)
{
    Arena a = {0};
    for (int i = 0; i < FIELDS; i++) {
        const char *is = json_string_value(json_object_get(gold, fields[i])),
                   *found = json_string_value(json_object_get(got, fields[i]));
        if (!is || !*is) continue; /* "": it has none */
        bool right = found && str_eq(exact_form(&a, is), exact_form(&a, found));
        t->all[i]++;
        t->right[i] += right;
        if (!right && cmd_verbosity > 0)
            printf("  %s: %s is '%s', not '%s'\n", path, fields[i], found ? found : "", is);
    }
    arena_release(&a);
}

static void print_tally(const FieldTally *t)
{
    int all = 0, right = 0;
    for (int i = 0; i < FIELDS; i++) {
        if (!t->all[i]) continue;
        printf("%-8s %4d of %4d\n", fields[i], t->right[i], t->all[i]);
        all += t->all[i], right += t->right[i];
    }
    printf("%-8s %4d of %4d  %.3f\n", "all", right, all, all ? (double)right / all : 0);
}

int eval_documents(int argc, char **argv)
{
    const Option options[] = {{0}};
    int first = options_parse(argc, argv, &USAGE, options);
    if (first < 0) return -first - 1;
    if (argc == first || (argc - first) % 2)
        return usage_error(&USAGE, "it takes files by two, the truth and what was found");
    Err err = {0};
    FieldTally t = {{0}, {0}};
    for (int i = first; i < argc && !err_is(&err); i += 2) {
        json_t *gold = load_gold(argv[i], &err), *got = err_is(&err) ? NULL : load_got(argv[i + 1], &err);
        if (got) compare(&t, argv[i + 1], gold, got);
        json_decref(gold);
        json_decref(got);
    }
    if (!err_is(&err)) print_tally(&t);
    return complain(&err);
}
