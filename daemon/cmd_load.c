/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "daemon/clock.h"
#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/interrupt.h"
#include "daemon/load_check.h"
#include "etl/load/load.h"
#include "etl/load/manifest.h"
#include "etl/source/file.h"
#include "models/core/json.h"

enum { COMMAND_ARENA_CAP = 64 * 1024 * 1024 };

/* What the command line asked for. */
struct request {
    const char *mapping;
    day known_on;
    bool backfill;
    int64_t batch_rows;
    bool again;
    bool force;
    bool check;
};

struct work {
    struct invocation *inv;
    struct db *db;
    struct arena arena;
    const struct request *request;
    json_t *reports; /* with --json */
};

static void show_progress(void *context, int64_t rows, int64_t bytes, int64_t bytes_all)
{
    /* Rows of the whole file are not known before its end; the bytes read so far tell. */
    struct work *work = context;
    uint64_t total = 0;
    if (bytes > 0)
        total = (uint64_t)((double)rows * (double)bytes_all / (double)bytes);
    work->inv->progress->total = total > (uint64_t)rows ? total : (uint64_t)rows;
    progress_step(work->inv->progress, (uint64_t)rows);
}

static bool stop_requested(void *context)
{
    (void)context;
    return interrupt_requested();
}

static json_t *report_json(const struct load_report *report, const char *path)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "file",
                     path, "source", report->source, "kind", report->kind, "nothing_new",
                     report->nothing_new, "resumed_after", (json_int_t)report->resumed_after,
                     "batches", (json_int_t)report->batches, "rows_in", (json_int_t)report->rows_in,
                     "inserted", (json_int_t)report->inserted, "updated",
                     (json_int_t)report->updated, "identical", (json_int_t)report->identical,
                     "rejected", (json_int_t)report->rejected, "stubs", (json_int_t)report->stubs,
                     "merged", (json_int_t)report->merged);
}

static const char *note_of(const struct invocation *inv, const struct load_report *report)
{
    if (report->resumed_after > 0)
        return inv->chinese ? "  （接着上次中断处装载）" : "  (went on where the last load ended)";
    if (!report->nothing_new)
        return "";
    if (report->newer_files)
        return inv->chinese ? "  （该文件已装载，此后另有新文件，没有变化；--again 重新装载）"
                            : "  (already loaded, newer files since, nothing changed; --again "
                              "loads it once more)";
    return inv->chinese ? "  （该文件已装载，没有变化）" : "  (already loaded, nothing changed)";
}

static void print_report(const struct invocation *inv, const struct load_report *report,
                         const char *path)
{
    const char *slash = strrchr(path, '/');
    fprintf(inv->out,
            inv->chinese ? "%-28s 行 %9" PRId64 " = 新增 %9" PRId64 " + 更新 %7" PRId64
                           " + 相同 %7" PRId64 " + 拒收 %6" PRId64 "%s\n"
                         : "%-28s rows %9" PRId64 " = inserted %9" PRId64 " + updated %7" PRId64
                           " + identical %7" PRId64 " + rejected %6" PRId64 "%s\n",
            slash ? slash + 1 : path, report->rows_in, report->inserted, report->updated,
            report->identical, report->rejected, note_of(inv, report));
}

static bool add_report(struct work *work, const struct load_report *report, const char *path,
                       struct error *err)
{
    if (!work->inv->json) {
        print_report(work->inv, report, path);
        return true;
    }
    return json_array_append_new(work->reports, report_json(report, path)) == 0 ||
           error_memory(err);
}

static bool add_check(struct work *work, const char *path, const struct load_report *report,
                      struct profile *profile, struct error *err)
{
    if (!work->inv->json) {
        load_check_print(work->inv, path, report, profile);
        return true;
    }
    return json_array_append_new(work->reports, load_check_json(path, report, profile)) == 0 ||
           error_memory(err);
}

static bool check_one(struct work *work, const char *mapping, struct text document,
                      const char *path, struct load_options *options, struct error *err)
{
    char today[DAY_TEXT_SIZE];
    struct load_report report;
    struct profile *profile = arena_alloc(&work->arena, sizeof *profile);
    if (!profile)
        return arena_error(&work->arena, err);
    if (!profile_init(profile, day_format(database_today(work->inv), today), err))
        return false;
    options->profile = profile;
    bool good =
        load_file(work->db, mapping, document.data, document.size, path, options, &report, err);
    if (good)
        progress_finish(work->inv->progress, (uint64_t)report.rows_in);
    good = good && add_check(work, path, &report, profile, err);
    profile_free(profile);
    return good;
}

