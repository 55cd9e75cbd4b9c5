/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "etl/backup/manifest.h"
#include "models/core/json.h"

static bool copy_text(const json_t *object, const char *key, const struct json_place *place,
                      struct arena *arena, const char **out, struct error *err)
{
    const char *text;
    if (!json_get_text(object, key, place, &text, err))
        return false;
    *out = arena_copy(arena, text, strlen(text));
    if (!*out)
        return arena_error(arena, err);
    return true;
}

/* Small letters, digits and underscores: it becomes a part of a path. */
static bool copy_name(const json_t *object, const struct json_place *place, struct arena *arena,
                      const char **out, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    if (!copy_text(object, "name", place, arena, out, err))
        return false;
    size_t size = *out ? strlen(*out) : 0;
    return (size > 0 && size < MANIFEST_NAME_SIZE && strspn(*out, letters) == size) ||
           json_error(place, err, "expected a name of small letters, digits and _, found \"%s\"",
                      *out);
}

static bool read_migration(const json_t *object, const struct json_place *place,
                           struct arena *arena, void *out, struct error *err)
{
    struct migrate_step *row = out;
    int64_t version;
    if (!json_get_integer(object, "version", place, 1, 9999, &version, err) ||
        !copy_text(object, "name", place, arena, &row->name, err) ||
        !copy_text(object, "sha256", place, arena, &row->sha256, err))
        return false;
    row->version = (int)version;
    return true;
}

static bool read_sequence(const json_t *object, const struct json_place *place, struct arena *arena,
                          void *out, struct error *err)
{
    struct manifest_sequence *row = out;
    return copy_text(object, "name", place, arena, &row->name, err) &&
           json_get_integer(object, "last", place, INT64_MIN, INT64_MAX, &row->last, err);
}

static bool read_table(const json_t *object, const struct json_place *place, struct arena *arena,
                       void *out, struct error *err)
{
    struct manifest_table *row = out;
    const char *checksum;
    if (!copy_name(object, place, arena, &row->name, err) ||
        !json_get_integer(object, "rows", place, 0, INT64_MAX, &row->rows, err) ||
        !json_get_integer(object, "bytes", place, 0, INT64_MAX, &row->bytes, err) ||
        !json_get_text(object, "checksum", place, &checksum, err))
        return false;
    return text_unhex(text_of(checksum), row->checksum, DIGEST_SIZE) ||
           json_error(place, err, "expected 64 hexadecimal digits as checksum");
}

typedef bool read_row(const json_t *object, const struct json_place *place, struct arena *arena,
                      void *out, struct error *err);

struct list {
    const char *key;
    size_t cap;
    size_t row_size;
    read_row *read;
};

static bool read_list(const json_t *document, const struct list *list, struct arena *arena,
                      void **out, int *count, struct error *err)
{
    struct json_place root = json_place_root(MANIFEST_FILE);
    struct json_place place = json_place_member(&root, list->key);
    json_t *array;
    if (!json_get_array(document, list->key, &root, &array, err))
        return false;
    size_t size = json_array_size(array);
    if (size > list->cap)
        return json_error(&place, err, "expected at most %zu items, found %zu", list->cap, size);
    char *rows = arena_array(arena, size + 1, list->row_size);
    if (!rows)
        return arena_error(arena, err);
    for (size_t i = 0; i < size; i++) {
        struct json_place item = json_place_item(&place, i);
        if (!list->read(json_array_get(array, i), &item, arena, rows + i * list->row_size, err))
            return false;
    }
    *out = rows;
    *count = (int)size;
    return true;
}

