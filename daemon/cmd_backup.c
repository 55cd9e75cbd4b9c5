/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cmd_backup.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "daemon/backup_work.h"
#include "daemon/command.h"
#include "daemon/database.h"

static const char DEFAULT_WORK[] = "/var/tmp"; /* for what is large and may be lost (FHS 3.0) */

/* The document with a newline; takes it over. */
static bool print_json(struct invocation *inv, json_t *document, struct error *err)
{
    bool good = document && json_dumpf(document, inv->out, JSON_INDENT(2)) == 0 &&
                fputc('\n', inv->out) != EOF;
    bool whole = document != NULL;
    json_decref(document);
    return good || (whole ? error_set(err, ERROR_IO, "standard output", "cannot print the report")
                          : error_memory(err));
}

static bool print_made(struct invocation *inv, const char *folder, const struct backup_made *made,
                       struct error *err)
{
    const struct manifest *manifest = &made->manifest;
    int64_t rows = manifest_rows(manifest);
    if (inv->json)
        return print_json(inv,
                          json_pack("{s:s, s:s, s:s, s:i, s:I, s:i, s:i}", "folder", folder, "name",
                                    made->name, "made_at", manifest->made_at, "tables",
                                    manifest->table_count, "rows", (json_int_t)rows, "kept",
                                    made->kept, "removed", made->removed),
                          err);
    fprintf(inv->out,
            inv->chinese
                ? "%s/%s：%d 张表，%" PRId64 " 行，已读回核对；保留 %d 份，删除 %d 份\n"
                  "其中有未揭示抽取的秘密和口令散列：请像数据库一样保管\n"
                : "%s/%s: %d tables, %" PRId64
                  " rows, read back and verified; %d kept, %d removed\n"
                  "it holds secrets of draws not revealed yet and hashes of passwords: keep it as "
                  "private as the database\n",
            folder, made->name, manifest->table_count, rows, made->kept, made->removed);
    return true;
}

