#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Loading small files: what is inserted, updated, identical and rejected, the history that updates
# leave, what is refused, and what aliases and registrations do to facts that came before them.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
A=$(credit_code 1)
B=$(credit_code 2)
C=$(credit_code 3)
HEAD=no,code,regno,day,outcome,notice,phone

# mapping NAME SOURCE KIND BODY: the mapping document $PLACE/NAME.json.
mapping() {
    cat >"$PLACE/$1.json" <<DOCUMENT
{"mapping": "heng-mapping-1", "source": "$2", "kind": "$3", "title": {"zh": "试", "en": "Test"},
 "jurisdiction": "CN-50", "encoding": "utf-8", $4}
DOCUMENT
}

# rows NAME HEADER ROW…: the file $PLACE/NAME.csv.
rows() {
    name=$1
    shift
    printf '%s\n' "$@" >"$PLACE/$name.csv"
}

# load ACCOUNT MAPPING NAME [OPTION…]
load() {
    wanted_account=$1
    of=$2
    name=$3
    shift 3
    expect_account "$wanted_account" "$PLACE/$of.json" "$PLACE/$name.csv" "$@"
}

# history KEY: outcome, until known, replaced by the batch of the next version; oldest first.
expect_history() { # EXPECTED KEY
    expect_rows "history of $2" "$1" "SELECT outcome FROM (
        SELECT outcome, known_at, line FROM inspection_past WHERE record_key = '$2' UNION ALL
        SELECT outcome, known_at, line FROM inspection WHERE record_key = '$2') v
        ORDER BY known_at, line"
    expect_rows "the history of $2 has no gap and names what replaced" "" "
        SELECT v.outcome FROM
          (SELECT *, lead(known_at) OVER o AS next_at, lead(batch_id) OVER o AS next_batch FROM (
             SELECT outcome, known_at, known_until, replaced_by, batch_id, line FROM inspection_past
              WHERE record_key = '$2' UNION ALL
             SELECT outcome, known_at, NULL, NULL, batch_id, line FROM inspection
              WHERE record_key = '$2') a WINDOW o AS (ORDER BY known_at, line)) v
         WHERE (known_until, replaced_by) IS DISTINCT FROM (next_at, next_batch)"
}

FIELDS='"fields": {"occurred_on": {"column": "day"}, "outcome": {"column": "outcome"},
                   "notice_no": {"column": "notice"}}'
SUBJECT='"subject": [{"scheme": "uscc", "column": "code"}, {"scheme": "regno", "column": "regno"}]'
mapping visit visit inspection "\"key\": [\"no\"], \"drop\": [\"phone\"], $SUBJECT, $FIELDS"
mapping visit_late visit inspection "\"key\": [\"no\"], \"drop\": [\"phone\"], $SUBJECT,
    \"known_at\": {\"column\": \"day\", \"backfill\": true}, $FIELDS"
mapping visit_wrong visit complaint '"key": ["no"], "subject": [{"scheme": "uscc", "column": "code"}],
    "fields": {"received_on": {"column": "day"}}'
mapping register register entity '"subject": [{"scheme": "uscc", "column": "code"}],
    "fields": {"name": {"column": "name"}, "status": {"constant": "active"}}'
mapping alias alias alias '"subject": [{"scheme": "uscc", "column": "code"}],
    "fields": {"alias_scheme": {"constant": "regno"}, "alias_code": {"column": "regno"}}'
mapping alias_of_alias alias_regno alias '"subject": [{"scheme": "regno", "column": "now"}],
    "fields": {"alias_scheme": {"constant": "regno"}, "alias_code": {"column": "before"}}'
mapping recusal recusal recusal "$SUBJECT,
    \"fields\": {\"inspector_id\": {\"column\": \"inspector\"}, \"reason\": {\"constant\": \"kin\"}}"

# Insert, then one update, one identical and one new; the update leaves its history.
rows v1 $HEAD "1,$A,,2026-03-01,passed,n1,555" "2,$B,,2026-03-02,passed,,555"
load "2 2 0 0 0" visit v1
expect_rows "stubs" "2" "SELECT count(*) FROM entity WHERE NOT registered"
rows v2 $HEAD "1,$A,,2026-03-01,failed,n1,555" "2,$B,,2026-03-02,passed,,777" \
    "3,$A,,2026-03-03,passed,,"
