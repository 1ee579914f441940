#include "base/file.h"
#include "store/correct_item.h"
#include "store/sql.h"
#include "store/store.h"
#include "tests/test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX";
static char sha[65] = "3fa9c1d2e4b50000000000000000000000000000000000000000000000000000";
static const char key[] = "0123";

static char *in_folder(const char *name)
{
    static char path[4][200];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void write_file(const char *name, const void *data, size_t n)
{
    Err err = {0};
    file_write(in_folder(name), data, n, &err);
    CHECK_STR(err.text, "");
}

/* A page with every kind of thing on it. */
static void make_page(Page *p, int number)
{
    page_init(p, number);
    p->width = 1000, p->height = 800, p->dpi = 200, p->via = "image: one picture";
    p->turned = 90, p->skew = 0.123456789f, p->stage = STAGE_RESTORE;
    p->to_scan = affine_then(affine_rotate(0.1, 400, 500), affine_quarter_turn(90, 800, 1000));
    p->upright_width = 800, p->upright_height = 1000;
    *vec_push(&p->tables) =
        (Table){.kind = TABLE_PARTLY_RULED, .rows = 1, .cols = 2, .cells = 2, .open_bottom = true};
    *vec_push(&p->blocks) = (Block){.kind = BLOCK_TABLE, .table = 0, .column = 2, .box = {1, 2, 3, 4}};
    *vec_push(&p->blocks) = (Block){.kind = BLOCK_PICTURE, .table = -1, .at = {-5, 6, 7, 8}};
    *vec_push(&p->cells) = (Cell){.rowspan = 1, .colspan = 1, .lines = 1, .at = {9, 10, 11, 12}};
    *vec_push(&p->cells) =
        (Cell){.col = 1, .rowspan = 1, .colspan = 1, .first_line = 1, .lines = 1, .blank = true};
    page_add_line(p);
    Word *w = page_add_word(p, (Rect){10, 20, 30, 12}, "1", 0.1f);
    w->text = "", w->prob = 1, w->origin = ORIGIN_OCR;
    page_add_line(p);
    w = page_add_word(p, (Rect){100, 20, 60, 12}, "M4m\t\"nón\\", 0.7f);
    w->choice = arena_new(&p->arena, Reading, 2);
    w->choice[0] = (Reading){"Mam\n", -1.1f}, w->choice[1] = (Reading){"Mầm", -12345.678f};
    w->choices = 2;
    w->alt = arena_new(&p->arena, Reading, 1);
    w->alt[0] = (Reading){"Mầm \"non\"", 0};
    w->marks = WORD_UNDER_BLUE | WORD_DISPUTED;
    w->alts = 1, w->text = "Mầm non", w->prob = 0.3f, w->origin = ORIGIN_NGRAM;
    w = page_add_word(p, (Rect){170, 22, 60, 12}, "Mai", 1);
    w->text = "Mai", w->prob = 0.9f, w->origin = ORIGIN_LEXICON;
}

static void make_pairings(Pairings *found)
{
    *found = (Pairings){0};
    *vec_push(&found->v) = (Pairing){
        .no = "25",
        .level = LEVEL_TH,
        .school = {"Nguyễn Du", "Nguyén Du", "Hà Đông", "hn-12", 0.9f, {1, {1, 2, 3, 4}, 0, 1}},
        .partner = {"Phú Lãm", "Phu Lam", NULL, NULL, 0.8f, {2, {5, 6, 7, 8}, 1, 2}},
        .prob = 0.7f,
        .place = {1, {1, 2, 30, 40}, 0, 3},
        .rule = "table 1 row 27",
        .flags = "gap",
    };
    *vec_push(&found->v) =
        (Pairing){.school = {.name = "Nguyễn Du"}, .partner = {.name = "Nguyễn Du"}, .flags = ""};
    *vec_push(&found->findings) =
        (Finding){"gap", "number 24 is missing between 23 and 25", {1, {1, 2, 30, 40}, 0, 0}};
}

static const Place said_again[] = {{2, {7, 8, 90, 10}, 4, 6}, {2, {11, 12, 13, 14}, 30, 5}};

static const Fact facts[] = {
    {FACT_KIND, 0, "kế hoạch", "KE HOACH", {1, {400, 200, 90, 12}, 20, 2}, 0.99f},
    {FACT_NUMBER, 0, "/KH-PGDĐT", "1/Z&H-PGDDT", {1, {40, 100, 90, 12}, 7, 1}, 0.3f},
    {FACT_BASIS, 1, "Căn cứ \"Luật\"", "Can cu", {1, {40, 300, 90, 12}, 40, 3}, 0.8f},
    {FACT_SIGNER, 1, "Lê Thị Hoa", "Lé Thi Hoa", {2, {400, 600, 90, 12}, 90, 3}, 0.9f},
    {FACT_SIGNER_OFFICE, 1, "Hiệu trưởng", "", {0}, 0},
};
enum { SAID_AGAIN = sizeof said_again / sizeof *said_again, FACTS_SEEN = sizeof facts / sizeof *facts };

/* With what a document says of itself, and the one pairing said three times, since and until. */
static void make_told(Pairings *found)
{
    make_pairings(found);
    Pairing *p = &found->v.v[0];
    p->since = "2023-06", p->until = "2025";
    for (int i = 0; i < SAID_AGAIN; i++) pairing_add_mention(p, &found->arena, &said_again[i]);
    for (int i = 0; i < FACTS_SEEN; i++) *vec_push(&found->facts) = facts[i];
}

/* A database with one document of two pages, both done, and its pairings. */
static Store *make_store(const char *name, int64_t *doc, Err *err)
{
    Store *s = store_open(in_folder(name), STORE_WRITE, err);
    if (!s) return NULL;
    Pairings found;
    *doc = store_add_document(s, sha, 100, err);
    FileSeen file = {.document = *doc, .size = 100};
    store_put_file(s, "plan.pdf", "/x/plan.pdf", &file, err);
    store_set_pages(s, *doc, "pdf", 2, err);
    for (int n = 0; (n = store_next_page(s, *doc, n, key, err)) > 0;) {
        Page p;
        make_page(&p, n);
        store_start_page(s, *doc, n, err);
        store_put_page(s, *doc, &p, key, err);
        page_release(&p);
    }
    make_pairings(&found);
    store_finish_document(s, *doc, key, &found, err);
    pairings_release(&found);
    return s;
}

TEST(page_comes_back_equal)
{
    Err err = {0};
    Page p, q;
    Buf one = {0}, two = {0};
    int64_t doc;
    Store *s = make_store("page.db", &doc, &err);
    CHECK_STR(err.text, "");
    make_page(&p, 2);
    page_init(&q, 0);
    CHECK(store_load_page(s, doc, 2, &q, &err));
    CHECK_STR(err.text, "");
    page_dump(&p, &one);
    page_dump(&q, &two);
    CHECK_STR(two.s, one.s);
    page_release(&q);
    page_init(&q, 0);
    CHECK(store_put_page(s, doc, &p, key, &err)); /* again: replaced, not doubled */
    CHECK(store_load_page(s, doc, 2, &q, &err));
    buf_clear(&two);
    page_dump(&q, &two);
    CHECK_STR(two.s, one.s);
    page_release(&q);
    page_init(&q, 0);
    CHECK(!store_load_page(s, doc, 3, &q, &err));
    CHECK_INT(err.code, DAU_NOTHING);
    page_release(&p);
    page_release(&q);
    buf_release(&one);
    buf_release(&two);
    store_close(s);
    CHECK(access(in_folder("page.db-wal"), F_OK) != 0);
}

TEST(pairings_come_back)
{
    Err err = {0};
    Arena a = {0};
    Rows rows = {0};
    int64_t doc;
    PairCounts counts;
    Store *s = make_store("pair.db", &doc, &err);
    CHECK(store_load_rows(s, &a, &rows, &err));
    CHECK_INT(rows.n, 2);
    const Pairing *none = &rows.v[0].pairing, *p = &rows.v[1].pairing; /* page 0 comes before page 1 */
    CHECK_STR(rows.v[1].id, "3fa9c1d2e4b5-1");
    CHECK_STR(rows.v[1].file, "plan.pdf");
    CHECK_STR(p->no, "25");
    CHECK_INT(p->level, LEVEL_TH);
    CHECK_STR(p->school.district, "Hà Đông");
    CHECK_STR(p->school.registry, "hn-12");
    CHECK_STR(p->partner.raw, "Phu Lam");
    CHECK(p->partner.prob == 0.8f && p->partner.place.page == 2 && p->partner.place.box.w == 7);
    CHECK_INT(p->partner.place.words, 2);
    CHECK_INT(p->place.box.h, 40);
    CHECK(!none->no && !none->rule && !none->school.district && none->level == LEVEL_NONE);
    store_count_pairings(s, &counts, &err);
    CHECK(counts.schools == 2 && counts.flagged == 1 && counts.unions == 0);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM schools WHERE key = 'nguyen du'", SQL_NONE), 2);

    Row row;
    int64_t from;
    CHECK(store_load_row(s, "3fa9-1", &a, &row, &from, &err) && from == doc);
    CHECK_STR(row.pairing.partner.name, "Phú Lãm");
    CHECK(!store_load_row(s, "4-1", &a, &row, &from, &err) && err.code == DAU_BAD_INPUT);
    err_clear(&err);
    CHECK(!store_load_row(s, "3fa9-%", &a, &row, &from, &err) && err.code == DAU_BAD_INPUT);
    err_clear(&err);

    Pairings fewer = {0}; /* schools that nothing names any more go */
    CHECK(store_finish_document(s, doc, key, &fewer, &err));
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM schools", SQL_NONE), 0);
    CHECK_STR(err.text, "");
    vec_release(&rows);
    arena_release(&a);
    store_close(s);
}

static bool same_place(const Place *a, const Place *b)
{
    return a->page == b->page && memcmp(&a->box, &b->box, sizeof a->box) == 0 &&
           a->first_word == b->first_word && a->words == b->words;
}

static void check_facts(const FactVec *got)
{
    CHECK_INT(got->n, FACTS_SEEN);
    for (int i = 0; i < FACTS_SEEN && i < (int)got->n; i++) {
        const Fact *f = &got->v[i], *want = &facts[i];
        CHECK(f->kind == want->kind && f->item == want->item && f->prob == want->prob);
        CHECK_STR(f->value, want->value);
        CHECK_STR(f->raw, want->raw);
        CHECK(same_place(&f->place, &want->place));
    }
}

TEST(facts_and_mentions_come_back)
{
    Err err = {0};
    Arena a = {0};
    Rows rows = {0};
    DocumentRows docs = {0};
    Pairings found;
    int64_t doc;
    Store *s = make_store("told.db", &doc, &err);
    make_told(&found);
    CHECK(store_finish_document(s, doc, key, &found, &err));
    CHECK(store_finish_document(s, doc, key, &found, &err)); /* again: replaced, not doubled */
    CHECK(store_load_rows(s, &a, &rows, &err) && rows.n == 2);
    const Pairing *p = &rows.v[1].pairing;
    CHECK_STR(p->since, "2023-06");
    CHECK_STR(p->until, "2025");
    CHECK_INT(p->mentions, SAID_AGAIN);
    for (int i = 0; i < SAID_AGAIN && i < p->mentions; i++) CHECK(same_place(&p->mention[i], &said_again[i]));
    CHECK(!rows.v[0].pairing.mentions && !rows.v[0].pairing.since);
    CHECK(store_load_facts(s, &a, &docs, &err) && docs.n == 1);
    if (docs.n) check_facts(&docs.v[0].facts);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM document_list WHERE number = '/KH-PGDĐT'", SQL_NONE),
              1);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM signers WHERE office = 'Hiệu trưởng'", SQL_NONE), 1);

    Pairings none = {0}; /* what nothing says any more goes */
    CHECK(store_finish_document(s, doc, key, &none, &err));
    CHECK_INT(sql_number(s, &err, "SELECT (SELECT count(*) FROM facts) + (SELECT count(*) FROM mentions)",
                         SQL_NONE),
              0);
    CHECK_STR(err.text, "");
    document_rows_release(&docs);
    vec_release(&rows);
    pairings_release(&found);
    arena_release(&a);
    store_close(s);
}

