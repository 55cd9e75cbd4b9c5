/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and their sessions as rows. Passwords arrive hashed, session ids too. Transactions are
 * the caller's, who also appends to the audit chain and calls change_note(). */
#ifndef HENG_ETL_STORE_ACCOUNT_STORE_H
#define HENG_ETL_STORE_ACCOUNT_STORE_H

#include "etl/store/db.h"

enum {
    ACCOUNT_NAME_SIZE = 65, /* with the NUL; names have 1 to 64 bytes */
    ACCOUNT_ROLE_SIZE = 16,
    ACCOUNT_CODE_SIZE = 32,
    ACCOUNT_REGION_SIZE = 128,
    ACCOUNT_PASSWORD_HASH_SIZE = 128
};

struct account {
    int64_t account_id;
    char name[ACCOUNT_NAME_SIZE];
    char role[ACCOUNT_ROLE_SIZE];
    char region_code[ACCOUNT_CODE_SIZE];   /* "" = every district */
    char department_id[ACCOUNT_CODE_SIZE]; /* "" = every department */
    bool disabled;
    char password_hash[ACCOUNT_PASSWORD_HASH_SIZE];
};

/* *found is false, without an error, when there is none. */
ERROR_CHECKED bool account_fetch(struct db *db, const char *name, struct account *out, bool *found,
                                 struct error *err);

/* Uses every member but account_id, which it fills, and disabled. Conflict: the name is taken. */
ERROR_CHECKED bool account_insert(struct db *db, struct account *account, const char *now,
                                  struct error *err);

/* Both end every session of the account. Not found: no such name. */
ERROR_CHECKED bool account_set_password(struct db *db, const char *name, const char *password_hash,
                                        const char *now, struct error *err);
ERROR_CHECKED bool account_disable(struct db *db, const char *name, struct error *err);

/* What the district of an account is called on a day; out gets ACCOUNT_REGION_SIZE bytes, "" when
 * the code is not in the catalogue. */
ERROR_CHECKED bool account_region_name(struct db *db, const char *region_code, const char *today,
                                       char *out, struct error *err);

/* Columns as in etl/sql/account/list.sql. */
ERROR_CHECKED bool account_list(struct db *db, const char *now, struct db_rows **rows,
                                struct error *err);

/* The session of a hash (hex); moments are seconds since 1970-01-01 UTC. */
struct account_session {
    struct account account; /* without the password hash */
    int64_t expires_at;
    int64_t seen_at;
};

ERROR_CHECKED bool account_session_insert(struct db *db, const char *hash, int64_t account_id,
                                          const char *now, int64_t hours, int64_t *expires_at,
                                          struct error *err);
ERROR_CHECKED bool account_session_fetch(struct db *db, const char *hash, const char *now,
                                         int64_t idle_minutes, struct account_session *out,
                                         bool *found, struct error *err);
ERROR_CHECKED bool account_session_touch(struct db *db, const char *hash, const char *now,
                                         struct error *err);
ERROR_CHECKED bool account_session_close(struct db *db, const char *hash, struct error *err);

#endif
