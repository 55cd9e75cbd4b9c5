/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/catalog_store.h"

#include <string.h>

#include "etl/record/bytes.h"
#include "models/catalog/catalog.h"
#include "models/codes/industry.h"
#include "models/codes/region.h"
#include "models/core/digest.h"

enum { CATALOG_ARENA_CAP = 8 * 1024 * 1024 };

/* Stages the rows and merges them. */
static bool store(struct db *db, const char *stage, const char *copy, const char *merge,
                  const struct bytes *rows, struct error *err)
{
    if (!bytes_ok(rows))
        return error_memory(err);
    return db_run(db, stage, NULL, 0, 0, NULL, NULL, err) && db_copy_open(db, copy, err) &&
           db_copy_put(db, rows->data, rows->size, err) && db_copy_close(db, NULL, err) &&
           db_run(db, merge, NULL, 0, 0, NULL, NULL, err);
}

static void write_optional(struct bytes *rows, const char *value)
{
    if (value[0])
        bytes_column_text(rows, text_of(value));
    else
        bytes_column_null(rows);
}

static void write_day(struct bytes *rows, day value)
{
    char text[DAY_TEXT_SIZE];
    write_optional(rows, day_format(value, text));
}

static void write_region(struct bytes *rows, const struct region *region)
{
    size_t start = rows->size;
    unsigned char hash[DIGEST_SIZE];
    char hex[2 * 16 + 1];
    bytes_column_text(rows, text_of(region->code));
    write_day(rows, region->valid_from);
    write_day(rows, region->valid_to == DAY_LAST ? DAY_NONE : region->valid_to);
    bytes_column_text(rows, text_of(region->name));
    bytes_column_text(rows, text_of(region_kind_name(region->kind)));
    write_optional(rows, region->parent);
    if (!bytes_ok(rows))
        return;
    digest_of(DIGEST_SHA256, rows->data + start, rows->size - start, hash);
    text_hex(hash, 16, hex);
    bytes_column_text(rows, text_of(hex));
    bytes_end_row(rows);
}

static bool store_regions(struct db *db, struct arena *arena, struct error *err)
{
    const struct catalog_document *document = catalog_find("region/chongqing.json");
    struct region_list list;
    struct bytes rows = {0};
    if (!region_read(document->data, document->size, document->name, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        write_region(&rows, &list.regions[i]);
    bool ok = store(db, "catalog/region_stage.sql", "catalog/region_copy.sql", "catalog/region.sql",
                    &rows, err);
    bytes_free(&rows);
    return ok;
}

/* Codes are stored without their section letter; a section is its letter. */
static const char *stored_code(const char *code)
{
    return strlen(code) > 1 ? code + 1 : code;
}

static void write_industry(struct bytes *rows, const struct industry *industry)
{
    bytes_column_text(rows, text_of(stored_code(industry->code)));
    bytes_column_text(rows, (struct text){&industry->section, 1});
    bytes_column_integer(rows, industry->level);
    write_optional(rows, stored_code(industry->parent));
    bytes_column_text(rows, text_of(industry->name));
    bytes_end_row(rows);
}

static bool store_industries(struct db *db, struct arena *arena, struct error *err)
{
    const struct catalog_document *document = catalog_find("industry/gbt4754_2017.csv");
    struct industry_list list;
    struct bytes rows = {0};
    if (!industry_read(document->data, document->size, document->name, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        write_industry(&rows, &list.rows[i]);
    bool ok = store(db, "catalog/industry_stage.sql", "catalog/industry_copy.sql",
                    "catalog/industry.sql", &rows, err);
    bytes_free(&rows);
    return ok;
}

bool catalog_store_all(struct db *db, struct error *err)
{
    struct arena arena;
    arena_init(&arena, CATALOG_ARENA_CAP);
    bool ok = store_regions(db, &arena, err) && store_industries(db, &arena, err);
    arena_reset(&arena);
    return ok;
}
