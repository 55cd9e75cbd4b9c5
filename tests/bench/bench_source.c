/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each reader of files against the least that any reader of the format must do with the same bytes,
 * in the same run:
 *
 *   csv          csv_next() on the same file: what the one interface costs (goal 1.1)
 *   xlsx         inflating the sheet and passing it through expat without looking (goal 2.5);
 *                openpyxl in its read-only mode, where Debian's python3 has it
 *   jsonl, json  jansson parsing each element, whole and already split (goal 2.5)
 *   xml          passing the document through expat without looking (goal 2.5)
 *
 * usage: bench_source [rows]   (default 200,000 of 12 columns)
 * Prints seconds of processor time, the best of three, and ratios; exits 1 above a goal.
 */
#include <expat.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

#include "etl/source/csv.h"
#include "etl/source/source.h"
#include "models/models.h"

enum { COLUMNS = 12, ROUNDS = 3, PATH_SIZE = 128, ARENA_CAP = 16 * 1024 * 1024 };

static char folder[] = "/tmp/heng-bench-XXXXXX";
static size_t rows = 200000;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static const char *path_of(const char *name)
{
    static char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void die(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* Columns 0 to 5 are texts, 6 to 9 numbers, 10 and 11 days (serial numbers in a sheet). */
static int cell(char *out, size_t room, size_t row, int column, bool sheet)
{
    if (column < 6)
        return snprintf(out, room, "重庆市第%zu号%c", row * 7 % 50000 + (size_t)column,
                        'A' + column);
    if (column < 10)
        return snprintf(out, room, "%zu.%d", row * 31 % 1000000, column);
    return sheet ? snprintf(out, room, "%zu", 40000 + row % 5000)
                 : snprintf(out, room, "20%02zu-0%d-15", row % 26, column - 8);
}

static void write_csv(FILE *file)
{
    char value[96];
    for (int c = 0; c < COLUMNS; c++)
        fprintf(file, "%sc%d", c ? "," : "", c);
    for (size_t r = 0; r < rows; r++) {
        for (int c = 0; c < COLUMNS; c++) {
            cell(value, sizeof value, r, c, false);
            fprintf(file, "%s%s", c ? "," : "\n", value);
        }
    }
}

static void write_object(FILE *file, size_t row)
{
    char value[96];
    for (int c = 0; c < COLUMNS; c++) {
        cell(value, sizeof value, row, c, false);
        fprintf(file, c >= 6 && c < 10 ? "%s\"c%d\":%s" : "%s\"c%d\":\"%s\"", c ? "," : "{", c,
                value);
    }
    fputc('}', file);
}

static void write_lines(FILE *file)
{
    for (size_t r = 0; r < rows; r++) {
        write_object(file, r);
        fputc('\n', file);
    }
}

static void write_array(FILE *file)
{
    for (size_t r = 0; r < rows; r++) {
        fputc(r ? ',' : '[', file);
        write_object(file, r);
    }
    fputc(']', file);
}

static void write_xml(FILE *file)
{
    char value[96];
    fputs("<l>", file);
    for (size_t r = 0; r < rows; r++) {
        fputs("<r>", file);
        for (int c = 0; c < COLUMNS; c++) {
            cell(value, sizeof value, r, c, false);
            fprintf(file, "<c%d>%s</c%d>", c, value, c);
        }
        fputs("</r>\n", file);
    }
    fputs("</l>", file);
}

/* Texts are shared by number: 50,000 of each of the six columns. */
static void write_sheet(FILE *file)
{
    char value[96];
    fputs(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        "<row r=\"1\">",
        file);
    for (int c = 0; c < COLUMNS; c++)
        fprintf(file, "<c r=\"%c1\" t=\"inlineStr\"><is><t>c%d</t></is></c>", 'A' + c, c);
    for (size_t r = 0; r < rows; r++) {
        fprintf(file, "</row><row r=\"%zu\" spans=\"1:12\">", r + 2);
        for (int c = 0; c < COLUMNS; c++) {
            if (c < 6) {
                fprintf(file, "<c r=\"%c%zu\" s=\"0\" t=\"s\"><v>%zu</v></c>", 'A' + c, r + 2,
                        (r * 7 % 50000) * 6 + (size_t)c);
                continue;
            }
            cell(value, sizeof value, r, c, true);
            fprintf(file, "<c r=\"%c%zu\" s=\"%d\"><v>%s</v></c>", 'A' + c, r + 2, c >= 10, value);
        }
    }
    fputs("</row></sheetData></worksheet>", file);
}

static void write_strings(FILE *file)
{
    fputs("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">", file);
    for (size_t i = 0; i < 50000; i++) {
        for (int c = 0; c < 6; c++)
            fprintf(file, "<si><t>重庆市第%zu号%c</t></si>", i + (size_t)c, 'A' + c);
    }
    fputs("</sst>", file);
}

static void write_file(const char *name, void (*write)(FILE *file))
{
    FILE *file = fopen(path_of(name), "wb");
    if (!file)
        die("cannot write");
    write(file);
    if (fclose(file) != 0)
        die("cannot write");
}

static void add_part(zip_t *zip, const char *name, const char *text, const char *file)
{
    zip_source_t *source = text ? zip_source_buffer(zip, text, strlen(text), 0)
                                : zip_source_file(zip, path_of(file), 0, -1);
    if (zip_file_add(zip, name, source, 0) < 0)
        die("cannot pack");
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

static void write_book(void)
{
    static const char types[] =
        "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" ContentType="
        "\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
        "officedocument.spreadsheetml.sheet.main+xml\"/>"
        "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-"
        "officedocument.spreadsheetml.sharedStrings+xml\"/></Types>";
    static const char roots[] =
        "<Relationships xmlns=\"" PACKAGE
        "/relationships\">" RELATION("a", "officeDocument", "xl/workbook.xml") "</Relationships>";
    static const char book[] = "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                               "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets>"
                               "</workbook>";
    static const char relations[] =
        "<Relationships xmlns=\"" PACKAGE "/relationships\">" RELATION("a", "worksheet", "s.xml")
            RELATION("b", "sharedStrings", "sharedStrings.xml")
                RELATION("c", "styles", "styles.xml") "</Relationships>";
    static const char styles[] = "<styleSheet xmlns=\"" MAIN "\"><fonts><font/></fonts><fills>"
                                 "<fill><patternFill patternType=\"none\"/></fill>"
                                 "</fills><borders><border/></borders><cellStyleXfs><xf/>"
                                 "</cellStyleXfs><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>"
                                 "</styleSheet>";
    int code = 0;
    write_file("sheet.xml", write_sheet);
    write_file("strings.xml", write_strings);
    zip_t *zip = zip_open(path_of("book.xlsx"), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!zip)
        die("cannot pack");
    add_part(zip, "[Content_Types].xml", types, NULL);
    add_part(zip, "_rels/.rels", roots, NULL);
    add_part(zip, "xl/workbook.xml", book, NULL);
    add_part(zip, "xl/_rels/workbook.xml.rels", relations, NULL);
    add_part(zip, "xl/styles.xml", styles, NULL);
    add_part(zip, "xl/s.xml", NULL, "sheet.xml");
    add_part(zip, "xl/sharedStrings.xml", NULL, "strings.xml");
    if (zip_close(zip) != 0)
        die("cannot pack");
}

static size_t read_source(const char *name, const struct source_form *form)
{
    struct arena arena;
    struct source *source;
    struct source_record record;
    struct error err;
    bool end = false;
    size_t count = 0;
    arena_init(&arena, ARENA_CAP);
    if (!source_open(path_of(name), form, &arena, &source, &err))
        die(err.message);
    for (;;) {
        if (!source_next(source, &record, &end, &err))
            die(err.message);
        if (end)
            break;
        if (record.problem || record.count != COLUMNS)
            die("a record with a problem");
        count++;
    }
    source_close(source);
    arena_reset(&arena);
    return count;
}

static size_t ours_csv(void)
{
    const struct source_form form = {
        .format = SOURCE_CSV, .delimiter = ',', .header_first = 1, .header_last = 1};
    return read_source("a.csv", &form);
}

static size_t ours_xlsx(void)
{
    const struct source_form form = {
        .format = SOURCE_XLSX, .sheet_position = 1, .header_first = 1, .header_last = 1};
    return read_source("book.xlsx", &form);
}

static size_t ours_named(const char *name, enum source_format format)
{
    static const char *const names[COLUMNS] = {"c0", "c1", "c2", "c3", "c4",  "c5",
                                               "c6", "c7", "c8", "c9", "c10", "c11"};
    struct text columns[COLUMNS];
    for (int c = 0; c < COLUMNS; c++)
        columns[c] = text_of(names[c]);
    const struct source_form form = {.format = format,
                                     .record_path = format == SOURCE_XML ? "l/r" : NULL,
                                     .columns = columns,
                                     .column_count = COLUMNS};
    return read_source(name, &form);
}

static size_t ours_lines(void)
{
    return ours_named("a.jsonl", SOURCE_JSONL);
}

static size_t ours_array(void)
{
    return ours_named("a.json", SOURCE_JSON);
}

static size_t ours_xml(void)
{
    return ours_named("a.xml", SOURCE_XML);
}

static size_t bare_csv(void)
{
    struct stream *stream;
    struct csv *csv = NULL;
    struct source_record record;
    struct error err;
    bool end = false;
    size_t count = 0;
    if (!stream_open(path_of("a.csv"), NULL, &stream, &err) || !csv_open(stream, ',', &csv, &err))
        die(err.message);
    for (; csv_next(csv, &record, &end, &err) && !end; count++) {
    }
    csv_close(csv);
    stream_close(stream);
    return count - 1;
}

static void count_row(void *user, const XML_Char *name, const XML_Char **attributes)
{
    (void)attributes;
    *(size_t *)user += name[0] == 'r';
}

static void no_end(void *user, const XML_Char *name)
{
    (void)user;
    (void)name;
}

static void no_text(void *user, const XML_Char *data, int size)
{
    (void)user;
    (void)data;
    (void)size;
}

static size_t pass_xml(zip_file_t *packed, FILE *plain)
{
    enum { BLOCK = 64 * 1024 };
    XML_Parser parser = XML_ParserCreate(NULL);
    size_t count = 0;
    int got = 1;
    XML_SetUserData(parser, &count);
    XML_SetElementHandler(parser, count_row, no_end);
    XML_SetCharacterDataHandler(parser, no_text);
    while (got > 0) {
        void *block = XML_GetBuffer(parser, BLOCK);
        got = packed ? (int)zip_fread(packed, block, BLOCK) : (int)fread(block, 1, BLOCK, plain);
        if (XML_ParseBuffer(parser, got, got == 0) != XML_STATUS_OK)
            die("expat failed");
    }
    XML_ParserFree(parser);
    return count;
}

static size_t bare_xlsx(void)
{
    int code = 0;
    zip_t *zip = zip_open(path_of("book.xlsx"), ZIP_RDONLY, &code);
    zip_file_t *sheet = zip ? zip_fopen(zip, "xl/s.xml", 0) : NULL;
    zip_file_t *strings = zip ? zip_fopen(zip, "xl/sharedStrings.xml", 0) : NULL;
    if (!sheet || !strings)
        die("cannot open the workbook");
    size_t count = pass_xml(sheet, NULL) - 1;
    pass_xml(strings, NULL);
    zip_fclose(sheet);
    zip_fclose(strings);
    zip_discard(zip);
    return count;
}

static size_t bare_xml(void)
{
    FILE *file = fopen(path_of("a.xml"), "rb");
    if (!file)
        die("cannot open");
    size_t count = pass_xml(NULL, file);
    fclose(file);
    return count;
}

static size_t bare_json(void)
{
    char *line = NULL;
    size_t room = 0;
    size_t count = 0;
    FILE *file = fopen(path_of("a.jsonl"), "rb");
    if (!file)
        die("cannot open");
    for (ssize_t got = getline(&line, &room, file); got > 0; got = getline(&line, &room, file)) {
        json_t *object = json_loadb(line, (size_t)got, JSON_REJECT_DUPLICATES, NULL);
        count += object != NULL;
        json_decref(object);
    }
    free(line);
    fclose(file);
    return count;
}

static double best(size_t (*read)(void))
{
    double least = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double start = seconds();
        if (read() != rows)
            die("not every record was read");
        double spent = seconds() - start;
        least = spent < least ? spent : least;
    }
    return least;
}

/* Seconds of openpyxl for the same sheet, 0 where it is not installed. */
static double openpyxl(void)
{
    char command[600];
    double spent = 0;
    snprintf(command, sizeof command,
             "/usr/bin/python3 -c \"import openpyxl, time; a = time.process_time();"
             "n = sum(1 for r in openpyxl.load_workbook('%s', read_only=True).active"
             ".iter_rows(values_only=True)); print(time.process_time() - a)\" 2>/dev/null",
             path_of("book.xlsx"));
    FILE *pipe = popen(command, "r");
    char line[64] = "";
    if (pipe && fgets(line, sizeof line, pipe))
        spent = strtod(line, NULL);
    if (pipe)
        pclose(pipe);
    return spent;
}

static void clean(void)
{
    static const char *const names[] = {"a.csv",     "a.jsonl",   "a.json",     "a.xml",
                                        "sheet.xml", "book.xlsx", "strings.xml"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    rmdir(folder);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        size_t (*ours)(void);
        size_t (*bare)(void);
        double goal;
    } readers[] = {
        {"csv", ours_csv, bare_csv, 1.1},      {"xlsx", ours_xlsx, bare_xlsx, 2.5},
        {"jsonl", ours_lines, bare_json, 2.5}, {"json", ours_array, bare_json, 2.5},
        {"xml", ours_xml, bare_xml, 2.5},
    };
    int status = 0;
    models_init();
    rows = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : rows;
    if (!mkdtemp(folder))
        die("cannot make a folder");
    write_file("a.csv", write_csv);
    write_file("a.jsonl", write_lines);
    write_file("a.json", write_array);
    write_file("a.xml", write_xml);
    write_book();
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        double bare = best(readers[i].bare);
        double ours = best(readers[i].ours);
        printf("%s: %zu records, bare %.2f s, ours %.2f s, ratio %.2f (goal %.1f)\n",
               readers[i].name, rows, bare, ours, ours / bare, readers[i].goal);
        if (ours > readers[i].goal * bare)
            status = 1;
        double peer = readers[i].ours == ours_xlsx ? openpyxl() : 0;
        if (peer > 0)
            printf("xlsx: openpyxl %.2f s, ratio %.3f\n", peer, ours / peer);
    }
    clean();
    return status;
}
