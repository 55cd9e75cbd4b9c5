/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/area.h"

#include <assert.h>
#include <string.h>

#define SAME(code, name, weight)                                                                   \
    {                                                                                              \
        code, name, code, name, NULL, 0, weight                                                    \
    }
#define RENUMBERED(code, name, weight, first, year)                                                \
    {                                                                                              \
        code, name, code, name, first, year, weight                                                \
    }

static const struct area areas[AREA_COUNT] = {
    SAME("500101", "万州区", 156),
    SAME("500102", "涪陵区", 111),
    SAME("500103", "渝中区", 120),
    SAME("500104", "大渡口区", 50),
    {"500105", "江北区", "500157", "两江新区", NULL, 0, 140},
    SAME("500106", "沙坪坝区", 150),
    SAME("500107", "九龙坡区", 190),
    SAME("500108", "南岸区", 150),
    SAME("500109", "北碚区", 60),
    {"500109", "北碚区", "500157", "两江新区", NULL, 0, 23},
    SAME("500110", "綦江区", 80),
    SAME("500111", "大足区", 83),
    {"500112", "渝北区", "500157", "两江新区", NULL, 0, 260},
    {"500112", "渝北区", "500109", "北碚区", NULL, 0, 14},
    SAME("500113", "巴南区", 118),
    SAME("500114", "黔江区", 49),
    SAME("500115", "长寿区", 69),
    SAME("500116", "江津区", 136),
    SAME("500117", "合川区", 115),
    SAME("500118", "永川区", 115),
    SAME("500119", "南川区", 57),
    RENUMBERED("500120", "璧山区", 76, "500227", 2013),
    RENUMBERED("500151", "铜梁区", 69, "500224", 2013),
    RENUMBERED("500152", "潼南区", 60, "500223", 2014),
    RENUMBERED("500153", "荣昌区", 67, "500226", 2014),
    RENUMBERED("500154", "开州区", 100, "500234", 2015),
    RENUMBERED("500155", "梁平区", 60, "500228", 2015),
    RENUMBERED("500156", "武隆区", 36, "500232", 2015),
    SAME("500229", "城口县", 18),
    SAME("500230", "丰都县", 50),
    SAME("500231", "垫江县", 58),
    SAME("500233", "忠县", 62),
    SAME("500235", "云阳县", 80),
    SAME("500236", "奉节县", 64),
    SAME("500237", "巫山县", 42),
    SAME("500238", "巫溪县", 34),
    SAME("500240", "石柱土家族自治县", 36),
    SAME("500241", "秀山土家族苗族自治县", 45),
    SAME("500242", "酉阳土家族苗族自治县", 50),
    SAME("500243", "彭水苗族土家族自治县", 46),
};

const struct area *area_at(size_t index)
{
    assert(index < AREA_COUNT);
    return &areas[index];
}

const struct area *area_of_code(const char *code)
{
    for (size_t i = 0; i < AREA_COUNT; i++) {
        if (strcmp(areas[i].code_before, code) == 0)
            return &areas[i];
    }
    return NULL;
}

uint32_t area_weight_sum(void)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < AREA_COUNT; i++)
        sum += areas[i].weight;
    return sum;
}

const struct area *area_pick(struct chance *chance)
{
    uint32_t at = chance_below(chance, area_weight_sum());
    size_t picked = 0;
    while (at >= areas[picked].weight)
        at -= areas[picked++].weight;
    return &areas[picked];
}

const char *area_code(const struct area *area, day on)
{
    return on >= AREA_CHANGED_ON ? area->code_after : area->code_before;
}

const char *area_name(const struct area *area, day on)
{
    return on >= AREA_CHANGED_ON ? area->name_after : area->name_before;
}

const char *area_code_at_issue(const struct area *area, day on)
{
    if (area->first_code && day_to_civil(on).year <= area->first_code_until_year)
        return area->first_code;
    return area_code(area, on);
}

size_t area_regions(day on, struct area_region out[AREA_REGION_CAP])
{
    size_t count = 0;
    for (size_t i = 0; i < AREA_COUNT; i++) {
        const char *code = area_code(&areas[i], on);
        size_t at = 0;
        while (at < count && strcmp(out[at].code, code) != 0)
            at++;
        if (at == count)
            out[count++] = (struct area_region){code, area_name(&areas[i], on), 0};
        out[at].weight += areas[i].weight;
    }
    return count;
}
