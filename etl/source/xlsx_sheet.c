/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/source/xlsx_merge.h"

enum { PROBLEM_SIZE = 160 };

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOLEAN, CELL_DATE };

struct cell {
    int column;
    enum cell_type type;
    int64_t style;
    size_t start; /* of its text in the row's */
    bool formula;
    bool value;   /* a value element was there */
    bool reading; /* inside <v> or the <t> of an inline string */
    bool in_inline;
    int phonetic;
};

struct xlsx_sheet {
    const struct xlsx_book *book;
    struct archive_entry *entry;
    struct xml_input input;
    struct xml *xml;
    bool in_data;
    bool in_row;
    bool in_cell;
    int columns; /* from the dimension of the sheet */
    int64_t blank_to;
    int64_t row;
    int last_column;
    size_t width;
    size_t shared_size; /* bytes of the row's shared strings */
    struct cell cell;
    char *text; /* of the row, without shared strings */
    size_t size;
    char problem[PROBLEM_SIZE];
    struct text fields[SOURCE_COLUMNS_CAP];
};

static void set_problem(struct xlsx_sheet *sheet, const char *what, const char *found)
{
    char name[4] = "";
    int size = 0;
    if (sheet->problem[0])
        return;
    for (int c = sheet->cell.column + 1; c > 0 && size < 3; c = (c - 1) / 26) {
        memmove(name + 1, name, (size_t)size);
        name[0] = (char)('A' + (c - 1) % 26);
        size++;
    }
    snprintf(sheet->problem, sizeof sheet->problem, "cell %s%lld: %s%.40s", name,
             (long long)sheet->row, what, found);
}

static bool to_integer(const char *value, int64_t *out)
{
    return value && text_to_i64(text_of(value), out);
}

static void begin_row(struct xml *xml, struct xlsx_sheet *sheet, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    int64_t row = sheet->row + 1;
    /* Whoever asks for blank rows may write to any field of them. */
    size_t written = sheet->row <= sheet->blank_to ? SOURCE_COLUMNS_CAP : sheet->width;
    sheet->in_row = true;
    if (number && !to_integer(number, &row))
        xml_fail(xml, ERROR_INPUT, "expected the number of a row, found \"%.40s\"", number);
    else if (row <= sheet->row)
        xml_fail(xml, ERROR_INPUT, "row %lld behind row %lld", (long long)row,
                 (long long)sheet->row);
    else if (row > XLSX_ROWS_CAP)
        xml_fail(xml, ERROR_LIMIT, "a sheet has at most %d rows, found row %lld", XLSX_ROWS_CAP,
                 (long long)row);
    sheet->row = row;
    sheet->last_column = -1;
    sheet->size = 0;
    sheet->shared_size = 0;
    sheet->problem[0] = '\0';
    for (size_t i = 0; i < written; i++)
        sheet->fields[i] = TEXT_LITERAL("");
    sheet->width = 0;
}

static enum cell_type type_of(const char *type)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED},  {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT},
                 {"b", CELL_BOOLEAN}, {"e", CELL_TEXT},   {"d", CELL_DATE},
                 {"n", CELL_NUMBER}};
    for (size_t i = 0; type && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    }
    return CELL_NUMBER;
}

static void begin_cell(struct xlsx_sheet *sheet, const char **attributes)
{
    const char *reference = NULL;
    const char *type = NULL;
    struct cell *cell = &sheet->cell;
    int64_t ignored;
    *cell = (struct cell){.column = sheet->last_column + 1, .start = sheet->size};
    sheet->in_cell = true;
    for (; attributes[0]; attributes += 2) {
        if (strcmp(attributes[0], "r") == 0)
            reference = attributes[1];
        else if (strcmp(attributes[0], "t") == 0)
            type = attributes[1];
        else if (strcmp(attributes[0], "s") == 0 && !to_integer(attributes[1], &cell->style))
            cell->style = -1;
    }
    cell->type = type_of(type);
    if (reference && !xlsx_merge_reference(text_of(reference), &cell->column, &ignored)) {
        cell->column = sheet->last_column + 1;
        set_problem(sheet, "a reference that is none: ", reference);
    }
    if (cell->column <= sheet->last_column)
        set_problem(sheet, "cells out of order", "");
    sheet->last_column = cell->column;
}

