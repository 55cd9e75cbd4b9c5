#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Loads the Chicago data and prints the account; what is stored must be what the data's README counts.
# Needs the data below HENG_TEST_DATA.
real=$(cd "$(dirname "$0")" && pwd)
data=${HENG_TEST_DATA:-$real/../../../shared}/data/chicago
if [ ! -d "$data" ]; then
    echo "skipped: HENG_TEST_DATA (${HENG_TEST_DATA:-../shared}) has no data/chicago"
    exit 77
fi
. "$real/../integration/embedded.sh"
. "$real/../integration/register.sh"
. "$real/../integration/load.sh"
export HENG_REGISTER__UTC_OFFSET_MINUTES=-300

start_empty_register
cp "$real"/chicago/*.json "$PLACE/"
cp "$data"/*.csv.gz "$PLACE/"
chmod a+r "$PLACE"/*
{
    echo ward,name
    for ward in $(seq 50); do echo "$ward,Ward $ward"; done
} >"$PLACE/wards.csv"

# twice MAPPING FILE ACCOUNT: the second load finds nothing new, and where the file has one version
# of each record, neither does one that is asked to look --again.
twice() {
    load "$1" "$2" "$3"
    cat "$PLACE/out"
    set -- "$1" "$2" $3
    nothing="$3 0 0 $(($4 + $5 + $6)) $7"
    load "$1" "$2" "$nothing"
    expect_text "already loaded, nothing changed" "$PLACE/out"
    [ "$5" != 0 ] || load "$1" "$2" "$nothing" --again
}

twice ward wards.csv "50 50 0 0 0"
twice businesses businesses.csv.gz "11537 11537 0 0 0"
twice inspections inspections.csv.gz "22843 22843 0 0 0"
twice complaints complaints.csv.gz "65421 65106 314 1 0"
twice inspector_visits inspector_visits.csv.gz "63280 63180 0 100 0"

expect_sql "SELECT count(*) FROM entity WHERE registered" 11537
expect_sql "SELECT count(*) FROM complaint" 65106
expect_sql "SELECT count(*) FROM complaint_past" 314
expect_sql "SELECT count(*) FROM inspection" $((22843 + 63180))
expect_unbroken complaint id
# Complaints name a place and never a firm; every canvass inspection a registered business.
for table in complaint complaint_past; do
    expect_sql "SELECT DISTINCT e.scheme, e.registered FROM $table JOIN entity e USING (entity_id)" \
        "place|f"
done
of_file() { # FILE CONDITION: inspections whose entity is so
    query "SELECT count(*) FROM inspection i JOIN entity e USING (entity_id)
             JOIN load_batch b ON b.batch_id = i.batch_id WHERE b.file_name = '$1' AND $2"
}
expect_same "inspections of registered licences" 22843 \
    "$(of_file inspections.csv.gz "e.scheme = 'chicago_licence' AND e.registered")"
# A later line of a complaint is its later version.
expect_sql "SELECT count(*) FROM complaint_past p JOIN complaint c USING (id) WHERE p.line >= c.line" 0
# 45,104 visits join a business after cutting letters, suffixes and leading zeros, the 100 repeated
# lines counted.
joined=$(of_file inspector_visits.csv.gz e.registered)
echo "visits of registered businesses: $joined of 63180"
[ "$joined" -le 45104 ] && [ "$joined" -ge $((45104 - 100)) ] || fail "expected about 45104, found $joined"
expect_sql "SELECT received_on, count(*) FROM complaint
             WHERE received_on BETWEEN '2012-09-03' AND '2012-09-04' GROUP BY 1 ORDER BY 1" \
    "2012-09-03|208
2012-09-04|179"
