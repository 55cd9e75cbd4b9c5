/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of files. Standard input has lines "MAPPING<tab>FILE"; for each one line is printed:
 *
 *   ok ROWS REJECTS: LINE REASON; LINE REASON …
 *   KIND MESSAGE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/record/row.h"
#include "etl/source/file.h"
#include "models/models.h"

enum { LINE_SIZE = 4096, ARENA_CAP = 64 * 1024 * 1024, SHOWN_REJECTS = 8 };

struct run {
    struct arena arena;
    struct mapping *mapping;
    struct source *source;
    struct converter *converter;
    struct row_reader *reader;
};

static bool open_all(struct run *run, const char *mapping, const char *path, struct error *err)
{
    static const struct value_lists lists = {NULL, NULL};
    char *bytes;
    size_t size;
    size_t count;
    if (!file_read(mapping, MAPPING_BYTES_CAP, &run->arena, &bytes, &size, err) ||
        !mapping_read(bytes, size, mapping, &run->arena, &run->mapping, err) ||
        !source_open(path, &run->mapping->form, &run->arena, &run->source, err) ||
        !converter_new(source_encoding(run->source), &run->converter, err))
        return false;
    const struct text *names = source_columns(run->source, &count);
    return mapping_bind(run->mapping, names, count, &run->arena, path, err) &&
           row_reader_new(run->mapping, run->converter, &lists, "2026-01-01 00:00:00+08:00", 480,
                          &run->reader, err);
}

static void close_all(struct run *run)
{
    row_reader_free(run->reader);
    converter_free(run->converter);
    source_close(run->source);
    arena_reset(&run->arena);
}

/* Every row is written as it would be sent to the database, every reject as it would be kept. */
static bool read_all(struct run *run, char shown[LINE_SIZE], struct error *err)
{
    struct source_record record;
    bool end = false;
    int64_t rows = 0;
    int64_t rejects = 0;
    int64_t line_before = 0;
    size_t used = 0;
    char list[LINE_SIZE / 2] = "";
    while (source_next(run->source, &record, &end, err)) {
        struct row row;
        struct reject reject;
        struct bytes out = {0};
        if (end) {
            snprintf(shown, LINE_SIZE, "ok %lld %lld%s%s", (long long)rows, (long long)rejects,
                     used ? ": " : "", list);
            return true;
        }
        if (record.line <= line_before)
            abort();
        line_before = record.line;
        rows++;
        if (row_read(run->reader, &record, &row, &reject)) {
            row_write(run->reader, &row, 0, 1, &out);
        } else {
            row_raw(run->reader, &record, &out);
            if (!text_valid_utf8((struct text){out.data ? out.data : "", out.size}))
                abort();
            if (rejects++ < SHOWN_REJECTS)
                used +=
                    (size_t)snprintf(list + used, sizeof list - used, "%s%lld %s", used ? "; " : "",
                                     (long long)record.line, reject_code(reject.reason));
        }
        bytes_free(&out);
    }
    return false;
}

static void print_outcome(const char *mapping, const char *path)
{
    struct run run = {0};
    struct error err;
    char shown[LINE_SIZE];
    arena_init(&run.arena, ARENA_CAP);
    if (open_all(&run, mapping, path, &err) && read_all(&run, shown, &err))
        printf("%s\n", shown);
    else
        printf("%s %s\n", error_meaning_of(err.kind)->name, err.message);
    close_all(&run);
}

int main(void)
{
    char line[LINE_SIZE];
    models_init();
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab)
            return 2;
        *tab = '\0';
        print_outcome(line, tab + 1);
    }
    return 0;
}
