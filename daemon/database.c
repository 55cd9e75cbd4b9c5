/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/database.h"

#include "daemon/clock.h"
#include "etl/store/migrate.h"

static int utc_offset(const struct invocation *inv)
{
    return (int)inv->settings->values[SETTING_REGISTER_UTC_OFFSET_MINUTES].integer;
}

bool database_open_any(struct invocation *inv, int statement_seconds, struct db **out,
                       struct error *err)
{
    const char *dsn;
    return invocation_database(inv, &dsn, err) && db_open(dsn, statement_seconds, out, err);
}

bool database_open(struct invocation *inv, int statement_seconds, struct db **out,
                   struct error *err)
{
    if (!database_open_any(inv, statement_seconds, out, err))
        return false;
    if (migrate_require(*out, err))
        return true;
    db_close(*out);
    *out = NULL;
    return false;
}

const char *database_now(const struct invocation *inv, char *buffer)
{
    return clock_moment(clock_now_us(), utc_offset(inv), buffer);
}

const char *database_instant(const struct invocation *inv, char *buffer)
{
    return clock_instant(clock_now_us(), utc_offset(inv), buffer);
}

day database_today(const struct invocation *inv)
{
    return clock_day_of(clock_now_us(), utc_offset(inv));
}
