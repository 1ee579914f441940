#include "store/sql.h"
#include "tests/test.h"

#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX";

static Store *open_store(Err *err)
{
    char path[100];
    snprintf(path, sizeof path, "%s/sql.db", folder);
    unlink(path);
    Store *s = store_open(path, STORE_WRITE, err);
    sql_script(s, "CREATE TEMP TABLE t (id INTEGER PRIMARY KEY, n, big, yes, half, real, name, fixed)", err);
    sql_script(s,
               "CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY, x, y, w, h, u_page, u_x, u_y, u_w, u_h,"
               " u_first_word, u_words)",
               err);
    CHECK_STR(err->text, "");
    return s;
}

TEST(every_maker)
{
    Err err = {0};
    Arena a = {0};
    Store *s = open_store(&err);
    char name[16] = "Phú Lãm";
    const char *fixed = "Nguyễn Du";
    sql_insert(s, &err, "t", SQL("n", -7), SQL("big", INT64_MAX), SQL("yes", true), SQL("half", 0.5f),
               SQL("real", 1e300), SQL("name", name), SQL("fixed", fixed));
    Query *q = sql_bind(s, &err, "SELECT fixed, name, real, half, yes, big, n FROM t", SQL_NONE);
    CHECK(sql_row(s, q, &err));
    CHECK_INT(sql_int(q, "n"), -7);
    CHECK(sql_int64(q, "big") == INT64_MAX);
    CHECK_INT(sql_int(q, "yes"), 1);
    CHECK(sql_real(q, "half") == 0.5);
    CHECK(sql_real(q, "real") == 1e300);
    CHECK_STR(sql_text(q, "name", &a), "Phú Lãm");
    CHECK_STR(sql_peek(q, "fixed"), "Nguyễn Du");
    sql_copy(q, "fixed", name, 7);
    CHECK_STR(name, "Nguy\xe1\xbb"); /* cut at 6 bytes */
    CHECK(!sql_row(s, q, &err));
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
}

TEST(null)
{
    Err err = {0};
    char name[8] = "old";
    Arena a = {0};
    Store *s = open_store(&err);
    sql_insert(s, &err, "t", SQL("name", (const char *)NULL), SQL_OR_NULL("n", 0),
               SQL_OR_NULL("big", (int64_t)0), SQL("half", 0), SQL_OR_NULL("real", 9));
    Query *q = sql_bind(s, &err, "SELECT name, n, big, half, real, half IS NULL AS none FROM t", SQL_NONE);
    CHECK(sql_row(s, q, &err));
    CHECK_STR(sql_text(q, "name", &a), NULL);
    CHECK_STR(sql_peek(q, "n"), NULL);
    CHECK_STR(sql_peek(q, "big"), NULL);
    CHECK_INT(sql_int(q, "none"), 0);
    CHECK_INT(sql_int(q, "real"), 9);
    sql_copy(q, "name", name, sizeof name);
    CHECK_STR(name, "");
    sql_end(q);
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
}

