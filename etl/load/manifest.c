/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/manifest.h"

#include <stdio.h>
#include <string.h>

#include "etl/source/file.h"
#include "models/core/json.h"

/* folder/name in the arena. */
static bool join(const char *folder, const char *name, struct arena *arena, const char **out,
                 struct error *err)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = arena_alloc(arena, size);
    if (!path)
        return arena_error(arena, err);
    snprintf(path, size, "%s/%s", folder, name);
    *out = path;
    return true;
}

/* Relative, and no part of it is "..". */
static bool stays_inside(const char *name)
{
    if (name[0] == '/' || name[0] == '\0')
        return false;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

static bool read_path(const json_t *object, const char *key, const struct json_place *place,
                      const char *folder, struct arena *arena, const char **out, struct error *err)
{
    const char *name = NULL;
    if (!json_get_text(object, key, place, &name, err))
        return false;
    if (!stays_inside(name))
        return json_error(place, err, "%s: expected a path inside the folder, found \"%.80s\"", key,
                          name);
    return join(folder, name, arena, out, err);
}

static bool read_entry(const json_t *object, const struct json_place *place, const char *folder,
                       struct arena *arena, struct manifest_file *file, struct error *err)
{
    static const char *const members[] = {"mapping", "file", "known_on", NULL};
    if (!json_is_object(object))
        return json_error(place, err, "expected an object");
    file->known_on = DAY_NONE;
    return json_only(object, place, members, err) &&
           read_path(object, "mapping", place, folder, arena, &file->mapping, err) &&
           read_path(object, "file", place, folder, arena, &file->path, err) &&
           (!json_has(object, "known_on") ||
            json_get_day(object, "known_on", place, &file->known_on, err));
}

static bool read_root(const json_t *root, const char *name, const char *folder, struct arena *arena,
                      struct manifest *out, struct error *err)
{
    static const char *const members[] = {"manifest", "files", NULL};
    struct json_place place = json_place_root(name);
    const char *version = NULL;
    json_t *files;
    if (!json_is_object(root))
        return json_error(&place, err, "expected an object");
    if (!json_only(root, &place, members, err) ||
        !json_get_text(root, "manifest", &place, &version, err) ||
        !json_get_array(root, "files", &place, &files, err))
        return false;
    if (strcmp(version, "heng-manifest-1") != 0)
        return json_error(&place, err, "manifest: expected \"heng-manifest-1\", found \"%.40s\"",
                          version);
    struct json_place list = json_place_member(&place, "files");
    out->count = json_array_size(files);
    if (out->count == 0)
        return json_error(&list, err, "expected at least one file");
    if (out->count > MANIFEST_FILES_CAP)
        return error_set(err, ERROR_LIMIT, name, "at most %d files, found %zu", MANIFEST_FILES_CAP,
                         out->count);
    out->files = arena_array(arena, out->count, sizeof *out->files);
    if (!out->files)
        return arena_error(arena, err);
    for (size_t i = 0; i < out->count; i++) {
        struct json_place item = json_place_item(&list, i);
        if (!read_entry(json_array_get(files, i), &item, folder, arena, &out->files[i], err))
            return false;
    }
    return true;
}

bool manifest_read(const char *folder, struct arena *arena, struct manifest *out, struct error *err)
{
    const char *path = NULL;
    char *bytes = NULL;
    size_t size = 0;
    json_t *root = NULL;
    if (!join(folder, "manifest.json", arena, &path, err) ||
        !file_read(path, MANIFEST_BYTES_CAP, arena, &bytes, &size, err) ||
        !json_read(bytes, size, path, &root, err))
        return false;
    bool ok = read_root(root, path, folder, arena, out, err);
    json_decref(root);
    return ok;
}
