/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "etl/backup/backup.h"
#include "etl/backup/tally.h"
#include "etl/backup/unpack.h"

enum { PARTIAL_FIRST = 64 * 1024 };

/* The content of a file, which comes in pieces, as lines. */
struct check {
    struct tally tally;
    struct backup_watch *watch;
    char *partial; /* the beginning of a line whose end has not come yet */
    size_t size;
    size_t room;
};

static bool keep(struct check *check, const char *bytes, size_t size, struct error *err)
{
    size_t room = check->room ? check->room : PARTIAL_FIRST;
    while (room - check->size < size)
        room *= 2;
    if (room != check->room) {
        char *grown = realloc(check->partial, room);
        if (!grown)
            return error_memory(err);
        check->partial = grown;
        check->room = room;
    }
    memcpy(check->partial + check->size, bytes, size);
    check->size += size;
    return true;
}

static bool add_line(struct check *check, const char *bytes, size_t size, struct error *err)
{
    if (check->size == 0) {
        tally_add(&check->tally, bytes, size);
        return backup_watch_row(check->watch, err);
    }
    if (!keep(check, bytes, size, err))
        return false;
    tally_add(&check->tally, check->partial, check->size);
    check->size = 0;
    return backup_watch_row(check->watch, err);
}

static bool add_part(void *context, const char *bytes, size_t size, struct error *err)
{
    struct check *check = context;
    while (size > 0) {
        const char *newline = memchr(bytes, '\n', size);
        if (!newline)
            return keep(check, bytes, size, err);
        size_t line = (size_t)(newline - bytes) + 1;
        if (!add_line(check, bytes, line, err))
            return false;
        bytes += line;
        size -= line;
    }
    return true;
}

static bool check_table(struct check *check, const char *folder, struct manifest_table *table,
                        struct error *err)
{
    char path[PLACE_PATH_SIZE];
    const struct tally *tally = &check->tally;
    tally_start(&check->tally);
    check->size = 0;
    if (!manifest_path(folder, table, path, err) ||
        !backup_watch_table(check->watch, table->name, err) ||
        !unpack_file(path, add_part, check, table->sha256, err))
        return false;
    if (check->size > 0)
        return error_set(err, ERROR_CHECK, path, "the file is broken: its last line has no end");
    return (tally_rows(tally) == table->rows && tally->bytes == table->bytes &&
            memcmp(tally->sum, table->checksum, DIGEST_SIZE) == 0) ||
           error_set(err, ERROR_CHECK, path,
                     "expected %" PRId64 " rows, %" PRId64
                     " bytes and the checksum of " MANIFEST_FILE ", found %" PRId64
                     " rows and %" PRId64 " bytes%s",
                     table->rows, table->bytes, tally_rows(tally), tally->bytes,
                     tally_rows(tally) == table->rows && tally->bytes == table->bytes
                         ? " of another checksum"
                         : "");
}

bool backup_check(const char *folder, struct backup_watch *watch, struct arena *arena,
                  struct manifest *out, struct error *err)
{
    struct check check = {.watch = watch};
    if (!manifest_fetch(folder, arena, out, err) || !tally_init(&check.tally, err))
        return false;
    backup_watch_phase(watch, BACKUP_CHECKING, manifest_rows(out));
    bool good = true;
    for (int i = 0; good && i < out->table_count; i++)
        good = check_table(&check, folder, &out->tables[i], err);
    tally_reset(&check.tally);
    free(check.partial);
    return good && manifest_compare(out, folder, err);
}
