#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SQL injection through every parameter of every route: what the database gets to execute is, byte
# for byte but for blanks, the files of etl/sql/.
. "$(dirname "$0")/http.sh"
. "$(dirname "$0")/http_register.sh"
export CLUSTER_LOG="$cluster_folder/log"
SQL_FOLDER=$(dirname "$0")/../../etl/sql
export SQL_FOLDER
demo_register
serve
python3 "$(dirname "$0")/http_injection.py" routes || fail "see above"
serve_stop
# Tries to log in are limited per minute, so these take two servers.
for half in 0 1; do
    serve HENG_SESSION__TRIES_PER_ACCOUNT=64 HENG_SESSION__TRIES_PER_ADDRESS=64
    python3 "$(dirname "$0")/http_injection.py" login $half || fail "see above"
    serve_stop
done
"$HENG" --quiet audit verify >/dev/null || fail "the audit chain is broken"
