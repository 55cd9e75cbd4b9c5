#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every way of tampering with the audit chain is found, and the first bad entry is named.
. "$(dirname "$0")/http.sh"

i=0
while [ $i -lt 6 ]; do
    "$HENG" --quiet user add "u$i" --role leader >/dev/null
    i=$((i + 1))
done
"$HENG" --quiet audit verify >/dev/null || fail "the chain should be whole"
head=$("$HENG" --quiet audit head)
[ "${head%%:*}" = 6 ] || fail "expected head 6, found $head"
pg_dump -a -t audit -t audit_head >"$FOLDER/chain.sql"

tampered() { # ENTRY SQL [OPTION...]
    entry=$1
    psql -qX -v ON_ERROR_STOP=1 -c "$2" >/dev/null
    shift 2
    code=0
    "$HENG" --quiet audit verify "$@" >"$FOLDER/out" 2>"$FOLDER/verify.err" || code=$?
    [ "$code" = 20 ] || fail "expected exit code 20, found $code"
    grep -q "audit entry $entry:" "$FOLDER/verify.err" || fail "expected entry $entry"
    psql -qX -v ON_ERROR_STOP=1 -c "TRUNCATE audit, audit_head" -f "$FOLDER/chain.sql" >/dev/null
    "$HENG" --quiet audit verify --head "$head" >/dev/null || fail "the restored chain should be whole"
}

for column in actor action subject detail request_id; do
    tampered 3 "UPDATE audit SET $column = 'other' WHERE sequence = 3"
done
tampered 4 "UPDATE audit SET at = at + interval '1 second' WHERE sequence = 4"
tampered 2 "UPDATE audit SET hash = decode(repeat('ab', 32), 'hex') WHERE sequence = 2"
tampered 1 "UPDATE audit SET previous_hash = decode(repeat('ab', 32), 'hex') WHERE sequence = 1"
tampered 3 "DELETE FROM audit WHERE sequence = 3"
tampered 1 "DELETE FROM audit WHERE sequence = 1"
tampered 6 "DELETE FROM audit WHERE sequence = 6"
tampered 3 "DELETE FROM audit WHERE sequence = 3; UPDATE audit SET sequence = sequence - 1 WHERE sequence = 4;
            UPDATE audit SET sequence = sequence - 1 WHERE sequence = 5; UPDATE audit SET sequence = sequence - 1 WHERE sequence = 6"
tampered 7 "INSERT INTO audit SELECT 7, at, actor, action, subject, detail, request_id, previous_hash, hash FROM audit WHERE sequence = 6"
tampered 2 "UPDATE audit SET sequence = 99 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 5;
            UPDATE audit SET sequence = 5 WHERE sequence = 99"
truncate="DELETE FROM audit WHERE sequence > 4;
          UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit WHERE sequence = 4)"
tampered 5 "$truncate" --head "$head"
psql -qX -c "$truncate" >/dev/null
"$HENG" --quiet audit verify >/dev/null || fail "without the exported head a truncation cannot be seen"
