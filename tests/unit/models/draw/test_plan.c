/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/draw/plan.h"
#include "models/models.h"

#define FOLDER SOURCE_DIR "/tests/unit/models/draw/plans/"

enum { FILE_CAP = 8192, ARENA_CAP = 1024 * 1024 };

static struct arena arena;
static char document[FILE_CAP];
static char changed[2 * FILE_CAP];

static int set_up(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, ARENA_CAP);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static size_t read_file(const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof path, FOLDER "%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(document, 1, sizeof document - 1, file);
    (void)fclose(file);
    document[size] = '\0';
    return size;
}

static struct plan *plan_from(const char *bytes, size_t size)
{
    struct plan *plan = NULL;
    struct error err = {.kind = ERROR_NONE};
    if (!plan_read(bytes, size, "test", &arena, &plan, &err))
        fail_msg("%s: %s", err.subject, err.message);
    return plan;
}

static bool refused(const char *bytes, size_t size, struct error *err)
{
    struct plan *plan = NULL;
    *err = (struct error){.kind = ERROR_NONE};
    return !plan_read(bytes, size, "test", &arena, &plan, err);
}

static void test_the_shipped_example(void **state)
{
    (void)state;
    const struct catalog_document *shipped = catalog_find("draw/demo_plan.json");
    assert_non_null(shipped);
    const struct plan *plan = plan_from(shipped->data, shipped->size);
    assert_int_equal(plan->stratum_count, 4);
    assert_int_equal(plan->quota_rule, QUOTA_CEIL);
    assert_int_equal(plan->per_visit, 2);
    assert_true(plan->speciality_of_entity);
    assert_int_equal(plan->beacon_source, BEACON_REHEARSAL);
    unsigned char hash[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, shipped->data, shipped->size, hash);
    assert_memory_equal(hash, plan->hash, DIGEST_SIZE);
}

static void check_head(const struct plan *plan)
{
    assert_string_equal(plan->name, "计划-2026-07");
    assert_string_equal(plan->authority, "office");
    assert_string_equal(plan->title_zh, "各类成员");
    assert_string_equal(plan->title_en, "every member");
    assert_string_equal(plan->jurisdiction, "CN-50");
    assert_int_equal(plan->alg, DIGEST_SM3);
    assert_int_equal(plan->reveal_within_days, 92);
    assert_int_equal(plan->stratum_count, 2);
    assert_true(text_equal(plan->strata[0].name, TEXT_LITERAL("D")));
    assert_int_equal(plan->strata[0].rate_ppm, 1000000);
    assert_int_equal(plan->strata[0].min, 1);
    assert_int_equal(plan->strata[0].max, 0);
    assert_int_equal(plan->strata[1].max, 5);
}

static void test_every_member_is_read(void **state)
{
    (void)state;
    size_t size = read_file("valid_every_member.json");
    const struct plan *plan = plan_from(document, size);
    check_head(plan);
    assert_string_equal(plan->licence_tag, "food");
    assert_int_equal(plan->region_codes.count, 2);
    assert_string_equal(plan->region_codes.items[1], "500157");
    assert_string_equal(plan->industry_sections.items[0], "C");
    assert_int_equal(plan->visits_per_year_cap, 2);
    assert_int_equal(plan->reserves, 2);
    assert_int_equal(plan->slack, 1);
    assert_int_equal(plan->load_cap, 40);
    assert_string_equal(plan->region_tiers, "6,2,0");
    assert_string_equal(plan->departments.items[1], "执法{一}科");
    assert_int_equal(plan->beacon_source, BEACON_DECLARED_TEXT);
    assert_int_equal(plan->beacon_delay_s, 86400);
    assert_int_equal(strncmp(plan->beacon_rule, "the first draw", 14), 0);
    unsigned char hash[DIGEST_SIZE];
    digest_of(DIGEST_SM3, document, size, hash);
    assert_memory_equal(hash, plan->hash, DIGEST_SIZE);
}

static void test_what_is_left_out_is_empty(void **state)
{
    (void)state;
    static const char *const files[] = {"valid_minimal.json", "valid_nulls.json"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        size_t size = read_file(files[i]);
        const struct plan *plan = plan_from(document, size);
        assert_string_equal(plan->licence_tag, "");
        assert_string_equal(plan->beacon_rule, "");
        assert_int_equal(plan->region_codes.count, 0);
        assert_int_equal(plan->departments.count, 0);
        assert_int_equal(plan->visits_per_year_cap, 0);
        assert_int_equal(plan->quota_total, 0);
        assert_int_equal(plan->load_cap, 0);
        assert_int_equal(plan->strata[0].min, 0);
    }
}

/* One change to valid_every_member.json: the first `find` after `after` becomes `put`. */
struct broken {
    const char *after;
    const char *find;
    const char *put;
    const char *expected; /* in the message */
};

