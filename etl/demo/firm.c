/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/firm.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "etl/demo/chance.h"

#define FIRST_REGISTRATION ((day)9131)     /* 1995-01-01 */
#define CREDIT_CODES_BEGAN_ON ((day)16709) /* 2015-10-01 */

/* Shares in parts per million. */
enum {
    INDIVIDUAL_PPM = 200000,
    COOPERATIVE_PPM = 20000,
    TROUBLED_PPM = 250000,
    YOUNG_PPM = 250000,
    DEREGISTERED_PPM = 60000,
    REVOKED_PPM = 10000,
    MOVED_OUT_PPM = 3000,
    CAPITAL_CHANGED_PPM = 30000,
    CITY_REGISTERED_PPM = 40000
};

/* Three syllables in an order of their own make every brand unique up to SYLLABLES^3. */
static const char *const syllables[] = {
    "云", "谷", "嘉", "禾", "泽", "朗", "澄", "屿", "岚", "麓", "汀", "沐", "瑾", "弈", "衡", "曜",
    "棠", "榆", "桐", "檀", "砚", "笙", "筠", "苒", "芷", "萦", "葭", "蔚", "霁", "霖", "霏", "韵",
    "颂", "驭", "骁", "鲲", "鸢", "鹭", "麒", "黛", "皓", "晟", "昱", "昕", "旻", "斐", "攸", "𠮷",
};
enum {
    SYLLABLE_COUNT = sizeof syllables / sizeof syllables[0],
    BRAND_COUNT = SYLLABLE_COUNT * SYLLABLE_COUNT * SYLLABLE_COUNT,
    BRAND_STEP = 70429 /* shares no factor with BRAND_COUNT = 2^12 * 3^3 */
};
static_assert((int)BRAND_COUNT >= (int)IDENTITY_SERIAL_COUNT,
              "every entity needs a brand of its own");
static_assert(BRAND_STEP % 2 != 0 && BRAND_STEP % 3 != 0, "the step must visit every brand");

static const char *const kind_digits[] = {"91", "92", "93"};

static void choose_kind(struct firm *firm, struct chance *chance)
{
    uint32_t at = chance_below(chance, 1000000);
    firm->kind = at < COOPERATIVE_PPM                    ? FIRM_COOPERATIVE
                 : at < COOPERATIVE_PPM + INDIVIDUAL_PPM ? FIRM_INDIVIDUAL
                                                         : FIRM_ENTERPRISE;
    firm->trade =
        firm->kind == FIRM_COOPERATIVE ? trade_pick_for_farmers(chance) : trade_pick(chance);
    firm->area = area_pick(chance);
    firm->troubled = chance_hit(chance, TROUBLED_PPM);
}

static void choose_life(const struct scene *scene, struct firm *firm, struct chance *chance)
{
    bool young = chance_hit(chance, YOUNG_PPM);
    firm->registered_on = young ? chance_between(chance, scene->from, scene->until - 30)
                                : chance_between(chance, FIRST_REGISTRATION, scene->from - 1);
    uint32_t fate = chance_below(chance, 1000000);
    day ended_on = chance_between(chance, scene->from + 30, scene->until - 1);
    firm->status = FIRM_ACTIVE;
    firm->ended_on = DAY_NONE;
    if (fate >= DEREGISTERED_PPM + REVOKED_PPM + MOVED_OUT_PPM)
        return;
    firm->status = fate < DEREGISTERED_PPM                 ? FIRM_DEREGISTERED
                   : fate < DEREGISTERED_PPM + REVOKED_PPM ? FIRM_REVOKED
                                                           : FIRM_MOVED_OUT;
    firm->ended_on = ended_on;
    if (young)
        firm->registered_on = scene->from - 1 - (scene->until - firm->registered_on);
}

static void choose_capital(struct firm *firm, struct chance *chance)
{
    static const uint32_t wan[] = {3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 5000};
    static const uint32_t weights[] = {6, 8, 16, 8, 8, 16, 20, 9, 5, 7, 5, 2, 1};
    size_t pick = chance_pick(chance, weights, sizeof weights / sizeof weights[0]);
    bool odd = chance_hit(chance, 80000);
    uint32_t odd_yuan = chance_below(chance, 10000);
    bool changed = chance_hit(chance, CAPITAL_CHANGED_PPM);
    firm->employees = 1 + (int32_t)(chance_below(chance, wan[pick] + 5) / 4);
    firm->capital_yuan = (int64_t)wan[pick] * 10000 + (odd ? odd_yuan : 0);
    if (firm->kind == FIRM_INDIVIDUAL)
        firm->capital_yuan = 0;
    firm->first_capital_yuan =
        changed && firm->capital_yuan > 0 ? firm->capital_yuan * 3 / 5 : firm->capital_yuan;
}

static void choose_codes(struct firm *firm, struct chance *chance)
{
    const char *region = area_code_at_issue(firm->area, firm->registered_on);
    bool old_number = firm->registered_on < CREDIT_CODES_BEGAN_ON && chance_hit(chance, 400000);
    if (firm->kind == FIRM_ENTERPRISE && chance_hit(chance, CITY_REGISTERED_PPM))
        region = "500000";
    identity_credit_code(kind_digits[firm->kind], region, "DEM", firm->index, firm->code);
    firm->registration_number[0] = '\0';
    if (old_number)
        identity_registration_number(region, firm->index, firm->registration_number);
}

