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

static const char *const kinds[] = {"school", "word"};
static const char *const files[] = {"schools", "words"};

const char *learnt_kind_name(LearntKind kind)
{
    return kinds[kind];
}

static void count_name(Lessons *l, Arena *a, const char *name, const char *district)
{
    name = arena_strn(a, name, school_stem(name));
    if (strlen(name) < 2) return;
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].name, name) && str_eq(l->v[i].district, district)) {
            l->v[i].times++;
            return;
        }
    *vec_push(l) = (Learnt){.name = name, .district = district, .times = 1};
}

bool learnt_collect(Store *s, Arena *a, Lessons *out, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT x.name, x.district, y.name, y.district FROM review r"
                 " JOIN pairings p ON p.id = r.pairing"
                 " JOIN schools x ON x.id = p.school JOIN schools y ON y.id = p.partner"
                 " WHERE r.state IN ('accepted', 'corrected', 'added') ORDER BY r.document, r.position",
                 "");
    while (sql_row(s, st, err)) {
        count_name(out, a, sql_text(st, 0, a), sql_text(st, 1, a));
        count_name(out, a, sql_text(st, 2, a), sql_text(st, 3, a));
    }
    return !err_is(err);
}

bool learnt_load(Store *s, Arena *a, Lessons *out, Err *err)
{
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT kind, name, district, times, lesson FROM learnt WHERE live = 1 ORDER BY id", "");
    while (sql_row(s, st, err)) {
        bool word = str_eq((const char *)sqlite3_column_text(st, 0), kinds[LEARNT_WORD]);
        *vec_push(out) = (Learnt){sql_text(st, 1, a), sql_text(st, 2, a), sqlite3_column_int(st, 3),
                                  word ? LEARNT_WORD : LEARNT_SCHOOL, sqlite3_column_int(st, 4)};
    }
    return !err_is(err);
}

int learnt_next_lesson(Store *s, Err *err)
{
    return 1 + (int)sql_number(s, err, "SELECT coalesce(max(lesson), 0) FROM learnt", "");
}

int learnt_add(Store *s, LearntKind kind, const Lessons *l, int lesson, Err *err)
{
    int before = sqlite3_total_changes(s->db);
    for (size_t i = 0; i < l->n && !err_is(err); i++)
        sql_do(s, err,
               "INSERT INTO learnt (lesson, kind, name, district, times) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT DO NOTHING",
               "isssi", lesson, kinds[kind], l->v[i].name, l->v[i].district, l->v[i].times);
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

static void add_entry(Buf *b, const Learnt *l, LearntKind kind, Arena *a)
{
    if (kind == LEARNT_SCHOOL) {
        tsv_add(b, l->name);
        tsv_add(b, "");
        tsv_add(b, l->district ? l->district : "");
    } else {
        tsv_add(b, viet_lower_str(a, l->name));
        tsv_addf(b, "%d", (int)WORD_WEIGHT);
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
        for (size_t i = 0; i < l.n; i++)
            if (l.v[i].kind == (LearntKind)kind) add_entry(&b, &l.v[i], (LearntKind)kind, &a);
        if (b.len)
            file_write(path, b.s, b.len, err);
        else
            unlink(path);
        buf_release(&b);
    }
    vec_release(&l);
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
