#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sh daemon/quickstart.sh [--check] [--entities N] [--data DIR]
# From a fresh Debian 12 to a verified inspection list and pages to work with: installs what is
# missing, builds, makes the demo register, loads it, scores it, scans for alerts, draws, verifies,
# makes an account for each role, and serves until Ctrl-C. A second run reuses all that is there.
#   --check        also proves what each step left behind and that every page and every route
#                  answers, then ends instead of serving
#   --entities N   size of the demo register (default 20000)
#   --data DIR     where the database, the demo files and the draw live (default /var/lib/heng for
#                  root, ~/.local/share/heng for another user)
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. daemon/packages.sh

steps=13
as_of=2026-06-30
earlier=2026-05-31
seed=1
check=
entities=20000
data=

usage() {
    sed -n '3,13s/^# \{0,1\}//p' "$root/daemon/quickstart.sh"
}

refuse() {
    echo "quickstart: $1" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --check) check=1 ;;
    --entities=*) entities=${1#*=} ;;
    --data=*) data=${1#*=} ;;
    --entities | --data)
        [ $# -ge 2 ] || refuse "$1 needs a value"
        [ "$1" = --data ] && data=$2 || entities=$2
        shift
        ;;
    --help)
        usage
        exit 0
        ;;
    *) refuse "unknown option $1; --help lists them" ;;
    esac
    shift
done

is_root() {
    [ "$(id -u)" -eq 0 ]
}

if [ -z "$data" ]; then
    is_root && data=/var/lib/heng || data=${XDG_DATA_HOME:-$HOME/.local/share}/heng
fi
register=$data/demo-$entities
bundle=$data/draw-$entities
logins=$data/logins.txt
set_pages=http.pages=

started=$(date +%s)
step_number=0

step() {
    step_number=$((step_number + 1))
    printf '\n[%d/%d] %s (after %d s)\n' "$step_number" "$steps" "$1" "$(($(date +%s) - started))"
}

heng() {
    "$root/build/heng/heng" --set "cluster.data_dir=$data" "$@"
}

proved() {
    [ -z "$check" ] || echo "  proved: $1"
}

fail() {
    echo "quickstart: $1" >&2
    exit 1
}

install_packages() {
    step "packages"
    need_build
    need_database
    need_pages
    packages_install
}

# Started as root, heng becomes this user before it touches the database.
make_owner() {
    step "service user and data folder"
    if is_root && ! getent passwd heng >/dev/null; then
        useradd --system --user-group --home-dir /var/lib/heng --no-create-home \
            --shell /usr/sbin/nologin heng
        echo "  user heng made"
    fi
    mkdir -p "$data"
    ! is_root || chown heng:heng "$data"
    echo "  $data"
}

build() {
    step "build"
    log=$root/build/heng.log
    mkdir -p build
    {
        status=0
        { cmake -S . -B build/heng -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF &&
            cmake --build build/heng --target heng -j "$(nproc)"; } 2>&1 || status=$?
        echo "build ended with $status"
    } | tee "$log" | awk '
        match($0, /^\[ *[0-9]+%\]/) {
            percent = substr($0, 2, RLENGTH - 3) + 0
            if (percent >= next_shown && percent > 0) {
                printf "  %d %%\n", percent
                fflush()
                next_shown = percent + 20
            }
        }
        /^build ended with / { status = $4 }
        END { exit status }' || {
        tail -n 40 "$log" >&2
        fail "the build failed; all of its output is in $log"
    }
    "$root/build/heng/heng" version
}

make_register() {
    step "demo register of $entities entities"
    if [ -e "$register/truth.json" ]; then
        echo "  reused: $register"
    else
        rm -rf "$register"
        heng demo --entities "$entities" --seed "$seed" --until "$as_of" --out "$register"
        ! is_root || chown -R heng:heng "$register"
    fi
    [ -s "$register/manifest.json" ] && [ -s "$register/truth.json" ] ||
        fail "$register has no manifest.json or no truth.json"
    proved "manifest.json and truth.json are there"
}

