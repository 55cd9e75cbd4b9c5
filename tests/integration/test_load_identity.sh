#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Records arrive in any order and under any number of their entity: stubs, registrations, aliases
# known before and after, aliases of aliases, both ends of relations, places.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
A=$(credit_code 1)
B=$(credit_code 2)
C=$(credit_code 3)
mapping c complaint '"key": ["no"], "subject": [{"scheme": "uscc", "column": "code"}, {"scheme": "regno", "column": "regno"},
  {"scheme": "place", "columns": ["district", "address"]}],' '"received_on": {"column": "day"}'
mapping e entity '"subject": [{"scheme": "uscc", "column": "code"}],' '"name": {"column": "name"}, "status": {"constant": "active"}'
mapping a alias '"subject": [{"scheme": "uscc", "column": "code"}],' '"alias_scheme": {"column": "scheme"}, "alias_code": {"column": "regno"}'
mapping r relation '"key": ["no"], "subject": [{"scheme": "uscc", "column": "code"}],' \
    '"related_scheme": {"column": "scheme"}, "related_code": {"column": "other"}, "relation_kind": {"column": "kind"}'
mapping x recusal '"subject": [{"scheme": "regno", "column": "regno"}, {"scheme": "uscc", "column": "code"}],' \
    '"inspector_id": {"column": "who"}, "reason": {"constant": "relative"}'
mapping i inspection '"key": ["no"], "subject": [{"scheme": "regno", "column": "regno"}],' \
    '"occurred_on": {"column": "day"}, "outcome": {"column": "result"}'
mapping k credit_record '"key": ["no"], "subject": [{"scheme": "regno", "column": "regno"}],' \
    '"occurred_on": {"column": "day"}, "record_kind": {"constant": "award"}, "grade": {"column": "grade"}'
mapping b alias '"subject": [{"scheme": "regno", "column": "now"}],' '"alias_scheme": {"constant": "regno"}, "alias_code": {"column": "was"}'

# Stubs for whom nobody registered; a place for an address, in any spelling, of this source only.
lines c1.csv <<END
no,code,regno,district,address,day
1,$A,,,,2026-01-01
2,,R1,,,2026-01-02
3,,r1,,,2026-01-03
4,,,渝中区,民生路１２号,2026-01-04
5,,,渝中区 民生路12号, ,2026-01-05
6,,,,Minsheng road  12,2026-01-06
END
load c c1.csv "6 6 0 0 0"
expect_sql "SELECT e.scheme || ':' || e.code, e.registered, string_agg(c.record_key, ',' ORDER BY c.record_key)
              FROM complaint c JOIN entity e USING (entity_id) GROUP BY 1, 2 ORDER BY 1" "place:c:MINSHENG ROAD 12|f|6
place:c:渝中区 民生路12号|f|4,5
regno:R1|f|2
regno:r1|f|3
uscc:$A|f|1"
expect_sql "SELECT stubs FROM load_batch" 5

# The registration takes the stub's place, the facts stay; a stub is no version.
lines e1.csv <<END
code,name
$A,Anchor
$B,Bridge
END
load e e1.csv "2 2 0 0 0"
expect_sql "SELECT code, registered, name FROM entity WHERE scheme = 'uscc' ORDER BY 1" "$A|t|Anchor
$B|t|Bridge"
expect_sql "SELECT count(*) FROM entity_past" 0
expect_sql "SELECT code FROM entity JOIN complaint USING (entity_id) WHERE record_key = '1'" "$A"

# A clash of two codes on one identity cannot be made by hand: it takes about 2^32 tries.

# An alias learnt late: every kind of fact moves, the stub goes, the merge is recorded.
lines i.csv <<END
no,regno,day,result
1,R1,2026-02-01,passed
END
load i i.csv "1 1 0 0 0"
sed -i 's/passed/failed/' "$PLACE/i.csv"
load i i.csv "1 0 1 0 0"
lines k.csv <<END
no,regno,day,grade
1,R1,2026-02-01,x
END
load k k.csv "1 1 0 0 0"
sed -i 's/,x/,y/' "$PLACE/k.csv"
load k k.csv "1 0 1 0 0"
lines x.csv <<END
regno,code,who
R1,,I1
R1,,I2
,$B,I1
END
load x x.csv "3 3 0 0 0"
lines r.csv <<END
no,code,scheme,other,kind
1,$A,regno,R1,shareholder
2,$A,regno,R1,branch
3,$A,uscc,$B,same_phone
END
load r r.csv "3 3 0 0 0"
sed -i 's/branch/same_address/' "$PLACE/r.csv"
load r r.csv "3 0 1 2 0"
lines a1.csv <<END
code,scheme,regno
$B,regno,Ｒ1
$B,regno,R2
END
quiet "$HENG" load --quiet --json --mapping "$PLACE/a.json" "$PLACE/a1.csv"
expect_text '"merged": 1' "$PLACE/quiet.out"
expect_text '"stubs": 0' "$PLACE/quiet.out"
expect_sql "SELECT count(*) FROM entity WHERE code = 'R1'" 0
for table in complaint inspection inspection_past credit_record credit_record_past; do
    expect_sql "SELECT e.code FROM $table JOIN entity e USING (entity_id) WHERE record_key IN ('1', '2') AND e.code <> '$A'" "$B"