static const struct broken cases[] = {
    {"", "heng-draw-plan-1", "heng-draw-plan-2", "plan_format: expected \"heng-draw-plan-1\""},
    {"", "\"plan_format\"", "\"format\"", "unknown member \"format\""},
    {"", "\"alg\"", "\"plan\": \"twice\", \"alg\"", "duplicate"},
    {"", "\"计划-2026-07\"", "7", "plan: expected a string, found an integer"},
    {"", "\"计划-2026-07\"", "\"\"", "plan: expected 1 to 128 bytes"},
    {"", "\"office\"", "\"of,fice\"", "authority: expected 1 to 128 bytes without comma"},
    {"", "\"office\"", "\"of\\tfice\"", "authority: expected 1 to 128 bytes without comma"},
    {"", "\"CN-50\"", "null", "jurisdiction: expected a string, found null"},
    {"", "\"zh\": \"各类成员\",", "", "title.zh: expected a string, found nothing"},
    {"", "every member", "every\\nmember", "title.en: expected one line of 1 to 1024 bytes"},
    {"\"title\"", "\"zh\"", "\"de\"", "title: unknown member \"de\""},
    {"", "\"note\": \"Every", "\"note\": 7, \"x\": \"Every", "unknown member \"x\""},
    {"", "\"sm3\"", "\"md5\"", "alg: expected one of sha256, sm3, found \"md5\""},
    {"", "\"reveal_within_days\": 92", "\"reveal_within_days\": 3661",
     "reveal_within_days: expected an integer from 0 to 3660, found 3661"},
    {"", "\"reveal_within_days\": 92", "\"reveal_within_days\": 92.0",
     "reveal_within_days: expected an integer, found a number with decimals"},
    {"\"strata\"", "\"class\": \"A\"", "\"class\": \"a\"",
     "strata[1].class: expected one letter A to Z, found \"a\""},
    {"\"strata\"", "\"class\": \"A\"", "\"class\": \"\"", "strata[1].class: expected one letter"},
    {"\"strata\"", "\"class\": \"A\"", "\"class\": \"D\"", "strata[1].class: D is there twice"},
    {"\"strata\"", "\"rate_ppm\": 1000000", "\"rate_ppm\": 1000001",
     "strata[0].rate_ppm: expected an integer from 0 to 1000000, found 1000001"},
    {"\"strata\"", "\"rate_ppm\": 1000000,", "",
     "strata[0].rate_ppm: expected an integer, found nothing"},
    {"\"strata\"", "\"min\": 1", "\"min\": -1", "strata[0].min: expected an integer from 0"},
    {"\"strata\"", "\"min\": 0", "\"min\": 6",
     "strata[1]: expected min at most max, found min 6 and max 5"},
    {"\"strata\"", "\"min\": 1", "\"least\": 1", "strata[0]: unknown member \"least\""},
    {"", "\"strata\": [", "\"strata\": [7, ", "strata[0]: expected an object"},
    {"", "\"strata\"", "\"strata\": [], \"rest\"", "unknown member \"rest\""},
    {"\"quota\"", "ceil", "ceiling",
     "quota.rule: expected one of ceil, controlled, hamilton, found \"ceiling\""},
    {"\"quota\"", "ceil", "controlled", "quota: min and max of strata go with rule ceil"},
    {"\"quota\"", "ceil", "hamilton", "quota: total goes with rule hamilton"},
    {"\"quota\"", "\"total\": 0", "\"total\": 9", "quota: total goes with rule hamilton"},
    {"\"quota\"", "\"total\": 0", "\"total\": 100000001",
     "quota.total: expected an integer from 0 to 100000000"},
    {"\"population\"", "\"food\"", "\"\"", "population.licence_tag: expected 1 to 128 bytes"},
    {"\"population\"", "\"500103\"", "500103",
     "population.region_codes[0]: expected a code of 1 to 128 bytes"},
    {"\"population\"", "\"500157\"", "\"\\\"\"", "population.region_codes[1]: expected a code"},
    {"\"population\"", "\"industry_sections\"", "\"sections\"",
     "population: unknown member \"sections\""},
    {"\"population\"", "\"visits_per_year_cap\": 2", "\"visits_per_year_cap\": \"2\"",
     "population.visits_per_year_cap: expected an integer, found a string"},
    {"\"inspectors\"", "\"per_visit\": 2", "\"per_visit\": 17",
     "inspectors.per_visit: expected an integer from 0 to 16, found 17"},
    {"\"inspectors\"", "\"reserves\": 2", "\"reserves\": 9",
     "inspectors.reserves: expected an integer from 0 to 8, found 9"},
    {"\"inspectors\"", "\"slack\": 1", "\"slack\": 1000001",
     "inspectors.slack: expected an integer from 0 to 1000000"},
    {"\"inspectors\"", "6,2,0", "6,2,2", "inspectors.region_tiers: expected 1 to 8 falling"},
    {"\"inspectors\"", "6,2,0", "06,2", "inspectors.region_tiers: expected 1 to 8 falling"},
    {"\"inspectors\"", "6,2,0", "9,8,7,6,5,4,3,2,1", "inspectors.region_tiers: expected 1 to 8"},
    {"\"inspectors\"", "6,2,0", "129", "inspectors.region_tiers: expected 1 to 8"},
    {"\"inspectors\"", "\"entity\"", "\"licence\"",
     "inspectors.speciality: expected one of none, entity, found \"licence\""},
    {"\"inspectors\"", "\"D 01\"", "\"D\\\\01\"", "inspectors.departments[0]: expected a code"},
    {"\"beacon\"", "declared-text", "lottery",
     "beacon.source: expected one of rehearsal, drand-quicknet, declared-text"},
    {"\"beacon\"", "declared-text", "rehearsal", "beacon: rule (which future results, quoted how)"},
    {"\"beacon\"", "\"rule\": \"the", "\"rule\": null, \"x\": \"the",
     "beacon: unknown member \"x\""},
    {"\"beacon\"", "\"delay_s\": 86400", "\"delay_s\": 31622401",
     "beacon.delay_s: expected an integer from 0 to 31622400, found 31622401"},
    {"\"beacon\"", "the first draw", "the first\\ndraw", "beacon.rule: expected one line"},
};

