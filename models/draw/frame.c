/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/frame.h"

#include <stdlib.h>
#include <string.h>

#include "models/draw/salt.h"

enum { FIELDS = 4, LINE_GUESS = 48 };

static const unsigned char seal_prefix = 2;
static const unsigned char leaf_prefix = 0;

static int compare_entities(const void *a, const void *b)
{
    const struct frame_entity *x = a;
    const struct frame_entity *y = b;
    return text_compare(x->id, y->id);
}

static bool check_entity(const struct frame_entity *entity, struct error *err)
{
    bool sound = lines_is_id(entity->id) && lines_is_id(entity->stratum) &&
                 lines_is_id(entity->region) &&
                 (entity->licence.size == 0 || lines_is_id(entity->licence));
    if (sound)
        return true;
    return error_set(err, ERROR_INPUT, "frame",
                     "entity \"%.*s\": expected names of 1 to %d bytes without control characters "
                     "and commas, found stratum \"%.*s\", region \"%.*s\", licence \"%.*s\"",
                     (int)entity->id.size, entity->id.data, LINES_ID_CAP, (int)entity->stratum.size,
                     entity->stratum.data, (int)entity->region.size, entity->region.data,
                     (int)entity->licence.size, entity->licence.data);
}

bool frame_sort(const struct frame_entity *entities, size_t count, struct arena *arena,
                struct frame *out, struct error *err)
{
    if (count == 0 || count > FRAME_CAP)
        return error_set(err, count ? ERROR_LIMIT : ERROR_INPUT, "frame",
                         "expected 1 to %d entities, found %zu", FRAME_CAP, count);
    out->count = count;
    out->entities = arena_array(arena, count, sizeof *out->entities);
    if (!out->entities)
        return arena_error(arena, err);
    memcpy(out->entities, entities, count * sizeof *entities);
    qsort(out->entities, count, sizeof *out->entities, compare_entities);
    for (size_t i = 0; i < count; i++) {
        if (!check_entity(&out->entities[i], err))
            return false;
        if (i > 0 && compare_entities(&out->entities[i - 1], &out->entities[i]) == 0)
            return error_set(err, ERROR_INPUT, "frame",
                             "expected every entity once, found \"%.*s\" twice",
                             (int)out->entities[i].id.size, out->entities[i].id.data);
    }
    return true;
}

bool frame_write(const struct frame *frame, struct arena *arena, struct text *out,
                 struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, frame->count * LINE_GUESS);
    for (size_t i = 0; i < frame->count; i++) {
        const struct frame_entity *entity = &frame->entities[i];
        lines_put(&writer, entity->id);
        lines_tab(&writer);
        lines_put(&writer, entity->stratum);
        lines_tab(&writer);
        lines_put(&writer, entity->region);
        lines_tab(&writer);
        lines_put(&writer, entity->licence);
        lines_end(&writer);
    }
    return lines_finish(&writer, out, err);
}

static bool read_entity(struct lines_reader *reader, struct frame_entity *entity, struct error *err)
{
    struct text fields[FIELDS];
    if (!lines_fields(reader, fields, FIELDS, err))
        return false;
    *entity = (struct frame_entity){fields[0], fields[1], fields[2], fields[3]};
    return lines_id(reader, entity->id, "id", err) &&
           lines_id(reader, entity->stratum, "stratum", err) &&
           lines_id(reader, entity->region, "region", err) &&
           (entity->licence.size == 0 || lines_id(reader, entity->licence, "licence", err));
}

bool frame_read(struct text content, struct arena *arena, struct frame *out, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_FRAME].name, content);
    *out = (struct frame){.count = 0};
    size_t room = lines_count(content);
    if (room > FRAME_CAP)
        return error_set(err, ERROR_LIMIT, reader.file, "at most %d entities, found %zu", FRAME_CAP,
                         room);
    out->entities = arena_array(arena, room, sizeof *out->entities);
    if (!out->entities)
        return arena_error(arena, err);
    while (lines_more(&reader)) {
        struct frame_entity entity;
        if (!read_entity(&reader, &entity, err))
            return false;
        if (out->count > 0 && compare_entities(&out->entities[out->count - 1], &entity) >= 0)
            return lines_invalid(&reader, err, "expected an id above \"%.*s\", found \"%.*s\"",
                                 (int)out->entities[out->count - 1].id.size,
                                 out->entities[out->count - 1].id.data, (int)entity.id.size,
                                 entity.id.data);
        out->entities[out->count++] = entity;
    }
    return out->count > 0 ||
           error_set(err, ERROR_INVALID, reader.file, "expected at least one entity, found none");
}

static void seal_entity(struct digest *digest, const unsigned char salt_key[DIGEST_SIZE],
                        const struct frame_entity *entity, unsigned char seal[DIGEST_SIZE])
{
    unsigned char salt[DIGEST_SIZE];
    salt_entity(digest, salt_key, entity->id, salt);
    digest_start(digest);
    digest_update(digest, &seal_prefix, 1);
    digest_update(digest, salt, DIGEST_SIZE);
    digest_update(digest, entity->stratum.data, entity->stratum.size);
    digest_update(digest, "\t", 1);
    digest_update(digest, entity->region.data, entity->region.size);
    digest_update(digest, "\t", 1);
    digest_update(digest, entity->licence.data, entity->licence.size);
    digest_finish(digest, seal);
}

