/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_part.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "models/core/text.h"

struct relation {
    const char *id;
    const char *type;
    const char *target;
};

struct sheet {
    const char *name;
    const char *relation;
};

/* What is gathered from the small parts. */
struct finder {
    struct archive *archive;
    const char *path;
    struct arena *arena;
    struct relation relations[XLSX_RELATIONS_CAP];
    size_t relation_count;
    struct sheet sheets[XLSX_SHEETS_CAP];
    size_t sheet_count;
    bool date1904;
    const char *workbook;      /* name of the part */
    const char *workbook_type; /* what the content types say of it */
};

bool xlsx_part_input(void *context, char *buffer, size_t capacity, size_t *size, struct error *err)
{
    return archive_entry_read(context, buffer, capacity, size, err);
}

bool xlsx_part_read(struct archive *archive, const char *path, int64_t entry, const char *part,
                    const struct xml_events *events, void *reader, struct error *err)
{
    struct archive_entry *file;
    if (!archive_entry_open(archive, entry, &file, err))
        return false;
    struct xml_input input = {.read = xlsx_part_input, .context = file, .path = path, .part = part};
    bool ok = xml_read_all(&input, events, reader, err);
    archive_entry_close(file);
    return ok;
}

static const char *keep(struct xml *xml, struct finder *finder, const char *value)
{
    const char *copy = arena_copy(finder->arena, value ? value : "", value ? strlen(value) : 0);
    if (!copy)
        xml_fail(xml, ERROR_LIMIT, "the names of a workbook have at most %d bytes", XLSX_ARENA_CAP);
    return copy ? copy : "";
}

static void on_relation(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct finder *finder = reader;
    if (strcmp(name, "Relationship") != 0)
        return;
    if (finder->relation_count == XLSX_RELATIONS_CAP) {
        xml_fail(xml, ERROR_LIMIT, "at most %d relations, found more", XLSX_RELATIONS_CAP);
        return;
    }
    finder->relations[finder->relation_count++] =
        (struct relation){keep(xml, finder, xml_attribute(attributes, "Id")),
                          keep(xml, finder, xml_attribute(attributes, "Type")),
                          keep(xml, finder, xml_attribute(attributes, "Target"))};
}

/* Part names begin with '/' here; letter case does not matter. */
static void on_type(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct finder *finder = reader;
    const char *part = xml_attribute(attributes, "PartName");
    if (strcmp(name, "Override") == 0 && part && part[0] == '/' &&
        strcasecmp(part + 1, finder->workbook) == 0)
        finder->workbook_type = keep(xml, finder, xml_attribute(attributes, "ContentType"));
}

