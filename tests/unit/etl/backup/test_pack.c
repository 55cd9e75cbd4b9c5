/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is packed comes out again; a file that is not what was packed is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "etl/backup/pack.h"
#include "etl/backup/place.h"
#include "etl/backup/unpack.h"
#include "models/models.h"

enum { CONTENT_SIZE = 700 * 1000, FILE_CAP = 1024 * 1024 };

static char folder[] = "/tmp/heng-pack-XXXXXX";
static char path[PLACE_PATH_SIZE];
static char content[CONTENT_SIZE];
static unsigned char sha256[DIGEST_SIZE]; /* of the file */

struct sink {
    size_t size;
    bool same;
};

static bool take(void *context, const char *bytes, size_t size, struct error *err)
{
    struct sink *sink = context;
    (void)err;
    sink->same = sink->same && sink->size + size <= CONTENT_SIZE &&
                 memcmp(content + sink->size, bytes, size) == 0;
    sink->size += size;
    return true;
}

/* True when the file gives the content and has the hash. */
static bool is_whole(const char *name, struct error *err)
{
    struct sink sink = {.same = true};
    unsigned char found[DIGEST_SIZE];
    return unpack_file(name, take, &sink, found, err) && sink.same && sink.size == CONTENT_SIZE &&
           memcmp(found, sha256, DIGEST_SIZE) == 0;
}

static void put_file(const char *name, const char *bytes, size_t size)
{
    struct error err;
    unlink(name);
    assert_true(place_write(name, bytes, size, &err));
}

static void gives_back(void **state)
{
    (void)state;
    struct stat status;
    struct error err;
    assert_true(is_whole(path, &err));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(status.st_size < CONTENT_SIZE);
}

static void refuses_a_file_that_is_there(void **state)
{
    (void)state;
    struct pack *pack = NULL;
    struct error err;
    assert_false(pack_open(path, &pack, &err));
    assert_int_equal(err.kind, ERROR_IO);
}

static void finds_every_damage(void **state)
{
    (void)state;
    char copy[PLACE_PATH_SIZE];
    char *bytes = NULL;
    size_t size = 0;
    struct error err;
    assert_true(place_join(folder, "copy", copy, &err));
    assert_true(place_read(path, FILE_CAP, &bytes, &size, &err));
    for (size_t at = 0; at < size; at += at < 20 || at + 20 > size ? 1 : size / 60) {
        bytes[at] = (char)(bytes[at] ^ 0x10);
        put_file(copy, bytes, size);
        if (is_whole(copy, &err))
            fail_msg("a byte changed at %zu of %zu was not found", at, size);
        bytes[at] = (char)(bytes[at] ^ 0x10);
    }
    for (size_t cut = 0; cut < size; cut += size / 10) {
        put_file(copy, bytes, cut);
        assert_false(is_whole(copy, &err));
        assert_int_equal(err.kind, ERROR_CHECK);
    }
    bytes[size] = 'x'; /* place_read() left room for a NUL */
    put_file(copy, bytes, size + 1);
    assert_false(is_whole(copy, &err));
    assert_int_equal(err.kind, ERROR_CHECK);
    unlink(copy);
    assert_false(is_whole(copy, &err));
    assert_int_equal(err.kind, ERROR_CHECK);
    free(bytes);
}

/* /dev/full refuses every write with ENOSPC. */
static void names_a_full_disk(void **state)
{
    (void)state;
    struct error err;
    assert_false(place_failed(&err, "x", "cannot write", 28));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_false(place_failed(&err, "x", "cannot write", 13));
    assert_int_equal(err.kind, ERROR_CONFIG);
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_false(place_put(fileno(full), "/dev/full", "x", 1, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    fclose(full);
}

static int start(void **state)
{
    struct pack *pack = NULL;
    struct error err;
    unsigned mark = 1;
    (void)state;
    models_init();
    for (size_t i = 0; i < CONTENT_SIZE; i++) {
        mark = mark * 1103515245U + 12345U;
        content[i] = "0123456789abcdef\n"[(mark >> 16) % 17 % (1 + i % 17)];
    }
    if (!mkdtemp(folder) || !place_join(folder, "file", path, &err) ||
        !pack_open(path, &pack, &err))
        return 1;
    bool good = pack_put(pack, content, 3, &err) &&
                pack_put(pack, content + 3, CONTENT_SIZE - 3, &err) &&
                pack_finish(pack, sha256, &err);
    pack_close(pack);
    return good ? 0 : 1;
}

static int end(void **state)
{
    struct error err;
    (void)state;
    return place_remove(folder, &err) ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back),
        cmocka_unit_test(refuses_a_file_that_is_there),
        cmocka_unit_test(finds_every_damage),
        cmocka_unit_test(names_a_full_disk),
    };
    return cmocka_run_group_tests(tests, start, end);
}
