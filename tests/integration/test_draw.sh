#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws from a register: who is in the frame, who visits, the order of the steps, gapless numbers and
# one log whatever is refused or killed, and verification without a database.
folder=$(cd "$(dirname "$0")" && pwd)
root=$folder/../..
. "$folder/embedded.sh"
. "$folder/register.sh"

day=2026-06-30
office=chongqing-demo
bundles=$PLACE/bundles

# plan NAME [PYTHON-STATEMENT on d]: the example plan under another name.
plan() {
    python3 - "$root/models/catalog/draw/demo_plan.json" "$PLACE/$1.json" "$1" "${2-}" <<'END'
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
d["plan"] = sys.argv[3]
exec(sys.argv[4])
json.dump(d, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
END
    chmod a+r "$PLACE/$1.json"
}

commit() { # NAME [OPTION…]: the number is in NUMBER
    name=$1
    shift
    quiet "$HENG" draw commit --json --plan "$PLACE/$name.json" "$@"
    NUMBER=$(json "$PLACE/quiet.out" 'd["number"]')
}

bundle() { # NUMBER NAME
    quiet "$HENG" draw bundle "$1" --authority "$office" --out "$bundles/$2"
}

refused() { # CODE TEXT COMMAND…
    code=$1
    text=$2
    shift 2
    expect_exit "$code" "$HENG" "$@"
    expect_text "$text" "$PLACE/last.err"
}

state_of() {
    query "SELECT state FROM draw WHERE authority = '$office' AND draw_number = $1"
}

# Numbers without gaps, a commit file and a log entry per draw, one unbroken chain of log hashes.
check_ledger() {
    expect_same "gaps of numbers" "" "$(query "SELECT authority FROM draw GROUP BY authority
        HAVING max(draw_number) <> count(*) OR min(draw_number) <> 1")"
    expect_same "draws without commit.txt" 0 "$(query "SELECT count(*) FROM draw d WHERE NOT EXISTS
        (SELECT FROM draw_file f WHERE (f.authority, f.draw_number, f.name) = (d.authority, d.draw_number, 'commit.txt'))")"
    expect_same "entries of the log" "$(query "SELECT sum(CASE state WHEN 'drawn' THEN 2 WHEN 'revealed' THEN 3 ELSE 1 END)
        FROM draw")" "$(query "SELECT count(*) FROM draw_log")"
    expect_same "breaks of the log" 0 "$(query "SELECT count(*) FROM (
        SELECT *, lag(entry_hash, 1, decode(repeat('00', 32), 'hex'))
                      OVER (PARTITION BY authority ORDER BY entry_number) AS before FROM draw_log) l
        WHERE previous_hash <> before OR entry_hash <> sha256('\\x00'::bytea || previous_hash || entry)")"
}

# The rows of draw_visit say what the files of the bundle say, line by line.
check_visits() { # NUMBER BUNDLE
    query "SELECT code, class, rank, ticket, array_to_string(inspectors, ','), array_to_string(reserves, ','),
                  coalesce(region_code, '-')
             FROM draw_visit WHERE authority = '$office' AND draw_number = $1" | LC_ALL=C sort >"$PLACE/visits.rows"
    python3 - "$bundles/$2" <<'END' | LC_ALL=C sort >"$PLACE/visits.lines"
import sys
def table(name):
    return [line.rstrip("\n").split("\t") for line in open(f"{sys.argv[1]}/{name}", encoding="utf-8")]
regions = {row[0]: row[2] for row in table("frame.tsv")}
for row in table("result.tsv"):
    if row[0] == "visit":
        people = [",".join(name for name in part if name != "-") for part in (row[6:8], row[8:10])]
        print("|".join(row[1:5] + people + [regions[row[1]]]))
END
    [ -s "$PLACE/visits.lines" ] || fail "the bundle $2 has no visits"
    cmp "$PLACE/visits.rows" "$PLACE/visits.lines" || fail "draw_visit is not what the bundle $2 says"
    expect_same "visits of other entities" 0 "$(query "SELECT count(*) FROM draw_visit v WHERE NOT EXISTS
        (SELECT FROM entity e WHERE (e.entity_id, e.scheme, e.code) = (v.entity_id, v.scheme, v.code))")"
}

# One inspector of each district is recused from every firm of it.
load_recusals() {
    cat >"$PLACE/recusals.json" <<'END'
{"mapping": "heng-mapping-1", "source": "test_recusals", "kind": "recusal",
 "title": {"zh": "测试回避", "en": "test recusals"}, "jurisdiction": "CN-50", "encoding": "utf-8",
 "subject": [{"scheme": "uscc", "column": "统一社会信用代码"}],
 "fields": {"inspector_id": {"column": "执法人员编号"}, "reason": {"constant": "test"}}}
END
    {
        echo "统一社会信用代码,执法人员编号"
        query "SELECT e.code || ',' || min(i.inspector_id) FROM entity e JOIN inspector i USING (region_code)
                WHERE e.registered GROUP BY e.code ORDER BY e.code"
    } >"$PLACE/recusals.csv"
    quiet "$HENG" load --json --mapping "$PLACE/recusals.json" --known-on "$day" --backfill "$PLACE/recusals.csv"
    [ "$(json "$PLACE/quiet.out" 'd[0]["inserted"]')" -gt 1000 ] || fail "too few recusals were loaded"
}

test_frame_and_visits() {
    plan visits
    commit visits
    expect_same "first number" 1 "$NUMBER"
    expect_same "frame_count" "$(query "SELECT frame_count FROM draw")" "$(json "$PLACE/quiet.out" 'd["frame_count"]')"
    bundle 1 committed
    often="(SELECT count(*) FROM inspection i WHERE i.entity_id = e.entity_id
             AND i.occurred_on BETWEEN '2026-01-01' AND '$day') >= 2"
    query "SELECT code FROM entity e WHERE registered AND status = 'active' AND NOT $often" | LC_ALL=C sort >"$PLACE/expected"
    cut -f 1 "$bundles/committed/frame.tsv" >"$PLACE/found"
    cmp "$PLACE/expected" "$PLACE/found" || fail "the frame is not the active firms inspected less than twice this year"
    expect_same "exclusions" "not_in_business $(query "SELECT count(*) FROM entity WHERE registered AND status <> 'active'")
visits_per_year_cap $(query "SELECT count(*) FROM entity e WHERE registered AND status = 'active' AND $often")" \
        "$(sed -n 's/^exclusion=//p' "$bundles/committed/commit.txt" | tr '\t' ' ')"
    ! grep -q '	0$' "$bundles/committed/commit.txt" || fail "an exclusion excludes nobody"
    quiet "$HENG" draw run 1
    bundle 1 drawn
    quiet "$HENG" draw reveal 1
    bundle 1 revealed
    check_visits 1 revealed
    python3 "$folder/visits.py" "$bundles/revealed" "$day" "$PLACE/demo/inspector.csv" \
        "$PLACE/demo/recusal.csv" "$PLACE/recusals.csv" || fail "a visit breaks a rule"
}

