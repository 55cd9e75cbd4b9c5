#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rejects: listed, given back as they came, replayed once through a mended mapping; files of whose
# beginning too much is rejected are refused whole. Every row is in exactly one account.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
SHARE_PPM=500000
start_empty_register
mkdir "$PLACE/back"
[ "$(id -u)" != 0 ] || chown nobody "$PLACE/back"

# gb NAME: the lines of standard input as the GB18030 file NAME.
gb() { iconv -f UTF-8 -t GB18030 >"$PLACE/$1"; }

# replay MAPPING ACCOUNT [OPTION…]: "rows inserted updated identical rejected".
replay() {
    mapping=$1
    account=$2
    shift 2
    "$HENG" --quiet reject replay --mapping "$PLACE/$mapping.json" "$@" >"$PLACE/out" \
        2>"$PLACE/last.err" || fail "replay ended with $?"
    expect_same "account of the replay" "$account" \
        "$(sed -n '1s/^[^:]*://p' "$PLACE/out" | grep -Eo '[0-9]+' | tr '\n' ' ' | sed 's/ $//')"
}

# Exactly: a batch has as many rejects as its row says, replays have none of their own, and what a
# replay took is what it stored.
expect_exact() {
    expect_sql "SELECT b.batch_id FROM load_batch b LEFT JOIN load_reject r USING (batch_id)
                 WHERE b.replay_of IS NULL
                 GROUP BY b.batch_id, b.rejected HAVING count(r.reject_id) <> b.rejected" ""
    expect_sql "SELECT b.batch_id FROM load_batch b LEFT JOIN load_reject r ON r.taken_by = b.batch_id
                 WHERE b.replay_of IS NOT NULL GROUP BY b.batch_id
                HAVING count(r.reject_id) <> b.rows_in - b.rejected" ""
    expect_sql "SELECT count(*) FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id
                 WHERE b.replay_of IS NOT NULL" 0
    expect_sql "SELECT b.batch_id FROM load_batch b LEFT JOIN load_quality q USING (batch_id)
                 WHERE coalesce((SELECT sum(value::bigint) FROM jsonb_each_text(q.reasons)), -1)
                       <> b.rejected AND b.rejected > 0 OR q.batch_id IS NULL" ""
}

# A GB18030 file with semicolons and a column that is dropped.
cat >"$PLACE/bad.json" <<'END'
{"mapping": "heng-mapping-1", "source": "letters", "kind": "complaint",
 "title": {"zh": "投诉", "en": "Complaints"}, "jurisdiction": "CN-50", "encoding": "gb18030",
 "delimiter": ";", "key": ["编号"], "subject": [{"scheme": "regno", "column": "主体"}],
 "drop": ["投诉人"],
 "fields": {"received_on": {"column": "日期"},
            "outcome": {"column": "结果", "values": {"属实": "upheld"}}}}
END
gb a.csv <<'END'
编号;主体;日期;投诉人;结果
1;甲;2026-01-05;张三;属实
2;乙;2026/1/6;李四;属实
3;丙;2026-01-07;王五;不属实
4;丁;2026-01-08;赵六;"属;实"
5;戊;2026-01-09;钱七
6;己;2026-13-01;孙八;属实
7;庚;2026-01-10;周九;属实
8;辛;2026-01-11;吴十;属实
9;壬;2026-01-12;郑一;属实
10;癸;2026-01-13;冯二;属实
END
load bad a.csv "10 5 0 0 5"
expect_sql "SELECT line, reason, record IS NULL FROM load_reject ORDER BY line" \
    '3|date|f
4|code|f
5|code|f
6|columns|t
7|date|f'
# Dropped values are nowhere, not in the bytes either.
expect_sql "SELECT count(*) FROM load_reject WHERE position(convert_to('李四', 'GB18030') IN record) > 0 OR raw LIKE '%李四%'" 0

