/* One pass over argv: `dau run plan.pdf -j 2 kế-hoạch.pdf` takes -j 2 out and moves the two operands to the end, in their
 * order. */
#include "cmd/cmd.h"

#include "base/str.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "cmd/messages.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HELP_WIDTH = 79, OPTION_COLUMN = 29 }; /* characters; any terminal has 80 */

int cmd_verbosity;
const char *cmd_called = "dau";

void say(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    messagev(cmd_verbosity < 0 ? LOGGED_ONLY : SEEN, fmt, ap);
    va_end(ap);
}

void tell(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    messagev(cmd_verbosity < 1 ? LOGGED_ONLY : SEEN, fmt, ap);
    va_end(ap);
}

void say_findings(const char *path, const Pairings *found)
{
    enum { MOST_SAID = 8 }; /* lines; one bad page must not push all else off the screen */
    size_t all = found->findings.n, n = cmd_verbosity > 0 || all <= MOST_SAID ? all : MOST_SAID - 1;
    for (size_t i = 0; i < n; i++) {
        const Finding *f = &found->findings.v[i];
        char text[PHRASE_SIZE];
        phrase_say_kept(f->text, tr, text, sizeof text);
        say("%s, page %d: %s", path, f->place.page, text);
    }
    if (n < all) say("%s: and %zu more; -v shows them", path, all - n);
}

const char *plural(long n)
{
    return n == 1 ? "" : "s";
}

void say_unions(int left_out)
{
    if (left_out == 1) say("1 pairing of trade unions or the like is left out; --with-unions shows it");
    if (left_out > 1)
        say("%d pairings of trade unions or the like are left out; --with-unions shows them", left_out);
}

int complain(const Err *err)
{
    if (err_is(err)) message(SEEN, err->code, err->text);
    return err->code;
}

int cmd_told(int code)
{
    Err err = {0};
    errno = 0;
    bool whole = fflush(stdout) == 0 && !ferror(stdout);
    if (whole || code != DAU_OK) return code;
    err_set(&err, DAU_FILE_ACCESS, "cannot write standard output: %s", err_system(errno ? errno : EIO));
    return complain(&err);
}

/* "[-d plans.db] PATH..." with the words in capitals in the reader's language. It goes into the sentence `before`; its
 * further lines begin where that has the program's name. */
static void add_synopsis(Buf *b, const char *synopsis, const char *before)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *name = strstr(before, "dau"), *line = name;
    while (line && line > before && line[-1] != '\n') line--;
    char lead[80];
    snprintf(lead, sizeof lead, "%.*s", (int)(name - line), line ? line : "");
    for (const char *at = synopsis; *at;) {
        size_t n = strspn(at, capitals), blanks = *at == '\n' ? 1 + strspn(at + 1, " ") : 0;
        char word[24];
        snprintf(word, sizeof word, "%.*s", (int)n, at);
        if (blanks)
            buf_addf(b, "\n%*s", (int)utf8_length(lead), "");
        else if (n)
            buf_add(b, tr(word));
        else
            buf_addc(b, *at);
        at += blanks ? blanks : n ? n : 1;
    }
}

int usage_error(const Usage *usage, const char *fmt, ...)
{
    va_list ap;
    fprintf(stderr, "dau %s: ", usage->name);
    va_start(ap, fmt);
    vfprintf(stderr, tr(fmt), ap);
    va_end(ap);
    const char *how = tr("\nusage: dau %s %s\ntry 'dau %s --help'\n");
    Buf synopsis = {0};
    add_synopsis(&synopsis, usage->synopsis, how);
    fprintf(stderr, how, usage->name, buf_str(&synopsis), usage->name);
    buf_release(&synopsis);
    return DAU_USAGE;
}

/* One word, after a blank or on a new line; the column it ends in. */
static int print_word(const char *word, size_t n, int column, int indent)
{
    int width = 0;
    for (size_t i = 0; i < n; i++) width += ((unsigned char)word[i] & 0xC0) != 0x80;
    if (column > indent && column + 1 + width > HELP_WIDTH) {
        printf("\n%*s", indent, "");
        column = indent;
    } else if (column > indent) {
        putchar(' ');
        column++;
    }
    printf("%.*s", (int)n, word);
    return column + width;
}

/* Fills lines with the words of text; empty lines and those that begin with a blank stay as they are. The
 * first word stands in column `indent` already. */
static void print_filled(const char *text, int indent)
{
    int column = indent;
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        if (n == 0 || *text == ' ') {
            printf("%s%.*s\n", column > indent ? "\n" : "", (int)n, text);
            column = indent;
            continue;
        }
        for (size_t at = 0, len; at < n; at += len + strspn(text + at + len, " ")) {
            len = strcspn(text + at, " \n");
            column = print_word(text + at, len, column, indent);
        }
    }
    if (column > indent) putchar('\n');
}

static void print_option(char letter, const char *name, const char *metavar, const char *help)
{
    enum { WIDTH = OPTION_COLUMN - 3 };
    char left[64], value[24] = "";
    if (metavar) snprintf(value, sizeof value, "%.*s", (int)strcspn(metavar, "="), metavar);
    snprintf(left, sizeof left, "%c%c%s --%s%s%s", letter ? '-' : ' ', letter ? letter : ' ',
             letter ? "," : " ", name, *value ? " " : "", tr(value));
    int width = (int)utf8_length(left);
    printf("  %s%*s ", left, width < WIDTH ? WIDTH - width : 0, "");
    print_filled(help, OPTION_COLUMN);
}

