#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A scan of the demo register finds what was planted in it and not what nearly was; a repeated scan
# changes nothing; alerts go through their life; a step changed behind the program's back is found.
. "$(dirname "$0")/embedded.sh"

as_user() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else "$@"; fi
}

# sql STATEMENT [-v NAME=VALUE…]: one value from the register's database, as its own user.
sql() {
    printf '%s\n' "$1" >"$PLACE/statement.sql"
    shift
    as_user psql -X -q -At -v ON_ERROR_STOP=1 "$@" -d "$dsn" <"$PLACE/statement.sql" || fail "psql"
}

expect_sql() { # EXPECTED STATEMENT [-v NAME=VALUE…]
    wanted=$1
    shift
    got=$(sql "$@")
    [ "$got" = "$wanted" ] || fail "expected $wanted, found $got: $1"
}

json() { # heng's arguments: one JSON value without line feeds
    expect_exit 0 "$HENG" --quiet "$@" --json
    tr -d '\n' <"$PLACE/out"
}

start_serve
dsn=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
export HENG_REGISTER__LANGUAGE=en
expect_exit 0 "$HENG" --quiet demo --entities 1000 --seed 3 --out "$PLACE/demo"
expect_exit 0 "$HENG" --quiet migrate
expect_exit 0 "$HENG" --quiet load "$PLACE/demo"
truth=$(tr -d '\n' <"$PLACE/demo/truth.json")

expect_exit 0 "$HENG" --quiet alert scan --as-of 2026-06-30
expect_text "nothing was scored by then" "$PLACE/out"
sql "TRUNCATE alert, alert_transition"
expect_exit 0 "$HENG" --quiet score --as-of 2026-05-31
expect_exit 0 "$HENG" --quiet score --as-of 2026-06-30

# Two scans at once: one finds it all new, the other finds it all known.
"$HENG" --quiet alert scan --as-of 2026-06-30 --weeks 11 --json >"$PLACE/a.json" 2>"$PLACE/a.err" &
first=$!
"$HENG" --quiet alert scan --as-of 2026-06-30 --weeks 11 --json >"$PLACE/b.json" 2>"$PLACE/b.err" &
second=$!
wait "$first" || fail "the first scan failed"
wait "$second" || fail "the second scan failed"
expect_sql t "SELECT sum(created) > 8 AND sum(found) = sum(created) + sum(repeated) + sum(known)
                     AND sum(found) = 2 * sum(known) AND sum(reopened) = 0
                FROM jsonb_array_elements((:'a'::jsonb -> 'rules') || (:'b'::jsonb -> 'rules')) r,
                     jsonb_to_record(r) AS c (created int, found int, known int, repeated int,
                                              reopened int)" \
    -v a="$(tr -d '\n' <"$PLACE/a.json")" -v b="$(tr -d '\n' <"$PLACE/b.json")"
before=$(sql "SELECT count(*) FROM alert_transition")
json alert scan --as-of 2026-06-30 --weeks 11 >/dev/null
json alert scan --as-of 2026-06-01 >/dev/null
expect_sql "$before" "SELECT count(*) FROM alert_transition WHERE as_of = '2026-06-30'"
expect_sql "$before" "SELECT count(*) FROM alert_transition"

# The surge: its weeks, as planted, and no other week of that series.
list=$(json alert list --all)
expect_sql t "SELECT array_agg((t.evidence::json ->> 'week') || ' ' || (t.evidence::json ->> 'observed')
                               ORDER BY t.transition_id)
                     = (SELECT array_agg((w ->> 'week') || ' ' || (w ->> 'complaints'))
                          FROM jsonb_array_elements(:'truth'::jsonb -> 'surge' -> 'weeks') w
                         WHERE (w ->> 'week') >= (:'truth'::jsonb -> 'surge' ->> 'week'))
                FROM alert_transition t
                JOIN jsonb_array_elements(:'list'::jsonb -> 'alerts') a
                  ON (a ->> 'alert')::bigint = t.alert_id
               WHERE a ->> 'rule' = 'complaint_surge'
                 AND a ->> 'region_code' = :'truth'::jsonb -> 'surge' ->> 'region_code'
                 AND a ->> 'industry_section' = :'truth'::jsonb -> 'surge' ->> 'industry_section'" \
    -v truth="$truth" -v list="$list"

# Overdue complaints: all that were planted; not those accepted late or saved by a holiday.
overdue="SELECT coalesce(string_agg(a -> 'evidence' ->> 'record_key', ' '
                                    ORDER BY a -> 'evidence' ->> 'record_key'), 'none')
           FROM jsonb_array_elements(:'list'::jsonb -> 'alerts') a
          WHERE a ->> 'rule' = 'complaint_not_accepted'"
