/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/command.h"
#include "daemon/interrupt.h"
#include "etl/demo/demo.h"

static bool show_entities(uint64_t done, uint64_t total, void *context)
{
    struct progress *progress = context;
    progress->total = total;
    progress_step(progress, done);
    return !interrupt_requested();
}

static bool run(struct invocation *inv, const struct demo_options *options, struct error *err)
{
    char until[DAY_TEXT_SIZE];
    progress_start(inv->progress, inv->chinese ? "生成示例名录" : "making the demo register",
                   options->entities);
    if (!demo_write(options, show_entities, inv->progress, err))
        return false;
    progress_finish(inv->progress, options->entities);
    day_format(options->until, until);
    if (inv->json)
        fprintf(inv->out, "{\"entities\": %" PRIu64 ", \"seed\": %" PRIu64 ", \"until\": \"%s\"}\n",
                options->entities, options->seed, until);
    else
        fprintf(inv->out,
                inv->chinese ? "示例名录：%s（主体 %" PRIu64 "，种子 %" PRIu64
                               "，截至 %s）；虚构数据，不指任何真实企业或个人\n"
                             : "demo register: %s (%" PRIu64 " entities, seed %" PRIu64
                               ", until %s); generated, no real firm or person is named\n",
                options->directory, options->entities, options->seed, until);
    return true;
}

bool cmd_demo(struct invocation *inv, struct error *err)
{
    int64_t entities = DEMO_ENTITIES_DEFAULT;
    int64_t seed = 1;
    day until = DEMO_UNTIL_DEFAULT;
    const char *out = NULL;
    const struct option_row rows[] = {
        {.name = "entities",
         .argument = "N",
         .type = OPTION_INTEGER,
         .integer = &entities,
         .min = DEMO_ENTITIES_MIN,
         .max = DEMO_ENTITIES_MAX,
         .help_zh = "主体数，默认 20000",
         .help_en = "number of entities, default 20000"},
        {.name = "seed",
         .argument = "S",
         .type = OPTION_INTEGER,
         .integer = &seed,
         .min = 0,
         .max = (int64_t)DEMO_SEED_MAX,
         .help_zh = "随机种子，默认 1；同样的参数得到同样的字节",
         .help_en = "seed, default 1; the same options give the same bytes"},
        {.name = "until",
         .argument = "DAY",
         .type = OPTION_DAY,
         .day = &until,
         .help_zh = "历史的最后一日，默认 2026-06-30",
         .help_en = "last day of the history, default 2026-06-30"},
        {.name = "out",
         .argument = "DIR",
         .type = OPTION_TEXT,
         .text = &out,
         .help_zh = "写入的目录（必需）",
         .help_en = "folder to write (required)"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = NULL};
    if (!invocation_options(inv, &form, err))
        return false;
    if (!out)
        return error_set(err, ERROR_USAGE, "--out", "expected a folder to write");
    struct demo_options options = {(uint64_t)entities, (uint64_t)seed, until, out};
    return run(inv, &options, err);
}