static void on_start(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct xlsx_sheet *sheet = reader;
    struct cell *cell = &sheet->cell;
    if (sheet->in_cell) {
        if (strcmp(name, "v") == 0)
            cell->value = cell->reading = true;
        else if (strcmp(name, "f") == 0)
            cell->formula = true;
        else if (strcmp(name, "is") == 0)
            cell->value = cell->in_inline = true;
        else if (strcmp(name, "t") == 0)
            cell->reading = cell->in_inline && cell->phonetic == 0;
        else if (strcmp(name, "rPh") == 0)
            cell->phonetic++;
    } else if (sheet->in_row) {
        if (strcmp(name, "c") == 0)
            begin_cell(sheet, attributes);
    } else if (sheet->in_data) {
        if (strcmp(name, "row") == 0)
            begin_row(xml, sheet, attributes);
    } else if (strcmp(name, "sheetData") == 0) {
        sheet->in_data = true;
    } else if (strcmp(name, "dimension") == 0) {
        const char *reference = xml_attribute(attributes, "ref");
        const char *colon = reference ? strchr(reference, ':') : NULL;
        int64_t ignored;
        if (colon && xlsx_merge_reference(text_of(colon + 1), &sheet->columns, &ignored))
            sheet->columns++;
    }
}

static void on_text(struct xml *xml, void *reader, const char *data, size_t size)
{
    struct xlsx_sheet *sheet = reader;
    (void)xml;
    if (!sheet->in_cell || !sheet->cell.reading)
        return;
    if (sheet->size + size > SOURCE_RECORD_CAP) {
        set_problem(sheet, "a row of more than 1 MiB", "");
        return;
    }
    memcpy(sheet->text + sheet->size, data, size);
    sheet->size += size;
}

/* Takes back the cell's raw text and puts another one in its place. */
static struct text replace_text(struct xlsx_sheet *sheet, struct text value)
{
    if (sheet->cell.start + value.size > SOURCE_RECORD_CAP) {
        set_problem(sheet, "a row of more than 1 MiB", "");
        return TEXT_LITERAL("");
    }
    char *start = sheet->text + sheet->cell.start;
    memmove(start, value.data, value.size);
    sheet->size = sheet->cell.start + value.size;
    return (struct text){start, value.size};
}

static struct text shared_text(struct xlsx_sheet *sheet, struct text raw)
{
    struct text value = TEXT_LITERAL("");
    int64_t number = -1;
    if (!text_to_i64(text_trim(raw), &number) ||
        !xlsx_strings_at(&sheet->book->strings, number, &value)) {
        char found[32];
        snprintf(found, sizeof found, "%.*s", (int)(raw.size < 20 ? raw.size : 20), raw.data);
        set_problem(sheet, "there is no shared string ", found);
    }
    sheet->size = sheet->cell.start;
    sheet->shared_size += value.size;
    if (sheet->shared_size > SOURCE_RECORD_CAP)
        set_problem(sheet, "a row of more than 1 MiB", "");
    return value;
}

static struct text number_text(struct xlsx_sheet *sheet, struct text raw)
{
    char room[DECIMAL_TEXT_SIZE];
    struct text value = TEXT_LITERAL("");
    enum xlsx_format format = xlsx_styles_format(&sheet->book->styles, sheet->cell.style);
    struct text trimmed = text_trim(raw);
    if (trimmed.size > 0 &&
        !xlsx_format_text(trimmed, format, sheet->book->parts.date1904, room, &value)) {
        char found[32];
        snprintf(found, sizeof found, "%.*s", (int)(raw.size < 20 ? raw.size : 20), raw.data);
        set_problem(sheet, "a number cell without a number: ", found);
    }
    return replace_text(sheet, value);
}

/* 2021-03-05T10:20:30Z without T, zone and midnight. */
static struct text date_text(struct xlsx_sheet *sheet, struct text raw)
{
    enum { DATE_SIZE = 10, MOMENT_SIZE = 19 };
    char room[MOMENT_SIZE];
    struct text value = text_trim(raw);
    if (value.size < MOMENT_SIZE || value.data[DATE_SIZE] != 'T')
        return replace_text(sheet, value);
    memcpy(room, value.data, MOMENT_SIZE);
    room[DATE_SIZE] = ' ';
    bool midnight = memcmp(room + DATE_SIZE, " 00:00:00", MOMENT_SIZE - DATE_SIZE) == 0;
    return replace_text(sheet, (struct text){room, midnight ? DATE_SIZE : MOMENT_SIZE});
}

