/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/scope.h"
#include "daemon/secret.h"
#include "etl/store/account_store.h"
#include "etl/store/audit_store.h"
#include "etl/store/change.h"

struct wish {
    const char *role;
    const char *region;
    const char *department;
    bool password_stdin;
    const char *name;
};

struct verb {
    const char *name;
    bool needs_name;
    bool (*run)(struct invocation *inv, const struct wish *wish, struct db *db, struct error *err);
};

static bool note(struct db *db, const char *action, const char *name, const char *detail,
                 struct error *err)
{
    char at[CLOCK_UTC_SIZE];
    const struct audit_event event = {.at = clock_utc(clock_now_us(), at),
                                      .actor = "command",
                                      .action = action,
                                      .subject = name,
                                      .detail = detail,
                                      .request_id = ""};
    return audit_append(db, &event, err) && change_note(db, "account", err);
}

static bool finish(struct db *db, bool good, struct error *err)
{
    if (good && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

/* The first line of standard input. */
static bool read_password(char *out, size_t size, struct error *err)
{
    if (!fgets(out, (int)size, stdin))
        return error_set(err, ERROR_INPUT, "standard input", "expected a password, found nothing");
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

/* Hashes the password that was given, or a random one, which is then in out to be shown once. */
static bool make_password(const struct wish *wish, char *random, char *hash, struct error *err)
{
    char given[SECRET_PASSWORD_MAX + 2];
    random[0] = '\0';
    if (!wish->password_stdin)
        return secret_random_password(random, err) &&
               secret_password_hash(random, strlen(random), hash, err);
    bool good = read_password(given, sizeof given, err) &&
                secret_password_hash(given, strlen(given), hash, err);
    secret_forget(given, sizeof given);
    return good;
}

static bool check_name(const char *name, struct error *err)
{
    size_t size = strlen(name);
    bool printable = text_valid_utf8(text_of(name));
    for (const char *c = name; *c; c++)
        printable = printable && (unsigned char)*c > ' ' && *c != 0x7F;
    return (printable && size >= 1 && size < ACCOUNT_NAME_SIZE) ||
           error_set(err, ERROR_INPUT, name,
                     "a name has 1 to %d bytes of UTF-8 without blanks, found %zu",
                     ACCOUNT_NAME_SIZE - 1, size);
}

static bool check_wish(const struct wish *wish, struct error *err)
{
    enum role role;
    if (!wish->role)
        return error_set(
            err, ERROR_USAGE, "--role",
            "expected --role regulator|planner|leader|auditor|admin|feeder, found none");
    if (!role_find(text_of(wish->role), &role))
        return error_set(
            err, ERROR_USAGE, "--role",
            "expected regulator, planner, leader, auditor, admin or feeder, found \"%s\"",
            wish->role);
    if (strlen(wish->region) >= ACCOUNT_CODE_SIZE || strlen(wish->department) >= ACCOUNT_CODE_SIZE)
        return error_set(err, ERROR_LIMIT, wish->name, "a code has at most %d bytes",
                         ACCOUNT_CODE_SIZE - 1);
    return check_name(wish->name, err);
}

static void print_password(const struct invocation *inv, const char *name, const char *password)
{
    if (password[0])
        fprintf(inv->out,
                inv->chinese ? "%s 的密码（只显示这一次）：%s\n"
                             : "password of %s (shown this once): %s\n",
                name, password);
}

static bool add(struct invocation *inv, const struct wish *wish, struct db *db, struct error *err)
{
    char now[MOMENT_TEXT_SIZE];
    char password[SECRET_PASSWORD_RANDOM_SIZE];
    struct account account = {.account_id = 0};
    if (!check_wish(wish, err) || !make_password(wish, password, account.password_hash, err) ||
        !db_begin(db, err))
        return false;
    snprintf(account.name, sizeof account.name, "%s", wish->name);
    snprintf(account.role, sizeof account.role, "%s", wish->role);
    snprintf(account.region_code, sizeof account.region_code, "%s", wish->region);
    snprintf(account.department_id, sizeof account.department_id, "%s", wish->department);
    bool good = account_insert(db, &account, database_now(inv, now), err) &&
                note(db, "account.add", wish->name, wish->role, err);
    if (!finish(db, good, err))
        return false;
    print_password(inv, wish->name, password);
    return true;
}

static bool passwd(struct invocation *inv, const struct wish *wish, struct db *db,
                   struct error *err)
{
    char now[MOMENT_TEXT_SIZE];
    char password[SECRET_PASSWORD_RANDOM_SIZE];
    char hash[SECRET_PASSWORD_HASH_SIZE];
    if (!make_password(wish, password, hash, err) || !db_begin(db, err))
        return false;
    bool good = account_set_password(db, wish->name, hash, database_now(inv, now), err) &&
                note(db, "account.password", wish->name, "", err);
    if (!finish(db, good, err))
        return false;
    print_password(inv, wish->name, password);
    return true;
}

static bool disable(struct invocation *inv, const struct wish *wish, struct db *db,
                    struct error *err)
{
    (void)inv;
    if (!db_begin(db, err))
        return false;
    bool good =
        account_disable(db, wish->name, err) && note(db, "account.disable", wish->name, "", err);
    return finish(db, good, err);
}

static void print_row(const struct invocation *inv, const struct db_rows *rows, int row)
{
    bool off = db_bool(rows, row, 4);
    fprintf(inv->out, "%-24s %-10s %-12s %-12s %-9s %s\n", db_text(rows, row, 0),
            db_text(rows, row, 1), db_is_null(rows, row, 2) ? "-" : db_text(rows, row, 2),
            db_is_null(rows, row, 3) ? "-" : db_text(rows, row, 3), off ? "disabled" : "enabled",
            db_text(rows, row, 5));
}

static json_t *row_json(const struct db_rows *rows, int row)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:I}", "name", db_text(rows, row, 0), "role",
                     db_text(rows, row, 1), "region_code", db_text(rows, row, 2), "department_id",
                     db_text(rows, row, 3), "disabled", db_bool(rows, row, 4), "created_at",
                     db_text(rows, row, 5), "sessions", (json_int_t)db_integer(rows, row, 6));
}

