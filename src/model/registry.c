/* Each name and alias is folded ("Trường TH Lý Thái Tổ" -> "li thai to"). The folded name leads to the first school that
 * has it; the other schools of the same name follow in a chain. */
#include "model/registry.h"

#include "base/file.h"
#include "base/map.h"
#include "base/tsv.h"
#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

typedef struct RegistryLink {
    int school, next; /* next: index + 1 */
} RegistryLink;

struct Registry {
    Arena a;
    const Keywords *words; /* lent */
    VEC(RegistrySchool) schools;
    VEC(RegistryLink) links;
    Map first;                /* folded name: index + 1 of its first link */
    bool learnt;              /* the file at hand is what corrections taught */
    size_t own;               /* links of the user's file */
    int column[LIST_COLUMNS]; /* which field holds what; -1: none */
};

/* ---- folding ---- */

/* "2" for "ii"; only a word of its own at the end. */
static const char *arabic(const char *roman)
{
    static const char *const romans[] = {"i", "ii", "iii", "iv", "v", "vi"};
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6"};
    for (int i = 0; i < 6; i++)
        if (str_eq(roman, romans[i])) return digits[i];
    return NULL;
}

static char *fold(Arena *a, const char *name)
{
    char *key = viet_key(a, name), *last = strrchr(key, ' ');
    for (char *p = key; *p; p++)
        if (*p == 'y') *p = 'i';
    const char *number = last ? arabic(last + 1) : NULL;
    return number ? arena_printf(a, "%.*s %s", (int)(last - key), key, number) : key;
}

/* ---- reading ---- */

static bool begins(const char *key, const char *words)
{
    size_t n = strlen(words);
    return strncmp(key, words, n) == 0 && (key[n] == ' ' || !key[n]);
}

/* Words of s that make up `words` of its key. */
static const char *after_words(const char *s, const char *words)
{
    int n = 1;
    for (const char *p = words; *p; p++) n += *p == ' ';
    for (; n > 0; n--) {
        s += strcspn(s, " ");
        s += strspn(s, " ");
    }
    return s;
}

static const char *without_lead(Arena *a, const Keywords *words, const char *name)
{
    KeywordList leads = words_of_kind(words, WORD_LEAD);
    const char *key = viet_key(a, name);
    for (int i = 0; i < leads.n; i++)
        if (begins(key, leads.v[i].key)) return after_words(name, leads.v[i].key);
    return name;
}

/* The name without "Trường" and the words of a level; *level is set where it was not and they say it. */
static const char *bare_name(Arena *a, const Keywords *words, const char *name, Level *level)
{
    const char *s = without_lead(a, words, name);
    const char *key = viet_key(a, s), *rest = NULL;
    Level found = LEVEL_NONE;
    size_t longest = 0;
    for (int i = LEVEL_NONE + 1; i < LEVELS; i++) {
        const char *of[] = {viet_key(a, level_words((Level)i)), viet_key(a, level_code((Level)i))};
        for (int k = 0; k < 2; k++) {
            const char *after = begins(key, of[k]) ? after_words(s, of[k]) : NULL;
            if (!after || !*after || strlen(of[k]) <= longest) continue;
            longest = strlen(of[k]), rest = after, found = (Level)i;
        }
    }
    if (rest && !*level) *level = found;
    return rest && *level == found ? rest : s;
}

static void add_name(Registry *r, const char *name, int school)
{
    Arena tmp = {0};
    int *first = map_at(&r->first, fold(&tmp, name));
    *vec_push(&r->links) = (RegistryLink){school, *first};
    *first = (int)r->links.n;
    arena_release(&tmp);
}

static void add_aliases(Registry *r, const char *aliases, int school)
{
    Arena tmp = {0};
    char *list = arena_str(&tmp, aliases), *rest = NULL;
    for (char *s = strtok_r(list, ";", &rest); s; s = strtok_r(NULL, ";", &rest)) {
        Level level = LEVEL_NONE;
        const char *name = bare_name(&tmp, r->words, viet_trim(&tmp, s), &level);
        if (*name) add_name(r, name, school);
    }
    arena_release(&tmp);
}

/* The field of a column, trimmed, NFC; "" when it is not there. */
static const char *field(Registry *r, const Tsv *t, int column)
{
    int i = r->column[column];
    const char *s = i >= 0 && i < t->fields && t->field[i] ? t->field[i] : "";
    return viet_trim(&r->a, viet_nfc(&r->a, s, strlen(s)));
}

static int column_named(const Keywords *words, const char *key)
{
    KeywordList names = words_of_kind(words, WORD_LIST_COLUMN);
    for (int i = 0; i < names.n; i++)
        if (str_eq(key, names.v[i].key)) return names.v[i].value;
    return -1;
}

/* A first line that names two columns or more, one of them the name. */
static bool take_header(Registry *r, const Tsv *t)
{
    int column[LIST_COLUMNS] = {-1, -1, -1, -1}, known = 0;
    Arena tmp = {0};
    for (int i = 0; i < t->fields; i++) {
        int c = column_named(r->words, viet_key(&tmp, t->field[i] ? t->field[i] : ""));
        if (c >= 0) column[c] = i, known++;
    }
    arena_release(&tmp);
    bool header = known > 0 && known == t->fields && column[COL_NAME] >= 0;
    if (header) memcpy(r->column, column, sizeof column);
    return header;
}

static bool take_level(const char *text, Level *level)
{
    Arena tmp = {0};
    const char *key = viet_key(&tmp, text);
    *level = LEVEL_NONE;
    bool found = !*key || level_from_code(text, level);
    for (int i = LEVEL_NONE + 1; !found && i < LEVELS; i++) {
        found = str_eq(key, viet_key(&tmp, level_words((Level)i))) ||
                str_eq(key, viet_key(&tmp, level_code((Level)i)));
        if (found) *level = (Level)i;
    }
    arena_release(&tmp);
    return found;
}

