#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source that stops delivering is an alert: raised once, hit once a day, lapsed when something
# arrives, opened anew when it stops again; over the command line and over HTTP.
here=$(dirname "$0")
. "$here/embedded.sh"
. "$here/register.sh"
. "$here/load.sh"
. "$here/feed.sh"

start_empty_register
feed_open
DROP=$PLACE/drop
mkdir -p "$DROP/in"
own "$DROP"
mapping calls complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mapping visits complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mapping quiet complaint "\"key\": [\"no\"], $BY_REGNO" "$COMPLAINT_FIELDS"
mv "$PLACE/calls.json" "$PLACE/visits.json" "$PLACE/quiet.json" "$PLACE/feeds/mapping"
document() { # NAME EXPECTED
    feed_document "$1" <<DOCUMENT
{"feed": "heng-feed-1", "kind": "folder", "mapping": "mapping/$1.json",
 "schedule": {"every_seconds": 60}, "expected": $2,
 "folder": {"path": "$DROP", "pattern": "$1*.csv", "ready": {"by": "rename"}}}
DOCUMENT
}
document calls '{"every_minutes": 1440}'
document visits '{"every_minutes": 1440, "working_days_only": true}'
document quiet null
deliver() {
    printf 'no,who,day,end,channel,result\nC-%s,r1,2026-03-11,,hotline,-\n' "$2" >"$DROP/in/$1$2.csv"
    own "$DROP/in/$1$2.csv"
}
deliver calls 1
deliver visits 1
feed_run calls
feed_run visits

# scan DAY: counts of the rule, "judged found created repeated known lapsed" or why it does not apply.
scan() {
    "$HENG" --quiet --json alert scan --as-of "$1" >"$PLACE/scan" 2>"$PLACE/last.err" ||
        fail "alert scan ended with $?"
    json "$PLACE/scan" '" ".join(str(r[k]) for r in d["rules"] if r["kind"] == "source_silent"
        for k in "outcome judged found created repeated reopened known lapsed".split())'
}

# The deliveries and the registration are moved into the past: to the eve of the Spring Festival.
moved() { # SOURCE MOMENT
    quiet query "UPDATE feed SET registered_at = '2026-02-01 08:00+08' WHERE feed = '$1';
                 UPDATE feed_delivery SET delivered_at = '$2' WHERE name LIKE '$1%'"
}
moved calls '2026-02-14 20:00+08'
moved visits '2026-02-14 20:00+08'

expect_same "before the limit" "applied 2 0 0 0 0 0 0" "$(scan 2026-02-15)"
expect_same "one is silent, the other has holidays" "applied 2 1 1 0 0 0 0" "$(scan 2026-02-17)"
expect_same "the same day again" "applied 2 1 0 0 0 1 0" "$(scan 2026-02-17)"
expect_same "the next day" "applied 2 1 0 1 0 0 0" "$(scan 2026-02-18)"
expect_same "after the holidays, both" "applied 2 2 1 1 0 0 0" "$(scan 2026-02-26)"
expect_sql "SELECT labels ->> 'source', hits, evidence ->> 'silent_minutes' FROM alert
             WHERE rule_kind = 'source_silent' ORDER BY alert_id" "calls|3|17520
visits|1|4560"

# A past day is judged by what was delivered then.
expect_same "an earlier day" "applied 2 0 0 0 0 0 0" "$(scan 2026-02-15)"
expect_sql "SELECT count(*) FROM alert WHERE rule_kind = 'source_silent' AND lapsed_as_of IS NULL" 2

# Something arrives: what is refused does not count.
echo "no,who" >"$DROP/in/calls2.csv"
own "$DROP/in/calls2.csv"
feed_run calls
expect_sql "SELECT count(*) FROM feed_delivery WHERE refused IS NOT NULL" 1
today=$(date -u -d '+8 hours' +%Y-%m-%d)
expect_same "refused is not delivered" "applied 2 2 0 2 0 0 0" "$(scan "$today")"
deliver calls 3
feed_run calls
expect_same "delivered again" "applied 2 1 0 0 0 1 1" "$(scan "$today")"
expect_sql "SELECT labels ->> 'source', state, lapsed_as_of IS NOT NULL FROM alert
             WHERE rule_kind = 'source_silent' ORDER BY alert_id" "calls|firing|t
visits|firing|f"
"$HENG" --quiet alert verify >/dev/null || fail "the chain of alerts is broken"
"$HENG" --quiet alert list >"$PLACE/list" || fail "alert list failed"
expect_text "source visits last delivered 2026-02-14T12:00:00Z, silent for" "$PLACE/list"

# A feed whose document is gone is not expected to deliver.
rm "$PLACE/feeds/visits.json"
quiet "$HENG" feed list
expect_same "retired" "applied 1 0 0 0 0 0 1" "$(scan "$today")"
rm "$PLACE/feeds/calls.json"
quiet "$HENG" feed list
expect_same "nobody says anything" "no_feed 0 0 0 0 0 0 0" "$(scan "$today")"