planted=$(sql "SELECT string_agg(c ->> 'complaint_no', ' ' ORDER BY c ->> 'complaint_no')
                 FROM jsonb_array_elements(:'truth'::jsonb -> 'complaint_deadline' -> 'not_accepted') c" \
    -v truth="$truth")
expect_sql "$planted" "$overdue" -v list="$list"
expect_sql "" "SELECT a ->> 'entity' FROM jsonb_array_elements(:'list'::jsonb -> 'alerts') a
                WHERE a ->> 'rule' = 'class_downgrade'
                  AND a -> 'evidence' ->> 'from_class' >= (a -> 'evidence' ->> 'to_class')" -v list="$list"
expect_sql t "SELECT (SELECT count(*) FROM class_change c JOIN score_published USING (run_id)
                       WHERE from_class < to_class)
                     = (SELECT count(*) FROM jsonb_array_elements(:'list'::jsonb -> 'alerts') a
                         WHERE a ->> 'rule' = 'class_downgrade')" -v list="$list"

# The filters of a list.
list=$(json alert list --rule complaint_not_accepted --severity serious --state firing)
expect_sql "$planted" "$overdue" -v list="$list"
expect_exit 0 "$HENG" --quiet alert list --limit 1
expect_text "only the first 1 are listed" "$PLACE/out"
expect_exit 0 "$HENG" --quiet alert list --region 999999
expect_text "no alerts" "$PLACE/out"
expect_exit 4 "$HENG" --quiet alert list --state asleep
expect_text 'expected firing, acknowledged, .*, found "asleep"' "$PLACE/last.err"

# A life, and what is refused on the way.
one=$(sql "SELECT min(alert_id) FROM alert WHERE rule_id = 'complaint_not_accepted'")
other=$((one + 1))
key=$(sql "SELECT labels ->> 'record_key' FROM alert WHERE alert_id = $one")
expect_exit 2 "$HENG" --quiet alert acknowledge "$one"
expect_text "expected --actor NAME" "$PLACE/last.err"
expect_exit 4 "$HENG" --quiet alert acknowledge "$one" --actor system
expect_text "expected the name of a person" "$PLACE/last.err"
expect_exit 5 "$HENG" --quiet alert acknowledge 999999 --actor D01
expect_text "there is no alert 999999" "$PLACE/last.err"
expect_exit 6 "$HENG" --quiet alert close "$one" --actor D01
expect_text "close is not possible in state firing; possible: fire, acknowledge, assign, resolve" "$PLACE/last.err"
expect_exit 2 "$HENG" --quiet alert closs "$one" --actor D01
expect_text "did you mean heng alert close?" "$PLACE/last.err"
expect_exit 0 "$HENG" --quiet alert acknowledge "$one" --actor D01
expect_exit 4 "$HENG" --quiet alert assign "$one" --actor D01
expect_text "needs an assignee" "$PLACE/last.err"
expect_exit 0 "$HENG" --quiet alert assign "$one" --actor D01 --assignee D02
expect_exit 0 "$HENG" --quiet alert start "$one" --actor D02
expect_text "in_progress" "$PLACE/out"
expect_exit 4 "$HENG" --quiet alert resolve "$one" --actor D02 --reason seen
expect_text "needs a verdict" "$PLACE/last.err"
expect_exit 2 "$HENG" --quiet alert resolve "$one" --actor D02 --reason seen --verdict maybe
expect_exit 0 "$HENG" --quiet alert resolve "$one" --actor D02 --reason "accepted by hand" --verdict true
expect_exit 6 "$HENG" --quiet alert start "$one" --actor D02
expect_text "possible: refire, close" "$PLACE/last.err"
expect_exit 0 "$HENG" --quiet alert show "$one"
expect_text "resolve .*D02  verdict true  accepted by hand" "$PLACE/out"
expect_exit 0 "$HENG" --quiet alert resolve "$other" --actor D02 --reason "no such complaint" --verdict false
expect_exit 0 "$HENG" --quiet alert close "$other" --actor D01
expect_exit 6 "$HENG" --quiet alert close "$other" --actor D01
expect_text "possible: nothing" "$PLACE/last.err"

