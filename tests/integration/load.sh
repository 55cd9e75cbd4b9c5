# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after embedded.sh and register.sh by the tests of loading: small files, their accounts and
# the tables they leave behind. Mappings and files are named by their name in $PLACE.

CLOCKS="ARRAY['batch_id', 'known_at', 'known_until', 'replaced_by', 'reject_id', 'merge_id']"
LOADED="entity entity_past entity_alias relation relation_past recusal inspection inspection_past
        complaint complaint_past credit_record credit_record_past load_reject entity_merge"

start_empty_register() {
    export HENG_REGISTER__LANGUAGE=en
    # Small files that are mostly rejects are what these tests are about.
    export HENG_LOAD__REJECT_SHARE_PPM="${SHARE_PPM:-1000000}"
    start_serve
    DSN=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
    quiet "$HENG" migrate
}

# The numbers of batches, rejects and merges begin with 1 again.
empty_register() {
    quiet query "TRUNCATE $(echo $LOADED | tr ' ' ','), load_batch, load_source, load_quality, feed, feed_delivery,
                          feed_batch RESTART IDENTITY;
                 ALTER SEQUENCE load_batch_id RESTART"
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

# mapping NAME KIND MEMBERS FIELDS: the document NAME.json of the source NAME.
mapping() {
    cat >"$PLACE/$1.json" <<DOCUMENT
{"mapping": "heng-mapping-1", "source": "$1", "kind": "$2", "title": {"zh": "$1", "en": "$1"},
 "jurisdiction": "CN-50", "encoding": "utf-8", $3 "fields": {$4}}
DOCUMENT
}

BY_REGNO='"subject": [{"scheme": "regno", "column": "who"}],'
COMPLAINT_FIELDS='"received_on": {"column": "day"}, "ended_on": {"column": "end"},
    "channel": {"column": "channel"},
    "outcome": {"column": "result", "values": {"处理中": "pending", "属实": "upheld", "-": null}}'

# lines NAME <CONTENT
lines() {
    cat >"$PLACE/$1"
}

# load MAPPING FILE ACCOUNT [OPTION…]: the account is "rows inserted updated identical rejected";
# what is printed is in $PLACE/out.
load() {
    mapping=$1
    file=$2
    account=$3
    shift 3
    "$HENG" --quiet load --mapping "$PLACE/$mapping.json" "$@" "$PLACE/$file" >"$PLACE/out" \
        2>"$PLACE/last.err" || fail "load of $file ended with $?"
    expect_same "account of $file (rows inserted updated identical rejected)" "$account" \
        "$(sed 's/^[^ ]* *rows//' "$PLACE/out" | grep -Eo '[0-9]+' | tr '\n' ' ' | sed 's/ $//')"
}

# load_json MAPPING FILE [OPTION…], both paths: the report is in $PLACE/report.
load_json() {
    mapping=$1
    file=$2
    shift 2
    "$HENG" --quiet load --json --mapping "$mapping" "$@" "$file" >"$PLACE/report" \
        2>"$PLACE/last.err" || fail "load of $file ended with $?"
}

# refuse EXIT-CODE TEXT ARGUMENT…: the arguments are those of heng load.
refuse() {
    code=$1
    text=$2
    shift 2
    expect_exit "$code" "$HENG" load --quiet "$@"
    expect_text "$text" "$PLACE/last.err"
}

# expect_sql STATEMENT ROWS
expect_sql() {
    expect_same "$1" "$2" "$(query "$1")"
}

# expect_unbroken TABLE KEY: the versions of each record follow one another, each known until the
# next was and replaced by its batch, and the current one is the last.
expect_unbroken() {
    expect_sql "SELECT * FROM
        (SELECT $2, known_at, known_until, replaced_by,
                lead(known_at) OVER one AS next_at, lead(batch_id) OVER one AS next_batch
           FROM (SELECT $2, known_at, known_until, replaced_by, batch_id, line FROM $1_past
                  UNION ALL
                 SELECT $2, known_at, NULL, NULL, batch_id, line FROM $1
                  WHERE content_hash IS NOT NULL) v
         WINDOW one AS (PARTITION BY $2 ORDER BY known_at, known_until, batch_id, line)) o
         WHERE (known_until, replaced_by) IS DISTINCT FROM (next_at, next_batch)" ""
}

# The sums over all batches: they must not depend on how a file was cut.
batch_account() {
    query "SELECT sum(rows_in), sum(inserted), sum(updated), sum(identical), sum(rejected), sum(stubs),
                  count(*) FILTER (WHERE last_in_file) FROM load_batch"
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
