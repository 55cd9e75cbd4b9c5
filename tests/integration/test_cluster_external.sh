# SPDX-License-Identifier: GPL-3.0-or-later
# With a DSN the embedded database is not touched; the server of another place stands for one.
. "$(dirname "$0")/embedded.sh"

start_serve
dsn=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")

# Peer authentication wants the user of the server.
as_user() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else "$@"; fi
}
elsewhere=$PLACE/elsewhere
for way in flag url variable file; do
    printf '%s' "$dsn" >"$PLACE/dsn"
    chmod 644 "$PLACE/dsn"
    case $way in
    flag) expect_exit 0 as_user env HENG_CLUSTER__DATA_DIR="$elsewhere" "$HENG" check --database "$dsn" ;;
    url) expect_exit 0 as_user env HENG_CLUSTER__DATA_DIR="$elsewhere" DATABASE_URL="$dsn" "$HENG" check ;;
    variable) expect_exit 0 as_user env HENG_CLUSTER__DATA_DIR="$elsewhere" HENG_DATABASE__DSN="$dsn" "$HENG" check ;;
    file) expect_exit 0 as_user env HENG_CLUSTER__DATA_DIR="$elsewhere" HENG_DATABASE__DSN_FILE="$PLACE/dsn" "$HENG" check ;;
    esac
    expect_text "external" "$PLACE/out"
    [ ! -e "$elsewhere" ] || fail "$way: the embedded place should not be touched"
done

expect_exit 0 "$HENG" --print-config --database "$dsn"
expect_text 'database.dsn = \*\*\*\*\*\*\*\*  (flag --database)' "$PLACE/out"
grep -q "user=heng" "$PLACE/out" && fail "the secret should be masked"

expect_exit 10 "$HENG" check --database "host=$PLACE/nowhere dbname=x connect_timeout=2"
expect_text "heng check: database: " "$PLACE/last.err"
