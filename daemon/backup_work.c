/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/backup_work.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/interrupt.h"
#include "etl/store/audit_store.h"

enum { DETAIL_SIZE = 96 };

void backup_work_folder(const struct settings *settings, const char *data_dir, char *out)
{
    const char *chosen = settings_text(settings, SETTING_BACKUP_FOLDER);
    size_t size = data_dir && !chosen[0] ? strlen(data_dir) : 0;
    for (int parts = 0; parts < 2 && size > 0; parts++) {
        while (size > 0 && data_dir[size - 1] != '/')
            size--;
        size -= size > 0;
    }
    if (size > 0)
        snprintf(out, PLACE_PATH_SIZE, "%.*s/backup", (int)size, data_dir);
    else
        snprintf(out, PLACE_PATH_SIZE, "%s", chosen);
}

static bool record(struct db *db, const char *actor, const struct backup_made *made,
                   const char *now_utc, struct error *err)
{
    char detail[DETAIL_SIZE];
    snprintf(detail, sizeof detail, "%d tables, %" PRId64 " rows", made->manifest.table_count,
             manifest_rows(&made->manifest));
    const struct audit_event event = {.at = now_utc,
                                      .actor = actor,
                                      .action = "backup.make",
                                      .subject = made->name,
                                      .detail = detail,
                                      .request_id = ""};
    return audit_append_alone(db, &event, err);
}

bool backup_work_make(struct db *db, const struct backup_order *order, struct backup_watch *watch,
                      struct arena *arena, struct backup_made *out, struct error *err)
{
    struct shelf shelf;
    char now[CLOCK_UTC_SIZE];
    clock_utc(clock_now_us(), now);
    if (!order->folder[0])
        return error_set(err, ERROR_CONFIG, "backup.folder",
                         "must name a folder for backups of a server of your own, found nothing");
    const char *made_at = arena_copy(arena, now, strlen(now));
    if (!made_at)
        return arena_error(arena, err);
    if (!shelf_open(&shelf, order->folder, err))
        return false;
    bool good =
        shelf_make(&shelf, db, made_at, watch, arena, &out->manifest, out->name, err) &&
        record(db, order->actor, out, now, err) &&
        shelf_prune(&shelf, out->manifest.identity, order->keep, &out->kept, &out->removed, err);
    shelf_close(&shelf);
    return good;
}

bool backup_work_tell(void *context, enum backup_phase phase, const char *table, int64_t rows,
                      int64_t all, struct error *err)
{
    static const char *const names[] = {[BACKUP_COPYING] = "copied",
                                        [BACKUP_CHECKING] = "checked",
                                        [BACKUP_FILLING] = "restored",
                                        [BACKUP_COMPARING] = "compared"};
    struct backup_teller *teller = context;
    (void)table;
    if (teller->phase != (int)phase) {
        teller->phase = (int)phase;
        progress_start(teller->progress, names[phase], (uint64_t)all);
    }
    progress_step(teller->progress, (uint64_t)rows);
    return interrupt_check(err);
}
