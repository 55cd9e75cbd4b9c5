/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_draw.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "models/draw/bundle.h"
#include "models/draw/commit.h"
#include "models/draw/lines.h"
#include "models/draw/strata.h"

enum {
    NUMBER_SIZE = 24,
    HEAD_LINES = 4,
    STRATUM_FIELDS = 5,
    RESULT_HEAD_BYTES = 64 * 1024 /* more than the strata of any plan take */
};

/* A draw being put together. */
struct drawing {
    struct view *view;
    const char *authority;
    char number[NUMBER_SIZE];
    struct bundle bundle; /* result.tsv: its beginning only */
    struct commit commit;
    struct strata strata;
};

static bool merge(json_t *answer, json_t *row, struct error *err)
{
    bool good = json_object_update(answer, row) == 0 || error_memory(err);
    json_decref(row);
    return good;
}

bool view_draw_plan_fill(struct view *view, const void *context, json_t *answer, struct error *err)
{
    const char *parameters[] = {context, view->region_code, view->department_id};
    json_t *row = NULL;
    return view_row(view, "view/plan.sql", parameters, 3, "plan", &row, err) &&
           merge(answer, row, err);
}

static bool take_file(struct drawing *drawing, const char *name, const char *hex, struct error *err)
{
    enum bundle_file file;
    size_t size = strlen(hex) / 2;
    char *content = arena_alloc(drawing->view->arena, size + 1);
    if (!content)
        return arena_error(drawing->view->arena, err);
    if (!bundle_file_of(name, &file) ||
        !text_unhex((struct text){hex, 2 * size}, (unsigned char *)content, size))
        return error_set(err, ERROR_INTERNAL, name, "is not a file of a bundle");
    drawing->bundle.files[file] = (struct text){content, size};
    return true;
}

static bool read_files(struct drawing *drawing, struct error *err)
{
    char bytes[NUMBER_SIZE];
    struct db_rows *rows = NULL;
    snprintf(bytes, sizeof bytes, "%d", RESULT_HEAD_BYTES);
    const char *parameters[] = {drawing->authority, drawing->number, bytes};
    if (!db_run(drawing->view->db, "view/draw_files.sql", parameters, 3, 2, &rows, NULL, err))
        return false;
    bool good = true;
    for (int i = 0; good && i < db_rows_count(rows); i++)
        good = take_file(drawing, db_text(rows, i, 0), db_text(rows, i, 1), err);
    db_rows_free(rows);
    return good &&
           commit_read(drawing->bundle.files[BUNDLE_COMMIT], drawing->view->arena, &drawing->commit,
                       err) &&
           strata_read(drawing->bundle.files[BUNDLE_STRATA], drawing->view->arena, &drawing->strata,
                       err);
}

/* How many were drawn of each stratum: result.tsv has a head, then one line per stratum by name. */
static bool read_selected(struct drawing *drawing, struct error *err)
{
    struct text head = drawing->bundle.files[BUNDLE_RESULT];
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_RESULT].name, head);
    struct text fields[STRATUM_FIELDS];
    struct text ignored;
    for (int i = 0; i < HEAD_LINES; i++) {
        if (!lines_next(&reader, &ignored, err))
            return false;
    }
    for (size_t i = 0; i < drawing->strata.count; i++) {
        struct quota_stratum *stratum = &drawing->strata.rows[i];
        if (!lines_fields(&reader, fields, STRATUM_FIELDS, err) ||
            !lines_number(&reader, fields[3], "selected", 0, stratum->size, &stratum->quota, err))
            return false;
    }
    return true;
}

static bool add_strata(struct drawing *drawing, json_t *answer, struct error *err)
{
    json_t *list = json_array();
    bool drawn = drawing->bundle.files[BUNDLE_RESULT].data != NULL;
    bool good = view_set(answer, "strata", list, err) && (!drawn || read_selected(drawing, err));
    for (size_t i = 0; good && i < drawing->strata.count; i++) {
        const struct quota_stratum *row = &drawing->strata.rows[i];
        json_t *selected = drawn ? json_integer((json_int_t)row->quota) : json_null();
        good = view_append(list,
                           json_pack("{s:s%, s:I, s:I, s:I, s:I, s:o}", "class", row->name.data,
                                     row->name.size, "rate_ppm", (json_int_t)row->rate_ppm, "min",
                                     (json_int_t)row->min, "max", (json_int_t)row->max, "frame",
                                     (json_int_t)row->size, "selected", selected),
                           err);
    }
    return good;
}

