/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/golden.h"

#include <stdlib.h>

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By decision, and the deciding record first. */
static int compare(const void *a, const void *b)
{
    const struct golden_record *one = a;
    const struct golden_record *two = b;
    if (one->decision_id != two->decision_id)
        return order(one->decision_id, two->decision_id);
    if (one->known_at != two->known_at)
        return order(two->known_at, one->known_at);
    return (one->fact.id > two->fact.id) - (one->fact.id < two->fact.id);
}

static void take_end(struct credit_fact *golden, const struct credit_fact *other)
{
    if (other->ends_on == DAY_NONE ||
        (golden->ends_on != DAY_NONE && golden->ends_on <= other->ends_on))
        return;
    golden->ends_on = other->ends_on;
    golden->ends_by = other->ends_by;
}

size_t golden_merge(struct golden_record *records, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(records, count, sizeof *records, compare);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && records[kept - 1].decision_id == records[i].decision_id)
            take_end(&records[kept - 1].fact, &records[i].fact);
        else
            records[kept++] = records[i];
    }
    return kept;
}
