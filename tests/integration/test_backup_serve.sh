#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Backups that heng serve makes: by backup.every_hours and as jobs; their age, retention and failure.
. "$(dirname "$0")/http.sh"
for pair in root:admin rita:regulator; do
    echo "correct horse battery" | "$HENG" --quiet user add "${pair%:*}" --role "${pair#*:}" --password-stdin
done
export SHELF="$FOLDER/shelf"

# An older backup of another database in the same folder.
createdb --encoding=UTF8 --template=template0 foreign
foreign="host=$PGHOST user=$PGUSER dbname=foreign"
HENG_DATABASE__DSN=$foreign "$HENG" --quiet migrate >/dev/null
HENG_DATABASE__DSN=$foreign "$HENG" --quiet backup --out "$SHELF" >/dev/null
sleep 1

# Off by default, though the folder is named.
serve HENG_BACKUP__FOLDER="$SHELF"
sleep 1
serve_stop
[ "$(ls -d "$SHELF"/heng-*Z | wc -l)" = 1 ] || fail "without backup.every_hours none should be made"

serve HENG_BACKUP__FOLDER="$SHELF" HENG_BACKUP__EVERY_HOURS=24 HENG_BACKUP__KEEP=2
python3 "$(dirname "$0")/http_backup.py" || fail "see above"
serve_stop
grep -q "heng: backup $SHELF/heng-.* verified" "$LOG" || fail "the log should name the backup"

# One that is young enough is not made again after a restart.
before=$(ls -d "$SHELF"/heng-*Z | wc -l)
serve HENG_BACKUP__FOLDER="$SHELF" HENG_BACKUP__EVERY_HOURS=24 HENG_BACKUP__KEEP=2
sleep 1
serve_stop
[ "$(ls -d "$SHELF"/heng-*Z | wc -l)" = "$before" ] || fail "none was due"