TEST(ledger)
{
    Err err = {0}, why = {0};
    Document d;
    FileSeen f;
    int64_t doc;
    Store *s = make_store("ledger.db", &doc, &err);
    CHECK(store_lookup_document(s, sha, &d, &err) && d.state == DOCUMENT_DONE);
    CHECK_STR(d.key, key);
    CHECK_INT(d.pages, 2);
    CHECK(store_lookup_file(s, "plan.pdf", &f, &err) && f.document == doc && f.size == 100 && !f.why.code);
    CHECK(!store_lookup_file(s, "other.pdf", &f, &err) && !err_is(&err));
    CHECK_INT(store_next_page(s, doc, 0, key, &err), 0);
    CHECK_INT(store_next_page(s, doc, 0, "another-key", &err), 1);
    CHECK_INT(store_next_page(s, doc, 0, "another-key 0123 third", &err), 0);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM found_odd WHERE kind = 'gap' AND page = 1 AND w = 30",
                         SQL_NONE),
              1);

    err_set(&why, DAU_LIMIT, "too large");
    store_reopen_document(s, doc, false, &err);
    store_fail_page(s, doc, 2, &why, &err);
    CHECK_INT(store_next_page(s, doc, 0, key, &err), 2);
    CHECK_INT(store_next_result(s, doc, 1, &err), 2); /* the older one is kept */
    Pairings none = {0};
    store_finish_document(s, doc, key, &none, &err);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM findings", SQL_NONE), 0);
    CHECK(store_lookup_document(s, sha, &d, &err) && d.state == DOCUMENT_PARTLY);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM failed WHERE code = 11 AND kept", SQL_NONE), 1);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(a_document_of_which_nothing_could_be_read)
{
    Err err = {0}, why = {0};
    Document d;
    Pairings none = {0};
    Store *s = store_open(in_folder("nothing.db"), STORE_WRITE, &err);
    int64_t doc = store_add_document(s, sha, 100, &err);
    store_put_file(s, "plan.pdf", NULL, &(FileSeen){.document = doc}, &err);
    store_set_pages(s, doc, "pdf", 2, &err);
    err_set(&why, DAU_LIMIT, "too large");
    for (int n = 1; n <= 2; n++) store_fail_page(s, doc, n, &why, &err);
    store_finish_document(s, doc, key, &none, &err);
    CHECK(store_lookup_document(s, sha, &d, &err) && d.state == DOCUMENT_FAILED);
    CHECK_INT(d.why.code, DAU_LIMIT);
    CHECK_STR(d.why.text, "none of 2 pages could be read: too large");
    store_set_pages(s, doc, "pdf", 1, &err);
    CHECK_INT(store_next_page(s, doc, 1, key, &err), 0);
    store_fail_document(s, doc, &why, &err);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM failed WHERE code = 11 AND NOT kept", SQL_NONE), 1);
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM pages", SQL_NONE), 0);
    CHECK_STR(err.text, "");
    store_close(s);
}

