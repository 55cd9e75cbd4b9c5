/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/interrupt.h"
#include "etl/load/replay.h"
#include "etl/source/file.h"
#include "etl/store/reject_store.h"
#include "models/core/json.h"

enum { COMMAND_ARENA_CAP = 64 * 1024 * 1024, LIST_LIMIT = 50, LIST_LIMIT_CAP = 10000 };

/* What the command line asked for. */
struct wish {
    struct reject_filter filter;
    const char *mapping;
    const char *out;
};

struct verb {
    const char *name;
    int statement_seconds;
    bool (*run)(struct invocation *inv, const struct wish *wish, struct db *db, struct arena *arena,
                struct error *err);
};

static bool print_document(const struct invocation *inv, json_t *document, struct error *err)
{
    bool good = document && json_dumpf(document, inv->out, JSON_INDENT(2)) == 0 &&
                fputc('\n', inv->out) != EOF;
    json_decref(document);
    return good || error_set(err, ERROR_IO, "standard output", "cannot print the report");
}

static json_t *row_json(const struct db_rows *rows, int row)
{
    return json_pack("{s:s, s:I, s:s, s:I, s:s, s:s, s:s, s:s, s:o}", "source",
                     db_text(rows, row, 0), "batch", (json_int_t)db_integer(rows, row, 1), "file",
                     db_text(rows, row, 2), "line", (json_int_t)db_integer(rows, row, 3), "field",
                     db_text(rows, row, 4), "reason", db_text(rows, row, 5), "message",
                     db_text(rows, row, 6), "raw", db_text(rows, row, 7), "taken_by",
                     db_is_null(rows, row, 8) ? json_null()
                                              : json_integer(db_integer(rows, row, 8)));
}

static void print_row(const struct invocation *inv, const struct db_rows *rows, int row)
{
    fprintf(inv->out, "%s:%s  %-12s %s  %s", db_text(rows, row, 2), db_text(rows, row, 3),
            db_text(rows, row, 5), db_text(rows, row, 4), db_text(rows, row, 6));
    fprintf(inv->out, inv->chinese ? "  [%s，批次 %s" : "  [%s, batch %s", db_text(rows, row, 0),
            db_text(rows, row, 1));
    if (!db_is_null(rows, row, 8))
        fprintf(inv->out, inv->chinese ? "，已由批次 %s 收入" : ", taken by batch %s",
                db_text(rows, row, 8));
    fprintf(inv->out, "]\n    %s\n", db_text(rows, row, 7));
}

static bool list(struct invocation *inv, const struct wish *wish, struct db *db,
                 struct arena *arena, struct error *err)
{
    struct db_rows *rows;
    (void)arena;
    if (!reject_store_list(db, &wish->filter, &rows, err))
        return false;
    json_t *items = inv->json ? json_array() : NULL;
    for (int i = 0; i < db_rows_count(rows); i++) {
        if (inv->json)
            json_array_append_new(items, row_json(rows, i));
        else
            print_row(inv, rows, i);
    }
    db_rows_free(rows);
    return !inv->json || print_document(inv, items, err);
}

static bool write_bytes(void *context, const void *bytes, size_t size, struct error *err)
{
    return fwrite(bytes, 1, size, context) == size ||
           error_set(err, ERROR_IO, "export", "cannot write the file");
}

static bool write_file(struct invocation *inv, const struct wish *wish, struct db *db, FILE *stream,
                       struct arena *arena, struct error *err)
{
    struct reject_file file;
    if (!reject_store_export(db, wish->filter.batch_id, wish->filter.reason, write_bytes, stream,
                             arena, &file, err))
        return false;
    fprintf(stderr,
            inv->chinese ? "%s：%" PRId64 " 行，编码 %s；未保留原文 %" PRId64 " 行\n"
                         : "%s: %" PRId64 " rows in %s; %" PRId64 " were not kept whole\n",
            file.name, file.rows, file.encoding, file.unkept);
    return true;
}

static bool export_batch(struct invocation *inv, const struct wish *wish, struct db *db,
                         struct arena *arena, struct error *err)
{
    if (wish->filter.batch_id == 0)
        return error_set(err, ERROR_USAGE, NULL, "heng reject export needs --batch N");
    if (!wish->out)
        return write_file(inv, wish, db, inv->out, arena, err);
    FILE *stream = fopen(wish->out, "wx");
    if (!stream)
        return error_errno(err, wish->out, "cannot make the file", errno);
    bool good = write_file(inv, wish, db, stream, arena, err);
    if (fclose(stream) != 0 && good)
        good = error_errno(err, wish->out, "cannot write the file", errno);
    return good;
}

static bool report_progress(void *context, int64_t rows, int64_t rows_all, struct error *err)
{
    struct invocation *inv = context;
    inv->progress->total = (uint64_t)rows_all;
    progress_step(inv->progress, (uint64_t)rows);
    return !interrupt_requested() ||
           error_set(err, ERROR_INTERRUPTED, NULL,
                     "stopped after %" PRId64 " rows; what was committed stays", rows);
}

