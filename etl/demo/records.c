/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/records.h"

#include <assert.h>
#include <stdio.h>

#define TIERS_BEGAN_ON ((day)20447) /* 2025-12-25: three tiers of publicity periods */

enum {
    PENALTY_PPM = 15000,
    PENALTY_TROUBLED_PPM = 115000,
    SECOND_PENALTY_PPM = 150000,
    REPAIRED_PPM = 300000,
    ABNORMAL_PPM = 13000,
    ABNORMAL_TROUBLED_PPM = 81000,
    REMOVED_PPM = 620000,
    SERIOUS_TROUBLED_PPM = 20000,
    DEBTOR_TROUBLED_PPM = 16000,
    GRADED_PPM = 600000,
    AWARD_PPM = 20000,
    RELATION_PPM = 30000,
    RECUSAL_PPM = 5000,
    YEAR_DAYS = 365,
    THREE_MONTHS_DAYS = 91,
    REPAIR_DAYS_MIN = 95,
    REPAIR_DAYS_MAX = 360,
    REMOVAL_DAYS_MIN = 20,
    REMOVAL_DAYS_MAX = 420,
    RING_PENALTIES = 2,
    RING_LISTED_DAYS = 120,
    GRADED_MONTH = 4,
    GRADED_DAY_OF_MONTH = 20
};

enum severity { MINOR, GENERAL, SERIOUS };
static const char *const severities[] = {"轻微", "一般", "严重"};

/* Publicity of market supervision penalties: SAMR Order 45 (2021), and from 2025-12-25 the three
 * tiers of the SAMR rule of 2025. */
static day publicity_end(day decided_on, enum severity severity)
{
    if (severity == MINOR)
        return decided_on + THREE_MONTHS_DAYS;
    if (severity == GENERAL && decided_on >= TIERS_BEGAN_ON)
        return decided_on + YEAR_DAYS;
    return decided_on + 3 * YEAR_DAYS;
}

static void fill_penalty(const struct scene *scene, const struct firm *firm, size_t sequence,
                         day decided_on, enum severity severity, struct chance *chance,
                         struct records_penalty *out)
{
    static const char *const breaches[] = {"虚假宣传", "销售不合格产品", "未明码标价",
                                           "违反食品安全规定", "未按规定公示信息"};
    static const char *const bases[] = {"反不正当竞争法", "产品质量法", "价格法", "食品安全法",
                                        "企业信息公示暂行条例"};
    static const int64_t base_yuan[] = {500, 5000, 80000};
    size_t breach = chance_below(chance, 5);
    int64_t amount_yuan = base_yuan[severity] * (1 + (int64_t)chance_below(chance, 9));
    bool spared = severity == MINOR && chance_hit(chance, 300000);
    bool warned = severity == MINOR && chance_hit(chance, 300000);
    bool repaired = severity != SERIOUS && chance_hit(chance, REPAIRED_PPM);
    day repaired_on = decided_on + chance_between(chance, REPAIR_DAYS_MIN, REPAIR_DAYS_MAX);
    *out = (struct records_penalty){
        .decided_on = decided_on,
        .publicity_until = publicity_end(decided_on, severity),
        .repaired_on = repaired && !spared && repaired_on <= scene->until ? repaired_on : DAY_NONE,
        .penalty_kind = spared   ? "不予处罚"
                        : warned ? "警告"
                                 : "罚款",
        .severity = severities[severity],
        .breach = breaches[breach],
        .legal_basis = bases[breach],
        .amount_yuan = spared || warned ? 0 : amount_yuan,
    };
    snprintf(out->document_no, sizeof out->document_no, "示市监处罚〔%d〕%06u-%u号",
             day_to_civil(decided_on).year, (unsigned)firm->index, (unsigned)sequence + 1);
}