/* A try that fails, of a page or of the whole document, does not take away what an earlier one found. */
TEST(results_outlive_failures)
{
    Err err = {0}, why = {0};
    int64_t doc;
    PairCounts counts;
    Store *s = make_store("outlive.db", &doc, &err);
    store_mark_read(s, doc, 1, "r1", &err);
    CHECK(store_is_read(s, doc, 1, "r1", &err) && !store_is_read(s, doc, 1, "r2", &err) &&
          !store_is_read(s, doc, 2, "r1", &err));
    store_reopen_document(s, doc, true, &err);
    CHECK(!store_is_read(s, doc, 1, "r1", &err));
    err_set(&why, DAU_FILE_ACCESS, "gone");
    store_fail_page(s, doc, 1, &why, &err);
    store_fail_document(s, doc, &why, &err);
    store_count_found(s, doc, &counts, &err);
    CHECK_INT(counts.schools, 2);
    Page p;
    page_init(&p, 0);
    CHECK(store_load_page(s, doc, 1, &p, &err) && p.words.n > 0);
    page_release(&p);
    CHECK_STR(err.text, "");
    store_close(s);
}

TEST(evidence_of_a_file_that_has_two_names)
{
    Err err = {0};
    Arena a = {0};
    int64_t doc;
    Store *s = make_store("names.db", &doc, &err);
    store_put_file(s, "copy.pdf", "/y/copy.pdf", &(FileSeen){.document = doc}, &err);
    CHECK_STR(store_lookup_path(s, doc, 0, &a, &err), "plan.pdf");
    CHECK_STR(store_lookup_path(s, doc, 1, &a, &err), "copy.pdf");
    CHECK_STR(store_lookup_path(s, doc, 2, &a, &err), "/x/plan.pdf");
    CHECK(!store_lookup_path(s, doc, 4, &a, &err));
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
}

