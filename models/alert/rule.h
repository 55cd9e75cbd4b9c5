/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Alert rules as dated data: a "heng-alert-rules-1" document (models/catalog/alert/, schema in
 * models/catalog/schema/alert_rules.schema.json) lists rules, each of one kind with the parameters
 * of that kind. A rule is chosen by jurisdiction and by the day of the event: two versions of a
 * rule carry the same id with validity that does not overlap.
 *
 * Everything lives in the arena. Thresholds marked `example` are ours, not an authority's.
 */
#ifndef HENG_MODELS_ALERT_RULE_H
#define HENG_MODELS_ALERT_RULE_H

#include "models/alert/detector.h"
#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum {
    RULE_CAP = 256,
    RULE_ID_CAP = 60,
    RULE_LIMIT_CAP_DAYS = 1000,
    RULE_CLASS_STEPS_CAP = 9,
    RULE_FACTOR_CAP_PERCENT = 10000
};

enum rule_kind {
    RULE_COUNT_SURGE,            /* a weekly count of complaints above its detector's bound */
    RULE_CLASS_DOWNGRADE,        /* an entity fell by at least min_steps classes */
    RULE_COMPLAINT_NOT_ACCEPTED, /* neither accepted nor refused within the limit */
    RULE_SOURCE_SILENT,          /* a source delivers less often than it says */
    RULE_KIND_COUNT
};

enum rule_severity { RULE_MINOR, RULE_GENERAL, RULE_SERIOUS, RULE_SEVERITY_COUNT };

/* What a count surge is counted by; bits. None = one series of everything. */
enum rule_group { RULE_BY_REGION = 1, RULE_BY_INDUSTRY_SECTION = 2 };

struct rule_count_surge {
    const struct detector *detector;
    int64_t alpha_ppm;
    int64_t min_sigma_milli;
    int64_t min_count;
    int hold_back_days;
    unsigned group_by; /* of enum rule_group */
};

struct rule_class_downgrade {
    int min_steps;
};

struct rule_complaint_not_accepted {
    int limit_working_days;
};

struct rule_source_silent {
    int factor_percent; /* of the interval that the source states, at least 100 */
};

struct rule {
    const char *id; /* a-z, 0-9 and _ */
    const char *title_zh;
    const char *title_en;
    enum rule_kind kind;
    enum rule_severity severity;
    const char *jurisdiction; /* "" = everywhere */
    day valid_from;
    day valid_to;            /* the last day; DAY_LAST = in force */
    const char *legal_basis; /* "" = none */
    bool example;
    union {
        struct rule_count_surge count_surge;
        struct rule_class_downgrade class_downgrade;
        struct rule_complaint_not_accepted complaint_not_accepted;
        struct rule_source_silent source_silent;
    } parameters;
};

struct rule_list {
    struct rule *rules;
    size_t count;
};

ERROR_CHECKED bool rule_read(const char *bytes, size_t size, const char *subject,
                             struct arena *arena, struct rule_list *out, struct error *err);

/* A rule of "CN" is for records of "CN" and of "CN-50", not of "CNX". */
bool rule_covers(const struct rule *rule, struct text jurisdiction);

/* The day lies in the rule's validity. */
bool rule_in_force(const struct rule *rule, day on);

const char *rule_kind_name(enum rule_kind kind);
const char *rule_severity_name(enum rule_severity severity);
bool rule_severity_of(struct text name, enum rule_severity *out);

#endif
