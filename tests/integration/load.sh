# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after embedded.sh and register.sh by the tests of loading: small files, their accounts and
# the tables they leave behind.

EARLIER="2026-01-01"
CLOCKS="ARRAY['batch_id', 'known_at', 'known_until', 'replaced_by', 'reject_id', 'merge_id']"
LOADED="entity entity_past entity_alias relation relation_past recusal inspection inspection_past
        complaint complaint_past credit_record credit_record_past load_reject entity_merge"

start_empty_register() {
    export HENG_REGISTER__LANGUAGE=en
    start_serve
    DSN=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
    quiet "$HENG" migrate
}

empty_register() {
    quiet query "TRUNCATE $(echo $LOADED | tr ' ' ','), load_batch, load_source"
}

# credit_code N: the N-th code of the demo's region with its check character (GB 32100).
credit_code() {
    python3 - "$1" <<'PYTHON'
import sys
alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
body = "91500000DEM%06d" % int(sys.argv[1])
total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
print(body + alphabet[-total % 31])
PYTHON
}

# load_json MAPPING FILE [OPTION…]: the report is in $PLACE/report.
load_json() {
    mapping=$1
    file=$2
    shift 2
    "$HENG" --quiet load --json --mapping "$mapping" "$@" "$file" >"$PLACE/report" \
        2>"$PLACE/last.err" || fail "load of $file ended with $?"
}

# expect_account "ROWS INSERTED UPDATED IDENTICAL REJECTED" MAPPING FILE [OPTION…]
expect_account() {
    wanted=$1
    shift
    load_json "$@"
    expect_same "account of $2 (rows inserted updated identical rejected)" "$wanted" "$(account)"
}

account() {
    json "$PLACE/report" '" ".join(str(d[0][k]) for k in
        ["rows_in", "inserted", "updated", "identical", "rejected"])'
}

# expect_rows WHAT EXPECTED STATEMENT: rows are joined by one blank.
expect_rows() {
    expect_same "$1" "$2" "$(query "$3" | tr '\n' ' ' | sed 's/ $//')"
}

# dump FILE: every loaded row in order, without the numbers of batches and the moments.
dump() {
    for table in $LOADED; do
        query "SELECT '$table', r FROM (SELECT to_jsonb(t) - $CLOCKS AS r FROM $table t) x
                ORDER BY r::text COLLATE \"C\"" || fail "dump of $table"
    done >"$1"
    [ -s "$1" ] || fail "the dump $1 is empty"
}

expect_same_tables() { # WHAT EXPECTED FOUND
    diff "$2" "$3" >"$PLACE/difference" || fail "$1: $(head -n 6 "$PLACE/difference")"
}
