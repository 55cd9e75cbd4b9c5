#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pages as people use them: built, served by `heng serve` over a register of 2,000 entities of
# which some have names that look like markup, and gone through in a headless Chromium. With
# HENG_TEST_LONG a picture of every page goes into shots/ of the build tree.
set -eu
browser=$(cd "$(dirname "$0")" && pwd)
. "$browser/modules.sh"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no ${CHROMIUM:-/usr/bin/chromium}"
modules "$browser" "$browser/../../dashboards"
. "$browser/../integration/embedded.sh"
. "$browser/../integration/register.sh"

add_user() { # ROLE NAME OPTION...
    role=$1
    name=$2
    shift 2
    password=$(od -An -N 12 -t x1 /dev/urandom | tr -d ' \n')
    echo "$password" | quiet "$HENG" user add "$name" --role "${role%%-*}" --password-stdin "$@"
    echo "${LOGIN:-$role} $name $password" >>"$PLACE/logins"
}

node "$browser/../../dashboards/build.js" "$PLACE/pages"
chmod -R a+rX "$PLACE/pages"
HENG_HTTP__PAGES=$PLACE/pages
export HENG_HTTP__PAGES
prepare_register() {
    python3 "$browser/hostile_names.py" "$PLACE/demo/market_entity.csv"
}
start_register
for day in 2026-05-31 2026-06-30; do
    quiet "$HENG" score --as-of "$day"
done
quiet "$HENG" alert scan --as-of 2026-06-30
quiet "$HENG" draw commit
quiet "$HENG" draw run 1
for role in regulator planner leader auditor admin; do
    add_user "$role" "$role"
done
LOGIN=district add_user planner district --region 500157

HENG_URL=$(sed -n 's|^heng: serving \(http.*\)/$|\1|p' "$PLACE/serve.err")
[ -n "$HENG_URL" ] || fail "heng serve names no address: $(cat "$PLACE/serve.err")"
export HENG_URL HENG_LOGINS="$PLACE/logins"
cd "$browser"
node --test pages.js
node tour.js ${HENG_TEST_LONG:+"${BUILD_DIR:-$PLACE}/shots"}
