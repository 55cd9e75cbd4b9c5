/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "etl/source/encoding.h"

enum { LIST_SIZE = 300 };

struct archive {
    const char *path;
    zip_t *zip;
    struct converter *converter; /* for names that are not UTF-8 */
};

struct archive_entry {
    const char *path;
    zip_file_t *file;
    int64_t read;
    int64_t packed;
    int64_t size;
};

bool archive_is_zip(const char *bytes, size_t size)
{
    return size >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0);
}

bool archive_is_packed(const char *bytes, size_t size)
{
    static const char *const marks[] = {"\x1F\x8B",   "Rar!\x1A",    "7z\xBC\xAF\x27\x1C",
                                        "BZh91AY&SY", "\xFD\x37zXZ", "\x28\xB5\x2F\xFD"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t mark = strlen(marks[i]);
        if (size >= mark && memcmp(bytes, marks[i], mark) == 0)
            return true;
    }
    return archive_is_zip(bytes, size);
}

bool archive_check_ratio(int64_t content, int64_t packed, const char *path, struct error *err)
{
    if (content > ARCHIVE_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, path,
                         "at most %lld bytes may come out of an archive, found more",
                         (long long)ARCHIVE_BYTES_CAP);
    if (content > ARCHIVE_RATIO_FLOOR && content / ARCHIVE_RATIO_CAP > packed)
        return error_set(err, ERROR_LIMIT, path,
                         "content may be at most %d times as large as its packed form, found %lld "
                         "bytes out of %lld",
                         ARCHIVE_RATIO_CAP, (long long)content, (long long)packed);
    return true;
}

static bool zip_problem(int code, const char *path, struct error *err)
{
    zip_error_t problem;
    zip_error_init_with_code(&problem, code);
    error_set(err, ERROR_INPUT, path, "cannot be read as a zip archive: %s",
              zip_error_strerror(&problem));
    zip_error_fini(&problem);
    return false;
}

static bool open_zip(struct archive *archive, int file, struct error *err)
{
    int copy = fcntl(file, F_DUPFD_CLOEXEC, 0);
    int code = 0;
    if (copy < 0)
        return error_errno(err, archive->path, "cannot open", errno);
    if (lseek(copy, 0, SEEK_SET) != 0) {
        int reason = errno;
        close(copy);
        return error_errno(err, archive->path, "cannot rewind", reason);
    }
    archive->zip = zip_fdopen(copy, 0, &code);
    if (!archive->zip) {
        close(copy);
        return zip_problem(code, archive->path, err);
    }
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    return count <= ARCHIVE_ENTRIES_CAP ||
           error_set(err, ERROR_LIMIT, archive->path,
                     "an archive may have at most %d entries, found %lld", ARCHIVE_ENTRIES_CAP,
                     (long long)count);
}

bool archive_open(int file, const char *path, struct archive **out, struct error *err)
{
    struct archive *archive = calloc(1, sizeof *archive);
    if (!archive)
        return error_memory(err);
    archive->path = path;
    if (!open_zip(archive, file, err) ||
        !converter_new(ENCODING_GB18030, &archive->converter, err)) {
        archive_close(archive);
        return false;
    }
    *out = archive;
    return true;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    if (archive->zip)
        zip_discard(archive->zip);
    converter_free(archive->converter);
    free(archive);
}

