/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV in each encoding, plain, gzip or zip; the first byte chooses. */
#include "models/models.h"
#include "tests/fuzz/etl/input_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum encoding encodings[] = {ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16};
    struct source_form form = {.format = SOURCE_CSV, .delimiter = ',', .header_first = 1};
    models_init();
    form.encoding = encodings[size > 0 ? data[0] % 3 : 0];
    form.header_last = size > 0 && data[0] % 5 == 0 ? 2 : 1;
    input_read_source(data, size, &form);
    return 0;
}