static bool read_lists(const json_t *document, struct arena *arena, struct manifest *out,
                       struct error *err)
{
    static const struct list migrations = {"migrations", MANIFEST_MIGRATIONS_CAP,
                                           sizeof(struct migrate_step), read_migration};
    static const struct list sequences = {"sequences", MANIFEST_SEQUENCES_CAP,
                                          sizeof(struct manifest_sequence), read_sequence};
    static const struct list tables = {"tables", MANIFEST_TABLES_CAP, sizeof(struct manifest_table),
                                       read_table};
    void *rows[3] = {NULL};
    if (!read_list(document, &migrations, arena, &rows[0], &out->migration_count, err) ||
        !read_list(document, &sequences, arena, &rows[1], &out->sequence_count, err) ||
        !read_list(document, &tables, arena, &rows[2], &out->table_count, err))
        return false;
    out->migrations = rows[0];
    out->sequences = rows[1];
    out->tables = rows[2];
    return true;
}

static bool read_document(const json_t *document, struct arena *arena, struct manifest *out,
                          struct error *err)
{
    struct json_place place = json_place_root(MANIFEST_FILE);
    const char *form;
    if (!json_get_text(document, "backup", &place, &form, err))
        return false;
    if (strcmp(form, "heng-backup-1") != 0)
        return error_set(err, ERROR_CONFLICT, MANIFEST_FILE,
                         "this program reads backups of the form heng-backup-1, found %s: use a "
                         "newer program",
                         form);
    return copy_text(document, "program", &place, arena, &out->program, err) &&
           copy_text(document, "made_at", &place, arena, &out->made_at, err) &&
           copy_text(document, "server", &place, arena, &out->server, err) &&
           copy_text(document, "database", &place, arena, &out->database, err) &&
           copy_text(document, "identity", &place, arena, &out->identity, err) &&
           copy_text(document, "audit_head", &place, arena, &out->audit_head, err) &&
           json_get_integer(document, "database_bytes", &place, 0, INT64_MAX, &out->database_bytes,
                            err) &&
           read_lists(document, arena, out, err);
}

/* "<hex>  manifest.json" is the last line of SHA256SUMS. */
static bool is_named(const char *sums, const char *document, size_t size)
{
    unsigned char hash[DIGEST_SIZE];
    char line[DIGEST_HEX_SIZE + sizeof MANIFEST_FILE + 3];
    char hex[DIGEST_HEX_SIZE];
    digest_of(DIGEST_SHA256, document, size, hash);
    text_hex(hash, DIGEST_SIZE, hex);
    const char *parts[] = {hex, "  ", MANIFEST_FILE, "\n", NULL};
    size_t whole = strlen(sums);
    return text_join(line, sizeof line, parts) && whole >= strlen(line) &&
           strcmp(sums + whole - strlen(line), line) == 0;
}

/* One of the two files; without it the folder is no whole backup. */
static bool read_file(const char *folder, const char *name, char **out, size_t *size,
                      struct error *err)
{
    char path[PLACE_PATH_SIZE];
    if (!place_join(folder, name, path, err))
        return false;
    if (place_read(path, MANIFEST_BYTES_CAP, out, size, err))
        return true;
    return err->kind != ERROR_NOT_FOUND
               ? false
               : error_set(err, ERROR_CHECK, folder,
                           "expected a whole backup, found no %s: not a backup, or one that was "
                           "cut off",
                           name);
}

bool manifest_fetch(const char *folder, struct arena *arena, struct manifest *out,
                    struct error *err)
{
    char *sums = NULL;
    char *bytes = NULL;
    size_t sums_size = 0;
    size_t size = 0;
    json_t *document = NULL;
    *out = (struct manifest){.program = NULL};
    bool good = read_file(folder, MANIFEST_SUMS, &sums, &sums_size, err) &&
                read_file(folder, MANIFEST_FILE, &bytes, &size, err) &&
                ((strlen(sums) == sums_size && is_named(sums, bytes, size)) ||
                 error_set(err, ERROR_CHECK, folder,
                           "the bytes of %s are not those that %s names: the backup is broken",
                           MANIFEST_FILE, MANIFEST_SUMS)) &&
                json_read(bytes, size, MANIFEST_FILE, &document, err) &&
                read_document(document, arena, out, err);
    json_decref(document);
    free(bytes);
    free(sums);
    return good;
}