load "3 1 1 1 0" visit v2
expect_history "passed failed" 1
expect_rows "no history without a change" "0" \
    "SELECT count(*) FROM inspection_past WHERE record_key <> '1'"

# Versions inside one file: a repeated line is identical, the last version stays.
rows v3 $HEAD "4,$A,,2026-03-04,passed,,1" "4,$A,,2026-03-04,passed,,2" \
    "4,$A,,2026-03-04,failed,,3" "4,$A,,2026-03-04,corrected,,4" "1,$A,,2026-03-01,passed,n1,5"
load "5 1 3 1 0" visit v3
expect_history "passed failed corrected" 4
expect_history "passed failed passed" 1

# A correction names another subject: the record moves and the old subject keeps its history.
rows v4 $HEAD "2,$C,,2026-03-02,passed,,555"
load "1 0 1 0 0" visit v4
expect_rows "the subject of record 2" "$C" "SELECT e.code FROM inspection JOIN entity e
    USING (entity_id) WHERE record_key = '2'"
expect_rows "the earlier subject of record 2" "$B" "SELECT e.code FROM inspection_past JOIN entity e
    USING (entity_id) WHERE record_key = '2'"

# Rejects: the first thing that is wrong, where, and the row with dropped columns blank.
rows bad $HEAD "5,91500000DEM000001,,2026-03-05,passed,,secret" \
    "6,$A,,2026-02-30,passed,\"a, \"\"b\"\"\",secret" "7,$A,,2026-03-05,splendid,,secret" \
    "8,$A,,,passed,,secret" "9,,,2026-03-05,passed,,secret" ",$A,,2026-03-05,passed,,secret" \
    "10,$A,2026-03-05,passed" "11,$A,,2026-03-05,\"passed\"x,,secret" "12,$A,,2026-03-05,passed,,"
load "9 1 0 0 8" visit bad
expect_rows "rejects" "2:code:credit-code 3:occurred_on:date 4:outcome:code \
5:occurred_on:required 6:subject:subject 7:no:required 8::columns 9::form" \
    "SELECT line || ':' || field || ':' || reason FROM load_reject ORDER BY line"
expect_rows "the raw row" "6,$A,,2026-02-30,passed,\"a, \"\"b\"\"\"," \
    "SELECT raw FROM load_reject WHERE line = 3"
expect_rows "dropped columns in rejects" "0" \
    "SELECT count(*) FROM load_reject WHERE raw LIKE '%secret%' OR message LIKE '%secret%'"
expect_rows "rows that cannot be told apart are withheld" "2" \
    "SELECT count(*) FROM load_reject WHERE line >= 8 AND raw LIKE '(withheld%'"

# The same file twice, and after a newer one, changes nothing, unless it is loaded --again.
dump "$PLACE/before"
load "9 0 0 1 8" visit bad
load "2 0 0 2 0" visit v1
dump "$PLACE/after"
expect_same_tables "an old file changed something" "$PLACE/before" "$PLACE/after"
expect_same "the report of an old file" "True" "$(json "$PLACE/report" 'd[0]["nothing_new"]')"
load "2 0 1 1 0" visit v1 --again
expect_rows "record 2 is about its first subject again" "$B" \
    "SELECT e.code FROM inspection JOIN entity e USING (entity_id) WHERE record_key = '2'"

# A back-fill needs its confirmation; older knowledge goes into the history, not on top.
rows old $HEAD "1,$A,,2026-03-01,refused,n1,5" "13,$A,,2025-12-01,passed,,5"
expect_exit 2 "$HENG" load --mapping "$PLACE/visit.json" --known-on $EARLIER "$PLACE/old.csv"
expect_exit 2 "$HENG" load --mapping "$PLACE/visit.json" --backfill "$PLACE/old.csv"
load "2 1 1 0 0" visit old --known-on $EARLIER --backfill
expect_history "refused passed failed passed" 1
expect_rows "the day a back-fill is known from" "t" "SELECT known_at = '$EARLIER 00:00:00+08'
    FROM inspection WHERE record_key = '13'"
rows between $HEAD "1,$A,,2026-02-01,closed,n1,5"
load "1 0 1 0 0" visit_late between
expect_history "refused closed passed failed passed" 1

# Refused: the wrong kind for a source, a missing column, an empty file. Nothing is stored.
dump "$PLACE/before"
expect_exit 6 "$HENG" load --mapping "$PLACE/visit_wrong.json" "$PLACE/v1.csv"
expect_text "the source has records of kind inspection; the mapping is for kind complaint" \
    "$PLACE/last.err"