size_t records_penalties(const struct scene *scene, const struct firm *firm,
                         struct records_penalty out[RECORDS_PENALTY_CAP])
{
    static const uint32_t weights[] = {40, 50, 10};
    struct chance chance = chance_start(scene->seed, CHANCE_PENALTY, firm->index);
    day first = scene->from;
    day last = scene->until;
    size_t wanted = chance_hit(&chance, firm->troubled ? PENALTY_TROUBLED_PPM : PENALTY_PPM);
    if (wanted == 1 && chance_hit(&chance, SECOND_PENALTY_PPM))
        wanted = 2;
    if (firm->role == SCENE_RING) {
        wanted = RING_PENALTIES;
        first = scene->until - YEAR_DAYS;
    }
    if (!firm_alive_within(firm, &first, &last))
        return 0;
    for (size_t i = 0; i < wanted; i++) {
        enum severity severity = (enum severity)chance_pick(&chance, weights, 3);
        if (firm->role == SCENE_RING)
            severity = i == 0 ? SERIOUS : GENERAL;
        day decided_on = chance_between(&chance, first, last);
        fill_penalty(scene, firm, i, decided_on, severity, &chance, &out[i]);
    }
    return wanted;
}

enum list { ABNORMAL, SERIOUS_BREACH, DEBTOR, LIST_COUNT };

static void fill_listing(const struct firm *firm, enum list list, day listed_on, day removed_on,
                         struct chance *chance, struct records_listing *out)
{
    static const char *const lists[] = {"经营异常名录", "严重违法失信名单", "失信被执行人"};
    static const char *const short_names[] = {"异", "严", "执"};
    static const char *const reasons[] = {"未按期公示年度报告", "通过登记的住所无法联系",
                                          "公示信息隐瞒真实情况"};
    static const char *const other_reasons[] = {"", "受到较重行政处罚", "有履行能力而拒不履行"};
    const char *reason = reasons[chance_below(chance, 3)];
    *out = (struct records_listing){
        .list = lists[list],
        .reason = list == ABNORMAL ? reason : other_reasons[list],
        .listed_on = listed_on,
        .removed_on = removed_on,
    };
    snprintf(out->document_no, sizeof out->document_no, "示%s列〔%d〕%06u号", short_names[list],
             day_to_civil(listed_on).year, (unsigned)firm->index);
}

/* The ring is on a list to this day: the first and fourth firm on the serious one. */
static size_t list_ring(const struct scene *scene, const struct firm *firm, struct chance *chance,
                        struct records_listing out[RECORDS_LISTING_CAP])
{
    enum list list = firm->slot % 3 == 0 ? SERIOUS_BREACH : ABNORMAL;
    day listed_on = scene->until - RING_LISTED_DAYS - (day)firm->slot;
    fill_listing(firm, list, listed_on, DAY_NONE, chance, &out[0]);
    return 1;
}

size_t records_listings(const struct scene *scene, const struct firm *firm,
                        struct records_listing out[RECORDS_LISTING_CAP])
{
    struct chance chance = chance_start(scene->seed, CHANCE_LISTING, firm->index);
    static const uint32_t ppm[2][LIST_COUNT] = {
        {ABNORMAL_PPM, 0, 0},
        {ABNORMAL_TROUBLED_PPM, SERIOUS_TROUBLED_PPM, DEBTOR_TROUBLED_PPM},
    };
    if (firm->role == SCENE_RING)
        return list_ring(scene, firm, &chance, out);
    size_t count = 0;
    for (int list = 0; list < LIST_COUNT; list++) {
        day first = scene->from;
        day last = scene->until;
        bool listed = chance_hit(&chance, ppm[firm->troubled][list]);
        bool removed = list == ABNORMAL && chance_hit(&chance, REMOVED_PPM);
        if (!listed || !firm_alive_within(firm, &first, &last))
            continue;
        day listed_on = chance_between(&chance, first, last);
        day removed_on = listed_on + chance_between(&chance, REMOVAL_DAYS_MIN, REMOVAL_DAYS_MAX);
        bool gone = removed && removed_on <= scene->until;
        fill_listing(firm, (enum list)list, listed_on, gone ? removed_on : DAY_NONE, &chance,
                     &out[count++]);
    }
    return count;
}

