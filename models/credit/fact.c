/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/fact.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct credit_word kinds[] = {
    [CREDIT_KIND_NONE] = {"none", "无", "none"},
    [CREDIT_KIND_INSPECTION] = {"inspection", "检查", "inspection"},
    [CREDIT_KIND_COMPLAINT] = {"complaint", "投诉举报", "complaint"},
    [CREDIT_KIND_JUDGMENT] = {"judgment", "司法裁判", "court judgment"},
    [CREDIT_KIND_DISHONEST_DEBTOR] = {"dishonest_debtor", "失信被执行人", "dishonest debtor"},
    [CREDIT_KIND_ADMINISTRATIVE_PENALTY] = {"administrative_penalty", "行政处罚",
                                            "administrative penalty"},
    [CREDIT_KIND_NO_PENALTY] = {"no_penalty", "不予处罚", "decision not to penalise"},
    [CREDIT_KIND_ADMINISTRATIVE_COERCION] = {"administrative_coercion", "行政强制",
                                             "administrative coercion"},
    [CREDIT_KIND_ABNORMAL_LIST] = {"abnormal_list", "经营异常名录", "abnormal operations list"},
    [CREDIT_KIND_SERIOUS_LIST] = {"serious_list", "严重违法失信名单", "serious violations list"},
    [CREDIT_KIND_TAX_GRADE] = {"tax_grade", "纳税信用级别", "tax credit grade"},
    [CREDIT_KIND_TAX_ARREARS] = {"tax_arrears", "欠税", "tax arrears"},
    [CREDIT_KIND_WAGE_ARREARS] = {"wage_arrears", "拖欠工资", "wage arrears"},
    [CREDIT_KIND_PROMISE_BROKEN] = {"promise_broken", "违背承诺", "broken commitment"},
    [CREDIT_KIND_PROMISE_KEPT] = {"promise_kept", "履行承诺", "kept commitment"},
    [CREDIT_KIND_CONTRACT_BREACH] = {"contract_breach", "合同违约", "breach of contract"},
    [CREDIT_KIND_IP_INFRINGEMENT] = {"ip_infringement", "知识产权侵权",
                                     "intellectual property infringement"},
    [CREDIT_KIND_AWARD] = {"award", "表彰奖励", "award"},
    [CREDIT_KIND_IMPORTED_GRADE] = {"imported_grade", "外部信用等级", "imported credit grade"},
};

static const struct credit_word states[] = {
    [CREDIT_STATE_NONE] = {"none", "无", "none"},
    [CREDIT_STATE_PASSED] = {"passed", "未发现问题", "passed"},
    [CREDIT_STATE_CORRECTED] = {"corrected", "发现问题已改正", "corrected"},
    [CREDIT_STATE_FAILED] = {"failed", "发现问题待处理", "failed"},
    [CREDIT_STATE_NOT_FOUND] = {"not_found", "无法联系", "could not be found"},
    [CREDIT_STATE_REFUSED] = {"refused", "不配合检查", "refused inspection"},
    [CREDIT_STATE_NO_ACTIVITY] = {"no_activity", "未开展相关活动", "no such activity"},
    [CREDIT_STATE_CLOSED] = {"closed", "已停业", "closed down"},
    [CREDIT_STATE_UNRECORDED] = {"unrecorded", "结果未记录", "outcome not recorded"},
    [CREDIT_STATE_UPHELD] = {"upheld", "属实", "upheld"},
    [CREDIT_STATE_NOT_UPHELD] = {"not_upheld", "不属实", "not upheld"},
    [CREDIT_STATE_MEDIATED] = {"mediated", "已调解", "mediated"},
    [CREDIT_STATE_WITHDRAWN] = {"withdrawn", "已撤回", "withdrawn"},
    [CREDIT_STATE_DUPLICATE] = {"duplicate", "重复", "duplicate"},
    [CREDIT_STATE_PENDING] = {"pending", "办理中", "pending"},
};

static const struct credit_word severities[] = {
    [CREDIT_SEVERITY_NONE] = {"none", "未分级", "ungraded"},
    [CREDIT_SEVERITY_MINOR] = {"minor", "轻微", "minor"},
    [CREDIT_SEVERITY_GENERAL] = {"general", "一般", "general"},
    [CREDIT_SEVERITY_SERIOUS] = {"serious", "严重", "serious"},
};

static const struct credit_word ends[] = {
    [CREDIT_END_NONE] = {"none", "无", "none"},
    [CREDIT_END_PUBLICITY] = {"publicity", "公示期满", "end of publicity"},
    [CREDIT_END_REPAIRED] = {"repaired", "信用修复", "repair"},
    [CREDIT_END_ANNULLED] = {"annulled", "撤销", "annulment"},
    [CREDIT_END_REMOVED] = {"removed", "移出", "removal"},
};

