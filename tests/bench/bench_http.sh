#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# HTTP against its peers, in one run and round by round:
#   an answer from the response cache    against libmicrohttpd answering the same bytes,  >= 0.8 x
#   one object read through libpq        against fastify with pg,                         >= 2.5 x
#                                        and fastapi with psycopg,                        >= 6 x
#   a list read through libpq            against both, told without a goal: most of its time is the
#                                        server's planning, which all share
# The object is one of 20,000 jobs, which are never cached; the list is that of the batches of one of
# 20,000 sources with one of 200 limits, so that hardly any is in the cache. The peers run the same
# statements, prepared, and check no session.
# wrk, one thread and 64 connections, shares the cores. Prints the median of each ratio over the
# rounds and exits 1 when a goal is missed. A peer that cannot be installed is named.
INTEGRATION=$(dirname "$0")/../integration
. "$INTEGRATION/http.sh"

ROUNDS=${ROUNDS:-5}
SECONDS_EACH=${SECONDS_EACH:-2}
root=$(cd "$(dirname "$0")/../.." && pwd)
peers=

command -v wrk >/dev/null || { echo "skipped: wrk is not there"; exit 77; }

bench_clean() {
    for peer in $peers; do
        kill -TERM "$peer" 2>/dev/null || true
    done
    http_clean
}
trap bench_clean EXIT

# peer NAME COMMAND...: starts it, sets PORT_<NAME>; fails when it does not come up.
peer() {
    name=$1
    shift
    : >"$FOLDER/$name.out"
    "$@" >"$FOLDER/$name.out" 2>"$FOLDER/$name.err" &
    started=$!
    tries=0
    until grep -q '^port ' "$FOLDER/$name.out"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] && kill -0 "$started" 2>/dev/null || return 1
        sleep 0.1
    done
    peers="$peers $started"
    eval "PORT_$name=$(sed -n 's/^port //p' "$FOLDER/$name.out")"
}

# rate URL [SCRIPT]: requests per second; a wrong answer ends the bench.
rate() {
    wrk -t1 -c64 -d"${SECONDS_EACH}s" -H "Cookie: $COOKIE" ${2:+-s "$2"} "$1" >"$FOLDER/wrk.out"
    ! grep -q 'Non-2xx\|Socket errors' "$FOLDER/wrk.out" || fail "wrong answers from $1: $(cat "$FOLDER/wrk.out")"
    awk '/Requests\/sec/ { print $2 }' "$FOLDER/wrk.out"
}

psql -qAtX >/dev/null <<'SQL'
INSERT INTO load_source (source, record_kind, jurisdiction, created_at)
SELECT 's' || i, 'entity', 'bench', now() FROM generate_series(1, 20000) i;
INSERT INTO load_batch
SELECT i, i, 'file-' || i, decode(repeat('00', 32), 'hex'), 1, decode(repeat('00', 32), 'hex'), 1, 1,
       true, 1, 1, 0, 0, 0, 0, now(), now()
  FROM generate_series(1, 20000) i;
INSERT INTO account (name, role, password_hash, disabled, created_at, password_at)
VALUES ('owner', 'admin', '-', true, now(), now());
INSERT INTO job (kind, account_id, argument, state, percent, detail, cancel, created_at, started_at, finished_at)
SELECT 'audit_verify', account_id, '{}', 'done', 100, 'whole', false, now(), now(), now()
  FROM account, generate_series(1, 20000) WHERE name = 'owner';
ANALYZE;
SQL
echo "correct horse battery" | "$HENG" --quiet user add bench --role admin --password-stdin
serve
COOKIE=$(curl -s -i -H "Origin: $URL" -H 'Content-Type: application/json' "$URL/api/v1/session" \
    -d '{"name": "bench", "password": "correct horse battery"}' |
    sed -n 's/^Set-Cookie: \(heng_session=[0-9a-f]*\).*/\1/p')
