/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/backup.h"

enum { ROWS_PER_LOOK = 4096 };

static bool look(const struct backup_watch *watch, struct error *err)
{
    return !watch->progress || watch->progress(watch->context, watch->phase, watch->table,
                                               watch->rows, watch->all, err);
}

void backup_watch_phase(struct backup_watch *watch, enum backup_phase phase, int64_t all)
{
    watch->phase = phase;
    watch->rows = 0;
    watch->all = all;
}

bool backup_watch_table(struct backup_watch *watch, const char *table, struct error *err)
{
    watch->table = table;
    return look(watch, err);
}

bool backup_watch_row(struct backup_watch *watch, struct error *err)
{
    watch->rows++;
    return watch->rows % ROWS_PER_LOOK != 0 || look(watch, err);
}

bool backup_watch_rows(struct backup_watch *watch, int64_t rows, struct error *err)
{
    watch->rows += rows;
    return look(watch, err);
}
