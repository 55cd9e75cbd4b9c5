/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements of XML, with paths inside and outside of the record. */
#include "models/models.h"
#include "tests/fuzz/etl/input_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text columns[] = {TEXT_LITERAL("no"),   TEXT_LITERAL("@a"),
                                   TEXT_LITERAL("x/y"),  TEXT_LITERAL("x/@z"),
                                   TEXT_LITERAL("/l/t"), TEXT_LITERAL("/l/@t")};
    struct source_form form = {.format = SOURCE_XML,
                               .encoding =
                                   size > 0 && data[0] == 0xFF ? ENCODING_UTF16 : ENCODING_UTF8,
                               .record_path = "l/r",
                               .columns = columns,
                               .column_count = sizeof columns / sizeof columns[0]};
    models_init();
    input_read_source(data, size, &form);
    return 0;
}