TEST(corrections_are_kept)
{
    Err err = {0};
    int64_t doc;
    Store *s = make_store("kept.db", &doc, &err);
    Correction c = {
        .who = "me", .sha256 = sha, .place = {.page = 1}, .field = "school", .old = "a", .new = "b"};
    CHECK(correction_add(s, &c, NULL, &err));
    const char *forbidden[] = {"DELETE FROM corrections", "UPDATE corrections SET new = 'c'",
                               "REPLACE INTO corrections (id, who, sha256, page, x, y, w, h, field)"
                               " VALUES (1, 'me', 'x', 1, 0, 0, 0, 0, 'school')"};
    for (int i = 0; i < 3; i++) {
        CHECK(!sql_script(s, forbidden[i], &err));
        CHECK(strstr(err.text, "a correction is never"));
        err_clear(&err);
    }
    CHECK_INT(sql_number(s, &err, "SELECT count(*) FROM corrections WHERE new = 'b'", SQL_NONE), 1);
    store_close(s);
}

static Store *step_open(const char *name, const char *const *steps, int n, Err *err)
{
    Store *s = xalloc(sizeof *s);
    s->path = xstrdup(in_folder(name));
    sqlite3_open(s->path, &s->db);
    sql_migrate(s, steps, n, err);
    return s;
}

