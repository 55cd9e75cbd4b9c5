#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# models/ is pure: no file, socket, process or terminal, and nothing that a call could change for
# the next one. The second half reads the built library for writable variables.
. "$(dirname "$0")/lint.sh"

# What models_init() fills once, before any thread exists.
set_once='^(models|digest)\.c\.o '

violations() {
    c_files models | code -s | grep -E "$impure" | sed 's/$/  : models is pure/'
    [ -z "${BUILD_DIR-}" ] || writable "$BUILD_DIR/libheng_models.a"
}

impure='#[ 	]*include[ 	]*<(unistd|fcntl|dirent|poll|signal|spawn|time|syslog|termios|sys/[a-z]+|netinet/[a-z]+|arpa/[a-z]+|netdb)\.h>'
impure="$impure|(^|[^A-Za-z0-9_])(fopen|fdopen|freopen|tmpfile|open|openat|socket|connect|fork|printf|puts|putchar|perror|scanf|signal|sleep|usleep|nanosleep) *\("
impure="$impure|(^|[^A-Za-z0-9_])(stdin|stdout|stderr)([^A-Za-z0-9_]|$)"

writable() { # ARCHIVE
    objdump -t "$1" | awk '
        /file format/ { object = $1; sub(/:$/, "", object) }
        / \.(data|bss|tdata|tbss)(\.[A-Za-z_0-9.]+)?\t/ && !/ d  \./ && !/\.data\.rel\.ro/ { print object " " $NF }' |
        grep -vE "$set_once" | sed 's/^/models: writable variable in /'
}

plants() {
    plant models/core/planted.c '#include <sys/socket.h>'
    plant models/core/planted.c '#include <time.h>'
    plant models/core/planted.c 'void f(void) { fopen("x", "r"); }'
    plant models/core/planted.c 'void f(void) { fputs("x", stderr); }'
    plant models/core/planted.c 'void f(void) { printf("x"); }'
    plant_library 'static int count; int f(void) { return ++count; }'
    plant_library 'int count = 3;'
    plant_library 'int f(void) { static _Thread_local int count; return ++count; }'
}

plant_library() { # CODE
    lint_planted=$((lint_planted + 1))
    mkdir planted
    printf '%s\n' "$1" >planted/planted.c
    (cd planted && cc -c -o planted.c.o planted.c && ar rcs libheng_models.a planted.c.o)
    if ! BUILD_DIR=planted violations | grep -q 'planted.c.o count'; then
        echo "planted, but not reported: $1"
        lint_failed=1
    fi
    rm -r planted
}

lint "$@"
