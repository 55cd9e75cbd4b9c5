/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/result.h"

#include <assert.h>
#include <stdio.h>

enum { LINE_GUESS = 200 };

static const struct text none = {"-", 1};

static bool fill_quotas(struct docket *docket, struct ticket_press *press, struct error *err)
{
    return quota_fill((enum quota_rule)docket->commit.quota_rule, docket->commit.quota_total, press,
                      docket->strata.rows, docket->strata.count, err);
}

/* One pass over the frame; each stratum keeps its smallest tickets. */
static bool select_entities(const struct docket *docket, struct ticket_press *press,
                            struct arena *arena, struct selection **out, struct error *err)
{
    const struct strata *strata = &docket->strata;
    struct selection *selections = arena_array(arena, strata->count, sizeof *selections);
    if (!selections)
        return arena_error(arena, err);
    for (size_t h = 0; h < strata->count; h++) {
        if (!selection_init(&selections[h], (size_t)strata->rows[h].quota, arena, err))
            return false;
    }
    for (size_t i = 0; i < docket->frame.count; i++) {
        const struct frame_entity *entity = &docket->frame.entities[i];
        const struct quota_stratum *row = strata_find(strata, entity->stratum);
        assert(row);
        struct selected item = {.id = entity->id, .index = i};
        item.ticket = ticket_of(press, TICKET_ENTITY, entity->id);
        selection_offer(&selections[row - strata->rows], &item);
    }
    *out = selections;
    return true;
}

static bool collect_visits(const struct docket *docket, struct selection *selections,
                           struct arena *arena, struct result *out, struct error *err)
{
    size_t total = 0;
    assert(selections);
    for (size_t h = 0; h < docket->strata.count; h++)
        total += selections[h].count;
    out->count = 0;
    out->visits = arena_array(arena, total, sizeof *out->visits);
    if (!out->visits)
        return arena_error(arena, err);
    for (size_t h = 0; h < docket->strata.count; h++) {
        selection_sort(&selections[h]);
        for (size_t i = 0; i < selections[h].count; i++) {
            const struct selected *item = &selections[h].items[i];
            out->visits[out->count++] =
                (struct result_visit){.entity = &docket->frame.entities[item->index],
                                      .ticket = item->ticket,
                                      .rank = (int64_t)i + 1};
        }
    }
    return true;
}

static bool assign_visits(const struct docket *docket, struct ticket_press *press,
                          struct arena *arena, struct result *out, struct error *err)
{
    if (docket->commit.per_visit == 0 || out->count == 0)
        return true;
    struct frame_entity *entities = arena_array(arena, out->count, sizeof *entities);
    if (!entities)
        return arena_error(arena, err);
    for (size_t v = 0; v < out->count; v++)
        entities[v] = *out->visits[v].entity;
    return assign_inspectors(&docket->commit, &docket->roster, entities, out->count, press, arena,
                             &out->assignment, err);
}

bool result_draw(struct docket *docket, const unsigned char key[DIGEST_SIZE], struct arena *arena,
                 struct result *out, struct error *err)
{
    struct ticket_press press;
    struct selection *selections = NULL;
    *out = (struct result){.count = 0};
    if (!ticket_open(&press, docket_alg(docket), key, err))
        return false;
    bool done = fill_quotas(docket, &press, err) &&
                select_entities(docket, &press, arena, &selections, err) &&
                collect_visits(docket, selections, arena, out, err) &&
                assign_visits(docket, &press, arena, out, err);
    ticket_close(&press);
    return done;
}

static void put_pair(struct lines_writer *writer, const char *name, struct text value)
{
    lines_put_name(writer, name);
    lines_tab(writer);
    lines_put(writer, value);
    lines_end(writer);
}

static void put_head(const struct docket *docket, int64_t least_load, struct lines_writer *writer)
{
    char hash[DIGEST_HEX_SIZE];
    char load[24];
    text_hex(docket->commit_hash, DIGEST_SIZE, hash);
    snprintf(load, sizeof load, "%lld", (long long)least_load);
    put_pair(writer, "format", TEXT_LITERAL("SR-DRAW-RESULT-v1"));
    put_pair(writer, "rehearsal", text_of(docket->commit.rehearsal ? "yes" : "no"));
    put_pair(writer, "commit_hash", text_of(hash));
    put_pair(writer, "least_load", text_of(load));
}

/* name, size, quota and the last ticket drawn: an entity is in exactly when its own is not above.
 */
static void put_stratum(const struct quota_stratum *row, const struct result_visit *last,
                        struct lines_writer *writer)
{
    lines_put_name(writer, "stratum\t");
    lines_put(writer, row->name);
    lines_tab(writer);
    lines_put_number(writer, row->size);
    lines_tab(writer);
    lines_put_number(writer, row->quota);
    lines_tab(writer);
    if (row->quota > 0)
        lines_put_hex(writer, last->ticket.bytes, DIGEST_SIZE);
    else
        lines_put(writer, none);
    lines_end(writer);
}

static void put_strata(const struct result *result, const struct docket *docket,
                       struct lines_writer *writer)
{
    size_t end = 0;
    for (size_t h = 0; h < docket->strata.count; h++) {
        const struct quota_stratum *row = &docket->strata.rows[h];
        end += (size_t)row->quota;
        put_stratum(row, row->quota > 0 ? &result->visits[end - 1] : NULL, writer);
    }
}

static void put_inspectors(const int32_t *inspectors, size_t count, const struct docket *docket,
                           struct lines_writer *writer)
{
    for (size_t i = 0; i < count; i++) {
        lines_tab(writer);
        lines_put(writer, inspectors[i] == MATCH_NOBODY
                              ? none
                              : docket->roster.inspectors[inspectors[i]].id);
    }
}

