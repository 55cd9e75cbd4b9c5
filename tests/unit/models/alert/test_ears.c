/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/detector.h"
#include "models/alert/ears.h"
#include "models/models.h"

enum { SERIES_CAP = 2000, PATH_SIZE = 1024, LINE_SIZE = 4096, ORACLE_ROWS = 17304 };

static struct detector_point point_at(const char *name, const int64_t *counts, size_t count,
                                      const struct detector_setting *setting)
{
    struct detector_point point;
    detector_find(text_of(name))->run(counts, count, count - 1, setting, &point);
    return point;
}

static void test_c1_and_c2_by_hand(void **state)
{
    (void)state;
    /* 1 … 7: mean 4, sample variance 28 / 6. */
    const int64_t counts[] = {1, 2, 3, 4, 5, 6, 7, 50, 60, 11};
    struct detector_setting setting = detector_setting_of(1000, 500, 3);
    double sigma = sqrt(28.0 / 6.0);
    struct detector_point c2 = point_at("ears_c2", counts, 10, &setting);
    assert_true(c2.evaluated && c2.alarm);
    assert_true(fabs(c2.mean - 4) < 1e-12 && fabs(c2.sigma - sigma) < 1e-12);
    assert_true(fabs(c2.bound - (4 + 3.0902323061678132 * sigma)) < 1e-9);
    struct detector_point c1 = point_at("ears_c1", counts, 8, &setting);
    assert_true(c1.alarm && fabs(c1.bound - c2.bound) < 1e-12);
    assert_false(point_at("ears_c1", counts, 10, &setting).alarm);
}

static void test_too_little_history_is_not_evaluated(void **state)
{
    (void)state;
    const int64_t counts[12] = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
    struct detector_setting setting = detector_setting_of(1000, 500, 1);
    for (const struct detector *detector = detector_all(); detector->name; detector++) {
        struct detector_point points[12];
        detector->run(counts, 12, 0, &setting, points);
        for (size_t t = 0; t < 12; t++) {
            assert_int_equal(points[t].evaluated, t >= detector->min_history);
            assert_false(!points[t].evaluated && points[t].alarm);
        }
    }
}

static void test_floors_silence_single_cases(void **state)
{
    (void)state;
    const int64_t counts[10] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    struct detector_setting bare = detector_setting_of(1000, 0, 1);
    struct detector_setting sigma = detector_setting_of(1000, 500, 1);
    struct detector_setting both = detector_setting_of(1000, 500, 3);
    assert_true(point_at("ears_c2", counts, 10, &bare).alarm);
    assert_true(point_at("ears_c2", counts, 10, &sigma).alarm);
    assert_false(point_at("ears_c2", counts, 10, &both).alarm);
}

static void test_c3_without_spread_has_no_bound(void **state)
{
    (void)state;
    const int64_t counts[12] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 9, 9, 9};
    struct detector_setting bare = detector_setting_of(1000, 0, 1);
    struct detector_setting floored = detector_setting_of(1000, 500, 1);
    assert_false(point_at("ears_c3", counts, 12, &bare).evaluated);
    assert_true(point_at("ears_c3", counts, 12, &floored).alarm);
}

static void test_unknown_detectors(void **state)
{
    (void)state;
    assert_null(detector_find(TEXT_LITERAL("ears_c4")));
    assert_null(detector_find(TEXT_LITERAL("")));
}

static const char *oracles(void)
{
    static char folder[PATH_SIZE];
    const char *root = getenv("HENG_TEST_DATA");
    snprintf(folder, sizeof folder, "%s/oracles", root ? root : SOURCE_DIR "/../shared");
    return folder;
}

static FILE *open_oracle(const char *name)
{
    char path[PATH_SIZE + 256];
    snprintf(path, sizeof path, "%s/%s", oracles(), name);
    return fopen(path, "r");
}

/* The first data column of input_<series>.csv: the references used only that one. */
static size_t read_series(const char *series, int64_t counts[SERIES_CAP])
{
    char name[64];
    char line[LINE_SIZE];
    snprintf(name, sizeof name, "input_%s.csv", series);
    FILE *file = open_oracle(name);
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    size_t count = 0;
    while (fgets(line, sizeof line, file)) {
        assert_true(count < SERIES_CAP);
        const char *third = strchr(strchr(line, ',') + 1, ',') + 1;
        counts[count++] = strtoll(third, NULL, 10);
    }
    fclose(file);
    return count;
}

struct reference {
    const char *series;
    const char *detector;
    const char *method;
    const char *alpha;
    int64_t alpha_ppm;
    const char *min_sigma;
    int64_t min_sigma_milli;
};

/* Compares every row of one reference file; returns their number. */
static int compare_reference(const struct reference *reference)
{
    static int64_t counts[SERIES_CAP];
    static struct detector_point points[SERIES_CAP];
    size_t count = read_series(reference->series, counts);
    struct detector_setting setting =
        detector_setting_of(reference->alpha_ppm, reference->min_sigma_milli, 0);
    const struct detector *detector = detector_find(text_of(reference->detector));
    detector->run(counts, count, 0, &setting, points);
    char name[128];
    char line[LINE_SIZE];
    snprintf(name, sizeof name, "ears_%s_%s_b7_a%s_ms%s.csv", reference->series, reference->method,
             reference->alpha, reference->min_sigma);
    FILE *file = open_oracle(name);
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    int rows = 0;
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        size_t t = strtoul(at, &at, 10);
        assert_int_equal(t, detector->min_history + 1 + (size_t)rows);
        assert_int_equal(strtoll(at + 1, &at, 10), counts[t - 1]);
        double upper = strtod(at + 1, &at);
        long alarm = strtol(at + 1, &at, 10);
        assert_true(points[t - 1].evaluated);
        assert_true(fabs(points[t - 1].bound - upper) <= 1e-9);
        assert_int_equal(points[t - 1].alarm, alarm);
        rows++;
    }
    fclose(file);
    assert_int_equal((size_t)rows + detector->min_history, count);
    return rows;
}

static void test_reference_series(void **state)
{
    (void)state;
    static const char *const series[] = {"salmNewportDE", "rotaBB", "hepatitisA", "agona",
                                         "shadar"};
    FILE *index = open_oracle("INDEX.csv");
    if (!index) {
        printf("skipped: HENG_TEST_DATA (%s) has no oracles\n", oracles());
        skip();
    }
    fclose(index);
    int rows = 0;
    for (int i = 0; i < 5 * 3 * 2 * 2; i++) {
        int method = i / 5 % 3;
        bool strict = i / 15 % 2;
        bool floored = i / 30;
        const struct reference reference = {
            .series = series[i % 5],
            .detector = (const char *[]){"ears_c1", "ears_c2", "ears_c3"}[method],
            .method = (const char *[]){"C1", "C2", "C3"}[method],
            .alpha = strict ? "0.001" : "0.01",
            .alpha_ppm = strict ? 1000 : 10000,
            .min_sigma = floored ? "0.5" : "0",
            .min_sigma_milli = floored ? 500 : 0,
        };
        rows += compare_reference(&reference);
    }
    assert_int_equal(rows, ORACLE_ROWS);
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_c1_and_c2_by_hand),
        cmocka_unit_test(test_too_little_history_is_not_evaluated),
        cmocka_unit_test(test_floors_silence_single_cases),
        cmocka_unit_test(test_c3_without_spread_has_no_bound),
        cmocka_unit_test(test_unknown_detectors),
        cmocka_unit_test(test_reference_series),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
