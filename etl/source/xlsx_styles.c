/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_styles.h"

#include <string.h>

#include "etl/source/xlsx_part.h"

struct custom {
    int64_t number;
    enum xlsx_format format;
};

struct reader {
    struct xlsx_styles *styles;
    struct custom customs[XLSX_FORMATS_CAP];
    size_t custom_count;
    bool in_cells; /* <cellXfs> */
};

static int64_t number_of(const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    int64_t number = 0;
    return value && text_to_i64(text_of(value), &number) ? number : 0;
}

static void add_custom(struct xml *xml, struct reader *r, const char **attributes)
{
    const char *code = xml_attribute(attributes, "formatCode");
    if (r->custom_count == XLSX_FORMATS_CAP) {
        xml_fail(xml, ERROR_LIMIT, "at most %d number formats, found more", XLSX_FORMATS_CAP);
        return;
    }
    r->customs[r->custom_count++] =
        (struct custom){number_of(attributes, "numFmtId"), xlsx_format_of_code(code ? code : "")};
}

/* A workbook may give a built-in number a code of its own. */
static enum xlsx_format format_of(const struct reader *r, int64_t number)
{
    for (size_t i = 0; i < r->custom_count; i++) {
        if (r->customs[i].number == number)
            return r->customs[i].format;
    }
    return xlsx_format_of_number(number);
}

static void on_start(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct reader *r = reader;
    if (strcmp(name, "numFmt") == 0) {
        add_custom(xml, r, attributes);
    } else if (strcmp(name, "cellXfs") == 0) {
        r->in_cells = true;
    } else if (strcmp(name, "xf") == 0 && r->in_cells) {
        if (r->styles->count == XLSX_STYLES_CAP)
            xml_fail(xml, ERROR_LIMIT, "at most %d cell styles, found more", XLSX_STYLES_CAP);
        else
            r->styles->formats[r->styles->count++] =
                (unsigned char)format_of(r, number_of(attributes, "numFmtId"));
    }
}

static void on_end(struct xml *xml, void *reader, const char *name)
{
    struct reader *r = reader;
    (void)xml;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cells = false;
}

bool xlsx_styles_read(struct archive *archive, const char *path, int64_t entry, struct arena *arena,
                      struct xlsx_styles *styles, struct error *err)
{
    static const struct xml_events events = {.start = on_start, .end = on_end};
    *styles = (struct xlsx_styles){0};
    if (entry < 0)
        return true;
    struct reader *reader = arena_alloc(arena, sizeof *reader);
    styles->formats = arena_alloc(arena, XLSX_STYLES_CAP);
    if (!reader || !styles->formats)
        return arena_error(arena, err);
    reader->styles = styles;
    return xlsx_part_read(archive, path, entry, "styles", &events, reader, err);
}

enum xlsx_format xlsx_styles_format(const struct xlsx_styles *styles, int64_t style)
{
    return style >= 0 && (uint64_t)style < styles->count ? (enum xlsx_format)styles->formats[style]
                                                         : XLSX_NUMBER;
}
