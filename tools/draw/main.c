/* draw: makes pages that look scanned, with the truth beside them.
 *
 *   draw plan --seed 7 --out FOLDER/plan-7 --form dotted     a district's plan and its pairings
 *   draw lines --text FILE --out FOLDER --seed 1             given lines, for measuring an engine
 *   draw worn --pages A.png,B.png --out FILE.pdf --seed 1  printed pages, as they come from a scanner
 *   draw reader --out FILE.lstmf --seed 1                    lines to train the reader with (job_reader.c)
 *
 * All are a table of options and one call. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "job.h"

void die(int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("draw: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(code);
}

typedef enum OptionKind { OPTION_FLAG, OPTION_TEXT, OPTION_WHOLE, OPTION_REAL } OptionKind;

typedef struct Option {
    const char *name;
    OptionKind kind;
    void *value; /* bool *, const char **, int * or double * */
    const char *help;
} Option;

static void read_option(const Option *option, const char *text)
{
    char *end = NULL;
    switch (option->kind) {
    case OPTION_FLAG: *(bool *)option->value = true; return;
    case OPTION_TEXT: *(const char **)option->value = text; return;
    case OPTION_WHOLE: *(int *)option->value = (int)strtol(text, &end, 10); break;
    case OPTION_REAL: *(double *)option->value = strtod(text, &end); break;
    }
    if (end == text || *end) die(DAU_USAGE, "%s wants a number, not '%s'", option->name, text);
}

static void read_options(const Option *options, char **words)
{
    for (int i = 0; words[i]; i++) {
        const Option *option = options;
        while (option->name && strcmp(option->name, words[i])) option++;
        if (!option->name) die(DAU_USAGE, "unknown option '%s'; see draw --help", words[i]);
        if (option->kind != OPTION_FLAG && !words[i + 1]) die(DAU_USAGE, "%s wants a value", words[i]);
        read_option(option, option->kind == OPTION_FLAG ? "" : words[++i]);
    }
}

static void print_options(const char *title, const Option *options)
{
    printf("%s\n", title);
    for (const Option *option = options; option->name; option++)
        printf("  %-12s %s\n", option->name, option->help);
}

static PlanJob plan_job = {
    .job =
        {.dpi = 200, .mode = "bw", .skew = NAN, .wear = 2, .font = "Liberation Serif", .data = "tools/draw"},
    .form = "ruled",
    .turn = -1};
static LinesJob lines_job = {
    .job = {.dpi = 200, .mode = "gray", .skew = NAN, .wear = -1, .data = "tools/draw"},
    .fonts = "Liberation Serif"};

static WornJob worn_job = {
    .job = {.dpi = 200, .mode = "jpeg", .skew = NAN, .wear = 2, .font = "Liberation Serif", .data = ""}};

static ReaderJob reader_job = {
    .job = {.data = "tools/draw"}, .fonts = "Liberation Serif", .dicts = "dicts", .pages = 10};

static const Option plan_options[] = {
    {"--seed", OPTION_WHOLE, &plan_job.job.seed,
     "a whole number; the same seed and options give the same bytes"},
    {"--out", OPTION_TEXT, &plan_job.job.out,
     "folder and name: NAME.pdf, NAME.gold.json, NAME.txt are written"},
    {"--form", OPTION_TEXT, &plan_job.form, "form of the list, see below (ruled)"},
    {"--stroke", OPTION_TEXT, &plan_job.stroke,
     "solid, dotted, dashed, broken, faint, double (as the form says)"},
    {"--level", OPTION_TEXT, &plan_job.level, "section, column, merged, prefix, tables (as the form says)"},
    {"--dpi", OPTION_WHOLE, &plan_job.job.dpi, "72-600 (200)"},
    {"--mode", OPTION_TEXT, &plan_job.job.mode, "bw (1 bit, G4), gray (no loss), jpeg, color (JPEG) (bw)"},
    {"--quality", OPTION_WHOLE, &plan_job.job.quality, "of JPEG, 1-100 (after --degrade)"},
    {"--skew", OPTION_REAL, &plan_job.job.skew, "degrees, clockwise (by chance, after --degrade)"},
    {"--degrade", OPTION_WHOLE, &plan_job.job.wear, "0 none, 1 light, 2 usual, 3 poor (2)"},
    {"--font", OPTION_TEXT, &plan_job.job.font, "font family (Liberation Serif)"},
    {"--size", OPTION_REAL, &plan_job.job.size, "points of the text (12-14 by chance)"},
    {"--turn", OPTION_WHOLE, &plan_job.turn, "0, 90, 180, 270 degrees clockwise (as the form says)"},
    {"--rows", OPTION_WHOLE, &plan_job.rows, "how many rows the list has (20-36 by chance)"},
    {"--home", OPTION_TEXT, &plan_job.home, "district of the schools, as in names.tsv"},
    {"--away", OPTION_TEXT, &plan_job.away, "district of the partners"},
    {"--table-only", OPTION_FLAG, &plan_job.table_only, "without the letter before the list"},
    {"--letter-only", OPTION_FLAG, &plan_job.letter_only, "without the list"},
    {"--blank", OPTION_FLAG, &plan_job.blank, "an empty page"},
    {"--no-seal", OPTION_FLAG, &plan_job.no_seal, "no seal over the list where the form has none"},
    {"--memo", OPTION_FLAG, &plan_job.memo, "a memorandum of two schools instead: one pair, in sentences"},
    {"--tiff", OPTION_FLAG, &plan_job.tiff, "NAME.tif instead of NAME.pdf"},
    {"--png", OPTION_FLAG, &plan_job.png, "NAME.png, or NAME-1.png ... when there are more pages"},
    {"--jpg", OPTION_FLAG, &plan_job.jpg, "NAME.jpg, or NAME-1.jpg ... when there are more pages"},
    {"--boxes", OPTION_FLAG, &plan_job.job.boxes, "NAME.boxes.tsv as well: where each line and cell stands"},
    {"--no-truth", OPTION_FLAG, &plan_job.no_truth, "neither NAME.gold.json nor NAME.txt"},
    {"--data", OPTION_TEXT, &plan_job.job.data, "folder of names.tsv and sentences.tsv (tools/draw)"},
    {NULL, OPTION_FLAG, NULL, NULL},
};

