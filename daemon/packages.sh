# SPDX-License-Identifier: GPL-3.0-or-later
# Which Debian packages are missing, and installing them. Sourced by daemon/quickstart.sh and
# tests/run.sh: name what is needed, then call packages_install once. A package is asked for only
# when the thing it brings is missing, so that a machine set up in another way is left alone.

packages_wanted=

need_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 || packages_wanted="$packages_wanted $2"
}

need_library() { # PKG-CONFIG-NAME PACKAGE
    pkg-config --exists "$1" 2>/dev/null || packages_wanted="$packages_wanted $2"
}

need_file() { # PATTERN PACKAGE
    for packages_file in $1; do
        [ -e "$packages_file" ] && return
    done
    packages_wanted="$packages_wanted $2"
}

need_build() {
    need_command gcc gcc
    need_file /usr/include/stdio.h libc6-dev
    need_command make make
    need_command cmake cmake
    need_command pkg-config pkg-config
    need_library libpq libpq-dev
    need_library gsl libgsl-dev
    need_library jansson libjansson-dev
    need_library libcrypto libssl-dev
    need_library zlib zlib1g-dev
    need_library libzip libzip-dev
    need_library expat libexpat1-dev
    need_library inih libinih-dev
    need_library libsodium libsodium-dev
    need_library libmicrohttpd libmicrohttpd-dev
}

need_database() {
    need_file '/usr/lib/postgresql/*/bin/postgres' postgresql-15
}

# A node that was not installed by Debian brings its own npm.
need_pages() {
    need_command node nodejs
    need_command npm npm
}

packages_as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        echo "to run as root, but neither root nor sudo is at hand: $*" >&2
        return 1
    fi
}

# One line for each tenth of the packages; apt's own words only when it fails.
packages_apt() { # LOG PACKAGE...
    packages_log=$1
    shift
    {
        packages_status=0
        packages_as_root apt-get install -y -q --no-install-recommends "$@" 2>&1 </dev/null ||
            packages_status=$?
        echo "apt-get ended with $packages_status"
    } | tee -a "$packages_log" | awk '
        / newly installed, / { total = $3 }
        /^Setting up / {
            ready++
            if (total && int(ready * 10 / total) > tenth) {
                tenth = int(ready * 10 / total)
                printf "  %d of %d packages ready\n", ready, total
                fflush()
            }
        }
        /^apt-get ended with / { status = $4 }
        END { exit status }' || {
        cat "$packages_log" >&2
        return 1
    }
}

# Debian's server package makes and starts a cluster "main" of its own unless it is told not to.
# postgresql-common alone makes none, so it goes first; the word "no" is taken back afterwards.
packages_apt_postgresql() { # LOG PACKAGE...
    packages_no_main=/etc/postgresql-common/createcluster.d/heng.conf
    packages_apt "$1" postgresql-common || return 1
    packages_as_root mkdir -p "${packages_no_main%/*}" || return 1
    echo "create_main_cluster = false" | packages_as_root tee "$packages_no_main" >/dev/null || return 1
    packages_status=0
    packages_apt "$@" || packages_status=1
    packages_as_root rm -f "$packages_no_main"
    return "$packages_status"
}

packages_install() {
    if [ -z "$packages_wanted" ]; then
        echo "  every package is there"
        return
    fi
    echo "  missing:$packages_wanted"
    packages_log=$(mktemp)
    packages_as_root apt-get update -q >"$packages_log" 2>&1 || {
        cat "$packages_log" >&2
        return 1
    }
    packages_status=0
    # Word splitting is wanted: the list is one package per word.
    case "$packages_wanted " in
    *" postgresql-15 "*) packages_apt_postgresql "$packages_log" $packages_wanted || packages_status=1 ;;
    *) packages_apt "$packages_log" $packages_wanted || packages_status=1 ;;
    esac
    rm -f "$packages_log"
    packages_wanted=
    return "$packages_status"
}
