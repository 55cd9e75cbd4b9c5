#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The closing account of tests/run.sh counts what ctest really wrote: a skip needs a reason, and a
# suite that was not built, left no result or ran nothing is a failure.
set -eu
account=$(cd "$(dirname "$0")/.." && pwd)/account.awk
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(account NONE)
enable_testing()
add_test(NAME passes COMMAND true)
add_test(NAME skips_in_part COMMAND sh -c "echo 'skipped: one half'")
add_test(NAME skips COMMAND sh -c "echo 'skipped: no \"oracles\" & <data>'; exit 77")
add_test(NAME skips_silently COMMAND sh -c "exit 77")
add_test(NAME fails COMMAND false)
add_test(NAME crashes COMMAND sh -c "kill -SEGV $$")
add_test(NAME is_not_there COMMAND ./missing)
add_test(NAME hangs COMMAND sleep 20)
set_tests_properties(skips skips_silently PROPERTIES SKIP_RETURN_CODE 77)
set_tests_properties(hangs PROPERTIES TIMEOUT 1)
END
cmake . >/dev/null
ctest -j 8 --output-junit all.xml >/dev/null 2>&1 || true
ctest -R '^passes$' --output-junit good.xml >/dev/null 2>&1
: >empty.xml

expect() { # STATUS LAST-LINE AWK-ARGUMENT...
    status=0
    wanted_status=$1
    wanted=$2
    shift 2
    awk -f "$account" "$@" >out </dev/null || status=$?
    if [ "$status" -ne "$wanted_status" ] || [ "$(tail -n 1 out)" != "$wanted" ]; then
        echo "expected $wanted_status, $wanted; found $status:"
        cat out
        exit 1
    fi
}

expect 1 '2 passed, 5 failed, 1 skipped' all.xml
grep -qxF 'skipped all/skips: no "oracles" & <data>' out
grep -qxF 'in part all/skips_in_part: one half' out
grep -qxF 'failed: all/skips_silently (skipped without a reason)' out
expect 0 '1 passed, 0 failed, 0 skipped' good.xml
expect 1 '1 passed, 1 failed, 0 skipped' good.xml empty.xml
expect 1 '1 passed, 1 failed, 0 skipped' good.xml missing.xml
expect 1 '1 passed, 1 failed, 0 skipped' -v not_built=sanitize good.xml
expect 1 '0 passed, 0 failed, 0 skipped'
