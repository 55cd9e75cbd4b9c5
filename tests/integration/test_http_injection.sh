#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SQL injection through every parameter of every route: the texts of the statements stay the same.
. "$(dirname "$0")/http.sh"
. "$(dirname "$0")/http_register.sh"
export CLUSTER_LOG="$cluster_folder/log"
demo_register
# Logins are not limited here, or most payloads would only meet the limit.
serve HENG_SESSION__TRIES_PER_ACCOUNT=1000000 HENG_SESSION__TRIES_PER_ADDRESS=1000000
python3 "$(dirname "$0")/http_injection.py" || fail "see above"
serve_stop
"$HENG" --quiet audit verify >/dev/null || fail "the audit chain is broken"
