#include "tests/plan_store.h"
#include "store/correct.h"
#include "store/sql.h"

static const Pen pen = {"lan", NULL};

static Values one(Field field, const char *value)
{
    Values v = {.has = 1u << field};
    v.v[field] = value;
    return v;
}

/* "no/school - partner/state", or "-" when it is not in the list */
static const char *row(Store *s, const char *id)
{
    static char text[4][300];
    static int turn;
    Arena a = {0};
    Err err = {0};
    Review r;
    turn = (turn + 1) % 4;
    snprintf(text[turn], sizeof text[turn], "-");
    if (review_load(s, &a, id, &r, &err)) {
        const Pairing *p = &r.row.pairing;
        snprintf(text[turn], sizeof text[turn], "%s/%s - %s/%s%s%s", p->no ? p->no : "", p->school.name,
                 p->partner.name, r.state, *p->flags ? " " : "", p->flags);
    }
    CHECK_STR(err.text, "");
    arena_release(&a);
    return text[turn];
}

/* The names of the list as everybody reads it. */
static const char *list(Store *s)
{
    static char text[600];
    Arena a = {0};
    Rows rows = {0};
    Err err = {0};
    text[0] = '\0';
    CHECK(store_load_rows(s, &a, &rows, &err));
    for (size_t i = 0; i < rows.n; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s-%s", i ? "; " : "",
                 rows.v[i].pairing.school.name, rows.v[i].pairing.partner.name);
    vec_release(&rows);
    arena_release(&a);
    return text;
}

static int records(Store *s)
{
    Err err = {0};
    return (int)sql_number(s, &err, "SELECT count(*) FROM corrections", SQL_NONE);
}