load() {
    step "load"
    heng migrate
    heng load "$register"
    [ -n "$check" ] || return 0
    heng load --json "$register" >"$scratch/again.json"
    grep -Eq '"(inserted|updated)": *[1-9]' "$scratch/again.json" &&
        fail "the same files a second time changed something: $(cat "$scratch/again.json")"
    proved "the same files a second time change nothing"
}

score() {
    step "credit classes as of $as_of"
    # An earlier run first, so that classes have something to change from.
    [ -e "$bundle/reveal.txt" ] || heng score --as-of "$earlier"
    heng score --as-of "$as_of"
    [ -n "$check" ] || return 0
    heng score --as-of "$as_of" --json >"$scratch/one.json"
    for class in A B C D; do
        grep -Eq "\"$class\": *[1-9]" "$scratch/one.json" || fail "no entity in class $class"
    done
    proved "every class is taken"
}

scan() {
    step "alerts as of $as_of"
    heng alert scan --as-of "$as_of"
    [ -n "$check" ] || return 0
    heng alert list --json >"$scratch/alerts.json"
    for kind in count_surge class_downgrade complaint_not_accepted; do
        grep -q "\"$kind\"" "$scratch/alerts.json" || fail "no alert of kind $kind, though one must be there"
    done
    proved "the planted surge and the overdue complaints are found"
}

# The last draw that is stored: its number and state, or nothing.
last_draw() {
    heng --quiet draw list --json | awk -F'"' '
        /"number":/ { number = $3; gsub(/[^0-9]/, "", number) }
        /"state":/ { state = $4 }
        /}/ { if (number != "") last = number " " state; number = "" }
        END { print last }'
}

# A draw that an interrupted run left behind goes on where it stopped.
draw() {
    step "double-random draw (rehearsal)"
    if [ -e "$bundle/reveal.txt" ]; then
        echo "  reused: $bundle"
        return 0
    fi
    number=$(last_draw)
    state=${number#* }
    number=${number%% *}
    case $state in
    committed | drawn) ;;
    *)
        heng draw commit
        number=$(last_draw)
        number=${number%% *}
        state=committed
        ;;
    esac
    [ "$state" = drawn ] || heng draw run "$number"
    heng --quiet draw bundle "$number" --out "$bundle" >/dev/null
    status=0
    heng verify "$bundle" || status=$?
    [ "$status" -eq 21 ] || fail "an unrevealed draw was verified with $status, expected 21"
    heng draw reveal "$number"
    heng --quiet draw bundle "$number" --out "$bundle" >/dev/null
    proved "before the reveal the verifier says: not yet revealed (exit code 21)"
}

verify() {
    step "verify the draw (no database, no network)"
    heng verify "$bundle"
    [ -n "$check" ] || return 0
    cp -r "$bundle" "$scratch/forged"
    printf 'forged\n' >>"$scratch/forged/result.tsv"
    status=0
    heng verify "$scratch/forged" >"$scratch/verdict" 2>&1 || status=$?
    [ "$status" -eq 20 ] || fail "a forged copy ended with $status, expected 20: $(cat "$scratch/verdict")"
    proved "a copy with one line more is refused (exit code 20)"
}

# An entity that was drawn: its reasons must add up to its score.
explain() {
    step "why an entity has its class"
    code=$(awk -F'\t' '$1 ~ /^visit/ { print; exit }' "$bundle/result.tsv" |
        grep -Eo '[0-9A-Z]{18}' | head -n 1)
    heng explain "$code"
    [ -n "$check" ] || return 0
    heng --quiet explain "$code" --json >"$scratch/why.json"
    awk '
        /"score_milli":/ && score == "" { score = $2 + 0 }
        /"points_milli":/ && reasons { sum += $2 }
        /"reasons":/ { reasons = 1 }
        END { exit !(score != "" && score == sum) }' "$scratch/why.json" ||
        fail "the reasons do not add up to the score: $(cat "$scratch/why.json")"
    proved "the reasons add up to the score"
}

