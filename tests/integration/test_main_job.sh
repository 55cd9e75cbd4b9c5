#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on a small demo register, from files to a verified list. Also run with sanitizers.
. "$(dirname "$0")/embedded.sh"

chmod 777 "$PLACE"
export HENG_REGISTER__LANGUAGE=en
heng() {
    "$HENG" --quiet "$@"
}

expect_exit 6 "$HENG" --quiet score --as-of 2026-06-30
expect_text "run heng migrate" "$PLACE/last.err"

heng demo --entities 1000 --seed 7 --out "$PLACE/demo" >/dev/null
chmod -R a+rX "$PLACE/demo"
heng migrate >/dev/null
heng load --json "$PLACE/demo" >"$PLACE/load.json"
python3 "$(dirname "$0")/check_load.py" "$PLACE/demo/truth.json" "$PLACE/load.json" ||
    fail "the account of the load differs from the truth"
heng load --json "$PLACE/demo" >"$PLACE/again.json"
! grep -Eq '"(inserted|updated)": [1-9]|"nothing_new": false' "$PLACE/again.json" ||
    fail "a second load changed something"

expect_exit 5 "$HENG" --quiet explain 91500000DEM000000X
heng score --as-of 2026-05-31 >/dev/null
heng score --as-of 2026-06-30 --json >"$PLACE/score.json"
heng score --as-of 2026-06-30 --json >"$PLACE/score2.json"
expect_text '"class_changes": 0' "$PLACE/score2.json"

heng alert scan --as-of 2026-06-30 >/dev/null
heng alert list --json >"$PLACE/alerts.json"
expect_text complaint_not_accepted "$PLACE/alerts.json"
# The second run of the day changed nothing; what the first changed is still found.
expect_text class_downgrade "$PLACE/alerts.json"

heng draw commit --json >"$PLACE/commit.json"
heng draw run 1 --json >"$PLACE/run.json"
heng draw bundle 1 --out "$PLACE/bundle" >/dev/null
expect_exit 21 "$HENG" verify "$PLACE/bundle"
heng draw reveal 1 >/dev/null
heng draw bundle 1 --out "$PLACE/bundle" >/dev/null
expect_exit 0 "$HENG" verify "$PLACE/bundle"
python3 "$(dirname "$0")/../oracle/verify_bundle.py" "$PLACE/bundle" >/dev/null ||
    fail "the second verifier disagrees"

code=$(grep -Eo '[0-9A-Z]{18}' "$PLACE/bundle/result.tsv" | head -n 1)
heng explain "$code" --json >"$PLACE/why.json"
python3 - "$PLACE/why.json" <<'END' || fail "the reasons do not add up"
import json, sys
why = json.load(open(sys.argv[1]))
sys.exit(sum(r["points_milli"] for r in why["reasons"]) != why["score_milli"])
END

printf 'forged\n' >>"$PLACE/bundle/result.tsv"
expect_exit 20 "$HENG" verify "$PLACE/bundle"
