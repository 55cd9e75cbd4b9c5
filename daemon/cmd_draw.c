/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/draw_report.h"
#include "daemon/draw_work.h"
#include "daemon/model_file.h"
#include "etl/bundle/bundle.h"
#include "etl/store/draw_file.h"

/* What the command line asked for. */
struct request {
    const char *plan;
    const char *authority;
    const char *signature;
    const char *text;
    const char *reason;
    const char *out;
    int64_t redraw_of;
    int64_t number;
};

struct work {
    struct invocation *inv;
    const struct request *request;
    struct draw_work draw;
    struct arena arena;
};

typedef bool step_function(struct work *work, struct error *err);

static bool commit(struct work *work, struct error *err)
{
    struct model_file file;
    struct plan *plan;
    struct draw_step step;
    if (!model_file_read(work->request->plan, "draw/demo_plan.json", PLAN_BYTES_CAP, &work->arena,
                         &file, err) ||
        !plan_read(file.bytes, file.size, file.name, &work->arena, &plan, err))
        return false;
    struct draw_commit_request request = {
        .plan = plan,
        .plan_document = {file.bytes, file.size},
        .redraw_of = work->request->redraw_of,
        .redraw_reason = work->request->reason ? work->request->reason : "",
        .as_of = DAY_NONE,
    };
    return draw_work_commit(&work->draw, &request, &step, err) &&
           draw_report_step(work->inv, DRAW_REPORT_COMMIT, plan->authority, &step, err);
}

/* The beacon's evidence from --signature (hexadecimal) or --text; empty for a rehearsal. */
static bool read_evidence(struct work *work, struct text *out, struct error *err)
{
    const char *signature = work->request->signature;
    *out = text_of(work->request->text ? work->request->text : "");
    if (!signature)
        return true;
    size_t size = strlen(signature) / 2;
    unsigned char *bytes = arena_alloc(&work->arena, size);
    if (!bytes)
        return arena_error(&work->arena, err);
    if (work->request->text || !text_unhex(text_of(signature), bytes, size))
        return error_set(err, ERROR_USAGE, "--signature",
                         "expected lower-case hexadecimal digits, and no --text beside it");
    *out = (struct text){(char *)bytes, size};
    return true;
}

static bool run(struct work *work, struct error *err)
{
    struct text evidence;
    struct draw_step step;
    return read_evidence(work, &evidence, err) &&
           draw_store_run(&work->draw.context, work->request->authority, work->request->number,
                          evidence, &step, err) &&
           draw_report_step(work->inv, DRAW_REPORT_RUN, work->request->authority, &step, err);
}

static bool reveal(struct work *work, struct error *err)
{
    struct draw_step step;
    return draw_store_reveal(&work->draw.context, work->request->authority, work->request->number,
                             &step, err) &&
           draw_report_step(work->inv, DRAW_REPORT_REVEAL, work->request->authority, &step, err);
}

static bool export_bundle(struct work *work, struct error *err)
{
    struct bundle bundle;
    if (!work->request->out)
        return error_set(err, ERROR_USAGE, "--out", "expected a folder to write");
    if (!draw_file_bundle(&work->draw.context, work->request->authority, work->request->number,
                          &bundle, err) ||
        !bundle_save(work->request->out, &bundle, err))
        return false;
    fprintf(work->inv->out, work->inv->json ? "{\"bundle\": \"%s\"}\n" : "%s\n",
            work->request->out);
    return true;
}

static bool abandon(struct work *work, struct error *err)
{
    if (!work->request->reason || !work->request->reason[0])
        return error_set(err, ERROR_USAGE, "--reason", "a draw is abandoned for a stated reason");
    if (!draw_store_abandon(&work->draw.context, work->request->authority, work->request->number,
                            work->request->reason, err))
        return false;
    fprintf(work->inv->out, work->inv->json ? "{\"abandoned\": %" PRId64 "}\n" : "%" PRId64 "\n",
            work->request->number);
    return true;
}

static bool list(struct work *work, struct error *err)
{
    struct db_rows *rows;
    if (!draw_store_list(&work->draw.context, &rows, err))
        return false;
    bool ok = draw_report_list(work->inv, rows, err);
    db_rows_free(rows);
    return ok;
}

static const struct step {
    const char *name;
    bool of_one_draw; /* takes a number */
    step_function *run;
} steps[] = {
    {"commit", false, commit},       {"run", true, run},         {"reveal", true, reveal},
    {"bundle", true, export_bundle}, {"abandon", true, abandon}, {"list", false, list},
};

