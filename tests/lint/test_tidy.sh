#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy with the checks of .clang-tidy. One file at a time: given several, version 14 carries
# the analyser's va_list state from one to the next and reports what is not there. The analyser
# follows every path, which takes minutes: it runs in the long form only.
. "$(dirname "$0")/lint.sh"

flags="-std=c17 -D_GNU_SOURCE -DHENG_VERSION='\"\"' -DSOURCE_DIR='\"\"' -I. $(
    pkg-config --cflags gsl jansson libcrypto libpq zlib libzip expat inih libsodium cmocka
)"
pattern='\.c$'

violations() {
    tidy "$([ -n "${HENG_TEST_LONG-}" ] || echo '-clang-analyzer-*')" models etl daemon tests
}

tidy() { # CHECKS FOLDER...
    checks=$1
    shift
    c_files "$@" | grep "$pattern" |
        xargs -P "$(nproc)" -I FILE sh -c "clang-tidy-14 --quiet --checks='$checks' FILE -- $flags 2>/dev/null" |
        sed "s|$PWD/||"
}

plants() {
    pattern=planted
    plant models/core/planted.c 'int f(int a, int b);
int f(int a, int b)
{
    return a == b && a == b;
}'
    plant daemon/planted.c '#include <string.h>
int f(const char *a);
int f(const char *a)
{
    return strcmp(a, "x") ? sizeof(a) == 8 : memcmp(a, "", sizeof(sizeof(a)));
}'
    plant tests/unit/models/core/test_planted.c 'int f(int a);
int f(int a)
{
    return a == 1 || a == 1;
}'
}

lint "$@"