TEST(boxes_and_places)
{
    Err err = {0};
    Store *s = open_store(&err);
    const Place place = {2, {10, 20, 30, 40}, 5, 6}, nowhere = {0};
    sql_insert(s, &err, "seen", SQL("id", 1), SQL_PLACE("u_", &place), SQL_BOX("", ((Rect){1, 2, 3, 4})));
    sql_insert(s, &err, "seen", SQL("id", 2), SQL_PLACE("u_", &nowhere), SQL_BOX("", ((Rect){0})));
    /* a column that comes between the others shifts none of them */
    Query *q = sql_bind(s, &err,
                        "SELECT u_page, u_x, u_y, u_w, u_h, u_first_word, u_words, id, x, y, w, h FROM seen"
                        " ORDER BY id",
                        SQL_NONE);
    CHECK(sql_row(s, q, &err));
    Rect box = sql_box(q, ""), other = sql_box(q, "u_");
    Place got = sql_place(q, "u_");
    CHECK(box.x == 1 && box.y == 2 && box.w == 3 && box.h == 4);
    CHECK(other.x == 10 && other.y == 20 && other.w == 30 && other.h == 40);
    CHECK(got.page == 2 && got.first_word == 5 && got.words == 6);
    CHECK(got.box.x == 10 && got.box.y == 20 && got.box.w == 30 && got.box.h == 40);
    CHECK(sql_row(s, q, &err));
    CHECK_INT(sql_place(q, "u_").page, 0);
    CHECK_STR(sql_peek(q, "u_page"), NULL);
    sql_end(q);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(columns_are_found_in_any_order)
{
    Err err = {0};
    Store *s = open_store(&err);
    for (int i = 1; i <= 3; i++)
        sql_insert(s, &err, "t", SQL("id", i), SQL("n", 10 * i), SQL("big", 100 * i));
    Query *q = sql_bind(s, &err, "SELECT big, 7 AS bi, id, n FROM t ORDER BY id", SQL_NONE);
    for (int i = 1; sql_row(s, q, &err); i++) {
        if (i != 2) CHECK_INT(sql_int(q, "n"), 10 * i);
        CHECK_INT(sql_int(q, "id"), i);
        CHECK_INT(sql_int(q, "bi"), 7);
        CHECK_INT(sql_int(q, "big"), 100 * i);
        if (i == 2) CHECK_INT(sql_int(q, "n"), 20);
        CHECK_INT(sql_int(q, "id"), i);
    }
    CHECK_STR(err.text, "");
    store_close(s);
}

/* The call fails, and says what is wrong with which statement. */
static void fails(Err *err, const char *what)
{
    CHECK_INT(err->code, DAU_INTERNAL);
    CHECK(strstr(err->text, what) != NULL);
    if (!strstr(err->text, what)) printf("    got: %s\n", err->text);
    err_clear(err);
}

TEST(every_parameter_has_its_value)
{
    Err err = {0};
    Store *s = open_store(&err);
    int kept = s->n_kept;
    CHECK(!sql_do(s, &err, "INSERT INTO t (n, big) VALUES (:n, :big)", SQL("n", 1)));
    fails(&err, "no value for 'big'");
    CHECK(!sql_do(s, &err, "INSERT INTO t (n) VALUES (:n)", SQL_NONE));
    fails(&err, "no value for 'n'");
    CHECK(!sql_do(s, &err, "INSERT INTO t (n) VALUES (?)", SQL("n", 1)));
    fails(&err, "'n'");
    CHECK(!sql_do(s, &err, "INSERT INTO t (n) VALUES (?)", SQL_NONE));
    fails(&err, "'?'");
    CHECK(!sql_bind(s, &err, "SELECT id FROM seen WHERE x = :x AND y = :y AND w = :w AND h = :h AND id = :id",
                    SQL_BOX("", ((Rect){0}))));
    fails(&err, "no value for 'id'");
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM t WHERE n = 1 AND big = 1", SQL_NONE), 0);
    CHECK_INT(s->n_kept, kept + 1);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(every_value_has_its_parameter)
{
    Err err = {0};
    Store *s = open_store(&err);
    CHECK(!sql_do(s, &err, "INSERT INTO t (n) VALUES (:n)", SQL("n", 1), SQL("m", 2)));
    fails(&err, "'m'");
    CHECK(!sql_do(s, &err, "INSERT INTO t (n) VALUES (:n)", SQL("n", 1), SQL("n", 2)));
    fails(&err, "'n'");
    CHECK(!sql_do(s, &err, "UPDATE seen SET x = :x, y = :y, w = :w", SQL_BOX("", ((Rect){0}))));
    fails(&err, "'h'");
    CHECK_INT(sql_number(s, &err, "SELECT :n", SQL("m", 1)), 0);
    fails(&err, "'m'");
    CHECK(!sql_insert(s, &err, "t", SQL("no_such_column", 1)));
    fails(&err, "no_such_column");
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM t", SQL_NONE), 0);
    store_close(s);
}

TEST(one_name_may_stand_twice)
{
    Err err = {0};
    Store *s = open_store(&err);
    CHECK_INT(sql_number(s, &err, "SELECT :a * :a + :b", SQL("b", 4), SQL("a", 3)), 13);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(statements_are_kept)
{
    Err err = {0};
    Store *s = open_store(&err);
    int before = s->n_kept;
    Query *first = NULL;
    for (int i = 1; i <= 3; i++) {
        Query *q = sql_bind(s, &err, "SELECT :n * 2 AS twice", SQL("n", i));
        if (!first) first = q;
        CHECK(q == first);
        CHECK(sql_row(s, q, &err));
        CHECK_INT(sql_int(q, "twice"), 2 * i);
        sql_end(q);
        sql_insert(s, &err, "t", SQL("n", i));
    }
    CHECK_INT(s->n_kept, before + 2);
    sql_insert(s, &err, "t", SQL("n", 4), SQL("big", 5)); /* other columns: another statement */
    CHECK_INT(s->n_kept, before + 3);
    CHECK_INT(sql_number(s, &err, "SELECT big FROM t WHERE n = 4", SQL_NONE), 5);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(values_from_a_loop)
{
    static const char *const names[] = {"n", "big", "half"};
    Err err = {0};
    Store *s = open_store(&err);
    int before = s->n_kept;
    for (int row = 0; row < 2; row++) {
        SqlArg args[4] = {SQL_NONE};
        for (int i = 0; i < 3; i++) args[i] = SQL(names[i], 100 * row + i);
        sql_insert_args(s, &err, "t", args);
    }
    CHECK_INT(s->n_kept, before + 1);
    CHECK_INT(sql_number(s, &err, "SELECT half FROM t WHERE big = 101", SQL_NONE), 102);
    CHECK_STR(err.text, "");
    store_close(s);
}

/* Texts that are not literals are never met again. */
TEST(too_many_statements)
{
    static char texts[SQL_MOST_STATEMENTS + 1][24];
    Err err = {0};
    Store *s = open_store(&err);
    for (int i = 0; i <= SQL_MOST_STATEMENTS && !err_is(&err); i++) {
        snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
        sql_number(s, &err, texts[i], SQL_NONE);
    }
    CHECK_INT(s->n_kept, SQL_MOST_STATEMENTS);
    fails(&err, "SQL_MOST_STATEMENTS");
    store_close(s);
}

TEST(an_error_stops_all)
{
    Err err = {0};
    Store *s = open_store(&err);
    CHECK(!sql_do(s, &err, "INSERT INTO nowhere VALUES (1)", SQL_NONE));
    CHECK(err_is(&err));
    CHECK(!sql_bind(s, &err, "SELECT 1", SQL_NONE));
    CHECK(!sql_row(s, NULL, &err));
    sql_end(NULL);
    CHECK(!sql_insert(s, &err, "t", SQL("n", 1)));
    err_clear(&err);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM t", SQL_NONE), 0);
    store_close(s);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    RUN(every_maker);
    RUN(null);
    RUN(boxes_and_places);
    RUN(columns_are_found_in_any_order);
    RUN(every_parameter_has_its_value);
    RUN(every_value_has_its_parameter);
    RUN(one_name_may_stand_twice);
    RUN(statements_are_kept);
    RUN(values_from_a_loop);
    RUN(too_many_statements);
    RUN(an_error_stops_all);
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK(system(command) == 0);
    return TEST_DONE();
}
