/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/cmd_alert.h"
#include "daemon/database.h"
#include "daemon/work.h"

static const char *obstacle_text(enum alert_obstacle obstacle, bool chinese)
{
    static const char *const texts[ALERT_OBSTACLE_COUNT][2] = {
        [ALERT_APPLIED] = {"", ""},
        [ALERT_NOT_IN_FORCE] = {"not in force then", "当时未生效"},
        [ALERT_NO_RECORD] = {"no complaint of its jurisdiction is known", "辖区内没有已知投诉"},
        [ALERT_NO_RUN] = {"nothing was scored by then", "当时尚未评分"},
        [ALERT_NO_FEED] = {"no source of its jurisdiction says how often it delivers",
                           "辖区内没有声明报送频率的数据源"},
    };
    return texts[obstacle][chinese];
}

static void print_rule(const struct invocation *inv, const struct alert_rule_report *report)
{
    bool chinese = inv->chinese;
    fprintf(inv->out, "%-24s %s: ", report->rule->id,
            chinese ? report->rule->title_zh : report->rule->title_en);
    if (report->obstacle != ALERT_APPLIED) {
        fprintf(inv->out, "%s\n", obstacle_text(report->obstacle, chinese));
        return;
    }
    fprintf(inv->out,
            chinese ? "检查 %" PRId64 "，发现 %" PRId64 " = 新 %" PRId64 " + 再次 %" PRId64
                      " + 重开 %" PRId64 " + 已知 %" PRId64
                    : "judged %" PRId64 ", found %" PRId64 " = new %" PRId64 " + again %" PRId64
                      " + reopened %" PRId64 " + known %" PRId64,
            report->judged, report->found, report->created, report->repeated, report->reopened,
            report->known);
    if (report->too_short > 0)
        fprintf(inv->out, chinese ? "；历史不足 %" PRId64 : "; too little history %" PRId64,
                report->too_short);
    if (report->lapsed > 0)
        fprintf(inv->out, chinese ? "；情形已消除 %" PRId64 : "; no longer so %" PRId64,
                report->lapsed);
    fputc('\n', inv->out);
}

static json_t *rule_json(const struct alert_rule_report *report)
{
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "rule",
                     report->rule->id, "kind", rule_kind_name(report->rule->kind), "outcome",
                     alert_obstacle_name(report->obstacle), "judged", (json_int_t)report->judged,
                     "too_short", (json_int_t)report->too_short, "found", (json_int_t)report->found,
                     "created", (json_int_t)report->created, "repeated",
                     (json_int_t)report->repeated, "reopened", (json_int_t)report->reopened,
                     "known", (json_int_t)report->known, "lapsed", (json_int_t)report->lapsed);
}

static bool print_report(const struct invocation *inv, day as_of, const struct alert_report *report,
                         struct error *err)
{
    char text[DAY_TEXT_SIZE];
    json_t *rules = json_array();
    day_format(as_of, text);
    if (!inv->json)
        fprintf(inv->out, inv->chinese ? "截至 %s\n" : "as of %s\n", text);
    for (size_t i = 0; i < report->count; i++) {
        if (inv->json)
            json_array_append_new(rules, rule_json(&report->rules[i]));
        else
            print_rule(inv, &report->rules[i]);
    }
    if (inv->json)
        return cmd_alert_print(inv, json_pack("{s:s, s:o}", "as_of", text, "rules", rules), err);
    json_decref(rules);
    return true;
}

static bool scan(struct invocation *inv, const char *rules, day as_of, int weeks,
                 struct arena *arena, struct error *err)
{
    struct alert_request request;
    struct alert_report report;
    struct db *db = NULL;
    char now[MOMENT_TEXT_SIZE];
    if (as_of == DAY_NONE)
        as_of = database_today(inv);
    if (!work_scan(inv->settings, rules, as_of, arena, &request, err) ||
        !database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    request.weeks = weeks;
    request.now = database_now(inv, now);
    bool ok = alert_store_scan(db, &request, arena, &report, err);
    db_close(db);
    return ok && print_report(inv, as_of, &report, err);
}

bool cmd_alert_scan(struct invocation *inv, struct error *err)
{
    const char *rules = NULL;
    int64_t weeks = 1;
    day as_of = DAY_NONE;
    const struct option_row rows[] = {
        {.name = "as-of",
         .argument = "DAY",
         .type = OPTION_DAY,
         .day = &as_of,
         .help_zh = "只用截至该日已知的记录，默认今天",
         .help_en = "use only what was known by this day; default: today"},
        {.name = "rules",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &rules,
         .help_zh = "预警规则文件，默认用设置 register.alert_rules 的，再用随附的",
         .help_en = "alert rules document; default: that of register.alert_rules, else the one "
                    "shipped"},
        {.name = "weeks",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &weeks,
         .min = 1,
         .max = ALERT_WEEKS_CAP,
         .help_zh = "检查最近几个已结束的周，默认 1",
         .help_en = "judge this many of the last closed weeks; default 1"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = NULL};
    struct arena arena;
    if (!invocation_options(inv, &form, err))
        return false;
    arena_init(&arena, CMD_ALERT_ARENA_CAP);
    bool ok = scan(inv, rules, as_of, (int)weeks, &arena, err);
    arena_reset(&arena);
    return ok;
}
