#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a load says it did is what it did: new, changed, identical and rejected rows, with the history
# of each record and the account of each batch.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
mapping c complaint "\"key\": [\"no\"], $BY_REGNO \"drop\": [\"phone\"]," "$COMPLAINT_FIELDS"

lines first.csv <<'END'
no,who,day,end,result,channel,phone
1,a,2026-01-05,,处理中,12315,1380001
2,a,2026-01-06,,处理中,12315,1380002
3,b,2026-01-07,,处理中,"a
b",1380003
4,b,2026-02-30,,处理中,12315,1380004
5,,2026-01-09,,处理中,12315,1380005
6,c,2026-01-10,,不明,12315,1380006
7,c,2026-01-11,,-,,1380007
8,c,,,-,,"138,0008"
,c,2026-01-11,,-,,1380009
9,c,2026-01-11,,-
10,d,2026-01-12,,"处理中"x,,1380010
END
load c first.csv "11 4 0 0 7"

# The reject table: line, field, reason, and the row with its dropped column blank.
expect_sql "SELECT line, field, reason, raw FROM load_reject ORDER BY line" \
    '6|received_on|date|4,b,2026-02-30,,处理中,12315,
7|subject|subject|5,,2026-01-09,,处理中,12315,
8|outcome|code|6,c,2026-01-10,,不明,12315,
10|received_on|required|8,c,,,-,,
11|no|required|,c,2026-01-11,,-,,
12||columns|(withheld: the row cannot be told apart into columns and the mapping drops some)
13||form|(withheld: the row cannot be told apart into columns and the mapping drops some)'
expect_sql "SELECT message FROM load_reject WHERE line = 6" \
    'expected a date that exists, in a form the mapping names, found "2026-02-30"'
expect_sql "SELECT count(*) FROM load_reject WHERE raw LIKE '%138%' OR message LIKE '%138%'" 0
expect_sql "SELECT record_key, line, channel, outcome FROM complaint ORDER BY record_key" \
    '1|2|12315|pending
2|3|12315|pending
3|4|a
b|pending
7|9||'
expect_sql "SELECT scheme, code, registered, jurisdiction FROM entity ORDER BY code" \
    'regno|a|f|CN-50
regno|b|f|CN-50
regno|c|f|CN-50'
expect_sql "SELECT rows_in, inserted, updated, identical, rejected, stubs, batch_in_file, first_record,
                   last_in_file, file_name, file_bytes FROM load_batch" \
    "11|4|0|0|7|3|1|1|t|first.csv|$(wc -c <"$PLACE/first.csv")"
expect_sql "SELECT encode(file_sha256, 'hex') = '$(sha256sum <"$PLACE/first.csv" | cut -c 1-64)',
                   encode(mapping_sha256, 'hex') = '$(sha256sum <"$PLACE/c.json" | cut -c 1-64)' FROM load_batch" "t|t"

# 1 changed, 2 as it was, 3 is about another entity now, 11 new and there twice, 12 new and changed
# twice, 7 changed and changed back, 1 changed once more.
lines second.csv <<'END'
no,who,day,end,result,channel,phone
1,a,2026-01-05,2026-02-01,属实,12315,1380001
2,a,2026-01-06,,处理中,12315,another
3,a,2026-01-07,,处理中,"a
b",1380003
11,d,2026-01-12,,处理中,,
11,d,2026-01-12,,处理中,,1380011
12,d,2026-01-13,,处理中,,
12,d,2026-01-13,2026-01-14,处理中,,
12,d,2026-01-13,2026-01-15,属实,,
7,c,2026-01-11,,属实,,
7,c,2026-01-11,,-,,
1,a,2026-01-05,2026-02-02,属实,12315,1380001
END
load c second.csv "11 2 7 2 0"
expect_sql "SELECT record_key, p.line, p.batch_id, replaced_by, outcome, p.ended_on, e.code,
                   known_until >= p.known_at
              FROM complaint_past p JOIN entity e USING (entity_id) ORDER BY record_key, p.batch_id, p.line" \
    '1|2|1|2|pending||a|t
