#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What cannot be loaded is refused by name and leaves nothing behind; rows that would have stopped
# the database are rejected and the others load.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

mapping c complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
lines c.csv <<'END'
no,who,day,end,result,channel
1,a,2026-01-05,,处理中,12315
END
refuse 6 "run heng migrate" --mapping "$PLACE/c.json" "$PLACE/c.csv"
start_empty_register
untouched() {
    expect_sql "SELECT (SELECT count(*) FROM load_batch), (SELECT count(*) FROM load_source), (SELECT count(*) FROM complaint)" "$1"
}

# The command line.
refuse 2 "a file needs --mapping" "$PLACE/c.csv"
mkdir "$PLACE/delivery"
refuse 2 "the manifest says since when" --known-on 2026-01-01 --backfill "$PLACE/delivery"
refuse 8 "manifest.json" "$PLACE/delivery"
refuse 2 "backfill" --mapping "$PLACE/c.json" --known-on 2026-01-01 "$PLACE/c.csv"
refuse 2 "known-on" --mapping "$PLACE/c.json" --backfill "$PLACE/c.csv"
refuse 2 "batch-rows" --mapping "$PLACE/c.json" --batch-rows 0 "$PLACE/c.csv"

# Files.
refuse 8 "No such file" --mapping "$PLACE/missing.json" "$PLACE/c.csv"
refuse 8 "No such file" --mapping "$PLACE/c.json" "$PLACE/missing.csv"
refuse 4 "found a directory" --mapping "$PLACE/c.json" "$PLACE/delivery"
: >"$PLACE/empty.csv"
refuse 4 "found an empty file" --mapping "$PLACE/c.json" "$PLACE/empty.csv"
ln -s c.csv "$PLACE/link.csv"
refuse 8 "is a symbolic link" --mapping "$PLACE/c.json" "$PLACE/link.csv"
mkfifo "$PLACE/fifo.csv"
refuse 4 "found a special file" --mapping "$PLACE/c.json" "$PLACE/fifo.csv"
yes 1,a,2026-01-05,,-,x | sed 1ino,who,day,end,result,channel | head -n 5000 | gzip -c | head -c 100 >"$PLACE/cut.csv.gz"
refuse 4 "the gzip data ends early" --mapping "$PLACE/c.json" "$PLACE/cut.csv.gz"

# Headers and mappings.
sed 's/who/whom/' "$PLACE/c.csv" >"$PLACE/header.csv"
refuse 4 'column "who" is named by the mapping but not in the file, which has: no, whom, day' --mapping "$PLACE/c.json" "$PLACE/header.csv"
sed 's/channel/day/' "$PLACE/c.csv" >"$PLACE/header.csv"
refuse 4 'column "day" is there twice' --mapping "$PLACE/c.json" "$PLACE/header.csv"
sed 's/channel/"channel/' "$PLACE/c.csv" >"$PLACE/header.csv"
refuse 4 "line 1: expected a header" --mapping "$PLACE/c.json" "$PLACE/header.csv"
sed 's/who/主体/' "$PLACE/c.csv" | iconv -f UTF-8 -t GB18030 >"$PLACE/header.csv"
refuse 4 "line 1: the name of column 2 is not text" --mapping "$PLACE/c.json" "$PLACE/header.csv"
sed 's/pending/open/' "$PLACE/c.json" >"$PLACE/bad.json"
refuse 4 "fields.outcome.values" --mapping "$PLACE/bad.json" "$PLACE/c.csv"
untouched "0|0|0"

# The first file that fails ends the command; those before it are loaded.
sed 's/^1,/2,/' "$PLACE/c.csv" >"$PLACE/two.csv"
sed 's/^1,/3,/' "$PLACE/c.csv" >"$PLACE/three.csv"
refuse 8 missing.csv --mapping "$PLACE/c.json" "$PLACE/two.csv" "$PLACE/missing.csv" "$PLACE/three.csv"
untouched "1|1|1"

# A source has records of one kind.
mapping other inspection "\"key\": [\"no\"], $BY_REGNO" \
    '"occurred_on": {"column": "day"}, "outcome": {"constant": "passed"}'
sed 's/"source": "other"/"source": "c"/' "$PLACE/other.json" >"$PLACE/kind.json"
refuse 6 "the source has records of kind complaint; the mapping is for kind inspection" \
    --mapping "$PLACE/kind.json" "$PLACE/two.csv"
untouched "1|1|1"

# Values that the database would refuse, or that would harm later loads, are rejects.
long() { head -c "$1" /dev/zero | tr '\0' "$2"; }
mapping w region '' '"region_code": {"column": "code"}, "name": {"column": "name"},
  "region_kind": {"constant": "ward"}, "valid_from": {"constant": "1923-01-01"}'
printf 'code,name\nw-1,One\n%s,Long\n%s,Longer\n' "$(long 127 w)" "$(long 128 w)" >"$PLACE/w.csv"
load w w.csv "3 2 0 0 1"
load c three.csv "1 1 0 0 0"
mapping d department '' '"department_id": {"column": "编号"}, "name": {"column": "名称"}'
{
    echo 编号,名称
    echo d1,"$(long 4000 n)"
    echo d2,"$(long 4001 n)"
    echo "$(long 3000 d)",x
    printf 'd3,a\\b\\N\\.\td\n'
    printf 'd4,nul\000byte\n'
    printf 'd5,\377\n'
    printf '\\.,end\n'
} >"$PLACE/d.csv"
load d d.csv "7 3 0 0 4"
expect_sql "SELECT line, field, reason FROM load_reject WHERE batch_id = (SELECT max(batch_id) FROM load_batch) ORDER BY 1" \
    '3|name|too-long
4|department_id|too-long
6|column 2|encoding
7|column 2|encoding'
expect_sql "SELECT name FROM department WHERE department_id = 'd3'" 'a\b\N\.	d'
expect_sql "SELECT raw FROM load_reject WHERE line IN (6, 7) AND reason = 'encoding' ORDER BY line" 'd4,nul\x00byte
d5,\xff'
# A column whose name is longer than a reject's field.
name=统一社会信用代码（没有统一社会信用代码的填写营业执照注册号或者身份证明号码）
mapping n complaint "\"key\": [\"no\"], \"subject\": [{\"scheme\": \"uscc\", \"column\": \"$name\"}]," '"received_on": {"column": "day"}'
printf 'no,%s,day\n1,915,2026-01-01\n' "$name" >"$PLACE/n.csv"
load n n.csv "1 0 0 0 1"
expect_sql "SELECT field FROM load_reject WHERE reason = 'credit-code'" "$(echo "$name" | cut -c 1-78)"
