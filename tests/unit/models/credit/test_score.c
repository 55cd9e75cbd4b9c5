/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values computed by hand, at the boundaries of the rules in the headers. */
#include "tests/unit/models/credit/small_model.h"

#define POINTS "\"points_milli\":{\"none\":10000,\"minor\":1000,\"general\":3333,\"serious\":50000}"
#define YEARS                                                                                      \
    "\"decay\":[{\"within\":{\"months\":12},\"ppm\":1000000},{\"within\":{\"months\":24},\"ppm\":" \
    "600000},{\"within\":{\"months\":36},\"ppm\":300000}]"
#define PENALTIES "\"kind\":\"events\",\"facts\":{\"kinds\":[\"administrative_penalty\"]}," POINTS

static int64_t penalty_score(const struct credit_model *model, const char *on, const char *as_of)
{
    return score_fact(model, fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, date(on)), date(as_of));
}

static void test_decay_steps_in_months(void **state)
{
    (void)state;
    struct credit_model *model = small_model("", "", WIDE, NAMED("p") PENALTIES "," YEARS "}");
    assert_int_equal(penalty_score(model, "2026-06-30", "2026-06-30"), 10000);
    assert_int_equal(penalty_score(model, "2025-06-30", "2026-06-30"), 10000);
    assert_int_equal(penalty_score(model, "2025-06-29", "2026-06-30"), 6000);
    assert_int_equal(penalty_score(model, "2024-06-30", "2026-06-30"), 6000);
    assert_int_equal(penalty_score(model, "2024-06-29", "2026-06-30"), 3000);
    assert_int_equal(penalty_score(model, "2023-06-30", "2026-06-30"), 3000);
    assert_int_equal(penalty_score(model, "2023-06-29", "2026-06-30"), 0);
    assert_int_equal(penalty_score(model, "2026-07-01", "2026-06-30"), 0);     /* not yet */
    assert_int_equal(penalty_score(model, "2023-02-28", "2024-02-29"), 10000); /* short February */
    assert_int_equal(penalty_score(model, "2023-02-27", "2024-02-29"), 6000);
}

static void test_windows_in_days_and_months(void **state)
{
    (void)state;
    struct credit_window days = {.days = 30};
    struct credit_window month = {.months = 1};
    struct credit_window none = {.days = 0};
    assert_int_equal(credit_window_start(days, date("2026-03-31")), date("2026-03-01"));
    assert_int_equal(credit_window_start(month, date("2026-03-31")), date("2026-02-28"));
    assert_int_equal(credit_window_start(month, date("2024-03-31")), date("2024-02-29"));
    assert_int_equal(credit_window_start(month, date("2026-01-15")), date("2025-12-15"));
    assert_int_equal(credit_window_start(none, date("2026-01-15")), DAY_FIRST);
    assert_int_equal(credit_window_start(month, date("0001-01-15")), DAY_FIRST);
    assert_int_equal(credit_window_start(days, date("0001-01-15")), DAY_FIRST);
    assert_int_equal(credit_window_start((struct credit_window){.months = 12}, date("0002-01-01")),
                     DAY_FIRST);
}

static void test_decay_rounds_towards_zero(void **state)
{
    (void)state;
    struct credit_model *model =
        small_model("", "", WIDE,
                    NAMED("p") "\"kind\":\"events\",\"facts\":{\"kinds\":[\"award\"]},\"points_"
                               "milli\":{\"none\":7,"
                               "\"minor\":-7,\"general\":0,\"serious\":1000000000},\"decay\":[{"
                               "\"within\":{\"days\":9},"
                               "\"ppm\":999999}]}");
    struct credit_fact fact = fact_on(CREDIT_KIND_AWARD, 1000);
    assert_int_equal(score_fact(model, fact, 1009), 6);
    assert_int_equal(score_fact(model, fact, 1010), 0);
    fact.severity = CREDIT_SEVERITY_MINOR;
    assert_int_equal(score_fact(model, fact, 1000), -6);
    fact.severity = CREDIT_SEVERITY_SERIOUS;
    assert_int_equal(score_fact(model, fact, 1000), 999999000);
}

