/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/cmd_alert.h"

enum { DECIMAL_SIZE = 32 };

struct word {
    const char *name;
    const char *zh;
};

static const char *word_of(const struct word *words, size_t count, const char *name, bool chinese)
{
    for (size_t i = 0; chinese && i < count; i++) {
        if (strcmp(words[i].name, name) == 0)
            return words[i].zh;
    }
    return name;
}

const char *cmd_alert_state(const char *state, bool chinese)
{
    static const struct word words[] = {
        {"none", "无"},         {"firing", "待确认"},      {"acknowledged", "已确认"},
        {"assigned", "已分派"}, {"in_progress", "处理中"}, {"resolved", "已处理"},
        {"closed", "已关闭"},
    };
    return word_of(words, sizeof words / sizeof words[0], state, chinese);
}

const char *cmd_alert_severity(const char *severity, bool chinese)
{
    static const struct word words[] = {
        {"minor", "轻微"}, {"general", "一般"}, {"serious", "严重"}};
    return word_of(words, sizeof words / sizeof words[0], severity, chinese);
}

const char *cmd_alert_zone(const char *moment)
{
    return moment + sizeof "YYYY-MM-DD HH:MM:SS" - 1;
}

bool cmd_alert_number(const struct invocation *inv, int64_t *alert_id, struct error *err)
{
    return (text_to_i64(text_of(inv->argv[0]), alert_id) && *alert_id > 0) ||
           error_set(err, ERROR_USAGE, NULL, "expected the number of an alert, found %s",
                     inv->argv[0]);
}

