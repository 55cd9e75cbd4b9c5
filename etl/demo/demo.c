/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/demo.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "etl/demo/forms.h"
#include "etl/demo/send.h"
#include "etl/demo/sheet.h"
#include "models/catalog/catalog.h"
#include "models/core/json.h"

enum { PROGRESS_STEP = 500, DEMO_PATH_SIZE = PATH_MAX };

static const char manifest_name[] = "manifest.json";

/* Before the districts changed there is no earlier extract to correct. */
static bool is_written(const struct scene *scene, enum forms_file file)
{
    return file != FORMS_ENTITY_EARLIER || scene->snapshot_on != DAY_NONE;
}

static bool check_options(const struct demo_options *options, struct error *err)
{
    if (options->entities < DEMO_ENTITIES_MIN || options->entities > DEMO_ENTITIES_MAX)
        return error_set(err, ERROR_LIMIT, "entities", "expected %d to %d, found %" PRIu64,
                         DEMO_ENTITIES_MIN, DEMO_ENTITIES_MAX, options->entities);
    if (options->seed > DEMO_SEED_MAX)
        return error_set(err, ERROR_LIMIT, "seed", "expected at most %" PRIu64 ", found %" PRIu64,
                         DEMO_SEED_MAX, options->seed);
    if (options->until < DEMO_UNTIL_MIN || options->until > DEMO_UNTIL_MAX) {
        char first[DAY_TEXT_SIZE];
        char last[DAY_TEXT_SIZE];
        return error_set(err, ERROR_LIMIT, "until", "expected %s to %s, found day number %d",
                         day_format(DEMO_UNTIL_MIN, first), day_format(DEMO_UNTIL_MAX, last),
                         (int)options->until);
    }
    return true;
}

static bool path_in(const char *directory, const char *name, char out[DEMO_PATH_SIZE],
                    struct error *err)
{
    int length = snprintf(out, DEMO_PATH_SIZE, "%s/%s", directory, name);
    if (length < 0 || length >= DEMO_PATH_SIZE)
        return error_set(err, ERROR_LIMIT, directory, "a path has at most %d bytes, found %d",
                         DEMO_PATH_SIZE - 1, length);
    return true;
}

static bool make_directory(const char *path, struct error *err)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return error_errno(err, path, "cannot create the directory", errno);
    return true;
}

static bool write_whole(const char *path, const char *bytes, size_t size, struct error *err)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return error_errno(err, path, "cannot create the file", errno);
    bool written = fwrite(bytes, 1, size, file) == size;
    int problem = errno;
    if (fclose(file) != 0 && written) {
        written = false;
        problem = errno;
    }
    return written || error_errno(err, path, "cannot write", problem);
}

/* Takes over document. */
static bool write_json(const char *directory, const char *name, json_t *document, struct error *err)
{
    char path[DEMO_PATH_SIZE];
    char *text = document ? json_dumps(document, JSON_INDENT(2)) : NULL;
    json_decref(document);
    if (!text)
        return error_memory(err);
    bool done = path_in(directory, name, path, err) && write_whole(path, text, strlen(text), err);
    free(text);
    return done;
}

static bool copy_mapping(const char *directory, const char *mapping, struct error *err)
{
    char name[64];
    char path[DEMO_PATH_SIZE];
    snprintf(name, sizeof name, "mapping/demo/%.40s.json", mapping);
    const struct catalog_document *document = catalog_find(name);
    if (!document)
        return error_set(err, ERROR_INTERNAL, name, "the catalogue lacks the mapping document");
    snprintf(name, sizeof name, "mapping/%.40s.json", mapping);
    return path_in(directory, name, path, err) &&
           write_whole(path, document->data, document->size, err);
}

