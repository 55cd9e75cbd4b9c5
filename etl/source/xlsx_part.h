/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an Excel workbook: which entries of the archive hold what, and reading one as XML.
 */
#ifndef HENG_ETL_SOURCE_XLSX_PART_H
#define HENG_ETL_SOURCE_XLSX_PART_H

#include "etl/source/archive.h"
#include "etl/source/xml.h"
#include "models/core/arena.h"

enum {
    XLSX_RELATIONS_CAP = 4096,
    XLSX_SHEETS_CAP = 1024,
    XLSX_ARENA_CAP = 8 * 1024 * 1024 /* names and formats of a workbook */
};

/* Entries by number, -1 if the workbook has none. */
struct xlsx_parts {
    int64_t sheet;
    int64_t strings;
    int64_t styles;
    const char *sheet_part; /* name of the entry */
    bool date1904;
};

/* Finds the parts by content types and relations. sheet: its name; NULL: by position from 1. What
 * is found lives in the arena. */
ERROR_CHECKED bool xlsx_part_find(struct archive *archive, const char *path, const char *sheet,
                                  int position, struct arena *arena, struct xlsx_parts *parts,
                                  struct error *err);

/* For struct xml_input: context is a struct archive_entry. */
bool xlsx_part_input(void *context, char *buffer, size_t capacity, size_t *size, struct error *err);

/* The whole part through the events. */
ERROR_CHECKED bool xlsx_part_read(struct archive *archive, const char *path, int64_t entry,
                                  const char *part, const struct xml_events *events, void *reader,
                                  struct error *err);

#endif