static const struct step *find_step(const char *name, struct error *err)
{
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (strcmp(steps[i].name, name) == 0)
            return &steps[i];
    }
    error_set(err, ERROR_USAGE, name,
              "expected commit, run NUMBER, reveal NUMBER, bundle NUMBER, abandon NUMBER or list");
    return NULL;
}

/* The only authority that has draws, when none is named. */
static bool find_authority(struct work *work, struct request *request, struct error *err)
{
    struct db_rows *rows;
    if (request->authority)
        return true;
    if (!draw_store_list(&work->draw.context, &rows, err))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < db_rows_count(rows); i++) {
        const char *name = db_text(rows, i, 0);
        if (request->authority && strcmp(request->authority, name) != 0)
            ok = error_set(err, ERROR_USAGE, "--authority",
                           "draws of several authorities are stored: say whose");
        else if (!request->authority)
            request->authority = arena_copy(&work->arena, name, strlen(name));
    }
    db_rows_free(rows);
    if (ok && !request->authority)
        return error_set(err, ERROR_NOT_FOUND, "draws", "none is committed yet");
    return ok;
}

static bool read_number(const struct invocation *inv, const struct step *step,
                        struct request *request, struct error *err)
{
    if ((inv->argc == 2) != step->of_one_draw)
        return error_set(err, ERROR_USAGE, step->name,
                         step->of_one_draw ? "expected the number of a draw"
                                           : "expected no further argument");
    return !step->of_one_draw ||
           (text_to_i64(text_of(inv->argv[1]), &request->number) && request->number > 0) ||
           error_set(err, ERROR_USAGE, inv->argv[1], "expected the number of a draw, from 1");
}

static bool run_step(struct invocation *inv, const struct step *step, struct request *request,
                     struct error *err)
{
    struct work work = {.inv = inv, .request = request};
    const struct setting_value *settings = inv->settings->values;
    struct db *db = NULL;
    if (!database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    arena_init(&work.arena, (size_t)settings[SETTING_JOB_MEMORY_MB].integer * 1024 * 1024);
    draw_work_init(&work.draw, db, &work.arena, inv->settings, "command", "");
    bool ok = (!step->of_one_draw || find_authority(&work, request, err)) && step->run(&work, err);
    arena_reset(&work.arena);
    db_close(db);
    return ok;
}

bool cmd_draw(struct invocation *inv, struct error *err)
{
    struct request request = {0};
    const struct option_row rows[] = {
        {.name = "plan",
         .argument = "FILE",
         .type = OPTION_TEXT,
         .text = &request.plan,
         .help_zh = "抽查计划文件（commit），默认用随附的示例计划",
         .help_en = "plan document (commit); default: the example shipped with the program"},
        {.name = "authority",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &request.authority,
         .help_zh = "抽查机关，只有一个时可省略",
         .help_en = "whose draw; may be left out when only one authority has draws"},
        {.name = "signature",
         .argument = "HEX",
         .type = OPTION_TEXT,
         .text = &request.signature,
         .help_zh = "drand 该轮的签名（run）",
         .help_en = "signature of the drand round (run)"},
        {.name = "text",
         .argument = "TEXT",
         .type = OPTION_TEXT,
         .text = &request.text,
         .help_zh = "承诺书规定的公开结果原文（run）",
         .help_en = "the declared public results, as the commit says (run)"},
        {.name = "redraw-of",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &request.redraw_of,
         .min = 1,
         .max = INT64_MAX,
         .help_zh = "重抽：被替代的抽取号（commit，须给 --reason）",
         .help_en = "number of the draw that this one replaces (commit; needs --reason)"},
        {.name = "reason",
         .argument = "TEXT",
         .type = OPTION_TEXT,
         .text = &request.reason,
         .help_zh = "重抽或放弃的理由",
         .help_en = "why a draw is replaced or abandoned"},
        {.name = "out",
         .argument = "DIR",
         .type = OPTION_TEXT,
         .text = &request.out,
         .help_zh = "凭证目录（bundle）",
         .help_en = "folder of the bundle (bundle)"},
    };
    struct option_form form = {OPTION_ROWS(rows),
                               .usage = "commit | run N | reveal N | bundle N | abandon N | list",
                               .positional_min = 1, .positional_max = 2};
    if (!invocation_options(inv, &form, err))
        return false;
    const struct step *step = find_step(inv->argv[0], err);
    return step && read_number(inv, step, &request, err) && run_step(inv, step, &request, err);
}