[ -n "$COOKIE" ] || fail "no session"
board="/api/v1/loads?limit=5"
curl -s -b "$COOKIE" "$URL$board" >"$FOLDER/body.json"
cat >"$FOLDER/read.lua" <<'LUA'
-- Another sequence in each round, so that none finds what an earlier one left in the cache.
local clock = io.open("/proc/uptime"):read("n")
math.randomseed(math.floor(clock * 100))
request = function()
    return wrk.format("GET", "/api/v1/loads?source=s" .. math.random(1, 20000) .. "&limit=" .. math.random(1, 200))
end
LUA
cat >"$FOLDER/object.lua" <<'LUA'
math.randomseed(math.floor(io.open("/proc/uptime"):read("n") * 100))
request = function()
    return wrk.format("GET", "/api/v1/jobs/" .. math.random(1, 20000))
end
LUA
peer bare "$BUILD_DIR/tests/peer.bare" "$FOLDER/body.json" || fail "the bare handler did not start"
statements="$root/etl/sql/view/loads.sql $root/etl/sql/view/stamp.sql $root/etl/sql/job/one.sql"
[ -d "$root/tests/peer/node_modules/fastify" ] ||
    (cd "$root/tests/peer" && npm ci --ignore-scripts --no-audit --no-fund >"$FOLDER/npm.out" 2>&1) || true
peer fastify node "$root/tests/peer/fastify.js" $statements ||
    echo "not measured: fastify with pg ($(tail -n 1 "$FOLDER/fastify.err"))"
python=python3
"$python" -c 'import fastapi, psycopg' 2>/dev/null || python=/usr/bin/python3 # where Debian's packages are
peer fastapi "$python" "$root/tests/peer/fastapi_app.py" $statements ||
    echo "not measured: fastapi with psycopg ($(tail -n 1 "$FOLDER/fastapi.err"))"

round=0
while [ "$round" -lt "$ROUNDS" ]; do
    round=$((round + 1))
    bare=$(rate "http://127.0.0.1:$PORT_bare$board")
    cached=$(rate "$URL$board")
    for kind in object read; do
        ours=$(rate "$URL" "$FOLDER/$kind.lua")
        fastify=${PORT_fastify:+$(rate "http://127.0.0.1:$PORT_fastify" "$FOLDER/$kind.lua")}
        fastapi=${PORT_fastapi:+$(rate "http://127.0.0.1:$PORT_fastapi" "$FOLDER/$kind.lua")}
        echo "round $round, $kind: $ours, fastify ${fastify:--}, fastapi ${fastapi:--} requests/s"
        echo "$kind $ours ${fastify:-0} ${fastapi:-0}" >>"$FOLDER/rounds"
    done
    echo "round $round: bare $bare, cached $cached requests/s"
    echo "cached $cached $bare 0" >>"$FOLDER/rounds"
done
serve_stop
awk '
    function median(values, count,   i, j, swap) {
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
                swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
            }
        return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
    }
    function tell(what, name, goal,   i, values, ratio) {
        if (!(name in count)) return
        for (i = 1; i <= count[name]; i++) values[i] = ratios[name, i]
        ratio = median(values, count[name])
        printf "%s: %.2f x%s\n", what, ratio, goal ? " (goal " goal " x)" : ""
        if (goal && ratio < goal) missed = 1
    }
    function note(name, ours, theirs) { if (theirs > 0) ratios[name, ++count[name]] = ours / theirs }
    { note($1 "1", $2, $3); note($1 "2", $2, $4) }
    END {
        tell("from the cache, against libmicrohttpd alone", "cached1", 0.8)
        tell("an object through libpq, against fastify with pg", "object1", 2.5)
        tell("an object through libpq, against fastapi with psycopg", "object2", 6)
        tell("a list through libpq, against fastify with pg", "read1")
        tell("a list through libpq, against fastapi with psycopg", "read2")
        exit missed
    }' "$FOLDER/rounds"
