#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sh tests/browser/fixture.sh [FOLDER]: the ways through the pages and the tour with made-up answers,
# for work on the pages alone; pictures of every page go into the folder. Proves nothing of the
# server: test_server.sh does.
set -eu
cd "$(dirname "$0")"
. ./modules.sh
modules . ../../dashboards

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
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
node --test pages.js
node tour.js "$@"