/* The name of an entry as UTF-8 in out (NUL terminated); "" when it is no text or too long. */
static void name_of(const struct archive *archive, zip_uint64_t number,
                    char out[2 * ARCHIVE_NAME_CAP + 1])
{
    const char *name = zip_get_name(archive->zip, number, ZIP_FL_ENC_RAW);
    struct text raw = text_of(name ? name : "");
    struct text text = raw;
    out[0] = '\0';
    if (raw.size > ARCHIVE_NAME_CAP)
        return;
    if (!text_valid_utf8(raw) && !converter_apply(archive->converter, raw, out, &text))
        text.size = 0;
    memmove(out, text.data, text.size);
    out[text.size] = '\0';
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool same_name(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

int64_t archive_find(const struct archive *archive, const char *name)
{
    char found[2 * ARCHIVE_NAME_CAP + 1];
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        name_of(archive, (zip_uint64_t)i, found);
        if (same_name(found, name))
            return i;
    }
    return -1;
}

/* Folders, and what macOS adds to an archive. */
static bool is_data(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    return base[0] && base[0] != '.' && strncmp(name, "__MACOSX/", 9) != 0;
}

static int64_t find_only(const struct archive *archive, size_t *count, char list[LIST_SIZE])
{
    char name[2 * ARCHIVE_NAME_CAP + 1];
    int64_t found = -1;
    size_t used = 0;
    *count = 0;
    list[0] = '\0';
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive->zip, 0); i++) {
        name_of(archive, (zip_uint64_t)i, name);
        if (name[0] && !is_data(name))
            continue;
        found = i;
        (*count)++;
        size_t size = strlen(name);
        if (used + size + sizeof ", …" < LIST_SIZE)
            used += (size_t)snprintf(list + used, LIST_SIZE - used, "%s%s", used ? ", " : "", name);
    }
    return found;
}

bool archive_find_data(const struct archive *archive, const char *name, int64_t *out,
                       struct error *err)
{
    char list[LIST_SIZE];
    size_t count;
    int64_t only = find_only(archive, &count, list);
    if (archive_find(archive, "[Content_Types].xml") >= 0)
        return error_set(err, ERROR_INPUT, archive->path,
                         "expected data of the mapping's format, found an Office document; for an "
                         "Excel workbook the format is \"xlsx\"");
    *out = name ? archive_find(archive, name) : only;
    if (name && *out < 0)
        return error_set(err, ERROR_INPUT, archive->path,
                         "the archive has no member \"%.200s\"; it has: %s", name, list);
    if (!name && count != 1)
        return error_set(err, ERROR_INPUT, archive->path,
                         "expected an archive with one file, or a \"member\" in the mapping; found "
                         "%zu files%s%s",
                         count, count ? ": " : "", list);
    return true;
}

bool archive_entry_open(struct archive *archive, int64_t number, struct archive_entry **out,
                        struct error *err)
{
    char name[2 * ARCHIVE_NAME_CAP + 1];
    zip_stat_t about;
    name_of(archive, (zip_uint64_t)number, name);
    if (zip_stat_index(archive->zip, (zip_uint64_t)number, 0, &about) != 0)
        return error_set(err, ERROR_INPUT, archive->path, "cannot read \"%.200s\": %s", name,
                         zip_strerror(archive->zip));
    if (about.encryption_method != ZIP_EM_NONE)
        return error_set(err, ERROR_INPUT, archive->path,
                         "\"%.200s\" is encrypted; expected an archive without a password", name);
    struct archive_entry *entry = calloc(1, sizeof *entry);
    if (!entry)
        return error_memory(err);
    *entry = (struct archive_entry){.path = archive->path,
                                    .packed = (int64_t)(about.comp_size & INT64_MAX),
                                    .size = (int64_t)(about.size & INT64_MAX)};
    entry->file = zip_fopen_index(archive->zip, (zip_uint64_t)number, 0);
    if (!entry->file) {
        free(entry);
        return error_set(err, ERROR_INPUT, archive->path, "cannot read \"%.200s\": %s", name,
                         zip_strerror(archive->zip));
    }
    *out = entry;
    return true;
}

void archive_entry_close(struct archive_entry *entry)
{
    if (!entry)
        return;
    zip_fclose(entry->file);
    free(entry);
}

bool archive_entry_read(struct archive_entry *entry, char *buffer, size_t capacity, size_t *size,
                        struct error *err)
{
    zip_int64_t got = zip_fread(entry->file, buffer, capacity);
    if (got < 0)
        return error_set(err, ERROR_INPUT, entry->path, "cannot decompress: %s",
                         zip_file_strerror(entry->file));
    entry->read += got;
    *size = (size_t)got;
    return archive_check_ratio(entry->read, entry->packed, entry->path, err);
}

void archive_entry_position(const struct archive_entry *entry, int64_t *read, int64_t *all)
{
    *read = entry->read;
    *all = entry->size;
}
