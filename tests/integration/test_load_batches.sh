#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file in three batches is the same file in one batch, also as a back-fill; it is the same in any
# dress; two loads of one source whose batches meet do not do a batch twice.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"

start_empty_register
mapping c complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mapping late complaint "\"key\": [\"no\"], $BY_REGNO \"known_at\": {\"column\": \"known\", \"backfill\": true}," "$COMPLAINT_FIELDS"

# 300 rows: every 10th is rejected, every 7th comes again word for word, some keys change a few times,
# within a third of the file and across, in what they say or in whom they are about; with "known" the
# later line of a key often became known earlier.
rows() {
    awk 'BEGIN {
        print "no,who,day,end,result,channel,known"
        for (i = 1; i <= 300; i++) {
            key = i % 11 == 0 ? 11 * (i % 4) : i
            result = i % 5 == 0 ? "属实" : i % 3 == 0 ? "-" : "处理中"
            day = i % 10 == 0 ? "2026-02-30" : "2026-01-" sprintf("%02d", 1 + key % 28)
            who = i % 77 == 0 ? "x" : "e" (i > 150 && i < 180 ? i : key % 40)
            line = sprintf("%d,%s,%s,,%s,%d,2026-%02d-01", key, who, day, result, i, 1 + i * 5 % 12)
            print line
            if (i % 7 == 0) { print line; i++ }
        }
    }'
}
rows >"$PLACE/all.csv"
total=$(($(wc -l <"$PLACE/all.csv") - 1))
third=$((total / 3 + 1))

# once MAPPING: the tables and the summed account of an uninterrupted load.
once() {
    empty_register
    "$HENG" load --quiet --mapping "$PLACE/$1.json" "$PLACE/all.csv" >"$PLACE/account"
    dump "$PLACE/whole"
    grep -v '^load_reject' "$PLACE/whole" >"$PLACE/stored"
    sums=$(batch_account)
}

same() { # WHAT
    dump "$PLACE/found"
    expect_same_tables "$1: other tables" "$PLACE/whole" "$PLACE/found"
    expect_same "$1: sums" "$sums" "$(batch_account)"
}

cut() { # EXPECTED: batch, first record, the last?
    expect_sql "SELECT string_agg(batch_in_file || ':' || first_record || ':' || last_in_file, ' '
                                  ORDER BY batch_id) FROM load_batch" "$1"
}

by_thirds="1:1:false 2:$((third + 1)):false 3:$((2 * third + 1)):true"
for which in c late; do
    once "$which"
    [ "$(query "SELECT count(*) > 5 FROM complaint_past")" = t ] || fail "the file should have history"
    empty_register
    "$HENG" load --quiet --mapping "$PLACE/$which.json" --batch-rows "$third" "$PLACE/all.csv" \
        >"$PLACE/out"
    cmp "$PLACE/account" "$PLACE/out" || fail "$which: another account"
    same "$which by thirds"
    cut "$by_thirds"
    expect_unbroken complaint id
    # And in many small ones.
    empty_register
    "$HENG" load --quiet --mapping "$PLACE/$which.json" --batch-rows 7 "$PLACE/all.csv" >"$PLACE/out"
    same "$which by sevens"
    expect_unbroken complaint id
done

# Plain, gzip, CRLF, a byte order mark, GB18030: the same records.
sed 's/"en": "c"/"en": "C"/; s/utf-8/gb18030/' "$PLACE/c.json" >"$PLACE/gb.json"
iconv -f UTF-8 -t GB18030 "$PLACE/all.csv" >"$PLACE/all_gb.csv"
sed 's/$/\r/' "$PLACE/all.csv" >"$PLACE/all_crlf.csv"
(printf '\357\273\277'; cat "$PLACE/all.csv") >"$PLACE/all_bom.csv"
gzip -c "$PLACE/all.csv" >"$PLACE/all.csv.gz"
once c
for dress in "c all.csv.gz" "c all_crlf.csv" "c all_bom.csv" "gb all_gb.csv"; do
    empty_register
    quiet "$HENG" load --quiet --mapping "$PLACE/${dress% *}.json" "$PLACE/${dress#* }"
    expect_same "$dress: sums" "$sums" "$(batch_account)"
    dump "$PLACE/found"
    grep -v '^load_reject' "$PLACE/found" >"$PLACE/found_stored"
    expect_same_tables "$dress" "$PLACE/stored" "$PLACE/found_stored"
done
empty_register
head -n 1 "$PLACE/all.csv" >"$PLACE/header.csv"
load c header.csv "0 0 0 0 0"
load c header.csv "0 0 0 0 0"
expect_text "already loaded" "$PLACE/out"

# A session that holds what the loader will need, so that it stops exactly there.
hold() {
    mkfifo "$PLACE/hold"
    as_user psql -X -q -At -v ON_ERROR_STOP=1 -d "$DSN" <"$PLACE/hold" >"$PLACE/held" 2>"$PLACE/hold.err" &
    HOLDER=$!
    RUNNING="$RUNNING $HOLDER"
    exec 9>"$PLACE/hold"
    rm "$PLACE/hold"
    echo "BEGIN; $1; SELECT 'held';" >&9
    wait_for 20 grep -q held "$PLACE/held"
}

release() {
    exec 9>&-
    wait "$HOLDER" || true
}

waiting() { # COUNT: that many loaders wait for a lock
    [ "$(query "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'heng' AND wait_event_type = 'Lock'")" = "$1" ]
}

start_loader() {
    "$HENG" load --quiet --mapping "$PLACE/c.json" --batch-rows "$third" "$PLACE/all.csv" \
        >"$PLACE/loader.out" 2>"$PLACE/loader.err" 9>&- &
    LOADER=$!
}

# A reject with the number that the loader will give to one of its own.
reject="INSERT INTO load_reject OVERRIDING SYSTEM VALUE VALUES (%d, 0, 0, '', '', '', '')"
once c
rejects=$(query "SELECT count(*) FROM load_reject WHERE line <= $((third + 1))")

# Two loaders of one file at once: whoever comes to a batch second does not do it again.
empty_register
hold "$(printf "$reject" 1)"
start_loader
first=$LOADER
wait_for 20 waiting 1
start_loader
wait_for 20 waiting 2
release
ended=0
wait "$first" || ended=$?
wait "$LOADER" || ended="$ended $?"
case "$ended" in
0 | 6 | "0 6") ;;
*) fail "two loaders ended with $ended: $(cat "$PLACE/loader.err")" ;;
esac
same "two loaders"
cut "$by_thirds"

# A loader that sees another file of its source come between says so and keeps what it committed.
empty_register
head -n 3 "$PLACE/all.csv" >"$PLACE/other.csv"
hold "$(printf "$reject" $((rejects + 1)))"
start_loader
wait_for 20 waiting 1
"$HENG" load --quiet --mapping "$PLACE/c.json" "$PLACE/other.csv" >"$PLACE/other.out" 2>&1 9>&- &
other=$!
wait_for 20 waiting 2
release
wait "$other" || fail "the other file should load: $(cat "$PLACE/other.out")"
ended=0
wait "$LOADER" || ended=$?
if [ "$ended" = 6 ]; then
    expect_text "another load of source c" "$PLACE/loader.err"
    expect_sql "SELECT count(*) FROM load_batch WHERE last_in_file" 1
else
    [ "$ended" = 0 ] || fail "expected 0 or 6, found $ended: $(cat "$PLACE/loader.err")"
fi
RUNNING=$SERVE
