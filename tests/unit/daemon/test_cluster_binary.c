/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/cluster_binary.h"

static void test_majors(void **state)
{
    (void)state;
    assert_int_equal(cluster_binary_major("15.20 (Debian 15.20-0+deb12u1)"), 15);
    assert_int_equal(cluster_binary_major("18beta1"), 18);
    assert_int_equal(cluster_binary_major("devel"), 0);
    assert_int_equal(cluster_binary_major(""), 0);
    assert_int_equal(cluster_binary_major("99999999999999999999"), 0);
}

/* Numbers are compared as numbers, and only folders that hold the proof count. */
static void test_newest(void **state)
{
    (void)state;
    static const char *const names[] = {"9", "15", "17", "17.tmp", "x"};
    char folder[] = "/tmp/heng-binary-XXXXXX";
    char path[CLUSTER_PATH_SIZE];
    assert_non_null(mkdtemp(folder));
    assert_int_equal(cluster_binary_newest(folder, "proof"), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(mkdir(path, 0700), 0);
        snprintf(path, sizeof path, "%s/%s/proof", folder, names[i]);
        if (i != 2)
            assert_int_equal(mkdir(path, 0700), 0);
    }
    assert_int_equal(cluster_binary_newest(folder, "proof"), 15);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s/proof", folder, names[i]);
        rmdir(path);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(cluster_binary_newest(folder, "proof"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_majors),
        cmocka_unit_test(test_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
