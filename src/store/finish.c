/* The end of a document's reading. Of the three pages of "kế hoạch.pdf" two are done and one failed, so it is `partly` and
 * has the pairings of two pages. Where all three failed for one cause, the document failed for that cause. */
#include "store/store.h"

#include "store/sql.h"

/* Pages of the document by their state. */
static bool count_pages(Store *s, int64_t doc, int *done, int *failed, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT count(*) FILTER (WHERE state = 'done') AS done,"
                        " count(*) FILTER (WHERE state = 'failed') AS failed"
                        " FROM pages WHERE document = :document",
                        SQL("document", doc));
    *done = *failed = 0;
    if (!sql_row(s, q, err)) return false;
    *done = sql_int(q, "done"), *failed = sql_int(q, "failed");
    sql_end(q);
    return true;
}

static bool fail_document(Store *s, int64_t doc, const Err *why, Err *err)
{
    Buf reason = {0};
    err_keep(why, &reason);
    sql_do(s, err,
           "UPDATE documents SET state = 'failed', key = NULL, code = :code, reason = :reason"
           " WHERE id = :id",
           SQL("code", why->code), SQL("reason", reason.s), SQL("id", doc));
    buf_release(&reason);
    return !err_is(err);
}

static int count_results(Store *s, int64_t doc, Err *err)
{
    return (int)sql_number(s, err,
                           "SELECT count(*) FROM pages WHERE document = :document AND stage IS NOT NULL",
                           SQL("document", doc));
}

bool store_fail_document(Store *s, int64_t doc, const Err *why, Err *err)
{
    bool entered = sql_enter(s, err);
    if (!count_results(s, doc, err)) {
        sql_drop_pairings(s, doc, err);
        sql_put_facts(s, doc, &(FactVec){0}, err);
        sql_do(s, err, "DELETE FROM pages WHERE document = :document", SQL("document", doc));
        sql_do(s, err, "UPDATE documents SET pages = NULL WHERE id = :id", SQL("id", doc));
    }
    fail_document(s, doc, why, err);
    return sql_leave(s, entered, err);
}

/* No page could be read, now or before: the one cause, or how many causes there were. */
static bool fail_by_pages(Store *s, int64_t doc, int failed, Err *err)
{
    Err why = {0};
    int64_t codes = sql_number(s, err, "SELECT count(DISTINCT code) FROM pages WHERE document = :document",
                               SQL("document", doc));
    Query *q =
        sql_bind(s, err, "SELECT code, reason FROM pages WHERE document = :document ORDER BY number LIMIT 1",
                 SQL("document", doc));
    if (!sql_row(s, q, err)) return false;
    sql_why(q, &why);
    sql_end(q);
    if (codes > 1) why.code = DAU_SOME_FAILED;
    if (failed > 1) err_prefix(&why, "none of %d pages could be read", failed);
    return fail_document(s, doc, &why, err);
}

bool store_finish_document(Store *s, int64_t doc, const char *key, const Pairings *found, Err *err)
{
    int done, failed;
    bool entered = sql_enter(s, err);
    count_pages(s, doc, &done, &failed, err);
    sql_replace_pairings(s, doc, found, err);
    if (failed && !count_results(s, doc, err))
        fail_by_pages(s, doc, failed, err);
    else
        sql_do(s, err,
               "UPDATE documents SET state = :state, key = :key, code = NULL, reason = NULL WHERE id = :id",
               SQL("state", document_state_names[failed ? DOCUMENT_PARTLY : DOCUMENT_DONE]), SQL("key", key),
               SQL("id", doc));
    return sql_leave(s, entered, err);
}