# Served from a folder that the service user can read. Without the registry of npm the service
# shows its status page instead.
pages() {
    step "pages"
    log=$root/build/pages.log
    if cmake --build build/heng --target dashboards >"$log" 2>&1; then
        rm -rf "$data/pages"
        cp -r build/heng/pages "$data/pages"
        ! is_root || chown -R heng:heng "$data/pages"
        set_pages="http.pages=$data/pages"
        echo "  $data/pages"
    else
        tail -n 5 "$log" >&2
        [ -z "$check" ] || fail "the pages could not be built; all of the output is in $log"
        echo "  not built (is the registry of npm within reach?): the status page is served"
    fi
}

# One account per role, named like it. The password is printed once, into a file for you alone.
login_of() { # ROLE
    status=0
    heng --quiet user add "$1" --role "$1" >"$scratch/password" 2>"$scratch/refusal" || status=$?
    if [ "$status" -eq 6 ]; then
        heng --quiet user passwd "$1" >"$scratch/password"
    elif [ "$status" -ne 0 ]; then
        cat "$scratch/refusal" >&2
        fail "the account $1 could not be made"
    fi
    printf '%s\t%s\n' "$1" "$(sed 's/.*[:：] *//' "$scratch/password")"
}

make_logins() {
    step "an account for each role"
    if [ ! -s "$logins" ]; then
        (
            umask 077
            for role in regulator planner leader auditor admin; do
                login_of "$role"
            done >"$logins.new"
        )
        mv "$logins.new" "$logins"
    fi
    [ "$(wc -l <"$logins")" -eq 5 ] || fail "$logins should name five accounts; remove it and run this again"
    echo "  $logins"
}

# Every page and every route of the API description, over HTTP.
prove_service() {
    : >"$scratch/serve.err"
    "$root/build/heng/heng" --set "cluster.data_dir=$data" --set http.port=0 --set "$set_pages" serve \
        >"$scratch/serve.out" 2>"$scratch/serve.err" &
    service=$!
    waited=0
    until grep -q 'heng: ready' "$scratch/serve.err"; do
        waited=$((waited + 1))
        { [ "$waited" -lt 600 ] && kill -0 "$service" 2>/dev/null; } || {
            cat "$scratch/serve.err" >&2
            fail "heng serve did not start"
        }
        sleep 0.1
    done
    url=$(sed -n 's|^heng: serving \(http.*\)/$|\1|p' "$scratch/serve.err")
    status=0
    node tests/browser/routes.js "$url" "$logins" "$data/pages" || status=$?
    kill -TERM "$service"
    wait "$service" || fail "heng serve ended with $?"
    [ "$status" -eq 0 ] || fail "the service does not answer as it should, see above"
    proved "every page and every route answers over HTTP"
}

tell_what_next() {
    cat <<END

  Files    $register
  Draw     $bundle
  Logins   $logins (name and password of each role)
  Try      build/heng/heng alert list
           build/heng/heng explain CODE      (a code from $register/market_entity.csv)
           build/heng/heng --help
  Your own files: "Five minutes with your own files" in README.md
END
}

serve() {
    step "serve"
    if [ -n "$check" ]; then
        prove_service
        tell_what_next
        return
    fi
    tell_what_next
    echo
    echo "  The address follows; Ctrl-C ends the service. Later: sh daemon/quickstart.sh"
    rm -rf "$scratch"
    trap - EXIT
    exec "$root/build/heng/heng" --set "cluster.data_dir=$data" --set "$set_pages" serve
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
install_packages
make_owner
build
make_register
load
score
scan
draw
verify
explain
pages
make_logins
serve
