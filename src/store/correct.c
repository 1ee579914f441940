/* An act: the row is loaded, and what the person says is compared with what stands there. A record is written for each
 * difference. Then the row is made again from what was read and all its records. All of it is one transaction.
 *
 *     accept of row 25 with school changed     part 0  set     school  Nguyén Du ─► Nguyễn Du
 *                                              part 1  accept          all six fields
 *     split of "Phú Lãm, Kiến Hưng"            part 0  split   partner ... ─► Phú Lãm
 *                                              part 1  add             a row like it with partner Kiến Hưng
 *     merge of row 26 into row 25              part 0  merge   partner Nguyễn ─► Nguyễn Du
 *                                              part 1  merge           on row 26: it goes
 */
#include "store/correct.h"

#include "base/tsv.h"
#include "base/viet.h"
#include "store/correct_item.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

typedef struct Act {
    Store *s;
    Arena arena;
    const Pen *pen;
    char id[33];
    int parts;
    bool entered;
    char sha256[65];
} Act;

/* ---- values as people type them ---- */

/* NFC, blanks and control characters as single blanks; NULL for nothing. */
static const char *tidy(Arena *a, const char *s)
{
    if (!s || !*s) return NULL;
    char *text = viet_nfc(a, s, strlen(s));
    for (unsigned char *p = (unsigned char *)text; *p; p++)
        if (*p < 0x20 || *p == 0x7F) *p = ' ';
    text = viet_trim(a, text);
    return *text ? text : NULL;
}

static bool check_value(Field field, const char *value, Err *err)
{
    Level level;
    if ((field == FIELD_SCHOOL || field == FIELD_PARTNER) && !value)
        return err_set(err, DAU_BAD_INPUT,
                       "a row needs both schools; say 'not a pairing' when there is none");
    if (field == FIELD_LEVEL && value && !level_from_code(value, &level))
        return err_set(err, DAU_BAD_INPUT,
                       "there is no level '%.40s'; one of MN TH THCS THPT TH&THCS THCS&THPT LC"
                       " PTDTNT GDNN-GDTX CB",
                       value);
    if (value && utf8_length(value) > CORRECT_MOST)
        return err_set(err, DAU_BAD_INPUT, "a value of more than %d characters is no name", CORRECT_MOST);
    return true;
}

static bool tidy_values(Arena *a, const Values *in, Values *out, Err *err)
{
    const Values typed = in ? *in : (Values){0}; /* out may be in */
    *out = (Values){.has = typed.has};
    for (int f = 0; f < FIELDS && !err_is(err); f++) {
        Level level;
        if (!(out->has & 1u << f)) continue;
        out->v[f] = tidy(a, typed.v[f]);
        if (check_value((Field)f, out->v[f], err) && f == FIELD_LEVEL && out->v[f] &&
            level_from_code(out->v[f], &level))
            out->v[f] = level_code(level);
    }
    return !err_is(err);
}

/* ---- records ---- */

bool correction_add(Store *s, const Correction *c, const char *outcome, Err *err)
{
    sql_do(s, err,
           "INSERT INTO corrections (act, part, made, who, kind, sha256, page, x, y, w, h, pairing, subject,"
           " field, old, new, why, target, found) VALUES (coalesce(:act, lower(hex(randomblob(16)))), :part,"
           " coalesce(:made, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), :who, :kind, :sha256, :page, :x, :y, :w,"
           " :h, :pairing, :subject, :field, :old, :new, :why, :target, :found)",
           SQL("act", c->act), SQL("part", c->part), SQL("made", c->made), SQL("who", c->who),
           SQL("kind", c->kind ? c->kind : "set"), SQL("sha256", c->sha256), SQL("page", c->place.page),
           SQL_BOX("", c->place.box), SQL("pairing", c->pairing), SQL("subject", c->subject),
           SQL("field", c->field), SQL("old", c->old), SQL("new", c->new), SQL("why", c->why),
           SQL("target", c->target), SQL("found", c->found));
    if (outcome)
        sql_do(s, err,
               "INSERT INTO replayed (correction, pairing, live, outcome)"
               " VALUES (last_insert_rowid(), :pairing, 1, :outcome)",
               SQL("pairing", c->pairing), SQL("outcome", outcome));
    return !err_is(err);
}

