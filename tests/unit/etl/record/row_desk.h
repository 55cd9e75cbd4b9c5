/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mapping bound to one header and rows put together column by column, for the tests of rows. */
#ifndef HENG_TESTS_ROW_DESK_H
#define HENG_TESTS_ROW_DESK_H

#include <stdio.h>
#include <string.h>

#include "etl/record/row.h"
#include "models/codes/uscc.h"
#include "models/models.h"

enum { ARENA_CAP = 1024 * 1024, COLUMNS = 10 };

/* One mapping bound to one header, and the last row. */
struct desk {
    struct arena arena;
    struct mapping *mapping;
    struct converter *converter;
    struct codelist none;
    struct row_reader *reader;
    struct text fields[COLUMNS];
    struct source_record record;
    struct row row;
    struct reject reject;
};

#define HEAD(kind)                                                                                 \
    "{\"mapping\": \"heng-mapping-1\", \"source\": \"checks\", \"kind\": \"" kind                  \
    "\", \"title\": {\"zh\": \"\", \"en\": \"\"}, \"jurisdiction\": \"CN-50\","                    \
    " \"encoding\": \"utf-8\","

/* Columns: code, address, day, result, key, year, phone, note. */
static const char *const header[] = {"code",   "regno", "district", "address", "day",
                                     "result", "key",   "year",     "phone",   "note"};
enum { CODE, REGNO, DISTRICT, ADDRESS, DAY_COLUMN, RESULT, KEY, YEAR, PHONE, NOTE };

static const char inspection[] =
    HEAD("inspection") "\"key\": [\"key\", \"year\"],"
                       " \"subject\": [{\"scheme\": \"uscc\", \"column\": \"code\"},"
                       "  {\"scheme\": \"regno\", \"column\": \"regno\", \"clean\": [\"upper\"]},"
                       "  {\"scheme\": \"place\", \"columns\": [\"district\", \"address\"]}],"
                       " \"drop\": [\"phone\"],"
                       " \"fields\": {\"occurred_on\": {\"column\": \"day\"},"
                       "  \"outcome\": {\"column\": \"result\"},"
                       "  \"notice_no\": {\"column\": \"note\"}}}";

static char credit_code[USCC_SIZE];

static inline void desk_open(struct desk *desk, const char *document)
{
    struct value_lists lists = {&desk->none, &desk->none};
    struct error err;
    struct text names[COLUMNS];
    *desk = (struct desk){.mapping = NULL};
    arena_init(&desk->arena, ARENA_CAP);
    for (size_t i = 0; i < COLUMNS; i++) {
        names[i] = text_of(header[i]);
        desk->fields[i] = TEXT_LITERAL("");
    }
    if (!mapping_read(document, strlen(document), "document", &desk->arena, &desk->mapping, &err) ||
        !mapping_bind(desk->mapping, names, COLUMNS, &desk->arena, "f.csv", &err) ||
        !converter_new(desk->mapping->form.encoding, &desk->converter, &err) ||
        !row_reader_new(desk->mapping, desk->converter, &lists, "2026-07-01 08:00:00+08:00", 480,
                        &desk->reader, &err))
        fail_msg("%s", err.message);
}

static inline void desk_close(struct desk *desk)
{
    row_reader_free(desk->reader);
    converter_free(desk->converter);
    arena_reset(&desk->arena);
}

static inline void put(struct desk *desk, int column, const char *value)
{
    desk->fields[column] = text_of(value);
}

static inline void open_inspection(struct desk *desk)
{
    desk_open(desk, inspection);
    put(desk, CODE, credit_code);
    put(desk, DAY_COLUMN, "2026-03-05");
    put(desk, RESULT, "passed");
    put(desk, KEY, "A-1");
    put(desk, YEAR, "2");
    put(desk, PHONE, "13800000000");
}

static inline bool read_row(struct desk *desk)
{
    desk->record = (struct source_record){
        .fields = desk->fields, .count = COLUMNS, .raw = TEXT_LITERAL("raw line"), .line = 7};
    return row_read(desk->reader, &desk->record, &desk->row, &desk->reject);
}

static inline void accept(struct desk *desk)
{
    if (!read_row(desk))
        fail_msg("%s: %s", desk->reject.field, desk->reject.message);
}

static inline void refuse(struct desk *desk, enum reject_reason reason, const char *field)
{
    assert_false(read_row(desk));
    assert_int_equal(desk->reject.reason, reason);
    assert_string_equal(desk->reject.field, field);
}

static inline void expect_text(struct text found, const char *expected)
{
    if (!text_is(found, expected))
        fail_msg("expected \"%s\", found \"%.*s\"", expected, (int)found.size, found.data);
}

static inline void expect_raw(struct desk *desk, const char *expected)
{
    struct bytes raw = {0};
    row_raw(desk->reader, &desk->record, &raw);
    assert_true(bytes_ok(&raw));
    expect_text((struct text){raw.data, raw.size}, expected);
    bytes_free(&raw);
}

static inline int set_up(void **state)
{
    (void)state;
    models_init();
    return !uscc_compose("91500000DEM000000", credit_code);
}

#endif
