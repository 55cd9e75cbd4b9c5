#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on real data: Chicago food inspections, loaded whole, then scored, scanned, drawn and
# verified as of 2014-06-30. Prints its account. Needs the data below HENG_TEST_DATA.
real=$(cd "$(dirname "$0")" && pwd)
data=${HENG_TEST_DATA:-$real/../../../shared}/data/chicago
if [ ! -d "$data" ]; then
    echo "skipped: HENG_TEST_DATA (${HENG_TEST_DATA:-../shared}) has no data/chicago"
    exit 77
fi
. "$real/../integration/embedded.sh"

chmod 777 "$PLACE"
export HENG_REGISTER__LANGUAGE=en HENG_REGISTER__UTC_OFFSET_MINUTES=-300
heng() {
    "$HENG" --quiet "$@"
}

# load MAPPING FILE [OPTION…]: prints the account, which test_chicago_load.sh checks.
load() {
    mapping=$1
    file=$2
    shift 2
    [ -e "$PLACE/$(basename "$file")" ] || cp "$file" "$PLACE/"
    chmod a+r "$PLACE/$(basename "$file")"
    heng load --mapping "$real/chicago/$mapping.json" "$@" "$PLACE/$(basename "$file")"
}

heng migrate
{
    echo ward,name
    for ward in $(seq 50); do echo "$ward,Ward $ward"; done
} >"$PLACE/wards.csv"
load ward "$PLACE/wards.csv"
load inspectors "$data/inspectors.csv" --known-on 2011-01-04 --backfill
load businesses "$data/businesses.csv.gz"
load inspections "$data/inspections.csv.gz"
load complaints "$data/complaints.csv.gz"
load inspector_visits "$data/inspector_visits.csv.gz"

heng score --model "$real/chicago_model.json" --as-of 2014-06-30
heng score --model "$real/chicago_model.json" --as-of 2014-06-30 --json >"$PLACE/score"
expect_text '"entities": 11537' "$PLACE/score"
expect_text '"class_changes": 0' "$PLACE/score"
for class in A B C D; do
    grep -Eq "\"$class\": [1-9]" "$PLACE/score" || fail "nobody is in class $class"
done

echo "alerts of the week of 2012-09-03, as of 2012-09-09:"
heng alert scan --rules "$real/chicago/rules.json" --as-of 2012-09-09
heng alert list --json >"$PLACE/alerts"
python3 - "$PLACE/alerts" <<'END' || fail "the alerts are not as they must be"
import json
import sys

alerts = json.load(open(sys.argv[1]))
alerts = alerts["alerts"] if isinstance(alerts, dict) else alerts
city = None
for alert in sorted(alerts, key=lambda a: json.dumps(a["labels"], sort_keys=True)):
    evidence = alert["evidence"]
    where = alert["labels"].get("region_code", "whole city")
    print(f"  {where:16} observed {evidence['observed']:4}  bound {evidence['bound_milli'] / 1000:8.2f}")
    if "region_code" not in alert["labels"]:
        city = evidence
# 828 complaints; the C2 bound over the seven baseline weeks of distinct complaints is 652.09
# (650.43 if every line of the file is counted).
assert city and city["observed"] == 828 and abs(city["bound_milli"] - 652090) <= 5, city
assert all("count_surge" in json.dumps(a) for a in alerts), "only surges are in these rules"
assert len(alerts) > 1, "some ward must stand out"
END
heng alert scan --as-of 2014-06-30 >"$PLACE/cn_scan"
heng alert list --json >"$PLACE/cn_alerts"
! grep -q complaint_not_accepted "$PLACE/cn_alerts" ||
    fail "the Chinese deadline rule must not judge Chicago complaints"

heng draw commit --plan "$real/chicago/plan.json"
heng draw run 1
heng draw bundle 1 --out "$PLACE/bundle" >/dev/null
expect_exit 21 "$HENG" verify "$PLACE/bundle"
heng draw reveal 1 >/dev/null
heng draw bundle 1 --out "$PLACE/bundle" >/dev/null
expect_exit 0 "$HENG" verify "$PLACE/bundle"
cat "$PLACE/out"
# The second verifier asks for a new flow per slot: minutes for six inspectors with 193 visits each.
if [ -n "${HENG_TEST_LONG:-}" ]; then
    python3 "$real/../oracle/verify_bundle.py" "$PLACE/bundle" || fail "the second verifier disagrees"
fi
