/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>

#include "models/catalog/catalog.h"
#include "tests/unit/models/credit/small_model.h"

#define FOLDER "tests/unit/models/credit/models"

static char document[CASE_FILE_SIZE];
static char changed[CASE_FILE_SIZE];

/* One change to valid_every_kind.json: the first `find` after `after` becomes `put`. */
struct broken {
    const char *after;
    const char *find;
    const char *put;
    const char *expected; /* in the message */
};

static const struct broken cases[] = {
    {"", "heng-credit-model-1", "heng-credit-model-2", "model: expected \"heng-credit-model-1\""},
    {"", "\"scheme\": \"every_kind\"", "\"scheme\": \"Every Kind\"", "scheme: expected 1 to 40 of"},
    {"", "\"version\": \"1\"", "\"version\": 1", "version: expected a string, found an integer"},
    {"", "\"version\": \"1\"", "\"version\": \"\"", "version: expected 1 to 400 bytes"},
    {"", "2024-01-01", "2023-02-29", "valid_from: expected a date"},
    {"", "\"zh\": \"各类指标\", ", "", "title.zh: expected a string, found nothing"},
    {"\"title\"", "{\"zh\"", "{\"de\": \"x\", \"zh\"", "title: unknown member \"de\""},
    {"", "\"example\": true", "\"example\": \"yes\"", "example: expected true or false"},
    {"", "\"jurisdiction\": \"CN\",", "", "jurisdiction: expected a string, found nothing"},
    {"", "\"base_milli\": 33333", "\"base_milli\": 3.5",
     "base_milli: expected an integer, found a number with decimals"},
    {"", "\"base_milli\": 33333", "\"base_milli\": 1000000001",
     "base_milli: expected an integer from -1000000000 to 1000000000, found 1000000001"},
    {"", "\"base_milli\": 33333", "\"base_milli\": 99999999999999999999", "not valid JSON"},
    {"", "\"scheme\"", "\"colour\": 1, \"scheme\"", "unknown member \"colour\""},
    {"", "\"scheme\"", "\"version\": \"2\", \"scheme\"", "duplicate"},
    {"", "\"low_coverage_ppm\": 600000", "\"low_coverage_ppm\": 1000001",
     "unknown.low_coverage_ppm: expected an integer from 0 to 1000000"},
    {"", "[\"A\", \"B\"", "[\"A\", \"A\"", "classes[1]: expected different classes"},
    {"", "[\"A\", \"B\"", "[\"A\", \"b\"", "classes[1]: expected one letter from A to Z"},
    {"", "[\"A\", \"B\", \"C\", \"D\", \"E\"]", "[\"A\"]",
     "classes: expected 2 to 8 classes, found 1"},
    {"\"bands\"", "\"class\": \"D\"", "\"class\": \"C\"", "bands[1].class: expected class D"},
    {"\"bands\"", "\"class\": \"D\"", "\"class\": \"X\"",
     "bands[1].class: expected one of the classes ABCDE"},
    {"\"bands\"", "\"below_milli\": 0}", "\"below_milli\": -50000}",
     "bands[1].below_milli: expected a limit above the last one, -50000, found -50000"},
    {"\"bands\"", "{\"class\": \"A\"}", "{\"class\": \"A\", \"below_milli\": 9}",
     "bands[4].below_milli: the last band has no limit"},
    {"\"bands\"", "{\"class\": \"B\", \"below_milli\": 100000},", "",
     "bands: expected one band per class, 5, found 4"},
    {"\"direct\"", "\"floor\": \"C\"", "\"floor\": \"F\"",
     "direct[0].floor: expected one of the classes"},
    {"\"direct\"", "\"floor\": \"C\"", "\"floor\": \"C\", \"class\": \"C\"",
     "direct[0]: expected either class or floor"},
    {"\"direct\"", "abnormal_list", "abnormal_lists",
     "direct[0].facts.kinds[0]: expected one of inspection"},
    {"\"direct\"", "[\"abnormal_list\"]", "[]",
     "direct[0].facts.kinds: expected at least one word"},
    {"\"direct\"", "[\"abnormal_list\"]", "[\"award\", \"award\"]",
     "direct[0].facts.kinds[1]: expected different words, found \"award\" twice"},
    {"\"direct\"", "[\"abnormal_list\"]", "[7]", "direct[0].facts.kinds[0]: expected one of"},
    {"\"direct\"", "\"basis\": \"b1\",", "", "direct[0].basis: expected a string, found nothing"},
    {"\"direct\"", "\"id\": \"class_e\"", "\"id\": \"floor_c\"",
     "direct[1].id: expected different ids, found \"floor_c\" twice"},
    {"\"direct\"", "{\"days\": 100}", "{\"days\": 0}",
     "direct[1].within.days: expected an integer from 1"},
    {"\"direct\"", "{\"days\": 100}", "{\"days\": 1, \"months\": 1}",
     "direct[1].within: expected either days or months, found 2 members"},
    {"\"direct\"", "{\"days\": 100}", "{}", "direct[1].within: expected either days or months"},
    {"\"direct\"", "{\"days\": 100}", "100",
     "direct[1].within: expected an object, found an integer"},
    {"\"direct\"", "\"statuses\": [\"revoked\"",
     "\"within\": {\"days\": 3}, \"statuses\": [\"revoked\"",
     "direct[2]: within and count_min need facts"},
    {"\"direct\"", "\"statuses\": [\"revoked\", \"moved_out\"]", "\"statuses\": [\"unknown\"]",
     "direct[2].statuses[0]: expected one of active"},
    {"\"direct\"", "\"statuses\": [\"revoked\", \"moved_out\"]",
     "\"statuses\": [\"active\"], \"facts\": {\"kinds\": [\"award\"]}",
     "direct[2]: expected either facts or statuses"},
    {"\"direct\"", "\"count_min\": 2", "\"count_min\": 0",
     "direct[3].count_min: expected an integer from 1"},
    {"\"adjust\"", "\"move\": \"up\"", "\"move\": \"sideways\"",
     "adjust[0].move: expected up or down"},
    {"\"adjust\"", "[\"refused\"]", "[\"upheld\"]",
     "adjust[1].facts.states: expected states that the kinds can have, found \"upheld\""},
    {"", "\"adjust\": [", "\"adjust\": [7, ", "adjust[0]: expected an object"},
    {"\"dimensions\"", "\"min_milli\": -9000", "\"min_milli\": 20001",
     "dimensions[0]: expected min_milli at most max_milli, found 20001 > 20000"},
    {"\"dimensions\"", "\"id\": \"records\"", "\"id\": \"fields\"",
     "dimensions[1].id: expected different ids"},
    {"\"dimensions\"", "\"id\": \"section\"", "\"id\": \"type\"",
     "dimensions[0].indicators[1].id: expected different ids"},
    {"\"dimensions\"", "\"kind\": \"attribute\"", "\"kind\": \"attributes\"",
     "dimensions[0].indicators[0].kind: expected attribute, events"},
    {"\"dimensions\"", "\"attribute\": \"entity_type\"", "\"attribute\": \"colour\"",
     "indicators[0].attribute: expected the name of an attribute, found \"colour\""},
    {"\"dimensions\"", "\"value\": \"enterprise\"", "\"value\": \"firm\"",
     "indicators[0].values[0].value: expected a value of entity_type, found \"firm\""},
    {"\"dimensions\"", "\"value\": \"individual\"", "\"value\": \"enterprise\"",
     "indicators[0].values[1]: expected different values"},
    {"\"dimensions\"", "\"missing_milli\": 1111", "\"bands\": []",
     "missing_milli: expected an integer, found nothing"},
    {"\"dimensions\"", "\"other_milli\": 77,", "",
     "indicators[0].other_milli: expected an integer, found nothing"},
    {"\"dimensions\"", "\"value\": \"H\"", "\"value\": \"h\"", "indicators[1].values[0].value"},
    {"\"dimensions\"", "\"value\": \"62\"", "\"value\": \"6\"", "indicators[2].values[0].value"},
    {"\"dimensions\"", "\"value\": \"500\"", "\"value\": \"5001030010021\"",
     "indicators[3].values[1].value"},
    {"\"age_years\"", "\"missing_milli\": 9", "\"other_milli\": 9, \"missing_milli\": 9",
     "indicators[5]: age_years takes bands, found \"other_milli\""},
    {"\"age_years\"", "{\"below\": 5,", "{\"below\": 1,",
     "indicators[5].bands[1].below: expected a limit above the last one, 1, found 1"},
    {"\"age_years\"", "{\"points_milli\": -1}", "{\"below\": 9, \"points_milli\": -1}",
     "indicators[5].bands[2]: the last band has no limit"},
    {"\"age_years\"", "{\"below\": 1,", "{\"below\": -4,", "indicators[5].bands[0].below"},
    {"\"kind\": \"risk\"", "\"missing_milli\": -1500", "\"weight\": 2, \"missing_milli\": -1500",
     "dimensions[0].indicators[9]: unknown member \"weight\""},
    {"\"penalties\"", "\"minor\": -3333, ", "",
     "indicators[0].points_milli.minor: expected an integer"},
    {"\"penalties\"", "\"minor\": -3333", "\"minor\": -3333, \"grave\": 1",
     "indicators[0].points_milli: unknown member \"grave\""},
    {"\"penalties\"", "{\"months\": 12}", "{\"days\": 365}",
     "indicators[0].decay[1]: expected all steps in days or all in months"},
    {"\"penalties\"", "{\"months\": 24}", "{\"months\": 12}",
     "indicators[0].decay[2]: expected a longer window"},
    {"\"penalties\"", "\"ppm\": 333333", "\"ppm\": 666668",
     "indicators[0].decay[2]: expected at most the last step's 666667 ppm, found 666668"},
    {"\"penalties\"", "\"ppm\": 1000000", "\"ppm\": 1000001", "indicators[0].decay[0].ppm"},
    {"\"penalties\"", "\"min_milli\": -90000", "\"min_milli\": 1",
     "dimensions[1].indicators[0]: expected min_milli at most max_milli, found 1 > 0"},
    {"\"judgments\"", "[\"none\", \"serious\"]", "[\"grave\"]",
     "indicators[2].facts.severities[0]"},
    {"\"adverse\"", "\"adverse\": [\"failed\"", "\"adverse\": [\"closed\"",
     "indicators[4].adverse: expected states that facts.states lists"},
    {"\"adverse\"", "\"weight\": 3", "\"weight\": 0",
     "indicators[4].prior.weight: expected an integer from 1"},
    {"\"kin\"",
     "\"facts\": {\"kinds\": [\"serious_list\", \"abnormal_list\"]}, \"statuses\": [\"revoked\"], ",
     "", "dimensions[2].indicators[0]: expected facts or statuses, found neither"},
    {"\"neighbours\"", "same_phone", "same_fax",
     "indicators[1].relations[1]: expected one of legal_rep"},
    {"\"growth\"", "\"recent_days\": 30", "\"recent_days\": 40000", "indicators[2].recent_days"},
    {"\"tax\"", "\"grade_kind\": \"tax_grade\"", "\"grade_kind\": \"award\"",
     "indicators[3].grade_kind: expected tax_grade or imported_grade"},
    {"\"public\"", "\"grade\": \"优\"", "\"grade\": \"优秀\"",
     "indicators[4].grades[0].grade: expected a grade of at most 4 bytes"},
};