# Listed and filtered.
"$HENG" reject list --json >"$PLACE/report"
expect_same "list" "[7, 6, 5, 4, 3]" "$(json "$PLACE/report" '[r["line"] for r in d]')"
"$HENG" reject list --json --source letters --reason date --limit 1 >"$PLACE/report"
expect_same "filtered list" "[(7, 'a.csv', None)]" "$(json "$PLACE/report" '[(r["line"], r["file"], r["taken_by"]) for r in d]')"
"$HENG" reject list --source nobody >"$PLACE/out"
expect_same "empty list" "" "$(cat "$PLACE/out")"

# Given back as they came, without the dropped column; the row that could not be cut is only counted.
"$HENG" reject export --batch 1 --out "$PLACE/back/a.csv" 2>"$PLACE/last.err" || fail "export"
expect_text "a.csv: 4 rows in gb18030; 1 were not kept whole" "$PLACE/last.err"
gb expected.csv <<'END'
编号;主体;日期;投诉人;结果
2;乙;2026/1/6;;属实
3;丙;2026-01-07;;不属实
4;丁;2026-01-08;;"属;实"
6;己;2026-13-01;;属实
END
cmp "$PLACE/expected.csv" "$PLACE/back/a.csv" || fail "the export is not what came in"
expect_exit 8 "$HENG" reject export --batch 1 --out "$PLACE/back/a.csv"
expect_exit 5 "$HENG" reject export --batch 99
expect_exit 2 "$HENG" reject export

# The same mapping again takes nothing in, and nothing changes but the try.
replay bad "4 0 0 0 4"
expect_exact
# A mended mapping takes what it can; what fails says why now.
sed 's/"日期"}/"日期", "dates": ["YYYY-MM-DD", "YYYY\/M\/D"]}/; s/"属实": "upheld"/"属实": "upheld", "不属实": "not_upheld", "属;实": "upheld"/' \
    "$PLACE/bad.json" >"$PLACE/good.json"
replay good "2 2 0 0 0" --reason code
replay good "2 1 0 0 1" --batch 1
expect_sql "SELECT record_key, received_on, outcome, c.line, b.file_name, b.replay_of, encode(b.file_sha256, 'hex')
              FROM complaint c JOIN load_batch b USING (batch_id) WHERE b.replay_of IS NOT NULL ORDER BY 1" \
    "2|2026-01-06|upheld|3|a.csv|1|$(sha256sum <"$PLACE/a.csv" | cut -c 1-64)
3|2026-01-07|not_upheld|4|a.csv|1|$(sha256sum <"$PLACE/a.csv" | cut -c 1-64)
4|2026-01-08|upheld|5|a.csv|1|$(sha256sum <"$PLACE/a.csv" | cut -c 1-64)"
expect_sql "SELECT line, reason, taken_by FROM load_reject ORDER BY line" \
    '3|date|6
4|code|4
5|code|4
6|columns|
7|date|'
expect_exact
# Never twice.
replay good "1 0 0 0 1"
expect_text "1 rows were not kept whole and cannot be replayed" "$PLACE/out"
expect_sql "SELECT count(*) FROM complaint" 8
"$HENG" reject list --all --json >"$PLACE/report"
expect_same "list of all" "[(7, None), (6, None), (5, 4), (4, 4), (3, 6)]" "$(json "$PLACE/report" '[(r["line"], r["taken_by"]) for r in d]')"
# A replay is beside the way of the files: the same file is still known, the next goes on.
load bad a.csv "10 0 0 5 5"
expect_text "already loaded" "$PLACE/out"

# Other bytes: quotes, line breaks inside fields, CRLF, an encoding that the mapping named wrongly.
mapping q complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
printf 'no,who,day,end,result,channel\r\n1,a,2026-01-05,,属实,"x ""y""\r\nz"\r\n2,"b",2026-1-6,,"属实","two\nlines"\r\n3,c,,,属实,"open\r\n4,d,2026-01-07,,属实,x\r\n5,e,2026-01-07,,属实,x\r\n' >"$PLACE/q.csv"
load q q.csv "5 3 0 0 2"
expect_sql "SELECT encode(record, 'escape') FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id WHERE b.file_name = 'q.csv' ORDER BY line" \
    "$(printf '2,"b",2026-1-6,,"\\345\\261\\236\\345\\256\\236","two\nlines"\n3,c,,,\\345\\261\\236\\345\\256\\236,"open')"