TEST(migrations)
{
    const char *const steps[] = {"CREATE TABLE a (x); INSERT INTO a VALUES (1)", "ALTER TABLE a ADD COLUMN y",
                                 "UPDATE a SET y = x + 1; CREATE TABLE broken ("};
    Err err = {0};
    store_close(step_open("steps.db", steps, 1, &err));
    CHECK_STR(err.text, "");
    Store *s = step_open("steps.db", steps, 3, &err); /* fails in the last step: nothing is changed */
    CHECK(err_is(&err));
    err_clear(&err);
    CHECK_INT(sql_number(s, &err, "PRAGMA user_version", SQL_NONE), 1);
    store_close(s);
    s = step_open("steps.db", steps, 2, &err);
    CHECK_STR(err.text, "");
    CHECK_INT(sql_number(s, &err, "PRAGMA user_version", SQL_NONE), 2);
    CHECK_INT(sql_number(s, &err, "SELECT x FROM a WHERE y IS NULL", SQL_NONE), 1);
    store_close(s);
    store_close(step_open("steps.db", steps, 1, &err));
    CHECK_INT(err.code, DAU_CONFIG);
}

TEST(what_a_run_was_told)
{
    Err err = {0};
    Arena a = {0};
    Status status;
    int64_t doc;
    Store *s = make_store("was-told.db", &doc, &err);
    CHECK(!store_load_columns(s, doc, &a, &err));
    CHECK(!store_load_setting(s, "words", &a, &err));
    store_say_columns(s, doc, "no,school,partner", &err);
    store_put_setting(s, "words", "clb.tsv", &err);
    store_put_setting(s, "words", "other.tsv", &err);
    store_reopen_document(s, doc, true, &err); /* read again, they stay */
    CHECK_STR(store_load_columns(s, doc, &a, &err), "no,school,partner");
    CHECK_STR(store_load_setting(s, "words", &a, &err), "other.tsv");
    CHECK(store_load_status(s, &a, &status, &err));
    CHECK_STR(status.words, "other.tsv");
    CHECK(!status.schools);
    CHECK_INT(status.said.n, 1);
    CHECK_STR(status.said.v[0].file, "plan.pdf");
    CHECK_STR(status.said.v[0].columns, "no,school,partner");
    status_release(&status);
    store_say_columns(s, doc, "", &err);
    store_put_setting(s, "words", "", &err);
    CHECK(!store_load_columns(s, doc, &a, &err));
    CHECK(!store_load_setting(s, "words", &a, &err));
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
}

