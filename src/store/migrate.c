/* A database of version 1 under a program that knows 3 steps: BEGIN; steps[1]; steps[2]; user_version = 3; COMMIT. A crash
 * in between leaves version 1. Another process may have been faster, so the version is read again inside the
 * transaction. */
#include "store/sql.h"

#include "base/str.h"

static bool set_number(Store *s, const char *name, int value, Err *err)
{
    Buf b = {0};
    buf_addf(&b, "PRAGMA %s = %d", name, value);
    bool ok = sql_script(s, b.s, err);
    buf_release(&b);
    return ok;
}

static int version_of(Store *s, Err *err)
{
    return (int)sql_number(s, err, "PRAGMA user_version", SQL_NONE);
}

static bool check_version(Store *s, int version, int known, Err *err)
{
    if (version < 0)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is damaged: it says that its version is %d; use a copy of it", s->path, version);
    if (version <= known) return true;
    return err_set(err, DAU_CONFIG,
                   "'%s' was written by a newer dau (database version %d, this one knows %d); use that one",
                   s->path, version, known);
}

bool sql_migrate(Store *s, const char *const *steps, int n, Err *err)
{
    int version = version_of(s, err);
    if (err_is(err) || !check_version(s, version, n, err)) return false;
    if (version == n) return true;
    if (!store_begin(s, err)) return false;
    version = version_of(s, err);
    check_version(s, version, n, err);
    for (int i = version; i < n && !err_is(err); i++) sql_script(s, steps[i], err);
    set_number(s, "application_id", SQL_APPLICATION_ID, err);
    set_number(s, "user_version", n, err);
    if (err_is(err)) {
        if (err->code == DAU_INTERNAL) err->code = DAU_BAD_INPUT; /* it is of no version that ever was */
        err_prefix(err, "'%s' is damaged; it cannot be brought up to date", s->path);
        store_rollback(s);
        return false;
    }
    return store_commit(s, err);
}
