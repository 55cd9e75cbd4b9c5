# SPDX-License-Identifier: GPL-3.0-or-later
# What cannot work is refused with its name, and each cause has its exit code.
. "$(dirname "$0")/embedded.sh"

long=$PLACE/$(printf 'x%.0s' $(seq 1 90))
expect_exit 3 "$HENG" check --set "cluster.runtime_dir=$long"
expect_text "a socket path may have 107 bytes, found" "$PLACE/last.err"
[ ! -e "$PLACE/data/pg" ] || fail "the path should be checked before the data is touched"

expect_exit 3 "$HENG" check --set "cluster.runtime_dir=$PLACE/a,b"
expect_text "without comma" "$PLACE/last.err"

expect_exit 5 "$HENG" check --set "cluster.bin_dir=$PLACE"
expect_text "no such programs" "$PLACE/last.err"
expect_text "install postgresql-15" "$PLACE/last.err"

mkdir "$PLACE/bin"
printf '#!/bin/sh\necho "postgres (PostgreSQL) 9.6.24"\n' >"$PLACE/bin/postgres"
cp "$PLACE/bin/postgres" "$PLACE/bin/initdb"
chmod 755 "$PLACE/bin/"*
expect_exit 5 "$HENG" check --set "cluster.bin_dir=$PLACE/bin"
expect_text "must be at least version 15, found \"postgres (PostgreSQL) 9.6.24\"" "$PLACE/last.err"

expect_exit 3 "$HENG" check --set database.embedded=false
expect_text "database.dsn: must name a server" "$PLACE/last.err"

expect_exit 3 "$HENG" check --set cluster.data_dri=/x
expect_text "did you mean cluster.data_dir?" "$PLACE/last.err"
expect_exit 2 "$HENG" chekc
expect_text "did you mean heng check?" "$PLACE/last.err"
expect_exit 2 "$HENG" check --jsno
expect_text "did you mean --json?" "$PLACE/last.err"

# Data of another version than the programs.
mkdir -p "$PLACE/other/pg/14"
echo 14 >"$PLACE/other/pg/14/PG_VERSION"
chmod -R 700 "$PLACE/other"
[ "$(id -u)" != 0 ] || chown -R nobody "$PLACE/other"
HENG_CLUSTER__DATA_DIR=$PLACE/other expect_exit 5 "$HENG" check --set \
    "cluster.bin_dir=$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin | tail -n 1)"
expect_text "the data is of PostgreSQL 14, found programs of version" "$PLACE/last.err"

if [ "$(id -u)" = 0 ]; then
    expect_exit 3 "$HENG" check --set cluster.service_user=heng-no-such-user
    expect_text "create it: useradd" "$PLACE/last.err"
    expect_exit 3 "$HENG" check --set cluster.service_user=root
    expect_text "must be an unprivileged user" "$PLACE/last.err"

    mkdir -p "$PLACE/foreign/pg" "$PLACE/closed"
    chown daemon "$PLACE/foreign"
    HENG_CLUSTER__DATA_DIR=$PLACE/foreign expect_exit 3 "$HENG" check
    expect_text 'must belong to user "nobody", found "daemon"' "$PLACE/last.err"
    chmod 700 "$PLACE/closed"
    HENG_CLUSTER__DATA_DIR=$PLACE/closed/data expect_exit 3 "$HENG" check
    expect_text "$PLACE/closed: user \"nobody\" must be able to enter" "$PLACE/last.err"

    mkdir "$PLACE/small"
    if mount -t tmpfs -o size=64m tmpfs "$PLACE/small" 2>/dev/null; then
        HENG_CLUSTER__DATA_DIR=$PLACE/small/data expect_exit 7 "$HENG" check
        umount "$PLACE/small"
        expect_text "the disk is full" "$PLACE/last.err"
    else
        echo "skipped: a full disk (this machine does not let us mount)"
    fi
else
    echo "skipped: change of user, foreign owner, full disk (not root)"
fi
