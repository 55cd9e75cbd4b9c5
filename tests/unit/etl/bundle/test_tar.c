/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/bundle/tar.h"

/* Field by field as POSIX.1-1988 lays them out; test_http_draw.sh unpacks with the system's tar. */
static void writes_a_header(void **state)
{
    (void)state;
    unsigned char header[TAR_BLOCK_BYTES];
    tar_header("draw-7/commit.txt", 5, 1700000000, header);
    assert_string_equal((char *)header, "draw-7/commit.txt");
    assert_string_equal((char *)header + 100, "0000644");
    assert_string_equal((char *)header + 124, "00000000005");
    assert_string_equal((char *)header + 136, "14524770400");
    assert_memory_equal(header + 156, "0", 1);
    assert_memory_equal(header + 257, "ustar\00000", 8);
    unsigned sum = 8 * ' ';
    for (int i = 0; i < TAR_BLOCK_BYTES; i++)
        sum += i >= 148 && i < 156 ? 0 : header[i];
    assert_int_equal(strtol((char *)header + 148, NULL, 8), sum);
    assert_int_equal(header[154], 0);
    assert_int_equal(header[155], ' ');
}

static void takes_the_largest(void **state)
{
    (void)state;
    unsigned char header[TAR_BLOCK_BYTES];
    char name[TAR_NAME_CAP + 1];
    memset(name, 'x', TAR_NAME_CAP);
    name[TAR_NAME_CAP] = '\0';
    tar_header(name, TAR_FILE_CAP - 1, 0, header);
    assert_string_equal((char *)header, name);
    assert_string_equal((char *)header + 124, "77777777777");
}

static void pads_to_blocks(void **state)
{
    (void)state;
    assert_int_equal(tar_padding(0), 0);
    assert_int_equal(tar_padding(1), 511);
    assert_int_equal(tar_padding(511), 1);
    assert_int_equal(tar_padding(512), 0);
    assert_int_equal(tar_padding(513), 511);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_a_header),
        cmocka_unit_test(takes_the_largest),
        cmocka_unit_test(pads_to_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
