/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_title.h"

#include <string.h>

struct title {
    const char *name;
    const char *zh;
    const char *en;
};

static const struct title list_titles[] = {
    {"alerts", "风险预警", "Alerts"},
    {"audit", "审计日志", "Audit"},
    {"class-changes", "分类变动", "Class changes"},
    {"complaints", "投诉举报", "Complaints"},
    {"draws", "双随机抽查", "Draws"},
    {"entities", "监管主体", "Entities"},
    {"feeds", "自动报送", "Feeds"},
    {"inspections", "检查", "Inspections"},
    {"loads", "载入批次", "Loads"},
    {"plans", "抽查计划", "Plans"},
    {"quality", "数据质量", "Data quality"},
    {"regions", "区县", "Districts"},
    {"register", "名录统计", "Register"},
    {"rejects", "退回的行", "Rejected rows"},
    {"sources", "数据来源", "Sources"},
    {"visits", "抽查名单", "Visits"},
};

static const struct title column_titles[] = {
    {"accepted_on", "受理日", "Accepted on"},
    {"abandon_reason", "放弃原因", "Reason of abandonment"},
    {"abandoned_at", "放弃时间", "Abandoned at"},
    {"action", "事项", "Action"},
    {"actor", "操作人", "Actor"},
    {"adverse", "发现问题", "Adverse finding"},
    {"agency", "机关", "Agency"},
    {"amount_fen", "金额（分）", "Amount (fen)"},
    {"as_of", "数据截至", "As of"},
    {"assignee", "承办人", "Assignee"},
    {"at", "时间（UTC）", "Moment (UTC)"},
    {"authority", "机关（代号）", "Authority"},
    {"batch", "批次", "Batch"},
    {"batch_in_file", "文件内批次", "Batch in the file"},
    {"batches", "批次数", "Batches"},
    {"by_class", "各分类数量", "By class"},
    {"cause", "变动原因", "Cause"},
    {"changed_on", "变动日", "Changed on"},
    {"channel", "渠道", "Channel"},
    {"check_kind", "检查类型", "Check"},
    {"class", "分类", "Class"},
    {"class_changed_on", "分类变动日", "Class changed on"},
    {"code", "代码", "Code"},
    {"committed_at", "承诺时间", "Committed at"},
    {"complaint_kind", "类别", "Kind of complaint"},
    {"count", "数量", "Count"},
    {"created_at", "登记时间", "Created at"},
    {"days_silent", "未更新天数", "Days silent"},
    {"decides", "以此为准", "Decides"},
    {"decision", "决定", "Decision"},
    {"department_id", "部门", "Department"},
    {"detail", "说明", "Detail"},
    {"disagree", "来源不一致", "Sources disagree"},
    {"draws", "抽取次数", "Draws"},
    {"drawn_at", "抽取时间", "Drawn at"},
    {"due_on", "办理期限", "Due on"},
    {"ended_at", "结束时间", "Ended at"},
    {"duplicates", "重复", "Duplicates"},
    {"ended_on", "结束日", "Ended on"},
    {"entity.scheme", "主体代码类别", "Entity scheme"},
    {"entity.code", "主体代码", "Entity code"},
    {"entity.name", "主体名称", "Entity name"},
    {"error", "错误", "Error"},
    {"expected_minutes", "应报送间隔（分钟）", "Expected every (minutes)"},
    {"expected_working_days", "仅计工作日", "Working days only"},
    {"failures", "连续失败次数", "Failures in a row"},
    {"feed", "数据源", "Feed"},
    {"feed_kind", "报送方式", "Kind of feed"},
    {"field", "字段", "Field"},
    {"file", "文件", "File"},
    {"file_bytes", "文件字节数", "File bytes"},
    {"file_name", "文件", "File"},
    {"file_sha256", "文件 SHA-256", "File SHA-256"},
    {"filled_ppm", "字段填写率（百万分之）", "Filled fields (ppm)"},
    {"first_as_of", "首次发现", "First found"},
    {"first_record", "首条记录", "First record"},
    {"frame_count", "抽样框数量", "Frame count"},
    {"freshness_days", "滞后天数", "Days behind"},
    {"from", "原分类", "From class"},
    {"handling", "办理情况", "Handling"},
    {"hash", "哈希", "Hash"},
    {"hits", "次数", "Hits"},
    {"id", "编号", "Number"},
    {"identical", "相同", "Identical"},
    {"industry", "行业", "Industry"},
    {"industry_code", "行业代码", "Industry code"},
    {"industry_name", "行业", "Industry"},
    {"industry_section", "行业门类", "Industry section"},
    {"inserted", "新增", "Inserted"},
    {"inspectors", "检查人员", "Inspectors"},
    {"issue", "问题", "Issue"},
    {"jurisdiction", "管辖", "Jurisdiction"},
    {"key", "键", "Key"},
    {"known_at", "获知时间", "Known at"},
    {"lapsed_as_of", "条件消失", "Lapsed on"},
    {"last_as_of", "最近发现", "Last found"},
    {"last_delivered_at", "最近报送时间", "Last delivered at"},
    {"last_delivery", "最近报送", "Last delivery"},
    {"last_in_file", "文件末批", "Last of the file"},
    {"last_loaded_at", "最近载入", "Last loaded at"},
    {"line", "行", "Line"},
    {"loaded_at", "载入时间", "Loaded at"},
    {"loaded_on", "载入日", "Loaded on"},
    {"mapping_sha256", "映射 SHA-256", "Mapping SHA-256"},
    {"matter_id", "抽查事项编号", "Matter number"},
    {"matter_title", "抽查事项", "Matter"},
    {"message", "说明", "Message"},
    {"name", "名称", "Name"},
    {"newest_on", "最近发生日", "Newest on"},
    {"number", "抽取号", "Draw number"},
    {"occurred_on", "发生日", "Occurred on"},
    {"outcome", "结果", "Outcome"},
    {"own", "本区县或部门", "Own scope"},
    {"plan", "计划", "Plan"},
    {"rank", "序位", "Rank"},
    {"raw", "原文", "As it came"},
    {"reason", "原因", "Reason"},
    {"received_on", "收到日", "Received on"},
    {"record_key", "记录编号", "Record key"},
    {"record_kind", "记录种类", "Record kind"},
    {"redraw_of", "重抽自", "Redraw of"},
    {"redraw_reason", "重抽原因", "Reason of redraw"},
    {"refused", "整件未载入", "Refused"},
    {"refused_on", "不予受理日", "Refused on"},
    {"region", "区县", "District"},
    {"region_code", "区县代码", "District code"},
    {"region_name", "区县", "District"},
    {"rehearsal", "演练", "Rehearsal"},
    {"rejected", "退回", "Rejected"},
    {"rejects", "退回（按原因）", "Rejects by reason"},
    {"replay_of", "重放自批次", "Replay of batch"},
    {"replayed", "重放收入", "Replayed"},
    {"request_id", "请求编号", "Request"},
    {"reserves", "备选检查人员", "Reserves"},
    {"revealed_at", "揭示时间", "Revealed at"},
    {"rows", "行数", "Rows"},
    {"rows_in", "读入", "Rows in"},
    {"rule_id", "规则编号", "Rule id"},
    {"rule_kind", "规则类型", "Rule kind"},
    {"rule_title", "规则", "Rule"},
    {"scheme", "代码类别", "Scheme"},
    {"score_milli", "风险分（千分之一分）", "Score (milli-points)"},
    {"selected_count", "抽中数量", "Selected count"},
    {"sequence", "序号", "Sequence"},
    {"severity", "级别", "Severity"},
    {"source", "来源", "Source"},
    {"started_at", "开始时间", "Started at"},
    {"state", "状态", "State"},
    {"status", "登记状态", "Status"},
    {"stubs", "占位主体", "Stubs"},
    {"subject", "对象", "Subject"},
    {"taken_by", "收入批次", "Taken by batch"},
    {"ticket", "抽签值", "Ticket"},
    {"title", "标题", "Title"},
    {"to", "现分类", "To class"},
    {"unknown_codes", "不明代码", "Unknown codes"},
    {"updated", "更新", "Updated"},
    {"verdict", "核查结论", "Verdict"},
    {"version", "版本", "Version"},
    {"violation_count", "违法项数", "Violations"},
    {"withheld", "未载入的行", "Withheld rows"},
};

