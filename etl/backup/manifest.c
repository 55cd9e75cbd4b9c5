/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/json.h"

static const char FORM[] = "heng-backup-1";

int64_t manifest_rows(const struct manifest *manifest)
{
    int64_t rows = 0;
    for (int i = 0; i < manifest->table_count; i++)
        rows += manifest->tables[i].rows;
    return rows;
}

int64_t manifest_bytes(const struct manifest *manifest)
{
    int64_t bytes = 0;
    for (int i = 0; i < manifest->table_count; i++)
        bytes += manifest->tables[i].bytes;
    return bytes;
}

int manifest_version(const struct manifest *manifest)
{
    int version = 0;
    for (int i = 0; i < manifest->migration_count; i++) {
        if (manifest->migrations[i].version > version)
            version = manifest->migrations[i].version;
    }
    return version;
}

bool manifest_path(const char *folder, const struct manifest_table *table, char *out,
                   struct error *err)
{
    char name[MANIFEST_NAME_SIZE + sizeof ".copy.gz"];
    snprintf(name, sizeof name, "%.*s.copy.gz", MANIFEST_NAME_SIZE, table->name);
    return place_join(folder, name, out, err);
}

static json_t *migrations_of(const struct manifest *manifest)
{
    json_t *list = json_array();
    for (int i = 0; i < manifest->migration_count; i++) {
        const struct migrate_step *row = &manifest->migrations[i];
        json_array_append_new(list, json_pack("{s:i, s:s, s:s}", "version", row->version, "name",
                                              row->name, "sha256", row->sha256));
    }
    return list;
}

static json_t *sequences_of(const struct manifest *manifest)
{
    json_t *list = json_array();
    for (int i = 0; i < manifest->sequence_count; i++) {
        const struct manifest_sequence *row = &manifest->sequences[i];
        json_array_append_new(
            list, json_pack("{s:s, s:I}", "name", row->name, "last", (json_int_t)row->last));
    }
    return list;
}

static json_t *tables_of(const struct manifest *manifest)
{
    json_t *list = json_array();
    for (int i = 0; i < manifest->table_count; i++) {
        const struct manifest_table *row = &manifest->tables[i];
        char checksum[DIGEST_HEX_SIZE];
        text_hex(row->checksum, DIGEST_SIZE, checksum);
        json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:s}", "name", row->name, "rows",
                                              (json_int_t)row->rows, "bytes",
                                              (json_int_t)row->bytes, "checksum", checksum));
    }
    return list;
}

/* The document's text, from malloc(). A list that lost a row for want of memory is found when the
 * backup is checked, before it gets its name. */
static char *document_of(const struct manifest *manifest)
{
    json_t *document =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:o, s:o, s:o}", "backup", FORM,
                  "program", manifest->program, "made_at", manifest->made_at, "server",
                  manifest->server, "database", manifest->database, "identity", manifest->identity,
                  "database_bytes", (json_int_t)manifest->database_bytes, "audit_head",
                  manifest->audit_head, "migrations", migrations_of(manifest), "sequences",
                  sequences_of(manifest), "tables", tables_of(manifest));
    char *text = document ? json_dumps(document, JSON_INDENT(1)) : NULL;
    json_decref(document);
    return text;
}

/* What SHA256SUMS must be; from malloc(). */
static char *sums_of(const struct manifest *manifest, const unsigned char document[DIGEST_SIZE])
{
    char *text = NULL;
    size_t size = 0;
    char hex[DIGEST_HEX_SIZE];
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    for (int i = 0; i < manifest->table_count; i++) {
        text_hex(manifest->tables[i].sha256, DIGEST_SIZE, hex);
        fprintf(stream, "%s  %s.copy.gz\n", hex, manifest->tables[i].name);
    }
    text_hex(document, DIGEST_SIZE, hex);
    fprintf(stream, "%s  %s\n", hex, MANIFEST_FILE);
    if (fclose(stream) == 0)
        return text;
    free(text);
    return NULL;
}

static bool write_file(const char *folder, const char *name, const char *text, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    return place_join(folder, name, path, err) && place_write(path, text, strlen(text), err);
}

bool manifest_store(const struct manifest *manifest, const char *folder, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    char *document = document_of(manifest);
    if (!document)
        return error_memory(err);
    digest_of(DIGEST_SHA256, document, strlen(document), hash);
    char *sums = sums_of(manifest, hash);
    bool good = (sums || error_memory(err)) && write_file(folder, MANIFEST_FILE, document, err) &&
                write_file(folder, MANIFEST_SUMS, sums, err);
    free(sums);
    free(document);
    return good;
}

/* The name on the first line that differs. */
static bool differ(const char *folder, const char *expected, const char *found, struct error *err)
{
    const char *line = expected;
    for (size_t i = 0; expected[i] && expected[i] == found[i]; i++) {
        if (expected[i] == '\n')
            line = expected + i + 1;
    }
    size_t size = strcspn(line, "\n");
    size_t head = size > DIGEST_HEX_SIZE ? DIGEST_HEX_SIZE + 1 : size;
    return error_set(err, ERROR_CHECK, folder,
                     "%s does not name the bytes of %.*s: the backup is broken", MANIFEST_SUMS,
                     size > head ? (int)(size - head) : (int)sizeof "its end" - 1,
                     size > head ? line + head : "its end");
}

static bool compare(const struct manifest *manifest, const char *folder, const char *document,
                    size_t size, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    unsigned char hash[DIGEST_SIZE];
    char *found = NULL;
    digest_of(DIGEST_SHA256, document, size, hash);
    char *expected = sums_of(manifest, hash);
    if (!expected)
        return error_memory(err);
    bool good = place_join(folder, MANIFEST_SUMS, path, err) &&
                place_read(path, MANIFEST_BYTES_CAP, &found, &size, err);
    if (good)
        good = (strlen(found) == size && strcmp(found, expected) == 0) ||
               differ(folder, expected, found, err);
    free(found);
    free(expected);
    return good;
}

bool manifest_compare(const struct manifest *manifest, const char *folder, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    char *document = NULL;
    size_t size = 0;
    if (!place_join(folder, MANIFEST_FILE, path, err) ||
        !place_read(path, MANIFEST_BYTES_CAP, &document, &size, err))
        return false;
    bool good = compare(manifest, folder, document, size, err);
    free(document);
    return good;
}