TEST(set_and_accept)
{
    Err err = {0};
    int64_t doc;
    Store *s = make_store("set.db", &doc, &err);
    Values v = one(FIELD_SCHOOL, "  Nguye\xCC\x82\xCC\x83n\tDu "); /* NFD and blanks */
    CHECK_INT(correct_row(s, &pen, ID(1), 0, &v, VERDICT_ACCEPT, &err), CORRECT_DONE);
    CHECK_STR(row(s, ID(1)), "1/Nguyễn Du - Phú Lãm/accepted");
    CHECK_INT(records(s), 2);
    CHECK_INT(correct_row(s, &pen, ID(1), 0, &v, VERDICT_ACCEPT, &err), CORRECT_STALE);
    CHECK_INT(correct_row(s, &pen, ID(1), 1, &v, VERDICT_ACCEPT, &err), CORRECT_SAME);
    CHECK_INT(records(s), 2);
    CHECK_INT(sql_number(s, &err, "SELECT prob = 1 FROM pairings WHERE id = '" ID(1) "'", SQL_NONE), 1);
    v = one(FIELD_LEVEL, "Tiểu học");
    CHECK_INT(correct_row(s, &pen, ID(2), CORRECT_ANY, &v, VERDICT_NONE, &err), CORRECT_FAILED);
    CHECK(strstr(err.text, "there is no level"));
    err_clear(&err);
    v = one(FIELD_PARTNER, "  ");
    CHECK_INT(correct_row(s, &pen, ID(2), CORRECT_ANY, &v, VERDICT_NONE, &err), CORRECT_FAILED);
    err_clear(&err);
    CHECK_INT(correct_row(s, &pen, "nothing", CORRECT_ANY, &v, VERDICT_NONE, &err), CORRECT_FAILED);
    err_clear(&err);
    CHECK_INT(correct_row(s, &pen, ID(2), CORRECT_ANY, NULL, VERDICT_NOT_PAIRING, &err), CORRECT_DONE);
    CHECK_STR(list(s), "Nguyễn Du-Phú Lãm; Hoa Mai-Vạn Kim, Đại Nghĩa");
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(queue_and_outlook)
{
    Err err = {0};
    Arena a = {0};
    Ids ids = {0};
    Outlook o;
    int64_t doc;
    Store *s = make_store("queue.db", &doc, &err);
    CHECK(review_ahead(s, &a, 0, 10, &ids, &err));
    CHECK_INT(ids.n, 3);
    CHECK(review_ahead(s, &a, 2, 10, &ids, &err)); /* appended: the last one once more */
    CHECK_INT(ids.n, 4);
    CHECK_STR(ids.v[3], ids.v[2]);
    CHECK_STR(ids.v[0], ID(1));
    CHECK_STR(ids.v[2], ID(2));
    CHECK(review_outlook(s, &o, &err));
    CHECK_INT(o.left, 3);
    CHECK(o.now > 0.69 && o.now < 0.71 && o.soon > 0.999);
    CHECK_INT(correct_row(s, &pen, ID(1), 0, NULL, VERDICT_UNREADABLE, &err), CORRECT_DONE);
    review_outlook(s, &o, &err);
    CHECK_INT(o.left, 2);
    CHECK(o.end < 0.67);
    CHECK_STR(row(s, ID(1)), "1/Nguyén Du - Phú Lãm/unreadable unreadable");
    vec_release(&ids);
    arena_release(&a);
    store_close(s);
}

TEST(undo_without_end)
{
    Err err = {0};
    int64_t doc;
    char id[CORRECT_ID];
    Store *s = make_store("undo.db", &doc, &err);
    const char *names[] = {"A", "B", "C"};
    for (int i = 0; i < 3; i++) {
        Values v = one(FIELD_SCHOOL, names[i]);
        CHECK_INT(correct_row(s, &pen, ID(1), CORRECT_ANY, &v, VERDICT_NONE, &err), CORRECT_DONE);
    }
    for (int round = 0; round < 3; round++) {
        CHECK_INT(correct_undo(s, &pen, id, &err), CORRECT_DONE);
        CHECK_STR(row(s, id), "1/B - Phú Lãm/corrected");
        correct_undo(s, &pen, id, &err);
        CHECK_INT(correct_undo(s, &pen, id, &err), CORRECT_DONE);
        CHECK_STR(row(s, ID(1)), "1/Nguyén Du - Phú Lãm/open");
        CHECK_INT(correct_undo(s, &pen, id, &err), CORRECT_SAME);
        correct_redo(s, &pen, id, &err);
        CHECK_STR(row(s, ID(1)), "1/A - Phú Lãm/corrected");
        correct_redo(s, &pen, id, &err);
        CHECK_INT(correct_redo(s, &pen, id, &err), CORRECT_DONE);
        CHECK_STR(row(s, ID(1)), "1/C - Phú Lãm/corrected");
        CHECK_INT(correct_redo(s, &pen, id, &err), CORRECT_SAME);
    }
    correct_undo(s, &pen, id, &err);
    Values v = one(FIELD_SCHOOL, "D");
    correct_row(s, &pen, ID(1), CORRECT_ANY, &v, VERDICT_NONE, &err);
    CHECK_INT(correct_redo(s, &pen, id, &err), CORRECT_SAME); /* something was done since */
    CHECK_INT(correct_undo(s, &pen, id, &err), CORRECT_DONE);
    CHECK_STR(row(s, ID(1)), "1/B - Phú Lãm/corrected");
    CHECK_STR(err.text, "");
    store_close(s);
}

/* Mai and Lan correct one database: each takes back what she did, and nothing of the other's. */
TEST(undo_is_of_who_did_it)
{
    Err err = {0};
    int64_t doc;
    char id[CORRECT_ID];
    const Pen mai = {"mai", NULL}, lan = {"lan", NULL};
    Store *s = make_store("own.db", &doc, &err);
    Values a = one(FIELD_SCHOOL, "A"), b = one(FIELD_SCHOOL, "B");
    CHECK_INT(correct_row(s, &mai, ID(1), CORRECT_ANY, &a, VERDICT_NONE, &err), CORRECT_DONE);
    CHECK_INT(correct_undo(s, &lan, id, &err), CORRECT_SAME);
    CHECK_INT(correct_row(s, &lan, ID(3), CORRECT_ANY, NULL, VERDICT_NOT_PAIRING, &err), CORRECT_DONE);
    CHECK_INT(correct_undo(s, &mai, id, &err), CORRECT_DONE);
    CHECK_STR(id, ID(1));
    CHECK_STR(row(s, ID(1)), "1/Nguyén Du - Phú Lãm/open");
    CHECK_INT(correct_redo(s, &lan, id, &err), CORRECT_SAME);
    CHECK_INT(correct_redo(s, &mai, id, &err), CORRECT_DONE); /* though Lan did something between */
    CHECK_INT(correct_row(s, &lan, ID(1), CORRECT_ANY, &b, VERDICT_NONE, &err), CORRECT_DONE);
    CHECK_INT(correct_undo(s, &mai, id, &err), CORRECT_STALE); /* it would change what Lan saw */
    CHECK_STR(id, ID(1));
    CHECK_STR(row(s, ID(1)), "1/B - Phú Lãm/corrected");
    CHECK_INT(correct_undo(s, &lan, id, &err), CORRECT_DONE);
    CHECK_INT(correct_undo(s, &mai, id, &err), CORRECT_DONE);
    CHECK_STR(row(s, ID(1)), "1/Nguyén Du - Phú Lãm/open");
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(two_say_the_same)
{
    Err err = {0};
    int64_t doc;
    const Pen mai = {"mai", NULL}, lan = {"lan", NULL};
    Store *s = make_store("same.db", &doc, &err);
    Values all = {.v = {"1", NULL, "Nguyễn Du", "Phú Lãm", NULL, NULL}, .has = (1u << FIELDS) - 1};
    Arena a = {0};
    Review r;
    CHECK(review_load(s, &a, ID(1), &r, &err));
    for (int f = 0; f < FIELDS; f++)
        if (f != FIELD_SCHOOL) all.v[f] = field_value(&r.row.pairing, (Field)f);
    CHECK_INT(correct_row(s, &mai, ID(1), 0, &all, VERDICT_ACCEPT, &err), CORRECT_DONE);
    CHECK_INT(correct_row(s, &lan, ID(1), 0, &all, VERDICT_ACCEPT, &err), CORRECT_SAME);
    CHECK_INT(correct_row(s, &lan, ID(1), 0, NULL, VERDICT_ACCEPT, &err),
              CORRECT_STALE); /* of what was read? */
    all.v[FIELD_SCHOOL] = "Nguyễn Dữ";
    CHECK_INT(correct_row(s, &lan, ID(1), 0, &all, VERDICT_ACCEPT, &err), CORRECT_STALE);
    CHECK_INT(correct_row(s, &mai, ID(3), 0, NULL, VERDICT_UNREADABLE, &err), CORRECT_DONE);
    CHECK_INT(correct_row(s, &lan, ID(3), 0, NULL, VERDICT_UNREADABLE, &err), CORRECT_SAME);
    CHECK_INT(correct_row(s, &lan, ID(3), 0, NULL, VERDICT_NOT_PAIRING, &err), CORRECT_STALE);
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
}

TEST(split_merge_add)
{
    Err err = {0};
    int64_t doc;
    char id[CORRECT_ID], added[CORRECT_ID];
    Store *s = make_store("split.db", &doc, &err);
    CHECK_INT(correct_split(s, &pen, ID(3), 0, FIELD_PARTNER, "Vạn Kim", "Đại Nghĩa", id, &err),
              CORRECT_DONE);
    CHECK_STR(row(s, ID(3)), "3/Hoa Mai - Vạn Kim/corrected");
    CHECK_STR(row(s, id), "3/Hoa Mai - Đại Nghĩa/added");
    Values v = one(FIELD_SCHOOL, "Bông Mai");
    CHECK_INT(correct_row(s, &pen, id, CORRECT_ANY, &v, VERDICT_ACCEPT, &err), CORRECT_DONE);
    v = one(FIELD_PARTNER, "Phú Lãm An Mỹ");
    CHECK_INT(correct_merge(s, &pen, ID(1), 0, ID(2), &v, &err), CORRECT_DONE);
    v = one(FIELD_SCHOOL, "Trần Phú"), v.v[FIELD_PARTNER] = "Lê Lợi", v.has |= 1u << FIELD_PARTNER;
    CHECK_INT(correct_add(s, &pen, doc, 1, (Rect){10, 300, 5000, 40}, &v, added, &err), CORRECT_DONE);
    static const char all[] = "Nguyén Du-Phú Lãm An Mỹ; Hoa Mai-Vạn Kim; Bông Mai-Đại Nghĩa; Trần Phú-Lê Lợi";
    CHECK_STR(list(s), all);
    for (int i = 0; i < 4; i++) CHECK_INT(correct_undo(s, &pen, id, &err), CORRECT_DONE);
    CHECK_STR(list(s), "Nguyén Du-Phú Lãm; Kim Đồng-An Mỹ; Hoa Mai-Vạn Kim, Đại Nghĩa");
    for (int i = 0; i < 4; i++) CHECK_INT(correct_redo(s, &pen, id, &err), CORRECT_DONE);
    CHECK_STR(list(s), all);
    CHECK(!correct_add(s, &pen, doc, 7, (Rect){10, 300, 50, 40}, &v, added, &err));
    err_clear(&err);
    store_begin(s, &err);
    CHECK(corrections_replay(s, &err));
    store_commit(s, &err);
    CHECK_STR(list(s), all);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(read_again)
{
    Err err = {0};
    Fared f;
    int64_t doc;
    char id[CORRECT_ID];
    Store *s = make_store("again.db", &doc, &err);
    Values v = one(FIELD_SCHOOL, "Nguyễn Du");
    correct_row(s, &pen, ID(1), 0, &v, VERDICT_NONE, &err);
    v = one(FIELD_SCHOOL, "Kim Đồng A");
    correct_row(s, &pen, ID(2), 0, &v, VERDICT_NONE, &err);
    correct_split(s, &pen, ID(3), 0, FIELD_PARTNER, "Vạn Kim", "Đại Nghĩa", id, &err);
    Pairings found = {0};
    add_row(&found, 10, "Mới", "Khác", 1); /* all positions move by one */
    add_row(&found, 52, "Nguyén Du", "Phú Lãm", 0.6f);
    add_row(&found, 99, "Kim Đồng A", "An Mỹ", 0.9f);
    add_row(&found, 150, "Hoa Mai", "Vạn Kin", 0.7f);
    read_document(s, doc, &found, &err);
    CHECK_STR(row(s, ID(2)), "1/Nguyễn Du - Phú Lãm/corrected");
    CHECK_STR(row(s, ID(3)), "1/Kim Đồng A - An Mỹ/corrected");
    CHECK_STR(row(s, ID(4)), "3/Hoa Mai - Vạn Kim/conflict correction-conflict");
    CHECK_STR(row(s, ID(1)), "0/Mới - Khác/open");
    CHECK(corrections_count(s, doc, &f, &err));
    CHECK_INT(f.applies, 2); /* and the row that was added */
    CHECK_INT(f.already_right, 1);
    CHECK_INT(f.conflict, 1);
    found.v.n = 1; /* the next engine misses all three */
    read_document(s, doc, &found, &err);
    CHECK_STR(list(s), "Mới-Khác; Hoa Mai-Đại Nghĩa; Nguyễn Du-Phú Lãm; Kim Đồng A-An Mỹ; Hoa Mai-Vạn Kim");
    corrections_count(s, doc, &f, &err);
    CHECK_INT(f.kept, 3);
    pairings_release(&found);
    CHECK_STR(err.text, "");
    store_close(s);
}

typedef struct Carry {
    Store *to;
    int fresh;
} Carry;

static bool carry(void *context, const Correction *c, Err *err)
{
    Carry *to = context;
    bool fresh;
    bool ok = corrections_take(to->to, c, &fresh, err);
    to->fresh += fresh;
    return ok;
}

TEST(another_machine)
{
    Err err = {0};
    int64_t doc, other;
    char id[CORRECT_ID];
    Store *s = make_store("here.db", &doc, &err), *t = make_store("there.db", &other, &err);
    Values v = one(FIELD_SCHOOL, "Nguyễn Du");
    correct_row(s, &pen, ID(1), 0, &v, VERDICT_ACCEPT, &err);
    correct_split(s, &pen, ID(3), 0, FIELD_PARTNER, "Vạn Kim", "Đại Nghĩa", id, &err);
    correct_row(s, &pen, ID(2), 0, NULL, VERDICT_NOT_PAIRING, &err);
    correct_undo(s, &pen, id, &err);
    for (int round = 0; round < 2; round++) {
        Carry c = {t, 0};
        store_begin(t, &err);
        CHECK(corrections_each(s, carry, &c, &err));
        CHECK(corrections_replay(t, &err));
        store_commit(t, &err);
        CHECK_INT(c.fresh, round ? 0 : 6);
    }
    char here[600];
    snprintf(here, sizeof here, "%s", list(s));
    CHECK_STR(list(t), here);
    CHECK_INT(correct_redo(t, &pen, id, &err), CORRECT_DONE);
    CHECK_STR(list(t), "Nguyễn Du-Phú Lãm; Hoa Mai-Vạn Kim; Hoa Mai-Đại Nghĩa");
    Correction bad = {.act = "0", .who = "x", .kind = "set"};
    bool fresh;
    CHECK(!corrections_take(t, &bad, &fresh, &err));
    CHECK_INT(err.code, DAU_BAD_INPUT);
    store_close(s);
    store_close(t);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    RUN(set_and_accept);
    RUN(queue_and_outlook);
    RUN(undo_without_end);
    RUN(undo_is_of_who_did_it);
    RUN(two_say_the_same);
    RUN(split_merge_add);
    RUN(read_again);
    RUN(another_machine);
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) return 2;
    return TEST_DONE();
}