static void test_ended_facts_leave_the_score(void **state)
{
    (void)state;
    struct credit_model *model = small_model("", "", WIDE, NAMED("p") PENALTIES "}");
    struct credit_fact fact = fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, 1000);
    fact.ends_on = 1500;
    fact.ends_by = CREDIT_END_REPAIRED;
    assert_int_equal(score_fact(model, fact, 1499), 10000);
    assert_int_equal(score_fact(model, fact, 1500), 0);
    assert_int_equal(score_fact(model, fact, 999), 0);
    fact.ends_on = DAY_NONE; /* without decay a fact counts as long as it lasts */
    assert_int_equal(score_fact(model, fact, 1000000), 10000);
}

static void test_limits_of_indicator_and_dimension(void **state)
{
    (void)state;
    struct credit_fact facts[4];
    for (int i = 0; i < 4; i++)
        facts[i] = fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, 1000);
    struct credit_model *model =
        small_model("", "", WIDE, NAMED("p") PENALTIES ",\"max_milli\":30000}");
    assert_int_equal(score_facts(model, facts, 2, 1000).score_milli, 20000);
    assert_int_equal(score_facts(model, facts, 3, 1000).score_milli, 30000);
    assert_int_equal(score_facts(model, facts, 4, 1000).score_milli, 30000);
    model = small_model("", "", "\"min_milli\":5000,\"max_milli\":25000", NAMED("p") PENALTIES "}");
    assert_int_equal(score_facts(model, facts, 0, 1000).dimension_milli[0], 5000);
    assert_int_equal(score_facts(model, facts, 1, 1000).dimension_milli[0], 10000);
    assert_int_equal(score_facts(model, facts, 4, 1000).dimension_milli[0], 25000);
}

static void test_class_limits_and_negative_points(void **state)
{
    (void)state;
    struct credit_model *model =
        small_model("", "", WIDE,
                    NAMED("p") "\"kind\":\"events\",\"facts\":{\"kinds\":[\"award\",\"judgment\"]},"
                               "\"points_milli\":{\"none\":100000,\"minor\":1,\"general\":-1,"
                               "\"serious\":-500000}}");
    struct credit_fact facts[3] = {fact_on(CREDIT_KIND_AWARD, 10),
                                   fact_on(CREDIT_KIND_JUDGMENT, 10),
                                   fact_on(CREDIT_KIND_AWARD, 10)};
    assert_int_equal(score_facts(model, facts, 1, 10).class_letter, 'B'); /* 100000 */
    facts[1].severity = CREDIT_SEVERITY_GENERAL;
    assert_int_equal(score_facts(model, facts, 2, 10).class_letter, 'A'); /* 99999 */
    facts[1].severity = CREDIT_SEVERITY_NONE;
    assert_int_equal(score_facts(model, facts, 2, 10).class_letter, 'C'); /* 200000 */
    assert_int_equal(score_facts(model, facts, 3, 10).class_letter, 'D');
    facts[1].severity = CREDIT_SEVERITY_SERIOUS;
    assert_int_equal(score_facts(model, facts, 2, 10).score_milli, -400000);
    assert_int_equal(score_facts(model, facts, 2, 10).class_letter, 'A');
}