static const struct title cause_labels[] = {
    {"first", "首次评定", "first score"},
    {"records", "记录变化", "records changed"},
    {"model", "模型变化", "model changed"},
};

static const struct title check_kind_labels[] = {
    {"random", "双随机", "random"},     {"daily", "日常", "daily"},
    {"special", "专项", "special"},     {"lead", "线索核查", "lead"},
    {"immediate", "即时", "immediate"}, {"other", "其他", "other"},
};

static const struct title complaint_kind_labels[] = {
    {"complaint", "投诉", "complaint"},
    {"report", "举报", "report"},
};

static const struct title handling_labels[] = {
    {"accepted_in_limit", "按期受理", "Accepted in time"},
    {"accepted_late", "逾期受理", "Accepted late"},
    {"overdue", "逾期未受理", "Overdue"},
    {"open", "未到期", "Open, not due"},
    {"no_limit", "无受理期限", "No limit applies"},
};

static const struct title issue_labels[] = {
    {"quality", "质量", "quality"},
    {"advertising", "广告", "advertising"},
    {"contract", "合同", "contract"},
    {"price", "价格", "price"},
    {"after_sale", "售后", "after-sale"},
    {"false_propaganda", "虚假宣传", "false claims"},
    {"food_safety", "食品安全", "food safety"},
    {"intellectual_property", "知识产权", "intellectual property"},
    {"unfair_competition", "不正当竞争", "unfair competition"},
    {"sanitation", "卫生", "sanitation"},
    {"other", "其他", "other"},
};

