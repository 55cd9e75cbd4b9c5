/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, numbers and amounts as records have them, and the numbers of spreadsheets. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "etl/record/value.h"
#include "etl/source/xlsx_format.h"
#include "models/models.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse_field(enum field_type type, struct text raw)
{
    static char room[64 * 1024];
    const struct field field = {"field", type, false, NULL};
    const struct mapped_value mapped = {
        .used = true,
        .column = "c",
        .dates = {DATE_ISO, DATE_SLASH, DATE_COMPACT, DATE_CHINESE, DATE_MONTH_FIRST},
        .date_count = 5,
        .unit_decimals = 6,
        .separator = '|'};
    struct scratch scratch = {.data = room, .room = sizeof room};
    struct text out;
    struct reject reject;
    if (value_parse(&field, &mapped, raw, NULL, &scratch, &out, &reject))
        assert(!out.data || text_valid_utf8(out) || !text_valid_utf8(raw));
}

/* Writing a number and reading it again changes nothing. */
static void check_number(struct text raw, enum xlsx_format format, bool date1904)
{
    char room[DECIMAL_TEXT_SIZE];
    char again[DECIMAL_TEXT_SIZE];
    struct text first;
    struct text second;
    if (!xlsx_format_text(raw, format, date1904, room, &first) || format != XLSX_NUMBER)
        return;
    assert(xlsx_format_text(first, format, date1904, again, &second));
    assert(text_equal(first, second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum field_type types[] = {FIELD_DAY, FIELD_INTEGER, FIELD_MONEY,
                                            FIELD_SET, FIELD_BOOLEAN, FIELD_TEXT};
    struct text raw = {(const char *)data, size};
    models_init();
    if (size > 1000)
        return 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        parse_field(types[i], text_trim(raw));
    for (int format = XLSX_NUMBER; format <= XLSX_DURATION; format++)
        check_number(raw, (enum xlsx_format)format, size % 2 == 0);
    char *code = calloc(1, size + 1);
    if (!code)
        return 0;
    memcpy(code, data, size);
    xlsx_format_of_code(code);
    free(code);
    return 0;
}
