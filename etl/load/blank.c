/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/blank.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/record/row.h"

enum { ARENA_CAP = 16 * 1024 * 1024, FLUSH_BYTES = 256 * 1024 };

/* Everything that one copy needs. */
struct copying {
    struct arena arena;
    struct mapping *mapping;
    struct source *source;
    struct converter *converter;
    struct codelist none;
    struct row_reader *reader;
    struct bytes out;
    const char *to;
    int file;
    gzFile packed;
};

static bool open_from(struct copying *copy, const struct blank_mapping *mapping, const char *from,
                      struct error *err)
{
    const struct value_lists lists = {&copy->none, &copy->none};
    size_t count;
    if (!mapping_read(mapping->bytes, mapping->size, mapping->name, &copy->arena, &copy->mapping,
                      err) ||
        !source_open(from, &copy->mapping->form, &copy->arena, &copy->source, err) ||
        !converter_new(source_encoding(copy->source), &copy->converter, err))
        return false;
    const struct text *names = source_columns(copy->source, &count);
    return mapping_bind(copy->mapping, names, count, &copy->arena, from, err) &&
           row_reader_new(copy->mapping, copy->converter, &lists, "", 0, &copy->reader, err);
}

static bool open_to(struct copying *copy, struct error *err)
{
    copy->file = open(copy->to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (copy->file < 0)
        return error_errno(err, copy->to, "cannot make the copy", errno);
    int second = fcntl(copy->file, F_DUPFD_CLOEXEC, 0);
    copy->packed = second >= 0 ? gzdopen(second, "wb") : NULL;
    if (!copy->packed && second >= 0)
        close(second);
    return copy->packed || error_memory(err);
}

static bool flush(struct copying *copy, size_t least, struct error *err)
{
    if (!bytes_ok(&copy->out))
        return error_memory(err);
    if (copy->out.size < least)
        return true;
    bool good =
        gzwrite(copy->packed, copy->out.data, (unsigned)copy->out.size) == (int)copy->out.size;
    bytes_reset(&copy->out);
    return good || error_errno(err, copy->to, "cannot write the copy", errno);
}

static void write_header(struct copying *copy)
{
    size_t count;
    const struct text *names = source_columns(copy->source, &count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_append(&copy->out, ",", 1);
        row_cell(&copy->out, ',', names[i]);
    }
    bytes_append(&copy->out, "\n", 1);
}

static bool write_records(struct copying *copy, struct error *err)
{
    struct source_record record;
    bool end = false;
    write_header(copy);
    while (source_next(copy->source, &record, &end, err)) {
        if (end)
            return flush(copy, 1, err);
        row_raw(copy->reader, &record, &copy->out);
        bytes_append(&copy->out, "\n", 1);
        if (!flush(copy, FLUSH_BYTES, err))
            return false;
    }
    return false;
}

static bool close_to(struct copying *copy, struct error *err)
{
    gzFile packed = copy->packed;
    copy->packed = NULL;
    return (gzclose(packed) == Z_OK && fsync(copy->file) == 0) ||
           error_errno(err, copy->to, "cannot write the copy", errno);
}

static void close_all(struct copying *copy)
{
    if (copy->packed)
        gzclose(copy->packed);
    if (copy->file >= 0)
        close(copy->file);
    bytes_free(&copy->out);
    row_reader_free(copy->reader);
    converter_free(copy->converter);
    source_close(copy->source);
    arena_reset(&copy->arena);
}

bool blank_copy(const struct blank_mapping *mapping, const char *from, const char *to,
                struct error *err)
{
    struct copying copy = {.to = to, .file = -1};
    arena_init(&copy.arena, ARENA_CAP);
    bool good = open_from(&copy, mapping, from, err) && open_to(&copy, err) &&
                write_records(&copy, err) && close_to(&copy, err);
    close_all(&copy);
    return good;
}