size_t records_grades(const struct scene *scene, const struct firm *firm,
                      struct records_grade out[RECORDS_GRADE_CAP])
{
    static const char *const grades[] = {"A", "B", "M", "C", "D"};
    static const uint32_t weights[2][5] = {{16, 56, 24, 3, 1}, {6, 54, 24, 11, 5}};
    struct chance chance = chance_start(scene->seed, CHANCE_GRADE, firm->index);
    size_t count = 0;
    if (firm->kind != FIRM_ENTERPRISE || !chance_hit(&chance, GRADED_PPM))
        return 0;
    for (int year = day_to_civil(scene->from).year; year <= day_to_civil(scene->until).year;
         year++) {
        day graded_on = DAY_NONE;
        size_t grade = chance_pick(&chance, weights[firm->troubled], 5);
        bool exists =
            day_of_civil((struct civil){year, GRADED_MONTH, GRADED_DAY_OF_MONTH}, &graded_on);
        assert(exists && count < RECORDS_GRADE_CAP);
        day first = graded_on;
        day last = graded_on;
        if (graded_on >= scene->from && graded_on <= scene->until &&
            firm->registered_on < graded_on - YEAR_DAYS && firm_alive_within(firm, &first, &last))
            out[count++] = (struct records_grade){grades[grade], year - 1, graded_on};
    }
    return count;
}

bool records_award(const struct scene *scene, const struct firm *firm, struct records_award *out)
{
    static const char *const titles[] = {"示例守合同重信用企业", "示例放心消费单位",
                                         "示例和谐劳动关系企业"};
    struct chance chance = chance_start(scene->seed, CHANCE_AWARD, firm->index);
    day first = scene->from;
    day last = scene->until;
    if (firm->troubled || !chance_hit(&chance, AWARD_PPM) ||
        !firm_alive_within(firm, &first, &last))
        return false;
    out->title = titles[chance_below(&chance, 3)];
    out->awarded_on = chance_between(&chance, first, last);
    bool endless = chance_hit(&chance, 250000);
    out->valid_until = endless ? DAY_LAST : out->awarded_on + 3 * YEAR_DAYS;
    return true;
}

/* Every firm of the ring is tied to every other by its legal representative and its address. */
static size_t relate_ring(const struct scene *scene, const struct firm *firm,
                          struct records_relation out[RECORDS_RELATION_CAP])
{
    static const char *const kinds[] = {"法定代表人相同", "地址相同"};
    static_assert(2 * (SCENE_RING_FIRMS - 1) <= RECORDS_RELATION_CAP, "room for the ring");
    size_t count = 0;
    for (size_t kind = 0; kind < 2; kind++) {
        for (unsigned slot = 0; slot < SCENE_RING_FIRMS; slot++) {
            if (slot != firm->slot)
                out[count++] = (struct records_relation){scene_index_of(scene, SCENE_RING, slot),
                                                         kinds[kind], scene->from};
        }
    }
    return count;
}

size_t records_relations(const struct scene *scene, const struct firm *firm,
                         struct records_relation out[RECORDS_RELATION_CAP])
{
    static const char *const kinds[] = {"股东", "法定代表人相同", "分支机构", "地址相同",
                                        "电话相同"};
    static const uint32_t weights[] = {45, 20, 12, 15, 8};
    struct chance chance = chance_start(scene->seed, CHANCE_RELATION, firm->index);
    if (firm->role == SCENE_RING)
        return relate_ring(scene, firm, out);
    if (firm->kind != FIRM_ENTERPRISE || !chance_hit(&chance, RELATION_PPM))
        return 0;
    uint64_t other = chance_below(&chance, (uint32_t)scene->entities);
    unsigned slot;
    if (other == firm->index || scene_role_of(scene, other, &slot) != SCENE_ORDINARY)
        return 0;
    out[0] = (struct records_relation){other, kinds[chance_pick(&chance, weights, 5)],
                                       firm->registered_on};
    return 1;
}

bool records_recusal(const struct scene *scene, const struct firm *firm,
                     struct records_recusal *out)
{
    static const char *const reasons[] = {"近亲属任职", "曾在该单位任职", "有其他利害关系"};
    struct chance chance = chance_start(scene->seed, CHANCE_RECUSAL, firm->index);
    if (!chance_hit(&chance, RECUSAL_PPM))
        return false;
    struct area_region region = staff_region_of(scene, firm->area);
    unsigned count = staff_inspector_count(scene, &region);
    staff_inspector_id(region.code, chance_below(&chance, count), out->inspector_id);
    out->reason = reasons[chance_below(&chance, 3)];
    return true;
}
