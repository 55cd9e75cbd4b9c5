#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One register as CSV (three encodings, gzip, zip), Excel (1900 and 1904 dates), JSON, JSON lines and
# XML leaves the same tables, the same account and the same rejects.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

# expect_rows WHAT ROWS STATEMENT
expect_rows() {
    expect_same "$1" "$2" "$(query "$3")"
}

# rows inserted updated identical rejected
account() {
    query "SELECT sum(rows_in), sum(inserted), sum(updated), sum(identical), sum(rejected)
             FROM load_batch" | tr '|' ' '
}

start_empty_register
mkdir "$PLACE/files"
python3 "$here/formats.py" "$PLACE/files" || fail "the files cannot be made"

# What is compared: every table without clocks and lines, rejects by what was wrong with what.
dump_loaded() {
    for table in entity entity_past; do
        query "SELECT '$table', r FROM (SELECT to_jsonb(t) - $CLOCKS - 'line' AS r FROM $table t) x
                ORDER BY r::text COLLATE \"C\""
    done >"$1"
    query "SELECT reason, ltrim(field, '@'), message FROM load_reject ORDER BY line" >>"$1"
    account >>"$1"
}

load_json "$PLACE/files/utf8.csv.json" "$PLACE/files/utf8.csv"
expect_same "account of utf8.csv" "240 223 4 0 13" "$(account)"
dump_loaded "$PLACE/wanted"
expect_rows "a name keeps its characters" "2" \
    "SELECT count(*) FROM entity WHERE name LIKE '䶮𠮷堂1%' AND name LIKE '%7'"
expect_rows "no phone number was stored" "0" "SELECT count(*) FROM load_reject WHERE raw ~ '138[0-9]{8}'"

count=0
for mapping in "$PLACE"/files/*.json; do
    file=${mapping%.json}
    [ -e "$file" ] && [ "$file" != "$PLACE/files/utf8.csv" ] || continue
    empty_register
    load_json "$mapping" "$file"
    dump_loaded "$PLACE/found"
    expect_same_tables "tables after ${file##*/}" "$PLACE/wanted" "$PLACE/found"
    expect_rows "no phone number of ${file##*/} was stored" "0" \
        "SELECT count(*) FROM load_reject WHERE raw ~ '138[0-9]{8}'"
    count=$((count + 1))
done
expect_same "files compared" 16 "$count"

# Cut into batches a file leaves the same records.
for file in book1904.xlsx array.json lines.jsonl task.zip utf16.csv; do
    empty_register
    load_json "$PLACE/files/$file.json" "$PLACE/files/$file" --batch-rows 50
    expect_rows "records of $file in batches" "223|13" \
        "SELECT (SELECT count(*) FROM entity), (SELECT count(*) FROM load_reject)"
done

# What does not fit its mapping is refused whole, with a reason.
refuse() { # MAPPING FILE TEXT
    expect_exit 4 "$HENG" --quiet load --mapping "$PLACE/files/$1.json" "$PLACE/files/$2"
    expect_text "$3" "$PLACE/last.err"
}
refuse utf8.csv plain.xlsx 'the format is "xlsx"'
refuse plain.xlsx utf8.csv "found a file that is no zip archive"
refuse two.zip one.zip 'the archive has no member "名录.csv"; it has: 数据/名录.csv'
refuse one.zip two.zip "found 2 files: 说明.txt, 名录.csv"
refuse array.json array_gb.json "expected an object, found '\['"
refuse task.xml array.json "not well-formed"