static bool read_text(const char *text, size_t size, struct error *err)
{
    struct arena arena;
    struct credit_model *model = NULL;
    arena_init(&arena, 8u * 1024 * 1024);
    bool done = credit_model_read(text, size, "test", &arena, &model, err);
    arena_reset(&arena);
    return done;
}

static void make_broken(const struct broken *c)
{
    const char *from = strstr(document, c->after);
    const char *at = from ? strstr(from, c->find) : NULL;
    if (!at)
        fail_msg("no \"%s\" after \"%s\"", c->find, c->after);
    (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - document), document, c->put,
                   at + strlen(c->find));
}

static void test_malformed_documents_name_the_place(void **state)
{
    (void)state;
    size_t size = read_source_file(SOURCE_DIR, FOLDER "/valid_every_kind.json", document);
    struct error err = {.kind = ERROR_NONE};
    assert_true(read_text(document, size, &err));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        make_broken(&cases[i]);
        if (read_text(changed, strlen(changed), &err))
            fail_msg("case %zu was accepted: %s", i, cases[i].expected);
        if (!strstr(err.message, cases[i].expected))
            fail_msg("case %zu: expected \"%s\" in \"%s\"", i, cases[i].expected, err.message);
    }
}

static void test_every_cut_is_refused(void **state)
{
    (void)state;
    size_t size = read_source_file(SOURCE_DIR, FOLDER "/valid_every_kind.json", document);
    while (document[size - 1] != '}')
        size--;
    for (size_t cut = 0; cut < size; cut += 61) {
        struct error err = {.kind = ERROR_NONE};
        assert_false(read_text(document, cut, &err));
        assert_int_not_equal(err.kind, ERROR_NONE);
    }
}