static void test_count_and_amount_at_their_limits(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED(
            "c") "\"kind\":\"count\",\"facts\":{\"kinds\":[\"judgment\"]},\"within\":{\"days\":10},"
                 "\"bands\":[{\"below\":1,\"points_milli\":1},{\"below\":2,\"points_milli\":20},"
                 "{\"points_milli\":300}]}," NAMED(
                     "a") "\"kind\":\"amount\",\"facts\":{\"kinds\":["
                          "\"tax_arrears\"]},\"within\":{\"days\":10},\"bands\":[{\"below\":5000,"
                          "\"points_milli\":4000},{\"points_milli\":50000}]}");
    struct credit_fact facts[4] = {
        fact_on(CREDIT_KIND_JUDGMENT, 90), fact_on(CREDIT_KIND_JUDGMENT, 95),
        fact_on(CREDIT_KIND_TAX_ARREARS, 90), fact_on(CREDIT_KIND_TAX_ARREARS, 100)};
    facts[2].amount_fen = 4999;
    facts[3].amount_fen = 1;
    assert_int_equal(score_facts(model, facts, 0, 100).score_milli, 4001);
    assert_int_equal(score_facts(model, facts, 1, 100).score_milli, 4020);
    assert_int_equal(score_facts(model, facts, 2, 100).score_milli, 4300);
    assert_int_equal(score_facts(model, facts, 3, 100).score_milli, 4300);
    assert_int_equal(score_facts(model, facts, 4, 100).score_milli, 50300);
    assert_int_equal(score_facts(model, facts, 4, 101).score_milli, 4020); /* day 90 has left */
    facts[2].amount_fen = facts[3].amount_fen = CREDIT_AMOUNT_CAP;
    assert_int_equal(score_facts(model, facts, 4, 100).score_milli, 50300);
}

/* Prior 20 % with the weight of 4: none of one 160000, one of one 360000, both of two 466666. */
static void test_share_is_shrunk(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED(
            "s") "\"kind\":\"share\",\"facts\":{\"kinds\":[\"inspection\"],\"states\":[\"passed\","
                 "\"failed\"]},\"adverse\":[\"failed\"],\"prior\":{\"share_ppm\":200000,\"weight\":"
                 "4},"
                 "\"bands\":[{\"below\":160001,\"points_milli\":1},{\"below\":200001,\"points_"
                 "milli\":2},"
                 "{\"below\":360000,\"points_milli\":3},{\"below\":466666,\"points_milli\":4},"
                 "{\"points_milli\":5}]}");
    struct credit_fact facts[3] = {fact_on(CREDIT_KIND_INSPECTION, 10),
                                   fact_on(CREDIT_KIND_INSPECTION, 10),
                                   fact_on(CREDIT_KIND_INSPECTION, 10)};
    facts[0].state = CREDIT_STATE_PASSED;
    struct credit_result nothing = score_facts(model, facts, 0, 10);
    assert_int_equal(nothing.score_milli, 2);
    assert_int_equal(nothing.coverage_ppm, 0);
    assert_true(nothing.low_coverage);
    struct credit_result one = score_facts(model, facts, 1, 10);
    assert_int_equal(one.score_milli, 1);
    assert_int_equal(one.coverage_ppm, 1000000);
    assert_false(one.low_coverage);
    facts[0].state = facts[1].state = CREDIT_STATE_FAILED;
    assert_int_equal(score_facts(model, facts, 1, 10).score_milli, 4);
    assert_int_equal(score_facts(model, facts, 2, 10).score_milli, 5);
    facts[2].state = CREDIT_STATE_CLOSED; /* not one of the states: not in the denominator */
    assert_int_equal(score_facts(model, facts, 3, 10).score_milli, 5);
}

/* 30 and 90 days, 2 prior events: ratio = (90 r + 60) / (30 (e + 2)). */
static void test_growth_periods_do_not_overlap(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED("g") "\"kind\":\"growth\",\"facts\":{\"kinds\":[\"complaint\"]},\"recent_days\":30,"
                   "\"earlier_days\":90,\"prior_events\":2,\"bands\":[{\"below\":666667,\"points_"
                   "milli\":1},"
                   "{\"below\":1000000,\"points_milli\":2},{\"below\":1000001,\"points_milli\":3},"
                   "{\"below\":2500000,\"points_milli\":4},{\"points_milli\":5}]}");
    struct credit_fact fact = fact_on(CREDIT_KIND_COMPLAINT, 1000);
    assert_int_equal(score_facts(model, &fact, 0, 1000).score_milli, 3);
    assert_int_equal(score_fact(model, fact, 1000), 5); /* 150 / 60 */
    assert_int_equal(score_fact(model, fact, 1029), 5);
    assert_int_equal(score_fact(model, fact, 1030), 1); /* 60 / 90 = 666666 ppm */
    assert_int_equal(score_fact(model, fact, 1119), 1);
    assert_int_equal(score_fact(model, fact, 1120), 3);
    struct credit_fact both[2] = {fact, fact_on(CREDIT_KIND_COMPLAINT, 970)};
    assert_int_equal(score_facts(model, both, 2, 1000).score_milli, 4); /* 150 / 90 */
}

