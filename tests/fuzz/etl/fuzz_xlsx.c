/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook as it is, and the bytes as each of its parts: a fuzzer seldom makes a good archive. */
#include <string.h>
#include <zip.h>

#include "models/models.h"
#include "tests/fuzz/etl/input_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name;
    const char *text;
} parts[] = {
    {"[Content_Types].xml",
     "<Types><Override PartName=\"/w.xml\" ContentType=\"x.sheet.main+xml\"/></Types>"},
    {"_rels/.rels",
     "<Relationships><Relationship Id=\"1\" Type=\"/officeDocument\" Target=\"w.xml\"/>"
     "</Relationships>"},
    {"w.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"1\"/></sheets></workbook>"},
    {"_rels/w.xml.rels",
     "<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"s.xml\"/>"
     "<Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"t.xml\"/>"
     "<Relationship Id=\"3\" Type=\"/styles\" Target=\"y.xml\"/></Relationships>"},
    {"s.xml",
     "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>45000.5</v></c></row>"
     "<row><c t=\"inlineStr\"><is><t>b</t></is></c></row></sheetData></worksheet>"},
    {"t.xml", "<sst><si><t>a</t></si></sst>"},
    {"y.xml", "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts>"
              "<cellXfs><xf/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"},
};

enum { PARTS = sizeof parts / sizeof parts[0] };

/* A workbook whose part number `changed` is the input. */
static void pack(size_t changed, const uint8_t *data, size_t size)
{
    int code = 0;
    const char *path = input_write(data, 0);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!zip)
        abort();
    for (size_t i = 0; i < PARTS; i++) {
        bool own = i == changed;
        zip_source_t *source = zip_source_buffer(zip, own ? (const void *)data : parts[i].text,
                                                 own ? size : strlen(parts[i].text), 0);
        zip_int64_t number = zip_file_add(zip, parts[i].name, source, 0);
        if (number < 0 || zip_set_file_compression(zip, (zip_uint64_t)number, ZIP_CM_STORE, 0) != 0)
            abort();
    }
    if (zip_close(zip) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source_form form = {
        .format = SOURCE_XLSX, .sheet_position = 1, .header_first = 1, .header_last = 2};
    models_init();
    if (size >= 4 && memcmp(data, "PK\3\4", 4) == 0) {
        input_read_source(data, size, &form);
        return 0;
    }
    pack(size > 0 ? data[size - 1] % PARTS : 4, data, size);
    input_read_packed(&form);
    return 0;
}
