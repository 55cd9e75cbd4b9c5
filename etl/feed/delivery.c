/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/delivery.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A load and what belongs to it. */
struct work {
    struct feed_run *run;
    const struct delivery *delivery;
    char now[DELIVERY_INSTANT_SIZE];
    int percent;
    bool ended; /* progress said so */
};

const char *delivery_now(const struct feed_run *run, char *buffer)
{
    return run->clock->instant(run->clock->now_us(), run->utc_offset_minutes, buffer);
}

bool delivery_progress(struct feed_run *run, int percent, const char *detail, struct error *err)
{
    return run->progress(run->context, percent, detail, err);
}

static void note_progress(void *context, int64_t rows, int64_t bytes, int64_t bytes_all)
{
    struct work *work = context;
    const struct delivery *delivery = work->delivery;
    int64_t span = delivery->percent_to - delivery->percent_from;
    char detail[320];
    work->percent = delivery->percent_from + (int)(bytes_all > 0 ? bytes * span / bytes_all : 0);
    snprintf(detail, sizeof detail, "%.200s: %" PRId64, delivery->name, rows);
    work->ended = !delivery_progress(work->run, work->percent, detail, &work->run->stopped);
}

static bool stop_requested(void *context)
{
    const struct work *work = context;
    return work->ended;
}

static bool note_batch(void *context, struct db *db, const struct load_note *note,
                       struct error *err)
{
    struct work *work = context;
    int64_t delivery_id = 0;
    const struct feed_delivery row = {.feed_id = work->run->entry->feed_id,
                                      .key = work->delivery->key,
                                      .name = work->delivery->name,
                                      .sha256 = note->file_sha256,
                                      .complete = note->last_in_file};
    return feed_store_deliver(db, &row, work->now, &delivery_id, err) &&
           feed_store_batch(db, note->batch_id, delivery_id, err) &&
           (!note->last_in_file || !work->delivery->complete ||
            work->delivery->complete(work->delivery->context, db, err));
}

/* A delivery without records of its own. */
static bool note_alone(struct work *work, const char *refused, struct error *err)
{
    int64_t delivery_id = 0;
    const struct feed_delivery row = {.feed_id = work->run->entry->feed_id,
                                      .key = work->delivery->key,
                                      .name = work->delivery->name,
                                      .complete = true,
                                      .refused = refused};
    return feed_store_deliver(work->run->db, &row, work->now, &delivery_id, err);
}

static void add_report(struct feed_report *sum, const struct load_report *load)
{
    sum->deliveries++;
    sum->repeated += load->nothing_new;
    if (load->nothing_new)
        return;
    sum->rows_in += load->rows_in;
    sum->inserted += load->inserted;
    sum->updated += load->updated;
    sum->identical += load->identical;
    sum->rejected += load->rejected;
}

/* The fault lies in what was delivered: trying again changes nothing. */
static bool is_refusal(const struct error *err)
{
    return err->kind == ERROR_INPUT || err->kind == ERROR_LIMIT;
}

static bool refuse(struct work *work, enum delivery_outcome *outcome, struct error *err)
{
    struct error storing = {.kind = ERROR_NONE};
    *outcome = DELIVERY_REFUSED;
    work->run->report.refused++;
    if (note_alone(work, err->message, &storing))
        return true;
    *err = storing;
    return false;
}

bool delivery_take(struct feed_run *run, const struct delivery *delivery,
                   enum delivery_outcome *outcome, struct error *err)
{
    const struct feed_entry *entry = run->entry;
    struct work work = {.run = run, .delivery = delivery, .percent = delivery->percent_from};
    struct load_report report;
    const struct load_options options = {
        .now = delivery_now(run, work.now),
        .utc_offset_minutes = run->utc_offset_minutes,
        .batch_cap = run->batch_cap,
        .reject_share_ppm = run->reject_share_ppm,
        .again = delivery->again,
        .progress = note_progress,
        .stop = stop_requested,
        .note = note_batch,
        .context = &work,
        .descriptor = delivery->descriptor,
    };
    *outcome = DELIVERY_TAKEN;
    if (!load_file(run->db, entry->mapping_path, entry->mapping_bytes, entry->mapping_size,
                   delivery->path, &options, &report, err)) {
        if (work.ended)
            *err = run->stopped;
        return is_refusal(err) && refuse(&work, outcome, err);
    }
    add_report(&run->report, &report);
    return !report.nothing_new || note_alone(&work, NULL, err);
}
