/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/draw_report.h"

#include <inttypes.h>

#include "models/core/json.h"

static const struct words {
    const char *state;
    const char *zh;
    const char *en;
} words[] = {
    [DRAW_REPORT_COMMIT] = {"committed", "已承诺", "committed"},
    [DRAW_REPORT_RUN] = {"drawn", "已抽取", "drawn"},
    [DRAW_REPORT_REVEAL] = {"revealed", "已揭示", "revealed"},
};

static bool print(const struct invocation *inv, json_t *value, struct error *err)
{
    bool ok =
        value && json_dumpf(value, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(value);
    return ok || error_set(err, ERROR_IO, "standard output", "cannot print the report");
}

static json_t *exclusions_json(const struct draw_step *step)
{
    json_t *object = json_object();
    for (size_t i = 0; object && i < step->exclusion_count; i++) {
        const struct commit_exclusion *exclusion = &step->exclusions[i];
        if (json_object_setn_new(object, exclusion->reason.data, exclusion->reason.size,
                                 json_integer(exclusion->count)) != 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *strata_json(const struct draw_step *step)
{
    json_t *array = json_array();
    for (size_t i = 0; array && i < step->stratum_count; i++) {
        const struct quota_stratum *stratum = &step->strata[i];
        json_t *row =
            json_pack("{s:s%, s:I, s:I, s:I}", "class", stratum->name.data, stratum->name.size,
                      "rate_ppm", (json_int_t)stratum->rate_ppm, "frame", (json_int_t)stratum->size,
                      "selected", (json_int_t)stratum->quota);
        if (json_array_append_new(array, row) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static bool print_json(const struct invocation *inv, enum draw_report what, const char *authority,
                       const struct draw_step *step, struct error *err)
{
    char as_of[DAY_TEXT_SIZE];
    char log_hash[DIGEST_HEX_SIZE];
    char root[DIGEST_HEX_SIZE];
    text_hex(step->log_hash, DIGEST_SIZE, log_hash);
    text_hex(step->frame_root, DIGEST_SIZE, root);
    json_t *object = json_pack("{s:s, s:s, s:I, s:s, s:b, s:I, s:s}", "state", words[what].state,
                               "authority", authority, "number", (json_int_t)step->number, "as_of",
                               day_format(step->as_of, as_of), "rehearsal", step->rehearsal,
                               "frame_count", (json_int_t)step->frame_count, "log_hash", log_hash);
    bool ok = object != NULL;
    if (ok && what == DRAW_REPORT_COMMIT)
        ok = json_object_set_new(object, "frame_root", json_string(root)) == 0 &&
             json_object_set_new(object, "exclusions", exclusions_json(step)) == 0;
    if (ok && what == DRAW_REPORT_RUN)
        ok = json_object_set_new(object, "selected_count", json_integer(step->selected_count)) ==
                 0 &&
             json_object_set_new(object, "least_load", json_integer(step->least_load)) == 0 &&
             json_object_set_new(object, "strata", strata_json(step)) == 0;
    if (!ok) {
        json_decref(object);
        return error_memory(err);
    }
    return print(inv, object, err);
}

static void print_commit(const struct invocation *inv, const struct draw_step *step)
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(step->frame_root, DIGEST_SIZE, hex);
    fprintf(inv->out,
            inv->chinese ? "  名录根哈希 %s\n  不在名录中：%" PRId64 "\n"
                         : "  frame root %s\n  left out: %" PRId64 "\n",
            hex, step->excluded_count);
    for (size_t i = 0; i < step->exclusion_count; i++)
        fprintf(inv->out, "    %.*s %" PRId64 "\n", (int)step->exclusions[i].reason.size,
                step->exclusions[i].reason.data, step->exclusions[i].count);
}

static void print_run(const struct invocation *inv, const struct draw_step *step)
{
    for (size_t i = 0; i < step->stratum_count; i++) {
        const struct quota_stratum *stratum = &step->strata[i];
        fprintf(inv->out,
                inv->chinese ? "  %.*s 类：%" PRId64 " 户中抽取 %" PRId64 "（比例 %" PRId64
                               ".%02" PRId64 " %%）\n"
                             : "  class %.*s: %" PRId64 " in the frame, %" PRId64
                               " selected (rate %" PRId64 ".%02" PRId64 " %%)\n",
                (int)stratum->name.size, stratum->name.data, stratum->size, stratum->quota,
                stratum->rate_ppm / 10000, stratum->rate_ppm / 100 % 100);
    }
    if (step->least_load > 0)
        fprintf(inv->out,
                inv->chinese ? "  每名检查人员最多任务数的最小可能值：%" PRId64 "\n"
                             : "  least possible largest load of an inspector: %" PRId64 "\n",
                step->least_load);
}

bool draw_report_step(const struct invocation *inv, enum draw_report what, const char *authority,
                      const struct draw_step *step, struct error *err)
{
    char as_of[DAY_TEXT_SIZE];
    char hex[DIGEST_HEX_SIZE];
    if (inv->json)
        return print_json(inv, what, authority, step, err);
    fprintf(inv->out,
            inv->chinese ? "%s 第 %" PRId64 " 号抽取%s（截至 %s，名录 %" PRId64 "%s）\n"
                         : "%s, draw %" PRId64 ": %s (as of %s, frame %" PRId64 "%s)\n",
            authority, step->number, inv->chinese ? words[what].zh : words[what].en,
            day_format(step->as_of, as_of), step->frame_count,
            !step->rehearsal ? ""
            : inv->chinese   ? "，演练"
                             : ", REHEARSAL");
    if (what == DRAW_REPORT_COMMIT)
        print_commit(inv, step);
    if (what == DRAW_REPORT_RUN)
        print_run(inv, step);
    text_hex(step->log_hash, DIGEST_SIZE, hex);
    fprintf(inv->out,
            inv->chinese ? "  立即公布的日志哈希 %s\n" : "  log hash, publish at once %s\n", hex);
    return true;
}

static json_t *list_json(const struct db_rows *rows)
{
    json_t *array = json_array();
    for (int i = 0; array && i < db_rows_count(rows); i++) {
        json_t *row = json_pack(
            "{s:s, s:I, s:s, s:s, s:s, s:b, s:I, s:I, s:I}", "authority", db_text(rows, i, 0),
            "number", (json_int_t)db_integer(rows, i, 1), "plan", db_text(rows, i, 2), "state",
            db_text(rows, i, 3), "as_of", db_text(rows, i, 4), "rehearsal", db_bool(rows, i, 5),
            "frame_count", (json_int_t)db_integer(rows, i, 6), "selected_count",
            (json_int_t)db_integer(rows, i, 7), "redraw_of", (json_int_t)db_integer(rows, i, 8));
        if (json_array_append_new(array, row) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

bool draw_report_list(const struct invocation *inv, const struct db_rows *rows, struct error *err)
{
    if (inv->json)
        return print(inv, list_json(rows), err);
    for (int i = 0; i < db_rows_count(rows); i++)
        fprintf(inv->out, "%-24s %4s  %-10s %s  %s / %s  %s%s\n", db_text(rows, i, 0),
                db_text(rows, i, 1), db_text(rows, i, 3), db_text(rows, i, 4), db_text(rows, i, 7),
                db_text(rows, i, 6), db_text(rows, i, 2), db_bool(rows, i, 5) ? "  rehearsal" : "");
    return true;
}
