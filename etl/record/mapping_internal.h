/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by mapping.c (the document), mapping_form.c (the file) and mapping_value.c (one value);
 * nobody else includes it. */
#ifndef HENG_ETL_RECORD_MAPPING_INTERNAL_H
#define HENG_ETL_RECORD_MAPPING_INTERNAL_H

#include "etl/record/mapping.h"
#include "models/core/json.h"

/* What the reading functions pass along. */
struct mapping_reader {
    struct arena *arena;
    struct error *err;
};

/* A copy in the arena; NULL after an error. */
char *mapping_keep(const struct mapping_reader *reader, const char *value);

ERROR_CHECKED bool mapping_keep_text(const struct mapping_reader *reader, const json_t *object,
                                     const char *key, const struct json_place *place,
                                     const char **out);
ERROR_CHECKED bool mapping_read_character(const struct mapping_reader *reader, const json_t *object,
                                          const char *key, const struct json_place *place,
                                          const char *allowed, char *out);
ERROR_CHECKED bool mapping_read_clean(const struct mapping_reader *reader, const json_t *object,
                                      const struct json_place *place, struct mapped_value *value);

/* The value of a field, with its constant and the targets of its value map checked. */
ERROR_CHECKED bool mapping_read_value(const struct mapping_reader *reader, const json_t *object,
                                      const struct json_place *place, const struct field *field,
                                      struct mapped_value *value);

/* What the document says of the file; and, when all is read, the columns that it names. */
ERROR_CHECKED bool mapping_read_form(const struct mapping_reader *reader, const json_t *root,
                                     const struct json_place *place, struct source_form *form);
ERROR_CHECKED bool mapping_collect_columns(const struct mapping_reader *reader,
                                           struct mapping *mapping);

#endif
