#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One door per library and per source of surprise. The table is the rule: what may appear only in
# which files (regular expressions over the code without comments and literals, and over the path).
. "$(dirname "$0")/lint.sh"

doors() {
    cat <<'END'
include <libpq-fe\.h>|include <postgres|include <libpq/	^etl/store/
include <microhttpd\.h>	^daemon/http[a-z_]*\.[ch]$
include <gsl/	^models/
include <openssl/	^models/core/(digest|sm2)\.c$
include <sodium	^daemon/secret\.c$
include <curl/	^(etl/source/http|daemon/outbox[a-z_]*)\.c$
include <ini\.h>	^daemon/settings[a-z_]*\.c$
include <(zlib|iconv)\.h>	^etl/
include <zip\.h>	^etl/source/archive\.c$
include <expat\.h>	^etl/source/xml\.c$
\<json_load[a-z_]*\(	^models/core/json\.c$
\<(time|gettimeofday|clock_gettime|clock|timespec_get|ftime)\(	^daemon/clock\.c$
\<(localtime|gmtime|ctime|mktime|tzset)(_r)?\(	^daemon/clock\.c$
\<(getenv|secure_getenv)\(|\<environ\>	^daemon/environment\.c$
\<(setenv|putenv|unsetenv|clearenv)\(	^daemon/cluster_user\.c$
\<(getrandom|getentropy|randombytes_[a-z]+|RAND_[a-z]+)\(	^daemon/secret\.c$
\<(PQexec|PQprepare|PQconnect)[A-Za-z]*\(	^etl/store/
END
}

violations() {
    listing=$scratch/listing
    c_files models etl daemon | code -s | sed 's/#[ 	]*include[ 	]*/#include /; s/ *(/(/g' >"$listing"
    doors | while IFS='	' read -r what where; do
        grep -E "^[^:]*:[0-9]+:.*($what)" "$listing" | awk -F: -v where="$where" -v what="$what" '
            $1 !~ where { print $0 "  : only in " where }'
    done
}

plants() {
    plant daemon/planted.c '#include <libpq-fe.h>'
    plant models/core/planted.c '#include   <libpq-fe.h>'
    plant daemon/planted.c '#include <microhttpd.h>'
    plant etl/record/planted.c '#include <gsl/gsl_cdf.h>'
    plant etl/record/planted.c '#include <openssl/evp.h>'
    plant daemon/planted.c '#include <sodium.h>'
    plant daemon/planted.c '#include <curl/curl.h>'
    plant etl/record/planted.c '#include <ini.h>'
    plant models/core/planted.c '#include <zlib.h>'
    plant etl/source/planted.c '#include <zip.h>'
    plant etl/source/planted.c '#include <expat.h>'
    plant etl/record/planted.c 'void *f(void) { return json_loads("", 0, 0); }'
    plant etl/record/planted.c 'void *f(void) { return json_load_file ("", 0, 0); }'
    plant models/core/planted.c 'long f(void) { return time(0); }'
    plant etl/record/planted.c 'long f(void) { return (clock_gettime(0, 0)); }'
    plant daemon/planted.c 'void f(void) { localtime_r(0, 0); }'
    plant daemon/planted.c 'char *f(void) { return getenv("HOME"); }'
    plant daemon/planted.c 'void f(void) { unsetenv("HOME"); }'
    plant models/core/planted.c 'extern char **environ;'
    plant_line daemon/main.c 'extern char **environ;'
    plant models/draw/planted.c 'void f(void) { getrandom(0, 0, 0); }'
    plant daemon/planted.c 'void f(void *c) { PQexecParams(c); }'
}

lint "$@"
