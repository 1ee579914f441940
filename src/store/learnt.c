/* Row 12 was read "Đông Phú II" and corrected to "Đồng Phú II", district Chương Mỹ. The lesson is "Đồng Phú" in Chương Mỹ.
 * The number goes, because the next plan may have another, or write it otherwise. As an entry of the registry it ranks
 * above all lists where a name is read that is near to it. */
#include "store/learnt.h"

#include "base/file.h"
#include "base/tsv.h"
#include "base/viet.h"
#include "store/sql.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

enum {
    WORD_WEIGHT = 3
}; /* of a learnt name in the dictionary: below what a person writes there by hand (4) */

static const char *const kinds[] = {
    [LEARNT_SCHOOL] = "school", [LEARNT_WORD] = "word", [LEARNT_ENG] = "eng", [LEARNT_VIE] = "vie"};
static const char *const files[] = {[LEARNT_SCHOOL] = "schools",
                                    [LEARNT_WORD] = "words",
                                    [LEARNT_ENG] = "read-eng",
                                    [LEARNT_VIE] = "read-vie"};
static_assert(sizeof kinds / sizeof *kinds == LEARNT_KINDS, "a kind without its name");
static_assert(sizeof files / sizeof *files == LEARNT_KINDS, "a kind without its file");

const char *learnt_kind_name(LearntKind kind)
{
    return kinds[kind];
}

void lessons_count(Lessons *l, const Learnt *one)
{
    Arena tmp = {0};
    int *at = map_at(&l->at, arena_printf(&tmp, "%d\t%s\t%s\t%s", (int)one->kind, one->name,
                                          one->district ? one->district : "", one->read ? one->read : ""));
    if (!*at) {
        *vec_push(&l->all) = *one;
        *at = (int)l->all.n;
    }
    l->all.v[*at - 1].times++;
    arena_release(&tmp);
}

void lessons_release(Lessons *l)
{
    vec_release(&l->all);
    map_release(&l->at);
}

static void count_name(Lessons *l, Arena *a, const char *name, const char *district)
{
    name = arena_strn(a, name, school_stem(name));
    if (strlen(name) < 2) return;
    lessons_count(l, &(Learnt){.kind = LEARNT_SCHOOL, .name = name, .district = district});
    lessons_count(l, &(Learnt){.kind = LEARNT_WORD, .name = name});
}

/* The confirmed names of a document's column. */
typedef struct NameColumn {
    VEC(const char *) name, said; /* said: the district, or NULL */
} NameColumn;

static void column_add(NameColumn *c, const char *name, const char *district)
{
    *vec_push(&c->name) = name;
    *vec_push(&c->said) = district;
}

static void column_end(NameColumn *c, Arena *a, LearntDistrict *district, void *of, Lessons *out)
{
    const char *guess = c->name.n ? district(of, c->name.v, (int)c->name.n) : NULL;
    for (size_t i = 0; i < c->name.n; i++)
        count_name(out, a, c->name.v[i], c->said.v[i] ? c->said.v[i] : guess);
    c->name.n = c->said.n = 0;
}

static void column_release(NameColumn *c)
{
    vec_release(&c->name);
    vec_release(&c->said);
}

bool learnt_collect(Store *s, Arena *a, LearntDistrict *district, void *of, Lessons *out, Err *err)
{
    NameColumn school = {0}, partner = {0};
    int64_t before = -1;
    Query *q =
        sql_bind(s, err,
                 "SELECT r.document, x.name AS school, x.district, y.name AS partner,"
                 " y.district AS partner_district FROM review r JOIN pairings p ON p.id = r.pairing"
                 " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                 " WHERE r.state IN ('accepted', 'corrected', 'added') ORDER BY r.document, r.position",
                 SQL_NONE);
    while (sql_row(s, q, err)) {
        int64_t document = sql_int64(q, "document");
        if (document != before)
            column_end(&school, a, district, of, out), column_end(&partner, a, district, of, out);
        before = document;
        column_add(&school, sql_text(q, "school", a), sql_text(q, "district", a));
        column_add(&partner, sql_text(q, "partner", a), sql_text(q, "partner_district", a));
    }
    column_end(&school, a, district, of, out);
    column_end(&partner, a, district, of, out);
    column_release(&school);
    column_release(&partner);
    return !err_is(err);
}

static void add_cell(LearntCells *out, Query *q, const char *name, const char *raw)
{
    if (name && raw && *name && *raw)
        *vec_push(out) = (LearntCell){sql_int64(q, "document"), sql_int(q, "page"), name, raw};
}