static bool print_replay(const struct invocation *inv, const struct replay_report *report,
                         struct error *err)
{
    const struct load_report *load = &report->load;
    if (inv->json)
        return print_document(
            inv,
            json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "source",
                      load->source, "kind", load->kind, "batches", (json_int_t)load->batches,
                      "rows_in", (json_int_t)load->rows_in, "inserted", (json_int_t)load->inserted,
                      "updated", (json_int_t)load->updated, "identical",
                      (json_int_t)load->identical, "rejected", (json_int_t)load->rejected, "stubs",
                      (json_int_t)load->stubs, "merged", (json_int_t)load->merged, "unkept",
                      (json_int_t)report->unkept, "refused", (json_int_t)report->refused),
            err);
    fprintf(inv->out,
            inv->chinese ? "%s：重放 %" PRId64 " 行 = 新增 %" PRId64 " + 更新 %" PRId64
                           " + 相同 %" PRId64 " + 仍拒收 %" PRId64 "\n"
                         : "%s: rows %" PRId64 " = inserted %" PRId64 " + updated %" PRId64
                           " + identical %" PRId64 " + still rejected %" PRId64 "\n",
            load->source, load->rows_in, load->inserted, load->updated, load->identical,
            load->rejected);
    if (report->unkept > 0)
        fprintf(inv->out,
                inv->chinese ? "%" PRId64 " 行未保留原文，无法重放\n"
                             : "%" PRId64 " rows were not kept whole and cannot be replayed\n",
                report->unkept);
    if (report->refused > 0)
        fprintf(inv->out,
                inv->chinese ? "%" PRId64 " 行属于整个未予装载的文件：请重新装载该文件\n"
                             : "%" PRId64 " rows are of refused files: load those files again\n",
                report->refused);
    return true;
}

static bool replay(struct invocation *inv, const struct wish *wish, struct db *db,
                   struct arena *arena, struct error *err)
{
    char now[CLOCK_INSTANT_SIZE];
    char *bytes;
    size_t size;
    struct replay_report report;
    if (!wish->mapping)
        return error_set(err, ERROR_USAGE, NULL, "heng reject replay needs --mapping FILE");
    if (!file_read(wish->mapping, MAPPING_BYTES_CAP, arena, &bytes, &size, err))
        return false;
    const struct replay_request request = {
        .mapping_name = wish->mapping,
        .mapping_bytes = bytes,
        .mapping_size = size,
        .batch_id = wish->filter.batch_id,
        .reason = wish->filter.reason,
        .now = database_instant(inv, now),
        .utc_offset_minutes =
            (int)settings_integer(inv->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .progress = report_progress,
        .progress_context = inv,
    };
    progress_start(inv->progress, "replay", 0);
    if (!replay_rejects(db, &request, &report, err))
        return false;
    progress_finish(inv->progress, (uint64_t)report.load.rows_in);
    return print_replay(inv, &report, err);
}

static const struct verb verbs[] = {
    {"list", DB_READ_SECONDS, list},
    {"export", DB_READ_SECONDS, export_batch},
    {"replay", DB_JOB_SECONDS, replay},
};

static bool run(struct invocation *inv, const struct wish *wish, struct error *err)
{
    struct db *db = NULL;
    struct arena arena;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verbs[i].name, inv->argv[0]) != 0)
            continue;
        if (!database_open(inv, verbs[i].statement_seconds, &db, err))
            return false;
        arena_init(&arena, COMMAND_ARENA_CAP);
        bool good = verbs[i].run(inv, wish, db, &arena, err);
        arena_reset(&arena);
        db_close(db);
        return good;
    }
    return error_set(err, ERROR_USAGE, NULL, "expected list, export or replay, found \"%s\"",
                     inv->argv[0]);
}

bool cmd_reject(struct invocation *inv, struct error *err)
{
    struct wish wish = {.filter = {.limit = LIST_LIMIT}};
    const struct option_row rows[] = {
        {.name = "source",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &wish.filter.source,
         .help_zh = "list：只看这个来源",
         .help_en = "list: of this source only"},
        {.name = "batch",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &wish.filter.batch_id,
         .min = 1,
         .max = INT64_MAX,
         .help_zh = "只看这个批次",
         .help_en = "of this batch only"},
        {.name = "reason",
         .argument = "CODE",
         .type = OPTION_TEXT,
         .text = &wish.filter.reason,
         .help_zh = "只看这个原因",
         .help_en = "of this reason only"},
        {.name = "all",
         .type = OPTION_FLAG,
         .flag = &wish.filter.taken,
         .help_zh = "list：也列出后来已收入的",
         .help_en = "list: also those that were taken in since"},
        {.name = "limit",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &wish.filter.limit,
         .min = 1,
         .max = LIST_LIMIT_CAP,
         .help_zh = "list：最多行数，默认 50",
         .help_en = "list: rows at most, default 50"},
        {.name = "out",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &wish.out,
         .help_zh = "export：写入新文件；默认标准输出",
         .help_en = "export: into a new file; default: standard output"},
        {.name = "mapping",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &wish.mapping,
         .help_zh = "replay：修改后的映射文件",
         .help_en = "replay: the mended mapping document"},
    };
    const struct option_form form = {OPTION_ROWS(rows), .usage = "list|export|replay",
                                     .positional_min = 1, .positional_max = 1};
    return invocation_options(inv, &form, err) && run(inv, &wish, err);
}