static bool print_json(const struct invocation *inv, const struct db_rows *rows, struct error *err)
{
    json_t *list = json_array();
    for (int i = 0; i < db_rows_count(rows); i++)
        json_array_append_new(list, row_json(rows, i));
    bool good =
        list && json_dumpf(list, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(list);
    return good || error_set(err, ERROR_IO, "standard output", "cannot print the accounts");
}

static bool list(struct invocation *inv, const struct wish *wish, struct db *db, struct error *err)
{
    char now[MOMENT_TEXT_SIZE];
    struct db_rows *rows = NULL;
    bool good = true;
    (void)wish;
    if (!account_list(db, database_now(inv, now), &rows, err))
        return false;
    if (inv->json)
        good = print_json(inv, rows, err);
    for (int i = 0; !inv->json && i < db_rows_count(rows); i++)
        print_row(inv, rows, i);
    db_rows_free(rows);
    return good;
}

static const struct verb verbs[] = {
    {"add", true, add},
    {"passwd", true, passwd},
    {"disable", true, disable},
    {"list", false, list},
};

static bool run(struct invocation *inv, struct wish *wish, struct error *err)
{
    struct db *db = NULL;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        const struct verb *verb = &verbs[i];
        if (strcmp(verb->name, inv->argv[0]) != 0)
            continue;
        if (inv->argc != (verb->needs_name ? 2 : 1))
            return error_set(err, ERROR_USAGE, NULL, "heng user %s %s", verb->name,
                             verb->needs_name ? "needs one NAME" : "takes no name");
        wish->name = verb->needs_name ? inv->argv[1] : "";
        if (!database_open(inv, DB_READ_SECONDS, &db, err))
            return false;
        bool good = verb->run(inv, wish, db, err);
        db_close(db);
        return good;
    }
    return error_set(err, ERROR_USAGE, NULL, "expected add, passwd, disable or list, found \"%s\"",
                     inv->argv[0]);
}

bool cmd_user(struct invocation *inv, struct error *err)
{
    struct wish wish = {.region = "", .department = ""};
    const struct option_row rows[] = {
        {.name = "role",
         .argument = "ROLE",
         .type = OPTION_TEXT,
         .text = &wish.role,
         .help_zh = "角色：regulator、planner、leader、auditor、admin、feeder（报送数据的机器）",
         .help_en = "regulator, planner, leader, auditor, admin or feeder (a machine that "
                    "delivers records)"},
        {.name = "region",
         .argument = "CODE",
         .type = OPTION_TEXT,
         .text = &wish.region,
         .help_zh = "只能看到这个区县；默认不限",
         .help_en = "sees this district only; default: all"},
        {.name = "department",
         .argument = "ID",
         .type = OPTION_TEXT,
         .text = &wish.department,
         .help_zh = "只能看到这个部门；默认不限",
         .help_en = "sees this department only; default: all"},
        {.name = "password-stdin",
         .type = OPTION_FLAG,
         .flag = &wish.password_stdin,
         .help_zh = "从标准输入读密码；默认随机生成并显示一次",
         .help_en = "read the password from standard input; default: a random one, shown once"},
    };
    const struct option_form form = {OPTION_ROWS(rows), .usage = "add|passwd|disable|list [NAME]",
                                     .positional_min = 1, .positional_max = 2};
    return invocation_options(inv, &form, err) && run(inv, &wish, err);
}
