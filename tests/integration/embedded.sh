# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the test_cluster_*.sh: a private place for the embedded database, and checks that say
# what they expected. As root the service user is "nobody", which every system has.
set -eu

: "${HENG:?must be the path of the program}"
PLACE=$(mktemp -d /tmp/heng-test-XXXXXX)
chmod 755 "$PLACE"
SERVER_OF_TEST=
RUNNING=
unset DATABASE_URL XDG_RUNTIME_DIR RUNTIME_DIRECTORY
export HENG_CLUSTER__DATA_DIR="$PLACE/data"
export HENG_CLUSTER__SHARED_BUFFERS_MB=16
export HENG_HTTP__PORT=0
[ "$(id -u)" != 0 ] || export HENG_CLUSTER__SERVICE_USER=nobody

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$PLACE"/*.err "$PLACE"/data/pg/server.log >&2 2>/dev/null || true
    exit 1
}

# Ends what this test started, by process number.
clean() {
    for process in $RUNNING; do
        kill -TERM "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    [ -z "$SERVER_OF_TEST" ] || wait_gone "$SERVER_OF_TEST"
    rm -rf "$PLACE"
}
trap clean EXIT

# wait_for SECONDS COMMAND…: until it succeeds.
wait_for() {
    left=$(($1 * 20))
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "waited too long for: $*"
        sleep 0.05
    done
}

# expect_exit CODE COMMAND…: output goes to out and err.
expect_exit() {
    expected=$1
    shift
    found=0
    "$@" >"$PLACE/out" 2>"$PLACE/last.err" || found=$?
    [ "$found" = "$expected" ] || fail "expected exit code $expected, found $found: $*"
}

expect_text() {
    grep -q -- "$1" "$2" || fail "expected \"$1\" in $2, found: $(cat "$2")"
}

# Starts `heng serve` and waits until it is ready; its number is in SERVE.
start_serve() {
    : >"$PLACE/serve.err"
    "$HENG" serve >"$PLACE/serve.out" 2>>"$PLACE/serve.err" &
    SERVE=$!
    RUNNING="$RUNNING $SERVE"
    wait_for 60 is_ready_or_gone
    grep -q "heng: ready" "$PLACE/serve.err" || fail "heng serve ended"
    SERVER_OF_TEST=$(head -n 1 "$PLACE"/data/pg/*/postmaster.pid)
}

is_ready_or_gone() {
    grep -q "heng: ready" "$PLACE/serve.err" || is_gone "$SERVE"
}

is_gone() {
    [ ! -e "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"
}

wait_gone() {
    wait_for 30 is_gone "$1"
}