static void make_broken(const struct broken *broken)
{
    const char *from = strstr(document, broken->after);
    const char *at = from ? strstr(from, broken->find) : NULL;
    if (!at)
        fail_msg("no \"%s\" after \"%s\"", broken->find, broken->after);
    (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - document), document, broken->put,
                   at + strlen(broken->find));
}

static void test_malformed_documents_name_the_place(void **state)
{
    (void)state;
    read_file("valid_every_member.json");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err;
        make_broken(&cases[i]);
        if (!refused(changed, strlen(changed), &err))
            fail_msg("case %zu was accepted: %s", i, cases[i].expected);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.subject, "test");
        if (!strstr(err.message, cases[i].expected))
            fail_msg("case %zu: expected \"%s\" in \"%s\"", i, cases[i].expected, err.message);
    }
}

static void test_lists_have_limits(void **state)
{
    (void)state;
    static const struct {
        int items;
        const char *expected; /* "" = accepted */
    } lists[] = {{0, "region_codes: expected 1 to 200 items, found 0"},
                 {1, ""},
                 {200, ""},
                 {201, "region_codes: expected 1 to 200 items, found 201"}};
    read_file("valid_minimal.json");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char put[2048] = "\"population\": {\"region_codes\": [";
        size_t used = strlen(put);
        for (int item = 0; item < lists[i].items; item++)
            used += (size_t)snprintf(put + used, sizeof put - used, "%s\"%d\"", item ? "," : "",
                                     1000 + item);
        (void)snprintf(put + used, sizeof put - used, "]}");
        struct error err;
        make_broken(&(struct broken){"", "\"population\": {}", put, ""});
        assert_int_equal(refused(changed, strlen(changed), &err), lists[i].expected[0] != '\0');
        assert_non_null(strstr(err.message, lists[i].expected));
    }
}

static void test_every_cut_is_refused(void **state)
{
    (void)state;
    size_t size = read_file("valid_every_member.json");
    while (document[size - 1] != '}')
        size--;
    for (size_t cut = 0; cut < size; cut += 7) {
        struct error err;
        assert_true(refused(document, cut, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
    }
}

static void test_limits_of_the_whole_document(void **state)
{
    (void)state;
    static char big[PLAN_BYTES_CAP + 1];
    struct error err;
    memset(big, ' ', sizeof big);
    assert_true(refused(big, sizeof big, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "262144 bytes, found 262145"));
    assert_true(refused("[]", 2, &err));
    assert_non_null(strstr(err.message, "expected an object"));
    struct arena tight;
    struct plan *plan = NULL;
    size_t size = read_file("valid_minimal.json");
    arena_init(&tight, 100);
    assert_false(plan_read(document, size, "test", &tight, &plan, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_reset(&tight);
}

/* The schema judges the same files in the lint of schemas. */
static void test_files_are_what_their_names_say(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    int valid = 0;
    int invalid = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        bool good = strncmp(entry->d_name, "valid_", 6) == 0;
        if (!good && strncmp(entry->d_name, "invalid_", 8) != 0)
            continue;
        struct error err;
        size_t size = read_file(entry->d_name);
        if (refused(document, size, &err) == good)
            fail_msg("%s: %s", entry->d_name, good ? err.message : "was accepted");
        valid += good;
        invalid += !good;
    }
    (void)closedir(folder);
    assert_int_equal(valid, 4);
    assert_int_equal(invalid, 29);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_shipped_example),
        cmocka_unit_test(test_every_member_is_read),
        cmocka_unit_test(test_what_is_left_out_is_empty),
        cmocka_unit_test(test_malformed_documents_name_the_place),
        cmocka_unit_test(test_lists_have_limits),
        cmocka_unit_test(test_every_cut_is_refused),
        cmocka_unit_test(test_limits_of_the_whole_document),
        cmocka_unit_test(test_files_are_what_their_names_say),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
