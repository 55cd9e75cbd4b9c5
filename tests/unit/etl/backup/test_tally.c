/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sum of a table does not ask for the order of its rows, and sees every change of one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "etl/backup/tally.h"
#include "models/models.h"

static struct tally tally;

static void sum_of(const char *const *lines, unsigned char out[DIGEST_SIZE])
{
    tally_start(&tally);
    for (; *lines; lines++)
        tally_add(&tally, *lines, strlen(*lines));
    memcpy(out, tally.sum, DIGEST_SIZE);
}

static void differs(const char *const *lines, const unsigned char *from)
{
    unsigned char sum[DIGEST_SIZE];
    sum_of(lines, sum);
    assert_memory_not_equal(sum, from, DIGEST_SIZE);
}

/* One line: its SHA-256. FIPS 180-4, the example "abc". */
static void is_the_hash_of_one_line(void **state)
{
    (void)state;
    char hex[DIGEST_HEX_SIZE];
    unsigned char sum[DIGEST_SIZE];
    sum_of((const char *[]){"abc", NULL}, sum);
    text_hex(sum, DIGEST_SIZE, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Computed by Python: (sha256(b"abc") + sha256(b"abc")) % 2**256 carries out of the top byte. */
static void adds_modulo(void **state)
{
    (void)state;
    char hex[DIGEST_HEX_SIZE];
    unsigned char sum[DIGEST_SIZE];
    sum_of((const char *[]){"abc", "abc", NULL}, sum);
    text_hex(sum, DIGEST_SIZE, hex);
    assert_string_equal(hex, "74f02d7f1e039fd4828281bcbb5c44476006c3472c2ef5396821fec3e4002b5a");
}

static void is_the_same_in_any_order(void **state)
{
    (void)state;
    unsigned char first[DIGEST_SIZE];
    unsigned char second[DIGEST_SIZE];
    sum_of((const char *[]){"a\n", "1\n", "2\n", "3\n", NULL}, first);
    sum_of((const char *[]){"3\n", "1\n", "a\n", "2\n", NULL}, second);
    assert_memory_equal(first, second, DIGEST_SIZE);
    assert_int_equal(tally_rows(&tally), 3);
    assert_int_equal(tally.bytes, 8);
}

static void sees_changes(void **state)
{
    (void)state;
    unsigned char sum[DIGEST_SIZE];
    sum_of((const char *[]){"a\tb\n", "1\t2\n", "3\t4\n", NULL}, sum);
    differs((const char *[]){"a\tb\n", "1\t2\n", NULL}, sum);
    differs((const char *[]){"a\tb\n", "1\t2\n", "3\t4\n", "3\t4\n", NULL}, sum);
    differs((const char *[]){"a\tb\n", "1\t2\n", "4\t3\n", NULL}, sum);
    differs((const char *[]){"a\tb\n", "1\t4\n", "3\t2\n", NULL}, sum);
    differs((const char *[]){"b\ta\n", "1\t2\n", "3\t4\n", NULL}, sum);
    differs((const char *[]){"a\tb\n", "1\t2\n3\t4\n", NULL}, sum);
}

static int start(void **state)
{
    struct error err;
    (void)state;
    models_init();
    return tally_init(&tally, &err) ? 0 : 1;
}

static int end(void **state)
{
    (void)state;
    tally_reset(&tally);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_hash_of_one_line),
        cmocka_unit_test(adds_modulo),
        cmocka_unit_test(is_the_same_in_any_order),
        cmocka_unit_test(sees_changes),
    };
    return cmocka_run_group_tests(tests, start, end);
}
