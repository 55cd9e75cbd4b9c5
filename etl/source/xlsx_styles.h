/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the styles of a workbook make of numbers: one format for each cell style. */
#ifndef HENG_ETL_SOURCE_XLSX_STYLES_H
#define HENG_ETL_SOURCE_XLSX_STYLES_H

#include "etl/source/archive.h"
#include "etl/source/xlsx_format.h"
#include "models/core/arena.h"

enum { XLSX_STYLES_CAP = 65536, XLSX_FORMATS_CAP = 4096 };

struct xlsx_styles {
    unsigned char *formats; /* enum xlsx_format of each style */
    size_t count;
};

/* entry -1: a workbook without styles. The list lives in the arena. */
ERROR_CHECKED bool xlsx_styles_read(struct archive *archive, const char *path, int64_t entry,
                                    struct arena *arena, struct xlsx_styles *styles,
                                    struct error *err);

/* XLSX_NUMBER for a style that is not there. */
enum xlsx_format xlsx_styles_format(const struct xlsx_styles *styles, int64_t style);

#endif
