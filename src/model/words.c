/* "level	mầm non	MN	2" becomes the word "mầm non" of WORD_LEVEL: letters "mamnon", value LEVEL_MN, two of the
 * six letters may be misread. Without the 2 it would be one: words_edits() allows one letter in five, in kinds that
 * engines are known to misread. In all others every letter must be right.
 *
 * Two kinds of the file may be one list, so that the order of their rows is kept. A "level-code" stands among the
 * "level" rows; Keyword.also tells it from them. */
#include "model/words.h"

#include "base/file.h"
#include "base/str.h"
#include "base/tr.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 4 << 20 };

typedef VEC(Keyword) KeywordVec;

struct Keywords {
    Arena a;
    KeywordVec of[WORD_KINDS];
    uint32_t starts[26]; /* by the first letter: which second letters begin a level's words or "trường" */
};

/* ---- kinds and values, as the file spells them ---- */

static const char *const units[] = {
    [UNIT_DISTRICT] = "district", [UNIT_WARD] = "ward", [UNIT_PROVINCE] = "province", NULL};
static const char *const headers[] = {[HEADER_ORDINAL] = "ordinal",
                                      [HEADER_LEVEL] = "level",
                                      [HEADER_SCHOOL] = "school",
                                      [HEADER_DISTRICT] = "district",
                                      [HEADER_PLACE] = "place",
                                      [HEADER_OTHER] = "other",
                                      NULL};
static const char *const sides[] = {
    [HEADER_FIRST] = "first", [HEADER_SECOND] = "second", [HEADER_RELATED] = "related", NULL};
static const char *const ranks[] = {[1] = "1", [2] = "2", [3] = "3", NULL};
static const char *const fors[] = {[FOR_ALL] = "", [FOR_SIGNATURE] = "signature", [FOR_NAME] = "name", NULL};
static const char *const columns[] = {
    [COL_NAME] = "name", [COL_LEVEL] = "level", [COL_DISTRICT] = "district", [COL_ALIASES] = "aliases", NULL};
static const char *const deputies[] = {"", "deputy", NULL};
static const char *const stops[] = {"", "stop", NULL};
static const char *const capitals[] = {"", "capitals", NULL};
static const char *const marks[] = {
    [SIGNED_MARK] = "", [SIGNED_BY] = "by", [SIGNED_OFFICE] = "office", [SIGNED_AT] = "at", NULL};
static const char *const unmarked[] = {"", "unmarked", NULL};
static const char *const organisations[] = {[PAIR_UNION] = "union",
                                            [PAIR_PARTY] = "party",
                                            [PAIR_YOUTH] = "youth",
                                            [PAIR_PIONEERS] = "pioneers",
                                            NULL};
static const char *const offices[] = {"", "office", NULL};

typedef enum Meaning {
    MEANS_NOTHING, /* the value is empty */
    MEANS_TEXT,    /* any text, or empty */
    MEANS_LEVEL    /* a level's code */
} Meaning;

typedef struct KindName {
    const char *name;
    WordKind kind;
    Meaning meaning; /* where `of` is NULL */
    const char *const
        *of;      /* what the value may be, its number is the place; NULL at the end, and first: no 0 */
    bool misread; /* words_edits() holds */
    bool also;
} KindName;