# The same day again: what people settled stays settled. The next day the resolved alert opens
# again, the closed one has a successor, and the complaints that a holiday saved are overdue.
json alert scan --as-of 2026-06-30 >/dev/null
expect_sql "resolved closed" "SELECT string_agg(state, ' ' ORDER BY alert_id) FROM alert WHERE alert_id IN ($one, $other)"
json alert scan --as-of 2026-07-01 >/dev/null
expect_sql "firing||2" "SELECT state, verdict, hits FROM alert WHERE alert_id = $one"
expect_sql 1 "SELECT count(*) FROM alert WHERE previous = $other AND state = 'firing'"
list=$(json alert list --rule complaint_not_accepted)
expect_sql t "SELECT count(*) = 3 FROM jsonb_array_elements(:'list'::jsonb -> 'alerts') a
                JOIN jsonb_array_elements(:'truth'::jsonb -> 'complaint_deadline'
                                          -> 'within_limit_because_of_a_holiday') c
                  ON c ->> 'complaint_no' = a -> 'evidence' ->> 'record_key'
               WHERE a -> 'evidence' ->> 'due_on' = '2026-06-30'" -v list="$list" -v truth="$truth"
expect_sql 1 "SELECT max(n) FROM (SELECT count(*) AS n FROM alert WHERE open GROUP BY fingerprint) f"

# The complaint is accepted: the alert keeps its state and says so, once. A step dated later than
# the day of a scan has not happened.
sed -n "1p;/^$key,/,/^TS/p" "$PLACE/demo/complaint.csv" | sed '$d' |
    sed "s/^\($key,[^,]*,[^,]*,[^,]*,[^,]*\),,/\1,2026-07-02,/" >"$PLACE/accepted.csv"
expect_exit 0 "$HENG" --quiet load --mapping "$PLACE/demo/mapping/complaint.json" "$PLACE/accepted.csv"
expect_text "updated *1 " "$PLACE/out"
json alert scan --as-of 2026-07-01 >/dev/null
expect_sql "" "SELECT lapsed_as_of FROM alert WHERE alert_id = $one"
json alert scan --as-of 2026-07-03 >/dev/null
json alert scan --as-of 2026-07-03 >/dev/null
expect_sql "firing|2026-07-03|2" "SELECT state, lapsed_as_of, hits FROM alert WHERE alert_id = $one"
expect_sql "late_accepted 2026-07-02" "SELECT string_agg(concat_ws(' ', evidence::json ->> 'outcome',
                                                                   evidence::json ->> 'accepted_on'), ', ')
                                         FROM alert_transition WHERE alert_id = $one AND event = 'lapse'"
expect_exit 0 "$HENG" --quiet alert list --rule complaint_not_accepted
expect_text "$key .*no longer so as of 2026-07-03" "$PLACE/out"

# The chain: each change is found, and the first bad row named.
expect_exit 0 "$HENG" --quiet alert verify
expect_text "^valid: " "$PLACE/out"
breaks() { # EXPECTED STATEMENT UNDO
    sql "$2"
    expect_exit 14 "$HENG" --quiet alert verify
    expect_text "$1" "$PLACE/last.err"
    sql "$3"
    expect_exit 0 "$HENG" --quiet alert verify
}
step=$(sql "SELECT transition_id FROM alert_transition WHERE alert_id = $one AND event = 'resolve'")
breaks "step $step (alert $one): the fields do not give the hash" \
    "UPDATE alert_transition SET verdict = 'false' WHERE transition_id = $step" \
    "UPDATE alert_transition SET verdict = 'true' WHERE transition_id = $step"
breaks "step $((step + 1)) .*previous_hash is not the hash of the step before" \
    "UPDATE alert_transition SET previous_hash = hash, hash = previous_hash WHERE transition_id = $step + 1" \
    "UPDATE alert_transition SET previous_hash = hash, hash = previous_hash WHERE transition_id = $step + 1"
breaks "step 3: missing, the next is 4" \
    "CREATE TABLE kept AS SELECT * FROM alert_transition WHERE transition_id = 3;
     DELETE FROM alert_transition WHERE transition_id = 3" \
    "INSERT INTO alert_transition SELECT * FROM kept"
breaks "alert $one: verdict is not what the steps say" \
    "UPDATE alert SET verdict = 'true' WHERE alert_id = $one" "UPDATE alert SET verdict = NULL WHERE alert_id = $one"
breaks "alert $one: the labels do not give the fingerprint" \
    "UPDATE alert SET labels = labels || '{\"source\": \"x\"}' WHERE alert_id = $one" \
    "UPDATE alert SET labels = labels || '{\"source\": \"complaint\"}' WHERE alert_id = $one"
breaks "alert $one: open does not belong to the state" \
    "UPDATE alert SET open = false WHERE alert_id = $one" "UPDATE alert SET open = true WHERE alert_id = $one"
breaks "alert $one: severity is not what the steps say" \
    "UPDATE alert SET severity = 'minor' WHERE alert_id = $one" \
    "UPDATE alert SET severity = 'serious' WHERE alert_id = $one"
