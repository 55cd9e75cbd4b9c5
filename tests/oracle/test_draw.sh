#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# heng verify against verify_bundle.py, a second verifier from models/draw/FORMAT.md alone, on bundles
# that heng made from a register under four plans, on those bundles before the reveal, and on changed
# and forged ones: the same exit code, and the same file named.
folder=$(cd "$(dirname "$0")" && pwd)
. "$folder/../integration/embedded.sh"
. "$folder/../integration/register.sh"

python3 -c 'import hashlib; hashlib.new("sm3")' 2>/dev/null || {
    echo "skipped: this Python has no SM3"
    exit 77
}

plan() { # NAME QUOTA-AND-STRATA POPULATION INSPECTORS BEACON ALG
    cat >"$PLACE/$1.json" <<END
{"plan_format": "heng-draw-plan-1", "plan": "$1", "authority": "office",
 "title": {"zh": "$1", "en": "$1"}, "jurisdiction": "CN-50", "alg": "$6", $2,
 "population": {$3}, "inspectors": {$4}, "beacon": {$5}, "reveal_within_days": 30}
END
}

strata() { # RATES OF A B C D
    echo "\"strata\": [{\"class\": \"A\", \"rate_ppm\": $1}, {\"class\": \"B\", \"rate_ppm\": $2},
        {\"class\": \"C\", \"rate_ppm\": $3}, {\"class\": \"D\", \"rate_ppm\": $4}]"
}

plan full "$(strata 8000 10000 20000 40000), \"quota\": {\"rule\": \"ceil\"}" \
    '"visits_per_year_cap": 2' \
    '"per_visit": 2, "reserves": 2, "slack": 1, "region_tiers": "6,2,0", "speciality": "entity"' \
    '"source": "rehearsal", "delay_s": 0' sha256
plan hamilton "$(strata 1 2 3 4), \"quota\": {\"rule\": \"hamilton\", \"total\": 25}" '' \
    '"per_visit": 2, "reserves": 1, "slack": 0, "load_cap": 3, "region_tiers": "6,0", "speciality": "none"' \
    '"source": "drand-quicknet", "delay_s": 1' sm3
plan controlled "$(strata 5000 6000 7000 8000), \"quota\": {\"rule\": \"controlled\"}" \
    '"licence_tag": "food"' \
    '"per_visit": 1, "region_tiers": "4,0", "speciality": "entity"' \
    '"source": "declared-text", "delay_s": 2, "rule": "the first public draw of the day"' sm3
plan alone '"strata": [{"class": "A", "rate_ppm": 1000, "min": 3, "max": 9}, {"class": "D", "rate_ppm": 0}],
    "quota": {"rule": "ceil"}' '"region_codes": ["500157", "500103"]' \
    '"per_visit": 0, "region_tiers": "0", "speciality": "none"' \
    '"source": "rehearsal", "delay_s": 0' sha256

bundles=$PLACE/bundles
draw() { # NAME [OPTION OF run…]
    name=$1
    shift
    quiet "$HENG" draw commit --plan "$PLACE/$name.json" --json
    number=$(json "$PLACE/quiet.out" 'd["number"]')
    quiet "$HENG" draw bundle "$number" --out "$bundles/$name.committed"
    [ $# = 0 ] || sleep 5 # until its beacon is known
    quiet "$HENG" draw run "$number" "$@"
    quiet "$HENG" draw bundle "$number" --out "$bundles/$name.drawn"
    quiet "$HENG" draw reveal "$number"
    quiet "$HENG" draw bundle "$number" --out "$bundles/$name.revealed"
}

start_register
quiet "$HENG" score --as-of 2026-06-30
draw full
draw hamilton --signature "$(printf '%096d' 1)"
draw controlled --text '福彩 2026001：01,02,03'
draw alone

# The README of the format is the one that heng writes.
python3 - "$folder/../../models/draw/FORMAT.md" "$bundles/full.revealed/README.txt" <<'END' ||
import sys
page, readme = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
sys.exit("```\n" + readme + "```\n" not in page)
END
    fail "README.txt is not the text of models/draw/FORMAT.md"

python3 -B "$folder/tampered_bundles.py" "$HENG" "$bundles"