static int open_code(const char *name, StoreMode mode)
{
    Err err = {0};
    Store *s = store_open(in_folder(name), mode, &err);
    store_close(s);
    return err.code;
}

TEST(what_is_refused)
{
    sqlite3 *db;
    int64_t doc;
    Err err = {0};
    write_file("text.db", "Kính gửi các trường học trên địa bàn\n", 40);
    CHECK_INT(open_code("text.db", STORE_WRITE), DAU_BAD_INPUT);
    sqlite3_open(in_folder("other.db"), &db);
    sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL);
    sqlite3_close(db);
    CHECK_INT(open_code("other.db", STORE_WRITE), DAU_BAD_INPUT);
    write_file("empty.db", "", 0);
    CHECK_INT(open_code("empty.db", STORE_READ), DAU_BAD_INPUT);
    CHECK_INT(open_code("empty.db", STORE_WRITE), 0);
    CHECK_INT(open_code("missing.db", STORE_READ), DAU_FILE_ACCESS);
    CHECK_INT(open_code("no/folder.db", STORE_WRITE), DAU_FILE_ACCESS);
    CHECK_INT(open_code(".", STORE_WRITE), DAU_FILE_ACCESS);
    Store *s = make_store("newer.db", &doc, &err);
    sql_script(s, "PRAGMA user_version = 99", &err);
    store_close(s);
    CHECK_INT(open_code("newer.db", STORE_WRITE), DAU_CONFIG);
    CHECK_INT(open_code("newer.db", STORE_READ), DAU_CONFIG);
}