static void test_missing_attributes_are_neutral(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED("y") "\"kind\":\"attribute\",\"attribute\":\"age_years\",\"bands\":[{\"below\":1,"
                   "\"points_milli\":100},{\"points_milli\":200}],\"missing_milli\":7}," NAMED(
                       "t") "\"kind\":\"attribute\",\"attribute\":\"entity_type\",\"values\":[{"
                            "\"value\":"
                            "\"social\",\"points_milli\":1000}],\"other_milli\":3000,\"missing_"
                            "milli\":40}," NAMED(
                                "r") "\"kind\":\"risk\",\"bands\":[{\"below\":500000,\"points_"
                                     "milli\":10000},"
                                     "{\"points_milli\":20000}],\"missing_milli\":900}");
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_result result = score_with(model, &subject, NULL, 0, NULL, date("2026-06-30"));
    assert_int_equal(result.score_milli, 7 + 40 + 900);
    assert_int_equal(result.coverage_ppm, 0);
    subject.registered_on = date("2026-07-01"); /* after the day of the run */
    subject.entity_type = CREDIT_ENTITY_OTHER;
    result = score_with(model, &subject, NULL, 0, NULL, date("2026-06-30"));
    assert_int_equal(result.score_milli, 7 + 3000 + 900);
    assert_int_equal(result.coverage_ppm, 333333);
    assert_true(result.low_coverage);
    subject.registered_on = date("2025-07-01");
    subject.entity_type = CREDIT_ENTITY_SOCIAL;
    subject.risk_ppm = 499999;
    result = score_with(model, &subject, NULL, 0, NULL, date("2026-06-30"));
    assert_int_equal(result.score_milli, 100 + 1000 + 10000);
    assert_int_equal(result.coverage_ppm, 1000000);
    subject.registered_on = date("2025-06-30");
    subject.risk_ppm = 500000;
    result = score_with(model, &subject, NULL, 0, NULL, date("2026-06-30"));
    assert_int_equal(result.score_milli, 200 + 1000 + 20000);
}

static void test_tags_and_regions(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED(
            "l") "\"kind\":\"attribute\",\"attribute\":\"licence_tags\",\"values\":[{\"value\":"
                 "\"food\","
                 "\"points_milli\":1},{\"value\":\"drug\",\"points_milli\":10}],\"other_milli\":5,"
                 "\"missing_milli\":0}," NAMED("r") "\"kind\":\"attribute\",\"attribute\":\"region_"
                                                    "code\",\"values\":[{\"value\":"
                                                    "\"500103\",\"points_milli\":100},{\"value\":"
                                                    "\"500\",\"points_milli\":200}],"
                                                    "\"other_milli\":300,\"missing_milli\":400}");
    struct credit_subject subject = credit_subject_unknown(1);
    assert_int_equal(score_with(model, &subject, NULL, 0, NULL, 1).score_milli, 405);
    subject.licence_tags = 1u << CREDIT_LICENCE_FOOD | 1u << CREDIT_LICENCE_DRUG;
    memcpy(subject.region_code, "500103001002", 12);
    assert_int_equal(score_with(model, &subject, NULL, 0, NULL, 1).score_milli, 111);
    subject.licence_tags = 1u << CREDIT_LICENCE_PRICING;
    memcpy(subject.region_code, "500104\0\0\0\0\0\0", 12);
    assert_int_equal(score_with(model, &subject, NULL, 0, NULL, 1).score_milli, 205);
    memcpy(subject.region_code, "110000", 6);
    assert_int_equal(score_with(model, &subject, NULL, 0, NULL, 1).score_milli, 305);
}