static const KindName kinds[] = {
    {.name = "level", .kind = WORD_LEVEL, .meaning = MEANS_LEVEL, .misread = true},
    {.name = "level-code", .kind = WORD_LEVEL, .meaning = MEANS_LEVEL, .misread = true, .also = true},
    {.name = "level-start", .kind = WORD_LEVEL_START, .meaning = MEANS_LEVEL},
    {.name = "code-misread", .kind = WORD_CODE_MISREAD},
    {.name = "code-glued", .kind = WORD_CODE_GLUED},
    {.name = "lead", .kind = WORD_LEAD},
    {.name = "lead-short", .kind = WORD_LEAD_SHORT},
    {.name = "lead-misread", .kind = WORD_LEAD_MISREAD},
    {.name = "heading", .kind = WORD_HEADING},
    {.name = "heading-pair", .kind = WORD_HEADING_PAIR},
    {.name = "block", .kind = WORD_BLOCK},
    {.name = "unit", .kind = WORD_UNIT, .of = units},
    {.name = "unit-cell", .kind = WORD_UNIT_CELL, .of = units},
    {.name = "unit-begins", .kind = WORD_UNIT_BEGINS},
    {.name = "contact", .kind = WORD_CONTACT},
    {.name = "money", .kind = WORD_MONEY},
    {.name = "ditto", .kind = WORD_DITTO},
    {.name = "belongs", .kind = WORD_BELONGS},
    {.name = "and", .kind = WORD_AND},
    {.name = "header", .kind = WORD_HEADER, .of = headers, .misread = true},
    {.name = "header-whole", .kind = WORD_HEADER, .of = headers, .misread = true, .also = true},
    {.name = "header-side", .kind = WORD_HEADER_SIDE, .of = sides, .misread = true},
    {.name = "twins", .kind = WORD_EVIDENCE, .of = ranks, .misread = true},
    {.name = "not-twins", .kind = WORD_EVIDENCE, .of = ranks, .misread = true, .also = true},
    {.name = "header-begins", .kind = WORD_HEADER_BEGINS},
    {.name = "header-lead", .kind = WORD_HEADER_LEAD, .misread = true},
    {.name = "header-after", .kind = WORD_HEADER_AFTER},
    {.name = "header-part", .kind = WORD_HEADER_PART},
    {.name = "notes", .kind = WORD_NOTES, .misread = true},
    {.name = "content", .kind = WORD_CONTENT, .misread = true},
    {.name = "list-title", .kind = WORD_LIST_TITLE, .misread = true},
    {.name = "plan-part", .kind = WORD_PLAN_PART, .misread = true},
    {.name = "list-of", .kind = WORD_LIST_OF, .misread = true},
    {.name = "twin", .kind = WORD_TWIN, .misread = true},
    {.name = "row-label", .kind = WORD_ROW_LABEL},
    {.name = "row-opens", .kind = WORD_ROW_OPENS},
    {.name = "total", .kind = WORD_TOTAL},
    {.name = "sum", .kind = WORD_SUM},
    {.name = "counted", .kind = WORD_COUNTED},
    {.name = "joins", .kind = WORD_JOINS},
    {.name = "nobody", .kind = WORD_NOBODY},
    {.name = "outsider", .kind = WORD_OUTSIDER},
    {.name = "before-joins", .kind = WORD_BEFORE_JOINS},
    {.name = "assigns", .kind = WORD_ASSIGNS},
    {.name = "document", .kind = WORD_DOCUMENT, .meaning = MEANS_TEXT, .misread = true},
    {.name = "document-code", .kind = WORD_DOCUMENT_CODE, .meaning = MEANS_TEXT},
    {.name = "joint", .kind = WORD_JOINT},
    {.name = "issuer-code", .kind = WORD_ISSUER_CODE},
    {.name = "agency", .kind = WORD_AGENCY, .of = ranks},
    {.name = "agency-inside", .kind = WORD_AGENCY_INSIDE},
    {.name = "agency-ends", .kind = WORD_AGENCY_ENDS},
    {.name = "surname", .kind = WORD_SURNAME},
    {.name = "person-title", .kind = WORD_PERSON_TITLE},
    {.name = "no-person", .kind = WORD_NO_PERSON},
    {.name = "person", .kind = WORD_PERSON},
    {.name = "proper", .kind = WORD_PROPER},
    {.name = "small", .kind = WORD_SMALL},
    {.name = "short-form", .kind = WORD_SHORT_FORM},
    {.name = "for", .kind = WORD_FOR, .of = fors},
    {.name = "office", .kind = WORD_OFFICE, .of = deputies},
    {.name = "degree", .kind = WORD_DEGREE, .of = stops},
    {.name = "day", .kind = WORD_DAY},
    {.name = "month", .kind = WORD_MONTH},
    {.name = "year", .kind = WORD_YEAR},
    {.name = "today", .kind = WORD_TODAY, .misread = true},
    {.name = "from", .kind = WORD_FROM},
    {.name = "until", .kind = WORD_UNTIL},
    {.name = "until-end", .kind = WORD_UNTIL_END},
    {.name = "until-late", .kind = WORD_UNTIL_LATE},
    {.name = "school-year", .kind = WORD_SCHOOL_YEAR},
    {.name = "years", .kind = WORD_YEARS},
    {.name = "term", .kind = WORD_TERM},
    {.name = "motto", .kind = WORD_MOTTO, .misread = true},
    {.name = "motto-begins", .kind = WORD_MOTTO_BEGINS, .misread = true},
    {.name = "signature-mark", .kind = WORD_SIGNATURE_MARK, .of = marks},
    {.name = "opens-sentence", .kind = WORD_OPENS_SENTENCE, .misread = true},
    {.name = "opens-text", .kind = WORD_OPENS_TEXT, .of = capitals},
    {.name = "opens-basis", .kind = WORD_OPENS_BASIS},
    {.name = "issues", .kind = WORD_ISSUES},
    {.name = "number", .kind = WORD_NUMBER},
    {.name = "about", .kind = WORD_ABOUT},
    {.name = "carries-out", .kind = WORD_CARRIES_OUT},
    {.name = "enclosed", .kind = WORD_ENCLOSED, .misread = true},
    {.name = "annex", .kind = WORD_ANNEX, .misread = true},
    {.name = "article", .kind = WORD_ARTICLE},
    {.name = "addressed", .kind = WORD_ADDRESSED, .misread = true},
    {.name = "recipients", .kind = WORD_RECIPIENTS, .misread = true},
    {.name = "filed", .kind = WORD_FILED},
    {.name = "stands-for", .kind = WORD_STANDS_FOR, .misread = true},
    {.name = "cue", .kind = WORD_CUE, .misread = true},
    {.name = "cue-joint", .kind = WORD_CUE, .misread = true, .also = true},
    {.name = "cue-pair", .kind = WORD_CUE_PAIR},
    {.name = "cue-weak", .kind = WORD_CUE_WEAK},
    {.name = "denied", .kind = WORD_DENIED},
    {.name = "denied-not", .kind = WORD_DENIED_NOT},
    {.name = "denied-after", .kind = WORD_DENIED_AFTER},
    {.name = "planned", .kind = WORD_PLANNED},
    {.name = "other-kind", .kind = WORD_OTHER_KIND},
    {.name = "other-deed", .kind = WORD_OTHER_DEED},
    {.name = "watches", .kind = WORD_WATCHES},
    {.name = "connects", .kind = WORD_CONNECTS},
    {.name = "between", .kind = WORD_BETWEEN},
    {.name = "with", .kind = WORD_WITH},
    {.name = "of", .kind = WORD_OF},
    {.name = "before-partner", .kind = WORD_BEFORE_PARTNER},
    {.name = "partner-unit", .kind = WORD_PARTNER_UNIT},
    {.name = "partner-noun", .kind = WORD_PARTNER_NOUN},
    {.name = "others", .kind = WORD_OTHERS},
    {.name = "each-other", .kind = WORD_EACH_OTHER},
    {.name = "in-order", .kind = WORD_IN_ORDER},
    {.name = "by", .kind = WORD_BY},
    {.name = "event", .kind = WORD_EVENT},
    {.name = "counted-noun", .kind = WORD_COUNTED_NOUN},
    {.name = "organisation", .kind = WORD_ORGANISATION, .of = organisations},
    {.name = "two", .kind = WORD_TWO},
    {.name = "side", .kind = WORD_SIDE},
    {.name = "several", .kind = WORD_SEVERAL},
    {.name = "all", .kind = WORD_ALL},
    {.name = "title-tells", .kind = WORD_TITLE_TELLS},
    {.name = "after-name", .kind = WORD_AFTER_NAME, .of = unmarked},
    {.name = "ends-name", .kind = WORD_ENDS_NAME},
    {.name = "no-school", .kind = WORD_NO_SCHOOL},
    {.name = "of-place", .kind = WORD_OF_PLACE, .of = offices},
    {.name = "school-kind", .kind = WORD_SCHOOL_KIND},
    {.name = "no-lead", .kind = WORD_NO_LEAD},
    {.name = "before-no-lead", .kind = WORD_BEFORE_NO_LEAD},
    {.name = "list-column", .kind = WORD_LIST_COLUMN, .of = columns},
};
enum { KIND_NAMES = sizeof kinds / sizeof *kinds };

