/* dau merge -o all.db shard*.db: makes one database of those of many machines. The row "Nguyễn Du - Phú Lãm" keeps its
 * id, because ids come from the bytes of the document. */
#include "cmd/cmd.h"

#include "store/merge.h"

static const Usage usage = {
    "merge", "-o all.db DATABASE...",
    "Joins databases, those of the shards of a list ('dau run --shard') among them, as if one machine had "
    "read\n"
    "all of it: in any order, any number of times, with the same result. A document that several know is "
    "taken\n"
    "from where most of it is done; corrections are kept. When all.db is there, it is one of them.\n\n"
    "  dau merge -o all.db shard-*.db && dau export -d all.db --format csv"};

static void tell_merged(const Merged *m, const char *out)
{
    say("%d document%s, %d page%s, %d pairing%s, %d correction%s in '%s'", m->documents, plural(m->documents),
        m->pages, plural(m->pages), m->pairings, plural(m->pairings), m->corrections, plural(m->corrections),
        out);
    if (m->unfinished)
        say("%d document%s not done, or not whole: dau status -d %s", m->unfinished,
            m->unfinished == 1 ? " is" : "s are", out);
    if (m->other_files)
        say("%d name%s one file in one database and another in the next; the one seen last counts: run "
            "machines "
            "with folders of their own on paths of their own",
            m->other_files, m->other_files == 1 ? " means" : "s mean");
}

int cmd_merge(int argc, char **argv)
{
    const char *out = NULL;
    const Option options[] = {
        {'o', "output", OPT_STRING, &out, "FILE", "the database of all, made or added to"}, {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (!out) return usage_error(&usage, "name the database of all: -o all.db");
    if (first == argc) return usage_error(&usage, "name the databases to join");
    Err err = {0};
    Merged told;
    if (store_merge(out, (const char *const *)argv + first, argc - first, &told, &err))
        tell_merged(&told, out);
    return complain(&err);
}
