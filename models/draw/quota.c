/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/quota.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

const char *const quota_rule_names[QUOTA_RULE_COUNT + 1] = {
    [QUOTA_CEIL] = "ceil", [QUOTA_CONTROLLED] = "controlled", [QUOTA_HAMILTON] = "hamilton"};

static bool check_stratum(enum quota_rule rule, const struct quota_stratum *stratum,
                          struct error *err)
{
    int length = (int)stratum->name.size;
    const char *name = stratum->name.data;
    if (stratum->rate_ppm < 0 || stratum->rate_ppm > QUOTA_PPM)
        return error_set(err, ERROR_INPUT, "strata",
                         "stratum \"%.*s\": expected a rate from 0 to %d ppm, found %lld", length,
                         name, QUOTA_PPM, (long long)stratum->rate_ppm);
    if (stratum->size < 0 || stratum->size > QUOTA_FRAME_CAP)
        return error_set(err, ERROR_LIMIT, "strata",
                         "stratum \"%.*s\": at most %d entities, found %lld", length, name,
                         QUOTA_FRAME_CAP, (long long)stratum->size);
    if (stratum->min < 0 || stratum->max < 0 || (stratum->max > 0 && stratum->min > stratum->max))
        return error_set(err, ERROR_INPUT, "strata",
                         "stratum \"%.*s\": expected 0 <= min <= max, found min %lld, max %lld",
                         length, name, (long long)stratum->min, (long long)stratum->max);
    if (rule != QUOTA_CEIL && (stratum->min != 0 || stratum->max != 0))
        return error_set(err, ERROR_INPUT, "strata",
                         "stratum \"%.*s\": min and max belong to the rule ceil, the rule is %s",
                         length, name, quota_rule_names[rule]);
    return true;
}

bool quota_check(enum quota_rule rule, int64_t total, const struct quota_stratum *strata,
                 size_t count, struct error *err)
{
    if (count == 0 || count > QUOTA_STRATA_CAP)
        return error_set(err, ERROR_LIMIT, "strata", "expected 1 to %d strata, found %zu",
                         QUOTA_STRATA_CAP, count);
    if (total < 0 || total > QUOTA_FRAME_CAP || (rule != QUOTA_HAMILTON && total != 0))
        return error_set(err, ERROR_INPUT, "strata",
                         "a fixed total belongs to the rule hamilton; found %lld with the rule %s",
                         (long long)total, quota_rule_names[rule]);
    for (size_t i = 0; i < count; i++) {
        if (!check_stratum(rule, &strata[i], err))
            return false;
        if (i > 0 && text_compare(strata[i - 1].name, strata[i].name) >= 0)
            return error_set(err, ERROR_INPUT, "strata",
                             "expected names in ascending order without repeats, found \"%.*s\" "
                             "after \"%.*s\"",
                             (int)strata[i].name.size, strata[i].name.data,
                             (int)strata[i - 1].name.size, strata[i - 1].name.data);
    }
    return true;
}

int64_t quota_offset(struct ticket_press *press)
{
    struct ticket ticket = ticket_of(press, TICKET_QUOTA, TEXT_LITERAL("quota"));
    return (int64_t)((wide)ticket_number(&ticket) * QUOTA_PPM >> 64);
}

void quota_ceil(struct quota_stratum *strata, size_t count)
{
    for (struct quota_stratum *s = strata; s < strata + count; s++) {
        s->quota = (s->size * s->rate_ppm + QUOTA_PPM - 1) / QUOTA_PPM;
        if (s->quota < s->min)
            s->quota = s->min;
        if (s->max > 0 && s->quota > s->max)
            s->quota = s->max;
        if (s->quota > s->size)
            s->quota = s->size;
    }
}

void quota_controlled(struct quota_stratum *strata, size_t count, int64_t offset)
{
    int64_t below = offset; /* C_(h-1) + V, kept below QUOTA_PPM: only its fraction matters */
    for (struct quota_stratum *s = strata; s < strata + count; s++) {
        int64_t above = below + s->size * s->rate_ppm;
        s->quota = above / QUOTA_PPM;
        below = above % QUOTA_PPM;
    }
}

struct remainder {
    wide fraction;
    size_t index;
};

static int compare_remainders(const void *a, const void *b)
{
    const struct remainder *x = a;
    const struct remainder *y = b;
    if (x->fraction != y->fraction)
        return x->fraction > y->fraction ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool check_shares(const struct quota_stratum *strata, size_t count, int64_t total,
                         struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (strata[i].quota > strata[i].size)
            return error_set(err, ERROR_INPUT, "strata",
                             "a total of %lld needs %lld of stratum \"%.*s\", which has %lld",
                             (long long)total, (long long)strata[i].quota, (int)strata[i].name.size,
                             strata[i].name.data, (long long)strata[i].size);
    }
    return true;
}

bool quota_hamilton(struct quota_stratum *strata, size_t count, int64_t total, struct error *err)
{
    wide mass = 0;
    for (size_t i = 0; i < count; i++)
        mass += (wide)strata[i].size * (uint64_t)strata[i].rate_ppm;
    if (mass == 0)
        return error_set(err, ERROR_INPUT, "strata",
                         "a fixed total needs a stratum with entities and a rate above 0");
    struct remainder *remainders = calloc(count, sizeof *remainders);
    if (!remainders)
        return error_memory(err);
    int64_t left = total;
    for (size_t i = 0; i < count; i++) {
        wide share = (wide)total * (wide)strata[i].size * (wide)strata[i].rate_ppm;
        strata[i].quota = (int64_t)(share / mass);
        remainders[i] = (struct remainder){.fraction = share % mass, .index = i};
        left -= strata[i].quota;
    }
    qsort(remainders, count, sizeof *remainders, compare_remainders);
    for (size_t i = 0; i < (size_t)left; i++)
        strata[remainders[i].index].quota++;
    free(remainders);
    return check_shares(strata, count, total, err);
}

bool quota_fill(enum quota_rule rule, int64_t total, struct ticket_press *press,
                struct quota_stratum *strata, size_t count, struct error *err)
{
    if (rule == QUOTA_HAMILTON)
        return quota_hamilton(strata, count, total, err);
    if (rule == QUOTA_CONTROLLED)
        quota_controlled(strata, count, quota_offset(press));
    else
        quota_ceil(strata, count);
    return true;
}