bool learnt_cells(Store *s, Arena *a, LearntCells *out, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT r.document, p.page, x.name AS school, p.school_raw, y.name AS partner,"
                        " p.partner_raw FROM review r JOIN pairings p ON p.id = r.pairing"
                        " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                        " WHERE r.origin = 'read' AND r.state IN ('accepted', 'corrected')"
                        " AND p.page IS NOT NULL ORDER BY r.document, p.page, r.position",
                        SQL_NONE);
    while (sql_row(s, q, err)) {
        add_cell(out, q, sql_text(q, "school", a), sql_text(q, "school_raw", a));
        add_cell(out, q, sql_text(q, "partner", a), sql_text(q, "partner_raw", a));
    }
    return !err_is(err);
}

static LearntKind kind_named(const char *name)
{
    int k = 0;
    while (k + 1 < LEARNT_KINDS && !str_eq(kinds[k], name)) k++;
    return (LearntKind)k;
}

bool learnt_load(Store *s, Arena *a, Lessons *out, Err *err)
{
    Query *q = sql_bind(
        s, err, "SELECT kind, name, district, read, times, lesson FROM learnt WHERE live = 1 ORDER BY id",
        SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(&out->all) = (Learnt){.kind = kind_named(sql_peek(q, "kind")),
                                        .name = sql_text(q, "name", a),
                                        .district = sql_text(q, "district", a),
                                        .read = sql_text(q, "read", a),
                                        .times = sql_int(q, "times"),
                                        .lesson = sql_int(q, "lesson")};
    return !err_is(err);
}

int learnt_next_lesson(Store *s, Err *err)
{
    return 1 + (int)sql_number(s, err, "SELECT coalesce(max(lesson), 0) FROM learnt", SQL_NONE);
}

static void put_lesson(Store *s, const Learnt *l, int lesson, Err *err)
{
    sql_do(s, err,
           "INSERT INTO learnt (lesson, kind, name, district, read, times)"
           " VALUES (:lesson, :kind, :name, :district, :read, :times) ON CONFLICT DO NOTHING",
           SQL("lesson", lesson), SQL("kind", kinds[l->kind]), SQL("name", l->name),
           SQL("district", l->district), SQL("read", l->read), SQL("times", l->times));
}

int learnt_add(Store *s, LearntKind kind, const Lessons *l, int lesson, Err *err)
{
    int before = sqlite3_total_changes(s->db);
    for (size_t i = 0; i < l->all.n && !err_is(err); i++)
        if (l->all.v[i].kind == kind) put_lesson(s, &l->all.v[i], lesson, err);
    return sqlite3_total_changes(s->db) - before;
}

int learnt_undo(Store *s, Err *err)
{
    int before = sqlite3_total_changes(s->db);
    sql_do(s, err,
           "UPDATE learnt SET live = 0 WHERE live = 1"
           " AND lesson = (SELECT max(lesson) FROM learnt WHERE live = 1)",
           SQL_NONE);
    return sqlite3_total_changes(s->db) - before;
}

const char *learnt_path(Arena *a, const char *database, LearntKind kind)
{
    return arena_printf(a, "%s-%s.tsv", database, files[kind]);
}

static void add_entry(Buf *b, const Learnt *l, Arena *a)
{
    switch (l->kind) {
    case LEARNT_SCHOOL:
        tsv_add(b, l->name);
        tsv_add(b, "");
        tsv_add(b, l->district ? l->district : "");
        break;
    case LEARNT_WORD:
        tsv_add(b, viet_lower_str(a, l->name));
        tsv_addf(b, "%d", (int)WORD_WEIGHT);
        break;
    default:
        tsv_add(b, l->name);
        tsv_add(b, l->read);
        tsv_addf(b, "%d", l->times);
    }
    tsv_end(b);
}

bool learnt_write(Store *s, const char *database, Err *err)
{
    Arena a = {0};
    Lessons l = {0};
    learnt_load(s, &a, &l, err);
    for (int kind = 0; kind < LEARNT_KINDS && !err_is(err); kind++) {
        Buf b = {0};
        const char *path = learnt_path(&a, database, (LearntKind)kind);
        for (size_t i = 0; i < l.all.n; i++)
            if (l.all.v[i].kind == (LearntKind)kind) add_entry(&b, &l.all.v[i], &a);
        if (b.len)
            file_write(path, b.s, b.len, err);
        else
            unlink(path);
        buf_release(&b);
    }
    lessons_release(&l);
    arena_release(&a);
    return !err_is(err);
}

bool learnt_confirmed(Store *s, Arena *a, ConfirmedVec *out, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT r.document, p.level, x.name AS school, y.name AS partner FROM review r"
                        " JOIN pairings p ON p.id = r.pairing"
                        " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                        " WHERE r.origin = 'read' AND r.state IN ('accepted', 'corrected')"
                        " ORDER BY r.document, r.position",
                        SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(out) = (Confirmed){sql_int64(q, "document"), sql_text(q, "level", a),
                                     sql_text(q, "school", a), sql_text(q, "partner", a)};
    return !err_is(err);
}
