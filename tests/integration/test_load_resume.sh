#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file loaded in many batches, or killed at any point and loaded again, or by two loaders at once
# leaves the tables that one undisturbed load in one batch leaves.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

BATCH_ROWS=500
# The loader is killed in the batch after so many, at its first insert into the table.
KILLS="1:load_reject 3:entity 5:inspection_past 7:inspection 9:load_batch"

start_empty_register
quiet "$HENG" demo --entities 2000 --seed 1 --until 2026-06-30 --out "$PLACE/demo"
chmod -R a+rX "$PLACE/demo"
MAPPING="$PLACE/demo/mapping/inspection.json"
FILE="$PLACE/demo/inspection.csv.gz"

batches() {
    query "SELECT count(*) FROM load_batch"
}

# pause_before TABLE BATCHES: inserts into the table wait once so many batches are committed.
pause_before() {
    quiet query "CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS \$\$BEGIN
        IF (SELECT count(*) FROM load_batch) = $2 THEN PERFORM pg_sleep(600); END IF;
        RETURN NULL; END\$\$"
    quiet query "CREATE TRIGGER pause BEFORE INSERT ON $1 EXECUTE FUNCTION pause()"
}

PAUSED="FROM pg_stat_activity WHERE wait_event = 'PgSleep'"

is_paused() {
    [ "$(query "SELECT count(*) $PAUSED")" = 1 ]
}

# The session of a killed loader ends when the pause does; nobody is left to commit it.
end_pause() {
    quiet query "SELECT pg_cancel_backend(pid) $PAUSED"
    quiet query "DROP FUNCTION pause CASCADE"
}

is_whole() { # WHAT
    dump "$PLACE/found"
    expect_same_tables "$1" "$PLACE/expected" "$PLACE/found"
    expect_same "$1: account" "$EXPECTED" "$(batch_account)"
}

load_json "$MAPPING" "$FILE"
dump "$PLACE/expected"
EXPECTED=$(batch_account)
[ "$(query "SELECT count(*) > 4000 FROM inspection")" = t ] || fail "too few inspections to test with"
[ "$(query "SELECT count(*) > 0 FROM inspection_past")" = t ] || fail "no history to test with"

empty_register
load_json "$MAPPING" "$FILE" --batch-rows $(($(json "$PLACE/report" 'd[0]["rows_in"]') / 3 + 1))
expect_same "batches" 3 "$(batches)"
is_whole "three batches differ from one"

empty_register
load_json "$MAPPING" "$FILE" --batch-rows $BATCH_ROWS
ALL=$(batches)
[ "$ALL" -gt 10 ] || fail "expected more than 10 batches, found $ALL"
is_whole "$ALL batches differ from one"

for kill in $KILLS; do
    committed=${kill%:*}
    empty_register
    pause_before "${kill#*:}" "$committed"
    "$HENG" --quiet load --mapping "$MAPPING" --batch-rows $BATCH_ROWS "$FILE" >/dev/null 2>&1 &
    loader=$!
    RUNNING="$RUNNING $loader"
    wait_for 30 is_paused
    kill -9 "$loader"
    wait "$loader" 2>/dev/null || true
    end_pause
    expect_same "batches committed before the kill at $kill" "$committed" "$(batches)"
    load_json "$MAPPING" "$FILE" --batch-rows $BATCH_ROWS
    expect_same "resumed after the kill at $kill" $((committed * BATCH_ROWS)) \
        "$(json "$PLACE/report" 'd[0]["resumed_after"]')"
    expect_same "batches" "$ALL" "$(batches)"
    is_whole "a load killed at $kill differs"
done

# Two loaders of one source: one file after the other, whichever is first.
empty_register
"$HENG" --quiet load --json --mapping "$MAPPING" "$FILE" >"$PLACE/first" 2>"$PLACE/first.err" &
first=$!
"$HENG" --quiet load --json --mapping "$MAPPING" "$FILE" >"$PLACE/second" 2>"$PLACE/second.err" &
second=$!
wait "$first" || fail "the first loader failed"
wait "$second" || fail "the second loader failed"
is_whole "two loaders at once differ from one"
expect_same "loaders that found nothing new" 1 \
    "$(cat "$PLACE/first" "$PLACE/second" | grep -c '"nothing_new": true')"
