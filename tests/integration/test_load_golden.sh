#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same penalty from three channels counts once, shows its three sources and what they say
# otherwise; the identity of a decision is the same in C and in SQL.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
start_empty_register
ONE=$(credit_code 1)
TWO=$(credit_code 2)
BY_USCC='"subject": [{"scheme": "uscc", "column": "who"}],'
mapping e entity "$BY_USCC" '"name": {"column": "name"}, "status": {"constant": "active"},
    "entity_type": {"constant": "enterprise"}, "registered_on": {"constant": "2010-01-01"}'
printf 'who,name\n%s,甲\n%s,乙\n' "$ONE" "$TWO" >"$PLACE/e.csv"
load e e.csv "2 2 0 0 0"
PENALTY='"record_kind": {"column": "kind"}, "occurred_on": {"column": "day"}, "severity": {"constant": "general"},
    "amount_fen": {"column": "yuan"}, "document_no": {"column": "number"}, "agency": {"column": "agency"},
    "repaired_on": {"column": "repaired"}'
for channel in one two three; do
    mapping $channel credit_record "\"key\": [\"no\"], $BY_USCC" "$PENALTY"
done
HEADER=no,who,kind,day,yuan,number,agency,repaired
PEN=administrative_penalty
cat >"$PLACE/one.csv" <<END
$HEADER
1,$ONE,$PEN,2026-01-05,5000,渝市监处罚〔2026〕12号,重庆市市场监督管理局,
2,$ONE,$PEN,2026-02-05,7000,渝市监处罚〔2026〕13号,重庆市市场监督管理局,
3,$ONE,$PEN,2026-02-06,7000,无,重庆市市场监督管理局,
4,$ONE,$PEN,2026-02-07,7000,无,重庆市市场监督管理局,
5,$TWO,$PEN,2026-01-05,5000,渝市监处罚〔2026〕12号,重庆市市场监督管理局,
END
cat >"$PLACE/two.csv" <<END
$HEADER
a,$ONE,$PEN,2026-01-05,5000,渝市监处罚［２０２６］ 第012 号,重庆市市场监督管理局 ,
b,$ONE,no_penalty,2026-01-05,,渝市监处罚〔2026〕12号,重庆市市场监督管理局,
c,$ONE,$PEN,2026-01-05,5000,渝市监处罚〔2026〕12号,渝中区市场监督管理局,
END
cat >"$PLACE/three.csv" <<END
$HEADER
x,$ONE,$PEN,2026-01-06,5500,渝市监处罚(2026)12,重庆市市场监督管理局,
END
load one one.csv "5 5 0 0 0"
load two two.csv "3 3 0 0 0"
load three three.csv "1 1 0 0 0"
expect_sql "SELECT count(*) FROM credit_record WHERE decision_id IS DISTINCT FROM decision_id(record_kind, document_no, agency)" 0
expect_sql "SELECT string_agg(record_key, ',' ORDER BY record_key) FROM credit_record WHERE decision_id IS NOT NULL GROUP BY entity_id, decision_id ORDER BY 1" \
    '1,a,x
2
5
b
c'

quiet "$HENG" score --as-of 2026-12-01
# Independent count: what the reasons of ONE are made of.
"$HENG" explain --json "$ONE" >"$PLACE/report" || fail explain
"$HENG" explain "$ONE" >"$PLACE/out" || fail explain
expect_same "penalties that count" "['2', '3', '4', 'c', 'x']" "$(python3 - "$PLACE/report" <<'PYTHON'
import json, sys
d = json.load(open(sys.argv[1]))
keys = {r["id"]: r["key"] for r in d["records"]}
found = set()
def walk(value):
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "records":
                walk(part)
    elif isinstance(value, list):
        for part in value:
            walk(part)
    elif isinstance(value, str) and value in keys:
        found.add(keys[value])
walk(d)
print(sorted(found))
PYTHON
)"
expect_same "sources shown" "[('one', '1'), ('three', 'x'), ('two', 'a')]" \
    "$(json "$PLACE/report" 'sorted((r["source"], r["key"]) for r in d["records"] if r["decision"] and r["decision"] == [q["decision"] for q in d["records"] if q["key"] == "x"][0])')"
expect_text "the same decision: \[one 1, one.csv:2\], another day: 2026-01-05, another amount: 500000 fen" "$PLACE/out"
expect_text "the same decision: \[two a, two.csv:2\], another day: 2026-01-05, another amount: 500000 fen" "$PLACE/out"
expect_same "lines about the same decision" 2 "$(grep -c "the same decision" "$PLACE/out")"

# A repair that one channel reports holds, though the record known last does not have it.
sed 's/\(1,.*12号,重庆市市场监督管理局,\)$/\12026-06-01/' "$PLACE/one.csv" >"$PLACE/repaired.csv"
printf '%s\n%s\n' "$HEADER" "x,$ONE,$PEN,2026-01-06,5600,渝市监处罚(2026)12,重庆市市场监督管理局," >"$PLACE/three2.csv"
load one repaired.csv "5 0 1 4 0"
load three three2.csv "1 0 1 0 0"
quiet "$HENG" score --as-of 2026-12-01
"$HENG" explain --json "$ONE" >"$PLACE/report" || fail explain
"$HENG" explain "$ONE" >"$PLACE/out" || fail explain
expect_same "the repaired penalty is no reason with points" 0 "$(grep -c 'three x' "$PLACE/out" || true)"
