#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A backup of the embedded database under `heng serve`: whole by a second implementation, private,
# restored row by row into another server, rehearsed; what is not empty, newer, broken or forbidden
# is refused by its exit code, and nothing is left of a backup that failed.
. "$(dirname "$0")/backup.sh"
start_both
serve_data=$PLACE/data

echo "correct horse battery" | quiet "$HENG" user add rita --role regulator --password-stdin
query "INSERT INTO session VALUES (decode(repeat('ab', 32), 'hex'), (SELECT min(account_id) FROM account), now(), now(), now() + interval '1 day')" >/dev/null
from_rows "$PLACE/from"

# --- made
quiet "$HENG" backup --out "$PLACE/shelf"
backup=$(newest "$PLACE/shelf")
expect_text "secrets of draws" "$PLACE/quiet.out"
expect_same "the second implementation" "$(wc -l <"$here/../../etl/sql/tables.csv" | awk '{ print $1 - 1 }')" \
    "$(python3 "$here/backup.py" check "$backup" | cut -d' ' -f1)"
(cd "$backup" && sha256sum --quiet -c SHA256SUMS) || fail "sha256sum -c should agree"
expect_same "modes" "" "$(find "$PLACE/shelf" -mindepth 1 \( -type d ! -perm 700 -o -type f ! -perm 600 \))"
expect_same "the audit chain tells of it" 1 "$(query "SELECT count(*) FROM audit WHERE action = 'backup.make' AND subject = '$(basename "$backup")'")"
expect_exit 0 "$HENG" --json backup verify "$backup"
expect_same "tables in JSON" "$(json "$backup/manifest.json" 'len(d["tables"])')" "$(json "$PLACE/out" 'd["tables"]')"

# --- restored, on another server
new_database one
HENG_DATABASE__DSN=$TO expect_exit 0 "$HENG" restore "$backup"
to_rows "$PLACE/to"
cmp "$PLACE/from" "$PLACE/to" || fail "restored rows differ: $(diff "$PLACE/from" "$PLACE/to" | head -n 5)"
[ "$(wc -l <"$PLACE/to")" -gt 10000 ] || fail "too few rows compared: $(wc -l <"$PLACE/to")"
expect_same "sessions" 0 "$(psql -XAt -d "$TO" -c 'SELECT count(*) FROM session')"
expect_same "told in the chain" "backup.restore $(basename "$backup")" \
    "$(psql -XAt -d "$TO" -c "SELECT action || ' ' || subject FROM audit ORDER BY sequence DESC LIMIT 1")"
quiet heng_to audit verify
quiet heng_to alert verify
quiet heng_to score --as-of 2026-06-30
quiet heng_to load "$PLACE/demo"
expect_text "loaded already\|identical\|0 inserted" "$PLACE/quiet.out"

# --- not into a database that holds something
HENG_DATABASE__DSN=$TO expect_exit 6 "$HENG" restore "$backup"
expect_text "table account" "$PLACE/last.err"
expect_text "make a new database" "$PLACE/last.err"
expect_exit 6 "$HENG" restore "$backup"
expect_text "move $serve_data/pg/[0-9]* out of the way" "$PLACE/last.err"
new_database view_only
psql -q -d "$TO" -c 'CREATE VIEW a_view AS SELECT 1'
HENG_DATABASE__DSN=$TO expect_exit 6 "$HENG" restore "$backup"
expect_text "view a_view" "$PLACE/last.err"

# --- with an external server backed up, then restored again: the same once more
TO="host=$PGHOST user=$PGUSER dbname=one"
HENG_DATABASE__DSN=$TO expect_exit 3 "$HENG" backup
expect_text "backup.folder" "$PLACE/last.err"
mkdir "$PLACE/external"
quiet heng_to --set "backup.folder=$PLACE/external/new/deep" backup
to_rows "$PLACE/from2"
second=$(newest "$PLACE/external/new/deep")
new_database two
quiet heng_to restore "$second"
to_rows "$PLACE/to2"
cmp "$PLACE/from2" "$PLACE/to2" || fail "restored rows differ: $(diff "$PLACE/from2" "$PLACE/to2" | head -n 5)"

