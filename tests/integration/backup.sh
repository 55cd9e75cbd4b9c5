# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the test_backup*.sh: a loaded and scored register in the embedded database (embedded.sh,
# register.sh), and a second, external server (cluster.sh) with databases to restore into.
. "$(dirname "$0")/cluster.sh"
. "$(dirname "$0")/embedded.sh"
. "$(dirname "$0")/register.sh"
command -v python3 >/dev/null || { echo "skipped: python3 is not there"; exit 77; }
export HENG_REGISTER__LANGUAGE=en
here=$(cd "$(dirname "$0")" && pwd)
PATH=$(cluster_bin):$PATH

clean_both() {
    clean
    cluster_stop
}

# The first takes the trap of the second over.
start_both() {
    cluster_start
    trap clean_both EXIT
    start_register
    quiet "$HENG" score --as-of 2026-06-30
    quiet "$HENG" alert scan --as-of 2026-06-30
    mkdir "$PLACE/shelf"
    [ "$(id -u)" != 0 ] || chown nobody "$PLACE/shelf"
}

# new_database NAME: an empty one on the external server; its connection string is in TO.
new_database() {
    createdb --encoding=UTF8 --template=template0 "$1"
    TO="host=$PGHOST user=$PGUSER dbname=$1"
}

# heng_to COMMAND…: heng on the external database.
heng_to() {
    HENG_DATABASE__DSN="$TO" "$HENG" "$@"
}

# rows_of FILE PSQL…: every row of every table, sorted, without what a restore changes on purpose.
rows_of() {
    file=$1
    shift
    "$@" -X -At -c "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 1" |
        grep -vxE 'session|audit|audit_head' >"$PLACE/tables"
    sed 's/.*/SELECT '\''& '\'' || t::text FROM & t ORDER BY 1;/' "$PLACE/tables" >"$PLACE/rows.sql"
    sed 's/$/;/' <<'END' >>"$PLACE/rows.sql"
SELECT 'audit ' || a::text FROM audit a WHERE action <> 'backup.restore' AND action <> 'backup.make' ORDER BY sequence
SELECT 'sequence ' || sequencename || ' ' || coalesce(last_value::text, '-') FROM pg_sequences ORDER BY 1
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1
END
    # In a folder that the user of the embedded server can read.
    chmod a+r "$PLACE/rows.sql"
    PGOPTIONS='-c timezone=UTC' "$@" -X -At -v ON_ERROR_STOP=1 -f "$PLACE/rows.sql" >"$file"
}

from_rows() {
    rows_of "$1" as_user psql -d "$DSN"
}

to_rows() {
    rows_of "$1" psql -d "$TO"
}

# The newest backup in a folder.
newest() {
    ls -d "$1"/heng-*Z | tail -n 1
}
