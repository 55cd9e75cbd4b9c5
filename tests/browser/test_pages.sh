#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways through the pages in a headless Chromium, and a look at every page: against the server
# named by HENG_URL (logins in the file HENG_LOGINS, lines "ROLE NAME PASSWORD"), else against
# made-up answers, which prove the pages but not the server.
set -eu
cd "$(dirname "$0")"
skip() {
    echo "skipped: $1"
    exit 77
}
command -v node >/dev/null || skip "no node"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no ${CHROMIUM:-/usr/bin/chromium}"
[ -d node_modules/playwright-core ] || skip "tests/browser/node_modules is not installed (npm ci --ignore-scripts)"
[ -d ../../dashboards/node_modules/esbuild ] || skip "dashboards/node_modules is not installed (npm ci --ignore-scripts)"

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
if [ -z "${HENG_URL-}" ]; then
    echo "HENG_URL is not set: made-up answers"
    node ../../dashboards/build.js "$scratch/pages"
    for role in regulator planner leader auditor admin; do
        echo "$role demo-$role $role"
    done >"$scratch/logins"
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