static void leaf_of(struct digest *digest, struct text id, const unsigned char seal[DIGEST_SIZE],
                    unsigned char leaf[DIGEST_SIZE])
{
    digest_start(digest);
    digest_update(digest, &leaf_prefix, 1);
    digest_update(digest, seal, DIGEST_SIZE);
    digest_update(digest, id.data, id.size);
    digest_finish(digest, leaf);
}

bool frame_root(const struct frame *frame, enum digest_alg alg,
                const unsigned char salt_key[DIGEST_SIZE], unsigned char root[DIGEST_SIZE],
                struct error *err)
{
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    struct merkle merkle;
    merkle_start(&merkle, alg);
    for (size_t i = 0; i < frame->count; i++) {
        unsigned char seal[DIGEST_SIZE];
        unsigned char leaf[DIGEST_SIZE];
        seal_entity(digest, salt_key, &frame->entities[i], seal);
        leaf_of(digest, frame->entities[i].id, seal, leaf);
        merkle_add(&merkle, leaf);
    }
    merkle_root(&merkle, root);
    digest_free(digest);
    return true;
}

bool frame_find(const struct frame *frame, struct text id, size_t *place)
{
    size_t low = 0;
    size_t high = frame->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(frame->entities[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *place = low;
    return low < frame->count && text_equal(frame->entities[low].id, id);
}

/* The path of one entity. All leaves are hashed anew into scratch, which merkle_path() spends. */
static void prove_leaf(const struct frame *frame, enum digest_alg alg, struct digest *digest,
                       const unsigned char salt_key[DIGEST_SIZE], size_t place,
                       unsigned char (*scratch)[DIGEST_SIZE], struct frame_leaf *out)
{
    for (size_t i = 0; i < frame->count; i++) {
        unsigned char seal[DIGEST_SIZE];
        seal_entity(digest, salt_key, &frame->entities[i], seal);
        leaf_of(digest, frame->entities[i].id, seal, scratch[i]);
        if (i == place)
            memcpy(out->seal, seal, DIGEST_SIZE);
    }
    out->id = frame->entities[place].id;
    out->index = place;
    out->path_size = merkle_path(alg, scratch, frame->count, place, out->path);
}

bool frame_prove(const struct frame *frame, enum digest_alg alg,
                 const unsigned char salt_key[DIGEST_SIZE], struct text id, struct arena *arena,
                 struct frame_proof *out, struct error *err)
{
    unsigned char(*scratch)[DIGEST_SIZE] = arena_array(arena, frame->count, DIGEST_SIZE);
    if (!scratch)
        return arena_error(arena, err);
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    size_t place;
    *out = (struct frame_proof){.present = frame_find(frame, id, &place)};
    if (!out->present && place > 0)
        prove_leaf(frame, alg, digest, salt_key, place - 1, scratch,
                   &out->leaves[out->leaf_count++]);
    if (place < frame->count)
        prove_leaf(frame, alg, digest, salt_key, place, scratch, &out->leaves[out->leaf_count++]);
    digest_free(digest);
    return true;
}

static bool check_leaf(const struct frame_leaf *leaf, enum digest_alg alg, uint64_t count,
                       const unsigned char root[DIGEST_SIZE], struct error *err)
{
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    unsigned char hash[DIGEST_SIZE];
    leaf_of(digest, leaf->id, leaf->seal, hash);
    digest_free(digest);
    return merkle_check(alg, hash, leaf->index, count,
                        (const unsigned char(*)[DIGEST_SIZE])leaf->path, leaf->path_size, root) ||
           error_set(err, ERROR_INVALID, "proof",
                     "the path of \"%.*s\" does not lead to the root of the frame",
                     (int)leaf->id.size, leaf->id.data);
}

/* Absent: between two neighbours, before the first, or after the last. */
static bool surrounds(const struct frame_proof *proof, struct text id, uint64_t count)
{
    const struct frame_leaf *first = &proof->leaves[0];
    if (proof->leaf_count == 2)
        return first->index + 1 == proof->leaves[1].index && text_compare(first->id, id) < 0 &&
               text_compare(id, proof->leaves[1].id) < 0;
    bool before = first->index == 0 && text_compare(id, first->id) < 0;
    bool after = first->index + 1 == count && text_compare(first->id, id) < 0;
    return proof->leaf_count == 1 && (before || after);
}

bool frame_check(const struct frame_proof *proof, enum digest_alg alg, struct text id,
                 uint64_t count, const unsigned char root[DIGEST_SIZE], struct error *err)
{
    if (proof->leaf_count < 1 || proof->leaf_count > 2)
        return error_set(err, ERROR_INVALID, "proof", "expected 1 or 2 leaves, found %zu",
                         proof->leaf_count);
    for (size_t i = 0; i < proof->leaf_count; i++) {
        if (!check_leaf(&proof->leaves[i], alg, count, root, err))
            return false;
    }
    if (proof->present ? text_equal(proof->leaves[0].id, id) : surrounds(proof, id, count))
        return true;
    return error_set(err, ERROR_INVALID, "proof", "the leaves do not show that \"%.*s\" is %s",
                     (int)id.size, id.data, proof->present ? "in the frame" : "absent");
}
