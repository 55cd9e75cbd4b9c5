#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A bit that changed anywhere in a backup is found by `heng backup verify`, and a restore of it leaves
# the database empty; so are a file that is missing, cut short, grown or exchanged.
. "$(dirname "$0")/backup.sh"
start_both
quiet "$HENG" backup --out "$PLACE/shelf"
backup=$(newest "$PLACE/shelf")
copy=$PLACE/copy
cp -r "$backup" "$copy"
quiet "$HENG" backup verify "$copy"

python3 "$here/backup.py" flip "$copy" 60 4 >"$PLACE/flips"
expect_same "places to try" 60 "$(wc -l <"$PLACE/flips")"
while read -r file offset bit; do
    python3 "$here/backup.py" damage "$copy" "$file" "$offset" "$bit"
    expect_exit 14 "$HENG" --quiet backup verify "$copy"
    python3 "$here/backup.py" damage "$copy" "$file" "$offset" "$bit"
done <"$PLACE/flips"
quiet "$HENG" backup verify "$copy"

new_database target
empty() {
    expect_same "things in the database" 0 "$(psql -XAt -d "$TO" -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")"
}
for file in entity.copy.gz audit.copy.gz manifest.json SHA256SUMS; do
    cp "$copy/$file" "$PLACE/kept"
    rm "$copy/$file"
    expect_exit 14 "$HENG" backup verify "$copy"
    expect_text "$file" "$PLACE/last.err"
    size=$(wc -c <"$PLACE/kept")
    head -c $((size / 2)) "$PLACE/kept" >"$copy/$file"
    expect_exit 14 "$HENG" backup verify "$copy"
    HENG_DATABASE__DSN=$TO expect_exit 14 "$HENG" restore "$copy"
    empty
    (cat "$PLACE/kept"; echo) >"$copy/$file"
    expect_exit 14 "$HENG" backup verify "$copy"
    cp "$PLACE/kept" "$copy/$file"
done
mv "$copy/score_one.copy.gz" "$PLACE/kept"
cp "$copy/score_two.copy.gz" "$copy/score_one.copy.gz"
expect_exit 14 "$HENG" backup verify "$copy"
ln -sf "$PLACE/kept" "$copy/score_one.copy.gz"
expect_exit 8 "$HENG" backup verify "$copy"
rm "$copy/score_one.copy.gz"
cp "$PLACE/kept" "$copy/score_one.copy.gz"

# Sums that agree with bytes that do not fit the schema: the database itself refuses, all or nothing.
python3 "$here/backup.py" misfit "$copy"
quiet "$HENG" backup verify "$copy"
HENG_DATABASE__DSN=$TO expect_exit 4 "$HENG" restore "$copy"
empty
[ "$(id -u)" != 0 ] || chown -R nobody "$copy"
expect_exit 4 "$HENG" backup rehearse "$copy" --work "$PLACE/shelf"
expect_same "left of the rehearsal" "" "$(ls -d "$PLACE"/shelf/heng-rehearsal-* | grep -v '\.lock$')"
quiet heng_to restore "$backup"
