/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "etl/store/score_explain.h"
#include "models/core/json.h"

enum { COMMAND_ARENA_CAP = 64 * 1024 * 1024, MILLI_TEXT_SIZE = 32 };

static const char *milli_text(int64_t milli, char *buffer)
{
    uint64_t magnitude = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    snprintf(buffer, MILLI_TEXT_SIZE, "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "",
             magnitude / 1000, magnitude % 1000);
    return buffer;
}

/* The other records of the same decision, which count as one; what they say otherwise is shown. */
static void print_others(const struct invocation *inv, const struct score_explain *answer,
                         const struct score_origin *golden)
{
    char on[DAY_TEXT_SIZE];
    for (size_t i = 0; golden->decision_id != 0 && i < answer->origin_count; i++) {
        const struct score_origin *other = &answer->origins[i];
        if (other == golden || other->decision_id != golden->decision_id)
            continue;
        fprintf(inv->out,
                inv->chinese ? "%12s  同一决定：[%s %s, %s:%" PRId64 "]"
                             : "%12s  the same decision: [%s %s, %s:%" PRId64 "]",
                "", other->source, other->key, other->file, other->line);
        if (other->occurred_on != golden->occurred_on)
            fprintf(inv->out, inv->chinese ? "，日期不同：%s" : ", another day: %s",
                    day_format(other->occurred_on, on));
        if (other->amount_fen != golden->amount_fen && other->amount_fen < 0)
            fputs(inv->chinese ? "，没有金额" : ", no amount", inv->out);
        else if (other->amount_fen != golden->amount_fen)
            fprintf(inv->out,
                    inv->chinese ? "，金额不同：%" PRId64 " 分"
                                 : ", another amount: %" PRId64 " fen",
                    other->amount_fen);
        fputc('\n', inv->out);
    }
}

static void print_reason(const struct invocation *inv, const struct score_explain *answer,
                         const struct credit_reason *reason)
{
    char points[MILLI_TEXT_SIZE];
    bool rule = reason->part.role == CREDIT_ROLE_RULE;
    fprintf(inv->out, "%12s  %s", rule ? "" : milli_text(reason->part.points_milli, points),
            inv->chinese ? reason->zh : reason->en);
    if (reason->basis)
        fprintf(inv->out, inv->chinese ? "（依据：%s）" : " (basis: %s)", reason->basis);
    const struct score_origin *origin = score_explain_origin(answer, reason);
    if (origin)
        fprintf(inv->out, "  [%s %s, %s:%" PRId64 "]", origin->source, origin->key, origin->file,
                origin->line);
    fputc('\n', inv->out);
    if (origin)
        print_others(inv, answer, origin);
}

static void print_lines(const struct invocation *inv, const struct score_explain *answer)
{
    const struct credit_result *result = &answer->explanation.result;
    char score[MILLI_TEXT_SIZE];
    char as_of[DAY_TEXT_SIZE];
    int64_t sum = 0;
    fprintf(inv->out,
            inv->chinese ? "%s  %s\n类别 %c，得分 %s，覆盖率 %d ppm（模型 %s %s，截至 %s）\n"
                         : "%s  %s\nclass %c, score %s, coverage %d ppm (model %s %s as of %s)\n",
            answer->entity.code, answer->entity.name, result->class_letter,
            milli_text(result->score_milli, score), result->coverage_ppm, answer->run.scheme,
            answer->run.version, day_format(answer->run.as_of, as_of));
    for (size_t i = 0; i < answer->explanation.reason_count; i++) {
        print_reason(inv, answer, &answer->explanation.reasons[i]);
        sum += answer->explanation.reasons[i].part.points_milli;
    }
    fprintf(inv->out, inv->chinese ? "%12s  合计\n" : "%12s  total\n", milli_text(sum, score));
}

