# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after embedded.sh, register.sh and load.sh by the tests of feeds.
#   feed_open           makes $PLACE/feeds for documents
#   feed_document NAME  its document, from standard input
#   feed_run NAME       runs it once; the report is in $PLACE/report
#   kill_points COMMAND…  the number of places at which a run can be killed
#   killed_at N COMMAND…  runs it until it is killed there; KILLED counts how often that was. How much
#                       one recv brings is not always the same, so a run may end a few calls earlier

FEED_ACCOUNTS="SELECT sum(rows_in), sum(inserted), sum(updated), sum(identical), sum(rejected),
                      count(*) FILTER (WHERE last_in_file) FROM load_batch"

feed_open() {
    mkdir -p "$PLACE/feeds/mapping"
    export HENG_FEED__FOLDER="$PLACE/feeds"
}

feed_document() {
    cat >"$PLACE/feeds/$1.json"
}

feed_run() {
    "$HENG" --quiet --json feed run "$1" >"$PLACE/report" 2>"$PLACE/last.err" ||
        fail "feed run $1 ended with $?"
}

# expect_report WHAT FIELDS VALUES: members of the last report.
expect_report() {
    expect_same "$1 ($2)" "$3" "$(json "$PLACE/report" \
        '" ".join(str(d[k]) for k in "'"$2"'".split())')"
}

# own PATH…: folders of a feed belong to the user that heng runs as.
own() {
    [ "$(id -u)" != 0 ] || chown -R nobody "$@"
}

kill_library() {
    command -v "${CC:-cc}" >/dev/null || { echo "skipped: no C compiler"; exit 77; }
    "${CC:-cc}" -shared -fPIC -o "$PLACE/kill_at.so" "$(dirname "$0")/kill_at.c" -ldl ||
        fail "kill_at.c cannot be compiled"
    chmod 755 "$PLACE/kill_at.so"
}

kill_points() {
    : >"$PLACE/points"
    chmod 666 "$PLACE/points"
    env LD_PRELOAD="$PLACE/kill_at.so" HENG_KILL_COUNT="$PLACE/points" "$@" >"$PLACE/quiet.out" \
        2>"$PLACE/last.err" || fail "$* failed"
    cat "$PLACE/points"
}

KILLED=0
killed_at() {
    number=$1
    shift
    code=0
    env LD_PRELOAD="$PLACE/kill_at.so" HENG_KILL_AT="$number" "$@" >/dev/null 2>&1 || code=$?
    case $code in
    137) KILLED=$((KILLED + 1)) ;;
    0) ;;
    *) fail "expected to be killed at call $number, found exit code $code" ;;
    esac
}

# chosen ALL: about 25 of the numbers 1 … ALL, all of them in a long run.
chosen() {
    step=$(($1 / 25 + 1))
    [ -z "${HENG_TEST_LONG-}" ] || step=1
    seq 1 "$step" "$1"
}

deliveries() {
    query "SELECT name, complete, refused IS NULL FROM feed_delivery ORDER BY name"
}