static const struct credit_word entity_types[] = {
    [CREDIT_ENTITY_UNKNOWN] = {"unknown", "未知", "unknown"},
    [CREDIT_ENTITY_ENTERPRISE] = {"enterprise", "企业", "enterprise"},
    [CREDIT_ENTITY_INDIVIDUAL] = {"individual", "个体工商户", "individual business"},
    [CREDIT_ENTITY_COOPERATIVE] = {"cooperative", "农民专业合作社", "cooperative"},
    [CREDIT_ENTITY_GOVERNMENT] = {"government", "机关", "government body"},
    [CREDIT_ENTITY_INSTITUTION] = {"institution", "事业单位", "public institution"},
    [CREDIT_ENTITY_SOCIAL] = {"social", "社会组织", "social organisation"},
    [CREDIT_ENTITY_OTHER] = {"other", "其他", "other"},
};

static const struct credit_word statuses[] = {
    [CREDIT_STATUS_UNKNOWN] = {"unknown", "未知", "unknown"},
    [CREDIT_STATUS_ACTIVE] = {"active", "存续", "active"},
    [CREDIT_STATUS_SUSPENDED] = {"suspended", "歇业", "suspended"},
    [CREDIT_STATUS_DEREGISTERED] = {"deregistered", "注销", "deregistered"},
    [CREDIT_STATUS_REVOKED] = {"revoked", "吊销", "revoked"},
    [CREDIT_STATUS_MOVED_OUT] = {"moved_out", "迁出", "moved out"},
};

static const struct credit_word licences[] = {
    [CREDIT_LICENCE_NONE] = {"none", "无", "none"},
    [CREDIT_LICENCE_FOOD] = {"food", "食品", "food"},
    [CREDIT_LICENCE_DRUG] = {"drug", "药品", "drugs"},
    [CREDIT_LICENCE_SPECIAL_EQUIPMENT] = {"special_equipment", "特种设备", "special equipment"},
    [CREDIT_LICENCE_PRODUCT_QUALITY] = {"product_quality", "产品质量", "product quality"},
    [CREDIT_LICENCE_ADVERTISING] = {"advertising", "广告", "advertising"},
    [CREDIT_LICENCE_PRICING] = {"pricing", "价格", "pricing"},
};

static const struct credit_word relations[] = {
    [CREDIT_RELATION_NONE] = {"none", "无", "none"},
    [CREDIT_RELATION_LEGAL_REPRESENTATIVE] = {"legal_representative", "同一法定代表人",
                                              "same legal representative"},
    [CREDIT_RELATION_SHAREHOLDER] = {"shareholder", "股东", "shareholder"},
    [CREDIT_RELATION_BRANCH] = {"branch", "分支机构", "branch"},
    [CREDIT_RELATION_SAME_ADDRESS] = {"same_address", "同一地址", "same address"},
    [CREDIT_RELATION_SAME_PHONE] = {"same_phone", "同一电话", "same telephone"},
    [CREDIT_RELATION_LOCATED_AT] = {"located_at", "位于", "located at"},
};

static const struct {
    const struct credit_word *words;
    unsigned count;
} vocabularies[CREDIT_VOCABULARY_COUNT] = {
    [CREDIT_KINDS] = {kinds, CREDIT_KIND_COUNT},
    [CREDIT_STATES] = {states, CREDIT_STATE_COUNT},
    [CREDIT_SEVERITIES] = {severities, CREDIT_SEVERITY_COUNT},
    [CREDIT_ENDS] = {ends, CREDIT_END_COUNT},
    [CREDIT_ENTITY_TYPES] = {entity_types, CREDIT_ENTITY_COUNT},
    [CREDIT_STATUSES] = {statuses, CREDIT_STATUS_COUNT},
    [CREDIT_LICENCES] = {licences, CREDIT_LICENCE_COUNT},
    [CREDIT_RELATIONS] = {relations, CREDIT_RELATION_COUNT},
};

unsigned credit_word_count(enum credit_vocabulary vocabulary)
{
    return vocabularies[vocabulary].count;
}

const struct credit_word *credit_word_of(enum credit_vocabulary vocabulary, unsigned index)
{
    assert(index < vocabularies[vocabulary].count);
    return &vocabularies[vocabulary].words[index];
}

bool credit_word_find(enum credit_vocabulary vocabulary, struct text name, unsigned *out)
{
    for (unsigned i = 0; i < vocabularies[vocabulary].count; i++) {
        if (text_is(name, vocabularies[vocabulary].words[i].name)) {
            *out = i;
            return true;
        }
    }
    return false;
}

