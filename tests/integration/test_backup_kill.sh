#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at any moment: of a backup leaves nothing that looks whole and is not; of a removal neither;
# of a restore leaves the database empty, ready for the next try.
. "$(dirname "$0")/backup.sh"
start_both

now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

# kill_after MS COMMAND…: true when it was killed, false when it was done before.
kill_after() {
    delay=$(awk -v ms="$1" 'BEGIN { printf "%.3f", ms / 1000 }')
    shift
    "$@" >"$PLACE/quiet.out" 2>"$PLACE/last.err" &
    victim=$!
    sleep "$delay"
    kill -KILL "$victim" 2>/dev/null || true
    ended=0
    wait "$victim" 2>/dev/null || ended=$?
    [ "$ended" = 137 ] || [ "$ended" = 0 ] || fail "expected a killed or a good end, found $ended"
    [ "$ended" = 137 ]
}

# --- backups: the later ones are done, and removals come near
export HENG_BACKUP__FOLDER="$PLACE/shelf" HENG_BACKUP__KEEP=2
start=$(now_ms)
quiet "$HENG" backup
whole_ms=$(($(now_ms) - start))
killed=0
partials=0
for part in ${HENG_TEST_LONG:+1 2 4 5 6 8 9 10 12 13 14 16 17} 3 7 11 15 18; do
    sleep 1 # one name per second
    if kill_after $((whole_ms * part / 12)) "$HENG" backup; then killed=$((killed + 1)); fi
    for folder in "$PLACE"/shelf/heng-*Z; do
        quiet "$HENG" backup verify "$folder"
    done
    for folder in "$PLACE"/shelf/*.partial; do
        [ ! -e "$folder" ] || partials=$((partials + 1))
    done
done
echo "$killed backups of $whole_ms ms were killed, $partials left something unfinished"
[ "$killed" -ge 2 ] || fail "only $killed backups were killed within $whole_ms ms"
[ "$partials" -ge 1 ] || fail "only $partials kills left something unfinished"
sleep 1
quiet "$HENG" backup
expect_same "unfinished after the next backup" "" "$(ls -d "$PLACE"/shelf/*.partial 2>/dev/null)"
expect_same "kept" 2 "$(ls -d "$PLACE"/shelf/heng-*Z | wc -l)"

# A removal that was cut off: the name goes first.
last=$(newest "$PLACE/shelf")
cp -r "$last" "$last.partial"
rm "$last.partial/SHA256SUMS"
expect_exit 14 "$HENG" backup verify "$last.partial"

# --- restores
from_rows "$PLACE/from"
new_database measure
start=$(now_ms)
quiet heng_to restore "$last"
whole_ms=$(($(now_ms) - start))
new_database target
count_things() {
    psql -XAt -d "$TO" -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
}
is_left() {
    [ "$(psql -XAt -c "SELECT count(*) FROM pg_stat_activity WHERE datname = 'target'")" = 0 ]
}
killed=0
for part in ${HENG_TEST_LONG:+2 3 5 6 7 9 10 11} 4 8 12; do
    export HENG_DATABASE__DSN="$TO"
    if kill_after $((whole_ms * part / 13)) "$HENG" restore "$last"; then killed=$((killed + 1)); fi
    unset HENG_DATABASE__DSN
    wait_for 30 is_left
    [ "$(count_things)" = 0 ] || break
done
[ "$killed" -ge 1 ] || fail "only $killed restores were killed within $whole_ms ms"
if [ "$(count_things)" = 0 ]; then
    quiet heng_to restore "$last"
else
    # Done before the kill: then it is there whole, and is refused as not empty.
    HENG_DATABASE__DSN=$TO expect_exit 6 "$HENG" restore "$last"
    expect_text "make a new database" "$PLACE/last.err"
fi
rows_of "$PLACE/to" psql -d "$TO"
grep -vE '^(job|sequence) ' "$PLACE/from" >"$PLACE/from.less"
grep -vE '^(job|sequence) ' "$PLACE/to" >"$PLACE/to.less"
cmp "$PLACE/from.less" "$PLACE/to.less" || fail "after the kills: $(diff "$PLACE/from.less" "$PLACE/to.less" | head -n 5)"

echo "$killed restores of $whole_ms ms were killed"

# --- the embedded one: its server ends with the killed heng, and the next finds an empty database
export HENG_CLUSTER__DATA_DIR="$PLACE/other"
quiet "$HENG" check
if kill_after $((whole_ms * 2 / 3)) "$HENG" restore "$last"; then
    quiet "$HENG" restore "$last"
    quiet "$HENG" audit verify
fi