static struct text cell_text(struct xlsx_sheet *sheet)
{
    const struct cell *cell = &sheet->cell;
    struct text raw = {sheet->text + cell->start, sheet->size - cell->start};
    /* An empty text is a result, an empty number is not. */
    if (cell->formula && (!cell->value || (cell->type == CELL_NUMBER && raw.size == 0)))
        set_problem(sheet, "a formula that was never computed", "");
    if (!cell->value)
        return TEXT_LITERAL("");
    switch (cell->type) {
    case CELL_SHARED:
        return shared_text(sheet, raw);
    case CELL_BOOLEAN:
        return replace_text(sheet, text_is(text_trim(raw), "1")   ? TEXT_LITERAL("TRUE")
                                   : text_is(text_trim(raw), "0") ? TEXT_LITERAL("FALSE")
                                                                  : raw);
    case CELL_DATE:
        return date_text(sheet, raw);
    case CELL_NUMBER:
        if (!cell->in_inline)
            return number_text(sheet, raw);
        break;
    case CELL_TEXT:
        break;
    }
    sheet->size = cell->start + xlsx_strings_unescape(sheet->text + cell->start, raw.size);
    return (struct text){raw.data, sheet->size - cell->start};
}

static void end_cell(struct xlsx_sheet *sheet)
{
    struct text value = cell_text(sheet);
    int column = sheet->cell.column;
    sheet->in_cell = false;
    if (value.size == 0)
        return;
    if (column >= SOURCE_COLUMNS_CAP) {
        set_problem(sheet, "more columns than a record may have", "");
        return;
    }
    sheet->fields[column] = value;
    if (sheet->width < (size_t)column + 1)
        sheet->width = (size_t)column + 1;
}

static void on_end(struct xml *xml, void *reader, const char *name)
{
    struct xlsx_sheet *sheet = reader;
    if (sheet->in_cell) {
        if (strcmp(name, "c") == 0)
            end_cell(sheet);
        else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
            sheet->cell.reading = false;
        else if (strcmp(name, "rPh") == 0)
            sheet->cell.phonetic--;
    } else if (sheet->in_row && strcmp(name, "row") == 0) {
        sheet->in_row = false;
        if (sheet->width > 0 || sheet->problem[0] || sheet->row <= sheet->blank_to)
            xml_pause(xml);
    } else if (strcmp(name, "sheetData") == 0) {
        sheet->in_data = false;
    }
}

static bool start(struct xlsx_sheet *sheet, struct error *err)
{
    static const struct xml_events events = {on_start, on_end, on_text};
    const struct xlsx_book *book = sheet->book;
    sheet->text = malloc(SOURCE_RECORD_CAP);
    if (!sheet->text)
        return error_memory(err);
    if (!archive_entry_open(book->archive, book->parts.sheet, &sheet->entry, err))
        return false;
    sheet->input = (struct xml_input){.read = xlsx_part_input,
                                      .context = sheet->entry,
                                      .path = book->path,
                                      .part = book->parts.sheet_part};
    return xml_open(&sheet->input, &events, sheet, &sheet->xml, err);
}

bool xlsx_sheet_open(const struct xlsx_book *book, struct xlsx_sheet **out, struct error *err)
{
    struct xlsx_sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet)
        return error_memory(err);
    sheet->book = book;
    for (size_t i = 0; i < SOURCE_COLUMNS_CAP; i++)
        sheet->fields[i] = TEXT_LITERAL("");
    if (!start(sheet, err)) {
        xlsx_sheet_close(sheet);
        return false;
    }
    *out = sheet;
    return true;
}

void xlsx_sheet_close(struct xlsx_sheet *sheet)
{
    if (!sheet)
        return;
    xml_close(sheet->xml);
    archive_entry_close(sheet->entry);
    free(sheet->text);
    free(sheet);
}

bool xlsx_sheet_next(struct xlsx_sheet *sheet, int64_t blank_to, struct xlsx_row *row, bool *end,
                     struct error *err)
{
    sheet->blank_to = blank_to;
    if (!xml_run(sheet->xml, end, err))
        return false;
    *row = (struct xlsx_row){
        .fields = sheet->fields,
        .width = sheet->width,
        .number = sheet->row,
        .problem = sheet->problem[0] ? sheet->problem : NULL,
    };
    return true;
}

int xlsx_sheet_columns(const struct xlsx_sheet *sheet)
{
    return sheet->columns;
}

void xlsx_sheet_position(const struct xlsx_sheet *sheet, int64_t *read, int64_t *all)
{
    archive_entry_position(sheet->entry, read, all);
}