static void put_visit(const struct result *result, size_t visit, const struct docket *docket,
                      struct lines_writer *writer)
{
    const struct result_visit *row = &result->visits[visit];
    size_t per_visit = (size_t)docket->commit.per_visit;
    size_t reserves = (size_t)docket->commit.reserves;
    lines_put_name(writer, "visit\t");
    lines_put(writer, row->entity->id);
    lines_tab(writer);
    lines_put(writer, row->entity->stratum);
    lines_tab(writer);
    lines_put_number(writer, row->rank);
    lines_tab(writer);
    lines_put_hex(writer, row->ticket.bytes, DIGEST_SIZE);
    if (per_visit > 0) {
        const struct match *match = &result->assignment.match;
        lines_tab(writer);
        lines_put_number(writer, result->assignment.tiers[visit] + 1);
        put_inspectors(match->assigned + visit * per_visit, per_visit, docket, writer);
        put_inspectors(match->reserved + visit * reserves, reserves, docket, writer);
    }
    lines_end(writer);
}

bool result_write(const struct result *result, const struct docket *docket, struct arena *arena,
                  struct text *out, struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, (result->count + docket->strata.count + 4) * LINE_GUESS);
    put_head(docket, result->assignment.match.least_load, &writer);
    put_strata(result, docket, &writer);
    for (size_t v = 0; v < result->count; v++)
        put_visit(result, v, docket, &writer);
    return lines_finish(&writer, out, err);
}

/* The rows before the visits, as far as they do not depend on the key. */
static bool check_stratum(struct lines_reader *reader, const struct quota_stratum *row,
                          bool fixed_quota, int64_t *quota, struct error *err)
{
    struct text fields[5];
    int64_t size;
    if (!lines_fields(reader, fields, 5, err) ||
        !lines_number(reader, fields[2], "size", row->size, row->size, &size, err))
        return false;
    if (!text_is(fields[0], "stratum") || !text_equal(fields[1], row->name))
        return lines_invalid(reader, err, "expected stratum \"%.*s\", found %.*s \"%.*s\"",
                             (int)row->name.size, row->name.data, (int)fields[0].size,
                             fields[0].data, (int)fields[1].size, fields[1].data);
    return lines_number(reader, fields[3], "quota", fixed_quota ? row->quota : 0,
                        fixed_quota ? row->quota : row->size, quota, err);
}

static bool check_visit(struct lines_reader *reader, const struct docket *docket,
                        struct text stratum, int64_t rank, struct error *err)
{
    struct text fields[LINES_FIELD_CAP];
    int64_t found;
    size_t place;
    size_t count = 5;
    if (docket->commit.per_visit > 0)
        count += (size_t)(1 + docket->commit.per_visit + docket->commit.reserves);
    if (!lines_fields(reader, fields, count, err))
        return false;
    if (!text_is(fields[0], "visit") || !frame_find(&docket->frame, fields[1], &place) ||
        !text_equal(docket->frame.entities[place].stratum, stratum) ||
        !text_equal(fields[2], stratum))
        return lines_invalid(reader, err,
                             "expected a visit to an entity of stratum \"%.*s\" in the frame, "
                             "found %.*s \"%.*s\" of \"%.*s\"",
                             (int)stratum.size, stratum.data, (int)fields[0].size, fields[0].data,
                             (int)fields[1].size, fields[1].data, (int)fields[2].size,
                             fields[2].data);
    return lines_number(reader, fields[3], "rank", rank, rank, &found, err);
}

static bool check_head(struct lines_reader *reader, struct docket *docket, struct arena *arena,
                       struct text content, struct error *err)
{
    struct lines_writer writer;
    struct text head;
    struct text line;
    int64_t least_load = 0;
    struct text fields[2];
    for (int i = 0; i < 3; i++) {
        if (!lines_next(reader, &line, err))
            return false;
    }
    if (!lines_fields(reader, fields, 2, err) ||
        !lines_number(reader, fields[1], "least_load", 0, ROSTER_VISITS_CAP, &least_load, err))
        return false;
    lines_start(&writer, arena, 256);
    put_head(docket, least_load, &writer);
    if (!lines_finish(&writer, &head, err))
        return false;
    struct text found = {content.data, content.size - reader->rest.size};
    return lines_same(reader->file, head, found, err);
}

bool result_check(struct text content, struct docket *docket, int64_t selected_count,
                  struct arena *arena, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_RESULT].name, content);
    const struct strata *strata = &docket->strata;
    bool fixed = docket->commit.quota_rule != QUOTA_CONTROLLED;
    int64_t total = 0;
    int64_t *quotas = arena_array(arena, strata->count, sizeof *quotas);
    if (!quotas)
        return arena_error(arena, err);
    if (!check_head(&reader, docket, arena, content, err) ||
        (fixed && !fill_quotas(docket, NULL, err)))
        return false;
    for (size_t h = 0; h < strata->count; h++) {
        if (!check_stratum(&reader, &strata->rows[h], fixed, &quotas[h], err))
            return false;
        total += quotas[h];
    }
    for (size_t h = 0; h < strata->count; h++) {
        for (int64_t rank = 1; rank <= quotas[h]; rank++) {
            if (!check_visit(&reader, docket, strata->rows[h].name, rank, err))
                return false;
        }
    }
    if (lines_more(&reader))
        return error_set(err, ERROR_INVALID, reader.file, "expected %zu lines, found more",
                         reader.number);
    return total == selected_count || error_set(err, ERROR_INVALID, bundle_rules[BUNDLE_DRAW].name,
                                                "selected_count: expected %lld, found %lld",
                                                (long long)total, (long long)selected_count);
}
