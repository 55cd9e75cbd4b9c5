/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon/cluster_lock.h"

static char folder[] = "/tmp/heng-lock-XXXXXX";

static int make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_all(void **state)
{
    (void)state;
    char path[CLUSTER_PATH_SIZE];
    struct error err;
    if (!cluster_paths_join(folder, "a.lock", path, &err))
        return -1;
    unlink(path);
    return rmdir(folder);
}

static struct cluster_lock opened(void)
{
    struct cluster_lock lock;
    struct error err;
    assert_true(cluster_lock_open(folder, "a.lock", &lock, &err));
    return lock;
}

static bool takes(struct cluster_lock *lock, enum cluster_lock_mode mode)
{
    struct error err;
    bool got = false;
    assert_true(cluster_lock_try(lock, mode, &got, &err));
    return got;
}

static void test_sharing_and_excluding(void **state)
{
    (void)state;
    struct cluster_lock one = opened();
    struct cluster_lock two = opened();
    assert_true(takes(&one, CLUSTER_LOCK_SHARED));
    assert_true(takes(&two, CLUSTER_LOCK_SHARED));
    assert_false(takes(&one, CLUSTER_LOCK_EXCLUSIVE));
    cluster_lock_close(&two);
    assert_true(takes(&one, CLUSTER_LOCK_EXCLUSIVE));
    struct cluster_lock three = opened();
    assert_false(takes(&three, CLUSTER_LOCK_SHARED));
    assert_int_equal(cluster_lock_holder(&three), getpid());
    cluster_lock_close(&one);
    cluster_lock_close(&one); /* closing twice is allowed */
    assert_true(takes(&three, CLUSTER_LOCK_SHARED));
    cluster_lock_close(&three);
}

static void test_a_missing_folder_is_named(void **state)
{
    (void)state;
    struct cluster_lock lock;
    struct error err;
    assert_false(cluster_lock_open("/nonexistent", "a.lock", &lock, &err));
    assert_string_equal(err.subject, "/nonexistent/a.lock");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharing_and_excluding),
        cmocka_unit_test(test_a_missing_folder_is_named),
    };
    return cmocka_run_group_tests(tests, make, remove_all);
}
