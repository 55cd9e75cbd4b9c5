#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Records that became known before they are loaded: by the command line, by a manifest, by a column;
# in any order of files the history is that of the order of knowledge.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
mapping e entity '"subject": [{"scheme": "regno", "column": "who"}],' '"name": {"column": "name"}, "status": {"constant": "active"}'
mapping c complaint "\"key\": [\"no\"], $BY_REGNO \"known_at\": {\"column\": \"known\", \"dates\": [\"YYYYMMDD\"], \"backfill\": true}," \
    '"received_on": {"column": "day"}, "channel": {"column": "channel"}'

# All versions of an entity: name, known from, known until.
history="SELECT name, to_char(known_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24'),
                to_char(known_until AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
           FROM (SELECT code, name, known_at, known_until FROM entity_past
                  UNION ALL SELECT code, name, known_at, NULL FROM entity) v
          WHERE code = '%s' ORDER BY known_at, known_until"
versions() { # CODE
    query "$(printf "$history" "$1")"
}

for name in one two three; do
    printf 'who,name\na,%s\nb,same\n' "$name" >"$PLACE/$name.csv"
done
expected="one|2024-01-01 00|2024-02-01
two|2024-02-01 00|2024-03-01
three|2024-03-01 00|"
day_of() { case $1 in one) echo 2024-01-01 ;; two) echo 2024-02-01 ;; three) echo 2024-03-01 ;; esac; }
for order in "one two three" "three two one" "two three one" "two one three" "three one two" "one three two"; do
    empty_register
    for name in $order; do
        quiet "$HENG" load --quiet --mapping "$PLACE/e.json" --known-on "$(day_of "$name")" --backfill "$PLACE/$name.csv"
    done
    expect_same "$order" "$expected" "$(versions a)"
    # What never changed is known from the first time on, whatever came first.
    expect_same "$order, b" "same|2024-01-01 00" "$(versions b | head -n 1 | cut -d '|' -f 1,2)"
    expect_unbroken entity entity_id
    # As of any day exactly one version is known.
    expect_sql "SELECT count(*) FROM (VALUES ('2024-01-15'), ('2024-02-15'), ('2024-03-15'), ('2024-02-01')) d (d)
                 WHERE (SELECT count(*) FROM (SELECT known_at, known_until FROM entity_past WHERE code = 'a'
                                UNION ALL SELECT known_at, 'infinity' FROM entity WHERE code = 'a') v
                         WHERE d.d::timestamptz + '1 hour' >= known_at AND d.d::timestamptz + '1 hour' < known_until) <> 1" 0
done

# The successor of each version is the batch of the next; the same once more is all in the history.
empty_register
load e one.csv "2 2 0 0 0" --known-on 2024-01-01 --backfill
load e three.csv "2 0 1 1 0" --known-on 2024-03-01 --backfill
load e two.csv "2 0 1 1 0" --known-on 2024-02-01 --backfill
expect_sql "SELECT name, batch_id, replaced_by FROM entity_past ORDER BY known_at" "one|1|3
two|3|2"
load e two.csv "2 0 0 2 0" --known-on 2024-02-01 --backfill --again
expect_same again "$expected" "$(versions a)"

# A load of today follows a back-fill.
printf 'who,name\na,four\n' >"$PLACE/four.csv"
load e four.csv "1 0 1 0 0"
expect_sql "SELECT name, known_at = (SELECT max(known_at) FROM load_batch) FROM entity WHERE code = 'a'" "four|t"
# Knowledge from the future (another clock): what is loaded now is not known before it.
printf 'who,name\na,five\n' >"$PLACE/five.csv"
load e five.csv "1 0 1 0 0" --known-on 2999-06-01 --backfill
printf 'who,name\na,six\n' >"$PLACE/six.csv"
load e six.csv "1 0 1 0 0"
expect_sql "SELECT name, extract(year FROM known_at) FROM entity WHERE code = 'a'" "six|2999"
expect_sql "SELECT known_at = known_until FROM entity_past WHERE name = 'five'" t

