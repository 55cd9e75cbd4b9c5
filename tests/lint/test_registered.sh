#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every test_* file below tests/ is a test of ctest (BUILD_DIR names the configured tree), and no C
# file below tests/unit/ or tests/bench/ is left out by its name.
. "$(dirname "$0")/lint.sh"

registered=$scratch/registered
ctest --test-dir "${BUILD_DIR:?names the build directory}" -N | sed -n 's/^ *Test *#[0-9]*: //p' >"$registered"

violations() {
    files -path './tests/*/test_*' -o -path './tests/bench/bench_*' | grep -vE '\.(h|md|json|csv)$' |
        while read -r path; do
            name=$(echo "$path" | sed 's|^tests/||; s|/test_|/|; s|^bench/bench_|bench/|; s|\.[a-z]*$||; s|/|.|g')
            grep -qxF "$name" "$registered" || echo "$path: no test $name in ctest"
        done
    files -path './tests/unit/*.c' -o -path './tests/bench/*.c' | grep -vE '/(test|bench)_[^/]*$' |
        sed 's/$/: its name does not begin with test_ or bench_, so it is not built/'
}

plants() {
    plant tests/unit/models/core/test_planted.c ''
    plant tests/unit/models/core/planted.c ''
    plant tests/integration/test_planted.sh ''
    plant tests/lint/test_planted.sh ''
    plant tests/real/test_planted.py ''
    plant tests/elsewhere/test_planted.sh ''
    plant tests/bench/bench_planted.c ''
}

lint "$@"