static void choose_name(const struct scene *scene, struct firm *firm, struct chance *chance)
{
    static const char *const suffixes[] = {"有限公司", "有限责任公司", "股份有限公司"};
    static const uint32_t suffix_weights[] = {85, 12, 3};
    struct chance start = chance_start(scene->seed, CHANCE_NAME, 0);
    uint64_t brand = (firm->index * BRAND_STEP + chance_below(&start, BRAND_COUNT)) % BRAND_COUNT;
    const char *first = syllables[brand % SYLLABLE_COUNT];
    const char *second = syllables[brand / SYLLABLE_COUNT % SYLLABLE_COUNT];
    const char *third = syllables[brand / SYLLABLE_COUNT / SYLLABLE_COUNT];
    const char *suffix = suffixes[chance_pick(chance, suffix_weights, 3)];
    uint32_t brackets = chance_below(chance, 40);
    if (firm->kind == FIRM_INDIVIDUAL)
        snprintf(firm->name, sizeof firm->name, "%s示例%s%s%s%s店%s",
                 area_name(firm->area, firm->registered_on), first, second, third,
                 firm->trade->word, brackets == 0 ? "（个体工商户）" : "");
    else if (firm->kind == FIRM_COOPERATIVE)
        snprintf(firm->name, sizeof firm->name, "%s示例%s%s%s%s专业合作社",
                 area_name(firm->area, firm->registered_on), first, second, third,
                 firm->trade->word);
    else
        snprintf(firm->name, sizeof firm->name, "%s示例%s%s%s%s%s",
                 brackets == 0   ? "（重庆）"
                 : brackets == 1 ? "(重庆)"
                                 : "重庆",
                 first, second, third, firm->trade->word, suffix);
}

/* Planted firms are active enterprises that existed before the history began. */
static void cast_role(const struct scene *scene, struct firm *firm)
{
    static const char *const plain_trade = "5211";
    if (firm->role == SCENE_ORDINARY)
        return;
    firm->kind = FIRM_ENTERPRISE;
    firm->trade = trade_of_digits(plain_trade);
    firm->troubled = false;
    if (firm->role == SCENE_SURGE) {
        firm->trade = scene->surge_trade;
        firm->area = scene->surge_area;
    } else if (firm->role == SCENE_RING) {
        firm->area = scene->ring_area;
        firm->troubled = true;
    }
    if (firm->registered_on >= scene->from)
        firm->registered_on = scene->from - 400;
    firm->status = FIRM_ACTIVE;
    firm->ended_on = DAY_NONE;
}

void firm_of(const struct scene *scene, uint64_t index, struct firm *out)
{
    struct chance chance = chance_start(scene->seed, CHANCE_FIRM, index);
    out->index = index;
    out->role = scene_role_of(scene, index, &out->slot);
    choose_kind(out, &chance);
    choose_life(scene, out, &chance);
    cast_role(scene, out);
    choose_capital(out, &chance);
    choose_codes(out, &chance);
    choose_name(scene, out, &chance);
    uint64_t person = out->role == SCENE_RING ? scene_index_of(scene, SCENE_RING, 0) : index;
    snprintf(out->person, sizeof out->person, "演示人%06u", (unsigned)person);
}

struct firm_version firm_version_on(const struct firm *firm, const struct scene *scene, day on)
{
    bool ended = firm->ended_on != DAY_NONE && firm->ended_on <= on;
    return (struct firm_version){
        .region_code = area_code(firm->area, on),
        .status = ended ? firm->status : FIRM_ACTIVE,
        .ended_on = ended ? firm->ended_on : DAY_NONE,
        .capital_yuan = on < scene->until ? firm->first_capital_yuan : firm->capital_yuan,
    };
}

bool firm_version_equal(const struct firm_version *a, const struct firm_version *b)
{
    return strcmp(a->region_code, b->region_code) == 0 && a->status == b->status &&
           a->ended_on == b->ended_on && a->capital_yuan == b->capital_yuan;
}

/* The ring shares one address; every twentieth address of the others holds a comma, a quotation
 * mark or a line break, which files of this kind do hold. */
void firm_address_on(const struct firm *firm, day on, char out[FIRM_ADDRESS_SIZE])
{
    const char *area = area_name(firm->area, on);
    unsigned number = (unsigned)(firm->index * 37 % 900) + 1;
    if (firm->role == SCENE_RING) {
        snprintf(out, FIRM_ADDRESS_SIZE, "重庆市%s演示大道88号示例大厦19-1", area);
        return;
    }
    static const char *const extras[] = {"", ",附1号", "\"云谷\"楼", "\n（自主承诺）"};
    unsigned pick = (unsigned)(firm->index % 60);
    snprintf(out, FIRM_ADDRESS_SIZE, "重庆市%s演示%u路%u号%s", area,
             (unsigned)(firm->index * 13 % 70) + 1, number, pick < 3 ? extras[pick + 1] : "");
}

bool firm_alive_within(const struct firm *firm, day *first, day *last)
{
    if (*first < firm->registered_on)
        *first = firm->registered_on;
    if (firm->ended_on != DAY_NONE && *last > firm->ended_on)
        *last = firm->ended_on;
    return *first <= *last;
}
