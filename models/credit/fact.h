/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a credit model is applied to: dated facts about a subject, the subject itself, and the
 * vocabularies (fact kinds, states, severities …) with their names in documents and in words.
 *
 * A fact counts on a day D when occurred_on <= D and it has not ended: ends_on is the first day on
 * which it no longer counts (end of publicity, repair, annulment, removal), so a fact with
 * ends_on == D does not count on D. The caller passes only what was known by D.
 *
 * Money is in fen. Unknown is DAY_NONE, CREDIT_UNKNOWN, 0 in an enumeration, or "" in a text.
 * Index 0 of each vocabulary means none or unknown. Nothing here owns memory.
 */
#ifndef HENG_MODELS_CREDIT_FACT_H
#define HENG_MODELS_CREDIT_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/day.h"
#include "models/core/error.h"
#include "models/core/text.h"

enum credit_kind {
    CREDIT_KIND_NONE,
    CREDIT_KIND_INSPECTION,
    CREDIT_KIND_COMPLAINT,
    CREDIT_KIND_JUDGMENT,
    CREDIT_KIND_DISHONEST_DEBTOR,
    CREDIT_KIND_ADMINISTRATIVE_PENALTY,
    CREDIT_KIND_NO_PENALTY,
    CREDIT_KIND_ADMINISTRATIVE_COERCION,
    CREDIT_KIND_ABNORMAL_LIST,
    CREDIT_KIND_SERIOUS_LIST,
    CREDIT_KIND_TAX_GRADE,
    CREDIT_KIND_TAX_ARREARS,
    CREDIT_KIND_WAGE_ARREARS,
    CREDIT_KIND_PROMISE_BROKEN,
    CREDIT_KIND_PROMISE_KEPT,
    CREDIT_KIND_CONTRACT_BREACH,
    CREDIT_KIND_IP_INFRINGEMENT,
    CREDIT_KIND_AWARD,
    CREDIT_KIND_IMPORTED_GRADE,
    CREDIT_KIND_COUNT
};

/* Outcomes of inspections and of complaints; credit records have none. */
enum credit_state {
    CREDIT_STATE_NONE,
    CREDIT_STATE_PASSED,
    CREDIT_STATE_CORRECTED,
    CREDIT_STATE_FAILED,
    CREDIT_STATE_NOT_FOUND,
    CREDIT_STATE_REFUSED,
    CREDIT_STATE_NO_ACTIVITY,
    CREDIT_STATE_CLOSED,
    CREDIT_STATE_UNRECORDED,
    CREDIT_STATE_UPHELD,
    CREDIT_STATE_NOT_UPHELD,
    CREDIT_STATE_MEDIATED,
    CREDIT_STATE_WITHDRAWN,
    CREDIT_STATE_DUPLICATE,
    CREDIT_STATE_PENDING,
    CREDIT_STATE_COUNT
};

enum credit_severity {
    CREDIT_SEVERITY_NONE,
    CREDIT_SEVERITY_MINOR,
    CREDIT_SEVERITY_GENERAL,
    CREDIT_SEVERITY_SERIOUS,
    CREDIT_SEVERITY_COUNT
};

/* Why a fact ends on ends_on; used in explanations only. */
enum credit_end {
    CREDIT_END_NONE,
    CREDIT_END_PUBLICITY,
    CREDIT_END_REPAIRED,
    CREDIT_END_ANNULLED,
    CREDIT_END_REMOVED,
    CREDIT_END_COUNT
};

enum credit_entity_type {
    CREDIT_ENTITY_UNKNOWN,
    CREDIT_ENTITY_ENTERPRISE,
    CREDIT_ENTITY_INDIVIDUAL,
    CREDIT_ENTITY_COOPERATIVE,
    CREDIT_ENTITY_GOVERNMENT,
    CREDIT_ENTITY_INSTITUTION,
    CREDIT_ENTITY_SOCIAL,
    CREDIT_ENTITY_OTHER,
    CREDIT_ENTITY_COUNT
};

enum credit_status {
    CREDIT_STATUS_UNKNOWN,
    CREDIT_STATUS_ACTIVE,
    CREDIT_STATUS_SUSPENDED,
    CREDIT_STATUS_DEREGISTERED,
    CREDIT_STATUS_REVOKED,
    CREDIT_STATUS_MOVED_OUT,
    CREDIT_STATUS_COUNT
};