/* By the user's own file. */
static bool is_known(const Registry *r, const char *name)
{
    Arena tmp = {0};
    int i = map_lookup(&r->first, fold(&tmp, name), 0);
    while (i && (size_t)i > r->own) i = r->links.v[i - 1].next;
    arena_release(&tmp);
    return i != 0;
}

static bool bad_line(const char *path, long line, Err *err, const char *why)
{
    return err_set(err, DAU_BAD_INPUT, "'%s' line %ld: %s", path, line, why);
}

static bool take_school(Registry *r, const Tsv *t, const char *path, Err *err)
{
    RegistrySchool s = {0};
    const char *level = field(r, t, COL_LEVEL), *district = field(r, t, COL_DISTRICT);
    if (t->fields == 1 && strchr(field(r, t, COL_NAME), ','))
        return bad_line(path, t->line, err, "fields are parted by tabs, not by commas");
    if (t->fields > LIST_COLUMNS)
        return bad_line(path, t->line, err,
                        "more than name, level, district and aliases; is a tab too many?");
    if (!take_level(level, &s.level))
        return err_set(
            err, DAU_BAD_INPUT,
            "'%s' line %ld: there is no level '%.40s'; write MN, TH, THCS, THPT, TH&THCS, THCS&THPT,"
            " LC, PTDTNT, GDNN-GDTX or CB",
            path, t->line, level);
    s.name = bare_name(&r->a, r->words, field(r, t, COL_NAME), &s.level);
    if (!*fold(&r->a, s.name)) return bad_line(path, t->line, err, "the name of the school is missing");
    if (r->learnt && is_known(r, s.name)) return true;
    s.district = *district ? district : NULL;
    s.id = r->learnt ? NULL : arena_printf(&r->a, "%ld", t->line);
    *vec_push(&r->schools) = s;
    add_name(r, s.name, (int)r->schools.n - 1);
    add_aliases(r, field(r, t, COL_ALIASES), (int)r->schools.n - 1);
    return true;
}

static long line_of(const char *s, size_t at)
{
    long line = 1;
    for (size_t i = 0; i < at; i++) line += s[i] == '\n';
    return line;
}

static bool read_lines(Registry *r, const char *path, const char *text, size_t len, Err *err)
{
    bool first = true;
    Tsv t = {0};
    tsv_init(&t, text, len);
    while (!err_is(err) && tsv_next(&t)) {
        if (!first || !take_header(r, &t)) take_school(r, &t, path, err);
        first = false;
    }
    tsv_release(&t);
    if (!err_is(err) && !r->schools.n && !r->learnt)
        err_set(err, DAU_BAD_INPUT, "'%s' lists no school; a line is name, level, district, aliases", path);
    return !err_is(err);
}

static bool read_file(Registry *r, const char *path, Err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    Buf b = {0};
    if (file_read(path, MOST_BYTES, &b, err)) {
        const char *s = buf_str(&b);
        size_t good = utf8_valid_prefix(s, b.len), skip = b.len >= 3 && memcmp(s, mark, 3) == 0 ? 3 : 0;
        if (good < b.len)
            bad_line(path, line_of(s, good), err, "no UTF-8; save it as UTF-8 and try again");
        else if (memchr(s, 0, b.len))
            bad_line(path, line_of(s, strlen(s)), err, "there is a NUL; is it a text file?");
        else
            read_lines(r, path, s + skip, b.len - skip, err);
    }
    buf_release(&b);
    return !err_is(err);
}

static void set_columns(Registry *r)
{
    for (int i = 0; i < LIST_COLUMNS; i++) r->column[i] = i;
}

Registry *registry_open(const Keywords *words, const char *path, const char *learnt, Err *err)
{
    if (err_is(err)) return NULL;
    Registry *r = xalloc(sizeof *r);
    r->words = words;
    set_columns(r);
    bool ok = !path || read_file(r, path, err);
    r->own = r->links.n;
    r->learnt = true;
    set_columns(r);
    if (ok && (!learnt || read_file(r, learnt, err))) return r;
    registry_close(r);
    return NULL;
}

void registry_close(Registry *r)
{
    if (!r) return;
    vec_release(&r->schools);
    vec_release(&r->links);
    map_release(&r->first);
    arena_release(&r->a);
    free(r);
}

size_t registry_schools(const Registry *r)
{
    return r ? r->schools.n : 0;
}

const RegistrySchool *registry_school(const Registry *r, size_t i)
{
    return &r->schools.v[i];
}

/* ---- lookup ---- */

static bool same_place(const char *a, const char *b)
{
    Arena tmp = {0};
    bool same = a && b && str_eq(fold(&tmp, a), fold(&tmp, b));
    arena_release(&tmp);
    return same;
}

const RegistrySchool *registry_lookup(const Registry *r, const char *name, Level level, const char *district)
{
    const RegistrySchool *found = NULL, *here = NULL;
    Arena tmp = {0};
    int n = 0;
    for (int i = r ? map_lookup(&r->first, fold(&tmp, name), 0) : 0; i; i = r->links.v[i - 1].next) {
        const RegistrySchool *s = &r->schools.v[r->links.v[i - 1].school];
        if ((level && s->level && s->level != level) || s == found) continue;
        found = s, n++;
        if (same_place(s->district, district)) here = s;
    }
    arena_release(&tmp);
    return here ? here : n == 1 ? found : NULL;
}
