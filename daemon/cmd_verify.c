/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/command.h"
#include "daemon/draw_work.h"
#include "etl/bundle/bundle.h"

/* The bundle and everything that is computed again from it. */
static size_t memory_cap(const struct invocation *inv)
{
    return (size_t)inv->settings->values[SETTING_JOB_MEMORY_MB].integer * 1024 * 1024;
}

static void print_hash(const struct invocation *inv, const char *zh, const char *en,
                       const unsigned char hash[DIGEST_SIZE])
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    fprintf(inv->out, "  %s %s\n", inv->chinese ? zh : en, hex);
}

static void print_lines(const struct invocation *inv, const struct verify_report *report,
                        bool revealed)
{
    fprintf(inv->out,
            inv->chinese ? "%s：%.*s 第 %" PRId64 " 号抽取%s\n" : "%s: %.*s, draw %" PRId64 "%s\n",
            inv->chinese ? (revealed ? "有效" : "尚未揭示，现有内容一致")
                         : (revealed ? "valid" : "not yet revealed, consistent so far"),
            (int)report->authority.size, report->authority.data, report->number,
            !report->rehearsal ? ""
            : inv->chinese     ? "（演练：信标不是公开随机数，不证明任何事）"
                           : " (REHEARSAL: the beacon is no public randomness and proves nothing)");
    fprintf(inv->out,
            inv->chinese ? "  抽查对象名录 %" PRId64 "，抽中 %" PRId64 "\n"
                         : "  frame %" PRId64 ", selected %" PRId64 "\n",
            report->frame_count, report->selected_count);
    print_hash(inv, "承诺书哈希", "commit", report->commit_hash);
    print_hash(inv, "名录根哈希", "frame root", report->frame_root);
    for (int i = 0; i <= (int)report->log.state; i++)
        print_hash(inv, "日志哈希  ", "log hash", report->log.entries[i]);
    fprintf(inv->out, "  %s\n", report->beacon_caveat);
}

static bool print_json(const struct invocation *inv, json_t *object, struct error *err)
{
    bool ok =
        object && json_dumpf(object, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(object);
    return ok || error_set(err, ERROR_IO, "standard output", "cannot print the report");
}

static bool verify(struct invocation *inv, struct arena *arena, struct error *err)
{
    struct bundle bundle;
    struct verify_report report;
    struct error ignored;
    if (!bundle_load(inv->argv[0], arena, &bundle, err))
        return false;
    bool valid = verify_bundle(&bundle, arena, &report, err);
    if (!valid && err->kind != ERROR_NOT_REVEALED)
        return false;
    if (!inv->json)
        print_lines(inv, &report, valid);
    else if (!print_json(inv, draw_work_verdict(valid, &report, err), valid ? err : &ignored))
        return false;
    return valid;
}

bool cmd_verify(struct invocation *inv, struct error *err)
{
    const struct option_form form = {
        .count = 0, .usage = "BUNDLE", .positional_min = 1, .positional_max = 1};
    struct arena arena;
    if (!invocation_options(inv, &form, err))
        return false;
    arena_init(&arena, memory_cap(inv));
    bool ok = verify(inv, &arena, err);
    arena_reset(&arena);
    return ok;
}
