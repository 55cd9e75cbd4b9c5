/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_merge.h"

#include <string.h>

#include "etl/source/record.h"
#include "etl/source/xlsx_part.h"

enum { SHEET_COLUMNS = 16384, SHEET_ROWS = 1048576 };

struct reader {
    struct xlsx_merges *merges;
    int64_t row_last;
};

bool xlsx_merge_reference(struct text reference, int *column, int64_t *row)
{
    size_t at = 0;
    *column = 0;
    *row = 0;
    for (; at < reference.size && reference.data[at] >= 'A' && reference.data[at] <= 'Z'; at++) {
        *column = 26 * *column + (reference.data[at] - 'A' + 1);
        if (*column > SHEET_COLUMNS)
            return false;
    }
    for (; at < reference.size && reference.data[at] >= '0' && reference.data[at] <= '9'; at++) {
        *row = 10 * *row + (reference.data[at] - '0');
        if (*row > SHEET_ROWS)
            return false;
    }
    (*column)--;
    return at == reference.size && *column >= 0;
}

static bool read_area(const char *reference, struct xlsx_area *area)
{
    const char *colon = reference ? strchr(reference, ':') : NULL;
    if (!colon)
        return false;
    *area = (struct xlsx_area){0};
    return xlsx_merge_reference((struct text){reference, (size_t)(colon - reference)},
                                &area->column_first, &area->row_first) &&
           xlsx_merge_reference(text_of(colon + 1), &area->column_last, &area->row_last) &&
           area->row_first > 0 && area->row_first <= area->row_last &&
           area->column_first <= area->column_last;
}

static void on_start(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct reader *r = reader;
    struct xlsx_area area;
    if (strcmp(name, "mergeCell") != 0)
        return;
    const char *reference = xml_attribute(attributes, "ref");
    if (!read_area(reference, &area)) {
        xml_fail(xml, ERROR_INPUT, "expected merged cells such as A1:B2, found \"%.40s\"",
                 reference ? reference : "");
        return;
    }
    if (area.row_first > r->row_last)
        return;
    if (r->merges->count == XLSX_MERGES_CAP)
        xml_fail(xml, ERROR_LIMIT, "a header may touch at most %d merged areas, found more",
                 XLSX_MERGES_CAP);
    else
        r->merges->areas[r->merges->count++] = area;
}

bool xlsx_merge_read(struct archive *archive, const char *path, int64_t entry, const char *part,
                     int64_t row_last, struct arena *arena, struct xlsx_merges *merges,
                     struct error *err)
{
    static const struct xml_events events = {.start = on_start};
    struct reader reader = {merges, row_last};
    merges->count = 0;
    merges->areas = arena_array(arena, XLSX_MERGES_CAP, sizeof *merges->areas);
    if (!merges->areas)
        return arena_error(arena, err);
    return xlsx_part_read(archive, path, entry, part, &events, &reader, err);
}

static bool keep_text(struct xlsx_area *area, struct text text, struct arena *arena,
                      struct error *err)
{
    char *copy = arena_copy(arena, text.data, text.size);
    if (!copy)
        return arena_error(arena, err);
    area->text = (struct text){copy, text.size};
    return true;
}

bool xlsx_merge_fill(struct xlsx_merges *merges, int64_t row, struct text *fields, size_t *width,
                     struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < merges->count; i++) {
        struct xlsx_area *area = &merges->areas[i];
        if (row < area->row_first || row > area->row_last ||
            area->column_first >= SOURCE_COLUMNS_CAP)
            continue;
        if (row == area->row_first && !keep_text(area, fields[area->column_first], arena, err))
            return false;
        for (int c = area->column_first; c <= area->column_last && c < SOURCE_COLUMNS_CAP; c++) {
            if (fields[c].size > 0 || area->text.size == 0)
                continue;
            fields[c] = area->text;
            if (*width < (size_t)c + 1)
                *width = (size_t)c + 1;
        }
    }
    return true;
}
