/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "daemon/backup_work.h"
#include "daemon/clock.h"
#include "daemon/cmd_backup.h"
#include "daemon/command.h"
#include "daemon/database.h"

enum { WAY_OUT_SIZE = 640 };

/* What to do about a database that is not empty. */
static const char *way_out(const struct invocation *inv, char *out)
{
    const char *data_dir = cluster_data_dir(inv->cluster);
    if (data_dir)
        snprintf(out, WAY_OUT_SIZE,
                 "stop heng serve, move %.500s out of the way (keep it until all is well) and "
                 "restore again",
                 data_dir);
    else
        snprintf(out, WAY_OUT_SIZE,
                 "make a new database (CREATE DATABASE … ENCODING 'UTF8'), name it in database.dsn "
                 "and restore again");
    return out;
}

/* The embedded database lies on a disk that can be looked at. */
static bool check_room(const struct invocation *inv, const char *folder, struct arena *arena,
                       struct error *err)
{
    const char *data_dir = cluster_data_dir(inv->cluster);
    struct manifest manifest;
    bool good = manifest_fetch(folder, arena, &manifest, err) &&
                (!data_dir ||
                 place_check_free(data_dir, manifest.database_bytes + manifest.database_bytes / 4,
                                  "the restore", err));
    arena_reset(arena);
    return good;
}

static bool restore(struct invocation *inv, const char *folder, bool broken_chain,
                    struct arena *arena, struct backup_restored *out, struct error *err)
{
    struct backup_teller teller = {inv->progress, -1};
    struct backup_watch watch = {.progress = backup_work_tell, .context = &teller};
    char now[CLOCK_UTC_SIZE];
    char way[WAY_OUT_SIZE];
    struct db *db = NULL;
    if (!database_open_any(inv, DB_JOB_SECONDS, &db, err))
        return false;
    const struct backup_wish wish = {.folder = folder,
                                     .actor = "command",
                                     .now_utc = clock_utc(clock_now_us(), now),
                                     .way_out = way_out(inv, way),
                                     .broken_chain = broken_chain};
    bool good =
        check_room(inv, folder, arena, err) && backup_restore(db, &wish, &watch, arena, out, err);
    db_close(db);
    progress_break(inv->progress);
    return good;
}

bool cmd_restore(struct invocation *inv, struct error *err)
{
    bool broken_chain = false;
    const struct option_row rows[] = {
        {.name = "broken-chain",
         .type = OPTION_FLAG,
         .flag = &broken_chain,
         .help_zh = "备份时审计链或预警链已损坏的，也照样恢复",
         .help_en = "restore also when the chain of audit or alerts was broken before the backup"},
    };
    const struct option_form form = {OPTION_ROWS(rows), .usage = "DIR", .positional_min = 1,
                                     .positional_max = 1};
    struct backup_restored restored;
    struct arena arena;
    if (!invocation_options(inv, &form, err))
        return false;
    arena_init(&arena, BACKUP_WORK_ARENA);
    bool good = restore(inv, inv->argv[0], broken_chain, &arena, &restored, err) &&
                cmd_backup_print(inv, &restored, "已恢复，所有会话已失效",
                                 "restored, and nobody is logged in", err);
    arena_reset(&arena);
    return good;
}
