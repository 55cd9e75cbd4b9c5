#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file of the malformed corpus has its expected outcome, and every fuzz target passes over the
# whole corpus and over the mapping documents of the unit tests without a fault.
set -eu
here=$(dirname "$0")
: "${BUILD_DIR:?names the build directory}"
place=$(mktemp -d /tmp/heng-corpus-XXXXXX)
trap 'rm -rf "$place"' EXIT

mkdir "$place/corpus"
PYTHONDONTWRITEBYTECODE=1 python3 "$here/corpus.py" make "$place/corpus"
"$BUILD_DIR/tests/fuzz.outcome" <"$place/corpus/list" >"$place/found"
PYTHONDONTWRITEBYTECODE=1 python3 "$here/corpus.py" check "$place/corpus" "$place/found"

targets=0
for source in "$here"/*/fuzz_*.c; do
    name=${source##*/fuzz_}
    program=$BUILD_DIR/tests/fuzz.${name%.c}
    # Targets take small inputs only, as a fuzzer gives them.
    find "$place/corpus" "$here/../unit/etl/record/mappings" -type f -size -64k ! -name list \
        -exec "$program" {} + >"$place/out" 2>&1 || {
        tail -n 40 "$place/out"
        echo "fuzz.${name%.c} failed"
        exit 1
    }
    targets=$((targets + 1))
done
echo "$targets fuzz targets"
[ "$targets" -ge 6 ]
