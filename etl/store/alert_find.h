/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scan in progress and what it finds; used by the alert store only. Each kind of rule reads its
 * records into the work arena and calls alert_find() for each condition it meets.
 */
#ifndef HENG_ETL_STORE_ALERT_FIND_H
#define HENG_ETL_STORE_ALERT_FIND_H

#include "etl/store/alert_store.h"
#include "etl/store/alert_write.h"
#include "models/alert/fingerprint.h"
#include "models/core/json.h"

/* A source of complaints. */
struct alert_jurisdiction {
    const char *name;
    day first_on; /* of its first complaint */
};

struct alert_scan {
    struct db *db;
    const struct alert_request *request;
    struct alert_writer writer;
    struct arena work;             /* of the rule being applied */
    char moment[MOMENT_TEXT_SIZE]; /* at which the day of the scan is over */
    char as_of[DAY_TEXT_SIZE];     /* that day */
    struct alert_jurisdiction *jurisdictions;
    size_t jurisdiction_count;
    struct alert_rule_report *report; /* of the rule being applied */
    size_t rule_index;                /* of that rule */
};

struct alert_finding {
    const struct fingerprint_label *labels;
    size_t label_count;
    int64_t entity_id;       /* 0: none */
    const char *entity_code; /* these three NULL where there is none */
    const char *region_code;
    const char *industry_section;
    int64_t mark; /* how new the evidence is */
};

/* Tells the caller of the scan how far it is. */
ERROR_CHECKED bool alert_scan_progress(struct alert_scan *scan, struct error *err);

/* A new alert, another hit, or nothing new. Takes over evidence, the members that are particular to
 * the kind of rule (NULL: no memory); the common ones are added. */
ERROR_CHECKED bool alert_find(struct alert_scan *scan, const struct rule *rule,
                              const struct alert_finding *finding, json_t *evidence,
                              struct error *err);

/* One function per kind of rule. */
ERROR_CHECKED bool alert_scan_surge(struct alert_scan *scan, const struct rule *rule,
                                    struct error *err);
ERROR_CHECKED bool alert_scan_class(struct alert_scan *scan, const struct rule *rule,
                                    struct error *err);
ERROR_CHECKED bool alert_scan_deadline(struct alert_scan *scan, const struct rule *rule,
                                       struct error *err);

ERROR_CHECKED bool alert_scan_silence(struct alert_scan *scan, const struct rule *rule,
                                      struct error *err);

/* Room for one more item behind count in an array that lives in the arena and doubles. */
ERROR_CHECKED bool alert_find_room(struct arena *arena, void **items, size_t count, size_t *room,
                                   size_t size, struct error *err);

/* A copy of a text field, NULL for SQL NULL. */
ERROR_CHECKED bool alert_find_text(struct arena *arena, const struct db_field *field,
                                   const char **out, struct error *err);

/* A new text or, for DAY_NONE and NULL, a new null; NULL without memory. */
json_t *alert_find_day(day value);
json_t *alert_find_json(const char *value);

#endif