sed 's/"column": "day"/"column": "day", "dates": ["YYYY-MM-DD", "YYYY-M-D"]/' "$PLACE/q.json" >"$PLACE/q2.json"
expect_exit 4 "$HENG" reject replay --mapping "$PLACE/q2.json" # no such form of dates
sed 's/"column": "day"/"column": "day", "values": {"2026-1-6": "2026-01-06"}/' "$PLACE/q.json" >"$PLACE/q2.json"
replay q2 "2 1 0 0 1"
expect_sql "SELECT channel FROM complaint WHERE record_key = '2' AND channel LIKE 'two%'" "two
lines"
mapping e complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
gb e.csv <<'END'
no,who,day,end,result,channel
1,a,2026-01-05,,属实,x
2,b,2026-01-05,,-,x
3,b,2026-01-05,,-,x
END
load e e.csv "3 2 0 0 1"
sed 's/utf-8/gb18030/' "$PLACE/e.json" >"$PLACE/e2.json"
replay e2 "1 1 0 0 0"
expect_exact

# A row that a later line or file said otherwise is outdated; one that nobody touched is not.
mapping o complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
printf 'no,who,day,end,result,channel\n1,a,2026-01-05,,奇怪,x\n1,a,2026-01-06,,属实,x\n2,b,2026-01-05,,奇怪,x\n3,c,2026-01-05,,奇怪,x\n4,d,2026-01-05,,属实,x\n5,e,2026-01-05,,属实,x\n' >"$PLACE/o1.csv"
printf 'no,who,day,end,result,channel\n2,b,2026-02-05,,属实,x\n3,c,2026-02-05,,奇怪,x\n6,f,2026-02-05,,属实,x\n' >"$PLACE/o2.csv"
load o o1.csv "6 3 0 0 3"
load o o2.csv "3 2 0 0 1"
sed 's/"属实": "upheld"/"属实": "upheld", "奇怪": "withdrawn"/' "$PLACE/o.json" >"$PLACE/o3.json"
replay o3 "4 1 1 0 2"
expect_sql "SELECT record_key, received_on, outcome FROM complaint WHERE record_key IN ('1', '2', '3') AND channel = 'x' AND batch_id IN (SELECT batch_id FROM load_batch JOIN load_source USING (source_id) WHERE source = 'o') ORDER BY 1" \
    '1|2026-01-06|upheld
2|2026-02-05|upheld
3|2026-02-05|withdrawn'
expect_sql "SELECT line, reason FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id JOIN load_source s USING (source_id) WHERE source = 'o' AND r.taken_by IS NULL ORDER BY line" \
    '2|outdated
4|outdated'
replay o3 "2 0 0 0 2"
expect_exact