/* A database that dau made, changed by the script, opened to read and to write. */
static void changed(const char *script, int code)
{
    static int n;
    sqlite3 *db;
    int64_t doc;
    char name[32];
    Err err = {0};
    snprintf(name, sizeof name, "strange%d.db", n++);
    store_close(make_store(name, &doc, &err));
    sqlite3_open(in_folder(name), &db);
    CHECK_INT(sqlite3_exec(db, script, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    CHECK_INT(open_code(name, STORE_READ), code);
    CHECK_INT(open_code(name, STORE_WRITE), code);
}

TEST(a_database_of_a_stranger)
{
    changed("CREATE VIEW mine AS SELECT sha256 FROM documents; CREATE TABLE notes (x);"
            "CREATE TRIGGER own AFTER INSERT ON notes BEGIN SELECT 1; END",
            0);
    changed("CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM documents; END", DAU_BAD_INPUT);
    changed("CREATE TRIGGER search_evil AFTER INSERT ON runs BEGIN SELECT 1; END", DAU_BAD_INPUT);
    changed("DROP TRIGGER corrections_kept", DAU_BAD_INPUT);
    changed("DROP VIEW list", DAU_BAD_INPUT);
    changed("DROP VIEW list; CREATE VIEW list AS SELECT 'x' AS file", DAU_BAD_INPUT);
    changed("DROP TABLE facts", DAU_BAD_INPUT);
    changed("PRAGMA user_version = -100000", DAU_BAD_INPUT);
    changed("PRAGMA user_version = 0", DAU_BAD_INPUT);
    changed("PRAGMA user_version = 3", DAU_BAD_INPUT);
}

/* Else every opening of a database takes the long way. */
TEST(the_digest_of_the_schema_is_known)
{
    int64_t doc;
    char digest[65];
    Err err = {0};
    Store *s = make_store("digest.db", &doc, &err);
    sql_digest(s, digest, &err);
    CHECK_STR(sql_as_made, digest); /* the schema changed: src/store/check.c wants the new one */
    store_close(s);
}

TEST(who_works_on_it_at_once)
{
    int64_t doc;
    Err err = {0}, second = {0};
    Store *s = make_store("shared.db", &doc, &err),
          *t = store_open(in_folder("shared.db"), STORE_CHANGE, &err);
    CHECK_STR(err.text, "");
    CHECK(access(in_folder("shared.db-used"), F_OK) == 0);
    CHECK(!store_lock_alone(t, &second));
    CHECK_INT(second.code, DAU_BUSY);
    store_close(s);
    CHECK(store_lock_alone(t, &err));
    CHECK_INT(open_code("shared.db", STORE_CHANGE), DAU_BUSY);
    CHECK_INT(open_code("shared.db", STORE_READ), 0);
    store_close(t);
    CHECK(access(in_folder("shared.db-used"), F_OK) != 0);
    CHECK_INT(open_code("shared.db", STORE_CHANGE), 0);
}

TEST(reading_changes_nothing)
{
    Err err = {0};
    int64_t doc;
    char before[65], after[65];
    store_close(make_store("still.db", &doc, &err));
    file_sha256(in_folder("still.db"), before, &err);
    Store *s = store_open(in_folder("still.db"), STORE_READ, &err);
    CHECK(!store_add_document(s, before, 1, &err) && err_is(&err));
    err_clear(&err);
    store_close(s);
    s = store_open(in_folder("still.db"), STORE_WRITE, &err);
    CHECK(store_lock(s, &err));
    store_close(s);
    file_sha256(in_folder("still.db"), after, &err);
    CHECK_STR(after, before);
    CHECK(access(in_folder("still.db-lock"), F_OK) != 0);
    CHECK_STR(err.text, "");
}

TEST(one_run_at_a_time)
{
    Err err = {0}, second = {0};
    int64_t doc;
    int ready[2];
    Store *s = make_store("busy.db", &doc, &err), *t = store_open(in_folder("busy.db"), STORE_WRITE, &err);
    CHECK(store_lock(s, &err));
    CHECK(!store_lock(t, &second));
    CHECK_INT(second.code, DAU_BUSY);
    store_close(s);
    err_clear(&second);
    CHECK(store_lock(t, &second));
    store_close(t);
    CHECK(pipe(ready) == 0);
    pid_t child = fork(); /* one that is killed while it holds the lock */
    if (child == 0) {
        Store *u = store_open(in_folder("busy.db"), STORE_WRITE, &err);
        store_lock(u, &err);
        if (write(ready[1], "x", 1) == 1) pause();
        _exit(0);
    }
    char c;
    CHECK(read(ready[0], &c, 1) == 1);
    CHECK(access(in_folder("busy.db-lock"), F_OK) == 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    s = store_open(in_folder("busy.db"), STORE_WRITE, &err);
    CHECK(store_lock(s, &err));
    CHECK_STR(err.text, "");
    store_close(s);
    close(ready[0]);
    close(ready[1]);
}

int main(void)
{
    if (!mkdtemp(folder)) return 2;
    RUN(page_comes_back_equal);
    RUN(pairings_come_back);
    RUN(facts_and_mentions_come_back);
    RUN(ledger);
    RUN(a_document_of_which_nothing_could_be_read);
    RUN(results_outlive_failures);
    RUN(evidence_of_a_file_that_has_two_names);
    RUN(corrections_are_kept);
    RUN(migrations);
    RUN(what_a_run_was_told);
    RUN(what_is_refused);
    RUN(a_database_of_a_stranger);
    RUN(the_digest_of_the_schema_is_known);
    RUN(who_works_on_it_at_once);
    RUN(reading_changes_nothing);
    RUN(one_run_at_a_time);
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) return 2;
    return TEST_DONE();
}