int words_edits(int letters)
{
    enum { LEAST = 6, ONE_IN = 5 };
    return letters < LEAST ? 0 : letters / ONE_IN;
}

/* ---- one line ---- */

/* Where a line stands, for messages. */
typedef struct At {
    const char *name;
    long line;
    Err *err;
} At;

static const KindName *kind_named(const char *name, const At *at)
{
    for (int i = 0; i < KIND_NAMES; i++)
        if (str_eq(kinds[i].name, name)) return &kinds[i];
    err_set(at->err, DAU_BAD_INPUT, "%s:%ld: unknown kind '%.40s'; dicts/README.md lists the kinds of words",
            at->name, at->line, name);
    return NULL;
}

/* One more of what a value may be: "MN, TH". */
static void add_known(Buf *known, const char *value)
{
    buf_addf(known, "%s%s", known->len ? ", " : "", *value ? value : tr("nothing"));
}

static bool take_level(const char *value, int *out, const At *at)
{
    Level level = LEVEL_NONE;
    if (level_from_code(value, &level)) return *out = (int)level, true;
    Buf known = {0};
    for (int i = LEVEL_NONE + 1; i < LEVELS; i++) add_known(&known, level_code((Level)i));
    err_set(at->err, DAU_BAD_INPUT, "%s:%ld: unknown level '%.40s'; one of %s", at->name, at->line, value,
            buf_str(&known));
    buf_release(&known);
    return false;
}

