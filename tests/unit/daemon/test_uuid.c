/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of requests: their form, their order in time, and that none comes twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/uuid.h"

enum { THREADS = 4, EACH = 5000 };

static char names[THREADS * EACH][UUID_TEXT_SIZE];

static void has_the_form_of_version_7(void **state)
{
    (void)state;
    struct error err;
    char name[UUID_TEXT_SIZE];
    assert_true(uuid_make(INT64_C(0x0123456789AB), name, &err));
    assert_int_equal(strlen(name), 36);
    assert_memory_equal(name, "01234567-89ab-7", 15);
    assert_int_equal(name[18], '-');
    assert_non_null(strchr("89ab", name[19]));
    assert_int_equal(name[23], '-');
    assert_int_equal(strspn(name, "0123456789abcdef-"), 36);
}

static void sorts_by_time(void **state)
{
    (void)state;
    struct error err;
    char earlier[UUID_TEXT_SIZE];
    char later[UUID_TEXT_SIZE];
    assert_true(uuid_make(1000, later, &err));
    assert_true(uuid_make(999, earlier, &err));
    assert_true(strcmp(earlier, later) < 0);
}

static void *make_many(void *context)
{
    struct error err;
    char(*out)[UUID_TEXT_SIZE] = context;
    for (int i = 0; i < EACH; i++) {
        if (!uuid_make(1000, out[i], &err))
            return NULL;
    }
    return context;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void never_repeats(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_many, names[i * EACH]), 0);
    for (int i = 0; i < THREADS; i++) {
        void *made = NULL;
        assert_int_equal(pthread_join(threads[i], &made), 0);
        assert_non_null(made);
    }
    qsort(names, THREADS * EACH, sizeof names[0], compare);
    for (int i = 1; i < THREADS * EACH; i++)
        assert_string_not_equal(names[i - 1], names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_form_of_version_7),
        cmocka_unit_test(sorts_by_time),
        cmocka_unit_test(never_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
