/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "etl/store/score_store.h"
#include "models/core/json.h"

enum { COMMAND_ARENA_CAP = 64 * 1024 * 1024, MILLI_TEXT_SIZE = 32 };

/* What is known about one entity and its score. */
struct answer {
    struct score_report run;
    struct score_entity entity;
    struct score_stored stored;
    struct credit_plan plan;
    struct credit_explanation explanation;
    struct score_origin *origins;
    size_t origin_count;
};

static const char *milli_text(int64_t milli, char *buffer)
{
    uint64_t magnitude = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    snprintf(buffer, MILLI_TEXT_SIZE, "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "",
             magnitude / 1000, magnitude % 1000);
    return buffer;
}

static const struct score_origin *origin_of(const struct answer *answer,
                                            const struct credit_reason *reason)
{
    for (size_t i = 0; reason->part.fact && i < answer->origin_count; i++) {
        if (answer->origins[i].id == (int64_t)reason->part.fact->id)
            return &answer->origins[i];
    }
    return NULL;
}

static void print_reason(const struct invocation *inv, const struct answer *answer,
                         const struct credit_reason *reason)
{
    char points[MILLI_TEXT_SIZE];
    bool rule = reason->part.role == CREDIT_ROLE_RULE;
    fprintf(inv->out, "%12s  %s", rule ? "" : milli_text(reason->part.points_milli, points),
            inv->chinese ? reason->zh : reason->en);
    if (reason->basis)
        fprintf(inv->out, inv->chinese ? "（依据：%s）" : " (basis: %s)", reason->basis);
    const struct score_origin *origin = origin_of(answer, reason);
    if (origin)
        fprintf(inv->out, "  [%s %s, %s:%" PRId64 "]", origin->source, origin->key, origin->file,
                origin->line);
    fputc('\n', inv->out);
}

static void print_lines(const struct invocation *inv, const struct answer *answer)
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

static bool add_origins(const struct answer *answer, json_t *object)
{
    json_t *origins = json_array();
    bool ok = origins != NULL;
    for (size_t i = 0; ok && i < answer->origin_count; i++) {
        const struct score_origin *origin = &answer->origins[i];
        char id[24]; /* a text as in the reasons: not every reader of JSON has 64-bit integers */
        (void)snprintf(id, sizeof id, "%" PRId64, origin->id);
        ok = json_array_append_new(origins,
                                   json_pack("{s:s, s:s, s:s, s:I, s:s}", "id", id, "source",
                                             origin->source, "file", origin->file, "line",
                                             (json_int_t)origin->line, "key", origin->key)) == 0;
    }
    if (!ok) {
        json_decref(origins);
        return false;
    }
    return json_object_set_new(object, "records", origins) == 0;
}

static bool print_json(const struct invocation *inv, const struct answer *answer, struct error *err)
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

/* An explanation of other records than those of the run would not be of the published score. */
static bool is_of_run(const struct answer *answer, const struct credit_input *input, bool *same,
                      struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    if (!digest)
        return error_memory(err);
    bool ok = credit_inputs_hash(&answer->plan, input, digest, hash, err);
    digest_free(digest);
    *same = ok && memcmp(hash, answer->stored.inputs_hash, DIGEST_SIZE) == 0;
    return ok;
}

static bool outdated(const struct answer *answer, struct error *err)
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

static bool explain(struct invocation *inv, struct answer *answer, struct credit_snapshot *snapshot,
                    struct arena *arena, struct error *err)
{
    size_t index;
    struct credit_related related;
    bool same = false;
    bool known = credit_snapshot_find(snapshot, answer->entity.entity_id, &index);
    if (!known && !answer->stored.found)
        return error_set(err, ERROR_NOT_FOUND, answer->entity.code,
                         "was not scored: it is not a registered entity in business of the "
                         "model's jurisdiction on that day");
    if (!known || !answer->stored.found)
        return outdated(answer, err);
    struct credit_input input = credit_snapshot_input(snapshot, &answer->plan, index, &related);
    if (!is_of_run(answer, &input, &same, err))
        return false;
    if (!same)
        return outdated(answer, err);
    if (!credit_explain(&answer->plan, &input, arena, &answer->explanation, err))
        return false;
    if (inv->json)
        return print_json(inv, answer, err);
    print_lines(inv, answer);
    return true;
}

static bool run(struct invocation *inv, struct db *db, const char *scheme, struct arena *arena,
                struct error *err)
{
    struct answer answer = {0};
    struct credit_model *model;
    struct credit_snapshot *snapshot;
    const char *document;
    int table;
    int offset = (int)inv->settings->values[SETTING_REGISTER_UTC_OFFSET_MINUTES].integer;
    if (!db_begin_snapshot(db, err) ||
        !score_store_published(db, arena, &answer.run, &document, &table, err) ||
        !credit_model_read(document, strlen(document), answer.run.scheme, arena, &model, err) ||
        !score_store_entity(db, scheme, inv->argv[0], arena, &answer.entity, err) ||
        !score_store_fetch(db, table, answer.entity.entity_id, &answer.stored, err) ||
        !score_store_origins(db, answer.entity.entity_id, arena, &answer.origins,
                             &answer.origin_count, err))
        return false;
    struct score_request request = {.model = model,
                                    .model_document = document,
                                    .as_of = answer.run.as_of,
                                    .utc_offset_minutes = offset};
    if (!score_store_neighbourhood(db, &request, answer.entity.entity_id, &snapshot, err))
        return false;
    credit_plan_init(&answer.plan, model, answer.run.as_of);
    bool ok = explain(inv, &answer, snapshot, arena, err);
    credit_snapshot_free(snapshot);
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