static bool take_one_of(const KindName *kind, const char *value, int *out, const At *at)
{
    Buf known = {0};
    int i = kind->of[0] ? 0 : 1;
    for (; kind->of[i] && !str_eq(kind->of[i], value); i++) add_known(&known, kind->of[i]);
    bool found = kind->of[i] != NULL;
    if (found)
        *out = i;
    else
        err_set(at->err, DAU_BAD_INPUT, "%s:%ld: unknown value '%.40s' of kind '%s'; one of %s", at->name,
                at->line, value, kind->name, buf_str(&known));
    buf_release(&known);
    return found;
}

static bool take_value(const KindName *kind, const char *value, int *out, const At *at)
{
    if (kind->of) return take_one_of(kind, value, out, at);
    if (kind->meaning == MEANS_LEVEL) return take_level(value, out, at);
    return kind->meaning == MEANS_TEXT || !*value ||
           err_set(at->err, DAU_BAD_INPUT, "%s:%ld: kind '%s' takes no value, but '%.40s' stands there",
                   at->name, at->line, kind->name, value);
}

static bool take_edits(const KindName *kind, const char *edits, Keyword *w, const At *at)
{
    char *end = NULL;
    w->edits = kind->misread ? words_edits(w->len) : 0;
    if (!*edits) return true;
    long n = strtol(edits, &end, 10);
    if (*end || n < 0 || n >= w->len)
        return err_set(at->err, DAU_BAD_INPUT,
                       "%s:%ld: edits '%.20s' of '%.40s', which has %d letters; write a whole number from 0 "
                       "on and below that",
                       at->name, at->line, edits, w->text, w->len);
    w->edits = (int)n;
    return true;
}

/* The letters of a key: it without its blanks. */
static char *letters_of(Arena *a, const char *key)
{
    char *letters = arena_str(a, key), *to = letters;
    for (const char *p = key; *p; p++)
        if (*p != ' ') *to++ = *p;
    *to = '\0';
    return letters;
}

unsigned letters_bag(const char *letters)
{
    unsigned bag = 0;
    for (const char *p = letters; *p; p++)
        if (*p >= 'a' && *p <= 'z') bag |= 1u << (*p - 'a');
    return bag;
}

static Keyword word_made(Arena *a, const char *text, const char *meaning)
{
    Keyword w = {.text = viet_trim(a, viet_nfc(a, text, strlen(text)))};
    w.lower = viet_lower_str(a, w.text);
    w.key = viet_key(a, w.text);
    w.letters = letters_of(a, w.key);
    w.len = (int)strlen(w.letters);
    w.bag = letters_bag(w.letters);
    w.meaning = *meaning ? arena_str(a, meaning) : w.text;
    return w;
}

