#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A connection that is lost at COMMIT: the loader asks the database for the batch, waits while the
# server has not made up its mind or restarts, and goes on or says that nothing was committed.
# Whatever happens, the tables are in the end those of a load that nobody disturbed.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
start_empty_register
SOCKET=$(echo "$DSN" | sed "s/.*host='\([^']*\)'.*/\1/")/.s.PGSQL.5432
cp "$here/commit_proxy.py" "$PLACE/commit_proxy.py"
chmod 644 "$PLACE/commit_proxy.py"

mapping c complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
{
    echo no,who,day,end,result,channel
    for i in 1 2 3 4 5 6 7 8 9 10; do echo "$i,w$((i % 3)),2026-01-0$((i % 9 + 1)),,属实,x"; done
    echo 11,w,13,,属实,x
} >"$PLACE/c.csv"
load c c.csv "11 10 0 0 1" --batch-rows 4
dump "$PLACE/undisturbed"

# lost MODE EXIT-CODE: load through a proxy that loses the second COMMIT.
lost() {
    empty_register
    : >"$PLACE/port"
    as_user env PATH=/usr/bin:/bin python3 "$PLACE/commit_proxy.py" "$SOCKET" "$1" 2 >"$PLACE/port" 2>"$PLACE/proxy.err" &
    wait_for 10 test -s "$PLACE/port"
    read -r port proxy <"$PLACE/port"
    RUNNING="$RUNNING $proxy"
    found=0
    HENG_DATABASE__DSN="host=127.0.0.1 port=$port user=heng dbname=heng sslmode=disable gssencmode=disable" \
        timeout 100 "$HENG" --quiet load --mapping "$PLACE/c.json" --batch-rows 4 "$PLACE/c.csv" >"$PLACE/out" 2>"$PLACE/last.err" || found=$?
    kill "$proxy" 2>/dev/null || true
    case $2 in *$found*) ;; *) fail "exit code of $1: expected $2, found $found" ;; esac
}

expect_undisturbed() { # MODE
    expect_sql "SELECT count(*), sum(rows_in) FROM load_batch" "3|11"
    dump "$PLACE/$1"
    expect_same_tables "$1" "$PLACE/undisturbed" "$PLACE/$1"
}

for mode in after late; do
    lost "$mode" 0
    expect_same "account of $mode" "11 10 0 0 1" "$(sed 's/^[^ ]* *rows//' "$PLACE/out" | grep -Eo '[0-9]+' | tr '\n' ' ' | sed 's/ $//')"
    expect_undisturbed "$mode"
done

lost before 10
expect_sql "SELECT count(*), sum(rows_in) FROM load_batch" "1|4"
load c c.csv "7 6 0 0 1" --batch-rows 4
expect_undisturbed before

# The second batch is committed. The restart may still take the session of the third, if the loader
# was back before the server had noticed that a process is gone.
is_back() { query "SELECT 1" >/dev/null 2>&1; }
lost kill "0 10"
wait_for 30 is_back
[ "$(query "SELECT count(*) FROM load_batch")" -ge 2 ] || fail "the killed batch is lost"
[ "$found" = 0 ] || load c c.csv "3 2 0 0 1" --batch-rows 4
expect_undisturbed kill