1|2|2|2|upheld|2026-02-01|a|t
12|8|2|2|pending||d|t
12|9|2|2|pending|2026-01-14|d|t
3|4|1|2|pending||b|t
7|9|1|2|||c|t
7|11|2|2|upheld||c|t'
expect_sql "SELECT record_key, c.line, c.batch_id, outcome, c.ended_on, e.code
              FROM complaint c JOIN entity e USING (entity_id) ORDER BY record_key" \
    '1|13|2|upheld|2026-02-02|a
11|6|2|pending||d
12|10|2|upheld|2026-01-15|d
2|3|1|pending||a
3|4|2|pending||a
7|12|2|||c'
# A replaced version was known until its replacement was.
expect_sql "SELECT count(*) FROM complaint_past p JOIN load_batch b ON b.batch_id = p.replaced_by
             WHERE p.known_until <> b.known_at" 0
expect_sql "SELECT count(*) FROM complaint c JOIN load_batch b USING (batch_id) WHERE c.known_at <> b.known_at" 0

# The same file: nothing, in words and in tables.
dump "$PLACE/before"
load c second.csv "11 0 0 11 0"
expect_text "already loaded" "$PLACE/out"
load c first.csv "11 0 0 4 7"
expect_text "newer files since, nothing changed; --again" "$PLACE/out"
dump "$PLACE/after"
expect_same_tables "a file that was loaded before changed something" "$PLACE/before" "$PLACE/after"
expect_sql "SELECT count(*) FROM load_batch" 2

# Asked for again, the older file takes back what came since.
load c first.csv "11 0 2 2 7" --again
expect_sql "SELECT record_key, outcome, e.code FROM complaint c JOIN entity e USING (entity_id)
             WHERE record_key IN ('1', '3') ORDER BY 1" '1|pending|a
3|pending|b'

# The same rows in another order and another file are known.
(head -n 1 "$PLACE/second.csv"; grep -E '^(11|2),' "$PLACE/second.csv") >"$PLACE/third.csv"
load c third.csv "3 0 0 3 0"

# Every batch adds up, and every stored row is of a batch.
expect_sql "SELECT count(*) FROM load_batch WHERE rows_in <> inserted + updated + identical + rejected" 0
expect_sql "SELECT sum(inserted), (SELECT count(*) FROM complaint) FROM load_batch" "6|6"
expect_sql "SELECT sum(updated), (SELECT count(*) FROM complaint_past) FROM load_batch" "9|9"
expect_sql "SELECT sum(rejected), (SELECT count(*) FROM load_reject) FROM load_batch" "14|14"
expect_unbroken complaint id

# The first thing that is wrong with a row is named; quotes stay in the raw row.
mapping v inspection '"key": ["no"], "drop": ["phone"], "subject": [{"scheme": "uscc", "column": "code"}],' \
    '"occurred_on": {"column": "day"}, "outcome": {"column": "outcome"}, "notice_no": {"column": "notice"}'
A=$(credit_code 1)
lines v.csv <<END
no,code,day,outcome,notice,phone
1,91500000DEM000001,2026-02-30,splendid,,secret
2,$A,2026-02-30,splendid,"a, ""b""",secret
3,$A,2026-02-28,passed,"a, ""b""",secret
END
load v v.csv "3 1 0 0 2"
expect_sql "SELECT line, field, reason, raw FROM load_reject
             WHERE batch_id = (SELECT max(batch_id) FROM load_batch) ORDER BY line" \
    "2|code|credit-code|1,91500000DEM000001,2026-02-30,splendid,,
3|occurred_on|date|2,$A,2026-02-30,splendid,\"a, \"\"b\"\"\","
expect_sql "SELECT notice_no FROM inspection" 'a, "b"'
