#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Scoring a register: explanations add up to the stored scores, runs repeat, a run as of a day knows
# what was known by that day and nothing later, and what may not be scored is not.
folder=$(cd "$(dirname "$0")" && pwd)
root=$folder/../..
. "$folder/embedded.sh"
. "$folder/register.sh"

day=2026-06-30
model=$root/models/catalog/credit/cn_enterprise_example.json

score() { # DAY [OPTION…]: the report is in $PLACE/quiet.out
    as_of=$1
    shift
    quiet "$HENG" score --json --as-of "$as_of" "$@"
}

report() {
    json "$PLACE/quiet.out" "$1"
}

published_table() {
    query "SELECT score_table FROM score_published JOIN score_run USING (run_id)"
}

# Every published score, with the hash of what it was computed from.
scores() {
    query "SELECT * FROM $(published_table) ORDER BY entity_id"
}

score_of() { # CODE
    query "SELECT class, score_milli FROM $(published_table) JOIN entity USING (entity_id) WHERE code = '$1'"
}

class_of() {
    score_of "$1" | cut -d '|' -f 1
}

test_report() {
    score "$day"
    table=$(published_table)
    expect_same "entities" "$(query "SELECT count(*) FROM $table")" "$(report 'd["entities"]')"
    expect_same "classes add up" "$(report 'd["entities"]')" "$(report 'sum(d["classes"].values())')"
    expect_same "classes" "$(query "SELECT class || ':' || count(*) FROM $table GROUP BY class ORDER BY class")" \
        "$(report '"\n".join(f"{c}:{n}" for c, n in sorted(d["classes"].items()))')"
    expect_same "a first run changes every class" "$(report 'd["entities"]')" "$(report 'd["class_changes"]')"
    expect_same "causes" first "$(query "SELECT DISTINCT cause FROM class_change")"
}

