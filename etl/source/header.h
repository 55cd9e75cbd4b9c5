/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a file whose columns have names there. Used by source.c only. */
#ifndef HENG_ETL_SOURCE_HEADER_H
#define HENG_ETL_SOURCE_HEADER_H

#include "etl/source/source.h"

/* Reads the records up to the last line of the header and names the columns; the first record at or
 * behind its first line is the header's first. raw: its lines as they stand in the file. */
ERROR_CHECKED bool header_read(struct source *source, const struct source_form *form,
                               struct arena *arena, struct text **names, size_t *count,
                               struct text *raw, struct error *err);

#endif