static const Option lines_options[] = {
    {"--text", OPTION_TEXT, &lines_job.text, "UTF-8 (NFC) file, a line a line"},
    {"--out", OPTION_TEXT, &lines_job.job.out,
     "folder: page-0001.png, page-0001.txt ... and pages.tsv are written"},
    {"--seed", OPTION_WHOLE, &lines_job.job.seed, "a whole number"},
    {"--fonts", OPTION_TEXT, &lines_job.fonts, "families, comma between (Liberation Serif)"},
    {"--size", OPTION_REAL, &lines_job.job.size, "points (11-14 by chance, page by page)"},
    {"--dpi", OPTION_WHOLE, &lines_job.job.dpi, "72-600 (200)"},
    {"--mode", OPTION_TEXT, &lines_job.job.mode, "bw, gray, jpeg, color (gray)"},
    {"--quality", OPTION_WHOLE, &lines_job.job.quality, "of JPEG, 1-100 (after --degrade)"},
    {"--skew", OPTION_REAL, &lines_job.job.skew, "degrees (by chance)"},
    {"--degrade", OPTION_WHOLE, &lines_job.job.wear, "0-3 (by chance, page by page)"},
    {"--boxes", OPTION_FLAG, &lines_job.job.boxes, "page-0001.boxes.tsv as well"},
    {NULL, OPTION_FLAG, NULL, NULL},
};

static const Option worn_options[] = {
    {"--pages", OPTION_TEXT, &worn_job.pages, "PNG pictures of printed pages at --dpi, comma between"},
    {"--out", OPTION_TEXT, &worn_job.job.out, "FILE.pdf"},
    {"--seed", OPTION_WHOLE, &worn_job.job.seed, "a whole number"},
    {"--seal", OPTION_TEXT, &worn_job.seal, "words round a red seal on the last page (no seal)"},
    {"--dpi", OPTION_WHOLE, &worn_job.job.dpi, "72-600 (200)"},
    {"--mode", OPTION_TEXT, &worn_job.job.mode, "bw, gray, jpeg, color (jpeg)"},
    {"--quality", OPTION_WHOLE, &worn_job.job.quality, "of JPEG, 1-100 (after --degrade)"},
    {"--skew", OPTION_REAL, &worn_job.job.skew, "degrees (by chance)"},
    {"--degrade", OPTION_WHOLE, &worn_job.job.wear, "0-3 (2)"},
    {NULL, OPTION_FLAG, NULL, NULL},
};

static const Option reader_options[] = {
    {"--out", OPTION_TEXT, &reader_job.job.out, "FILE.lstmf"},
    {"--pages", OPTION_WHOLE, &reader_job.pages, "how many times twenty lines (10)"},
    {"--seed", OPTION_WHOLE, &reader_job.job.seed, "a whole number"},
    {"--fonts", OPTION_TEXT, &reader_job.fonts, "families, comma between (Liberation Serif)"},
    {"--dicts", OPTION_TEXT, &reader_job.dicts, "folder of the lists of names (dicts)"},
    {"--data", OPTION_TEXT, &reader_job.job.data, "folder of names.tsv and sentences.tsv (tools/draw)"},
    {NULL, OPTION_FLAG, NULL, NULL},
};

static int help(void)
{
    puts("draw: pages that look scanned, with the truth beside them\n");
    print_options("draw plan --seed N --out FOLDER/NAME: a district's plan", plan_options);
    print_options("\ndraw lines --text FILE --out FOLDER --seed N: given lines of text", lines_options);
    print_options("\ndraw worn --pages A.png,B.png --out FILE.pdf: printed pages as scanned", worn_options);
    print_options("\ndraw reader --out FILE.lstmf --seed N: lines to train the reader with", reader_options);
    puts("\nforms of --form:");
    for (const Form *form = forms; form->name; form++) printf("  %-21s %s\n", form->name, form->help);
    return 0;
}

int main(int argc, char **argv)
{
    setMsgSeverity(L_SEVERITY_NONE); /* what fails is said in our words */
    if (argc < 2 || !strcmp(argv[1], "--help")) return help();
    if (!strcmp(argv[1], "plan")) {
        read_options(plan_options, argv + 2);
        return job_plan(&plan_job);
    }
    if (!strcmp(argv[1], "lines")) {
        read_options(lines_options, argv + 2);
        return job_lines(&lines_job);
    }
    if (!strcmp(argv[1], "worn")) {
        read_options(worn_options, argv + 2);
        return job_worn(&worn_job);
    }
    if (!strcmp(argv[1], "reader")) {
        read_options(reader_options, argv + 2);
        return job_reader(&reader_job);
    }
    die(DAU_USAGE, "unknown command '%s'; see draw --help", argv[1]);
}
