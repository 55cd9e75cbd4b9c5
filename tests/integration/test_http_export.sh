#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists as CSV files: the same rows as the lists, titles in both languages, nothing that becomes a
# formula; and what happens when the data, the client, the database or the server goes away midway.
. "$(dirname "$0")/http.sh"
. "$(dirname "$0")/http_register.sh"
demo_register
demo_draw
serve HENG_HTTP__SEND_SECONDS=3 HENG_HTTP__STOP_SECONDS=1
python3 "$(dirname "$0")/http_export.py" lists || fail "see above"
python3 "$(dirname "$0")/http_export.py" midway || fail "see above"

# A stop in the middle waits http.stop_seconds for a client that does not read, and cuts it.
touch "$FOLDER/stop.out"
python3 "$(dirname "$0")/http_export.py" stop >"$FOLDER/stop.out" 2>&1 &
client=$!
tries=0
until grep -q reading "$FOLDER/stop.out"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || fail "no export began: $(cat "$FOLDER/stop.out")"
    sleep 0.1
done
before=$(date +%s)
serve_stop
[ $(($(date +%s) - before)) -le 3 ] || fail "the stop took longer than http.stop_seconds and a little"
wait "$client" || fail "the cut export looked whole: $(cat "$FOLDER/stop.out")"
