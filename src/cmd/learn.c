/* dau learn: turns names that people confirmed into a list of schools and a dictionary for the next run. "Hòa Sơn B" read
 * as "Hda Son B" also becomes a count of misread letters.
 *
 * Each kind is tried first. The pages of documents with confirmed rows, as the database has them, are restored and extracted
 * again, with it and without it. The confirmed rows that come out right are counted. What lowers the count is refused. */
#include "cmd/learn.h"

#include "base/file.h"
#include "base/tr.h"
#include "line/line.h"
#include "cmd/cmd.h"
#include "model/channel.h"
#include "store/correct.h"
#include "store/learnt.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const Usage usage = {
    "learn", "[-d plans.db] [--schools FILE] [--list] [--undo]",
    "Turns what people confirmed and corrected into a list of schools, a dictionary and counts of what the\n"
    "recognition made of letters, for the next 'dau run' on this database, and says what each is worth:\n"
    "confirmed rows that come out right with it and without it. What makes fewer come out right is refused.\n"
    "The files lie beside the database. A list of your own (--schools) goes before what was learnt.\n\n"
    "  dau learn -d plans.db && dau run -d plans.db scans/"};

typedef struct Learner {
    Store *store;
    const char *database;
    Arena arena;
    Gazetteer *names; /* lends the districts of lessons */
    Lessons lessons;
    ConfirmedVec confirmed;
    LineOptions options;
} Learner;

static const char *file_if_there(const char *database, LearntKind kind, Arena *a)
{
    const char *path = learnt_path(a, database, kind);
    return access(path, R_OK) == 0 ? path : NULL;
}

void learnt_options(LineOptions *o, const char *database, Arena *a)
{
    o->learnt = file_if_there(database, LEARNT_SCHOOL, a);
    o->restore.dict = file_if_there(database, LEARNT_WORD, a);
    o->restore.read_eng = file_if_there(database, LEARNT_ENG, a);
    o->restore.read_vie = file_if_there(database, LEARNT_VIE, a);
}

/* ---- measuring ---- */

static bool extract_again(Learner *l, PageLine *line, int64_t doc, Pairings *found, Err *err)
{
    Arena a = {0};
    Extract *x = line_extract(line, err);
    if (x) extract_say_columns(x, store_load_columns(l->store, doc, &a, err), err);
    for (int n = 0; x && (n = store_next_result(l->store, doc, n, err)) > 0;) {
        Page page;
        page_init(&page, 0);
        if (store_load_page(l->store, doc, n, &page, err) && line_restore(line, &page, err))
            extract_page(x, &page, err);
        page_release(&page);
        if (err_is(err)) break;
    }
    bool ok = x && !err_is(err) && extract_finish(x, found, err);
    extract_free(x);
    arena_release(&a);
    return ok;
}

static bool same_row(const Confirmed *c, const Pairing *p)
{
    return str_eq(c->school, p->school.name) && str_eq(c->partner, p->partner.name) &&
           str_eq(c->level ? c->level : "", level_code(p->level));
}

/* Each row that was found serves one that was confirmed. */
static int count_right(const Confirmed *c, size_t n, Pairings *found)
{
    int right = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < found->v.n; k++)
            if (found->v.v[k].school.name && same_row(&c[i], &found->v.v[k])) {
                found->v.v[k].school.name = NULL;
                right++;
                break;
            }
    return right;
}

/* Confirmed rows that come out right under these options. */
static int measure(Learner *l, const LineOptions *options, Err *err)
{
    PageLine *line = line_new(options);
    int right = 0;
    for (size_t i = 0, n; i < l->confirmed.n && !err_is(err); i += n) {
        const Confirmed *c = &l->confirmed.v[i];
        Pairings found = {0};
        for (n = 1; i + n < l->confirmed.n && c[n].doc == c->doc;) n++;
        if (extract_again(l, line, c->doc, &found, err)) right += count_right(c, n, &found);
        pairings_release(&found);
    }
    line_free(line);
    return right;
}

/* ---- learning ---- */

/* The district that has wards of these names. */
static const char *district_of(void *names, const char *const *of, int n)
{
    enum { LEAST = 5 }; /* fewer names say nothing */
    static const double SHARE = 0.4;
    return n >= LEAST ? gazetteer_vote_district(names, of, n, SHARE) : NULL;
}

static bool collect_names(Learner *l, Err *err)
{
    Gazetteer *names = gazetteer_open(err);
    l->names = names;
    return names && learnt_collect(l->store, &l->arena, district_of, names, &l->lessons, err);
}

/* The kind of engine that read the page; LEARNT_KINDS: none, it was written by a person. */
static LearntKind engine_of(Learner *l, Restore *restore, int64_t doc, int n, Err *err)
{
    Page page;
    Buf text = {0};
    LearntKind kind = LEARNT_KINDS;
    page_init(&page, 0);
    if (store_load_page(l->store, doc, n, &page, err) && page.words.n &&
        page.words.v[0].origin != ORIGIN_TEXT_LAYER) {
        for (size_t i = 0; i < page.words.n; i++) buf_add(&text, page.words.v[i].raw), buf_addc(&text, ' ');
        RestoreFrom from = restore_judge(restore, buf_str(&text), text.len);
        kind = from == FROM_OCR ? LEARNT_ENG : from == FROM_VIE ? LEARNT_VIE : LEARNT_KINDS;
    }
    buf_release(&text);
    page_release(&page);
    return kind;
}