static void test_latest_imported_grade_decides(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED("t") "\"kind\":\"imported\",\"grade_kind\":\"tax_grade\",\"within\":{\"days\":100},"
                   "\"grades\":"
                   "[{\"grade\":\"A\",\"points_milli\":1},{\"grade\":\"D\",\"points_milli\":4}],"
                   "\"missing_milli\":9}");
    struct credit_fact facts[2] = {fact_on(CREDIT_KIND_TAX_GRADE, 50),
                                   fact_on(CREDIT_KIND_TAX_GRADE, 60)};
    assert_true(credit_grade_set(&facts[0], text_of("A")));
    assert_true(credit_grade_set(&facts[1], text_of("D")));
    assert_int_equal(score_facts(model, facts, 2, 59).score_milli, 1);
    assert_int_equal(score_facts(model, facts, 2, 60).score_milli, 4);
    assert_int_equal(score_facts(model, facts, 2, 160).score_milli, 4);
    assert_int_equal(score_facts(model, facts, 2, 161).score_milli, 9);
    facts[1].ends_on = 70; /* annulled: the older one speaks again */
    assert_int_equal(score_facts(model, facts, 2, 70).score_milli, 1);
    assert_true(credit_grade_set(&facts[1], text_of("Z")));
    facts[1].ends_on = DAY_NONE;
    struct credit_result unknown = score_facts(model, facts, 2, 70);
    assert_int_equal(unknown.score_milli, 9);
    assert_int_equal(unknown.coverage_ppm, 0);
}

static void test_related_share(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        "", "", WIDE,
        NAMED("k") "\"kind\":\"related\",\"facts\":{\"kinds\":[\"serious_list\"]},\"statuses\":["
                   "\"revoked\"],"
                   "\"relations\":[\"shareholder\"],\"within\":{\"days\":10},\"prior\":{\"share_"
                   "ppm\":0,"
                   "\"weight\":1},\"bands\":[{\"below\":1,\"points_milli\":1},{\"below\":500000,"
                   "\"points_milli\":2},{\"points_milli\":3}]}");
    struct credit_plan plan;
    credit_plan_init(&plan, model, 100);
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_fact fact = fact_on(CREDIT_KIND_SERIOUS_LIST, 90);
    assert_int_equal(credit_related_bits(&plan, &subject, &fact, 1), 1);
    fact.occurred_on = 89;
    assert_int_equal(credit_related_bits(&plan, &subject, &fact, 1), 0);
    subject.status = CREDIT_STATUS_REVOKED;
    assert_int_equal(credit_related_bits(&plan, &subject, &fact, 1), 1);
    struct credit_related related = {.total = {0}};
    credit_related_add(model, &related, 1u << CREDIT_RELATION_SAME_PHONE, 1);
    assert_int_equal(related.total[0], 0);
    assert_int_equal(score_with(model, &subject, NULL, 0, &related, 100).coverage_ppm, 0);
    credit_related_add(model, &related, 1u << CREDIT_RELATION_SHAREHOLDER, 1);
    assert_int_equal(score_with(model, &subject, NULL, 0, &related, 100).score_milli, 3);
    credit_related_add(model, &related, 1u << CREDIT_RELATION_SHAREHOLDER, 0);
    assert_int_equal(score_with(model, &subject, NULL, 0, &related, 100).score_milli, 2);
    assert_int_equal(score_with(model, &subject, NULL, 0, NULL, 100).score_milli, 1);
}

#define RULE(id, effect, cause)                                                                    \
    "{\"id\":\"" id "\",\"title\":{\"zh\":\"规\",\"en\":\"rule\"},\"basis\":\"b\"," effect         \
    "," cause "}"
#define ON(kind) "\"facts\":{\"kinds\":[\"" kind "\"]}"

