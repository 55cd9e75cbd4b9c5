/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/alert_lapse.h"

#include <stdlib.h>

static bool store(struct alert_scan *scan, const struct alert_link *link, struct error *err)
{
    char number[ALERT_NUMBER_SIZE];
    const char *parameters[] = {alert_write_number(link->alert_id, number), scan->as_of,
                                scan->writer.at};
    scan->report->lapsed++;
    return db_run(scan->db, "alert/lapse.sql", parameters, 3, 0, NULL, NULL, err) &&
           alert_write_link(&scan->writer, link, err);
}

static bool take_step(struct alert_scan *scan, const struct rule *rule,
                      const struct alert_lapsing *lapsing, const char *evidence, struct error *err)
{
    struct alert_link link = {.alert_id = lapsing->alert_id,
                              .fingerprint = lapsing->fingerprint,
                              .rule_id = rule->id,
                              .event = LIFE_LAPSE,
                              .actor = ALERT_SYSTEM,
                              .evidence = evidence,
                              .as_of = scan->request->as_of};
    const struct life_step step = {.event = LIFE_LAPSE, .actor = LIFE_SYSTEM};
    if (!life_state_of(text_of(lapsing->state), &link.from))
        return error_set(err, ERROR_CHECK, "alert", "alert %lld is in no known state: \"%.40s\"",
                         (long long)link.alert_id, lapsing->state);
    return life_apply(link.from, &step, &link.to, err) && store(scan, &link, err);
}

bool alert_lapse(struct alert_scan *scan, const struct rule *rule,
                 const struct alert_lapsing *lapsing, json_t *evidence, struct error *err)
{
    char *text = evidence ? json_dumps(evidence, JSON_COMPACT) : NULL;
    json_decref(evidence);
    bool ok = text ? take_step(scan, rule, lapsing, text, err) : error_memory(err);
    free(text);
    return ok;
}
