# SPDX-License-Identifier: GPL-3.0-or-later
# Commands share one server; two serve exclude each other; SIGTERM is a clean end.
. "$(dirname "$0")/embedded.sh"

# Counts as a user for some seconds; one process, so that its end is the end of the lock.
use_database() {
    exec 9>>"$PLACE/data/pg/users.lock"
    flock --shared 9
    exec sleep "$1"
}

# Two first starts at once: one makes the database, both use it.
# What an earlier command wrote there must not be taken for this one's.
rm -f "$PLACE/a.err"
"$HENG" check >"$PLACE/a.out" 2>"$PLACE/a.err" &
first=$!
"$HENG" check >"$PLACE/b.out" 2>"$PLACE/b.err" &
second=$!
wait "$first" || fail "the first command failed: $(cat "$PLACE/a.err")"
wait "$second" || fail "the second command failed: $(cat "$PLACE/b.err")"
[ "$(cat "$PLACE"/[ab].err | grep -c 'making a database')" = 1 ] || fail "made twice"

start_serve
expect_exit 0 "$HENG" check
grep -q "using the embedded" "$PLACE/last.err" && fail "a second server was started"
server=$(head -n 1 "$PLACE"/data/pg/*/postmaster.pid)
[ "$server" = "$SERVER_OF_TEST" ] || fail "the server should be $SERVER_OF_TEST, found $server"
[ "$(awk '/^PPid/ { print $2 }' "/proc/$server/status")" = "$SERVE" ] ||
    fail "the server should be a child of heng serve"

expect_exit 6 "$HENG" serve
expect_text "already runs on this data (process $SERVE)" "$PLACE/last.err"

kill -HUP "$SERVE"
wait_for 10 grep -q "pages, feed documents and TLS files read again" "$PLACE/serve.err"

# Whoever holds users.lock shared keeps the server up, also after SIGTERM.
use_database 3 &
user=$!
sleep 0.3
kill -TERM "$SERVE"
wait_for 10 grep -q "other heng commands" "$PLACE/serve.err"
expect_exit 0 "$HENG" check
is_gone "$SERVER_OF_TEST" && fail "the server was stopped under another process"
wait "$user"
ended=0
wait "$SERVE" || ended=$?
RUNNING=
[ "$ended" = 0 ] || fail "serve should end with 0 after SIGTERM, found $ended"
is_gone "$SERVER_OF_TEST" || fail "the server should end before heng serve"
[ ! -e "$PLACE/data/pg/state" ] || fail "the state should be gone"
expect_text "database system is shut down" "$PLACE/data/pg/server.log"

# A command that started the server stays while another process uses it; serve waits for it to go.
use_database 5 &
user=$!
sleep 0.3
# What an earlier command wrote there must not be taken for this one's.
rm -f "$PLACE/a.err"
"$HENG" check >"$PLACE/a.out" 2>"$PLACE/a.err" &
first=$!
wait_for 10 grep -q "other heng commands" "$PLACE/a.err"
expect_text "encoding    UTF8" "$PLACE/a.out"
start_serve
expect_text "waiting until another heng (process $first)" "$PLACE/serve.err"
wait "$user"
wait "$first" || fail "the command that waited for others should end with 0"
kill -TERM "$SERVE"
wait "$SERVE" || fail "serve should end with 0 after SIGTERM"
RUNNING=

# A request to stop while waiting for others is obeyed.
use_database 30 &
user=$!
sleep 0.3
# What an earlier command wrote there must not be taken for this one's.
rm -f "$PLACE/a.err"
"$HENG" check >"$PLACE/a.out" 2>"$PLACE/a.err" &
first=$!
wait_for 10 grep -q "other heng commands" "$PLACE/a.err"
kill -TERM "$first"
wait "$first" || fail "the command had done its work and should end with 0"
[ -e "/proc/$user" ] || fail "this test waited for the other process"
[ ! -e "$PLACE/data/pg/state" ] || fail "the state should be gone"
kill "$user"