uint32_t credit_kind_states(enum credit_kind kind)
{
    const uint32_t none = 1u << CREDIT_STATE_NONE;
    const uint32_t below_complaints = (1u << CREDIT_STATE_UPHELD) - 1;
    const uint32_t all = (1u << CREDIT_STATE_COUNT) - 1;
    if (kind == CREDIT_KIND_INSPECTION)
        return below_complaints;
    if (kind == CREDIT_KIND_COMPLAINT)
        return none | (all & ~below_complaints);
    return none;
}

struct credit_subject credit_subject_unknown(int64_t entity_id)
{
    return (struct credit_subject){
        .entity_id = entity_id,
        .capital_fen = CREDIT_UNKNOWN,
        .registered_on = DAY_NONE,
        .employees = CREDIT_UNKNOWN,
        .risk_ppm = CREDIT_UNKNOWN,
    };
}

bool credit_grade_set(struct credit_fact *fact, struct text grade)
{
    if (grade.size == 0 || grade.size > CREDIT_GRADE_SIZE)
        return false;
    memset(fact->grade, 0, CREDIT_GRADE_SIZE);
    memcpy(fact->grade, grade.data, grade.size);
    return true;
}

static bool check_range(const char *subject, const char *field, int64_t value, int64_t min,
                        int64_t max, struct error *err)
{
    if (value >= min && value <= max)
        return true;
    return error_set(err, ERROR_INPUT, subject, "%s: expected %lld to %lld, found %lld", field,
                     (long long)min, (long long)max, (long long)value);
}

bool credit_fact_check(const struct credit_fact *fact, struct error *err)
{
    const char *who = "credit fact";
    if (!check_range(who, "kind", fact->kind, 1, CREDIT_KIND_COUNT - 1, err) ||
        !check_range(who, "state", fact->state, 0, CREDIT_STATE_COUNT - 1, err) ||
        !check_range(who, "severity", fact->severity, 0, CREDIT_SEVERITY_COUNT - 1, err) ||
        !check_range(who, "ends_by", fact->ends_by, 0, CREDIT_END_COUNT - 1, err) ||
        !check_range(who, "amount_fen", fact->amount_fen, 0, CREDIT_AMOUNT_CAP, err) ||
        !check_range(who, "occurred_on", fact->occurred_on, DAY_FIRST, DAY_LAST, err))
        return false;
    if (fact->ends_on != DAY_NONE &&
        !check_range(who, "ends_on", fact->ends_on, DAY_FIRST, DAY_LAST, err))
        return false;
    if (!(credit_kind_states(fact->kind) >> fact->state & 1u))
        return error_set(err, ERROR_INPUT, who, "state: %s does not occur for kind %s",
                         states[fact->state].name, kinds[fact->kind].name);
    return true;
}

bool credit_subject_check(const struct credit_subject *subject, struct error *err)
{
    const char *who = "credit subject";
    if (subject->registered_on != DAY_NONE &&
        !check_range(who, "registered_on", subject->registered_on, DAY_FIRST, DAY_LAST, err))
        return false;
    if (subject->industry_section != 0 &&
        !check_range(who, "industry_section", subject->industry_section, 'A', 'T', err))
        return false;
    return check_range(who, "capital_fen", subject->capital_fen, CREDIT_UNKNOWN, INT64_MAX, err) &&
           check_range(who, "employees", subject->employees, CREDIT_UNKNOWN, INT32_MAX, err) &&
           check_range(who, "risk_ppm", subject->risk_ppm, CREDIT_UNKNOWN, 1000000, err) &&
           check_range(who, "entity_type", subject->entity_type, 0, CREDIT_ENTITY_COUNT - 1, err) &&
           check_range(who, "status", subject->status, 0, CREDIT_STATUS_COUNT - 1, err) &&
           check_range(who, "industry_division", subject->industry_division, 0, 99, err) &&
           check_range(who, "licence_tags", subject->licence_tags, 0,
                       (1u << CREDIT_LICENCE_COUNT) - 1, err);
}

bool credit_fact_counts(const struct credit_fact *fact, day as_of)
{
    return fact->occurred_on <= as_of && (fact->ends_on == DAY_NONE || fact->ends_on > as_of);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int credit_fact_compare(const struct credit_fact *a, const struct credit_fact *b)
{
    int steps[] = {
        order(a->occurred_on, b->occurred_on),
        order(a->kind, b->kind),
        (a->id > b->id) - (a->id < b->id),
        order(a->state, b->state),
        order(a->severity, b->severity),
        order(a->ends_on, b->ends_on),
        order(a->ends_by, b->ends_by),
        order(a->amount_fen, b->amount_fen),
        memcmp(a->grade, b->grade, CREDIT_GRADE_SIZE),
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] != 0)
            return steps[i];
    }
    return 0;
}

static int compare_facts(const void *a, const void *b)
{
    return credit_fact_compare(a, b);
}

void credit_fact_sort(struct credit_fact *facts, size_t count)
{
    if (count > 1)
        qsort(facts, count, sizeof *facts, compare_facts);
}