test_order_of_the_steps() {
    plan steps
    refused 5 "has no draw number 2" draw run 2
    commit steps
    expect_same "number" 2 "$NUMBER"
    refused 6 "steps: draw 2 of this plan is committed and not run" draw commit --plan "$PLACE/steps.json"
    refused 6 "must be drawn for this step; it is committed" draw reveal 2
    refused 4 "a rehearsal has no evidence" draw run 2 --text "01,02"
    quiet "$HENG" draw run 2
    refused 6 "must be committed for this step; it is drawn" draw run 2
    refused 6 "must be committed for this step; it is drawn" draw abandon 2 --reason "not liked"
    quiet "$HENG" draw reveal 2
    refused 6 "must be drawn for this step; it is revealed" draw reveal 2
    plan steps 'd["reveal_within_days"] = 1'
    refused 6 "a changed plan needs a new name" draw commit --plan "$PLACE/steps.json"
    expect_same "refused steps made no draw" 2 "$(query "SELECT count(*) FROM draw")"
}

test_abandoned_and_redrawn() {
    plan again
    commit again
    refused 2 "for a stated reason" draw abandon "$NUMBER"
    refused 2 "for a stated reason" draw abandon "$NUMBER" --reason ""
    expect_same "state" committed "$(state_of "$NUMBER")"
    quiet "$HENG" draw abandon "$NUMBER" --reason "beacon missed"
    refused 6 "it is abandoned" draw run "$NUMBER"
    refused 4 "expected a reason exactly for a redraw" draw commit --plan "$PLACE/again.json" --redraw-of "$NUMBER"
    refused 4 "expected a number below 4, found 9" draw commit --plan "$PLACE/again.json" --redraw-of 9 --reason x
    commit again --redraw-of 3 --reason "draw 3 was abandoned"
    quiet "$HENG" draw list --json
    expect_same "abandoned draw" "abandoned beacon missed" \
        "$(json "$PLACE/quiet.out" '"{state} {abandon_reason}".format(**d[2])')"
    expect_same "redraw" "4 committed 3 draw 3 was abandoned" \
        "$(json "$PLACE/quiet.out" '"{number} {state} {redraw_of} {redraw_reason}".format(**d[3])')"
    bundle 4 redraw
    expect_text '^redraw_of=3$' "$bundles/redraw/commit.txt"
}

