/* dau eval WHAT GOLD GOT: the kinds of truth that a result can be compared with. `dau eval pairs gold.tsv got.jsonl`
 * goes on to eval_pairs(), which tells "Kim Đồng - Lê Quý Đôn" right or wrong. */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

static const Usage USAGE = {"eval", "text|pairs|documents GOLD GOT",
                            "Scores text, pairings or what documents say of themselves against the truth.\n\n"
                            "  dau eval text GOLD GOT     word and character errors, marks, names\n"
                            "  dau eval pairs GOLD GOT    precision, recall and F1 of pairings\n"
                            "  dau eval documents GOLD GOT\n"
                            "                             number, date, issuer, title, signer\n\n"
                            "'dau eval text --help' and so on tell more."};

int cmd_eval(int argc, char **argv)
{
    const Option options[] = {{0}};
    if (argc > 1 && strcmp(argv[1], "text") == 0) return eval_text(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "pairs") == 0) return eval_pairs(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "documents") == 0) return eval_documents(argc - 1, argv + 1);
    int first = options_parse(argc, argv, &USAGE, options);
    if (first < 0) return -first - 1;
    return usage_error(&USAGE,
                       first < argc ? tr_mark("there is nothing to compare called '%s'")
                                    : tr_mark("say text, pairs or documents%s"),
                       first < argc ? argv[first] : "");
}
