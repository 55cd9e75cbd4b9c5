# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 of heng leaves no server and the next start recovers; so does kill -9 of both; serve ends
# with an error when its server is killed.
. "$(dirname "$0")/embedded.sh"

start_serve
kill -KILL "$SERVE"
wait "$SERVE" || true
RUNNING=
expect_exit 0 "$HENG" check
wait_gone "$SERVER_OF_TEST"

start_serve
socket_dir=$(head -n 1 "$PLACE/data/pg/state")
kill -KILL "$SERVE" "$SERVER_OF_TEST"
wait "$SERVE" || true
RUNNING=
expect_exit 0 "$HENG" check
[ ! -e "$socket_dir" ] || fail "the former socket directory should be gone: $socket_dir"

start_serve
kill -KILL "$SERVER_OF_TEST"
ended=0
wait "$SERVE" || ended=$?
RUNNING=
[ "$ended" = 9 ] || fail "serve should end with 9 when its server is killed, found $ended"
expect_text "was ended by signal 9" "$PLACE/serve.err"
expect_exit 0 "$HENG" check

# A process number used again by a stranger must not keep the database down.
sleep 60 &
stranger=$!
data=$(dirname "$(ls "$PLACE"/data/pg/*/PG_VERSION)")
if [ "$(id -u)" = 0 ]; then
    kill "$stranger"
    setpriv --reuid nobody --clear-groups sleep 60 &
    stranger=$!
    sleep 0.2
fi
printf '%s\n%s\n' "$stranger" "$data" >"$data/postmaster.pid"
[ "$(id -u)" != 0 ] || chown nobody "$data/postmaster.pid"
expect_exit 0 "$HENG" check
kill "$stranger"
SERVER_OF_TEST=
