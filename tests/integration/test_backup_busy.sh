#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Backups made while files are loaded, scores are given and alerts are looked for, again and again:
# each is one state of the database, by rules that hold in every committed state, and neither side
# fails or waits long for the other.
. "$(dirname "$0")/backup.sh"
start_both
quiet "$HENG" demo --entities 1500 --seed 2 --until 2026-06-30 --out "$PLACE/second"
chmod -R a+rX "$PLACE/second"

work() {
    round=0
    while [ ! -e "$PLACE/enough" ]; do
        round=$((round + 1))
        for step in "load $PLACE/second" "score --as-of 2026-06-30" "alert scan --as-of 2026-06-30" \
            "score --as-of 2026-05-31" "load $PLACE/demo"; do
            # shellcheck disable=SC2086
            "$HENG" --quiet $step >/dev/null 2>"$PLACE/work.err" || {
                echo "round $round: heng $step" >"$PLACE/failed"
                return
            }
        done
        echo "$round" >"$PLACE/rounds"
    done
}
work &
worker=$!

for name in a b c d e f; do
    quiet "$HENG" backup --out "$PLACE/shelf"
    python3 "$here/backup.py" check "$(newest "$PLACE/shelf")" >/dev/null || fail "the backup differs from its sums"
    sleep 1
done
touch "$PLACE/enough"
wait "$worker"
[ ! -e "$PLACE/failed" ] || fail "$(cat "$PLACE/failed"): $(cat "$PLACE/work.err")"
[ "$(cat "$PLACE/rounds")" -ge 1 ] || fail "no round of work was done during the backups"

# Every batch has as many rejects as it says; the published run is there with as many scores as it
# counted in the table that it names; every class change is of a run that is there; heads fit chains.
cat >"$PLACE/rules.sql" <<'END'
SELECT 'batch ' || batch_id FROM load_batch b
 WHERE rejected <> (SELECT count(*) FROM load_reject r WHERE r.batch_id = b.batch_id)
UNION ALL SELECT 'row of no batch' WHERE EXISTS (SELECT FROM inspection WHERE batch_id NOT IN (SELECT batch_id FROM load_batch))
UNION ALL SELECT 'no published run' WHERE NOT EXISTS (SELECT FROM score_published)
UNION ALL SELECT 'scores of run ' || run_id FROM score_published JOIN score_run USING (run_id)
 WHERE entities <> CASE score_table WHEN 'score_one' THEN (SELECT count(*) FROM score_one)
                                    ELSE (SELECT count(*) FROM score_two) END
UNION ALL SELECT 'class change of no run' WHERE EXISTS (SELECT FROM class_change WHERE run_id NOT IN (SELECT run_id FROM score_run))
UNION ALL SELECT 'identity of ' || max(batch_id) FROM load_batch HAVING max(batch_id) > (SELECT last_value FROM load_batch_id)
UNION ALL SELECT 'step of no alert' WHERE EXISTS (SELECT FROM alert_transition WHERE alert_id NOT IN (SELECT alert_id FROM alert))
END
states=
for folder in "$PLACE"/shelf/heng-*Z; do
    new_database "state$(basename "$folder" | tr -dc 0-9)"
    quiet heng_to restore "$folder"
    expect_same "broken rules" "" "$(psql -XAt -d "$TO" -f "$PLACE/rules.sql")"
    states="$states $(psql -XAt -d "$TO" -c 'SELECT max(run_id) FROM score_run')"
done
[ "$(echo "$states" | tr ' ' '\n' | sort -u | grep -c .)" -ge 2 ] || fail "the state never changed between backups:$states"
echo "runs published in the backups:$states; rounds of work: $(cat "$PLACE/rounds")"
