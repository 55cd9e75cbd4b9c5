/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/work.h"
#include "models/core/json.h"

enum { COMMAND_ARENA_CAP = 16 * 1024 * 1024 };

static bool show_rows(void *context, enum score_phase phase, uint64_t rows, struct error *err)
{
    (void)err;
    if (phase == SCORE_READING)
        progress_step(context, rows);
    return true;
}

static json_t *report_json(const struct score_report *report)
{
    char as_of[DAY_TEXT_SIZE];
    json_t *classes = json_object();
    for (int i = 0; classes && i < report->class_count; i++) {
        char letter[2] = {report->classes[i].letter, '\0'};
        if (json_object_set_new(classes, letter, json_integer(report->classes[i].entities)) != 0) {
            json_decref(classes);
            return NULL;
        }
    }
    return json_pack("{s:I, s:s, s:s, s:s, s:I, s:I, s:I, s:o}", "run", (json_int_t)report->run_id,
                     "scheme", report->scheme, "version", report->version, "as_of",
                     day_format(report->as_of, as_of), "entities", (json_int_t)report->entities,
                     "facts", (json_int_t)report->facts, "class_changes",
                     (json_int_t)report->class_changes, "classes", classes);
}

static void print_lines(const struct invocation *inv, const struct score_report *report)
{
    char as_of[DAY_TEXT_SIZE];
    fprintf(inv->out,
            inv->chinese
                ? "模型 %s %s，截至 %s：主体 %" PRId64 "，记录 %" PRId64 "，类别变化 %" PRId64 "\n"
                : "model %s %s as of %s: %" PRId64 " entities, %" PRId64 " records, %" PRId64
                  " class changes\n",
            report->scheme, report->version, day_format(report->as_of, as_of), report->entities,
            report->facts, report->class_changes);
    for (int i = 0; i < report->class_count; i++) {
        int64_t share_ppm = report->classes[i].entities * 1000000 / report->entities;
        fprintf(inv->out, "  %c %9" PRId64 "  %3" PRId64 ".%02" PRId64 " %%\n",
                report->classes[i].letter, report->classes[i].entities, share_ppm / 10000,
                share_ppm / 100 % 100);
    }
}

static bool print_report(const struct invocation *inv, const struct score_report *report,
                         struct error *err)
{
    if (!inv->json) {
        print_lines(inv, report);
        return true;
    }
    json_t *object = report_json(report);
    bool ok =
        object && json_dumpf(object, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(object);
    return ok || error_set(err, ERROR_IO, "standard output", "cannot print the report");
}

static bool run(struct invocation *inv, const char *path, day as_of, struct arena *arena,
                struct error *err)
{
    struct score_request request;
    struct score_report report;
    struct db *db = NULL;
    char now[MOMENT_TEXT_SIZE];
    if (as_of == DAY_NONE)
        as_of = database_today(inv);
    if (!work_score(inv->settings, path, as_of, arena, &request, err) ||
        !database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    request.now = database_now(inv, now);
    request.progress = show_rows;
    request.progress_context = inv->progress;
    progress_start(inv->progress, inv->chinese ? "读取名录" : "reading the register", 0);
    bool ok = score_store_run(db, &request, &report, err);
    db_close(db);
    if (!ok)
        return false;
    progress_finish(inv->progress, (uint64_t)(report.entities + report.facts));
    return print_report(inv, &report, err);
}

bool cmd_score(struct invocation *inv, struct error *err)
{
    const char *model = NULL;
    day as_of = DAY_NONE;
    const struct option_row rows[] = {
        {.name = "model",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &model,
         .help_zh = "信用模型文件，默认用随附的示例模型",
         .help_en = "credit model document; default: the example shipped with the program"},
        {.name = "as-of",
         .argument = "DAY",
         .type = OPTION_DAY,
         .day = &as_of,
         .help_zh = "只用截至该日已知的记录，默认今天",
         .help_en = "use only what was known by this day; default: today"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = NULL};
    struct arena arena;
    if (!invocation_options(inv, &form, err))
        return false;
    arena_init(&arena, COMMAND_ARENA_CAP);
    bool ok = run(inv, model, as_of, &arena, err);
    arena_reset(&arena);
    return ok;
}