static bool is_true(const char *value)
{
    return value &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static void on_workbook(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct finder *finder = reader;
    if (strcmp(name, "workbookPr") == 0)
        finder->date1904 = is_true(xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return;
    if (finder->sheet_count == XLSX_SHEETS_CAP) {
        xml_fail(xml, ERROR_LIMIT, "at most %d sheets, found more", XLSX_SHEETS_CAP);
        return;
    }
    /* The relation's attribute is r:id; sheetId is another thing. */
    finder->sheets[finder->sheet_count++] =
        (struct sheet){keep(xml, finder, xml_attribute(attributes, "name")),
                       keep(xml, finder, xml_attribute(attributes, "id"))};
}

static bool read_part(struct finder *finder, const char *part,
                      void (*start)(struct xml *, void *, const char *, const char **),
                      struct error *err)
{
    const struct xml_events events = {.start = start};
    int64_t entry = archive_find(finder->archive, part);
    if (entry < 0)
        return error_set(err, ERROR_INPUT, finder->path,
                         "expected an .xlsx workbook, found an archive without \"%.200s\"", part);
    return xlsx_part_read(finder->archive, finder->path, entry, part, &events, finder, err);
}

static bool ends_with(const char *value, const char *end)
{
    size_t size = strlen(value);
    size_t end_size = strlen(end);
    return size >= end_size && strcmp(value + size - end_size, end) == 0;
}

static const struct relation *relation_with_id(const struct finder *finder, const char *id)
{
    for (size_t i = 0; i < finder->relation_count; i++) {
        if (strcmp(finder->relations[i].id, id) == 0)
            return &finder->relations[i];
    }
    return NULL;
}

/* The first whose type ends so: what comes before differs between editions of the format. */
static const struct relation *relation_of_type(const struct finder *finder, const char *type)
{
    for (size_t i = 0; i < finder->relation_count; i++) {
        if (ends_with(finder->relations[i].type, type))
            return &finder->relations[i];
    }
    return NULL;
}

/* A target is relative to the folder of the part that names it, or begins with '/'. */
static const char *resolve(struct finder *finder, const char *base, const char *target)
{
    char name[2 * ARCHIVE_NAME_CAP];
    const char *slash = strrchr(base, '/');
    int folder = slash ? (int)(slash - base) + 1 : 0;
    if (target[0] == '/')
        return target + 1;
    while (strncmp(target, "../", 3) == 0 && folder > 0) {
        target += 3;
        for (folder--; folder > 0 && base[folder - 1] != '/';)
            folder--;
    }
    if (strncmp(target, "./", 2) == 0)
        target += 2;
    snprintf(name, sizeof name, "%.*s%s", folder, base, target);
    for (char *c = name; *c; c++)
        *c = *c == '\\' ? '/' : *c;
    return arena_copy(finder->arena, name, strlen(name));
}

static bool find_workbook(struct finder *finder, struct error *err)
{
    if (!read_part(finder, "_rels/.rels", on_relation, err))
        return false;
    const struct relation *office = relation_of_type(finder, "/officeDocument");
    finder->workbook = office ? resolve(finder, "", office->target) : NULL;
    if (!finder->workbook)
        return error_set(err, ERROR_INPUT, finder->path,
                         "expected an .xlsx workbook, found an archive that names no document");
    finder->workbook_type = "";
    if (!read_part(finder, "[Content_Types].xml", on_type, err))
        return false;
    if (!ends_with(finder->workbook_type, ".sheet.main+xml") &&
        !ends_with(finder->workbook_type, ".sheet.macroEnabled.main+xml") &&
        !ends_with(finder->workbook_type, ".template.main+xml"))
        return error_set(err, ERROR_INPUT, finder->path,
                         "expected an .xlsx workbook, found a document of type \"%.120s\"",
                         finder->workbook_type);
    return true;
}

static bool read_workbook(struct finder *finder, struct error *err)
{
    char relations[2 * ARCHIVE_NAME_CAP];
    assert(finder->workbook);
    const char *slash = strrchr(finder->workbook, '/');
    int folder = slash ? (int)(slash - finder->workbook) + 1 : 0;
    snprintf(relations, sizeof relations, "%.*s_rels/%s.rels", folder, finder->workbook,
             finder->workbook + folder);
    finder->relation_count = 0;
    return read_part(finder, finder->workbook, on_workbook, err) &&
           read_part(finder, relations, on_relation, err);
}

static bool missing_sheet(const struct finder *finder, const char *sheet, int position,
                          struct error *err)
{
    char list[400];
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < finder->sheet_count; i++) {
        const char *name = finder->sheets[i].name;
        if (used + strlen(name) + sizeof ", " > sizeof list)
            break;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", name);
    }
    return sheet ? error_set(err, ERROR_INPUT, finder->path,
                             "the workbook has no sheet \"%.120s\"; it has: %s", sheet, list)
                 : error_set(err, ERROR_INPUT, finder->path,
                             "the workbook has no sheet number %d; it has: %s", position, list);
}

static bool find_sheet(struct finder *finder, const char *sheet, int position,
                       struct xlsx_parts *parts, struct error *err)
{
    const struct sheet *found = NULL;
    for (size_t i = 0; i < finder->sheet_count && !found; i++) {
        const char *name = finder->sheets[i].name;
        if (sheet ? text_equal(text_trim(text_of(name)), text_of(sheet)) : (int)i + 1 == position)
            found = &finder->sheets[i];
    }
    if (!found)
        return missing_sheet(finder, sheet, position, err);
    const struct relation *relation = relation_with_id(finder, found->relation);
    if (!relation || !ends_with(relation->type, "/worksheet"))
        return error_set(err, ERROR_INPUT, finder->path,
                         "expected a sheet of cells, found \"%.120s\", which is none", found->name);
    parts->sheet_part = resolve(finder, finder->workbook, relation->target);
    parts->sheet = parts->sheet_part ? archive_find(finder->archive, parts->sheet_part) : -1;
    return parts->sheet >= 0 ||
           error_set(err, ERROR_INPUT, finder->path, "the archive has no part \"%.200s\"",
                     parts->sheet_part ? parts->sheet_part : relation->target);
}

static int64_t find_other(struct finder *finder, const char *type)
{
    const struct relation *relation = relation_of_type(finder, type);
    const char *part = relation ? resolve(finder, finder->workbook, relation->target) : NULL;
    return part ? archive_find(finder->archive, part) : -1;
}

bool xlsx_part_find(struct archive *archive, const char *path, const char *sheet, int position,
                    struct arena *arena, struct xlsx_parts *parts, struct error *err)
{
    struct finder *finder = arena_alloc(arena, sizeof *finder);
    if (!finder)
        return arena_error(arena, err);
    finder->archive = archive;
    finder->path = path;
    finder->arena = arena;
    if (!find_workbook(finder, err) || !read_workbook(finder, err) ||
        !find_sheet(finder, sheet, position, parts, err))
        return false;
    parts->strings = find_other(finder, "/sharedStrings");
    parts->styles = find_other(finder, "/styles");
    parts->date1904 = finder->date1904;
    return true;
}
