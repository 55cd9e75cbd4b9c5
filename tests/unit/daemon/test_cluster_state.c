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

#include "daemon/cluster_state.h"

static char folder[] = "/tmp/heng-state-XXXXXX";

static int make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_all(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct cluster_state out = {.socket_dir = "/run/a dir/heng-abcdef", .ready = false};
    struct cluster_state in;
    struct error err;
    assert_false(cluster_state_read(folder, &in));
    assert_true(cluster_state_write(folder, &out, &err));
    assert_true(cluster_state_read(folder, &in));
    assert_string_equal(in.socket_dir, out.socket_dir);
    assert_false(in.ready);
    out.ready = true;
    assert_true(cluster_state_write(folder, &out, &err));
    assert_true(cluster_state_read(folder, &in));
    assert_true(in.ready);
    cluster_state_remove(folder);
    assert_false(cluster_state_read(folder, &in));
}

/* Only what looks like a socket directory of ours is removed with the state. */
static void test_a_foreign_directory_is_left_alone(void **state)
{
    (void)state;
    struct cluster_state out = {.ready = true};
    struct error err;
    char foreign[CLUSTER_PATH_SIZE];
    snprintf(foreign, sizeof foreign, "%s/foreign", folder);
    assert_int_equal(mkdir(foreign, 0700), 0);
    snprintf(out.socket_dir, sizeof out.socket_dir, "%s", foreign);
    assert_true(cluster_state_write(folder, &out, &err));
    cluster_state_remove(folder);
    assert_int_equal(rmdir(foreign), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_a_foreign_directory_is_left_alone),
    };
    return cmocka_run_group_tests(tests, make, remove_all);
}
