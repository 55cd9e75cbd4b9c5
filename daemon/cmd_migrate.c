/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/command.h"
#include "daemon/database.h"
#include "etl/store/migrate.h"

bool cmd_migrate(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.count = 0};
    char now[MOMENT_TEXT_SIZE];
    struct migrate_state state;
    struct db *db = NULL;
    int applied = 0;
    if (!invocation_options(inv, &form, err) || !database_open_any(inv, DB_JOB_SECONDS, &db, err))
        return false;
    bool ok =
        migrate_run(db, database_now(inv, now), &applied, err) && migrate_fetch(db, &state, err);
    db_close(db);
    if (!ok)
        return false;
    if (inv->json)
        fprintf(inv->out, "{\"applied\": %d, \"version\": %d}\n", applied, state.current);
    else
        fprintf(inv->out,
                inv->chinese ? "结构版本 %d，本次应用 %d 个迁移\n"
                             : "schema version %d, %d migrations applied\n",
                state.current, applied);
    return true;
}