static void begin(Act *act, Store *s, const Pen *pen, Err *err)
{
    *act = (Act){.s = s, .pen = pen};
    act->entered = sql_enter(s, err);
    Query *q = sql_bind(s, err, "SELECT lower(hex(randomblob(16))) AS id", SQL_NONE);
    if (sql_row(s, q, err)) sql_copy(q, "id", act->id, sizeof act->id);
    sql_end(q);
}

static Corrected end(Act *act, Corrected result, Err *err)
{
    if (err_is(err)) result = CORRECT_FAILED;
    if (result == CORRECT_DONE)
        sql_leave(act->s, act->entered, err);
    else if (act->entered)
        store_rollback(act->s);
    arena_release(&act->arena);
    return err_is(err) ? CORRECT_FAILED : result;
}

static bool know_document(Act *act, int64_t doc, Err *err)
{
    Document d;
    if (!store_load_document(act->s, doc, &d, err)) return false;
    memcpy(act->sha256, d.sha256, sizeof act->sha256);
    return true;
}

/* The act that added the row; NULL: it was read. */
static const char *subject_of(Act *act, const CorrectItem *it, Err *err)
{
    if (it->origin != ITEM_ADDED) return NULL;
    Query *q = sql_bind(act->s, err,
                        "SELECT c.act FROM replayed r JOIN corrections c ON c.id = r.correction"
                        " WHERE r.pairing = :pairing AND c.kind = 'add' LIMIT 1",
                        SQL("pairing", it->id));
    const char *subject = sql_row(act->s, q, err) ? sql_text(q, "act", &act->arena) : NULL;
    sql_end(q);
    return subject;
}

