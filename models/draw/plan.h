/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plan document (抽查计划): what is decided before any draw of it. Its bytes are hashed into
 * every commit. Read strictly; models/catalog/schema/draw_plan.schema.json describes it for
 * editors.
 *
 *   plan_format   "heng-draw-plan-1"
 *   plan          name of the plan, unique per authority
 *   authority     who draws
 *   title         {"zh", "en"}
 *   jurisdiction  entities of this prefix are the population
 *   alg           "sha256" or "sm3"
 *   strata        [{"class", "rate_ppm", "min", "max"}]: one per credit class
 *   quota         {"rule": "ceil" | "controlled" | "hamilton", "total"}
 *   population    {"licence_tag", "region_codes", "industry_sections", "visits_per_year_cap"}:
 *                 all optional; without any it is the whole register in business
 *   inspectors    {"per_visit", "reserves", "slack", "load_cap", "region_tiers", "speciality",
 *                 "departments"}; speciality "entity" = the entity's first licence tag, "none"
 *   beacon        {"source", "delay_s", "rule"}
 *   reveal_within_days  from the commit's as_of on
 */
#ifndef HENG_MODELS_DRAW_PLAN_H
#define HENG_MODELS_DRAW_PLAN_H

#include "models/core/arena.h"
#include "models/draw/beacon.h"
#include "models/draw/quota.h"

enum {
    PLAN_BYTES_CAP = 256 * 1024,
    PLAN_STRATA_CAP = 26,
    PLAN_LIST_CAP = 200,
    PLAN_NAME_CAP = 128,
    PLAN_DAYS_CAP = 3660,
    PLAN_DELAY_CAP_S = 366 * 86400
};

struct plan_list {
    const char *items[PLAN_LIST_CAP];
    size_t count; /* 0 = no limit */
};

struct plan {
    const char *name;
    const char *authority;
    const char *title_zh;
    const char *title_en;
    const char *jurisdiction;
    int alg; /* enum digest_alg */
    struct quota_stratum strata[PLAN_STRATA_CAP];
    size_t stratum_count;
    int quota_rule; /* enum quota_rule */
    int64_t quota_total;
    const char *licence_tag; /* "" = any */
    struct plan_list region_codes;
    struct plan_list industry_sections;
    int64_t visits_per_year_cap; /* 0 = none */
    int64_t per_visit;
    int64_t reserves;
    int64_t slack;
    int64_t load_cap;
    const char *region_tiers;
    bool speciality_of_entity;
    struct plan_list departments;
    int beacon_source; /* enum beacon_source */
    int64_t beacon_delay_s;
    const char *beacon_rule;
    int64_t reveal_within_days;
    unsigned char hash[DIGEST_SIZE]; /* by alg, of the document's bytes */
};

/* The plan and its texts live in the arena. subject names the document in errors. */
ERROR_CHECKED bool plan_read(const char *bytes, size_t size, const char *subject,
                             struct arena *arena, struct plan **out, struct error *err);

#endif
