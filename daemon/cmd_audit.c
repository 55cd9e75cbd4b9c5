/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "etl/store/audit_store.h"

/* "SEQUENCE:HASH", as `heng audit head` prints it. */
static bool read_head(const char *text, struct audit_check *check, struct error *err)
{
    const char *colon = strchr(text, ':');
    int64_t sequence = 0;
    unsigned char hash[DIGEST_SIZE];
    if (!colon || !text_to_i64((struct text){text, (size_t)(colon - text)}, &sequence) ||
        sequence < 1 || !text_unhex(text_of(colon + 1), hash, sizeof hash))
        return error_set(err, ERROR_USAGE, "--head", "expected SEQUENCE:HASH, found \"%s\"", text);
    audit_check_expect(check, sequence, hash);
    return true;
}

static bool verify(struct invocation *inv, const char *head, struct db *db, struct error *err)
{
    struct audit_check check;
    audit_check_init(&check);
    if ((head && !read_head(head, &check, err)) || !audit_verify(db, &check, err))
        return false;
    fprintf(inv->out, inv->chinese ? "完整：%" PRId64 " 条\n" : "valid: %" PRId64 " entries\n",
            check.sequence);
    return true;
}

static bool print_head(struct invocation *inv, struct db *db, struct error *err)
{
    int64_t sequence = 0;
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    if (!audit_head(db, &sequence, hash, err))
        return false;
    text_hex(hash, sizeof hash, hex);
    fprintf(inv->out, "%" PRId64 ":%s\n", sequence, hex);
    return true;
}

static bool run(struct invocation *inv, const char *head, struct error *err)
{
    struct db *db = NULL;
    bool is_verify = strcmp(inv->argv[0], "verify") == 0;
    if (!is_verify && strcmp(inv->argv[0], "head") != 0)
        return error_set(err, ERROR_USAGE, NULL, "expected verify or head, found \"%s\"",
                         inv->argv[0]);
    if (!database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    bool good = is_verify ? verify(inv, head, db, err) : print_head(inv, db, err);
    db_close(db);
    return good;
}

bool cmd_audit(struct invocation *inv, struct error *err)
{
    const char *head = NULL;
    const struct option_row rows[] = {
        {.name = "head",
         .argument = "SEQUENCE:HASH",
         .type = OPTION_TEXT,
         .text = &head,
         .help_zh = "先前用 heng audit head 导出的链头，用来发现截断",
         .help_en = "a head that heng audit head printed earlier, to find truncation"},
    };
    const struct option_form form = {OPTION_ROWS(rows), .usage = "verify|head", .positional_min = 1,
                                     .positional_max = 1};
    return invocation_options(inv, &form, err) && run(inv, head, err);
}