static void print_help(const Usage *usage, const Option *options)
{
    const char *how = tr("usage: dau %s %s\n\n");
    Buf synopsis = {0};
    add_synopsis(&synopsis, usage->synopsis, how);
    printf(how, usage->name, buf_str(&synopsis));
    buf_release(&synopsis);
    print_filled(tr(usage->about), 0);
    putchar('\n');
    for (const Option *o = options; o->name; o++) print_option(o->letter, o->name, o->metavar, tr(o->help));
    print_option('q', "quiet", NULL, tr("only results and errors"));
    print_option('v', "verbose", NULL, tr("say more"));
    print_option(0, "help", NULL, tr("this text"));
}

static bool set_value(const Option *o, const char *value)
{
    char *end = NULL;
    errno = 0;
    switch (o->kind) {
    case OPT_FLAG: *(bool *)o->value = true; return true;
    case OPT_STRING: *(const char **)o->value = value; return true;
    case OPT_DOUBLE: *(double *)o->value = strtod(value, &end); break;
    case OPT_INT: {
        long v = strtol(value, &end, 10);
        if (v < INT_MIN || v > INT_MAX) errno = ERANGE;
        *(int *)o->value = (int)v;
    }
    }
    return end != value && !*end && errno == 0;
}

/* What may stand there: the words it can be, or what the help calls it. */
static const char *wanted(const Option *o)
{
    const char *words = strchr(o->metavar, '=');
    return words ? words + 1 : tr(o->metavar);
}

static const Option *find_option(const Option *options, const char *arg, const char **value)
{
    bool is_long = arg[1] == '-';
    for (const Option *o = options; o->name; o++) {
        size_t n = strlen(o->name);
        if (!is_long && o->letter && arg[1] == o->letter) {
            *value = arg[2] ? arg + 2 : NULL;
            return o;
        }
        if (is_long && strncmp(arg + 2, o->name, n) == 0 && (!arg[2 + n] || arg[2 + n] == '=')) {
            *value = arg[2 + n] ? arg + 3 + n : NULL;
            return o;
        }
    }
    return NULL;
}

static bool common_option(const char *arg)
{
    if (strcmp(arg, "-q") == 0 || strcmp(arg, "--quiet") == 0)
        cmd_verbosity = -1;
    else if (strcmp(arg, "-v") == 0 || strcmp(arg, "--verbose") == 0)
        cmd_verbosity = 1;
    else
        return false;
    return true;
}

static void describe_field(const char *s)
{
    for (; s && *s; s++) {
        if (*s == '\n')
            fputs("\\n", stdout);
        else
            putchar(*s == '\t' ? ' ' : *s);
    }
}

/* The table as TSV, for tools/make-docs.sh: man pages and completions. */
static void describe(const Usage *usage, const Option *options)
{
    fputs("synopsis\t", stdout);
    describe_field(usage->synopsis);
    fputs("\nabout\t", stdout);
    describe_field(usage->about);
    putchar('\n');
    for (const Option *o = options; o->name; o++) {
        printf("option\t%.1s\t%s\t%s\t", o->letter ? &o->letter : "", o->name, o->metavar ? o->metavar : "");
        describe_field(o->help);
        putchar('\n');
    }
    fputs("option\tq\tquiet\t\tonly results and errors\noption\tv\tverbose\t\tsay more\n"
          "option\t\thelp\t\tthis text\n",
          stdout);
}

/* Handles the option at argv[*i]; 0, or a negative result of options_parse. */
static int take_option(int argc, char **argv, int *i, const Usage *usage, const Option *options)
{
    const char *arg = argv[*i], *value = NULL;
    if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
        print_help(usage, options);
        return -DAU_OK - 1;
    }
    if (strcmp(arg, "--describe") == 0) {
        describe(usage, options);
        return -DAU_OK - 1;
    }
    if (common_option(arg)) return 0;
    const Option *o = find_option(options, arg, &value);
    if (!o) return -usage_error(usage, "there is no option '%s'", arg) - 1;
    if (o->kind == OPT_FLAG && value) return -usage_error(usage, "--%s takes no value", o->name) - 1;
    if (o->kind != OPT_FLAG && !value) {
        if (*i + 1 >= argc) return -usage_error(usage, "--%s needs a value (%s)", o->name, wanted(o)) - 1;
        value = argv[++*i];
    }
    if (!set_value(o, value))
        return -usage_error(usage, "'%s' is no value for --%s (%s)", value, o->name, wanted(o)) - 1;
    return 0;
}

int options_parse(int argc, char **argv, const Usage *usage, const Option *options)
{
    int operands = 0, i = 1;
    char **kept = xalloc(((size_t)argc + 1) * sizeof *kept);
    bool ended = false;
    int result = 0;
    for (; i < argc && result == 0; i++) {
        if (!ended && strcmp(argv[i], "--") == 0)
            ended = true;
        else if (!ended && argv[i][0] == '-' && argv[i][1])
            result = take_option(argc, argv, &i, usage, options);
        else
            kept[operands++] = argv[i];
    }
    for (int k = 0; k < operands; k++) argv[argc - operands + k] = kept[k];
    free(kept);
    return result ? result : argc - operands;
}
