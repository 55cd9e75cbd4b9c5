/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "daemon/throttle.h"
#include "models/models.h"

static void counts_a_minute(void **state)
{
    (void)state;
    struct throttle *throttle = throttle_new(3);
    int64_t wait_ms = 0;
    assert_non_null(throttle);
    for (int64_t now_ms = 1000; now_ms <= 3000; now_ms += 1000)
        assert_true(throttle_try(throttle, "a", 1, now_ms, &wait_ms));
    assert_false(throttle_try(throttle, "a", 1, 4000, &wait_ms));
    assert_int_equal(wait_ms, 57000);
    assert_true(throttle_try(throttle, "b", 1, 4000, &wait_ms));
    assert_false(throttle_try(throttle, "a", 1, 60999, &wait_ms));
    assert_true(throttle_try(throttle, "a", 1, 61000, &wait_ms)); /* the first is a minute ago */
    assert_false(throttle_try(throttle, "a", 1, 61001, &wait_ms));
    assert_true(throttle_try(throttle, "a", 1, 62000, &wait_ms));
    throttle_free(throttle);
}

static void forgets_the_oldest(void **state)
{
    (void)state;
    struct throttle *throttle = throttle_new(1);
    int64_t wait_ms = 0;
    char key[16];
    assert_non_null(throttle);
    for (int i = 0; i < THROTTLE_KEYS; i++) {
        snprintf(key, sizeof key, "%d", i);
        assert_true(throttle_try(throttle, key, strlen(key), 1000 + i, &wait_ms));
    }
    assert_false(throttle_try(throttle, "0", 1, 5000, &wait_ms));
    assert_true(throttle_try(throttle, "new", 3, 5000, &wait_ms)); /* takes the place of "0" */
    assert_true(throttle_try(throttle, "0", 1, 5001, &wait_ms));
    assert_false(throttle_try(throttle, "500", 3, 5001, &wait_ms));
    throttle_free(throttle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_a_minute),
        cmocka_unit_test(forgets_the_oldest),
    };
    models_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
