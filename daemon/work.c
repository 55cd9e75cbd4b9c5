/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/work.h"

#include <string.h>

#include "daemon/model_file.h"
#include "models/catalog/catalog.h"

#define SHIPPED_MODEL "credit/cn_enterprise_example.json"
#define SHIPPED_RULES "alert/rules_example.json"
#define SHIPPED_CALENDAR "calendar/cn.json"

enum { RULES_BYTES_CAP = 1024 * 1024 };

static bool read_model(const struct settings *settings, const char *document, size_t size,
                       const char *name, day as_of, struct arena *arena, struct score_request *out,
                       struct error *err)
{
    struct credit_model *model = NULL;
    if (!credit_model_read(document, size, name, arena, &model, err))
        return false;
    *out = (struct score_request){
        .model = model,
        .model_document = document,
        .as_of = as_of,
        .utc_offset_minutes = (int)settings_integer(settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .threads = (unsigned)settings_integer(settings, SETTING_JOB_THREADS),
    };
    return true;
}

bool work_score(const struct settings *settings, const char *path, day as_of, struct arena *arena,
                struct score_request *out, struct error *err)
{
    struct model_file file;
    return model_file_read(path, SHIPPED_MODEL, CREDIT_MODEL_BYTES_CAP, arena, &file, err) &&
           read_model(settings, file.bytes, file.size, file.name, as_of, arena, out, err);
}

bool work_score_again(const struct settings *settings, struct db *db, day as_of,
                      struct arena *arena, struct score_request *out, struct error *err)
{
    struct score_report run;
    const char *document = NULL;
    int table;
    if (score_store_published(db, arena, &run, &document, &table, err))
        return read_model(settings, document, strlen(document), run.scheme, as_of, arena, out, err);
    return err->kind == ERROR_NOT_FOUND && work_score(settings, NULL, as_of, arena, out, err);
}

bool work_calendar(struct arena *arena, struct calendar *out, struct error *err)
{
    const struct catalog_document *document = catalog_find(SHIPPED_CALENDAR);
    if (!document)
        return error_set(err, ERROR_INTERNAL, SHIPPED_CALENDAR, "is not in the catalogue");
    return calendar_read(document->data, document->size, document->name, arena, out, err);
}

static const char *rules_path(const struct settings *settings, const char *path)
{
    const char *named = settings_text(settings, SETTING_REGISTER_ALERT_RULES);
    return path ? path : named[0] ? named : NULL;
}

bool work_scan(const struct settings *settings, const char *path, day as_of, struct arena *arena,
               struct alert_request *out, struct error *err)
{
    struct model_file file;
    struct rule_list *rules = arena_array(arena, 1, sizeof *rules);
    struct calendar *calendar = arena_array(arena, 1, sizeof *calendar);
    if (!rules || !calendar)
        return arena_error(arena, err);
    *out = (struct alert_request){
        .rules = rules,
        .calendar = calendar,
        .as_of = as_of,
        .weeks = 1,
        .utc_offset_minutes = (int)settings_integer(settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .memory_cap = (size_t)settings_integer(settings, SETTING_JOB_MEMORY_MB) * 1024 * 1024,
    };
    return model_file_read(rules_path(settings, path), SHIPPED_RULES, RULES_BYTES_CAP, arena, &file,
                           err) &&
           rule_read(file.bytes, file.size, file.name, arena, rules, err) &&
           work_calendar(arena, calendar, err);
}
