/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON arrays, arrays inside objects and JSON lines; the last byte chooses. */
#include "models/models.h"
#include "tests/fuzz/etl/input_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text columns[] = {TEXT_LITERAL("no"), TEXT_LITERAL("n"), TEXT_LITERAL("x.y"),
                                   TEXT_LITERAL("a.b.c")};
    static const enum encoding encodings[] = {ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16};
    unsigned choice = size > 0 ? data[size - 1] : 0;
    struct source_form form = {.format = choice % 3 == 1 ? SOURCE_JSONL : SOURCE_JSON,
                               .encoding = encodings[choice / 3 % 8 > 2 ? 0 : choice / 3 % 8],
                               .record_path = choice % 3 == 2 ? "data.rows" : NULL,
                               .columns = columns,
                               .column_count = sizeof columns / sizeof columns[0]};
    models_init();
    input_read_source(data, size, &form);
    return 0;
}
