/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/run.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

/* One range of entities for one thread. */
struct range {
    const struct credit_snapshot *snapshot;
    const struct credit_plan *plan;
    uint8_t *bits; /* of every entity as a relation; NULL when the model has no related indicator */
    struct credit_result *results;
    size_t first;
    size_t last; /* exclusive */
};

static struct credit_input input_of(const struct credit_snapshot *snapshot, size_t index)
{
    uint64_t start = snapshot->fact_start[index];
    return (struct credit_input){
        .subject = &snapshot->subjects[index],
        .facts = &snapshot->facts[start],
        .fact_count = snapshot->fact_start[index + 1] - start,
    };
}

static void *find_bits(void *argument)
{
    const struct range *range = argument;
    for (size_t i = range->first; i < range->last; i++) {
        struct credit_input input = input_of(range->snapshot, i);
        range->bits[i] =
            credit_related_bits(range->plan, input.subject, input.facts, input.fact_count);
    }
    return NULL;
}

static void add_links(const struct range *range, size_t index, struct credit_related *related)
{
    const struct credit_snapshot *snapshot = range->snapshot;
    for (uint64_t i = snapshot->link_start[index]; i < snapshot->link_start[index + 1]; i++)
        credit_related_add(range->plan->model, related, snapshot->links[i].relations,
                           range->bits[snapshot->links[i].entity]);
}

static void *score_range(void *argument)
{
    const struct range *range = argument;
    for (size_t i = range->first; i < range->last; i++) {
        struct credit_input input = input_of(range->snapshot, i);
        struct credit_related related = {.total = {0}};
        if (range->bits)
            add_links(range, i, &related);
        input.related = &related;
        credit_score(range->plan, &input, &range->results[i]);
    }
    return NULL;
}

/* A thread that cannot be started is no reason to fail: its range is done here. */
static void run_all(struct range *ranges, unsigned count, void *(*work)(void *))
{
    pthread_t threads[CREDIT_THREADS_CAP];
    bool started[CREDIT_THREADS_CAP] = {false};
    for (unsigned i = 1; i < count; i++)
        started[i] = pthread_create(&threads[i], NULL, work, &ranges[i]) == 0;
    for (unsigned i = 0; i < count; i++) {
        if (!started[i])
            work(&ranges[i]);
    }
    for (unsigned i = 1; i < count; i++) {
        if (started[i])
            (void)pthread_join(threads[i], NULL);
    }
}

bool credit_run(const struct credit_snapshot *snapshot, const struct credit_model *model, day as_of,
                unsigned threads, struct credit_result *results, struct error *err)
{
    assert(!snapshot->build);
    if (threads < 1 || threads > CREDIT_THREADS_CAP)
        return error_set(err, ERROR_LIMIT, "credit run", "expected 1 to %d threads, found %u",
                         CREDIT_THREADS_CAP, threads);
    size_t count = snapshot->entity_count;
    uint8_t *bits = NULL;
    if (model->related_count > 0 && !(bits = calloc(count + 1, 1)))
        return error_memory(err);
    struct credit_plan plan;
    credit_plan_init(&plan, model, as_of);
    struct range ranges[CREDIT_THREADS_CAP];
    for (unsigned i = 0; i < threads; i++)
        ranges[i] = (struct range){.snapshot = snapshot,
                                   .plan = &plan,
                                   .bits = bits,
                                   .results = results,
                                   .first = count * i / threads,
                                   .last = count * (i + 1) / threads};
    if (bits)
        run_all(ranges, threads, find_bits);
    run_all(ranges, threads, score_range);
    free(bits);
    return true;
}
