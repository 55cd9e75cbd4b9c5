/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/forms.h"

#include <assert.h>

#define NOTHING_TO_SPOIL                                                                           \
    .code_cell = SHEET_NO_CELL, .date_cell = SHEET_NO_CELL, .choice_cell = SHEET_NO_CELL,          \
    .number_cell = SHEET_NO_CELL, .required_cell = SHEET_NO_CELL

#define ENTITY_CELLS                                                                               \
    .code_cell = ENTITY_CODE, .date_cell = ENTITY_REGISTERED_ON, .choice_cell = ENTITY_STATUS,     \
    .number_cell = ENTITY_CAPITAL, .required_cell = ENTITY_NAME,                                   \
    .header = {"统一社会信用代码", "企业名称", "企业类型", "登记状态",                             \
               "行政区划",         "行业代码", "成立日期", "终止日期",                             \
               "注册资本（万元）", "从业人数", "住所",     "监管领域",                             \
               "法定代表人",       "联系电话", NULL}

#define INSPECTION_CELLS                                                                           \
    .code_cell = INSPECTION_CODE, .date_cell = INSPECTION_DAY, .choice_cell = INSPECTION_KIND,     \
    .number_cell = INSPECTION_VIOLATIONS, .required_cell = INSPECTION_RESULT,                      \
    .header = {                                                                                    \
        "检查记录编号", "统一社会信用代码", "注册号",     "企业名称",     "检查日期", "检查类型",  \
        "抽查事项编号", "检查机关编号",     "检查人员",   "检查结果代码", "结果明细", "违法程度",  \
        "问题数量",     "计划行号",         "通知书文号", "执法码",       "公示日期", NULL}

static const struct sheet_form forms[FORMS_COUNT] = {
    [FORMS_DEPARTMENT] = {.source = "department",
                          .mapping = "department",
                          .file = "department.csv",
                          NOTHING_TO_SPOIL,
                          .header = {"部门编号", "部门名称", "行政区划", NULL}},
    [FORMS_MATTER] = {.source = "matter",
                      .mapping = "matter",
                      .file = "matter.csv",
                      NOTHING_TO_SPOIL,
                      .header = {"事项编号", "抽查事项", "抽查类别", "部门编号", "监管领域",
                                 "法律依据", "生效日期", "失效日期", NULL}},
    [FORMS_INSPECTOR] = {.source = "inspector",
                         .mapping = "inspector",
                         .file = "inspector.csv",
                         NOTHING_TO_SPOIL,
                         .header = {"执法人员编号", "姓名", "部门编号", "行政区划", "专业领域",
                                    "执法证号", "证件有效期至", "是否请假", NULL}},
    /* Another file of the same source: a later extract of the same register. */
    [FORMS_ENTITY_EARLIER] = {.source = "market_entity",
                              .mapping = "market_entity_2025q3",
                              .file = "market_entity_2025q3.csv",
                              .encoding = SHEET_GB18030,
                              ENTITY_CELLS},
    [FORMS_ENTITY] = {.source = "market_entity",
                      .mapping = "market_entity",
                      .file = "market_entity.csv",
                      .encoding = SHEET_UTF8_BOM,
                      ENTITY_CELLS},
    [FORMS_ALIAS] = {.source = "alias",
                     .mapping = "alias",
                     .file = "alias.csv",
                     NOTHING_TO_SPOIL,
                     .header = {"统一社会信用代码", "企业名称", "原注册号", NULL}},
    [FORMS_RELATION] = {.source = "relation",
                        .mapping = "relation",
                        .file = "relation.csv",
                        NOTHING_TO_SPOIL,
                        .header = {"统一社会信用代码", "关联企业统一社会信用代码", "关联方式",
                                   "起始日期", "终止日期", NULL}},
    [FORMS_RECUSAL] = {.source = "recusal",
                       .mapping = "recusal",
                       .file = "recusal.csv",
                       NOTHING_TO_SPOIL,
                       .header = {"统一社会信用代码", "企业名称", "执法人员编号", "回避事由",
                                  NULL}},
    [FORMS_INSPECTION] = {.source = "inspection",
                          .mapping = "inspection",
                          .file = "inspection.csv.gz",
                          .encoding = SHEET_GB18030,
                          .gzip = true,
                          INSPECTION_CELLS},
    [FORMS_PRICE_INSPECTION] = {.source = "price_inspection",
                                .mapping = "price_inspection",
                                .file = "price_inspection.csv",
                                .encoding = SHEET_GB18030,
                                INSPECTION_CELLS},
    [FORMS_COMPLAINT] = {.source = "complaint",
                         .mapping = "complaint",
                         .file = "complaint.csv",
                         .encoding = SHEET_UTF8_BOM,
                         .code_cell = COMPLAINT_CODE,
                         .date_cell = COMPLAINT_RECEIVED,
                         .choice_cell = COMPLAINT_KIND,
                         .number_cell = SHEET_NO_CELL,
                         .required_cell = COMPLAINT_RECEIVED,
                         .header = {"投诉编号", "统一社会信用代码", "注册号",       "被投诉人",
                                    "登记日期", "受理日期",         "不予受理日期", "终止调解日期",
                                    "办结日期", "答复日期",         "类别",         "渠道",
                                    "问题类型", "处理结果",         "行政区划",     "行业代码",
                                    "投诉人",   "联系电话",         "投诉内容",     NULL}},
    [FORMS_PENALTY] = {.source = "penalty",
                       .mapping = "penalty",
                       .file = "penalty.csv",
                       .encoding = SHEET_GB18030,
                       .code_cell = PENALTY_CODE,
                       .date_cell = PENALTY_DAY,
                       .choice_cell = PENALTY_SEVERITY,
                       .number_cell = PENALTY_AMOUNT,
                       .required_cell = PENALTY_DAY,
                       .header = {"行政相对人名称", "统一社会信用代码", "工商注册号", "法定代表人",
                                  "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据",
                                  "处罚类别", "违法程度", "罚款金额（万元）", "处罚决定日期",
                                  "公示截止期", "修复日期", "处罚机关", NULL}},
    [FORMS_CREDIT_LIST] = {.source = "credit_list",
                           .mapping = "credit_list",
                           .file = "credit_list.csv",
                           .code_cell = LISTING_CODE,
                           .date_cell = LISTING_DAY,
                           .choice_cell = LISTING_LIST,
                           .number_cell = SHEET_NO_CELL,
                           .required_cell = LISTING_LIST,
                           .header = {"统一社会信用代码", "企业名称", "名单类型", "列入文号",
                                      "列入日期", "列入事由", "列入机关", "移出日期", NULL}},
    [FORMS_TAX_GRADE] = {.source = "tax_grade",
                         .mapping = "tax_grade",
                         .file = "tax_grade.csv.gz",
                         .gzip = true,
                         .code_cell = GRADE_CODE,
                         .date_cell = GRADE_DAY,
                         .choice_cell = SHEET_NO_CELL,
                         .number_cell = SHEET_NO_CELL,
                         .required_cell = GRADE_DAY,
                         .header = {"统一社会信用代码", "纳税人名称", "评价年度", "纳税信用级别",
                                    "评价日期", "评价机关", NULL}},
    [FORMS_AWARD] = {.source = "award",
                     .mapping = "award",
                     .file = "award.csv",
                     NOTHING_TO_SPOIL,
                     .header = {"统一社会信用代码", "企业名称", "荣誉名称", "授予日期", "授予机关",
                                "有效期至", NULL}},
};

const struct sheet_form *forms_at(enum forms_file file)
{
    assert(file >= 0 && file < FORMS_COUNT);
    return &forms[file];
}