# A file of whose beginning more than half is rejected is refused: rejects kept, nothing stored.
mapping f complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
printf 'no,who,day,end,result,channel\n1,a,05.01.2026,,属实,x\n2,b,06.01.2026,,属实,x\n3,c,2026-01-06,,属实,x\n' >"$PLACE/f.csv"
refuse 4 "refused: 2 of the first 3 records are rejected, more than 500000 ppm (load.reject_share_ppm), most for date; first line 2, received_on: expected a date" --mapping "$PLACE/f.json" "$PLACE/f.csv"
expect_sql "SELECT rows_in, inserted, rejected, withheld, refused, last_in_file FROM load_batch b JOIN load_source s USING (source_id) WHERE source = 'f'" "3|0|2|1|t|f"
expect_sql "SELECT count(*) FROM complaint c JOIN load_batch b USING (batch_id) WHERE file_name = 'f.csv'" 0
replay f "0 0 0 0 0"
expect_text "2 rows are of refused files: load those files again" "$PLACE/out"
"$HENG" --quiet reject export --batch "$(query "SELECT max(batch_id) FROM load_batch")" >"$PLACE/back.csv" 2>"$PLACE/last.err"
head -n 3 "$PLACE/f.csv" | cmp - "$PLACE/back.csv" || fail "the export of a refused file"
refuse 4 "refused: 2 of the first 3" --mapping "$PLACE/f.json" "$PLACE/f.csv"
expect_sql "SELECT count(*) FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id WHERE b.refused AND r.taken_by IS NULL" 2
# Exactly at the limit it is not.
printf 'no,who,day,end,result,channel\n1,a,05.01.2026,,属实,x\n3,c,2026-01-06,,属实,x\n' >"$PLACE/half.csv"
load f half.csv "2 1 0 0 1"
load f f.csv "3 0 0 1 2" --force
expect_sql "SELECT count(*) FROM load_reject r JOIN load_batch b ON b.batch_id = r.batch_id WHERE b.refused AND r.taken_by IS NULL" 0
load f f.csv "3 0 0 1 2"
expect_text "already loaded" "$PLACE/out"
# Only the first batch of a file decides.
{ printf 'no,who,day,end,result,channel\n'; for i in 11 12 13; do echo "$i,a,2026-01-05,,属实,x"; done; for i in 14 15 16; do echo "$i,a,x,,属实,x"; done; } >"$PLACE/late.csv"
load f late.csv "6 3 0 0 3" --batch-rows 3
expect_exact

# Other formats are kept as the CSV of their columns; UTF-16 as UTF-8.
cat >"$PLACE/j.json" <<'END'
{"mapping": "heng-mapping-1", "source": "j", "kind": "complaint", "title": {"zh": "j", "en": "j"},
 "jurisdiction": "CN-50", "format": "jsonl", "encoding": "utf-8", "key": ["no"],
 "subject": [{"scheme": "regno", "column": "party.who"}],
 "fields": {"received_on": {"column": "day"}, "channel": {"column": "channel"}}}
END
lines j.jsonl <<'END'
{"no": "1", "party": {"who": "a"}, "day": "2026-01-05", "channel": "x"}
{"no": "2", "party": {"who": "b, c"}, "day": "2026/1/6", "channel": "说\"是\""}
{"no": "3", "party": {"who": "b"}, "day": "2026-01-05"
{"no": "4", "party": {"who": "d"}, "day": "2026-01-05", "channel": "x"}
END
load j j.jsonl "4 2 0 0 2"
"$HENG" reject export --batch "$(query "SELECT max(batch_id) FROM load_batch")" >"$PLACE/back.csv" 2>"$PLACE/last.err"
expect_same "JSON lines as CSV" 'no,party.who,day,channel
2,"b, c",2026/1/6,"说""是"""' "$(cat "$PLACE/back.csv")"
sed 's/"column": "day"/"column": "day", "dates": ["YYYY-MM-DD", "YYYY\/M\/D"]/' "$PLACE/j.json" >"$PLACE/j2.json"
replay j2 "1 1 0 0 0"
expect_sql "SELECT channel, line FROM complaint WHERE record_key = '2' AND received_on = '2026-01-06' AND channel LIKE '说%'" '说"是"|2'
mapping u complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
sed -i 's/utf-8/utf-16/' "$PLACE/u.json"
printf 'no,who,day,end,result,channel\n1,a,2026-01-05,,属实,x\n2,乙,2026-01-05,,怪,电话\n' | iconv -f UTF-8 -t UTF-16 >"$PLACE/u.csv"
load u u.csv "2 1 0 0 1"
sed 's/"属实": "upheld"/"属实": "upheld", "怪": "withdrawn"/' "$PLACE/u.json" >"$PLACE/u2.json"
replay u2 "1 1 0 0 0"
expect_sql "SELECT channel FROM complaint WHERE outcome = 'withdrawn' AND channel = '电话'" "电话"
expect_exact