/* Bits of credit_subject.licence_tags: 1u << CREDIT_LICENCE_FOOD … */
enum credit_licence {
    CREDIT_LICENCE_NONE,
    CREDIT_LICENCE_FOOD,
    CREDIT_LICENCE_DRUG,
    CREDIT_LICENCE_SPECIAL_EQUIPMENT,
    CREDIT_LICENCE_PRODUCT_QUALITY,
    CREDIT_LICENCE_ADVERTISING,
    CREDIT_LICENCE_PRICING,
    CREDIT_LICENCE_COUNT
};

enum credit_relation {
    CREDIT_RELATION_NONE,
    CREDIT_RELATION_LEGAL_REPRESENTATIVE,
    CREDIT_RELATION_SHAREHOLDER,
    CREDIT_RELATION_BRANCH,
    CREDIT_RELATION_SAME_ADDRESS,
    CREDIT_RELATION_SAME_PHONE,
    CREDIT_RELATION_LOCATED_AT,
    CREDIT_RELATION_COUNT
};

/* CREDIT_AMOUNT_CAP * CREDIT_FACTS_CAP fits an int64_t, so that no sum of amounts overflows. */
#define CREDIT_UNKNOWN (-1)
#define CREDIT_AMOUNT_CAP INT64_C(8000000000000) /* fen of one fact: 80 thousand million yuan */
enum { CREDIT_FACTS_CAP = 1 << 20, CREDIT_GRADE_SIZE = 4, CREDIT_REGION_SIZE = 12 };

struct credit_fact {
    uint64_t id;        /* the caller's; shown in explanations */
    int64_t amount_fen; /* 0 when there is none */
    day occurred_on;
    day ends_on;
    uint8_t kind;
    uint8_t state;
    uint8_t severity;
    uint8_t ends_by;
    char grade[CREDIT_GRADE_SIZE]; /* UTF-8, zero-padded: "A", "AAA", "优" */
};

struct credit_subject {
    int64_t entity_id;
    int64_t capital_fen;
    day registered_on;
    int32_t employees;
    int32_t risk_ppm; /* a stored prediction of the risk model, valid on the day of the run */
    uint8_t entity_type;
    uint8_t status;
    uint8_t industry_section;  /* 'A' to 'T' */
    uint8_t industry_division; /* 1 to 97 */
    uint32_t licence_tags;
    char region_code[CREDIT_REGION_SIZE]; /* zero-padded, the first 12 bytes of a longer one */
};

_Static_assert(sizeof(struct credit_fact) <= 32, "the snapshot promises 32 bytes per event");
_Static_assert(sizeof(struct credit_subject) <= 96, "the snapshot promises 96 bytes per entity");
_Static_assert(CREDIT_AMOUNT_CAP <= INT64_MAX / CREDIT_FACTS_CAP, "a sum of amounts fits");

/* A subject of which nothing is known but its id. */
struct credit_subject credit_subject_unknown(int64_t entity_id);

/* Grades are at most CREDIT_GRADE_SIZE bytes: false for a longer or empty one. */
bool credit_grade_set(struct credit_fact *fact, struct text grade);

/* Whether the values lie in their vocabularies and limits; an error names the field. */
ERROR_CHECKED bool credit_fact_check(const struct credit_fact *fact, struct error *err);
ERROR_CHECKED bool credit_subject_check(const struct credit_subject *subject, struct error *err);

bool credit_fact_counts(const struct credit_fact *fact, day as_of);

/* The canonical order: occurred_on, kind, id, then the other fields. */
int credit_fact_compare(const struct credit_fact *a, const struct credit_fact *b);
void credit_fact_sort(struct credit_fact *facts, size_t count);

enum credit_vocabulary {
    CREDIT_KINDS,
    CREDIT_STATES,
    CREDIT_SEVERITIES,
    CREDIT_ENDS,
    CREDIT_ENTITY_TYPES,
    CREDIT_STATUSES,
    CREDIT_LICENCES,
    CREDIT_RELATIONS,
    CREDIT_VOCABULARY_COUNT
};

struct credit_word {
    const char *name; /* in documents, SQL and JSON */
    const char *zh;
    const char *en;
};

unsigned credit_word_count(enum credit_vocabulary vocabulary);
const struct credit_word *credit_word_of(enum credit_vocabulary vocabulary, unsigned index);

/* False when the vocabulary has no such name. */
bool credit_word_find(enum credit_vocabulary vocabulary, struct text name, unsigned *out);

/* The states that facts of this kind can have, as bits 1u << state. */
uint32_t credit_kind_states(enum credit_kind kind);

#endif
