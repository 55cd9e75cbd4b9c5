#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The database is not migrated, slow, busy or away, and back again: 503 with Retry-After, never 500,
# and well afterwards without a restart. Problems in both languages.
. "$(dirname "$0")/http.sh"

faults() {
    python3 "$(dirname "$0")/http_faults.py" "$@" || fail "see above"
}

psql -qAtX -c "CREATE DATABASE bare" >/dev/null
bare="host=$PGHOST user=$PGUSER dbname=bare"
serve HENG_DATABASE__DSN="$bare"
faults bare
HENG_DATABASE__DSN="$bare" "$HENG" --quiet migrate >/dev/null
faults ready
serve_stop

serve
faults problems
faults slow
faults prepare
cluster_halt
faults away
cluster_run
faults back
serve_stop

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout "$FOLDER/key.pem" -out "$FOLDER/certificate.pem" 2>"$FOLDER/openssl.err"
serve HENG_HTTP__TLS_CERTIFICATE="$FOLDER/certificate.pem" HENG_HTTP__TLS_KEY="$FOLDER/key.pem"
faults busy
serve_stop
