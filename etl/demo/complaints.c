/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/complaints.h"

#include <assert.h>
#include <stdio.h>

enum {
    /* Half of the trades by weight serve consumers and half of the firms' complaints follow:
     * 8 % of firms in all. */
    COMPLAINED_PPM = 24000,
    COMPLAINED_TROUBLED_PPM = 120000,
    CONSUMER_FACTOR = 2,
    NATURAL_MAX = 4,
    ANOTHER_PPM = 280000,
    REPORT_PPM = 180000,
    REFUSED_PPM = 80000,
    ACCEPT_DAYS_MAX = 5,
    MEDIATION_DAYS_MIN = 6,
    MEDIATION_DAYS_MAX = 50,
    ANSWER_DAYS_MAX = 7,
    OVERDUE_AGE_DAYS = 32, /* longer than seven working days in any calendar */
    LATE_AGE_DAYS = 60,
    LATE_DAYS = 31
};

static const char pending[] = "处理中";

/* The step's day, or DAY_NONE when it lies after the last day. */
static day happened(const struct scene *scene, day on)
{
    return on <= scene->until ? on : DAY_NONE;
}

static void choose_words(struct complaint *complaint, struct chance *chance)
{
    static const char *const channels[] = {"12315热线", "12315平台", "12345转办", "来访"};
    static const uint32_t channel_weights[] = {38, 44, 14, 4};
    static const char *const issues[] = {"质量",       "广告",     "合同",     "价格",
                                         "售后服务",   "虚假宣传", "食品安全", "知识产权",
                                         "不正当竞争", "环境卫生", "其他"};
    static const uint32_t issue_weights[] = {22, 6, 14, 10, 16, 8, 12, 1, 1, 3, 7};
    complaint->channel = channels[chance_pick(chance, channel_weights, 4)];
    complaint->issue = issues[chance_pick(chance, issue_weights, 11)];
    complaint->complaint_kind = chance_hit(chance, REPORT_PPM) ? "举报" : "投诉";
}

/* Everything that follows acceptance. */
static void run_mediation(const struct scene *scene, struct complaint *complaint,
                          struct chance *chance)
{
    static const char *const outcomes[] = {"属实", "不属实", "调解成功", "撤回", "重复"};
    static const uint32_t weights[] = {34, 20, 33, 9, 4};
    day ended_on =
        complaint->accepted_on + chance_between(chance, MEDIATION_DAYS_MIN, MEDIATION_DAYS_MAX);
    complaint->mediation_ended_on = happened(scene, ended_on);
    complaint->ended_on = complaint->mediation_ended_on;
    complaint->answered_on = happened(scene, ended_on + chance_between(chance, 0, ANSWER_DAYS_MAX));
    const char *outcome = outcomes[chance_pick(chance, weights, 5)];
    complaint->outcome = complaint->ended_on == DAY_NONE ? pending : outcome;
}

static void start_complaint(const struct firm *firm, size_t sequence, day received_on,
                            struct complaint *complaint)
{
    *complaint = (struct complaint){
        .planted = SCENE_ORDINARY,
        .received_on = received_on,
        .accepted_on = DAY_NONE,
        .refused_on = DAY_NONE,
        .mediation_ended_on = DAY_NONE,
        .ended_on = DAY_NONE,
        .answered_on = DAY_NONE,
        .complaint_kind = "投诉",
        .channel = "12315平台",
        .issue = "食品安全",
        .outcome = pending,
        .region_code = area_code(firm->area, received_on),
        .trade = firm->trade,
    };
    snprintf(complaint->number, sizeof complaint->number, "TS%06u%02u", (unsigned)firm->index,
             (unsigned)sequence);
}

static void run_course(const struct scene *scene, struct complaint *complaint,
                       struct chance *chance)
{
    bool refused = chance_hit(chance, REFUSED_PPM);
    day decided_on =
        happened(scene, complaint->received_on + chance_between(chance, 1, ACCEPT_DAYS_MAX));
    if (refused) {
        complaint->refused_on = decided_on;
        complaint->ended_on = decided_on;
        complaint->outcome = decided_on == DAY_NONE ? pending : "不属实";
        return;
    }
    complaint->accepted_on = decided_on;
    if (decided_on != DAY_NONE)
        run_mediation(scene, complaint, chance);
}

