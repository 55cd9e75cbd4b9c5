#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# heng load --check says what a load would do and leaves no trace; its counts are those of the load.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
SHARE_PPM=500000
start_empty_register

mapping c complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS, \"region_code\": {\"column\": \"region\"}"
sed -i 's/"column": "day"/"column": "day", "dates": ["YYYY-MM-DD", "YYYYMMDD"]/' "$PLACE/c.json"
lines c.csv <<'END'
no,who,day,end,result,channel,region
1,a,2026-01-05,,处理中,12315,500103
2,a,20260106,2999-01-01,属实,12315,500103
3,b,2026-01-07,1900-01-01,不明,12315,
3,b,2026-01-08,,属实,,500105
3,b,2026-01-08,,属实,,500105
4,c,7,,怪,12315,999999
5,c,8,,怪,x
END
check() { # ACCOUNT FILE [OPTION…]
    account=$1
    file=$2
    shift 2
    before=$(query "SELECT (SELECT count(*) FROM complaint), (SELECT count(*) FROM entity), (SELECT count(*) FROM load_batch), (SELECT count(*) FROM load_source), (SELECT count(*) FROM load_reject)")
    "$HENG" --quiet load --check --json --mapping "$PLACE/c.json" "$@" "$PLACE/$file" >"$PLACE/report" 2>"$PLACE/last.err" || fail "check of $file ended with $?"
    expect_same "check of $file" "$account" \
        "$(json "$PLACE/report" '" ".join(str(d[0][k]) for k in ("rows_in", "inserted", "updated", "identical", "rejected", "stubs"))')"
    expect_same "nothing is stored" "$before" "$(query "SELECT (SELECT count(*) FROM complaint), (SELECT count(*) FROM entity), (SELECT count(*) FROM load_batch), (SELECT count(*) FROM load_source), (SELECT count(*) FROM load_reject)")"
}
field() { # NAME EXPRESSION EXPECTED
    expect_same "field $1: $2" "$3" "$(json "$PLACE/report" "[($2) for f in d[0]['fields'] if f['field'] == '$1'][0]")"
}

check "7 3 0 1 3 2" c.csv
field received_on 'f["filled"], f["types"], f["unknown"]' "(6, {'whole-number': 1, 'YYYY-MM-DD': 4, 'YYYYMMDD': 1}, 1)"
field received_on '[(v["value"], v["count"], v["line"]) for v in f["unknown_values"]]' "[('7', 1, 7)]"
field received_on 'f["first_on"], f["last_on"]' "('2026-01-05', '2026-01-08')"
field ended_on 'f["filled"], f["filled_ppm"], f["out_of_range"], f["out_of_range_line"]' "(2, 333333, 2, 3)"
field outcome 'f["filled"], f["list_codes"], f["distinct_codes"], f["unknown"]' "(6, 6, 2, 2)"
field outcome '[(v["value"], v["count"]) for v in f["unknown_values"]]' "[('不明', 1), ('怪', 1)]"
field region_code 'f["filled"], f["distinct_codes"], [v["value"] for v in f["unknown_values"]]' "(5, 2, ['999999'])"
field region_code 'f["list_codes"]' "$(query "SELECT count(DISTINCT region_code) FROM region")"
expect_same "rejects" "[('columns', 1, [8]), ('code', 1, [4]), ('date', 1, [7])]" \
    "$(json "$PLACE/report" '[(r["reason"], r["count"], [e["line"] for e in r["examples"]]) for r in d[0]["rejects"]]')"
expect_same "keys" "(4, 1, 0)" "$(json "$PLACE/report" '(d[0]["keys_compared"], d[0]["repeated"], d[0]["contradicting"])')"
expect_same "refused" "(False, False)" "$(json "$PLACE/report" '(d[0]["would_be_refused"], d[0]["loaded_before"])')"

# The load does just that; checked again, the same rows are known.
load c c.csv "7 3 0 1 3"
check "7 0 0 4 3 0" c.csv
expect_same "loaded before" "True" "$(json "$PLACE/report" 'd[0]["loaded_before"]')"

# Many batches in one transaction see one another, as those of a load do.
{
    echo no,who,day,end,result,channel,region
    for i in 1 2 3 4 5 6 7 8; do echo "$i,a,2026-02-01,,属实,n,500103"; done
    for i in 7 8 9; do echo "$i,a,2026-02-02,,属实,n,500103"; done
} >"$PLACE/many.csv"
check "11 6 5 0 0 0" many.csv --batch-rows 2
check "11 6 5 0 0 0" many.csv
expect_same "contradicting keys" "(0, 2)" "$(json "$PLACE/report" '(d[0]["repeated"], d[0]["contradicting"])')"
load c many.csv "11 6 5 0 0" --batch-rows 2

# What a load would refuse is said, and counted all the same.
printf 'no,who,day,end,result,channel,region\n90,a,x,,,,\n91,a,x,,,,\n92,a,2026-01-01,,,,\n' >"$PLACE/bad.csv"
check "3 1 0 0 2 0" bad.csv
expect_same "would be refused" "True" "$(json "$PLACE/report" 'd[0]["would_be_refused"]')"
"$HENG" load --quiet --check --mapping "$PLACE/c.json" "$PLACE/bad.csv" >"$PLACE/out" 2>"$PLACE/last.err"
expect_text "a load would refuse" "$PLACE/out"
expect_text "nothing was stored" "$PLACE/out"
expect_text 'not understood 2: "x" 2' "$PLACE/out"
expect_text "line 2 received_on expected a date" "$PLACE/out"
# A check that fails leaves nothing either.
expect_exit 4 "$HENG" load --quiet --check --mapping "$PLACE/c.json" "$PLACE/c.json"

# The demo register, kind by kind: check and load agree to the row.
quiet "$HENG" demo --entities 500 --seed 2 --until 2026-06-30 --out "$PLACE/demo"
python3 - "$PLACE/demo/manifest.json" >"$PLACE/files" <<'PYTHON'
import json, sys
for entry in json.load(open(sys.argv[1]))["files"]:
    print(entry["mapping"], entry["file"])
PYTHON
KEYS='" ".join(str(d[0][k]) for k in ("rows_in", "inserted", "updated", "identical", "rejected", "stubs", "merged"))'
while read -r document file; do
    quiet "$HENG" --quiet load --check --json --mapping "$PLACE/demo/$document" "$PLACE/demo/$file"
    would=$(json "$PLACE/quiet.out" "$KEYS")
    load_json "$PLACE/demo/$document" "$PLACE/demo/$file"
    expect_same "check and load of $file" "$would" "$(json "$PLACE/report" "$KEYS")"
done <"$PLACE/files"
[ -s "$PLACE/files" ] || fail "the manifest lists no files"