static void test_files_are_what_their_names_say(void **state)
{
    (void)state;
    DIR *folder = opendir(SOURCE_DIR "/" FOLDER);
    assert_non_null(folder);
    unsigned valid = 0;
    unsigned invalid = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        bool good = strncmp(entry->d_name, "valid_", 6) == 0;
        if (!good && strncmp(entry->d_name, "invalid_", 8) != 0)
            continue;
        char name[512];
        struct error err = {.kind = ERROR_NONE};
        (void)snprintf(name, sizeof name, FOLDER "/%s", entry->d_name);
        size_t size = read_source_file(SOURCE_DIR, name, document);
        if (read_text(document, size, &err) != good)
            fail_msg("%s: %s", entry->d_name, good ? err.message : "was accepted");
        valid += good;
        invalid += !good;
    }
    closedir(folder);
    assert_in_range(valid, 3, 100);
    assert_in_range(invalid, 12, 100);
}

static void test_limits_of_the_whole_document(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    static char big[CREDIT_MODEL_BYTES_CAP + 2];
    memset(big, ' ', sizeof big);
    assert_false(read_text(big, CREDIT_MODEL_BYTES_CAP + 1, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "1048576 bytes, found 1048577"));
    assert_false(read_text("[]", 2, &err));
    assert_non_null(strstr(err.message, "expected an object"));
    struct arena tight;
    struct credit_model *model = NULL;
    arena_init(&tight, 100);
    assert_false(credit_model_read("{}", 2, "test", &tight, &model, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_reset(&tight);
}

static void many_growths(int count, char *out, size_t size)
{
    size_t used = 0;
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(
            out + used, size - used,
            "%s{\"id\":\"g%d\",\"kind\":\"growth\",\"title\":{\"zh\":\"题\",\"en\":\"t\"},"
            "\"facts\":"
            "{\"kinds\":[\"award\"]},\"recent_days\":1,\"earlier_days\":1,\"prior_events\":1,"
            "\"bands\":[{\"points_milli\":0}]}",
            i ? "," : "", i);
}

static void test_too_many_counters_and_indicators(void **state)
{
    (void)state;
    char indicators[12000];
    struct error err = {.kind = ERROR_NONE};
    many_growths(32, indicators, sizeof indicators);
    const char *text = small_text("", "", WIDE, indicators);
    assert_true(read_text(text, strlen(text), &err));
    many_growths(33, indicators, sizeof indicators);
    text = small_text("", "", WIDE, indicators);
    assert_false(read_text(text, strlen(text), &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "at most 64 counters, found 65"));
    many_growths(41, indicators, sizeof indicators);
    text = small_text("", "", WIDE, indicators);
    assert_false(read_text(text, strlen(text), &err));
    assert_non_null(strstr(err.message, "indicators: expected 1 to 40 items, found 41"));
}

static void test_shipped_models_are_examples(void **state)
{
    (void)state;
    const struct catalog_document *shipped = catalog_find("credit/cn_enterprise_example.json");
    assert_non_null(shipped);
    struct credit_model *model = model_from(shipped->data, shipped->size);
    assert_true(model->example);
    assert_string_equal(model->classes, "ABCD");
    assert_int_equal(model->dimension_count, 5);
    int64_t worst = 0;
    for (unsigned i = 0; i < model->dimension_count; i++)
        worst += model->dimensions[i].max_milli;
    assert_int_equal(worst, 1000000);
    assert_int_equal(credit_model_rank(model, 199999), 0);
    assert_int_equal(credit_model_rank(model, 200000), 1);
    assert_int_equal(credit_model_rank(model, 399999), 1);
    assert_int_equal(credit_model_rank(model, 400000), 2);
    assert_int_equal(credit_model_rank(model, 600000), 3);
    unsigned char hash[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, shipped->data, shipped->size, hash);
    assert_memory_equal(hash, model->hash, DIGEST_SIZE);
    size_t size = read_source_file(SOURCE_DIR, "tests/real/chicago_model.json", document);
    assert_true(model_from(document, size)->example);
}

static void test_inspections_judged(void **state)
{
    (void)state;
    const uint32_t bad =
        1u << CREDIT_STATE_FAILED | 1u << CREDIT_STATE_NOT_FOUND | 1u << CREDIT_STATE_REFUSED;
    const uint32_t good = 1u << CREDIT_STATE_PASSED | 1u << CREDIT_STATE_CORRECTED;
    uint32_t judged = 0;
    uint32_t adverse = 0;
    const struct catalog_document *shipped = catalog_find("credit/cn_enterprise_example.json");
    struct credit_model *model = model_from(shipped->data, shipped->size);
    assert_true(credit_model_inspections(model, &judged, &adverse));
    assert_int_equal(judged, good | bad);
    assert_int_equal(adverse, bad);
    size_t size = read_source_file(SOURCE_DIR, "tests/real/chicago_model.json", document);
    assert_true(credit_model_inspections(model_from(document, size), &judged, &adverse));
    assert_int_equal(judged, good | 1u << CREDIT_STATE_FAILED);
    assert_int_equal(adverse, 1u << CREDIT_STATE_FAILED);
    char indicators[12000];
    many_growths(1, indicators, sizeof indicators);
    const char *text = small_text("", "", WIDE, indicators);
    assert_false(credit_model_inspections(model_from(text, strlen(text)), &judged, &adverse));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_malformed_documents_name_the_place),
        cmocka_unit_test(test_every_cut_is_refused),
        cmocka_unit_test(test_files_are_what_their_names_say),
        cmocka_unit_test(test_limits_of_the_whole_document),
        cmocka_unit_test(test_too_many_counters_and_indicators),
        cmocka_unit_test(test_shipped_models_are_examples),
        cmocka_unit_test(test_inspections_judged),
    };
    return cmocka_run_group_tests(tests, small_setup, small_teardown);
}
