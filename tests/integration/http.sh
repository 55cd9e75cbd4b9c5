# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the test_http_*.sh (scripts elsewhere say in INTEGRATION where this folder is): a
# throw-away database with this program's schema, and
#   serve [NAME=VALUE...]   starts `heng serve` on a free port with these environment settings and
#                           waits until it is ready; URL, SERVE and LOG tell of it
#   serve_stop              stops it and demands exit code 0
. "${INTEGRATION:-$(dirname "$0")}/cluster.sh"
set -eu

: "${HENG:?must be the path of the program}"
command -v python3 >/dev/null || { echo "skipped: python3 is not there"; exit 77; }
command -v curl >/dev/null || { echo "skipped: curl is not there"; exit 77; }
FOLDER=$(mktemp -d)
LOG=$FOLDER/serve.err
SERVE=

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$FOLDER"/*.err >&2 2>/dev/null || true
    exit 1
}

http_clean() {
    [ -z "$SERVE" ] || kill -TERM "$SERVE" 2>/dev/null || true
    [ -z "$SERVE" ] || wait "$SERVE" 2>/dev/null || true
    cluster_stop
    rm -rf "$FOLDER"
}

serve() {
    : >"$LOG"
    env "$@" HENG_HTTP__PORT=0 "$HENG" serve >"$FOLDER/serve.out" 2>"$LOG" &
    SERVE=$!
    tries=0
    until grep -q "heng: ready" "$LOG"; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] && kill -0 "$SERVE" 2>/dev/null || fail "heng serve did not start: $(cat "$LOG")"
        sleep 0.05
    done
    URL=$(sed -n 's|^heng: serving \(http.*\)/$|\1|p' "$LOG")
    export URL LOG SERVE
}

serve_stop() {
    kill -TERM "$SERVE"
    code=0
    wait "$SERVE" || code=$?
    SERVE=
    [ "$code" = 0 ] || fail "expected exit code 0 of heng serve, found $code"
}

cluster_start
trap http_clean EXIT
export HENG_DATABASE__DSN="$cluster_dsn"
PATH=$(cluster_bin):$PATH
export PATH
"$HENG" --quiet migrate >/dev/null