static bool add_exclusions(const struct commit *commit, json_t *answer, struct error *err)
{
    json_t *list = json_array();
    bool good = view_set(answer, "exclusions", list, err);
    for (size_t i = 0; good && i < commit->exclusion_count; i++)
        good = view_append(list,
                           json_pack("{s:s%, s:I}", "reason", commit->exclusions[i].reason.data,
                                     commit->exclusions[i].reason.size, "count",
                                     (json_int_t)commit->exclusions[i].count),
                           err);
    return good;
}

static bool set_hex(json_t *object, const char *member, const unsigned char hash[DIGEST_SIZE],
                    struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    return view_set(object, member, json_string(hex), err);
}

static bool add_hashes(struct drawing *drawing, json_t *answer, struct error *err)
{
    const struct commit *commit = &drawing->commit;
    struct text record = drawing->bundle.files[BUNDLE_COMMIT];
    unsigned char hash[DIGEST_SIZE];
    const char *parameters[] = {drawing->authority, drawing->number};
    json_t *hashes = json_object();
    digest_of((enum digest_alg)commit->alg, record.data, record.size, hash);
    return view_set(answer, "hashes", hashes, err) && set_hex(hashes, "commit", hash, err) &&
           set_hex(hashes, "plan", commit->plan_hash, err) &&
           set_hex(hashes, "frame_root", commit->frame_root, err) &&
           view_add_rows(drawing->view, "view/draw_log.sql", parameters, 2, "log", hashes, err);
}

static json_t *moment_json(int64_t moment_s)
{
    char date[DAY_TEXT_SIZE];
    int64_t second = moment_s % 86400;
    return json_sprintf("%sT%02d:%02d:%02dZ", day_format((day)(moment_s / 86400), date),
                        (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

/* What must be handed in for the run, and from when on it can be known. */
static bool add_beacon(const struct commit *commit, json_t *answer, struct error *err)
{
    struct text rule = commit->beacon_rule;
    int64_t round = commit->beacon_round;
    return view_set(answer, "beacon",
                    json_pack("{s:s, s:o, s:o, s:I, s:o}", "source",
                              beacon_source_names[commit->beacon_source], "rule",
                              rule.size ? json_stringn(rule.data, rule.size) : json_null(), "round",
                              round ? json_integer((json_int_t)round) : json_null(), "delay_s",
                              (json_int_t)commit->beacon_delay_s, "known_at",
                              moment_json(commit_beacon_at_s(commit))),
                    err);
}

static bool add_commit(struct drawing *drawing, json_t *answer, struct error *err)
{
    const struct commit *commit = &drawing->commit;
    char reveal_by[DAY_TEXT_SIZE];
    return view_set(answer, "alg", json_string(digest_name((enum digest_alg)commit->alg)), err) &&
           view_set(answer, "reveal_by", json_string(day_format(commit->reveal_by, reveal_by)),
                    err) &&
           view_set(answer, "per_visit", json_integer((json_int_t)commit->per_visit), err) &&
           add_exclusions(commit, answer, err) && add_beacon(commit, answer, err);
}

bool view_draw_fill(struct view *view, const void *context, json_t *answer, struct error *err)
{
    const struct view_draw_key *key = context;
    struct drawing drawing = {.view = view, .authority = key->authority};
    json_t *row = NULL;
    snprintf(drawing.number, sizeof drawing.number, "%" PRId64, key->number);
    const char *parameters[] = {key->authority, drawing.number, view->region_code,
                                view->department_id};
    return view_row(view, "view/draw.sql", parameters, 4, "draw", &row, err) &&
           merge(answer, row, err) && read_files(&drawing, err) &&
           add_commit(&drawing, answer, err) && add_strata(&drawing, answer, err) &&
           add_hashes(&drawing, answer, err);
}