static bool load_one(struct work *work, const char *mapping, const char *path, day known_on,
                     struct error *err)
{
    char now[CLOCK_INSTANT_SIZE];
    char known_at[MOMENT_TEXT_SIZE];
    char *bytes;
    size_t size;
    struct load_report report;
    int offset = (int)work->inv->settings->values[SETTING_REGISTER_UTC_OFFSET_MINUTES].integer;
    struct load_options options = {
        .now = database_instant(work->inv, now),
        .utc_offset_minutes = offset,
        .batch_cap = work->request->batch_rows,
        .again = work->request->again,
        .reject_share_ppm = work->request->force ? 0
                                                 : settings_integer(work->inv->settings,
                                                                    SETTING_LOAD_REJECT_SHARE_PPM),
        .progress = show_progress,
        .stop = stop_requested,
        .context = work,
    };
    /* Known at the beginning of the day = at the end of the day before. */
    if (known_on != DAY_NONE)
        options.known_at = day_end_moment(known_on - 1, offset, known_at);
    if (!file_read(mapping, MAPPING_BYTES_CAP, &work->arena, &bytes, &size, err))
        return false;
    const char *slash = strrchr(path, '/');
    progress_start(work->inv->progress, slash ? slash + 1 : path, 0);
    if (work->request->check)
        return check_one(work, mapping, (struct text){bytes, size}, path, &options, err);
    if (!load_file(work->db, mapping, bytes, size, path, &options, &report, err))
        return false;
    progress_finish(work->inv->progress, (uint64_t)report.rows_in);
    return add_report(work, &report, path, err);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool load_folder(struct work *work, const char *folder, struct error *err)
{
    struct manifest manifest;
    if (!manifest_read(folder, &work->arena, &manifest, err))
        return false;
    for (size_t i = 0; i < manifest.count; i++) {
        const struct manifest_file *file = &manifest.files[i];
        if (!load_one(work, file->mapping, file->path, file->known_on, err))
            return false;
    }
    return true;
}

static bool load_arguments(struct work *work, struct error *err)
{
    const struct request *request = work->request;
    for (int i = 0; i < work->inv->argc; i++) {
        const char *path = work->inv->argv[i];
        bool folder = is_folder(path) && !request->mapping;
        if (!folder && !request->mapping)
            return error_set(err, ERROR_USAGE, path,
                             "a file needs --mapping; only a folder with a manifest.json does not");
        if (folder && request->backfill)
            return error_set(err, ERROR_USAGE, path,
                             "the manifest says since when its files are known; --known-on is for "
                             "files with --mapping");
        if (folder ? !load_folder(work, path, err)
                   : !load_one(work, request->mapping, path, request->known_on, err))
            return false;
    }
    return true;
}

static bool run(struct invocation *inv, const struct request *request, struct error *err)
{
    struct work work = {.inv = inv, .request = request};
    if (!database_open(inv, DB_JOB_SECONDS, &work.db, err))
        return false;
    arena_init(&work.arena, COMMAND_ARENA_CAP);
    work.reports = json_array();
    bool ok = work.reports ? load_arguments(&work, err) : error_memory(err);
    if (ok && inv->json &&
        (json_dumpf(work.reports, inv->out, JSON_INDENT(2)) != 0 || fputc('\n', inv->out) == EOF))
        ok = error_set(err, ERROR_IO, "standard output", "cannot print the report");
    json_decref(work.reports);
    arena_reset(&work.arena);
    db_close(work.db);
    return ok;
}

bool cmd_load(struct invocation *inv, struct error *err)
{
    struct request request = {.known_on = DAY_NONE};
    const struct option_row rows[] = {
        {.name = "mapping",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &request.mapping,
         .help_zh = "映射文件：来源的列对应哪些字段",
         .help_en = "mapping document: which columns are which fields"},
        {.name = "known-on",
         .argument = "DAY",
         .type = OPTION_DAY,
         .day = &request.known_on,
         .help_zh = "补录：这些记录自该日起已知（须同时给 --backfill）",
         .help_en = "back-fill: the records count as known from this day (needs --backfill)"},
        {.name = "backfill",
         .type = OPTION_FLAG,
         .flag = &request.backfill,
         .help_zh = "确认这是补录",
         .help_en = "confirms that this is a back-fill"},
        {.name = "again",
         .type = OPTION_FLAG,
         .flag = &request.again,
         .help_zh = "重新装载以前装载过的文件：其内容作为新的认识",
         .help_en = "load a file that was loaded before: its records are new knowledge once more"},
        {.name = "force",
         .type = OPTION_FLAG,
         .flag = &request.force,
         .help_zh = "拒收比例超过 load.reject_share_ppm 也装载",
         .help_en = "load whatever share is rejected (see load.reject_share_ppm)"},
        {.name = "check",
         .type = OPTION_FLAG,
         .flag = &request.check,
         .help_zh = "只检查：报告装载会有什么结果，什么也不保存",
         .help_en = "only check: report what a load would do, store nothing"},
        {.name = "batch-rows",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &request.batch_rows,
         .min = 1,
         .max = LOAD_BATCH_CAP,
         .help_zh = "每批最多行数，默认 1000000",
         .help_en = "rows of a batch at most, default 1000000"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = "FOLDER | --mapping FILE FILE…",
                               .positional_min = 1, .positional_max = 1000};
    if (!invocation_options(inv, &form, err))
        return false;
    if (request.backfill != (request.known_on != DAY_NONE))
        return error_set(err, ERROR_USAGE, NULL, "--known-on and --backfill go together");
    return run(inv, &request, err);
}
