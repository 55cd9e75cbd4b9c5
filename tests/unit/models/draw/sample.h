/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up draw, for tests of bundles. Include after cmocka.h. */
#ifndef HENG_TESTS_DRAW_SAMPLE_H
#define HENG_TESTS_DRAW_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "models/draw/verify.h"

enum { SAMPLE_ENTITIES = 300, SAMPLE_INSPECTORS = 24, SAMPLE_RECUSALS = 40 };

struct sample {
    struct draw_plan plan;
    struct frame_entity entities[SAMPLE_ENTITIES];
    struct roster_inspector inspectors[SAMPLE_INSPECTORS];
    struct roster_recusal recusals[SAMPLE_RECUSALS];
    struct quota_stratum strata[4];
    struct commit_exclusion exclusions[2];
    char entity_ids[SAMPLE_ENTITIES][24];
    char inspector_ids[SAMPLE_INSPECTORS][24];
};

static inline void sample_rows(struct sample *sample)
{
    static const char *const classes[] = {"A", "B", "C", "D"};
    static const char *const regions[] = {"500101", "500102", "500103", "500228"};
    static const char *const licences[] = {"", "food", "", "special-equipment"};
    for (int i = 0; i < SAMPLE_ENTITIES; i++) {
        snprintf(sample->entity_ids[i], sizeof sample->entity_ids[i], "TEST%014d", i);
        sample->entities[i] =
            (struct frame_entity){.id = text_of(sample->entity_ids[i]),
                                  .stratum = text_of(classes[i % 10 < 6 ? 0 : i % 10 - 6]),
                                  .region = text_of(regions[i % 17 % 4]),
                                  .licence = text_of(licences[i % 7 % 4])};
    }
    for (int i = 0; i < SAMPLE_INSPECTORS; i++) {
        snprintf(sample->inspector_ids[i], sizeof sample->inspector_ids[i], "officer-%03d", i);
        /* Nobody in the first district knows special equipment: its visits have to widen. */
        sample->inspectors[i] = (struct roster_inspector){
            .id = text_of(sample->inspector_ids[i]),
            .department = TEXT_LITERAL("市场监管"),
            .region = text_of(regions[i % 4]),
            .specialities = text_of(i % 4 == 0   ? "food"
                                    : i % 8 == 1 ? "special-equipment,food,food"
                                    : i % 3 == 0 ? "special-equipment"
                                                 : ""),
            .cap = i % 5 == 0 ? 6 : 0};
    }
    for (int i = 0; i < SAMPLE_RECUSALS; i++)
        sample->recusals[i] =
            (struct roster_recusal){.inspector = text_of(sample->inspector_ids[i * 5 % 23]),
                                    .entity = text_of(sample->entity_ids[i * 13 % 150])};
}

static inline void sample_init(struct sample *sample, enum digest_alg alg,
                               enum beacon_source source)
{
    sample_rows(sample);
    static const int64_t rates[] = {50000, 100000, 200000, 500000};
    static const char *const classes[] = {"D", "B", "A", "C"};
    static const size_t place[] = {3, 1, 0, 2};
    for (size_t i = 0; i < 4; i++)
        sample->strata[i] =
            (struct quota_stratum){.name = text_of(classes[i]), .rate_ppm = rates[place[i]]};
    sample->exclusions[0] =
        (struct commit_exclusion){.reason = TEXT_LITERAL("visited this year"), .count = 12};
    sample->exclusions[1] =
        (struct commit_exclusion){.reason = TEXT_LITERAL("deregistered"), .count = 3};
    sample->plan = (struct draw_plan){.commit = {.authority = TEXT_LITERAL("示例局"),
                                                 .number = 7,
                                                 .plan = TEXT_LITERAL("2026-food"),
                                                 .redraw_of = 6,
                                                 .redraw_reason = TEXT_LITERAL("beacon missed"),
                                                 .as_of = 20634,
                                                 .reveal_by = 20700,
                                                 .alg = (int)alg,
                                                 .quota_rule = QUOTA_CEIL,
                                                 .region_tiers = TEXT_LITERAL("6,4,0"),
                                                 .per_visit = 2,
                                                 .reserves = 2,
                                                 .slack = 1,
                                                 .load_cap = 20,
                                                 .beacon_source = (int)source,
                                                 .committed_at_s = 1782777600,
                                                 .beacon_delay_s = 3600,
                                                 .exclusions = sample->exclusions,
                                                 .exclusion_count = 2},
                                      .strata = sample->strata,
                                      .stratum_count = 4,
                                      .entities = sample->entities,
                                      .entity_count = SAMPLE_ENTITIES,
                                      .inspectors = sample->inspectors,
                                      .inspector_count = SAMPLE_INSPECTORS,
                                      .recusals = sample->recusals,
                                      .recusal_count = SAMPLE_RECUSALS};
    if (source == BEACON_DECLARED_TEXT)
        sample->plan.commit.beacon_rule = TEXT_LITERAL("the three lotteries of 2026-07-01");
    memset(sample->plan.commit.plan_hash, 0x11, DIGEST_SIZE);
    memset(sample->plan.commit.log_previous, 0x22, DIGEST_SIZE);
    memset(sample->plan.salt_key, 0x33, DIGEST_SIZE);
    memset(sample->plan.secret, 0x44, DIGEST_SIZE);
}

/* Takes the sample's draw to a state. */
static inline void sample_bundle(const struct sample *sample, struct text evidence,
                                 enum bundle_state state, struct arena *arena,
                                 struct bundle *bundle)
{
    struct error err = {.message = ""};
    struct docket docket;
    struct result result;
    unsigned char log_hash[DIGEST_SIZE];
    struct draw_seed seed = {.evidence = evidence};
    assert_true(draw_commit(&sample->plan, arena, bundle, log_hash, &err));
    memcpy(seed.secret, sample->plan.secret, DIGEST_SIZE);
    memcpy(seed.log_previous, log_hash, DIGEST_SIZE);
    if (state >= BUNDLE_DRAWN)
        assert_true(draw_run(bundle, &seed, arena, &docket, &result, log_hash, &err));
    if (state == BUNDLE_REVEALED)
        assert_true(draw_reveal(bundle, sample->plan.secret, log_hash, arena, log_hash, &err));
}

#endif
