#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A demo register of 20,000 entities: the account of every file, and its rejects by reason, are what
# the register's truth says; the delivery in one batch is the delivery in many.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
chmod 777 "$PLACE"
"$HENG" --quiet demo --entities 20000 --out "$PLACE/demo" >/dev/null
chmod -R a+rX "$PLACE/demo"

load_demo() {
    "$HENG" --quiet load --json "$@" "$PLACE/demo" >"$PLACE/account"
    query "SELECT file_name, reason, count(*)
             FROM load_reject JOIN load_batch USING (batch_id) GROUP BY 1, 2" >"$PLACE/rejects"
    python3 "$here/check_load.py" "$PLACE/demo/truth.json" "$PLACE/account" "$PLACE/rejects" ||
        fail "the account differs from the truth"
}

# One hash per table of all its rows without the numbers of batches: the deliveries say themselves
# when their records became known.
hashes() {
    for table in entity entity_past entity_alias relation relation_past recusal inspection \
        inspection_past complaint complaint_past credit_record credit_record_past department \
        matter inspector; do
        query "SELECT '$table', count(*), md5(string_agg(h, '' ORDER BY h))
                 FROM (SELECT md5((to_jsonb(t) - '{batch_id,replaced_by}'::text[])::text) AS h
                         FROM $table t) x"
    done
}

# of KIND COLUMN: the sum over the batches of the kind.
of() {
    query "SELECT sum($2) FROM load_batch JOIN load_source USING (source_id) WHERE record_kind = '$1'"
}

load_demo
hashes >"$PLACE/whole"
expect_sql "SELECT count(*) FROM load_reject
             WHERE raw = '' OR field = '' OR message NOT LIKE '%expected%'" 0
for kind in inspection complaint credit_record relation; do
    expect_sql "SELECT count(*) FROM $kind" "$(of $kind inserted)"
    expect_sql "SELECT count(*) FROM ${kind}_past" "$(of $kind updated)"
    expect_unbroken $kind id
done
expect_sql "SELECT count(*) FROM entity WHERE registered" "$(of entity inserted)"
expect_sql "SELECT count(*) FROM entity_past" "$(of entity updated)"
expect_unbroken entity entity_id
expect_sql "SELECT count(*) FROM entity WHERE NOT registered" \
    "$(json "$PLACE/demo/truth.json" 'd["unregistered_entities"]')"

empty_register
quiet query "TRUNCATE department, matter, inspector"
load_demo --batch-rows 7001
hashes >"$PLACE/cut"
expect_same_tables "another batch size gives other tables" "$PLACE/whole" "$PLACE/cut"
