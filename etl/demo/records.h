/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Credit records of a firm (penalties, lists, tax grades, awards), its relations and recusals, as
 * pure functions of the scene and the firm. Shares of firms: penalties about 4 %, abnormal list
 * about 3 % (more than half removed since), serious list 0.5 %, dishonest debtors 0.4 %.
 */
#ifndef HENG_ETL_DEMO_RECORDS_H
#define HENG_ETL_DEMO_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/demo/firm.h"
#include "etl/demo/scene.h"
#include "etl/demo/staff.h"

enum {
    RECORDS_PENALTY_CAP = 4,
    RECORDS_LISTING_CAP = 4,
    RECORDS_GRADE_CAP = 4,
    RECORDS_RELATION_CAP = 16,
    RECORDS_TEXT_SIZE = 64
};

struct records_penalty {
    char document_no[RECORDS_TEXT_SIZE];
    day decided_on;
    day publicity_until;
    day repaired_on;          /* DAY_NONE when it was not repaired */
    const char *penalty_kind; /* words of the source, here and below */
    const char *severity;
    const char *breach;
    const char *legal_basis;
    int64_t amount_yuan;
};

struct records_listing {
    char document_no[RECORDS_TEXT_SIZE];
    const char *list;
    const char *reason;
    day listed_on;
    day removed_on; /* DAY_NONE while listed */
};

struct records_grade {
    const char *grade;
    int year; /* the year that is graded */
    day graded_on;
};

struct records_award {
    const char *title;
    day awarded_on;
    day valid_until; /* DAY_LAST for one without end */
};

struct records_relation {
    uint64_t related_index;
    const char *relation_kind;
    day valid_from;
};

struct records_recusal {
    char inspector_id[STAFF_ID_SIZE];
    const char *reason;
};

size_t records_penalties(const struct scene *scene, const struct firm *firm,
                         struct records_penalty out[RECORDS_PENALTY_CAP]);
size_t records_listings(const struct scene *scene, const struct firm *firm,
                        struct records_listing out[RECORDS_LISTING_CAP]);
size_t records_grades(const struct scene *scene, const struct firm *firm,
                      struct records_grade out[RECORDS_GRADE_CAP]);
size_t records_relations(const struct scene *scene, const struct firm *firm,
                         struct records_relation out[RECORDS_RELATION_CAP]);

/* True when the firm has one. */
bool records_award(const struct scene *scene, const struct firm *firm, struct records_award *out);
bool records_recusal(const struct scene *scene, const struct firm *firm,
                     struct records_recusal *out);

#endif
