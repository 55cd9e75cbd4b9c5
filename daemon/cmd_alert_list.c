/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/cmd_alert.h"
#include "daemon/database.h"

enum { LIMIT_DEFAULT = 1000 };

static bool print_json(const struct invocation *inv, const struct alert_list *list,
                       struct error *err)
{
    json_t *alerts = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *object;
        if (!cmd_alert_json(&list->rows[i], &object, err)) {
            json_decref(alerts);
            return false;
        }
        json_array_append_new(alerts, object);
    }
    return cmd_alert_print(inv, json_pack("{s:o, s:b}", "alerts", alerts, "more", list->more), err);
}

static bool print_list(const struct invocation *inv, const struct alert_list *list,
                       struct error *err)
{
    if (inv->json)
        return print_json(inv, list, err);
    for (size_t i = 0; i < list->count; i++)
        cmd_alert_line(inv, &list->rows[i]);
    if (list->more)
        fprintf(inv->out,
                inv->chinese ? "只列出前 %zu 条，见 --limit\n"
                             : "only the first %zu are listed, see --limit\n",
                list->count);
    else if (list->count == 0)
        fprintf(inv->out, inv->chinese ? "没有预警\n" : "no alerts\n");
    return true;
}

static bool list(struct invocation *inv, struct alert_filter *filter, struct arena *arena,
                 struct error *err)
{
    struct alert_list alerts;
    struct db *db = NULL;
    char now[MOMENT_TEXT_SIZE];
    if (!database_open(inv, DB_READ_SECONDS, &db, err))
        return false;
    filter->utc_offset = cmd_alert_zone(database_now(inv, now));
    bool ok = alert_store_list(db, filter, arena, &alerts, err);
    db_close(db);
    return ok && print_list(inv, &alerts, err);
}

bool cmd_alert_list(struct invocation *inv, struct error *err)
{
    struct alert_filter filter = {.limit = LIMIT_DEFAULT};
    bool all = false;
    const struct option_row rows[] = {
        {.name = "all",
         .type = OPTION_FLAG,
         .flag = &all,
         .help_zh = "也列出已处理和已关闭的",
         .help_en = "also those that are resolved or closed"},
        {.name = "state",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &filter.state,
         .help_zh = "firing、acknowledged、assigned、in_progress、resolved 或 closed",
         .help_en = "firing, acknowledged, assigned, in_progress, resolved or closed"},
        {.name = "rule",
         .argument = "ID",
         .type = OPTION_TEXT,
         .text = &filter.rule_id,
         .help_zh = "只列该规则的",
         .help_en = "only those of this rule"},
        {.name = "region",
         .argument = "CODE",
         .type = OPTION_TEXT,
         .text = &filter.region_code,
         .help_zh = "只列该区划的",
         .help_en = "only those of this region"},
        {.name = "severity",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &filter.severity,
         .help_zh = "minor、general 或 serious",
         .help_en = "minor, general or serious"},
        {.name = "limit",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &filter.limit,
         .min = 1,
         .max = ALERT_LIST_CAP,
         .help_zh = "最多列出几条，默认 1000",
         .help_en = "list at most so many; default 1000"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = NULL};
    struct arena arena;
    if (!invocation_options(inv, &form, err))
        return false;
    filter.only_open = !all && !filter.state;
    arena_init(&arena, CMD_ALERT_ARENA_CAP);
    bool ok = list(inv, &filter, &arena, err);
    arena_reset(&arena);
    return ok;
}
