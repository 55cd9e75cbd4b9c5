#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A watched folder: what is taken and when, where it then goes, and that a run which is killed
# anywhere leaves what an undisturbed one leaves.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
. "$here/feed.sh"

kill_library
start_empty_register
feed_open
DROP=$PLACE/drop

mapping told complaint "\"key\": [\"no\"], \"drop\": [\"phone\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mapping plain complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mv "$PLACE/told.json" "$PLACE/plain.json" "$PLACE/feeds/mapping"

# document MAPPING READY [MEMBERS]
document() {
    feed_document "$1" <<DOCUMENT
{"feed": "heng-feed-1", "kind": "folder", "mapping": "mapping/$1.json",
 "schedule": {"every_seconds": 1},
 "folder": {"path": "$DROP", "pattern": "*.csv", "ready": $2 ${3-}}}
DOCUMENT
}

fresh_folder() {
    rm -rf "$DROP"
    mkdir -p "$DROP/in"
    own "$DROP"
}

# deliver NAME FIRST LAST [RESULT]: complaints with these numbers.
deliver() {
    {
        echo "no,who,day,end,channel,result,phone"
        for number in $(seq "$2" "$3"); do
            echo "C-$number,r$((number % 7)),2026-03-$((number % 18 + 10)),,hotline,${4-处理中},13800000000"
        done
    } >"$DROP/in/$1"
    own "$DROP/in/$1"
}

kept() { # ROOM: the names in it, whatever their claims are called
    (cd "$DROP/$1" && find . -type f | sed 's|^\./[^/]*/||' | LC_ALL=C sort | tr '\n' ' ')
}

# Renamed into place; dropped columns are blank in what is archived.
document told '{"by": "rename"}' ', "archive_days": 30'
fresh_folder
deliver a.csv 1 40
deliver b.csv 31 60 属实
deliver notes.txt 1 1
echo "no,who" >"$DROP/in/c.csv"
feed_run told
expect_report "first run" "deliveries repeated refused rows_in inserted updated" "2 0 1 70 60 10"
expect_sql "SELECT count(*), count(*) FILTER (WHERE outcome = 'upheld') FROM complaint" "60|30"
expect_same "left in the folder" "notes.txt" "$(ls "$DROP/in")"
expect_same "archived" "a.csv.csv.gz b.csv.csv.gz " "$(kept archive)"
expect_same "refused" "c.csv c.csv.reason.txt " "$(kept refused)"
expect_text "day" "$(find "$DROP/refused" -name c.csv.reason.txt)"
expect_same "in work" "" "$(kept work)"
expect_same "mode of the archive" "700" "$(stat -c %a "$DROP/archive")"
gzip -dc "$DROP"/archive/*/a.csv.csv.gz >"$PLACE/copy"
expect_same "lines of the copy" 41 "$(wc -l <"$PLACE/copy")"
expect_text "C-1,r1,2026-03-11,,hotline,处理中,$" "$PLACE/copy"
! grep -q 13800000000 "$PLACE/copy" || fail "a dropped column was archived"
expect_same "deliveries" "a.csv|t|t
b.csv|t|t
c.csv|t|f" "$(deliveries)"

# Word for word the same file changes nothing; it was delivered all the same.
deliver again.csv 31 60 属实
feed_run told
expect_report "the same again" "deliveries repeated rows_in" "1 1 0"
expect_sql "SELECT count(*) FROM feed_delivery WHERE complete AND refused IS NULL" 3

# Not for us: a link, a folder, a file that cannot be read, a name that is no text.
ln -s /etc/passwd "$DROP/in/link.csv"
mkdir "$DROP/in/folder.csv"
printf 'x' >"$DROP/in/$(printf 'bad\377').csv"
feed_run told
expect_report "what can be neither taken nor refused" "deliveries refused skipped" "0 0 3"
rm -r "$DROP"/in/*

# Quiet for some seconds; without a drop column the archive has the file itself.
document plain '{"by": "quiet", "seconds": 6}' ', "archive_days": 30'
deliver slow.csv 100 110
feed_run plain
expect_report "still being written" "deliveries" 0
sleep 6.1
cp "$DROP/in/slow.csv" "$PLACE/slow.csv"
feed_run plain
expect_report "quiet" "deliveries inserted" "1 11"
cmp "$DROP"/archive/*/slow.csv "$PLACE/slow.csv" || fail "the archive changed the file"