bool cmd_alert_print(const struct invocation *inv, json_t *value, struct error *err)
{
    if (!value)
        return error_memory(err);
    bool ok = json_dumpf(value, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(value);
    return ok || error_set(err, ERROR_IO, "standard output", "cannot print the alerts");
}

static json_t *text_json(const char *value)
{
    return value ? json_string(value) : json_null();
}

static json_t *day_json(day value)
{
    char text[DAY_TEXT_SIZE];
    return value == DAY_NONE ? json_null() : json_string(day_format(value, text));
}

bool cmd_alert_json(const struct alert *alert, json_t **out, struct error *err)
{
    json_t *labels;
    json_t *evidence;
    if (!json_read(alert->labels, strlen(alert->labels), "labels", &labels, err))
        return false;
    if (!json_read(alert->evidence, strlen(alert->evidence), "evidence", &evidence, err)) {
        json_decref(labels);
        return false;
    }
    *out = json_pack(
        "{s:I, s:s, s:s, s:o, s:s, s:b, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:o, "
        "s:o, s:s, s:s, s:s}",
        "alert", (json_int_t)alert->alert_id, "rule", alert->rule_id, "kind", alert->rule_kind,
        "labels", labels, "state", alert->state, "open", alert->open, "severity", alert->severity,
        "entity", text_json(alert->entity_code), "region_code", text_json(alert->region_code),
        "industry_section", text_json(alert->industry_section), "first_as_of",
        day_json(alert->first_as_of), "last_as_of", day_json(alert->last_as_of), "hits",
        (json_int_t)alert->hits, "evidence", evidence, "lapsed_as_of",
        day_json(alert->lapsed_as_of), "assignee", text_json(alert->assignee), "verdict",
        text_json(alert->verdict), "previous",
        alert->previous ? json_integer(alert->previous) : json_null(), "created_at",
        alert->created_at, "updated_at", alert->updated_at, "fingerprint", alert->fingerprint);
    return *out || error_memory(err);
}

/* Thousandths with one decimal place, as people read them. */
static const char *decimal(const json_t *milli, char buffer[DECIMAL_SIZE])
{
    int64_t tenths = (json_integer_value(milli) + 50) / 100;
    snprintf(buffer, DECIMAL_SIZE, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
    return buffer;
}

static const char *member(const json_t *evidence, const char *key)
{
    const char *value = json_string_value(json_object_get(evidence, key));
    return value ? value : "?";
}

static int64_t number(const json_t *evidence, const char *key)
{
    return json_integer_value(json_object_get(evidence, key));
}

static void write_surge(const json_t *evidence, bool chinese, char *buffer)
{
    char bound[DECIMAL_SIZE];
    snprintf(buffer, CMD_ALERT_FINDING_SIZE,
             chinese ? "%s 起一周投诉 %" PRId64 " 件，上限 %s"
                     : "week of %s: %" PRId64 " complaints, bound %s",
             member(evidence, "week"), number(evidence, "observed"),
             decimal(json_object_get(evidence, "bound_milli"), bound));
}

static void write_downgrade(const json_t *evidence, bool chinese, char *buffer)
{
    bool model = strcmp(member(evidence, "cause"), "model") == 0;
    const char *cause =
        chinese ? (model ? "模型变更" : "新记录") : (model ? "the model changed" : "new records");
    snprintf(buffer, CMD_ALERT_FINDING_SIZE,
             chinese ? "类别由 %s 降为 %s（%s）" : "class fell from %s to %s (%s)",
             member(evidence, "from_class"), member(evidence, "to_class"), cause);
}

static void write_overdue(const json_t *evidence, bool chinese, char *buffer)
{
    bool provisional = json_is_true(json_object_get(evidence, "provisional"));
    snprintf(buffer, CMD_ALERT_FINDING_SIZE,
             chinese ? "投诉 %s 于 %s 收到，%s 到期，逾期 %" PRId64 " 个工作日%s"
                     : "complaint %s received %s, due %s, %" PRId64 " working days over%s",
             member(evidence, "record_key"), member(evidence, "received_on"),
             member(evidence, "due_on"), number(evidence, "over_working_days"),
             !provisional ? ""
             : chinese    ? "（节假日安排未公布，暂计）"
                          : " (provisional: the calendar is not published yet)");
}

static void write_silence(const json_t *evidence, bool chinese, char *buffer)
{
    const char *last = json_string_value(json_object_get(evidence, "last_delivered_at"));
    snprintf(buffer, CMD_ALERT_FINDING_SIZE,
             chinese ? "数据源 %s 最近报送 %s，已 %" PRId64 " 分钟未报送，上限 %" PRId64 " 分钟"
                     : "source %s last delivered %s, silent for %" PRId64
                       " minutes, limit %" PRId64,
             member(evidence, "source"),
             last      ? last
             : chinese ? "从未"
                       : "never",
             number(evidence, "silent_minutes"), number(evidence, "limit_minutes"));
}

const char *cmd_alert_finding(const struct alert *alert, bool chinese, char *buffer)
{
    static const struct {
        enum rule_kind kind;
        void (*write)(const json_t *evidence, bool chinese, char *buffer);
    } writers[] = {
        {RULE_COUNT_SURGE, write_surge},
        {RULE_CLASS_DOWNGRADE, write_downgrade},
        {RULE_COMPLAINT_NOT_ACCEPTED, write_overdue},
        {RULE_SOURCE_SILENT, write_silence},
    };
    json_t *evidence;
    struct error err;
    buffer[0] = '\0';
    /* A sentence is a courtesy: evidence that cannot be read is shown as it is by `show`. */
    if (!json_read(alert->evidence, strlen(alert->evidence), "evidence", &evidence, &err))
        return buffer;
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        if (strcmp(rule_kind_name(writers[i].kind), alert->rule_kind) == 0)
            writers[i].write(evidence, chinese, buffer);
    }
    json_decref(evidence);
    return buffer;
}

void cmd_alert_line(const struct invocation *inv, const struct alert *alert)
{
    char finding[CMD_ALERT_FINDING_SIZE];
    char lapsed_on[DAY_TEXT_SIZE];
    fprintf(inv->out, "%6" PRId64 "  %s  %s  %s  ×%" PRId64 "  ", alert->alert_id,
            cmd_alert_severity(alert->severity, inv->chinese),
            cmd_alert_state(alert->state, inv->chinese), alert->rule_id, alert->hits);
    if (alert->region_code || alert->industry_section)
        fprintf(inv->out, "%s %s  ", alert->region_code ? alert->region_code : "-",
                alert->industry_section ? alert->industry_section : "-");
    if (alert->entity_code)
        fprintf(inv->out, "%s  ", alert->entity_code);
    fprintf(inv->out, "%s", cmd_alert_finding(alert, inv->chinese, finding));
    if (alert->lapsed_as_of != DAY_NONE)
        fprintf(inv->out, inv->chinese ? "；%s 起情形已消除" : "; no longer so as of %s",
                day_format(alert->lapsed_as_of, lapsed_on));
    fputc('\n', inv->out);
}
