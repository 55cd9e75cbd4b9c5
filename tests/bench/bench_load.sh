#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How fast is loading against the fastest way to fill the same table, and against the usual one?
# Each round, one after the other, each into an empty logged table with the columns and the primary
# key of entity, wall time of the whole process, a checkpoint before each:
#   copy     psql \copy of the clean stored rows (CSV): no checks, ids and hashes are there already
#   staging  psql \copy of the raw rows (14 columns) as text, then SQL that checks dates, numbers,
#            codes and the check character of the credit code, makes id and content hash, and inserts
#            the rows that pass ON CONFLICT DO UPDATE
#   utf8, gb18030  heng load of the same raw rows, with everything that a load does
# Goals: at least 0.4 of the speed of copy, at least twice the speed of staging, by the fastest of
# three rounds each: other work on the machine only adds.
: "${HENG:?must be the path of the program}"
: "${BENCH_ROWS:=300000}"
bench=$(cd "$(dirname "$0")" && pwd)
. "$bench/../integration/embedded.sh"
. "$bench/../integration/register.sh"
. "$bench/../integration/load.sh"
unset HENG_CLUSTER__SHARED_BUFFERS_MB

# timed NAME COMMAND…: milliseconds, a line of the file NAME.ms.
timed() {
    name=$1
    shift
    as_user psql -X -q -d "$(echo "$DSN" | sed 's/user=heng/user=heng_admin/')" -c CHECKPOINT ||
        fail "cannot make a checkpoint"
    begin=$(date +%s%N)
    "$@"
    echo $((($(date +%s%N) - begin) / 1000000)) >>"$PLACE/$name.ms"
}

copy_clean() {
    quiet as_user psql -X -q -d "$DSN" -c "\\copy bench_copy FROM '$PLACE/clean.csv' (FORMAT csv)"
}

stage_and_check() {
    quiet as_user psql -X -q -v ON_ERROR_STOP=1 -v file="$PLACE/utf8.csv" -d "$DSN" \
        -f "$bench/stage_entities.sql"
}

load_raw() { # ENCODING
    load "$1" "$1.csv" "$BENCH_ROWS $BENCH_ROWS 0 0 0"
}

start_empty_register
python3 "$bench/make_entities.py" "$BENCH_ROWS" >"$PLACE/utf8.csv"
iconv -f UTF-8 -t GB18030 "$PLACE/utf8.csv" >"$PLACE/gb18030.csv"
cp "$bench/../../models/catalog/mapping/demo/market_entity.json" "$PLACE/utf8.json"
sed 's/"utf-8"/"gb18030"/' "$PLACE/utf8.json" >"$PLACE/gb18030.json"
cp "$bench/stage_entities.sql" "$PLACE/"
load_raw utf8
for table in bench_copy bench_staging; do
    quiet query "CREATE TABLE $table (LIKE entity INCLUDING ALL)"
done
query "COPY entity TO STDOUT (FORMAT csv)" >"$PLACE/clean.csv"

for round in 1 2 3; do
    quiet query "TRUNCATE bench_copy, bench_staging"
    timed copy copy_clean
    timed staging stage_and_check
    for encoding in utf8 gb18030; do
        empty_register
        timed $encoding load_raw $encoding
    done
done
expect_sql "SELECT count(*) FROM entity JOIN bench_copy c USING (entity_id, content_hash)" "$BENCH_ROWS"
expect_sql "SELECT count(*) FROM entity
              JOIN bench_staging s USING (entity_id, name, capital_fen, registered_on, licence_tags)
             WHERE licence_tags IS NOT NULL" \
    "$(query "SELECT count(*) FROM entity WHERE licence_tags IS NOT NULL")"
expect_sql "SELECT count(*) FROM bench_staging" "$BENCH_ROWS"

echo "$BENCH_ROWS entity rows, milliseconds (in brackets: speed against copy and staging of that round)"
(cd "$PLACE" && paste copy.ms staging.ms utf8.ms gb18030.ms) | awk -v rows="$BENCH_ROWS" '
    function against(ms) { return sprintf("%5d (%.2f, %.2f)", ms, $1 / ms, $2 / ms) }
    function least(a, b) { return NR == 1 || b < a ? b : a }
    { printf "copy %5d   staging %5d   utf-8 %s   gb18030 %s\n", $1, $2, against($3), against($4)
      copy = least(copy, $1); staging = least(staging, $2); utf8 = least(utf8, $3); gb = least(gb, $4) }
    function verdict(name, ms) {
        ok = copy / ms >= 0.4 && staging / ms >= 2
        missed += !ok
        printf "%s: %d rows/s, %.2f of copy (goal 0.40), %.2f times staging (goal 2): %s\n",
               name, 1000 * rows / ms, copy / ms, staging / ms, ok ? "reached" : "missed"
    }
    END { verdict("utf-8", utf8); verdict("gb18030", gb); exit missed > 0 }'