# By a mark beside it, and nothing kept.
document plain '{"by": "done"}'
deliver marked.csv 111 112
deliver other.csv 113 114
: >"$DROP/in/marked.csv.done"
own "$DROP/in/marked.csv.done"
feed_run plain
expect_report "marked" "deliveries inserted" "1 2"
expect_same "not marked" "other.csv" "$(ls "$DROP/in")"
expect_same "nothing more is archived" "a.csv.csv.gz again.csv.csv.gz b.csv.csv.gz slow.csv " \
    "$(kept archive)"

# Retention goes by the claim's day.
old="$DROP/archive/20200101T000000.000000"
mkdir "$old" && : >"$old/old.csv" && own "$old"
document plain '{"by": "done"}' ', "archive_days": 30'
feed_run plain
[ ! -e "$old" ] || fail "a claim of 2020 is still archived"

# One at a time, and only in folders of our own.
flock "$DROP/work" sleep 2 &
sleep 0.3
expect_exit 6 "$HENG" --quiet feed run plain
expect_text "another program works in this folder" "$PLACE/last.err"
wait $!
chmod 755 "$DROP/archive"
expect_exit 14 "$HENG" --quiet feed check plain
expect_text "expected a folder of mode 0700" "$PLACE/out"
expect_exit 3 "$HENG" --quiet feed run plain
expect_sql "SELECT outcome, failures FROM feed WHERE feed = 'plain'" "failed|2"
chmod 700 "$DROP/archive"
expect_exit 5 "$HENG" --quiet feed run nobody

# Killed anywhere, and then run again.
document told '{"by": "rename"}' ', "archive_days": 30'
rm "$PLACE/feeds/plain.json"
fill() {
    empty_register
    fresh_folder
    deliver a.csv 1 40
    deliver b.csv 31 60 属实
    echo "no,who" >"$DROP/in/c.csv"
    own "$DROP/in"
}
outcome() {
    dump "$1"
    query "$FEED_ACCOUNTS" >>"$1"
    deliveries >>"$1"
    echo "$(kept archive)|$(kept refused)|$(kept work)|$(ls "$DROP/in")" >>"$1"
    for copy in "$DROP"/archive/*/*.gz; do gzip -dc "$copy" | md5sum; done >>"$1"
}
fill
POINTS=$(kill_points "$HENG" --quiet feed run told)
[ "$POINTS" -gt 60 ] || fail "expected more than 60 places to be killed at, found $POINTS"
outcome "$PLACE/expected"
for point in $(chosen "$POINTS"); do
    fill
    killed_at "$point" "$HENG" --quiet feed run told
    feed_run told
    outcome "$PLACE/found"
    expect_same_tables "killed at call $point of $POINTS" "$PLACE/expected" "$PLACE/found"
done
[ "$KILLED" -ge 20 ] || fail "killed at $KILLED places only"
echo "killed at $KILLED of $POINTS places"

# Watched by the service: near real time.
fill
kill -TERM "$SERVE"
wait "$SERVE" || fail "heng serve ended with $?"
wait_gone "$SERVER_OF_TEST"
start_serve
DSN=$(sed -n 's/^heng: ready: //p' "$PLACE/serve.err")
sixty() { [ "$(query "SELECT count(*) FROM complaint")" = 60 ]; }
wait_for 10 sixty
deliver later.csv 61 70
seventy() { [ "$(query "SELECT count(*) FROM complaint")" = 70 ]; }
wait_for 5 seventy
expect_sql "SELECT count(*) > 0 FROM job WHERE kind = 'feed' AND account_id IS NULL
             AND state = 'done'" t