static const char *field(const Tsv *t, int i)
{
    return i < t->fields && t->field[i] ? t->field[i] : "";
}

/* Levels are looked for where their first two letters stand. */
static void note_start(Keywords *w, WordKind kind, const char *letters)
{
    bool begins = kind == WORD_LEVEL || kind == WORD_LEAD;
    if (!begins || letters[0] < 'a' || letters[0] > 'z' || letters[1] < 'a' || letters[1] > 'z') return;
    w->starts[letters[0] - 'a'] |= 1u << (letters[1] - 'a');
}

static bool take_line(Keywords *w, const Tsv *t, const At *at)
{
    enum { FIELDS = 4 };
    if (t->fields < 2 || t->fields > FIELDS)
        return err_set(at->err, DAU_BAD_INPUT,
                       "%s:%ld: %d fields; a line is kind, words, value, edits, tabs between", at->name,
                       at->line, t->fields);
    const KindName *kind = kind_named(field(t, 0), at);
    if (!kind) return false;
    Keyword word = word_made(&w->a, field(t, 1), field(t, 2));
    word.also = kind->also;
    if (!word.len || word.len > WORD_MOST)
        return err_set(at->err, DAU_BAD_INPUT, "%s:%ld: '%.60s' has %d letters; words have 1 to %d", at->name,
                       at->line, word.text, word.len, WORD_MOST);
    if (!take_value(kind, field(t, 2), &word.value, at) || !take_edits(kind, field(t, 3), &word, at))
        return false;
    note_start(w, kind->kind, word.letters);
    *vec_push(&w->of[kind->kind]) = word;
    return true;
}

/* ---- files ---- */

static long line_of(const char *s, size_t at)
{
    long line = 1;
    for (size_t i = 0; i < at; i++) line += s[i] == '\n';
    return line;
}

bool words_read(Keywords *w, const char *name, const char *text, size_t len, Err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t good = utf8_valid_prefix(text, len);
    if (good < len)
        return err_set(err, DAU_BAD_INPUT, "%s:%ld: no UTF-8; save it as UTF-8 and try again", name,
                       line_of(text, good));
    if (str_starts(text, mark)) text += strlen(mark), len -= strlen(mark);
    Tsv t = {0};
    tsv_init(&t, text, len);
    while (!err_is(err) && tsv_next(&t)) take_line(w, &t, &(At){name, t.line, err});
    tsv_release(&t);
    return !err_is(err);
}

static bool read_file(Keywords *w, const char *path, Err *err)
{
    Buf b = {0};
    bool ok = file_read(path, MOST_BYTES, &b, err) && words_read(w, path, buf_str(&b), b.len, err);
    buf_release(&b);
    return ok;
}

Keywords *words_new(void)
{
    return xalloc(sizeof(Keywords));
}

Keywords *words_open(const char *own, Err *err)
{
    char path[4096];
    if (err_is(err)) return NULL;
    Keywords *w = words_new();
    if (file_data("words.tsv", path, sizeof path, err) && read_file(w, path, err) &&
        (!own || read_file(w, own, err)))
        return w;
    words_close(w);
    return NULL;
}

void words_close(Keywords *w)
{
    if (!w) return;
    for (int i = 0; i < WORD_KINDS; i++) vec_release(&w->of[i]);
    arena_release(&w->a);
    free(w);
}

/* ---- asking ---- */

KeywordList words_of_kind(const Keywords *w, WordKind kind)
{
    return (KeywordList){w->of[kind].v, (int)w->of[kind].n};
}

const Keyword *words_lookup(const Keywords *w, WordKind kind, const char *letters)
{
    const KeywordVec *of = &w->of[kind];
    for (size_t i = 0; i < of->n; i++)
        if (of->v[i].letters[0] == letters[0] && strcmp(of->v[i].letters, letters) == 0) return &of->v[i];
    return NULL;
}

bool words_begin_level(const Keywords *w, const char *letters)
{
    if (letters[0] < 'a' || letters[0] > 'z' || letters[1] < 'a' || letters[1] > 'z') return false;
    return w->starts[letters[0] - 'a'] >> (letters[1] - 'a') & 1;
}
