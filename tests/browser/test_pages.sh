#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways through the pages in a headless Chromium, and a look at every page: against the server
# named by HENG_URL (logins in the file HENG_LOGINS, lines "ROLE NAME PASSWORD"). For work on the
# pages alone, HENG_PAGES_FIXTURE=1 lets made-up answers stand in: they prove nothing of the server,
# so no run of all tests uses them.
set -eu
cd "$(dirname "$0")"
skip() {
    echo "skipped: $1"
    exit 77
}
[ -n "${HENG_URL-}${HENG_PAGES_FIXTURE-}" ] || skip "HENG_URL names no server that has all routes of the pages"
command -v node >/dev/null || skip "no node"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no ${CHROMIUM:-/usr/bin/chromium}"
[ -d node_modules/playwright-core ] || skip "tests/browser/node_modules is not installed (npm ci --ignore-scripts)"
[ -d ../../dashboards/node_modules/esbuild ] || skip "dashboards/node_modules is not installed (npm ci --ignore-scripts)"

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
if [ -z "${HENG_URL-}" ]; then
    node ../../dashboards/build.js "$scratch/pages"
    for role in regulator planner leader auditor admin; do
        echo "$role demo-$role $role"
    done >"$scratch/logins"
    echo "district demo-planner planner" >>"$scratch/logins"
    mkfifo "$scratch/address"
    node fixture.js "$scratch/pages" 0 >"$scratch/address" &
    server=$!
    read -r HENG_URL <"$scratch/address"
    export HENG_URL HENG_LOGINS="$scratch/logins"
fi
node --test pages.js
if [ -n "${HENG_TEST_LONG-}" ]; then
    node shots.js "${BUILD_DIR:-$scratch}/shots"
fi
