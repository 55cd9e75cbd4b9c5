/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/folder.h"

#include <stdio.h>

#include "etl/feed/folder_place.h"
#include "etl/load/blank.h"

enum { ARENA_CAP = 32 * 1024 * 1024 };

/* A run over one folder. */
struct round {
    struct feed_run *run;
    struct folder_place place;
    struct arena arena;
    size_t files; /* to be taken in all */
    size_t taken;
};

/* The accepted file: moved as it is, or as a copy whose dropped columns are blank. */
static bool archive(const struct round *round, const char *claim, const char *name,
                    struct error *err)
{
    const struct feed_entry *entry = round->run->entry;
    char from[FOLDER_PLACE_PATH_SIZE];
    char copy[FOLDER_PLACE_PATH_SIZE];
    if (entry->feed.folder.archive_days == 0)
        return folder_place_delete(&round->place, FOLDER_WORK, claim, err);
    if (entry->mapping->drop_count == 0)
        return folder_place_move(&round->place, claim, FOLDER_ARCHIVE, err);
    const struct blank_mapping mapping = {entry->mapping_path, entry->mapping_bytes,
                                          entry->mapping_size};
    return folder_place_path(&round->place, FOLDER_WORK, claim, name, "", from, err) &&
           folder_place_path(&round->place, FOLDER_WORK, "", FOLDER_PLACE_COPY, "", copy, err) &&
           blank_copy(&mapping, from, copy, err) &&
           folder_place_keep_copy(&round->place, claim, name, err) &&
           folder_place_delete(&round->place, FOLDER_WORK, claim, err);
}

static bool refuse(const struct round *round, const char *claim, const char *name,
                   const char *reason, struct error *err)
{
    return folder_place_explain(&round->place, claim, name, reason, err) &&
           folder_place_move(&round->place, claim, FOLDER_REFUSED, err);
}

/* Loads the file of a claim and puts it where it then belongs. */
static bool take(struct round *round, const char *claim, const char *name, struct error *err)
{
    struct feed_run *run = round->run;
    struct feed_known known;
    char path[FOLDER_PLACE_PATH_SIZE];
    enum delivery_outcome outcome = DELIVERY_TAKEN;
    const struct delivery delivery = {
        .key = claim,
        .name = name,
        .path = path,
        .percent_from = (int)(round->taken * 100 / (round->files ? round->files : 1)),
        .percent_to = (int)((round->taken + 1) * 100 / (round->files ? round->files : 1)),
    };
    if (!folder_place_path(&round->place, FOLDER_WORK, claim, name, "", path, err) ||
        !feed_store_find(run->db, run->entry->feed_id, claim, &known, err))
        return false;
    if (known.refused)
        return refuse(round, claim, name, known.reason, err);
    if (!known.complete && !delivery_take(run, &delivery, &outcome, err))
        return false;
    round->taken++;
    return outcome == DELIVERY_TAKEN ? archive(round, claim, name, err)
                                     : refuse(round, claim, name, err->message, err);
}

static bool finish_claims(struct round *round, struct error *err)
{
    struct folder_names claims;
    if (!folder_place_claims(&round->place, FOLDER_WORK, &round->arena, &claims, err))
        return false;
    round->files = claims.count;
    for (size_t i = 0; i < claims.count; i++) {
        char name[FOLDER_PLACE_NAME_SIZE];
        if (!folder_place_resume(&round->place, claims.names[i], name, err) ||
            (name[0] && !take(round, claims.names[i], name, err)))
            return false;
    }
    return true;
}

static bool take_new(struct round *round, struct error *err)
{
    struct folder_names files;
    struct feed_run *run = round->run;
    if (!folder_place_ready(&round->place, run->clock->now_us(), &round->arena, &files, err))
        return false;
    run->report.skipped = (int64_t)files.skipped;
    round->taken = 0;
    round->files = files.count;
    for (size_t i = 0; i < files.count; i++) {
        char claim[FOLDER_PLACE_CLAIM_SIZE];
        bool taken;
        if (!delivery_progress(run, (int)(i * 100 / files.count), files.names[i], err) ||
            !folder_place_claim(&round->place, files.names[i], run->clock->now_us(), claim, &taken,
                                err) ||
            (taken && !take(round, claim, files.names[i], err)))
            return false;
    }
    return true;
}

static bool purge(struct round *round, struct error *err)
{
    const struct feed_folder *folder = &round->run->entry->feed.folder;
    int64_t now_us = round->run->clock->now_us();
    return folder_place_purge(&round->place, FOLDER_ARCHIVE, folder->archive_days, now_us,
                              &round->arena, err) &&
           folder_place_purge(&round->place, FOLDER_REFUSED, folder->refused_days, now_us,
                              &round->arena, err);
}

bool folder_run(struct feed_run *run, struct error *err)
{
    struct round round = {.run = run};
    if (!folder_place_open(&round.place, &run->entry->feed.folder, err))
        return false;
    arena_init(&round.arena, ARENA_CAP);
    bool good = finish_claims(&round, err) && take_new(&round, err) && purge(&round, err);
    arena_reset(&round.arena);
    folder_place_close(&round.place);
    return good;
}

bool folder_check(const struct feed_entry *entry, struct error *err)
{
    struct folder_place place;
    if (!folder_place_open(&place, &entry->feed.folder, err))
        return err->kind == ERROR_CONFLICT; /* at work */
    folder_place_close(&place);
    return true;
}