static void record(Act *act, const CorrectItem *it, const char *kind, const char *field, const char *old,
                   const char *new, Err *err)
{
    const Correction c = {.act = act->id,
                          .part = act->parts++,
                          .who = act->pen->who,
                          .why = act->pen->why,
                          .kind = kind,
                          .sha256 = act->sha256,
                          .place = it->base.place,
                          .pairing = it->id,
                          .subject = str_eq(kind, "add") ? NULL : subject_of(act, it, err),
                          .field = field,
                          .old = old,
                          .new = new,
                          .found = it->found};
    correction_add(act->s, &c, "applies", err);
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A record for every field that differs; what stands is changed in hand. */
static int record_fields(Act *act, CorrectItem *it, const char *kind, const Values *v, Err *err)
{
    int n = 0;
    for (int f = 0; f < FIELDS && !err_is(err); f++) {
        const char *stands = field_value(&it->p, (Field)f);
        if (!(v->has & 1u << f) || same(stands, v->v[f])) continue;
        record(act, it, kind, field_name((Field)f), stands, v->v[f], err);
        item_apply(it, &act->arena,
                   &(Correction){.kind = kind, .field = field_name((Field)f), .old = stands, .new = v->v[f]});
        n++;
    }
    return n;
}

static const char *six_fields(Act *act, const Pairing *p)
{
    Buf b = {0};
    for (int f = 0; f < FIELDS; f++) tsv_add(&b, field_value(p, (Field)f));
    const char *line = arena_strn(&act->arena, buf_str(&b), b.len);
    buf_release(&b);
    return line;
}

/* The row once more, from what was read and all that was said. */
static void refresh(Act *act, const char *id, Err *err)
{
    CorrectItem it;
    if (!item_load(act->s, &act->arena, id, &it, err)) return;
    it.version++;
    item_write(act->s, &it, err);
}

/* The row as the caller saw it. */
static Corrected open_row(Act *act, const char *id, int version, CorrectItem *it, Err *err)
{
    if (!item_load(act->s, &act->arena, id, it, err)) {
        err_set(err, DAU_BAD_INPUT, "there is no pairing '%.60s'", id);
        return CORRECT_FAILED;
    }
    if (version != CORRECT_ANY && version != it->version) return CORRECT_STALE;
    return know_document(act, it->doc, err) ? CORRECT_DONE : CORRECT_FAILED;
}

/* ---- the acts ---- */

static const char *const verdicts[] = {[VERDICT_NONE] = NULL,
                                       [VERDICT_ACCEPT] = "accept",
                                       [VERDICT_UNREADABLE] = "unreadable",
                                       [VERDICT_NOT_PAIRING] = "not-a-pairing"};
static const char *const verdict_states[] = {[VERDICT_NONE] = NULL,
                                             [VERDICT_ACCEPT] = "accepted",
                                             [VERDICT_UNREADABLE] = "unreadable",
                                             [VERDICT_NOT_PAIRING] = "not-a-pairing"};
static_assert(sizeof verdicts / sizeof *verdicts == VERDICTS, "a verdict without its record");
static_assert(sizeof verdict_states / sizeof *verdict_states == VERDICTS, "a verdict without its state");

/* Somebody was faster, and said the same. An accept says it by all six fields: one without them may mean another name. */
static bool says_it(const CorrectItem *it, const Values *v, Verdict verdict)
{
    if (verdict == VERDICT_NONE || !str_eq(it->state, verdict_states[verdict])) return false;
    if (verdict == VERDICT_ACCEPT && v->has != (1u << FIELDS) - 1) return false;
    for (int f = 0; f < FIELDS; f++)
        if (v->has & 1u << f && !same(field_value(&it->p, (Field)f), v->v[f])) return false;
    return true;
}

static Corrected set_row(Act *act, const char *id, int version, const Values *v, Verdict verdict, Err *err)
{
    CorrectItem it;
    Values tidied;
    Corrected opened = open_row(act, id, version, &it, err);
    if (opened != CORRECT_DONE && opened != CORRECT_STALE) return opened;
    if (!tidy_values(&act->arena, v, &tidied, err)) return CORRECT_FAILED;
    if (opened == CORRECT_STALE) return says_it(&it, &tidied, verdict) ? CORRECT_SAME : CORRECT_STALE;
    bool stood = verdict != VERDICT_NONE && str_eq(it.state, verdict_states[verdict]);
    int changed = record_fields(act, &it, "set", &tidied, err);
    if (!changed && (verdict == VERDICT_NONE || stood)) return CORRECT_SAME;
    if (verdict != VERDICT_NONE)
        record(act, &it, verdicts[verdict], NULL, NULL,
               verdict == VERDICT_ACCEPT ? six_fields(act, &it.p) : NULL, err);
    refresh(act, id, err);
    return CORRECT_DONE;
}

Corrected correct_row(Store *s, const Pen *pen, const char *id, int version, const Values *v, Verdict verdict,
                      Err *err)
{
    Act act;
    begin(&act, s, pen, err);
    return end(&act, set_row(&act, id, version, v, verdict, err), err);
}

/* A row that was not read: like `p`, where it stands. */
static void add_row(Act *act, int64_t doc, const Pairing *p, char new_id[CORRECT_ID], Err *err)
{
    int before = (int)sql_number(act->s, err,
                                 "SELECT count(*) FROM corrections WHERE sha256 = :sha256 AND kind = 'add'",
                                 SQL("sha256", act->sha256));
    CorrectItem it = {
        .doc = doc, .position = ADDED_FROM + before + 1, .origin = ITEM_ADDED, .hangs = 1, .base = *p};
    sql_pairing_id(it.id, act->sha256, it.position);
    it.found = item_dump(&act->arena, p);
    record(act, &it, "add", NULL, NULL, NULL, err);
    item_start(&it);
    item_apply(&it, &act->arena, &(Correction){.kind = "add"});
    item_write(act->s, &it, err);
    snprintf(new_id, CORRECT_ID, "%s", it.id);
}

static Corrected split_row(Act *act, const char *id, int version, Field field, const char *first,
                           const char *second, char new_id[CORRECT_ID], Err *err)
{
    CorrectItem it;
    Values one = {.has = 1u << field}, two = one;
    one.v[field] = first, two.v[field] = second;
    Corrected opened = open_row(act, id, version, &it, err);
    if (opened != CORRECT_DONE) return opened;
    if (!tidy_values(&act->arena, &one, &one, err) || !tidy_values(&act->arena, &two, &two, err))
        return CORRECT_FAILED;
    Pairing like = it.p;
    like.prob = like.school.prob = like.partner.prob = 1;
    like.flags = "";
    (field == FIELD_SCHOOL ? &like.school : &like.partner)->name = two.v[field];
    if (!record_fields(act, &it, "split", &one, err))
        err_set(err, DAU_BAD_INPUT, "the two halves must differ from the whole");
    refresh(act, id, err);
    add_row(act, it.doc, &like, new_id, err);
    return CORRECT_DONE;
}

Corrected correct_split(Store *s, const Pen *pen, const char *id, int version, Field field, const char *first,
                        const char *second, char new_id[CORRECT_ID], Err *err)
{
    Act act;
    if (field != FIELD_SCHOOL && field != FIELD_PARTNER)
        return err_set(err, DAU_BAD_INPUT, "only a school can be split"), CORRECT_FAILED;
    begin(&act, s, pen, err);
    return end(&act, split_row(&act, id, version, field, first, second, new_id, err), err);
}

static Corrected merge_rows(Act *act, const char *id, int version, const char *other, const Values *v,
                            Err *err)
{
    CorrectItem it, gone;
    Values tidied;
    Corrected opened = open_row(act, id, version, &it, err);
    if (opened != CORRECT_DONE) return opened;
    opened = open_row(act, other, CORRECT_ANY, &gone, err);
    if (opened != CORRECT_DONE || !tidy_values(&act->arena, v, &tidied, err)) return CORRECT_FAILED;
    if (str_eq(id, other) || it.doc != gone.doc || !gone.shown || !it.shown) {
        err_set(err, DAU_BAD_INPUT, "two rows of the same document can be merged, no others");
        return CORRECT_FAILED;
    }
    record_fields(act, &it, "merge", &tidied, err);
    record(act, &gone, "merge", NULL, NULL, it.id, err);
    refresh(act, id, err);
    refresh(act, other, err);
    return CORRECT_DONE;
}

Corrected correct_merge(Store *s, const Pen *pen, const char *id, int version, const char *other,
                        const Values *v, Err *err)
{
    Act act;
    begin(&act, s, pen, err);
    return end(&act, merge_rows(&act, id, version, other, v, err), err);
}

static bool page_size(Act *act, int64_t doc, int page, int *width, int *height, Err *err)
{
    Query *q = sql_bind(
        act->s, err,
        "SELECT width, height FROM pages WHERE document = :document AND number = :number AND state = 'done'",
        SQL("document", doc), SQL("number", page));
    if (!sql_row(act->s, q, err)) return false;
    *width = sql_int(q, "width"), *height = sql_int(q, "height");
    sql_end(q);
    return true;
}

static Corrected add_missed(Act *act, int64_t doc, int page, Rect box, const Values *v,
                            char new_id[CORRECT_ID], Err *err)
{
    Values tidied;
    int width = 0, height = 0;
    Values whole = *v;
    whole.has |= 1u << FIELD_SCHOOL | 1u << FIELD_PARTNER;
    if (!page_size(act, doc, page, &width, &height, err)) {
        err_set(err, DAU_BAD_INPUT, "there is no page %d that was read", page);
        return CORRECT_FAILED;
    }
    if (!know_document(act, doc, err) || !tidy_values(&act->arena, &whole, &tidied, err))
        return CORRECT_FAILED;
    Pairing p = {
        .no = tidied.v[FIELD_NO],
        .school = {.name = tidied.v[FIELD_SCHOOL], .district = tidied.v[FIELD_DISTRICT], .prob = 1},
        .partner = {.name = tidied.v[FIELD_PARTNER], .district = tidied.v[FIELD_PARTNER_DISTRICT], .prob = 1},
        .prob = 1,
        .place = {.page = page, .box = rect_clip(box, width, height)},
        .rule = "added by hand",
        .flags = ""};
    if (tidied.v[FIELD_LEVEL]) level_from_code(tidied.v[FIELD_LEVEL], &p.level);
    add_row(act, doc, &p, new_id, err);
    return CORRECT_DONE;
}

Corrected correct_add(Store *s, const Pen *pen, int64_t doc, int page, Rect box, const Values *v,
                      char new_id[CORRECT_ID], Err *err)
{
    Act act;
    begin(&act, s, pen, err);
    return end(&act, add_missed(&act, doc, page, box, v, new_id, err), err);
}

/* ---- undo and redo ---- */

/* What an undo takes back; NULL for any other act. */
static const char *target_of(Act *act, const char *undo, Err *err)
{
    Query *q = sql_bind(act->s, err, "SELECT target FROM corrections WHERE act = :act AND target IS NOT NULL",
                        SQL("act", undo));
    const char *target = sql_row(act->s, q, err) ? sql_text(q, "target", &act->arena) : NULL;
    sql_end(q);
    return target;
}

/* The act stands, or does not; an undo that falls lifts what it took back. */
static void set_live(Act *act, const char *target, bool live, Err *err)
{
    sql_do(act->s, err,
           "UPDATE replayed SET live = :live, outcome = CASE WHEN :live THEN 'applies' ELSE 'undone' END"
           " WHERE correction IN (SELECT id FROM corrections WHERE act = :act)",
           SQL("live", live), SQL("act", target));
    const char *further = target_of(act, target, err);
    if (further) set_live(act, further, !live, err);
}

/* The deed at the end of a chain of undos. */
static const char *deed_of(Act *act, const char *target, Err *err)
{
    const char *further;
    while ((further = target_of(act, target, err)) != NULL) target = further;
    return target;
}

static void rows_of(Act *act, const char *deed, Ids *rows, Err *err)
{
    Query *q = sql_bind(act->s, err,
                        "SELECT DISTINCT r.pairing FROM replayed r JOIN corrections c ON c.id = r.correction"
                        " WHERE c.act = :act AND r.pairing IS NOT NULL ORDER BY c.part",
                        SQL("act", deed));
    while (sql_row(act->s, q, err)) *vec_push(rows) = sql_text(q, "pairing", &act->arena);
}

/* The first of the rows that another person changed after the deed; NULL: none. */
static const char *changed_since(Act *act, const char *deed, const Ids *rows, Err *err)
{
    for (size_t i = 0; i < rows->n; i++)
        if (sql_number(act->s, err,
                       "SELECT count(*) FROM corrections c JOIN replayed r ON r.correction = c.id"
                       " WHERE r.pairing = :pairing AND r.live = 1 AND c.kind <> 'undo' AND c.who <> :who"
                       " AND c.id > (SELECT max(id) FROM corrections WHERE act = :deed)",
                       SQL("pairing", rows->v[i]), SQL("who", act->pen->who), SQL("deed", deed)) > 0)
            return rows->v[i];
    return NULL;
}

static Corrected take_back(Act *act, const char *target, char id[CORRECT_ID], Err *err)
{
    Ids rows = {0};
    CorrectItem first;
    const char *deed = deed_of(act, target, err);
    rows_of(act, deed, &rows, err);
    const char *theirs = changed_since(act, deed, &rows, err);
    if (theirs) {
        snprintf(id, CORRECT_ID, "%s", theirs);
        vec_release(&rows);
        return CORRECT_STALE;
    }
    if (rows.n && item_load(act->s, &act->arena, rows.v[0], &first, err) &&
        know_document(act, first.doc, err)) {
        const Correction c = {.act = act->id,
                              .who = act->pen->who,
                              .why = act->pen->why,
                              .kind = "undo",
                              .sha256 = act->sha256,
                              .place = first.base.place,
                              .target = target};
        correction_add(act->s, &c, "applies", err);
        set_live(act, target, false, err);
        for (size_t i = 0; i < rows.n; i++) refresh(act, rows.v[i], err);
        snprintf(id, CORRECT_ID, "%s", rows.v[0]);
    }
    bool any = rows.n > 0;
    vec_release(&rows);
    return any ? CORRECT_DONE : CORRECT_SAME;
}

static Corrected undo_found(Store *s, const Pen *pen, Query *q, char id[CORRECT_ID], Err *err)
{
    Act act;
    Arena a = {0};
    const char *target = sql_row(s, q, err) ? sql_text(q, "act", &a) : NULL;
    Corrected result = CORRECT_SAME;
    sql_end(q);
    id[0] = '\0';
    if (target) {
        begin(&act, s, pen, err);
        result = end(&act, take_back(&act, target, id, err), err);
    }
    arena_release(&a);
    return err_is(err) ? CORRECT_FAILED : result;
}

Corrected correct_undo(Store *s, const Pen *pen, char id[CORRECT_ID], Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT c.act FROM corrections c JOIN replayed r ON r.correction = c.id"
                        " WHERE c.kind <> 'undo' AND c.who = :who AND r.live = 1 AND r.pairing IS NOT NULL"
                        " ORDER BY c.id DESC LIMIT 1",
                        SQL("who", pen->who));
    return undo_found(s, pen, q, id, err);
}

Corrected correct_redo(Store *s, const Pen *pen, char id[CORRECT_ID], Err *err)
{
    Query *q =
        sql_bind(s, err,
                 "SELECT c.act FROM corrections c JOIN replayed r ON r.correction = c.id"
                 " WHERE c.kind = 'undo' AND c.who = :who AND r.live = 1"
                 " AND c.id > (SELECT max(id) FROM corrections WHERE kind <> 'undo' AND who = :who)"
                 " AND EXISTS (SELECT 1 FROM corrections t WHERE t.act = c.target AND t.kind <> 'undo')"
                 " ORDER BY c.id DESC LIMIT 1",
                 SQL("who", pen->who));
    return undo_found(s, pen, q, id, err);
}
