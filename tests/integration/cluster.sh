# SPDX-License-Identifier: GPL-3.0-or-later
# A throw-away PostgreSQL for shell tests; source it, then
#   cluster_start   makes and starts one and exports PGHOST, PGUSER and PGDATABASE for psql and heng
#                   (cluster_dsn holds the same as a connection string)
#   cluster_stop    stops and removes it; also runs when the script ends (a script with an EXIT trap
#                   of its own calls it from there)
# Started as root the server runs as nobody. It listens on a socket in a folder that only that user
# and root can enter, and dies with the script.

cluster_folder=
cluster_pid=

cluster_bin() {
    for bin in /usr/lib/postgresql/*/bin; do
        [ -x "$bin/postgres" ] && found=$bin
    done
    echo "${found:?no PostgreSQL server below /usr/lib/postgresql}"
}

# Ends in exec, so that the process started in the background is the server itself.
cluster_exec() {
    cd / || exit
    export LC_ALL=C.UTF-8
    if [ "$(id -u)" -eq 0 ]; then
        exec setpriv --reuid nobody --regid nogroup --clear-groups --pdeathsig INT "$@"
    fi
    exec setpriv --pdeathsig INT "$@"
}

cluster_start() {
    cluster_folder=$(mktemp -d)
    trap cluster_stop EXIT
    trap 'exit 130' INT TERM
    [ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$cluster_folder"
    bin=$(cluster_bin) || return 1
    (cluster_exec "$bin/initdb" -D "$cluster_folder/data" -U heng_test --auth=trust --no-sync \
        --encoding=UTF8 --locale=C.UTF-8) >"$cluster_folder/log" 2>&1 || {
        cat "$cluster_folder/log" >&2
        return 1
    }
    cluster_run
}

# Starts the server of cluster_start, also again after cluster_halt.
cluster_run() {
    bin=$(cluster_bin) || return 1
    cluster_exec "$bin/postgres" -D "$cluster_folder/data" -c listen_addresses= \
        -c unix_socket_directories="$cluster_folder" -c fsync=off -c shared_buffers=32MB \
        >>"$cluster_folder/log" 2>&1 &
    cluster_pid=$!
    export PGHOST="$cluster_folder" PGUSER=heng_test PGDATABASE=postgres
    cluster_dsn="host=$PGHOST user=$PGUSER dbname=$PGDATABASE"
    tries=0
    until "$bin/pg_isready" -q; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ] || ! kill -0 "$cluster_pid" 2>/dev/null; then
            cat "$cluster_folder/log" >&2
            return 1
        fi
        sleep 0.1
    done
}

# Ends the server and keeps its data.
cluster_halt() {
    if [ -n "$cluster_pid" ]; then
        kill -INT "$cluster_pid" 2>/dev/null
        wait "$cluster_pid" 2>/dev/null
        cluster_pid=
    fi
}

cluster_stop() {
    cluster_halt
    [ -z "$cluster_folder" ] || rm -rf "$cluster_folder"
    cluster_folder=
}
