# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the tests that need node.
#
#   modules FOLDER...   what the lock file of each folder names is in its node_modules; the test is
#                       skipped, with the reason, where node, npm or npm's registry is not at hand

skip() {
    echo "skipped: $1"
    exit 77
}

# Two tests may ask for the same folder at once.
modules() {
    command -v node >/dev/null || skip "no node"
    command -v npm >/dev/null || skip "no npm"
    for modules_folder in "$@"; do
        (
            cd "$modules_folder"
            flock 9
            [ node_modules/.complete -nt package-lock.json ] || modules_install
        ) 9>"$modules_folder/.modules.lock" || exit
    done
}

modules_install() {
    modules_log=$(mktemp)
    if npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=15000 \
        >"$modules_log" 2>&1; then
        touch node_modules/.complete
        rm -f "$modules_log"
        return
    fi
    reason=$(grep -Eo -m 1 'E(AI_AGAIN|NOTFOUND|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH|SOCKETTIMEDOUT)|EIDLETIMEOUT' "$modules_log" || true)
    [ -n "$reason" ] || cat "$modules_log" >&2
    rm -f "$modules_log"
    [ -z "$reason" ] || skip "npm's registry cannot be reached: $reason"
    exit 1
}
