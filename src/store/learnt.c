/* Row 12 was read "Đông Phú II" and corrected to "Đồng Phú II", district Chương Mỹ. The lesson is "Đồng Phú"
 * in Chương Mỹ: the number goes, for the next plan may have another, or write it otherwise. As an entry of
 * the registry it ranks above all lists where a name is read that is near to it. */
#include "store/learnt.h"

#include "base/file.h"
#include "base/tsv.h"
#include "base/viet.h"
#include "store/sql.h"

#include <string.h>
#include <unistd.h>

enum {
    WORD_WEIGHT = 3
}; /* of a learnt name in the dictionary: below what a person writes there by hand (4) */

static const char *const kinds[] = {"school", "word", "eng", "vie"};
static const char *const files[] = {"schools", "words", "read-eng", "read-vie"};

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
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT r.document, x.name, x.district, y.name, y.district FROM review r"
                 " JOIN pairings p ON p.id = r.pairing"
                 " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                 " WHERE r.state IN ('accepted', 'corrected', 'added') ORDER BY r.document, r.position",
                 "");
    while (sql_row(s, st, err)) {
        int64_t document = sqlite3_column_int64(st, 0);
        if (document != before)
            column_end(&school, a, district, of, out), column_end(&partner, a, district, of, out);
        before = document;
        column_add(&school, sql_text(st, 1, a), sql_text(st, 2, a));
        column_add(&partner, sql_text(st, 3, a), sql_text(st, 4, a));
    }
    column_end(&school, a, district, of, out);
    column_end(&partner, a, district, of, out);
    column_release(&school);
    column_release(&partner);
    return !err_is(err);
}

static void add_cell(LearntCells *out, Arena *a, sqlite3_stmt *st, int column)
{
    const char *name = sql_text(st, column, a), *raw = sql_text(st, column + 1, a);
    if (name && raw && *name && *raw)
        *vec_push(out) = (LearntCell){sqlite3_column_int64(st, 0), sqlite3_column_int(st, 1), name, raw};
}

bool learnt_cells(Store *s, Arena *a, LearntCells *out, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err,
                                "SELECT r.document, p.page, x.name, p.school_raw, y.name, p.partner_raw"
                                " FROM review r JOIN pairings p ON p.id = r.pairing"
                                " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                                " WHERE r.origin = 'read' AND r.state IN ('accepted', 'corrected')"
                                " AND p.page IS NOT NULL ORDER BY r.document, p.page, r.position",
                                "");
    while (sql_row(s, st, err)) {
        add_cell(out, a, st, 2);
        add_cell(out, a, st, 4);
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
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT kind, name, district, read, times, lesson FROM learnt WHERE live = 1 ORDER BY id",
        "");
    while (sql_row(s, st, err))
        *vec_push(&out->all) = (Learnt){.kind = kind_named((const char *)sqlite3_column_text(st, 0)),
                                        .name = sql_text(st, 1, a),
                                        .district = sql_text(st, 2, a),
                                        .read = sql_text(st, 3, a),
                                        .times = sqlite3_column_int(st, 4),
                                        .lesson = sqlite3_column_int(st, 5)};
    return !err_is(err);
}

int learnt_next_lesson(Store *s, Err *err)
{
    return 1 + (int)sql_number(s, err, "SELECT coalesce(max(lesson), 0) FROM learnt", "");
}

int learnt_add(Store *s, LearntKind kind, const Lessons *l, int lesson, Err *err)
{
    int before = sqlite3_total_changes(s->db);
    for (size_t i = 0; i < l->all.n && !err_is(err); i++)
        if (l->all.v[i].kind == kind)
            sql_do(s, err,
                   "INSERT INTO learnt (lesson, kind, name, district, read, times) VALUES (?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT DO NOTHING",
                   "issssi", lesson, kinds[kind], l->all.v[i].name, l->all.v[i].district, l->all.v[i].read,
                   l->all.v[i].times);
    return sqlite3_total_changes(s->db) - before;
}

int learnt_undo(Store *s, Err *err)
{
    int before = sqlite3_total_changes(s->db);
    sql_do(s, err,
           "UPDATE learnt SET live = 0 WHERE live = 1 AND lesson = (SELECT max(lesson) FROM learnt WHERE "
           "live = 1)",
           "");
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
    sqlite3_stmt *st = sql_bind(s, err,
                                "SELECT r.document, p.level, x.name, y.name FROM review r"
                                " JOIN pairings p ON p.id = r.pairing"
                                " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                                " WHERE r.origin = 'read' AND r.state IN ('accepted', 'corrected')"
                                " ORDER BY r.document, r.position",
                                "");
    while (sql_row(s, st, err))
        *vec_push(out) = (Confirmed){sqlite3_column_int64(st, 0), sql_text(st, 1, a), sql_text(st, 2, a),
                                     sql_text(st, 3, a)};
    return !err_is(err);
}
