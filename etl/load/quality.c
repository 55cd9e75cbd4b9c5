/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/quality.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { COUNTS_SIZE = 2048, NUMBER_SIZE = 24 };

void quality_reset(struct quality *quality)
{
    *quality = (struct quality){.first_line = 0};
}

/* Days are stored as YYYY-MM-DD, so that they compare as texts; '长期' is no day of an event. */
static void note_day(struct quality *quality, struct text value)
{
    if (value.size != DAY_TEXT_SIZE - 1 ||
        memcmp(value.data, quality->newest_on, DAY_TEXT_SIZE - 1) <= 0)
        return;
    memcpy(quality->newest_on, value.data, DAY_TEXT_SIZE - 1);
    quality->newest_on[DAY_TEXT_SIZE - 1] = '\0';
}

void quality_add(struct quality *quality, const struct kind *kind, const struct row *row)
{
    for (size_t i = 0; i < kind->field_count; i++)
        quality->filled[i] += row->fields[i].data != NULL;
    if (kind->event_field)
        note_day(quality, row->fields[kind_field(kind, text_of(kind->event_field))]);
}

void quality_add_reject(struct quality *quality, int64_t line, const struct reject *reject)
{
    quality->reasons[reject->reason]++;
    if (quality->first_line > 0)
        return;
    quality->first = *reject;
    quality->first_line = line;
}

enum reject_reason quality_main_reason(const struct quality *quality)
{
    int most = 0;
    for (int i = 1; i < REJECT_REASON_COUNT; i++)
        most = quality->reasons[i] > quality->reasons[most] ? i : most;
    return (enum reject_reason)most;
}

/* Names of reasons and fields are words of our own tables: nothing in them needs escaping. */
static void add_count(char *json, size_t *used, const char *name, int64_t count)
{
    int size = snprintf(json + *used, COUNTS_SIZE - *used, "%s\"%s\":%" PRId64,
                        *used > 1 ? "," : "", name, count);
    assert(size > 0 && (size_t)size < COUNTS_SIZE - *used - 1);
    *used += (size_t)size;
}

static void end_counts(char *json, size_t used)
{
    json[used] = '}';
    json[used + 1] = '\0';
}

bool quality_store(const struct quality *quality, const struct kind *kind, struct db *db,
                   int64_t batch_id, const char *now, struct error *err)
{
    char id[NUMBER_SIZE];
    char duplicates[NUMBER_SIZE];
    char reasons[COUNTS_SIZE] = "{";
    char filled[COUNTS_SIZE] = "{";
    size_t used = 1;
    for (int i = 0; i < REJECT_REASON_COUNT; i++) {
        if (quality->reasons[i] > 0)
            add_count(reasons, &used, reject_code((enum reject_reason)i), quality->reasons[i]);
    }
    end_counts(reasons, used);
    used = 1;
    for (size_t i = 0; i < kind->field_count; i++)
        add_count(filled, &used, kind->fields[i].name, quality->filled[i]);
    end_counts(filled, used);
    snprintf(id, sizeof id, "%" PRId64, batch_id);
    snprintf(duplicates, sizeof duplicates, "%" PRId64, quality->duplicates);
    const char *parameters[] = {
        id, now, duplicates, quality->newest_on[0] ? quality->newest_on : NULL, reasons, filled};
    return db_run(db, "load/quality_insert.sql", parameters, 6, 0, NULL, NULL, err);
}
