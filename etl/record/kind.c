/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/kind.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const entity_types[] = {"enterprise",  "individual", "cooperative", "government",
                                           "institution", "social",     "other",       NULL};
static const char *const entity_statuses[] = {"active",  "suspended", "deregistered",
                                              "revoked", "moved_out", NULL};
static const char *const relation_kinds[] = {
    "legal_representative", "shareholder", "branch", "same_address",
    "same_phone",           "located_at",  NULL};
static const char *const check_kinds[] = {"random",    "daily", "special", "lead",
                                          "immediate", "other", NULL};
static const char *const inspection_outcomes[] = {"passed",    "corrected",  "failed",
                                                  "not_found", "refused",    "no_activity",
                                                  "closed",    "unrecorded", NULL};
static const char *const severities[] = {"minor", "general", "serious", NULL};
static const char *const complaint_kinds[] = {"complaint", "report", NULL};
static const char *const issues[] = {"quality",
                                     "advertising",
                                     "contract",
                                     "price",
                                     "after_sale",
                                     "false_propaganda",
                                     "food_safety",
                                     "intellectual_property",
                                     "unfair_competition",
                                     "sanitation",
                                     "other",
                                     NULL};
static const char *const complaint_outcomes[] = {"upheld",    "not_upheld", "mediated", "withdrawn",
                                                 "duplicate", "pending",    NULL};
static const char *const record_kinds[] = {"judgment",
                                           "dishonest_debtor",
                                           "administrative_penalty",
                                           "no_penalty",
                                           "administrative_coercion",
                                           "abnormal_list",
                                           "serious_list",
                                           "tax_grade",
                                           "tax_arrears",
                                           "wage_arrears",
                                           "promise_broken",
                                           "promise_kept",
                                           "contract_breach",
                                           "ip_infringement",
                                           "award",
                                           "imported_grade",
                                           NULL};
static const char *const categories[] = {"key", "general", NULL};
static const char *const region_kinds[] = {"province",   "district", "county", "autonomous_county",
                                           "functional", "ward",     NULL};

static const struct field entity_fields[] = {
    {"name", FIELD_TEXT, true, NULL},
    {"entity_type", FIELD_CODE, false, entity_types},
    {"status", FIELD_CODE, true, entity_statuses},
    {"region_code", FIELD_REGION, false, NULL},
    {"industry_code", FIELD_INDUSTRY, false, NULL},
    {"registered_on", FIELD_DAY, false, NULL},
    {"ended_on", FIELD_DAY, false, NULL},
    {"capital_fen", FIELD_MONEY, false, NULL},
    {"employees", FIELD_INTEGER, false, NULL},
    {"address", FIELD_TEXT, false, NULL},
    {"licence_tags", FIELD_SET, false, NULL},
};

static const struct field alias_fields[] = {
    {"alias_scheme", FIELD_TEXT, true, NULL},
    {"alias_code", FIELD_TEXT, true, NULL},
};

static const struct field relation_fields[] = {
    {"related_scheme", FIELD_TEXT, true, NULL},
    {"related_code", FIELD_TEXT, true, NULL},
    {"relation_kind", FIELD_CODE, true, relation_kinds},
    {"valid_from", FIELD_DAY, false, NULL},
    {"valid_to", FIELD_DAY, false, NULL},
};

static const struct field inspection_fields[] = {
    {"occurred_on", FIELD_DAY, true, NULL},      {"check_kind", FIELD_CODE, false, check_kinds},
    {"matter_id", FIELD_ID, false, NULL},        {"department_id", FIELD_ID, false, NULL},
    {"inspector_ids", FIELD_SET, false, NULL},   {"outcome", FIELD_CODE, true, inspection_outcomes},
    {"severity", FIELD_CODE, false, severities}, {"violation_count", FIELD_INTEGER, false, NULL},
    {"result_codes", FIELD_SET, false, NULL},    {"plan_row_id", FIELD_TEXT, false, NULL},
    {"notice_no", FIELD_TEXT, false, NULL},      {"enforcement_code", FIELD_TEXT, false, NULL},
    {"published_on", FIELD_DAY, false, NULL},
};