static bool add_origins(const struct score_explain *answer, json_t *object)
{
    json_t *origins = json_array();
    bool ok = origins != NULL;
    for (size_t i = 0; ok && i < answer->origin_count; i++) {
        const struct score_origin *origin = &answer->origins[i];
        char id[24]; /* a text as in the reasons: not every reader of JSON has 64-bit integers */
        char decision[24];
        char on[DAY_TEXT_SIZE];
        (void)snprintf(id, sizeof id, "%" PRId64, origin->id);
        (void)snprintf(decision, sizeof decision, "%" PRId64, origin->decision_id);
        json_t *record =
            json_pack("{s:s, s:s, s:s, s:I, s:s, s:s?, s:s, s:o}", "id", id, "source",
                      origin->source, "file", origin->file, "line", (json_int_t)origin->line, "key",
                      origin->key, "decision", origin->decision_id != 0 ? decision : NULL,
                      "occurred_on", day_format(origin->occurred_on, on), "amount_fen",
                      origin->amount_fen < 0 ? json_null() : json_integer(origin->amount_fen));
        ok = json_array_append_new(origins, record) == 0;
    }
    if (!ok) {
        json_decref(origins);
        return false;
    }
    return json_object_set_new(object, "records", origins) == 0;
}

static bool print_json(const struct invocation *inv, const struct score_explain *answer,
                       struct error *err)
{
    json_t *object = NULL;
    if (!credit_explain_json(&answer->plan, &answer->explanation, &object, err))
        return false;
    bool ok = json_object_set_new(object, "code", json_string(answer->entity.code)) == 0 &&
              json_object_set_new(object, "code_scheme", json_string(answer->entity.scheme)) == 0 &&
              json_object_set_new(object, "name", json_string(answer->entity.name)) == 0 &&
              json_object_set_new(object, "run", json_integer(answer->run.run_id)) == 0 &&
              add_origins(answer, object) && json_dumpf(object, inv->out, JSON_INDENT(2)) == 0 &&
              fputc('\n', inv->out) != EOF;
    json_decref(object);
    return ok || error_set(err, ERROR_IO, "standard output", "cannot print the explanation");
}

static bool outdated(const struct score_explain *answer, struct error *err)
{
    char score[MILLI_TEXT_SIZE];
    char as_of[DAY_TEXT_SIZE];
    if (!answer->stored.found)
        return error_set(err, ERROR_CONFLICT, answer->entity.code,
                         "became known as of %s after run %" PRId64 ": run heng score again",
                         day_format(answer->run.as_of, as_of), answer->run.run_id);
    return error_set(err, ERROR_CONFLICT, answer->entity.code,
                     "run %" PRId64 " gave class %c, score %s; what is known as of %s was changed "
                     "since: run heng score again",
                     answer->run.run_id, answer->stored.class_letter,
                     milli_text(answer->stored.score_milli, score),
                     day_format(answer->run.as_of, as_of));
}

static bool print(struct invocation *inv, const struct score_explain *answer, struct error *err)
{
    switch (answer->state) {
    case SCORE_NOT_SCORED:
        return error_set(err, ERROR_NOT_FOUND, answer->entity.code,
                         "was not scored: it is not a registered entity in business of the "
                         "model's jurisdiction on that day");
    case SCORE_OUTDATED:
        return outdated(answer, err);
    case SCORE_EXPLAINED:
        break;
    }
    if (inv->json)
        return print_json(inv, answer, err);
    print_lines(inv, answer);
    return true;
}

static bool run(struct invocation *inv, struct db *db, const char *scheme, struct arena *arena,
                struct error *err)
{
    struct score_explain answer = {.snapshot = NULL};
    int offset = (int)inv->settings->values[SETTING_REGISTER_UTC_OFFSET_MINUTES].integer;
    bool ok = db_begin_snapshot(db, err) &&
              score_explain_entity(db, scheme, inv->argv[0], offset, arena, &answer, err) &&
              print(inv, &answer, err);
    score_explain_free(&answer);
    return ok;
}

bool cmd_explain(struct invocation *inv, struct error *err)
{
    const char *scheme = "uscc";
    const struct option_row rows[] = {
        {.name = "scheme",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &scheme,
         .help_zh = "代码的种类，默认 uscc（统一社会信用代码）",
         .help_en = "what kind of code it is; default uscc (unified social credit code)"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = "CODE", .positional_min = 1,
                               .positional_max = 1};
    struct db *db = NULL;
    struct arena arena;
    if (!invocation_options(inv, &form, err) || !database_open(inv, DB_READ_SECONDS, &db, err))
        return false;
    arena_init(&arena, COMMAND_ARENA_CAP);
    bool ok = run(inv, db, scheme, &arena, err);
    arena_reset(&arena);
    db_close(db);
    return ok;
}