done
expect_sql "SELECT inspector_id FROM recusal JOIN entity USING (entity_id) WHERE code = '$B' ORDER BY 1" "I1
I2"
expect_sql "SELECT record_key, e.code FROM relation r JOIN entity e ON e.entity_id = r.related_entity_id ORDER BY 1" \
    "1|$B
2|$B
3|$B"
expect_sql "SELECT e.code FROM relation_past r JOIN entity e ON e.entity_id = r.related_entity_id" "$B"
expect_sql "SELECT from_scheme, from_code, e.code, rows_moved FROM entity_merge JOIN entity e USING (entity_id)" "regno|R1|$B|7"

# Known first, the alias is followed at once; the same records again are known under their old number,
# and lines that name an entity by two of its numbers are one record.
lines c2.csv <<END
no,code,regno,district,address,day
2,,R1,,,2026-01-02
7,,R2,,,2026-01-07
8,,R2,,,2026-01-08
END
load c c2.csv "3 2 0 1 0"
expect_sql "SELECT stubs FROM load_batch ORDER BY batch_id DESC LIMIT 1" 0
load x x.csv "3 0 0 3 0" --again
quiet query "DELETE FROM recusal"
load x x.csv "3 2 1 0 0" --again
load r r.csv "3 0 0 3 0" --again
load a a1.csv "2 0 0 2 0" --again
expect_sql "SELECT count(*) FROM entity_merge" 1

# An entity renumbered twice: the first number leads to the last, facts of the middle one move on.
lines c3.csv <<END
no,code,regno,district,address,day
9,,R7,,,2026-01-09
10,,R8,,,2026-01-10
11,,R9,,,2026-01-11
END
load c c3.csv "3 3 0 0 0"
printf 'was,now\nR7,R8\n' >"$PLACE/b1.csv"
load b b1.csv "1 1 0 0 0"
printf 'was,now\nR8,R9\n' >"$PLACE/b2.csv"
load b b2.csv "1 1 0 0 0"
whose="SELECT e.code, string_agg(record_key, ',' ORDER BY c.line) FROM complaint c JOIN entity e USING (entity_id)
        WHERE record_key IN (%s) GROUP BY 1"
expect_sql "$(printf "$whose" "'9', '10', '11'")" "R9|9,10,11"
expect_sql "SELECT alias_code, e.code FROM entity_alias JOIN entity e USING (entity_id) WHERE alias_code IN ('R7', 'R8') ORDER BY 1" \
    "R7|R9
R8|R9"
# All in one file, in the wrong order, with facts under each.
lines c4.csv <<END
no,code,regno,district,address,day
12,,S1,,,2026-01-09
13,,S2,,,2026-01-10
14,,S3,,,2026-01-11
END
load c c4.csv "3 3 0 0 0"
printf 'was,now\nS1,S2\nS3,S4\nS2,S3\n' >"$PLACE/b3.csv"
load b b3.csv "3 3 0 0 0"
expect_sql "$(printf "$whose" "'12', '13', '14'")" "S4|12,13,14"
expect_sql "SELECT count(*) FROM entity_merge" 6

# The second alias learnt first.
lines c5.csv <<END
no,code,regno,district,address,day
15,,T1,,,2026-01-09
16,,T2,,,2026-01-10
END
load c c5.csv "2 2 0 0 0"
printf 'was,now\nT2,T3\n' >"$PLACE/b4.csv"
load b b4.csv "1 1 0 0 0"
printf 'was,now\nT1,T2\n' >"$PLACE/b5.csv"
load b b5.csv "1 1 0 0 0"
expect_sql "$(printf "$whose" "'15', '16'")" "T3|15,16"
# A ring of aliases leads nowhere: the facts stay where they are.
lines c6.csv <<END
no,code,regno,district,address,day
17,,U1,,,2026-01-09
18,,U2,,,2026-01-10
END
load c c6.csv "2 2 0 0 0"
printf 'was,now\nU1,U2\nU2,U1\n' >"$PLACE/b6.csv"
load b b6.csv "2 2 0 0 0"
expect_sql "$(printf "$whose" "'17', '18'")" "U1|17
U2|18"

# A relation names an unknown entity at its other end: a stub; a code that is none: a reject.
lines r2.csv <<END
no,code,scheme,other,kind
4,$A,uscc,$C,branch
5,$A,uscc,${C%?},branch
6,$A,Person,p,branch
END
load r r2.csv "3 1 0 0 2"
expect_sql "SELECT registered FROM entity WHERE code = '$C'" f
expect_sql "SELECT line, field, reason FROM load_reject ORDER BY line" "3|related_code|credit-code
4|related_scheme|code"

# A correction that names another entity moves the record.
sed -i "s/^1,$A/1,$B/" "$PLACE/c1.csv"
load c c1.csv "6 0 1 5 0"
expect_sql "SELECT e.code FROM complaint JOIN entity e USING (entity_id) WHERE record_key = '1'" "$B"
expect_sql "SELECT e.code FROM complaint_past JOIN entity e USING (entity_id) WHERE record_key = '1'" "$A"

# Every fact is about an entity that is there.
for table in complaint complaint_past inspection inspection_past credit_record credit_record_past relation relation_past recusal; do
    expect_sql "SELECT count(*) FROM $table f LEFT JOIN entity e USING (entity_id) WHERE e.entity_id IS NULL" 0
done