# --- rehearsed, in a place of its own that is gone afterwards; what a kill left is taken away
mkdir -m 1777 "$PLACE/work"
chmod 1777 "$PLACE/work"
user=$([ "$(id -u)" = 0 ] && id -u nobody || id -u)
as_user mkdir -p "$PLACE/work/heng-rehearsal-$user/data"
quiet "$HENG" backup rehearse "$backup" --work "$PLACE/work"
expect_text "count and checksum of every table" "$PLACE/quiet.out"
[ ! -e "$PLACE/work/heng-rehearsal-$user" ] || fail "the rehearsal left its cluster"
if [ "$(id -u)" = 0 ]; then
    mkdir "$PLACE/work/heng-rehearsal-$user"
    expect_exit 6 "$HENG" backup rehearse "$backup" --work "$PLACE/work"
    expect_text "something of user number 0" "$PLACE/last.err"
    rmdir "$PLACE/work/heng-rehearsal-$user"
fi

# --- of another schema
copy() {
    rm -rf "$PLACE/copy"
    cp -r "$backup" "$PLACE/copy"
    [ "$(id -u)" != 0 ] || chown -R nobody "$PLACE/copy"
}
new_database old
python3 "$here/backup.py" older "$PLACE/old" "$here/../.." old
new_database older
quiet heng_to backup verify "$PLACE/old"
quiet heng_to restore "$PLACE/old"
later=$(($(ls "$here"/../../etl/sql/migrations | wc -l) - 8))
expect_text "$later migrations applied on top" "$PLACE/quiet.out"
for database in old older; do
    psql -XAt -d "host=$PGHOST user=$PGUSER dbname=$database" \
        -c "SELECT entity_id, name, licence_tags, known_at FROM entity ORDER BY 1" \
        -c "SELECT last_value FROM load_batch_id" -c "SELECT * FROM load_source" >"$PLACE/$database.rows"
done
cmp "$PLACE/old.rows" "$PLACE/older.rows" || fail "an older backup restored differs"
quiet heng_to load "$PLACE/demo"
copy
python3 "$here/backup.py" newer "$PLACE/copy"
new_database newer
HENG_DATABASE__DSN=$TO expect_exit 6 "$HENG" restore "$PLACE/copy"
expect_text "use a newer program" "$PLACE/last.err"
expect_same "tables after a refusal" 0 "$(psql -XAt -d "$TO" -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")"

# --- a chain that was broken before: only on request
query "UPDATE audit SET detail = 'forged' WHERE sequence = 1" >/dev/null
sleep 1
quiet "$HENG" backup --out "$PLACE/shelf"
forged=$(newest "$PLACE/shelf")
new_database forged
HENG_DATABASE__DSN=$TO expect_exit 20 "$HENG" restore "$forged"
expect_text "broken-chain" "$PLACE/last.err"
quiet heng_to restore --broken-chain "$forged"
expect_text "A CHAIN IS BROKEN" "$PLACE/quiet.out"

# --- places and permissions
expect_exit 14 "$HENG" backup verify "$PLACE/demo"
expect_exit 14 "$HENG" backup verify "$PLACE/nothing"
expect_exit 2 "$HENG" backup verify
expect_exit 2 "$HENG" backup verify "$backup" --out x
mkdir -m 0500 "$PLACE/closed"
[ "$(id -u)" != 0 ] || chown nobody "$PLACE/closed"
expect_exit 3 "$HENG" backup --out "$PLACE/closed"
expect_text "must be allowed to" "$PLACE/last.err"
if [ "$(id -u)" = 0 ] && mkdir "$PLACE/small" && mount -t tmpfs -o size=400k tmpfs "$PLACE/small" 2>/dev/null; then
    chown nobody "$PLACE/small"
    expect_exit 7 "$HENG" backup --out "$PLACE/small"
    left=$(find "$PLACE/small" -mindepth 1 ! -name .lock)
    expect_exit 7 "$HENG" backup rehearse "$backup" --work "$PLACE/small"
    text=$(cat "$PLACE/last.err")
    umount "$PLACE/small"
    expect_same "left on the full disk" "" "$left"
    echo "$text" | grep -q "MB free" || fail "a rehearsal should say how much room it needs: $text"
fi

# --- nothing but one backup at a time
as_user flock "$PLACE/shelf/.lock" sleep 5 &
holder=$!
sleep 0.3
expect_exit 6 "$HENG" backup --out "$PLACE/shelf"
expect_text "under way already" "$PLACE/last.err"
kill "$holder" 2>/dev/null || true
wait "$holder" 2>/dev/null || true
