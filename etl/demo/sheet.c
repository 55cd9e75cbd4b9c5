/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/sheet.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LINE_SIZE = SHEET_CELLS * (2 * SHEET_CELL_SIZE + 4), PATH_SIZE = PATH_MAX };

struct sheet {
    const struct sheet_form *form;
    struct sheet_tally tally;
    FILE *plain; /* one of these two is open */
    gzFile compressed;
    iconv_t converter; /* NULL for UTF-8 */
    bool failed;
    struct error failure;
    char path[PATH_SIZE];
    char line[LINE_SIZE];
    char converted[LINE_SIZE];
};

static bool open_file(struct sheet *sheet, struct error *err)
{
    errno = 0;
    if (sheet->form->gzip)
        sheet->compressed = gzopen(sheet->path, "wb6");
    else
        sheet->plain = fopen(sheet->path, "wb");
    if (!sheet->plain && !sheet->compressed)
        return error_errno(err, sheet->path, "cannot create the file", errno ? errno : ENOMEM);
    return true;
}

static void fail(struct sheet *sheet, const char *what, int errno_value)
{
    if (!sheet->failed)
        (void)error_errno(&sheet->failure, sheet->path, what, errno_value);
    sheet->failed = true;
}

static void write_bytes(struct sheet *sheet, const char *bytes, size_t size)
{
    errno = 0;
    bool written = sheet->compressed
                       ? gzwrite(sheet->compressed, bytes, (unsigned)size) == (int)size
                       : fwrite(bytes, 1, size, sheet->plain) == size;
    if (!written)
        fail(sheet, "cannot write", errno ? errno : EIO);
}

/* Puts size bytes of UTF-8 into the file in its encoding. */
static void write_text(struct sheet *sheet, char *text, size_t size)
{
    if (sheet->form->encoding != SHEET_GB18030) {
        write_bytes(sheet, text, size);
        return;
    }
    char *to = sheet->converted;
    size_t room = sizeof sheet->converted;
    if (iconv(sheet->converter, &text, &size, &to, &room) == (size_t)-1) {
        fail(sheet, "cannot convert to GB18030", errno);
        return;
    }
    write_bytes(sheet, sheet->converted, sizeof sheet->converted - room);
}

static char *push_cell(char *to, const char *cell)
{
    bool quoted = strpbrk(cell, ",\"\r\n") != NULL;
    if (quoted)
        *to++ = '"';
    for (; *cell; cell++) {
        if (*cell == '"')
            *to++ = '"';
        *to++ = *cell;
    }
    if (quoted)
        *to++ = '"';
    return to;
}

static void write_row(struct sheet *sheet, const struct sheet_row *row)
{
    char *to = sheet->line;
    for (size_t i = 0; sheet->form->header[i]; i++) {
        assert((size_t)(to - sheet->line) + 2 * SHEET_CELL_SIZE + 3 <= LINE_SIZE);
        if (i > 0)
            *to++ = ',';
        to = push_cell(to, row->cell[i]);
    }
    *to++ = '\r';
    *to++ = '\n';
    if (!sheet->failed)
        write_text(sheet, sheet->line, (size_t)(to - sheet->line));
}

static void write_header(struct sheet *sheet)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct sheet_row row;
    for (int i = 0; sheet->form->header[i]; i++)
        sheet_put(&row, i, "%s", sheet->form->header[i]);
    if (sheet->form->encoding == SHEET_UTF8_BOM)
        write_bytes(sheet, byte_order_mark, sizeof byte_order_mark - 1);
    write_row(sheet, &row);
}

static void open_converter(struct sheet *sheet)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    if ((intptr_t)converter == -1)
        fail(sheet, "the system cannot convert to GB18030", errno);
    else
        sheet->converter = converter;
}

bool sheet_open(const struct sheet_form *form, const char *directory, struct sheet **out,
                struct error *err)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet)
        return error_memory(err);
    sheet->form = form;
    int length = snprintf(sheet->path, sizeof sheet->path, "%s/%s", directory, form->file);
    bool opened = length > 0 && length < PATH_SIZE
                      ? open_file(sheet, err)
                      : error_errno(err, directory, "cannot create a file in it", ENAMETOOLONG);
    if (opened && form->encoding == SHEET_GB18030)
        open_converter(sheet);
    if (!opened) {
        free(sheet);
        return false;
    }
    if (!sheet->failed)
        write_header(sheet);
    *out = sheet;
    return true;
}

const struct sheet_form *sheet_form(const struct sheet *sheet)
{
    return sheet->form;
}

const struct sheet_tally *sheet_tally(const struct sheet *sheet)
{
    return &sheet->tally;
}

void sheet_accept(struct sheet *sheet, const struct sheet_row *row, enum sheet_outcome outcome)
{
    sheet->tally.rows++;
    sheet->tally.outcomes[outcome]++;
    write_row(sheet, row);
}

void sheet_refuse(struct sheet *sheet, const struct sheet_row *row, enum sheet_reject reason)
{
    sheet->tally.rows++;
    sheet->tally.rejects[reason]++;
    write_row(sheet, row);
}

bool sheet_check(const struct sheet *sheet, struct error *err)
{
    if (sheet->failed && err)
        *err = sheet->failure;
    return !sheet->failed;
}

bool sheet_close(struct sheet *sheet, struct error *err)
{
    errno = 0;
    if (sheet->compressed && gzclose(sheet->compressed) != Z_OK)
        fail(sheet, "cannot finish the file", errno ? errno : EIO);
    if (sheet->plain && fclose(sheet->plain) != 0)
        fail(sheet, "cannot finish the file", errno);
    if (sheet->converter)
        iconv_close(sheet->converter);
    bool good = sheet_check(sheet, err);
    free(sheet);
    return good;
}

void sheet_put(struct sheet_row *row, int cell, const char *format, ...)
{
    assert(cell >= 0 && cell < SHEET_CELLS);
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(row->cell[cell], SHEET_CELL_SIZE, format, arguments);
    va_end(arguments);
    assert(length >= 0 && length < SHEET_CELL_SIZE);
    (void)length;
}

void sheet_put_day(struct sheet_row *row, int cell, day value)
{
    char text[DAY_TEXT_SIZE];
    sheet_put(row, cell, "%s", value == DAY_LAST ? "长期" : day_format(value, text));
}

void sheet_put_wan_yuan(struct sheet_row *row, int cell, int64_t yuan)
{
    sheet_put(row, cell, "%lld.%04lld", (long long)(yuan / 10000), (long long)(yuan % 10000));
    char *text = row->cell[cell];
    size_t size = strlen(text);
    while (text[size - 1] == '0')
        size--;
    if (text[size - 1] == '.')
        size--;
    text[size] = '\0';
}
