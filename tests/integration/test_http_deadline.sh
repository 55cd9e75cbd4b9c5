#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Absolute deadlines, kept connections, quiet connections (10,000 with HENG_TEST_LONG), and a stop
# that waits for nobody who is quiet.
. "$(dirname "$0")/http.sh"

IDLE_COUNT=500
[ -z "${HENG_TEST_LONG:-}" ] || IDLE_COUNT=10000
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -gt $((IDLE_COUNT + 200)) ] ||
    { echo "skipped: only $(ulimit -n) open files are allowed, $IDLE_COUNT are needed"; exit 77; }
export IDLE_COUNT

mkdir -p "$FOLDER/pages/assets"
echo '<!doctype html>' >"$FOLDER/pages/index.html"
head -c 16000000 /dev/zero | tr '\0' x >"$FOLDER/pages/assets/big.txt"
serve HENG_HTTP__HEAD_SECONDS=2 HENG_HTTP__BODY_SECONDS=3 HENG_HTTP__SEND_SECONDS=3 \
    HENG_HTTP__PAGES="$FOLDER/pages"
python3 "$(dirname "$0")/http_deadline.py" || fail "see above"
cut=$(curl -s "$URL/metrics" | sed -n 's/^heng_http_connections_cut_total //p')
[ "$cut" -ge 6 ] || fail "expected at least 6 connections cut, found $cut"
python3 -c 'import socket, time, os, urllib.parse
u = urllib.parse.urlsplit(os.environ["URL"])
s = socket.create_connection((u.hostname, u.port)); time.sleep(15)' &
idle=$!
before=$(date +%s)
serve_stop
[ $(($(date +%s) - before)) -lt 5 ] || fail "a stop should not wait for a quiet connection"
kill "$idle" 2>/dev/null || true
