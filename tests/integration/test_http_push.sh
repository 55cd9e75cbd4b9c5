#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Records that a machine sends by HTTP: who may, what the answer says, repetitions, and that a
# service killed anywhere in between has the records once when the machine sends them again.
. "$(dirname "$0")/http.sh"

command -v "${CC:-cc}" >/dev/null || { echo "skipped: no C compiler"; exit 77; }
"${CC:-cc}" -shared -fPIC -o "$FOLDER/kill_at.so" "$(dirname "$0")/kill_at.c" -ldl
mkdir -p "$FOLDER/feeds/mapping" "$FOLDER/drop/in"
export HENG_FEED__FOLDER="$FOLDER/feeds" FOLDER

source_of_feed() { # NAME FORMAT
    cat >"$FOLDER/feeds/mapping/$1.json" <<DOCUMENT
{"mapping": "heng-mapping-1", "source": "$1", "kind": "complaint", "title": {"zh": "$1", "en": "$1"},
 "jurisdiction": "CN-50", "format": "$2", "encoding": "utf-8", "key": ["no"], "drop": ["phone"],
 "subject": [{"scheme": "regno", "column": "who"}],
 "fields": {"received_on": {"column": "day"}, "channel": {"column": "channel"},
            "outcome": {"column": "result", "values": {"open": "pending", "right": "upheld"}}}}
DOCUMENT
}
source_of_feed hotline jsonl
source_of_feed counter jsonl
source_of_feed paper csv
push() { # SOURCE ACCOUNT
    echo '{"feed": "heng-feed-1", "kind": "push", "mapping": "mapping/'"$1"'.json",
           "push": {"accounts": ["'"$2"'"]}}' >"$FOLDER/feeds/$1.json"
}
push hotline hotline_machine
push counter counter_machine
cat >"$FOLDER/feeds/paper.json" <<DOCUMENT
{"feed": "heng-feed-1", "kind": "folder", "mapping": "mapping/paper.json",
 "schedule": {"at": ["03:00"]},
 "folder": {"path": "$FOLDER/drop", "pattern": "*.csv", "ready": {"by": "rename"}}}
DOCUMENT
for name in hotline_machine counter_machine; do
    echo "correct horse battery" | "$HENG" --quiet user add "$name" --role feeder --password-stdin
done
echo "correct horse battery" | "$HENG" --quiet user add root --role admin --password-stdin
echo "correct horse battery" | "$HENG" --quiet user add otto --role auditor --password-stdin

serve
python3 "$(dirname "$0")/http_push.py" answers || fail "see above"
serve_stop
grep -q 13800000000 "$LOG" && fail "the log has a phone number"
"$HENG" --quiet audit verify >/dev/null || fail "the chain should be whole"

# Every such call from the request on; the service makes some of its own.
AFTER=$FOLDER/after
killed() { # NUMBER: 0 = not at all
    rm -f "$AFTER" "$FOLDER/points"
    serve LD_PRELOAD="$FOLDER/kill_at.so" HENG_KILL_AFTER="$AFTER" HENG_KILL_AT="$1" \
        HENG_KILL_COUNT="$FOLDER/points"
    python3 "$(dirname "$0")/http_push.py" "$2" || fail "see above"
}
quiet_psql() {
    psql -qAtX -c "$1" >/dev/null
}
emptied() {
    quiet_psql "TRUNCATE complaint, complaint_past, entity, entity_merge, load_reject, load_quality, load_batch, load_source,
                         feed_batch, feed_delivery"
}
state() {
    psql -qAtX -c "SELECT record_key, outcome FROM complaint ORDER BY 1" \
        -c "SELECT line, field FROM load_reject ORDER BY 1" \
        -c "SELECT sum(rows_in), sum(inserted), sum(rejected), count(*) FROM load_batch" \
        -c "SELECT delivery_key, complete FROM feed_delivery" \
        -c "SELECT count(*) FROM audit WHERE action = 'record.push' AND detail = 'the key'
             AND sequence > $CHAIN"
}
chain() { psql -qAtX -c "SELECT max(sequence) FROM audit"; }
emptied
CHAIN=$(chain)
killed 0 whole
serve_stop
POINTS=$(cat "$FOLDER/points")
state >"$FOLDER/expected"
[ "$POINTS" -gt 20 ] || fail "expected more than 20 places to be killed at, found $POINTS"
step=$((POINTS / 15 + 1))
[ -z "${HENG_TEST_LONG-}" ] || step=1
count=0
for point in $(seq 1 "$step" "$POINTS"); do
    emptied
    CHAIN=$(chain)
    killed "$point" cut
    # What the service does besides is not always the same: it may have answered a few calls before.
    kill -TERM "$SERVE" 2>/dev/null || true
    code=0
    wait "$SERVE" 2>/dev/null || code=$?
    [ "$code" = 137 ] && count=$((count + 1))
    serve
    python3 "$(dirname "$0")/http_push.py" whole || fail "see above"
    serve_stop
    state >"$FOLDER/found"
    diff "$FOLDER/expected" "$FOLDER/found" || fail "killed at call $point of $POINTS"
done
[ "$count" -ge 10 ] || fail "killed at $count places only"
echo "killed at $count of $POINTS places"
