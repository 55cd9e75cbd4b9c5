#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws over HTTP: from the plan to a bundle that both verifiers accept, every refusal with its status
# and pointer, what bound accounts may see and do, and that the secret shows nowhere before its time.
. "$(dirname "$0")/http.sh"

ROOT=$(cd "$(dirname "$0")/../.." && pwd)
ORACLE=$ROOT/tests/oracle
export ROOT ORACLE FOLDER
python3 -c 'import hashlib; hashlib.new("sm3")' 2>/dev/null || {
    echo "skipped: this Python has no SM3"
    exit 77
}

"$HENG" --quiet demo --entities 2000 --seed 1 --until 2026-06-30 --out "$FOLDER/demo"
"$HENG" --quiet load "$FOLDER/demo" >/dev/null
cat >"$FOLDER/recusals.json" <<'END_OF_MAPPING'
{"mapping": "heng-mapping-1", "source": "test_recusals", "kind": "recusal",
 "title": {"zh": "测试回避", "en": "test recusals"}, "jurisdiction": "CN-50", "encoding": "utf-8",
 "subject": [{"scheme": "uscc", "column": "code"}],
 "fields": {"inspector_id": {"column": "inspector"}, "reason": {"constant": "test"}}}
END_OF_MAPPING
{
    echo "code,inspector"
    psql -qAtX -c "SELECT e.code || ',' || min(i.inspector_id) FROM entity e JOIN inspector i USING (region_code)
        WHERE e.registered AND e.scheme = 'uscc' GROUP BY e.code ORDER BY e.code"
} >"$FOLDER/recusals.csv"
"$HENG" --quiet load --mapping "$FOLDER/recusals.json" --known-on 2026-06-30 --backfill \
    "$FOLDER/recusals.csv" >/dev/null
"$HENG" --quiet score --as-of 2026-06-30 >/dev/null
serve
python3 -B "$(dirname "$0")/http_draw.py" || fail "see above"
serve_stop