static void test_direct_floor_and_adjust_precedence(void **state)
{
    (void)state;
    struct credit_model *model =
        small_model(RULE("f0", "\"floor\":\"B\"", ON("judgment")) "," RULE(
                        "c1", "\"class\":\"C\"",
                        ON("award")) "," RULE("f2", "\"floor\":\"C\"",
                                              ON("no_penalty")) "," RULE("c3", "\"class\":\"B\"",
                                                                         ON("tax_arrears")),
                    RULE("u", "\"move\":\"up\"", ON("promise_kept")) "," RULE(
                        "d", "\"move\":\"down\"", ON("promise_broken")),
                    WIDE, NAMED("p") PENALTIES "}");
    struct credit_fact f0 = fact_on(CREDIT_KIND_JUDGMENT, 10);
    struct credit_fact c1 = fact_on(CREDIT_KIND_AWARD, 10);
    struct credit_fact f2 = fact_on(CREDIT_KIND_NO_PENALTY, 10);
    struct credit_fact c3 = fact_on(CREDIT_KIND_TAX_ARREARS, 10);
    struct credit_fact up = fact_on(CREDIT_KIND_PROMISE_KEPT, 10);
    struct credit_fact down = fact_on(CREDIT_KIND_PROMISE_BROKEN, 10);
    struct {
        struct credit_fact facts[4];
        size_t count;
        char letter;
        int direct;
        int floor;
        int adjust;
    } rows[] = {
        {{f0}, 1, 'B', -1, 0, 0},
        {{f0, f2}, 2, 'C', -1, 2, 0},
        {{f2, f0}, 2, 'C', -1, 2, 0},
        {{c3}, 1, 'B', 3, -1, 0},
        {{c3, c1}, 2, 'C', 1, -1, 0},         /* document order, not the order of facts */
        {{c3, f2}, 2, 'B', 3, -1, 0},         /* a floor does not touch a decided class */
        {{c3, down, down}, 3, 'B', 3, -1, 0}, /* nor does an adjustment */
        {{up}, 1, 'A', -1, -1, 0},            /* nothing is better than the best */
        {{down}, 1, 'B', -1, -1, 1},
        {{down, down}, 2, 'B', -1, -1, 1}, /* by one only */
        {{up, down}, 2, 'A', -1, -1, 0},
        {{f0, down}, 2, 'B', -1, -1, 1}, /* the floor has nothing left to do */
        {{f2, down}, 2, 'C', -1, 2, 1},
        {{f0, up}, 2, 'B', -1, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct credit_result result = score_facts(model, rows[i].facts, rows[i].count, 10);
        if (result.class_letter != rows[i].letter || result.direct_rule != rows[i].direct ||
            result.floor_rule != rows[i].floor || result.adjust != rows[i].adjust)
            fail_msg("row %zu: class %c, direct %d, floor %d, adjust %d", i, result.class_letter,
                     result.direct_rule, result.floor_rule, result.adjust);
        assert_int_equal(result.class_by_score, 'A');
    }
}

static void test_rules_by_status_count_and_window(void **state)
{
    (void)state;
    struct credit_model *model = small_model(
        RULE("s", "\"class\":\"D\"", "\"statuses\":[\"revoked\"]") "," RULE(
            "n", "\"floor\":\"C\"", ON("judgment") ",\"within\":{\"days\":5},\"count_min\":2"),
        "", WIDE, NAMED("p") PENALTIES "}");
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_fact facts[2] = {fact_on(CREDIT_KIND_JUDGMENT, 5),
                                   fact_on(CREDIT_KIND_JUDGMENT, 10)};
    assert_int_equal(score_with(model, &subject, facts, 2, NULL, 10).class_letter, 'C');
    assert_int_equal(score_with(model, &subject, facts, 2, NULL, 11).class_letter, 'A');
    assert_int_equal(score_with(model, &subject, facts, 1, NULL, 10).class_letter, 'A');
    subject.status = CREDIT_STATUS_REVOKED;
    assert_int_equal(score_with(model, &subject, facts, 2, NULL, 10).class_letter, 'D');
}

static void test_order_of_facts_does_not_matter(void **state)
{
    (void)state;
    static char text[CASE_FILE_SIZE];
    size_t size =
        read_source_file(SOURCE_DIR, "tests/unit/models/credit/models/valid_every_kind.json", text);
    struct credit_model *model = model_from(text, size);
    for (uint64_t seed = 0; seed < 500; seed++) {
        struct random_case c = random_case_of(seed);
        struct credit_plan plan;
        credit_plan_init(&plan, model, c.as_of);
        struct credit_input input = random_input(&c, &plan);
        struct credit_result first;
        struct credit_result second;
        credit_score(&plan, &input, &first);
        credit_fact_sort(c.facts, c.fact_count);
        credit_score(&plan, &input, &second);
        assert_memory_equal(&first, &second, sizeof first);
    }
}

static void hash_of(const struct credit_model *model, struct random_case *c, day as_of,
                    unsigned char out[DIGEST_SIZE])
{
    struct credit_plan plan;
    struct error err = {.kind = ERROR_NONE};
    credit_plan_init(&plan, model, as_of);
    struct credit_input input = random_input(c, &plan);
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert_true(credit_inputs_hash(&plan, &input, digest, out, &err));
    digest_free(digest);
}

static void test_inputs_hash_is_of_what_was_used(void **state)
{
    (void)state;
    struct credit_model *model = small_model("", "", WIDE, NAMED("p") PENALTIES "}");
    struct random_case c = {.as_of = 100, .subject = credit_subject_unknown(1), .fact_count = 3};
    unsigned char first[DIGEST_SIZE];
    unsigned char second[DIGEST_SIZE];
    c.facts[0] = fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, 10);
    c.facts[1] = fact_on(CREDIT_KIND_AWARD, 20); /* the model does not look at awards */
    c.facts[2] = fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, 200);
    hash_of(model, &c, 100, first);
    c.fact_count = 1;
    hash_of(model, &c, 100, second);
    assert_memory_equal(first, second, DIGEST_SIZE);
    c.facts[0].id++;
    hash_of(model, &c, 100, second);
    assert_memory_not_equal(first, second, DIGEST_SIZE);
    c.facts[0].id--;
    hash_of(model, &c, 101, second);
    assert_memory_not_equal(first, second, DIGEST_SIZE);
    c.subject.employees = 3;
    hash_of(model, &c, 100, second);
    assert_memory_not_equal(first, second, DIGEST_SIZE);
}

