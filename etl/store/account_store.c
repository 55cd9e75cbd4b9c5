/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/account_store.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_SIZE = 24 };

static void copy(char *out, size_t size, const struct db_rows *rows, int column)
{
    snprintf(out, size, "%s", db_text(rows, 0, column));
}

/* The first five columns of both statements that read accounts. */
static void read_account(const struct db_rows *rows, struct account *out)
{
    *out = (struct account){.account_id = db_integer(rows, 0, 0)};
    copy(out->name, sizeof out->name, rows, 1);
    copy(out->role, sizeof out->role, rows, 2);
    copy(out->region_code, sizeof out->region_code, rows, 3);
    copy(out->department_id, sizeof out->department_id, rows, 4);
}

bool account_fetch(struct db *db, const char *name, struct account *out, bool *found,
                   struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, "account/find.sql", &name, 1, 7, &rows, NULL, err))
        return false;
    *found = db_rows_count(rows) == 1;
    if (*found) {
        read_account(rows, out);
        out->disabled = db_bool(rows, 0, 5);
        copy(out->password_hash, sizeof out->password_hash, rows, 6);
    }
    db_rows_free(rows);
    return true;
}

static const char *or_null(const char *text)
{
    return text[0] ? text : NULL;
}

bool account_insert(struct db *db, struct account *account, const char *now, struct error *err)
{
    const char *parameters[] = {account->name,
                                account->role,
                                or_null(account->region_code),
                                or_null(account->department_id),
                                account->password_hash,
                                now};
    struct db_rows *rows = NULL;
    if (!db_run(db, "account/insert.sql", parameters, 6, 1, &rows, NULL, err))
        return false;
    bool inserted = db_rows_count(rows) == 1;
    if (inserted)
        account->account_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return inserted || error_set(err, ERROR_CONFLICT, account->name,
                                 "there is an account of this name already");
}

/* Changes one account, then ends its sessions. */
static bool change(struct db *db, const char *statement, const char *const *parameters, int count,
                   struct error *err)
{
    int64_t changed = 0;
    if (!db_run(db, statement, parameters, count, 0, NULL, &changed, err))
        return false;
    if (changed == 0)
        return error_set(err, ERROR_NOT_FOUND, parameters[0], "there is no account of this name");
    return db_run(db, "session/close_account.sql", parameters, 1, 0, NULL, NULL, err);
}

bool account_set_password(struct db *db, const char *name, const char *password_hash,
                          const char *now, struct error *err)
{
    const char *parameters[] = {name, password_hash, now};
    return change(db, "account/password.sql", parameters, 3, err);
}

bool account_disable(struct db *db, const char *name, struct error *err)
{
    return change(db, "account/disable.sql", &name, 1, err);
}

bool account_list(struct db *db, const char *now, struct db_rows **rows, struct error *err)
{
    return db_run(db, "account/list.sql", &now, 1, 7, rows, NULL, err);
}

bool account_session_insert(struct db *db, const char *hash, int64_t account_id, const char *now,
                            int64_t hours, int64_t *expires_at, struct error *err)
{
    char account[NUMBER_SIZE];
    char lifetime[NUMBER_SIZE];
    snprintf(account, sizeof account, "%" PRId64, account_id);
    snprintf(lifetime, sizeof lifetime, "%" PRId64, hours);
    const char *parameters[] = {hash, account, now, lifetime};
    struct db_rows *rows = NULL;
    if (!db_run(db, "session/purge.sql", &now, 1, 0, NULL, NULL, err) ||
        !db_run(db, "session/insert.sql", parameters, 4, 1, &rows, NULL, err))
        return false;
    *expires_at = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

bool account_session_fetch(struct db *db, const char *hash, const char *now, int64_t idle_minutes,
                           struct account_session *out, bool *found, struct error *err)
{
    char idle[NUMBER_SIZE];
    snprintf(idle, sizeof idle, "%" PRId64, idle_minutes);
    const char *parameters[] = {hash, now, idle};
    struct db_rows *rows = NULL;
    if (!db_run(db, "session/find.sql", parameters, 3, 7, &rows, NULL, err))
        return false;
    *found = db_rows_count(rows) == 1;
    if (*found) {
        read_account(rows, &out->account);
        out->expires_at = db_integer(rows, 0, 5);
        out->seen_at = db_integer(rows, 0, 6);
    }
    db_rows_free(rows);
    return true;
}

bool account_session_touch(struct db *db, const char *hash, const char *now, struct error *err)
{
    const char *parameters[] = {hash, now};
    return db_run(db, "session/touch.sql", parameters, 2, 0, NULL, NULL, err);
}

bool account_session_close(struct db *db, const char *hash, struct error *err)
{
    return db_run(db, "session/close.sql", &hash, 1, 0, NULL, NULL, err);
}

bool account_region_name(struct db *db, const char *region_code, const char *today, char *out,
                         struct error *err)
{
    const char *parameters[] = {region_code, today};
    struct db_rows *rows = NULL;
    if (!db_run(db, "account/region.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    snprintf(out, ACCOUNT_REGION_SIZE, "%s", db_rows_count(rows) > 0 ? db_text(rows, 0, 0) : "");
    db_rows_free(rows);
    return true;
}