rows short no,code,regno,day,notice,phone "20,$A,,2026-03-01,,"
expect_exit 4 "$HENG" load --mapping "$PLACE/visit.json" "$PLACE/short.csv"
expect_text outcome "$PLACE/last.err"
: >"$PLACE/empty.csv"
expect_exit 4 "$HENG" load --mapping "$PLACE/visit.json" "$PLACE/empty.csv"
expect_text "found an empty file" "$PLACE/last.err"
dump "$PLACE/after"
expect_same_tables "a refused file changed something" "$PLACE/before" "$PLACE/after"

# A stub gives way to its registration and keeps its facts.
rows register code,name "$A,Alpha" "$B,Beta"
load "2 2 0 0 0" register register
expect_rows "registered" "Alpha Beta" "SELECT name FROM entity WHERE registered ORDER BY name"
expect_rows "no history of a stub" "0" "SELECT count(*) FROM entity_past"
expect_rows "facts of the registered" "6" "SELECT count(*) FROM inspection JOIN entity e
    USING (entity_id) WHERE e.registered"

# An alias learnt late takes the facts home, with their history, and the merge is recorded.
empty_register
rows v1 $HEAD "1,,R1,2026-03-01,passed,,5" "2,,R1,2026-03-02,passed,,5" "3,$A,,2026-03-03,passed,,5"
rows v2 $HEAD "1,,R1,2026-03-01,failed,,5"
rows alias code,regno "$A,R1"
rows recusal code,regno,inspector ",R1,i1" "$A,,i1" ",R1,i2"
load "2 2 0 0 0" register register
load "3 3 0 0 0" visit v1
load "1 0 1 0 0" visit v2
load "3 3 0 0 0" recusal recusal
load "1 1 0 0 0" alias alias
expect_same "merged" 1 "$(json "$PLACE/report" 'd[0]["merged"]')"
expect_rows "the stub is gone" "$A $B" "SELECT code FROM entity ORDER BY code"
expect_rows "facts at home" "$A:1 $A:2 $A:3" "SELECT e.code || ':' || record_key FROM inspection
    JOIN entity e USING (entity_id) ORDER BY record_key"
expect_rows "history at home" "$A:1" "SELECT e.code || ':' || record_key FROM inspection_past
    JOIN entity e USING (entity_id)"
expect_rows "a recusal under both numbers is one" "i1 i2" "SELECT inspector_id FROM recusal
    JOIN entity e USING (entity_id) WHERE e.code = '$A' ORDER BY inspector_id"
expect_rows "the merge" "regno:R1:$A:5" "SELECT from_scheme || ':' || from_code || ':' || e.code ||
    ':' || rows_moved FROM entity_merge JOIN entity e USING (entity_id)"
rows v3 $HEAD "4,,R1,2026-03-04,passed,,5"
load "1 1 0 0 0" visit v3
expect_rows "a known alias" "$A" "SELECT e.code FROM inspection JOIN entity e USING (entity_id)
    WHERE record_key = '4'"

# An alias of an alias: whichever is learnt first, and both in one file, the facts end at the entity.
for order in "older newer" "newer older" "both"; do
    empty_register
    rows older now,before "R2,R1"
    rows newer code,regno "$A,R2"
    load "2 2 0 0 0" register register
    rows v1 $HEAD "1,,R1,2026-03-01,passed,,5" "2,,R2,2026-03-02,passed,,5"
    load "2 2 0 0 0" visit v1
    case $order in
    both)
        rows older now,before "R2,R1" "R3,R2"
        rows newer code,regno "$A,R3"
        load "2 2 0 0 0" alias_of_alias older
        load "1 1 0 0 0" alias newer
        ;;
    older*)
        load "1 1 0 0 0" alias_of_alias older
        load "1 1 0 0 0" alias newer
        ;;
    *)
        load "1 1 0 0 0" alias newer
        load "1 1 0 0 0" alias_of_alias older
        ;;
    esac
    rows v2 $HEAD "3,,R1,2026-03-03,passed,,5"
    load "1 1 0 0 0" visit v2
    expect_rows "$order: every fact is at the entity" "$A:1 $A:2 $A:3" "SELECT e.code || ':' ||
        record_key FROM inspection JOIN entity e USING (entity_id) ORDER BY record_key"
    expect_rows "$order: no stub is left" "0" "SELECT count(*) FROM entity WHERE NOT registered"
done
