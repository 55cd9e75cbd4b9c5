# SPDX-License-Identifier: GPL-3.0-or-later
# First start makes the database, the second uses it, nothing stays behind.
. "$(dirname "$0")/embedded.sh"

expect_exit 0 env LANG=xx_YY.UTF-8 LC_ALL= "$HENG" check
expect_text "making a database" "$PLACE/last.err"
expect_text "no database.dsn is set: using the embedded PostgreSQL" "$PLACE/last.err"
expect_text "database    heng as heng" "$PLACE/out"
expect_text "encoding    UTF8" "$PLACE/out"
expect_text "checksums   on" "$PLACE/out"
[ ! -e "$PLACE/data/pg/state" ] || fail "the state should be gone after the command"

expect_exit 0 "$HENG" check --json
grep -q "making a database" "$PLACE/last.err" && fail "the database was made twice"
expect_text '"encoding": "UTF8"' "$PLACE/out"

expect_exit 0 "$HENG" --quiet check
[ ! -s "$PLACE/last.err" ] || fail "--quiet should print nothing to stderr"

# A first start that was cut off leaves <major>.tmp, which the next one replaces.
data=$(dirname "$(ls "$PLACE"/data/pg/*/PG_VERSION)")
mv "$data" "$data.tmp"
rm "$data.tmp/PG_VERSION"
expect_exit 0 "$HENG" check
[ ! -e "$data.tmp" ] || fail "the unfinished directory should be gone"