static void test_inputs_hash_refuses_another_order(void **state)
{
    (void)state;
    struct credit_model *model = small_model("", "", WIDE, NAMED("p") PENALTIES "}");
    struct credit_fact facts[2] = {fact_on(CREDIT_KIND_AWARD, 20), fact_on(CREDIT_KIND_AWARD, 10)};
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_input input = {.subject = &subject, .facts = facts, .fact_count = 2};
    struct credit_plan plan;
    struct error err = {.kind = ERROR_NONE};
    unsigned char hash[DIGEST_SIZE];
    credit_plan_init(&plan, model, 100);
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert_false(credit_inputs_hash(&plan, &input, digest, hash, &err));
    assert_non_null(strstr(err.message, "number 2 out of order"));
    digest_free(digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decay_steps_in_months),
        cmocka_unit_test(test_windows_in_days_and_months),
        cmocka_unit_test(test_decay_rounds_towards_zero),
        cmocka_unit_test(test_ended_facts_leave_the_score),
        cmocka_unit_test(test_limits_of_indicator_and_dimension),
        cmocka_unit_test(test_class_limits_and_negative_points),
        cmocka_unit_test(test_count_and_amount_at_their_limits),
        cmocka_unit_test(test_share_is_shrunk),
        cmocka_unit_test(test_growth_periods_do_not_overlap),
        cmocka_unit_test(test_missing_attributes_are_neutral),
        cmocka_unit_test(test_tags_and_regions),
        cmocka_unit_test(test_latest_imported_grade_decides),
        cmocka_unit_test(test_related_share),
        cmocka_unit_test(test_direct_floor_and_adjust_precedence),
        cmocka_unit_test(test_rules_by_status_count_and_window),
        cmocka_unit_test(test_order_of_facts_does_not_matter),
        cmocka_unit_test(test_inputs_hash_is_of_what_was_used),
        cmocka_unit_test(test_inputs_hash_refuses_another_order),
    };
    return cmocka_run_group_tests(tests, small_setup, small_teardown);
}
