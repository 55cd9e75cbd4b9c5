/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/staff.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    ENTITIES_PER_INSPECTOR = 90,
    ON_LEAVE_PPM = 40000,
    EXPIRED_PPM = 60000,
    ENDLESS_PPM = 30000,
    SECOND_SPECIALITY_PPM = 700000,
    REGION_SERIAL_FACTOR = 1000
};

#define CITY_OFFICE "D500000"
#define CITY_DRUG_OFFICE "D500000YJ"

static const struct staff_matter matters[STAFF_MATTER_COUNT] = {
    {"CC001", "登记事项检查", false, CITY_OFFICE, "", "市场主体登记管理条例"},
    {"CC002", "公示信息检查", false, CITY_OFFICE, "", "企业信息公示暂行条例"},
    {"CC003", "经营行为检查", false, CITY_OFFICE, "", "反不正当竞争法"},
    {"CC004", "食品销售监督检查", true, CITY_OFFICE, "food", "食品安全法"},
    {"CC005", "餐饮服务监督检查", true, CITY_OFFICE, "food", "食品安全法"},
    {"CC006", "药品经营监督检查", true, CITY_DRUG_OFFICE, "drug", "药品管理法"},
    {"CC007", "特种设备使用检查", true, CITY_OFFICE, "special_equipment", "特种设备安全法"},
    {"CC008", "产品质量监督检查", true, CITY_OFFICE, "product_quality", "产品质量法"},
    {"CC009", "广告行为检查", false, CITY_OFFICE, "advertising", "广告法"},
    {"CC010", "价格行为检查", false, CITY_OFFICE, "pricing", "价格法"},
    {"CC011", "计量器具检查", false, CITY_OFFICE, "", "计量法"},
    {"CC012", "商标使用行为检查", false, CITY_OFFICE, "", "商标法"},
};

static const char *const tags[] = {"food",    "drug",       "special_equipment", "product_quality",
                                   "pricing", "advertising"};
static const uint32_t tag_weights[] = {38, 8, 14, 16, 14, 10};
enum { TAG_COUNT = sizeof tags / sizeof tags[0] };

const struct staff_matter *staff_matter_at(size_t index)
{
    assert(index < STAFF_MATTER_COUNT);
    return &matters[index];
}

const struct staff_matter *staff_matter_pick(struct chance *chance, const struct trade *trade)
{
    uint32_t weights[STAFF_MATTER_COUNT];
    for (size_t i = 0; i < STAFF_MATTER_COUNT; i++) {
        const char *tag = matters[i].licence_tag;
        weights[i] = tag[0] == '\0' ? 2 : trade_has_tag(trade, tag) ? 5 : 0;
    }
    return &matters[chance_pick(chance, weights, STAFF_MATTER_COUNT)];
}

const struct staff_matter *staff_matter_of_tag(const char *licence_tag)
{
    for (size_t i = 0; i < STAFF_MATTER_COUNT; i++) {
        if (strcmp(matters[i].licence_tag, licence_tag) == 0)
            return &matters[i];
    }
    return NULL;
}

void staff_department_id(const char *region_code, char out[STAFF_ID_SIZE])
{
    snprintf(out, STAFF_ID_SIZE, "D%.6s", region_code);
}

void staff_department_name(const struct area_region *region, char out[STAFF_TEXT_SIZE])
{
    snprintf(out, STAFF_TEXT_SIZE, "示例%s市场监督管理局", region->name);
}

void staff_inspector_id(const char *region_code, unsigned number, char out[STAFF_ID_SIZE])
{
    snprintf(out, STAFF_ID_SIZE, "ZF%.6s%03u", region_code, number + 1);
}

unsigned staff_inspector_count(const struct scene *scene, const struct area_region *region)
{
    uint64_t share = scene->entities * region->weight / area_weight_sum() / ENTITIES_PER_INSPECTOR;
    bool strict = strcmp(region->code, scene->strict_area->code_after) == 0;
    uint64_t count = STAFF_INSPECTORS_MIN + share;
    if (strict && count < STAFF_STRICT_INSPECTORS_MIN)
        count = STAFF_STRICT_INSPECTORS_MIN;
    return (unsigned)(count < STAFF_INSPECTORS_MAX ? count : STAFF_INSPECTORS_MAX);
}

static void choose_specialities(struct chance *chance, char out[STAFF_TEXT_SIZE])
{
    size_t first = chance_pick(chance, tag_weights, TAG_COUNT);
    size_t second = chance_pick(chance, tag_weights, TAG_COUNT);
    bool two = second != first && chance_hit(chance, SECOND_SPECIALITY_PPM);
    snprintf(out, STAFF_TEXT_SIZE, "%s%s%s", tags[first], two ? "|" : "", two ? tags[second] : "");
}

static day choose_certificate_end(const struct scene *scene, struct chance *chance)
{
    uint32_t at = chance_below(chance, 1000000);
    day expired = scene->until - chance_between(chance, 1, 300);
    day valid = scene->until + chance_between(chance, 30, 1500);
    if (at < EXPIRED_PPM)
        return expired;
    return at < EXPIRED_PPM + ENDLESS_PPM ? DAY_LAST : valid;
}

void staff_inspector(const struct scene *scene, const struct area_region *region, unsigned number,
                     struct staff_inspector *out)
{
    uint64_t serial = 0;
    for (const char *c = region->code; *c; c++)
        serial = serial * 10 + (uint64_t)(*c - '0');
    serial = serial * REGION_SERIAL_FACTOR + number;
    struct chance chance = chance_start(scene->seed, CHANCE_INSPECTOR, serial);
    staff_inspector_id(region->code, number, out->id);
    staff_department_id(region->code, out->department_id);
    snprintf(out->name, sizeof out->name, "演示执法员%.6s%03u", region->code + 3, number + 1);
    snprintf(out->certificate_no, sizeof out->certificate_no, "Z%.6s%06u", region->code,
             number + 1);
    choose_specialities(&chance, out->specialities);
    out->certificate_until = choose_certificate_end(scene, &chance);
    /* The first two stay at work, so that every district can send a pair. */
    out->on_leave = chance_hit(&chance, ON_LEAVE_PPM) && number >= STAFF_INSPECTORS_MIN;
}

struct area_region staff_region_of(const struct scene *scene, const struct area *area)
{
    struct area_region regions[AREA_REGION_CAP];
    size_t count = area_regions(scene->until, regions);
    const char *code = area_code(area, scene->until);
    size_t at = 0;
    while (at < count && strcmp(regions[at].code, code) != 0)
        at++;
    assert(at < count);
    return regions[at];
}
