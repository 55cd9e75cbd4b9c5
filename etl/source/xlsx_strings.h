/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shared strings of a workbook, the one thing in it that is held in memory: runs of rich text
 * joined, phonetic guides left out, _xHHHH_ read as the character it stands for.
 */
#ifndef HENG_ETL_SOURCE_XLSX_STRINGS_H
#define HENG_ETL_SOURCE_XLSX_STRINGS_H

#include "etl/source/archive.h"
#include "models/core/text.h"

enum { XLSX_STRINGS_CAP = 16 * 1024 * 1024, XLSX_STRING_BYTES_CAP = 256 * 1024 * 1024 };

struct xlsx_strings {
    char *data;
    size_t size;
    size_t room;
    uint32_t *ends; /* behind each string */
    size_t count;
    size_t count_room;
};

/* entry -1: a workbook without shared strings. part names it in errors. */
ERROR_CHECKED bool xlsx_strings_read(struct archive *archive, const char *path, int64_t entry,
                                     struct xlsx_strings *strings, struct error *err);
void xlsx_strings_free(struct xlsx_strings *strings);

/* False when there is no such string. */
bool xlsx_strings_at(const struct xlsx_strings *strings, int64_t number, struct text *out);

/* Reads _xHHHH_ in place; returns the new size. */
size_t xlsx_strings_unescape(char *data, size_t size);

#endif
