#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The credit engine against credit_oracle.py, a second implementation from the documents alone: score,
# classes, dimensions and coverage of random cases under the shipped models and random variations.
# Then one changed result, which the oracle must see.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$folder/../.." && pwd)
program=${BUILD_DIR:?names the build directory}/tests/oracle.credit_cases
count=6000
[ -z "${HENG_TEST_LONG-}" ] || count=100000

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check() {
    python3 "$folder/credit_oracle.py" --check <"$1"
}

"$program" "$count" "$root" >"$scratch/cases"
check "$scratch/cases" | tee "$scratch/account"
grep -qx "$count cases, 0 differences" "$scratch/account"

sed '$s/"class_by_score":"."/"class_by_score":"?"/' "$scratch/cases" >"$scratch/changed"
if check "$scratch/changed" >"$scratch/account"; then
    echo "expected a difference in the changed case, found none" >&2
    exit 1
fi
grep -qx "$count cases, 1 differences" "$scratch/account"