static bool write_manifest(const struct scene *scene, const char *directory, struct error *err)
{
    json_t *files = json_array();
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        const struct sheet_form *form = forms_at((enum forms_file)i);
        char mapping[64];
        char known_on[DAY_TEXT_SIZE];
        if (!is_written(scene, (enum forms_file)i))
            continue;
        /* Records say themselves when they became known; registers count from their extract on. */
        day extract = i == FORMS_ENTITY_EARLIER ? scene->snapshot_on : scene->until;
        snprintf(mapping, sizeof mapping, "mapping/%.40s.json", form->mapping);
        json_array_append_new(files,
                              json_pack("{s:s, s:s, s:s}", "mapping", mapping, "file", form->file,
                                        "known_on", day_format(extract, known_on)));
    }
    return write_json(directory, manifest_name,
                      json_pack("{s:s, s:o}", "manifest", "heng-manifest-1", "files", files), err);
}

/* An old manifest must not vouch for a folder that is being rewritten. */
static bool prepare_folder(const struct scene *scene, const char *directory, struct error *err)
{
    char path[DEMO_PATH_SIZE];
    if (!make_directory(directory, err) || !path_in(directory, manifest_name, path, err))
        return false;
    if (unlink(path) != 0 && errno != ENOENT)
        return error_errno(err, path, "cannot remove the old manifest", errno);
    if (!path_in(directory, "mapping", path, err) || !make_directory(path, err))
        return false;
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        if (is_written(scene, (enum forms_file)i) &&
            !copy_mapping(directory, forms_at((enum forms_file)i)->mapping, err))
            return false;
    }
    return true;
}

static bool open_sheets(struct sending *sending, const char *directory, struct error *err)
{
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        if (is_written(&sending->scene, (enum forms_file)i) &&
            !sheet_open(forms_at((enum forms_file)i), directory, &sending->sheets[i], err))
            return false;
    }
    return true;
}

static bool check_sheets(const struct sending *sending, struct error *err)
{
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        if (sending->sheets[i] && !sheet_check(sending->sheets[i], err))
            return false;
    }
    return true;
}

/* Closes all of them whatever happened; the first failure is told. */
static bool close_sheets(struct sending *sending, struct error *err)
{
    bool good = true;
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        if (sending->sheets[i] && !sheet_close(sending->sheets[i], good ? err : NULL))
            good = false;
        sending->sheets[i] = NULL;
    }
    return good;
}

static bool send_all(struct sending *sending, demo_progress_callback progress, void *context,
                     struct error *err)
{
    uint64_t total = sending->scene.entities;
    send_staff(sending);
    for (uint64_t done = 0; done < total;) {
        struct firm firm;
        firm_of(&sending->scene, done++, &firm);
        send_firm(sending, &firm);
        send_events(sending, &firm);
        if (done % PROGRESS_STEP != 0 && done != total)
            continue;
        if (!check_sheets(sending, err))
            return false;
        if (progress && !progress(done, total, context))
            return error_set(err, ERROR_INTERRUPTED, NULL,
                             "stopped after %" PRIu64 " of %" PRIu64
                             " entities; the folder has no manifest",
                             done, total);
    }
    send_phantoms(sending);
    return true;
}

static bool write_folder(struct sending *sending, const struct demo_options *options,
                         demo_progress_callback progress, void *context, struct error *err)
{
    const char *directory = options->directory;
    if (!prepare_folder(&sending->scene, directory, err))
        return false;
    json_t *truth = NULL;
    bool sent = open_sheets(sending, directory, err) && send_all(sending, progress, context, err);
    if (sent)
        truth = truth_json(&sending->truth, &sending->scene, sending->sheets, FORMS_COUNT);
    bool closed = close_sheets(sending, sent ? err : NULL);
    if (!sent || !closed) {
        json_decref(truth);
        return false;
    }
    return write_json(directory, "truth.json", truth, err) &&
           write_manifest(&sending->scene, directory, err);
}

bool demo_write(const struct demo_options *options, demo_progress_callback progress, void *context,
                struct error *err)
{
    if (!check_options(options, err))
        return false;
    struct sending *sending = calloc(1, sizeof *sending);
    if (!sending)
        return error_memory(err);
    scene_init(&sending->scene, options->entities, options->seed, options->until);
    truth_init(&sending->truth);
    bool done = write_folder(sending, options, progress, context, err);
    free(sending);
    return done;
}
