#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Accounts and sessions, and what is written about them in the audit chain.
. "$(dirname "$0")/http.sh"

for name in rita otto disabled; do
    echo "correct horse battery" |
        "$HENG" --quiet user add "$name" --role regulator --region 500112 --password-stdin
done
"$HENG" --quiet user disable disabled
code=0
echo short | "$HENG" --quiet user add weak --role leader --password-stdin 2>"$FOLDER/weak.err" || code=$?
[ "$code" = 4 ] || fail "a short password should be refused with 4, found $code"
code=0
"$HENG" --quiet user add rita --role leader 2>"$FOLDER/twice.err" >/dev/null || code=$?
[ "$code" = 6 ] || fail "a name twice should be refused with 6, found $code"
code=0
"$HENG" --quiet user add x --role king 2>"$FOLDER/role.err" >/dev/null || code=$?
[ "$code" = 2 ] || fail "an unknown role should be refused with 2, found $code"
"$HENG" --quiet --json user list | grep -q '"disabled": true' || fail "the list should show who is disabled"
psql -qAtX -c "SELECT password_hash FROM account" | grep -qv '^\$argon2id\$' && fail "a hash is not Argon2id"

serve
python3 "$(dirname "$0")/http_session.py" || fail "see above"
serve_stop
grep -q 'correct horse' "$LOG" && fail "the log has a password"
"$HENG" --quiet audit verify >/dev/null || fail "the chain should be whole"
for action in account.add account.disable account.password session.open session.close session.refuse; do
    [ "$(psql -qAtX -c "SELECT count(*) > 0 FROM audit WHERE action = '$action'")" = t ] ||
        fail "no audit entry $action"
done
