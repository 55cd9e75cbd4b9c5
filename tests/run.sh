#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sh tests/run.sh [--long]
# Installs what the tests need, builds with gcc (Release: every test) and with clang under
# AddressSanitizer and UndefinedBehaviorSanitizer (unit tests, the malformed corpus and one pass of
# the main job), runs them and ends with "N passed, N failed, N skipped". --long adds the benches and the full figures.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
jobs=$(nproc)
suites=
not_built=

case "${1-}" in
'') without='-LE ^bench$' ;;
--long)
    without=
    export HENG_TEST_LONG=1
    ;;
*)
    echo "expected no argument or --long, found $1" >&2
    exit 2
    ;;
esac
export HENG_TEST_DATA="${HENG_TEST_DATA:-$root/../shared}"
export UBSAN_OPTIONS=print_stacktrace=1

say() {
    printf '\n== %s (%d s)\n' "$1" "$(($(date +%s) - started))"
}

install_packages() {
    . daemon/packages.sh
    need_build
    need_database
    need_library cmocka libcmocka-dev
    need_command clang-14 clang-14
    need_file '/usr/lib/llvm-14/lib/clang/14*/lib/linux/libclang_rt.asan-*.a' libclang-rt-14-dev
    need_command clang-format-14 clang-format-14
    need_command clang-tidy-14 clang-tidy-14
    need_command python3 python3
    need_command curl curl
    need_command openssl openssl
    need_command node nodejs
    need_command npm npm
    need_command chromium chromium
    need_file '/usr/share/fonts/*/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
    need_file /usr/share/nodejs/ajv/package.json node-ajv
    if [ -n "${HENG_TEST_LONG-}" ]; then # the peers of the benches
        need_pages
        need_command wrk wrk
        need_file /usr/lib/python3/dist-packages/fastapi/__init__.py python3-fastapi
        need_file /usr/lib/python3/dist-packages/uvicorn/__init__.py python3-uvicorn
        need_file /usr/lib/python3/dist-packages/psycopg/__init__.py python3-psycopg
        need_file /usr/lib/python3/dist-packages/openpyxl/__init__.py python3-openpyxl
    fi
    packages_install
}

build() { # SUITE COMPILER OPTION...
    suite=$1
    compiler=$2
    shift 2
    say "build/$suite: $compiler $*"
    cmake -S . -B "build/$suite" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Release "$@" \
        >"build/$suite.log" 2>&1 &&
        cmake --build "build/$suite" -j "$jobs" >>"build/$suite.log" 2>&1 || {
        tail -n 60 "build/$suite.log"
        not_built="$not_built $suite"
        return
    }
    suites="$suites $suite"
}

# ctest's own verdict is not asked for: the account below reads every test's.
run() { # SUITE CTEST-OPTION...
    suite=$1
    shift
    case "$suites " in *" $suite "*) ;; *) return ;; esac
    say "tests of build/$suite"
    rm -f "build/$suite.xml"
    ctest --test-dir "build/$suite" -j "$jobs" --output-on-failure --no-tests=error \
        --test-output-size-passed 1000000 --output-junit "$root/build/$suite.xml" "$@" || true
}

account() {
    set --
    for suite in $suites; do
        set -- "$@" "build/$suite.xml"
    done
    printf '\n'
    awk -v not_built="$not_built" -f tests/account.awk "$@" </dev/null
}

started=$(date +%s)
mkdir -p build
say "packages"
install_packages
# From here on the clock is that of building and testing.
started=$(date +%s)
build release gcc
run release $without
build sanitize clang-14 -DSANITIZE=ON
run sanitize -R '^(unit\.|fuzz\.|integration\.main_job$)'
say "account"
account