# A stub is no version.
empty_register
printf 'no,who,day,channel,known\n1,z,2024-01-01,x,20240101\n' >"$PLACE/stub.csv"
load c stub.csv "1 1 0 0 0"
printf 'who,name\nz,zed\n' >"$PLACE/z.csv"
load e z.csv "1 1 0 0 0" --known-on 2023-01-01 --backfill
expect_sql "SELECT count(*) FROM entity_past" 0
expect_sql "SELECT registered, name FROM entity" "t|zed"

# By a column: every row has its own moment, rows of one key in any order.
lines known.csv <<'END'
no,who,day,channel,known
1,a,2024-01-01,x,20240102
2,a,2024-01-01,y,20240301
2,b,2024-01-01,z,20240201
2,a,2024-01-01,y,20240401
3,a,2024-01-01,x,20240230
3,a,2024-01-01,x,
2,b,2024-01-01,z,20240201
END
empty_register
load c known.csv "7 2 1 2 2"
expect_sql "SELECT record_key, channel, (known_at AT TIME ZONE 'Asia/Shanghai')::date
              FROM (SELECT record_key, channel, known_at FROM complaint_past
                     UNION ALL SELECT record_key, channel, known_at FROM complaint) v ORDER BY 1, 3" "1|x|2024-01-02
2|z|2024-02-01
2|y|2024-03-01"
expect_sql "SELECT field, reason FROM load_reject ORDER BY line" "known_at|date
known_at|required"

expect_unbroken complaint id

# A small back-fill does not read the whole history.
quiet query "INSERT INTO complaint_past (known_until, replaced_by, entity_id, id, record_key, jurisdiction,
                received_on, batch_id, line, known_at, content_hash)
             SELECT now(), 1, 1, -n, n, '', '2024-01-01', 1, n, now(), gen_random_uuid()
               FROM generate_series(1, 20000) n"
quiet query "ANALYZE complaint_past"
reads="SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'complaint_past'"
before=$(query "$reads")
printf 'no,who,day,channel,known\n2,a,2024-01-01,w,20231201\n' >"$PLACE/older.csv"
load c older.csv "1 0 1 0 0"
expect_sql "$reads" "$before"

# Versions that became known at one moment follow one another in the order they were loaded in.
empty_register
for name in one two three two; do
    load e $name.csv "2 $([ $name = one ] && echo 2 0 0 || echo 0 1 1) 0" --known-on 2024-02-01 --backfill --again
done
expect_sql "SELECT name, known_at = known_until FROM entity_past WHERE code = 'a' ORDER BY batch_id" "one|t
two|t
three|t"
expect_sql "SELECT name FROM entity WHERE code = 'a'" two
expect_unbroken entity entity_id
for name in three one; do
    quiet "$HENG" load --quiet --mapping "$PLACE/e.json" --known-on 2024-01-01 --backfill "$PLACE/$name.csv"
    expect_unbroken entity entity_id
done

# A delivery: the files of a manifest in their order, each known from its own day on.
mkdir -p "$PLACE/delivery/m"
cp "$PLACE/e.json" "$PLACE/delivery/m/"
cp "$PLACE/three.csv" "$PLACE/one.csv" "$PLACE/four.csv" "$PLACE/delivery/"
cat >"$PLACE/delivery/manifest.json" <<'END'
{"manifest": "heng-manifest-1", "files": [
  {"mapping": "m/e.json", "file": "three.csv", "known_on": "2024-03-01"},
  {"mapping": "m/e.json", "file": "one.csv", "known_on": "2024-01-01"},
  {"mapping": "m/e.json", "file": "four.csv"}]}
END
empty_register
quiet "$HENG" load --quiet "$PLACE/delivery"
expect_sql "SELECT file_name, to_char(known_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS'), known_at < loaded_at
              FROM load_batch WHERE batch_id < 3 ORDER BY batch_id" "three.csv|2024-03-01 00:00:00|t
one.csv|2024-01-01 00:00:00|t"
expect_sql "SELECT known_at = loaded_at FROM load_batch WHERE batch_id = 3" t
expect_same delivery "one three four " "$(versions a | sed 's/|.*//' | tr '\n' ' ')"
quiet "$HENG" load --quiet "$PLACE/delivery"
expect_same "files that were loaded before" 3 "$(grep -c 'already loaded' "$PLACE/quiet.out")"