static const struct title outcome_labels[] = {
    {"passed", "未发现问题", "passed"},   {"corrected", "责令改正", "corrected"},
    {"failed", "不合格", "failed"},       {"not_found", "无法联系", "not found"},
    {"refused", "不配合检查", "refused"}, {"no_activity", "未开展相关经营", "no activity"},
    {"closed", "已停业", "closed"},       {"unrecorded", "未记录", "not recorded"},
    {"upheld", "属实", "upheld"},         {"not_upheld", "不属实", "not upheld"},
    {"mediated", "调解", "mediated"},     {"withdrawn", "撤回", "withdrawn"},
    {"duplicate", "重复", "duplicate"},   {"pending", "办理中", "pending"},
};

static const struct title reason_labels[] = {
    {"form", "无法分列", "cannot be split"},
    {"columns", "列数不符", "number of columns"},
    {"encoding", "编码有误", "encoding"},
    {"required", "必填为空", "required, but empty"},
    {"subject", "未指明主体", "names no entity"},
    {"code", "不在代码表", "not in the code list"},
    {"credit-code", "统一社会信用代码有误", "credit code"},
    {"date", "日期有误", "date"},
    {"number", "数值有误", "number"},
    {"region", "行政区划有误", "region"},
    {"industry", "行业有误", "industry"},
    {"too-long", "过长", "too long"},
};

static const struct title record_kind_labels[] = {
    {"entity", "市场主体", "entity"},       {"alias", "代码变更", "alias"},
    {"relation", "关联关系", "relation"},   {"inspection", "检查", "inspection"},
    {"complaint", "投诉举报", "complaint"}, {"credit_record", "信用记录", "credit record"},
    {"inspector", "检查人员", "inspector"}, {"recusal", "回避", "recusal"},
    {"department", "部门", "department"},   {"matter", "抽查事项", "matter"},
    {"region", "行政区划", "region"},
};

static const struct title severity_labels[] = {
    {"serious", "严重", "serious"},
    {"general", "一般", "general"},
    {"minor", "轻微", "minor"},
};

static const struct title state_labels[] = {
    {"firing", "待处置", "firing"},       {"acknowledged", "已接收", "acknowledged"},
    {"assigned", "已转派", "assigned"},   {"in_progress", "处置中", "in progress"},
    {"resolved", "已办结", "resolved"},   {"closed", "已关闭", "closed"},
    {"committed", "已承诺", "committed"}, {"drawn", "已抽取", "drawn"},
    {"revealed", "已揭示", "revealed"},   {"abandoned", "已放弃", "abandoned"},
};

static const struct title status_labels[] = {
    {"active", "存续", "active"},
    {"suspended", "歇业", "suspended"},
    {"deregistered", "注销", "deregistered"},
    {"revoked", "吊销", "revoked"},
    {"moved_out", "迁出", "moved out"},
};

static const struct title verdict_labels[] = {
    {"true", "属实", "confirmed"},
    {"false", "误报", "false alarm"},
    {"duplicate", "重复", "duplicate"},
};

#define SET(column)                                                                                \
    {                                                                                              \
#column, column##_labels, sizeof column##_labels / sizeof column##_labels[0]               \
    }

static const struct label_set {
    const char *column;
    const struct title *labels;
    size_t count;
} label_sets[] = {
    SET(cause),  SET(check_kind),  SET(complaint_kind), SET(handling), SET(issue),  SET(outcome),
    SET(reason), SET(record_kind), SET(severity),       SET(state),    SET(status), SET(verdict),
};

static const char *find(const struct title *titles, size_t count, const char *name, bool chinese)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(titles[i].name, name) == 0)
            return chinese ? titles[i].zh : titles[i].en;
    }
    return NULL;
}

const char *view_list_title(const char *list, bool chinese)
{
    return find(list_titles, sizeof list_titles / sizeof list_titles[0], list, chinese);
}

const char *view_title(const char *column, bool chinese)
{
    return find(column_titles, sizeof column_titles / sizeof column_titles[0], column, chinese);
}

const char *view_label(const char *column, const char *code, bool chinese)
{
    for (size_t i = 0; i < sizeof label_sets / sizeof label_sets[0]; i++) {
        if (strcmp(label_sets[i].column, column) == 0)
            return find(label_sets[i].labels, label_sets[i].count, code, chinese);
    }
    return NULL;
}

const char *view_member(const char *column, size_t index)
{
    size_t size = strlen(column);
    for (size_t i = 0; i < sizeof column_titles / sizeof column_titles[0]; i++) {
        const char *name = column_titles[i].name;
        if (strncmp(name, column, size) == 0 && name[size] == '.' && index-- == 0)
            return name + size + 1;
    }
    return NULL;
}
