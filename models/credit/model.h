/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A credit model: a document that says which class an entity has. The engine knows no indicator
 * by name; a new model is a new document. The reader is strict: an unknown member, a wrong type or
 * a number out of bounds is refused with its place. models/catalog/schema/credit_model.schema.json
 * describes the same form for editors.
 *
 * score = base + the dimensions; a dimension = its base + its indicators, held between its min and
 * max; an indicator is held between its own min and max where it has them. All in milli-points.
 *
 * The model lives in the reader's arena and is read-only afterwards: threads may share it.
 */
#ifndef HENG_MODELS_CREDIT_MODEL_H
#define HENG_MODELS_CREDIT_MODEL_H

#include "models/core/digest.h"
#include "models/credit/indicator.h"
#include "models/credit/rule.h"

#define CREDIT_MODEL_FORMAT "heng-credit-model-1"

enum {
    CREDIT_DIMENSIONS_CAP = 8,
    CREDIT_COUNTERS_CAP = 64, /* a set of counters is one 64-bit word */
    CREDIT_MODEL_BYTES_CAP = 1024 * 1024,
};

struct credit_dimension {
    const char *id;
    struct credit_title title;
    int64_t base_milli;
    int64_t min_milli;
    int64_t max_milli;
    uint8_t first_indicator;
    uint8_t indicator_count;
};

/* What a counter counts for. */
struct credit_owner {
    const struct credit_condition *facts;
    uint8_t index; /* of the indicator or rule */
    bool is_rule;
    bool is_adverse; /* the second counter of a share: its facts are in the first one as well */
};

struct credit_model {
    const char *scheme;
    const char *version;
    const char *jurisdiction;
    struct credit_title title;
    struct credit_title authority;
    int64_t base_milli;
    struct credit_bands bands; /* points_milli holds the rank of the class */
    struct credit_dimension dimensions[CREDIT_DIMENSIONS_CAP];
    struct credit_indicator indicators[CREDIT_INDICATORS_CAP]; /* dimension after dimension */
    struct credit_rule rules[CREDIT_RULES_CAP]; /* direct, then adjust; document order */
    struct credit_owner owners[CREDIT_COUNTERS_CAP];
    uint64_t counters_of[CREDIT_CELLS]; /* the counters that admit facts of this cell */
    day valid_from;
    int32_t low_coverage_ppm;
    uint32_t graded_kinds;                /* kinds that imported indicators read grades from */
    uint8_t related_of[CREDIT_CELLS];     /* the related indicators that admit facts of this cell */
    uint8_t related[CREDIT_RELATED_CAP];  /* indicator of each related indicator */
    unsigned char hash[DIGEST_SIZE];      /* SHA-256 of the document's bytes */
    char classes[CREDIT_CLASSES_CAP + 1]; /* best first */
    bool example;                         /* its weights are ours and not an authority's */
    uint8_t dimension_count;
    uint8_t indicator_count;
    uint8_t direct_count;
    uint8_t rule_count;
    uint8_t counter_count;
    uint8_t related_count;
    uint8_t may_miss_count; /* indicators that data can be missing for */
};

/* subject names the document in errors. *out lives in the arena. */
ERROR_CHECKED bool credit_model_read(const char *bytes, size_t size, const char *subject,
                                     struct arena *arena, struct credit_model **out,
                                     struct error *err);

/* The rank of the class that the bands give this score. */
unsigned credit_model_rank(const struct credit_model *model, int64_t score_milli);

/* Which outcomes of inspections the model judges and which of them it counts as adverse, as bits
 * 1u << state: those of its first share over inspections of any severity. False without one. */
bool credit_model_inspections(const struct credit_model *model, uint32_t *judged,
                              uint32_t *adverse);

#endif