static const struct field complaint_fields[] = {
    {"received_on", FIELD_DAY, true, NULL},
    {"accepted_on", FIELD_DAY, false, NULL},
    {"refused_on", FIELD_DAY, false, NULL},
    {"mediation_ended_on", FIELD_DAY, false, NULL},
    {"ended_on", FIELD_DAY, false, NULL},
    {"answered_on", FIELD_DAY, false, NULL},
    {"complaint_kind", FIELD_CODE, false, complaint_kinds},
    {"channel", FIELD_TEXT, false, NULL},
    {"issue", FIELD_CODE, false, issues},
    {"outcome", FIELD_CODE, false, complaint_outcomes},
    {"region_code", FIELD_REGION, false, NULL},
    {"industry_code", FIELD_INDUSTRY, false, NULL},
};

static const struct field credit_record_fields[] = {
    {"record_kind", FIELD_CODE, true, record_kinds},
    {"occurred_on", FIELD_DAY, true, NULL},
    {"severity", FIELD_CODE, false, severities},
    {"amount_fen", FIELD_MONEY, false, NULL},
    {"document_no", FIELD_TEXT, false, NULL},
    {"agency", FIELD_TEXT, false, NULL},
    {"legal_basis", FIELD_TEXT, false, NULL},
    {"detail", FIELD_TEXT, false, NULL},
    {"grade", FIELD_TEXT, false, NULL},
    {"publicity_until", FIELD_DAY, false, NULL},
    {"repaired_on", FIELD_DAY, false, NULL},
    {"annulled_on", FIELD_DAY, false, NULL},
    {"ended_on", FIELD_DAY, false, NULL},
};

static const struct field recusal_fields[] = {
    {"inspector_id", FIELD_ID, true, NULL},
    {"reason", FIELD_TEXT, true, NULL},
};

static const struct field inspector_fields[] = {
    {"inspector_id", FIELD_ID, true, NULL},        {"name", FIELD_TEXT, false, NULL},
    {"department_id", FIELD_ID, true, NULL},       {"region_code", FIELD_REGION, false, NULL},
    {"specialities", FIELD_SET, false, NULL},      {"certificate_no", FIELD_TEXT, false, NULL},
    {"certificate_until", FIELD_DAY, false, NULL}, {"on_leave", FIELD_BOOLEAN, true, NULL},
};

static const struct field department_fields[] = {
    {"department_id", FIELD_ID, true, NULL},
    {"name", FIELD_TEXT, true, NULL},
    {"region_code", FIELD_REGION, false, NULL},
};

static const struct field matter_fields[] = {
    {"matter_id", FIELD_ID, true, NULL},        {"title", FIELD_TEXT, true, NULL},
    {"category", FIELD_CODE, true, categories}, {"department_id", FIELD_ID, false, NULL},
    {"licence_tag", FIELD_ID, false, NULL},     {"legal_basis", FIELD_TEXT, false, NULL},
    {"valid_from", FIELD_DAY, false, NULL},     {"valid_to", FIELD_DAY, false, NULL},
};

static const struct field region_fields[] = {
    {"region_code", FIELD_ID, true, NULL},
    {"valid_from", FIELD_DAY, true, NULL},
    {"valid_to", FIELD_DAY, false, NULL},
    {"name", FIELD_TEXT, true, NULL},
    {"region_kind", FIELD_CODE, true, region_kinds},
    {"parent", FIELD_ID, false, NULL},
};

#define FIELDS(array) .fields = (array), .field_count = COUNT(array)
#define STORED_BY(name)                                                                            \
    .stage_statement = "load/" name "_stage.sql", .merge_script = "load/" name ".sql",             \
    .outdated_statement = "load/" name "_outdated.sql"
#define WITH_HISTORY(name) STORED_BY(name), .backfill_script = "load/" name "_backfill.sql"
#define SUBJECT_HEADS HEAD_VERSION, HEAD_SUBJECT_SCHEME, HEAD_SUBJECT_CODE, HEAD_JURISDICTION