static size_t natural_count(const struct firm *firm, struct chance *chance)
{
    uint32_t ppm = firm->troubled ? COMPLAINED_TROUBLED_PPM : COMPLAINED_PPM;
    if (firm->trade->for_consumers)
        ppm *= CONSUMER_FACTOR;
    if (!chance_hit(chance, ppm))
        return 0;
    size_t count = 1;
    while (count < NATURAL_MAX && chance_hit(chance, ANOTHER_PPM))
        count++;
    return count;
}

static size_t add_natural(const struct scene *scene, const struct firm *firm,
                          struct complaint out[COMPLAINTS_CAP])
{
    struct chance chance = chance_start(scene->seed, CHANCE_COMPLAINT, firm->index);
    day first = scene->from;
    day last = scene->until;
    size_t wanted = natural_count(firm, &chance);
    size_t count = 0;
    if (!firm_alive_within(firm, &first, &last))
        return 0;
    for (size_t i = 0; i < wanted; i++) {
        day received_on = chance_between(&chance, first, last);
        if (scene_counts_complaints(scene, firm->area, firm->trade, received_on))
            continue;
        struct complaint *complaint = &out[count];
        start_complaint(firm, count, received_on, complaint);
        choose_words(complaint, &chance);
        run_course(scene, complaint, &chance);
        count++;
    }
    return count;
}

/* The complaints of the counted weeks go round the surge firms; this firm takes every eighth. */
static size_t add_surge(const struct scene *scene, const struct firm *firm,
                        struct complaint out[COMPLAINTS_CAP], size_t count)
{
    unsigned turn = 0;
    for (unsigned week = 0; week < SCENE_SURGE_WEEKS; week++) {
        for (unsigned i = 0; i < scene_surge_counts[week]; i++, turn++) {
            if (turn % SCENE_SURGE_FIRMS != firm->slot)
                continue;
            assert(count < COMPLAINTS_CAP);
            day received_on = scene->surge_first_week + (day)(7 * week + i % 7);
            start_complaint(firm, count, received_on, &out[count]);
            out[count].planted = SCENE_SURGE;
            out[count].accepted_on = happened(scene, received_on + 2);
            count++;
        }
    }
    return count;
}

static size_t add_deadline(const struct scene *scene, const struct firm *firm,
                           struct complaint out[COMPLAINTS_CAP], size_t count)
{
    day received_on = scene->until - OVERDUE_AGE_DAYS - 3 * (day)firm->slot;
    day accepted_on = DAY_NONE;
    if (firm->role == SCENE_HOLIDAY) {
        if (scene->holiday_received_on == DAY_NONE)
            return count;
        received_on = scene->holiday_received_on;
    } else if (firm->role == SCENE_LATE) {
        received_on = scene->until - LATE_AGE_DAYS - (day)firm->slot;
        accepted_on = received_on + LATE_DAYS;
    }
    start_complaint(firm, count, received_on, &out[count]);
    out[count].planted = firm->role;
    out[count].issue = "质量";
    out[count].accepted_on = accepted_on;
    return count + 1;
}

size_t complaints_of(const struct scene *scene, const struct firm *firm,
                     struct complaint out[COMPLAINTS_CAP])
{
    size_t count = add_natural(scene, firm, out);
    switch (firm->role) {
    case SCENE_SURGE:
        return add_surge(scene, firm, out, count);
    case SCENE_OVERDUE:
    case SCENE_LATE:
    case SCENE_HOLIDAY:
        return add_deadline(scene, firm, out, count);
    default:
        return count;
    }
}

struct complaint complaints_pending(const struct complaint *complaint)
{
    struct complaint earlier = *complaint;
    earlier.mediation_ended_on = DAY_NONE;
    earlier.ended_on = DAY_NONE;
    earlier.answered_on = DAY_NONE;
    earlier.outcome = pending;
    return earlier;
}
