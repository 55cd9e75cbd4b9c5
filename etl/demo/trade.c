/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/trade.h"

#include <assert.h>
#include <string.h>

static const struct trade trades[TRADE_COUNT] = {
    {"0111", "粮食种植", "", 12, 'A', false, true},
    {"0141", "蔬菜种植", "", 14, 'A', false, true},
    {"0311", "养殖", "", 10, 'A', false, true},
    {"1411", "糕点食品", "food|product_quality", 14, 'C', false, false},
    {"2110", "家具", "product_quality", 16, 'C', false, false},
    {"2438", "饰品", "product_quality", 6, 'C', false, false},
    {"3311", "金属结构", "special_equipment|product_quality", 22, 'C', false, false},
    {"3489", "机械零部件", "special_equipment|product_quality", 24, 'C', false, false},
    {"3670", "汽车配件", "product_quality", 26, 'C', false, false},
    {"4413", "水电", "special_equipment", 2, 'D', false, false},
    {"4710", "建筑工程", "special_equipment", 26, 'E', false, false},
    {"5011", "装饰工程", "", 34, 'E', false, false},
    {"5122", "糖果批发", "food", 12, 'F', false, false},
    {"5127", "酒业", "food", 18, 'F', false, false},
    {"5164", "金属材料", "", 16, 'F', false, false},
    {"5191", "再生资源", "", 8, 'F', false, false},
    {"5211", "百货", "food|pricing", 36, 'F', true, false},
    {"5212", "超市", "food|pricing", 40, 'F', true, false},
    {"5213", "便利店", "food|pricing", 42, 'F', true, false},
    {"5225", "保健品", "food|advertising", 12, 'F', true, false},
    {"5229", "食品零售", "food|pricing", 46, 'F', true, false},
    {"5232", "服饰", "product_quality", 40, 'F', true, false},
    {"5251", "药房", "drug|pricing", 22, 'F', true, false},
    {"5273", "电脑", "product_quality", 16, 'F', true, false},
    {"5292", "电子商务", "advertising", 30, 'F', true, false},
    {"5299", "商贸", "", 34, 'F', true, false},
    {"5421", "客运", "pricing", 6, 'G', true, false},
    {"5810", "物流", "", 24, 'G', false, false},
    {"6110", "酒店", "special_equipment|pricing", 8, 'H', true, false},
    {"6210", "餐饮", "food|pricing", 62, 'H', true, false},
    {"6220", "快餐", "food|pricing", 24, 'H', true, false},
    {"6231", "茶楼", "food|pricing", 12, 'H', true, false},
    {"6513", "软件", "", 36, 'I', false, false},
    {"6431", "网络服务", "advertising", 12, 'I', true, false},
    {"7010", "房地产开发", "advertising", 10, 'K', true, false},
    {"7020", "物业", "special_equipment|pricing", 16, 'K', true, false},
    {"7212", "企业管理", "", 34, 'L', false, false},
    {"7259", "广告", "advertising", 26, 'L', false, false},
    {"7111", "汽车租赁", "", 10, 'L', true, false},
    {"7320", "工程技术", "", 20, 'M', false, false},
    {"7519", "技术推广", "", 20, 'M', false, false},
    {"7820", "环卫", "", 6, 'N', false, false},
    {"8010", "家政", "", 18, 'O', true, false},
    {"8052", "足浴", "pricing", 10, 'O', true, false},
    {"8111", "汽车维修", "pricing", 24, 'O', true, false},
    {"8391", "职业培训", "advertising|pricing", 12, 'P', true, false},
    {"8425", "门诊", "drug|pricing", 8, 'Q', true, false},
    {"9051", "文化传播", "", 14, 'R', true, false},
};

const struct trade *trade_at(size_t index)
{
    assert(index < TRADE_COUNT);
    return &trades[index];
}

const struct trade *trade_of_digits(const char *digits)
{
    for (size_t i = 0; i < TRADE_COUNT; i++) {
        if (strcmp(trades[i].digits, digits) == 0)
            return &trades[i];
    }
    return NULL;
}

static const struct trade *pick(struct chance *chance, bool farmers_only)
{
    uint32_t weights[TRADE_COUNT];
    for (size_t i = 0; i < TRADE_COUNT; i++)
        weights[i] = farmers_only && !trades[i].for_farmers ? 0 : trades[i].weight;
    return &trades[chance_pick(chance, weights, TRADE_COUNT)];
}

const struct trade *trade_pick(struct chance *chance)
{
    return pick(chance, false);
}

const struct trade *trade_pick_for_farmers(struct chance *chance)
{
    return pick(chance, true);
}

bool trade_has_tag(const struct trade *trade, const char *tag)
{
    size_t size = strlen(tag);
    for (const char *at = trade->licence_tags; *at;) {
        size_t length = strcspn(at, "|");
        if (length == size && memcmp(at, tag, size) == 0)
            return true;
        at += length + (at[length] == '|');
    }
    return false;
}