test_beacons() {
    plan early 'd["beacon"] = {"source": "drand-quicknet", "delay_s": 60}'
    commit early
    refused 6 "the beacon of this draw is not known yet" draw run "$NUMBER" --signature "$(printf '%096d' 7)"
    expect_same "state" committed "$(state_of "$NUMBER")"
    quiet "$HENG" draw abandon "$NUMBER" --reason "a test waits no minute"
    plan drand 'd["beacon"] = {"source": "drand-quicknet", "delay_s": 0}'
    commit drand
    sleep 4
    refused 4 "expected a signature of 48 bytes, found 0" draw run "$NUMBER"
    refused 4 "expected a signature of 48 bytes, found 47" draw run "$NUMBER" --signature "$(printf '%094d' 7)"
    refused 4 "expected a signature of 48 bytes, found 49" draw run "$NUMBER" --signature "$(printf '%098d' 7)"
    refused 2 "lower-case hexadecimal" draw run "$NUMBER" --signature 0G
    refused 2 "lower-case hexadecimal" draw run "$NUMBER" --signature 012
    refused 2 "and no --text beside it" draw run "$NUMBER" --signature 00 --text x
    expect_same "state" committed "$(state_of "$NUMBER")"
    quiet "$HENG" draw run "$NUMBER" --signature "$(printf '%096d' 7)"
    plan declared 'd["beacon"] = {"source": "declared-text", "delay_s": 0, "rule": "the numbers of the day"}'
    commit declared
    refused 4 "expected a declared text of 1 to 512 bytes" draw run "$NUMBER"
    quiet "$HENG" draw run "$NUMBER" --text "01,02,03"
}

# Two at once get two numbers; a commit killed at any moment is whole or not there.
test_numbers_and_kills() {
    running=
    for name in one two three four; do
        plan "$name"
        "$HENG" draw commit --plan "$PLACE/$name.json" >/dev/null 2>>"$PLACE/last.err" &
        running="$running $!"
    done
    for process in $running; do
        wait "$process" || fail "a commit beside others failed"
    done
    expect_same "draws" 11 "$(query "SELECT count(*) FROM draw")"
    check_ledger
    for delay in 0.01 0.02 0.03 0.04 0.05 0.06; do
        plan "killed-$delay"
        "$HENG" draw commit --plan "$PLACE/killed-$delay.json" >/dev/null 2>>"$PLACE/last.err" &
        process=$!
        sleep "$delay"
        kill -KILL "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
        check_ledger
    done
    plan last
    commit last
    check_ledger
}

# The program that holds the database is killed between commit and run.
test_kill_between_commit_and_run() {
    before=$(query "SELECT * FROM draw ORDER BY 1, 2")
    kill -KILL "$SERVE"
    wait "$SERVE" 2>/dev/null || true
    wait_gone "$SERVER_OF_TEST"
    start_serve
    DSN=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
    expect_same "draws after the kill" "$before" "$(query "SELECT * FROM draw ORDER BY 1, 2")"
    quiet "$HENG" draw run "$NUMBER"
    quiet "$HENG" draw reveal "$NUMBER"
    bundle "$NUMBER" killed
    check_visits "$NUMBER" killed
    expect_same "rows that a migration would fill otherwise" "" "$(query "(TABLE draw_visit EXCEPT TABLE draw_visit_of_bundle)
        UNION ALL (TABLE draw_visit_of_bundle EXCEPT TABLE draw_visit)")"
    check_ledger
}

test_authorities() {
    plan elsewhere 'd["authority"] = "other-office"'
    commit elsewhere
    expect_same "first number of another authority" 1 "$NUMBER"
    refused 2 "draws of several authorities are stored" draw run 1
    quiet "$HENG" draw run 1 --authority other-office
    check_ledger
}

# Without server, data or a way to one.
test_verify_alone() {
    kill -TERM "$SERVE"
    wait "$SERVE" || fail "heng serve did not stop cleanly"
    wait_gone "$SERVER_OF_TEST"
    export HENG_DATABASE__DSN="host=127.0.0.1 port=1 dbname=none connect_timeout=1"
    export HENG_CLUSTER__DATA_DIR="$PLACE/none" HENG_CLUSTER__BIN_DIR=/nowhere
    expect_exit 0 "$HENG" verify "$bundles/revealed"
    expect_exit 0 "$HENG" verify "$bundles/killed"
    expect_exit 21 "$HENG" verify "$bundles/committed"
    expect_exit 21 "$HENG" verify "$bundles/drawn"
    expect_exit 5 "$HENG" verify "$bundles/none"
    for file in commit.txt frame.tsv recusals.tsv result.tsv reveal.txt; do
        rm -rf "$bundles/changed"
        cp -r "$bundles/revealed" "$bundles/changed"
        sed -i '1s/./X/' "$bundles/changed/$file"
        expect_exit 20 "$HENG" verify "$bundles/changed"
        expect_text "^heng verify: $file: " "$PLACE/last.err"
    done
    [ ! -e "$PLACE/none" ] || fail "heng verify made a database"
    expect_exit 10 "$HENG" draw list
}

start_register
load_recusals
quiet "$HENG" score --as-of "$day"
test_frame_and_visits
test_order_of_the_steps
test_abandoned_and_redrawn
test_beacons
test_numbers_and_kills
test_kill_between_commit_and_run
test_authorities
test_verify_alone
