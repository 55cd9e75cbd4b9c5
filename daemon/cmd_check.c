/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/cluster_paths.h"
#include "daemon/command.h"
#include "etl/store/facts.h"
#include "models/core/json.h"

struct report {
    struct facts facts;
    const char *data_dir; /* NULL: a server of someone else, whose disk cannot be seen */
    int64_t free_bytes;
};

static void print_lines(const struct report *report, FILE *out)
{
    const struct facts *facts = &report->facts;
    fprintf(out, "version     %s\n", HENG_VERSION);
    fprintf(out, "server      PostgreSQL %s, %s\n", facts->server_version,
            report->data_dir ? "embedded" : "external");
    fprintf(out, "database    %s as %s, %" PRId64 " bytes\n", facts->database, facts->role,
            facts->size_bytes);
    fprintf(out, "encoding    %s\n", facts->encoding);
    fprintf(out, "checksums   %s\n", facts->checksums);
    fprintf(out, "tables      %" PRId64 "\n", facts->tables);
    if (report->data_dir)
        fprintf(out, "data_dir    %s\ndisk_free   %" PRId64 " bytes\n", report->data_dir,
                report->free_bytes);
}

static bool print_json(const struct report *report, FILE *out, struct error *err)
{
    const struct facts *facts = &report->facts;
    json_t *object = json_pack("{s:s, s:s, s:b, s:s, s:s, s:I, s:s, s:s, s:I, s:s?}", "version",
                               HENG_VERSION, "server_version", facts->server_version, "embedded",
                               report->data_dir != NULL, "database", facts->database, "role",
                               facts->role, "database_bytes", (json_int_t)facts->size_bytes,
                               "encoding", facts->encoding, "checksums", facts->checksums, "tables",
                               (json_int_t)facts->tables, "data_dir", report->data_dir);
    if (!object)
        return error_memory(err);
    json_t *free_bytes = report->data_dir ? json_integer(report->free_bytes) : json_null();
    bool good = json_object_set_new(object, "disk_free_bytes", free_bytes) == 0 &&
                json_dumpf(object, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
    json_decref(object);
    return good || error_set(err, ERROR_IO, "standard output", "cannot print the report");
}

bool cmd_check(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.count = 0};
    struct report report = {.data_dir = NULL};
    const char *dsn;
    if (!invocation_options(inv, &form, err) || !invocation_database(inv, &dsn, err) ||
        !facts_fetch(dsn, &report.facts, err))
        return false;
    report.data_dir = cluster_data_dir(inv->cluster);
    if (report.data_dir && !cluster_paths_free_bytes(report.data_dir, &report.free_bytes, err))
        return false;
    if (!inv->json)
        print_lines(&report, inv->out);
    else if (!print_json(&report, inv->out, err))
        return false;
    if (strcmp(report.facts.encoding, "UTF8") != 0)
        return error_set(err, ERROR_CHECK, report.facts.database,
                         "the encoding of the database must be UTF8, found %s",
                         report.facts.encoding);
    return true;
}