static bool make(struct invocation *inv, const char *out, struct error *err)
{
    struct backup_teller teller = {inv->progress, -1};
    struct backup_watch watch = {.progress = backup_work_tell, .context = &teller};
    struct backup_made made = {.kept = 0};
    struct arena arena;
    struct db *db = NULL;
    char folder[PLACE_PATH_SIZE];
    if (!database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    backup_work_folder(inv->settings, cluster_data_dir(inv->cluster), folder);
    /* Where somebody puts one by hand, nothing is removed. */
    const struct backup_order order = {
        .folder = out ? out : folder,
        .actor = "command",
        .keep = out ? 0 : settings_integer(inv->settings, SETTING_BACKUP_KEEP)};
    arena_init(&arena, BACKUP_WORK_ARENA);
    bool good = backup_work_make(db, &order, &watch, &arena, &made, err);
    db_close(db);
    progress_break(inv->progress);
    good = good && print_made(inv, order.folder, &made, err);
    arena_reset(&arena);
    return good;
}

static bool print_checked(struct invocation *inv, const struct manifest *manifest,
                          struct error *err)
{
    int64_t rows = manifest_rows(manifest);
    if (inv->json)
        return print_json(inv,
                          json_pack("{s:b, s:s, s:s, s:s, s:s, s:i, s:i, s:I, s:s}", "whole", 1,
                                    "made_at", manifest->made_at, "program", manifest->program,
                                    "server", manifest->server, "database", manifest->database,
                                    "schema", manifest_version(manifest), "tables",
                                    manifest->table_count, "rows", (json_int_t)rows, "audit_head",
                                    manifest->audit_head),
                          err);
    fprintf(inv->out,
            inv->chinese ? "完好：%s 由 heng %s 制作，结构版本 %d，%d 张表，%" PRId64
                           " 行\n审计链头 %s\n"
                         : "whole: made %s by heng %s, schema version %d, %d tables, %" PRId64
                           " rows\naudit head %s\n",
            manifest->made_at, manifest->program, manifest_version(manifest), manifest->table_count,
            rows, manifest->audit_head);
    return true;
}

static bool verify(struct invocation *inv, const char *folder, struct error *err)
{
    struct backup_teller teller = {inv->progress, -1};
    struct backup_watch watch = {.progress = backup_work_tell, .context = &teller};
    struct manifest manifest;
    struct arena arena;
    arena_init(&arena, BACKUP_WORK_ARENA);
    bool good = backup_check(folder, &watch, &arena, &manifest, err);
    progress_break(inv->progress);
    good = good && print_checked(inv, &manifest, err);
    arena_reset(&arena);
    return good;
}

bool cmd_backup_print(struct invocation *inv, const struct backup_restored *restored,
                      const char *said_zh, const char *said_en, struct error *err)
{
    if (inv->json)
        return print_json(inv,
                          json_pack("{s:I, s:i, s:i, s:I, s:I, s:s}", "rows",
                                    (json_int_t)restored->rows, "schema", restored->version,
                                    "migrated", restored->migrated, "audit_entries",
                                    (json_int_t)restored->entries, "alert_steps",
                                    (json_int_t)restored->steps, "flaw", restored->flaw),
                          err);
    fprintf(inv->out,
            inv->chinese ? "%s：%" PRId64 " 行，每张表的行数与校验和一致；结构版本 %d，其后应用 %d "
                           "个迁移；审计 %" PRId64 " 条、预警 %" PRId64 " 步%s%s\n"
                         : "%s: %" PRId64 " rows, count and checksum of every table as in the "
                           "backup; schema version %d, %d migrations applied on top; %" PRId64
                           " audit entries, %" PRId64 " alert steps%s%s\n",
            inv->chinese ? said_zh : said_en, restored->rows, restored->version, restored->migrated,
            restored->entries, restored->steps,
            !restored->flaw[0] ? (inv->chinese ? "，链完整" : ", chains valid")
                               : (inv->chinese ? "，但链已损坏：" : ", BUT A CHAIN IS BROKEN: "),
            restored->flaw);
    return true;
}

static bool run(struct invocation *inv, const char *out, const char *work, struct error *err)
{
    if (inv->argc == 0)
        return work ? error_set(err, ERROR_USAGE, "--work", "belongs to rehearse only")
                    : make(inv, out, err);
    bool rehearse = strcmp(inv->argv[0], "rehearse") == 0;
    if ((!rehearse && strcmp(inv->argv[0], "verify") != 0) || inv->argc != 2)
        return error_set(err, ERROR_USAGE, NULL,
                         "expected nothing, \"verify DIR\" or \"rehearse DIR\", found \"%s%s\"",
                         inv->argv[0], inv->argc == 2 ? " …" : "");
    if (out)
        return error_set(err, ERROR_USAGE, "--out", "belongs to making a backup only");
    if (!rehearse && work)
        return error_set(err, ERROR_USAGE, "--work", "belongs to rehearse only");
    return rehearse ? cmd_backup_rehearse(inv, inv->argv[1], work ? work : DEFAULT_WORK, err)
                    : verify(inv, inv->argv[1], err);
}

bool cmd_backup(struct invocation *inv, struct error *err)
{
    const char *out = NULL;
    const char *work = NULL;
    const struct option_row rows[] = {
        {.name = "out",
         .argument = "DIR",
         .type = OPTION_TEXT,
         .text = &out,
         .help_zh = "存放备份的目录，代替 backup.folder；其中的旧备份一概不删",
         .help_en = "make it in this folder instead of backup.folder, and remove no old one there"},
        {.name = "work",
         .argument = "DIR",
         .type = OPTION_TEXT,
         .text = &work,
         .help_zh = "演练用的临时数据库建在此目录下（默认 /var/tmp）",
         .help_en = "rehearse: make the throw-away database below this folder (default /var/tmp)"},
    };
    const struct option_form form = {OPTION_ROWS(rows), .usage = "[verify DIR|rehearse DIR]",
                                     .positional_max = 2};
    return invocation_options(inv, &form, err) && run(inv, out, work, err);
}