test_explanations() {
    columns="e.code, s.score_milli, s.class, s.class_by_score, s.coverage_ppm, s.dimensions"
    query "SELECT $columns FROM $(published_table) s JOIN entity e USING (entity_id)" >"$PLACE/stored"
    # Twenty of each class, those with most records first.
    codes=$(query "SELECT code FROM (
        SELECT e.code, row_number() OVER (PARTITION BY s.class ORDER BY
                   (SELECT count(*) FROM credit_record r WHERE r.entity_id = e.entity_id)
                 + (SELECT count(*) FROM inspection i WHERE i.entity_id = e.entity_id) DESC, e.code) AS place
          FROM $(published_table) s JOIN entity e USING (entity_id)) ranked WHERE place <= 20")
    mkdir "$PLACE/explained"
    for code in $codes; do
        quiet "$HENG" explain --json "$code"
        mv "$PLACE/quiet.out" "$PLACE/explained/$code.json"
    done
    python3 "$folder/explanations.py" "$PLACE/stored" "$PLACE"/explained/*.json ||
        fail "explanations do not agree with the stored scores"
}

test_repetition() {
    scores >"$PLACE/first"
    score "$day"
    expect_same "class changes of a second run" 0 "$(report 'd["class_changes"]')"
    scores >"$PLACE/second"
    cmp -s "$PLACE/first" "$PLACE/second" || fail "a second run gave other scores"
    score "$day" --set job.threads=1
    scores >"$PLACE/second"
    cmp -s "$PLACE/first" "$PLACE/second" || fail "one thread gave other scores"
}

test_an_earlier_day() {
    score 2026-05-31
    [ "$(report 'd["facts"]')" -lt "$(query 'SELECT max(facts) FROM score_run')" ] ||
        fail "an earlier day knows as many records"
    scores >"$PLACE/may"
    ! cmp -s "$PLACE/first" "$PLACE/may" || fail "an earlier day gave the same scores"
    score "$day"
    scores >"$PLACE/second"
    cmp -s "$PLACE/first" "$PLACE/second" || fail "the day in between changed the scores"
    score 2026-05-31
    scores >"$PLACE/second"
    cmp -s "$PLACE/may" "$PLACE/second" || fail "the earlier day is not reproducible"
}

load_list() { # KNOWN-ON: the rows come from standard input
    {
        echo "no,code,kind,day,repaired,annulled"
        cat
    } >"$PLACE/list.csv"
    quiet "$HENG" load --json --mapping "$PLACE/list.json" --known-on "$1" --backfill "$PLACE/list.csv"
    expect_same "rejected rows" 0 "$(report 'd[0]["rejected"]')"
}

write_mapping() {
    cat >"$PLACE/list.json" <<'END'
{"mapping": "heng-mapping-1", "source": "test_list", "kind": "credit_record",
 "title": {"zh": "测试名单", "en": "test list"}, "jurisdiction": "CN-50", "encoding": "utf-8",
 "key": ["no"], "subject": [{"scheme": "uscc", "column": "code"}],
 "fields": {"record_kind": {"column": "kind"},
            "occurred_on": {"column": "day", "dates": ["YYYY-MM-DD"]},
            "repaired_on": {"column": "repaired", "dates": ["YYYY-MM-DD"]},
            "annulled_on": {"column": "annulled", "dates": ["YYYY-MM-DD"]}}}
END
}

# Three listed firms: one is repaired, one annulled from the beginning, one repaired some days after
# the correction became known. What was known the day before does not change.
test_corrections_known_later() {
    write_mapping
    for name in 07-10 07-20; do
        score "2026-$name"
        scores >"$PLACE/without-$name"
    done
    set -- $(query "SELECT code FROM $(published_table) JOIN entity USING (entity_id)
                     WHERE class = 'A' AND direct_rule IS NULL AND floor_rule IS NULL ORDER BY code LIMIT 3")
    repaired=$1
    annulled=$2
    later=$3
    score 2026-07-10
    before=$(for code; do score_of "$code"; done)
    load_list 2026-06-10 <<END
1,$repaired,serious_list,2026-03-01,,
2,$annulled,serious_list,2026-03-01,,
3,$later,abnormal_list,2026-03-01,,
END
    score 2026-07-09
    expect_same "listed" "D D C" "$(class_of "$repaired") $(class_of "$annulled") $(class_of "$later")"
    scores >"$PLACE/day-before"
    load_list 2026-07-10 <<END
1,$repaired,serious_list,2026-03-01,2026-07-05,
2,$annulled,serious_list,2026-03-01,,2026-03-01
3,$later,abnormal_list,2026-03-01,2026-07-20,
END
    score 2026-07-09
    scores >"$PLACE/second"
    cmp -s "$PLACE/day-before" "$PLACE/second" || fail "a correction changed what was known the day before"
    score 2026-07-10
    expect_same "corrected" "A A C" "$(class_of "$repaired") $(class_of "$annulled") $(class_of "$later")"
    expect_same "scores without the two records" "$(echo "$before" | head -n 2)" \
        "$(score_of "$repaired" && score_of "$annulled")"
    expect_same "changes of the two" "A|D|records|2" "$(query "SELECT to_class, from_class, cause, count(*)
        FROM class_change JOIN entity USING (entity_id)
       WHERE run_id = (SELECT run_id FROM score_published) AND code IN ('$repaired', '$annulled')
       GROUP BY 1, 2, 3")"
    score 2026-07-19
    expect_same "the day before the repair" C "$(class_of "$later")"
    score 2026-07-20
    expect_same "the day of the repair" A "$(class_of "$later")"
}

# A record that is back-filled into the past of the published run: its scores stay, and are not
# explained by what they do not rest on.
test_outdated_explanation() {
    score "$day"
    code=$(query "SELECT code FROM $(published_table) JOIN entity USING (entity_id)
                   WHERE class = 'B' AND direct_rule IS NULL ORDER BY code LIMIT 1")
    quiet "$HENG" explain "$code"
    stored=$(score_of "$code")
    echo "4,$code,dishonest_debtor,2026-06-01,," | load_list 2026-06-29
    expect_exit 6 "$HENG" explain "$code"
    expect_text "run heng score again" "$PLACE/last.err"
    expect_same "the stored score" "$stored" "$(score_of "$code")"
    score "$day"
    quiet "$HENG" explain --json "$code"
    expect_same "class" D "$(report 'd["class"]')"
}

# write_model CHANGE: the shipped model with a Python statement applied to d.
write_model() {
    python3 - "$model" "$PLACE/model.json" "$1" <<'END'
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
exec(sys.argv[3])
json.dump(d, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)
END
    chmod a+r "$PLACE/model.json"
}

test_another_model() {
    score "$day"
    write_model 'd["version"] = "2026.1-test"; d["bands"][0]["below_milli"] = 120000'
    score "$day" --model "$PLACE/model.json"
    expect_same "version" 2026.1-test "$(report 'd["version"]')"
    [ "$(report 'd["class_changes"]')" -gt 0 ] || fail "a lower limit of class A changed no class"
    expect_same "causes" model "$(query "SELECT DISTINCT cause FROM class_change
        WHERE run_id = (SELECT run_id FROM score_published)")"
    quiet "$HENG" explain --json "$(query "SELECT code FROM entity JOIN $(published_table) USING (entity_id) LIMIT 1")"
    expect_same "the model that explains" 2026.1-test "$(report 'd["model"]["version"]')"
}

test_broken_models() {
    score "$day"
    run=$(query "SELECT run_id FROM score_published")
    scores >"$PLACE/first"
    while IFS='|' read -r change place; do
        write_model "$change"
        expect_exit 4 "$HENG" score --as-of "$day" --model "$PLACE/model.json"
        expect_text "$place" "$PLACE/last.err"
    done <<'END'
d["dimensions"][2]["indicators"][0]["kind"] = "charm"|dimensions\[2\]\.indicators\[0\]\.kind: expected
d["bands"][1]["class"] = "A"|bands\[1\]\.class: expected class B
d["direct"][0]["facts"]["kinds"] = ["rumour"]|direct\[0\]\.facts\.kinds\[0\]: expected
del d["authority"]|authority: expected an object, found nothing
END
    echo '{"model": ' >"$PLACE/model.json"
    expect_exit 4 "$HENG" score --as-of "$day" --model "$PLACE/model.json"
    expect_text "not valid JSON" "$PLACE/last.err"
    expect_exit 8 "$HENG" score --as-of "$day" --model "$PLACE/no-such-model.json"
    expect_same "the published run" "$run" "$(query "SELECT run_id FROM score_published")"
    scores >"$PLACE/second"
    cmp -s "$PLACE/first" "$PLACE/second" || fail "a refused model changed the published scores"
}

# A stub (only an event is known of it), a place (an address) and a firm that was deregistered.
test_what_is_not_scored() {
    cat >"$PLACE/places.json" <<'END'
{"mapping": "heng-mapping-1", "source": "test_places", "kind": "complaint",
 "title": {"zh": "测试投诉", "en": "test complaints"}, "jurisdiction": "CN-50", "encoding": "utf-8",
 "key": ["no"], "subject": [{"scheme": "uscc", "column": "code"}, {"scheme": "place", "columns": ["address"]}],
 "fields": {"received_on": {"column": "day", "dates": ["YYYY-MM-DD"]}}}
END
    printf 'no,code,address,day\n1,,渝中区示例路1号,2026-06-01\n2,92500103MAX0000082,,2026-06-01\n' >"$PLACE/places.csv"
    quiet "$HENG" load --json --mapping "$PLACE/places.json" --known-on 2026-06-02 --backfill "$PLACE/places.csv"
    expect_same "complaints" 2 "$(report 'd[0]["inserted"]')"
    score "$day"
    table=$(published_table)
    for condition in "NOT registered" "scheme = 'place'" "status IN ('deregistered', 'moved_out')"; do
        [ "$(query "SELECT count(*) FROM entity WHERE $condition")" -gt 0 ] || fail "the register has none: $condition"
        expect_same "scored: $condition" 0 \
            "$(query "SELECT count(*) FROM entity JOIN $table USING (entity_id) WHERE $condition")"
    done
    expect_same "everyone else is scored" 0 "$(query "SELECT count(*) FROM entity LEFT JOIN $table s USING (entity_id)
        WHERE registered AND status NOT IN ('deregistered', 'moved_out') AND s.entity_id IS NULL")"
    for condition in "NOT registered AND scheme = 'uscc'" "status = 'deregistered'"; do
        expect_exit 5 "$HENG" explain "$(query "SELECT code FROM entity WHERE $condition ORDER BY code LIMIT 1")"
        expect_text "was not scored" "$PLACE/last.err"
    done
    expect_exit 5 "$HENG" explain 91500000MA00000000
    expect_text "no entity has this code" "$PLACE/last.err"
}

start_register
test_report
test_explanations
test_repetition
test_an_earlier_day
test_corrections_known_later
test_outdated_explanation
test_another_model
test_broken_models
test_what_is_not_scored