static const struct kind kinds[] = {
    {.name = "entity",
     .has_subject = true,
     .subject_is_key = true,
     .key_fields = {-1},
     .event_field = "registered_on",
     .heads = {SUBJECT_HEADS, HEAD_ID, HEAD_ENTITY_ID, HEAD_SUBJECT_SCHEME, HEAD_SUBJECT_CODE,
               HEAD_TRUE, HEAD_JURISDICTION},
     FIELDS(entity_fields),
     WITH_HISTORY("entity")},
    {.name = "alias",
     .has_subject = true,
     .key_fields = {0, 1, -1},
     .first_column = 2,
     .heads = {SUBJECT_HEADS, HEAD_ID, HEAD_OTHER_ENTITY_ID, HEAD_FIRST_FIELD, HEAD_SECOND_FIELD,
               HEAD_ENTITY_ID},
     FIELDS(alias_fields),
     STORED_BY("entity_alias"),
     .after_script = "load/rehome.sql"},
    {.name = "relation",
     .has_subject = true,
     .clash_of_other = true,
     .key_in_source = true,
     .subject_in_key = true,
     .key_fields = {0, 1, 2, -1},
     .first_column = 2,
     .heads = {SUBJECT_HEADS, HEAD_FIRST_FIELD, HEAD_SECOND_FIELD, HEAD_ENTITY_ID, HEAD_ID,
               HEAD_RECORD_KEY, HEAD_OTHER_ENTITY_ID},
     FIELDS(relation_fields),
     WITH_HISTORY("relation")},
    {.name = "inspection",
     .has_subject = true,
     .key_in_source = true,
     .key_fields = {-1},
     .event_field = "occurred_on",
     .heads = {SUBJECT_HEADS, HEAD_ENTITY_ID, HEAD_ID, HEAD_RECORD_KEY},
     FIELDS(inspection_fields),
     WITH_HISTORY("inspection")},
    {.name = "complaint",
     .has_subject = true,
     .key_in_source = true,
     .key_fields = {-1},
     .event_field = "received_on",
     .heads = {SUBJECT_HEADS, HEAD_ENTITY_ID, HEAD_ID, HEAD_RECORD_KEY, HEAD_JURISDICTION},
     FIELDS(complaint_fields),
     WITH_HISTORY("complaint")},
    {.name = "credit_record",
     .has_subject = true,
     .key_in_source = true,
     .key_fields = {-1},
     .event_field = "occurred_on",
     .has_decision = true,
     .heads = {SUBJECT_HEADS, HEAD_ENTITY_ID, HEAD_ID, HEAD_RECORD_KEY},
     FIELDS(credit_record_fields),
     WITH_HISTORY("credit_record")},
    {.name = "recusal",
     .has_subject = true,
     .subject_in_key = true,
     .key_fields = {0, -1},
     .heads = {SUBJECT_HEADS, HEAD_ID, HEAD_ENTITY_ID},
     FIELDS(recusal_fields),
     STORED_BY("recusal")},
    {.name = "inspector",
     .key_fields = {0, -1},
     .heads = {HEAD_VERSION, HEAD_ID},
     FIELDS(inspector_fields),
     STORED_BY("inspector")},
    {.name = "department",
     .key_fields = {0, -1},
     .heads = {HEAD_VERSION, HEAD_ID},
     FIELDS(department_fields),
     STORED_BY("department")},
    {.name = "matter",
     .key_fields = {0, -1},
     .heads = {HEAD_VERSION, HEAD_ID},
     FIELDS(matter_fields),
     STORED_BY("matter")},
    {.name = "region",
     .key_fields = {0, 1, -1},
     .heads = {HEAD_VERSION, HEAD_ID},
     FIELDS(region_fields),
     STORED_BY("region")},
};

const struct kind *kind_find(struct text name)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (text_is(name, kinds[i].name))
            return &kinds[i];
    }
    return NULL;
}

const struct kind *kind_all(size_t *count)
{
    *count = COUNT(kinds);
    return kinds;
}

int kind_field(const struct kind *kind, struct text name)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        if (text_is(name, kind->fields[i].name))
            return (int)i;
    }
    return -1;
}