/* Names with what was read of them, by the engine that read it. */
static void collect_readings(Learner *l, Err *err)
{
    LearntCells cells = {0};
    Restore *restore = restore_open(NULL, err);
    LearntKind kind = LEARNT_KINDS;
    learnt_cells(l->store, &l->arena, &cells, err);
    for (size_t i = 0; i < cells.n && !err_is(err); i++) {
        const LearntCell *c = &cells.v[i], *before = i ? c - 1 : NULL;
        if (!before || before->doc != c->doc || before->page != c->page)
            kind = engine_of(l, restore, c->doc, c->page, err);
        const char *read = kind < LEARNT_KINDS ? channel_part(&l->arena, c->name, c->raw) : NULL;
        if (read) lessons_count(&l->lessons, &(Learnt){.kind = kind, .name = c->name, .read = read});
    }
    restore_close(restore);
    vec_release(&cells);
}

static const char *kind_words(LearntKind kind)
{
    switch (kind) {
    case LEARNT_SCHOOL: return tr("schools");
    case LEARNT_WORD: return tr("words");
    case LEARNT_ENG: return tr("letters of an engine without Vietnamese");
    default: return tr("letters of an engine with Vietnamese");
    }
}

/* Tries one kind; keeps it when nothing gets worse. */
static int try_kind(Learner *l, LearntKind kind, int lesson, int *right, Err *err)
{
    if (!store_begin(l->store, err)) return 0;
    int fresh = learnt_add(l->store, kind, &l->lessons, lesson, err);
    learnt_write(l->store, l->database, err);
    learnt_options(&l->options, l->database, &l->arena);
    int now = fresh ? measure(l, &l->options, err) : *right;
    bool keep = fresh && now >= *right && !err_is(err);
    if (fresh && !err_is(err))
        say("%s: %d new, confirmed rows right: %d before, %d after of %zu%s", kind_words(kind), fresh, *right,
            now, l->confirmed.n, keep ? "" : tr("; refused"));
    if (keep) {
        *right = now;
        store_commit(l->store, err);
        return fresh;
    }
    Err ignored = {0};
    store_rollback(l->store);
    learnt_write(l->store, l->database, &ignored);
    learnt_options(&l->options, l->database, &l->arena);
    return 0;
}

static int learn(Learner *l, Err *err)
{
    learnt_write(l->store, l->database, err);
    learnt_options(&l->options, l->database, &l->arena);
    if (!collect_names(l, err) || !learnt_confirmed(l->store, &l->arena, &l->confirmed, err)) return 0;
    if (!l->lessons.all.n) return 0;
    collect_readings(l, err);
    int lesson = learnt_next_lesson(l->store, err), right = measure(l, &l->options, err), taken = 0;
    for (int kind = 0; kind < LEARNT_KINDS && !err_is(err); kind++)
        taken += try_kind(l, (LearntKind)kind, lesson, &right, err);
    return taken;
}

static int list(Learner *l, Err *err)
{
    Buf b = {0};
    learnt_load(l->store, &l->arena, &l->lessons, err);
    for (size_t i = 0; i < l->lessons.all.n; i++) {
        const Learnt *e = &l->lessons.all.v[i];
        buf_addf(&b, "%d\t%s\t%s\t%s\t%d\t%s\n", e->lesson, learnt_kind_name(e->kind), e->name,
                 e->district ? e->district : "", e->times, e->read ? e->read : "");
    }
    if (!err_is(err)) file_write("-", buf_str(&b), b.len, err);
    buf_release(&b);
    return (int)l->lessons.all.n;
}

static int undo(Learner *l, Err *err)
{
    int n = learnt_undo(l->store, err);
    learnt_write(l->store, l->database, err);
    if (n && !err_is(err)) say("%d entr%s of the last lesson taken back", n, n == 1 ? "y" : "ies");
    return n;
}

int cmd_learn(int argc, char **argv)
{
    Learner l = {.database = "plans.db"};
    bool lists = false, undoes = false;
    const Option options[] = {{'d', "database", OPT_STRING, &l.database, "FILE", "the database (plans.db)"},
                              {0, "schools", OPT_STRING, &l.options.schools, "FILE",
                               "your own list of schools, as you give it to 'dau run'"},
                              {0, "words", OPT_STRING, &l.options.words, "FILE",
                               "words of your own, as you give them to 'dau run'"},
                              {0, "list", OPT_FLAG, &lists, NULL,
                               "print what was learnt: lesson, kind, name, district, times, what was read"},
                              {0, "undo", OPT_FLAG, &undoes, NULL, "take the last lesson back"},
                              {0}};
    Err err = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first < argc)
        return usage_error(&usage, "unexpected argument '%s'; pass the database with -d", argv[first]);
    if (lists && undoes) return usage_error(&usage, "--list or --undo, not both");
    l.store = store_open(l.database, lists ? STORE_READ : STORE_CHANGE, &err);
    int n = !l.store ? 0 : lists ? list(&l, &err) : undoes ? undo(&l, &err) : learn(&l, &err);
    if (!n && !err_is(&err))
        say(undoes  ? tr_mark("there is nothing to take back")
            : lists ? tr_mark("nothing was learnt")
                    : tr_mark("nothing new was learnt"));
    else if (!lists && !undoes && !err_is(&err))
        say("%d entries learnt; the next 'dau run -d %s' restores and extracts anew with them", n,
            l.database);
    store_close(l.store);
    lessons_release(&l.lessons);
    gazetteer_close(l.names);
    vec_release(&l.confirmed);
    arena_release(&l.arena);
    return err_is(&err) ? complain(&err) : n ? DAU_OK : DAU_NOTHING;
}
