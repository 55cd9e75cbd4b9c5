/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/truth.h"

#include <assert.h>
#include <string.h>

enum { QUARTER_DAYS = 91 };

void truth_init(struct truth *truth)
{
    memset(truth, 0, sizeof *truth);
    truth->price_last_on = DAY_NONE;
}

void truth_add_firm(struct truth *truth, const struct firm *firm)
{
    truth->active_entities += firm->status == FIRM_ACTIVE;
}

static void count_visit(struct truth_visits *visits, const struct visit *visit)
{
    visits->visits++;
    visits->adverse += visit_adverse(visit);
}

void truth_add_visit(struct truth *truth, const struct scene *scene, const struct visit *visit)
{
    count_visit(&truth->all, visit);
    if (visit->strict)
        count_visit(&truth->strict, visit);
    else if (visit->strict_area)
        count_visit(&truth->colleagues, visit);
    if (!visit->price)
        return;
    truth->price_visits++;
    truth->price_visits_last_quarter += visit->occurred_on >= scene->silent_from - QUARTER_DAYS;
    if (visit->occurred_on > truth->price_last_on)
        truth->price_last_on = visit->occurred_on;
}

void truth_add_complaint(struct truth *truth, const struct firm *firm,
                         const struct complaint *complaint)
{
    if (complaint->planted == SCENE_ORDINARY)
        return;
    assert(truth->complaint_count < TRUTH_COMPLAINT_CAP);
    truth->complaints[truth->complaint_count] = *complaint;
    memcpy(truth->complaint_codes[truth->complaint_count], firm->code, sizeof firm->code);
    truth->complaint_count++;
}

/* Without memory jansson gives NULL and json_pack carries it upward. */
static json_t *day_json(day value)
{
    char text[DAY_TEXT_SIZE];
    return value == DAY_NONE ? json_null() : json_string(day_format(value, text));
}

static json_t *surge_json(const struct scene *scene)
{
    json_t *weeks = json_array();
    for (unsigned week = 0; week < SCENE_SURGE_WEEKS; week++) {
        json_array_append_new(weeks, json_pack("{s:o, s:i}", "week",
                                               day_json(scene->surge_first_week + 7 * (day)week),
                                               "complaints", (int)scene_surge_counts[week]));
    }
    json_t *codes = json_array();
    for (unsigned slot = 0; slot < SCENE_SURGE_FIRMS; slot++) {
        struct firm firm;
        firm_of(scene, scene_index_of(scene, SCENE_SURGE, slot), &firm);
        json_array_append_new(codes, json_string(firm.code));
    }
    char section[2] = {scene->surge_trade->section, '\0'};
    return json_pack("{s:s, s:s, s:s, s:o, s:i, s:o, s:o}", "region_code",
                     scene->surge_area->code_after, "region_name", scene->surge_area->name_after,
                     "industry_section", section, "week", day_json(scene->surge_week), "complaints",
                     (int)scene_surge_counts[SCENE_SURGE_WEEK_INDEX], "weeks", weeks,
                     "credit_codes", codes);
}

static json_t *ring_json(const struct scene *scene)
{
    json_t *codes = json_array();
    struct firm firm;
    for (unsigned slot = 0; slot < SCENE_RING_FIRMS; slot++) {
        firm_of(scene, scene_index_of(scene, SCENE_RING, slot), &firm);
        json_array_append_new(codes, json_string(firm.code));
    }
    char address[FIRM_ADDRESS_SIZE];
    firm_address_on(&firm, scene->until, address);
    return json_pack("{s:s, s:s, s:s, s:o}", "region_code", scene->ring_area->code_after,
                     "legal_representative", firm.person, "address", address, "credit_codes",
                     codes);
}

static json_t *visits_json(const struct truth_visits *visits)
{
    uint64_t ppm = visits->visits ? visits->adverse * 1000000 / visits->visits : 0;
    return json_pack("{s:I, s:I, s:I}", "visits", (json_int_t)visits->visits, "adverse",
                     (json_int_t)visits->adverse, "adverse_ppm", (json_int_t)ppm);
}

static json_t *strict_json(const struct truth *truth, const struct scene *scene)
{
    char id[STAFF_ID_SIZE];
    staff_inspector_id(scene->strict_area->code_after, 0, id);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "inspector_id", id, "region_code",
                     scene->strict_area->code_after, "adverse_outcomes",
                     "corrected, failed, not_found, refused", "inspector",
                     visits_json(&truth->strict), "colleagues_in_district",
                     visits_json(&truth->colleagues), "all", visits_json(&truth->all));
}

static json_t *silent_json(const struct truth *truth, const struct scene *scene)
{
    return json_pack("{s:s, s:o, s:o, s:I, s:I}", "source", "price_inspection", "last_on",
                     day_json(truth->price_last_on), "silent_from", day_json(scene->silent_from),
                     "records", (json_int_t)truth->price_visits, "records_91_days_before",
                     (json_int_t)truth->price_visits_last_quarter);
}

static json_t *complaints_json(const struct truth *truth, enum scene_role planted)
{
    json_t *list = json_array();
    for (size_t i = 0; i < truth->complaint_count; i++) {
        const struct complaint *complaint = &truth->complaints[i];
        if (complaint->planted != planted)
            continue;
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o, s:o}", "complaint_no", complaint->number,
                                        "credit_code", truth->complaint_codes[i], "received_on",
                                        day_json(complaint->received_on), "accepted_on",
                                        day_json(complaint->accepted_on)));
    }
    return list;
}

static json_t *rejects_json(const struct sheet_tally *tally, json_int_t *total)
{
    static const char *const names[SHEET_REJECT_COUNT] = {
        [SHEET_MISSING_FIELD] = "missing_field", [SHEET_BAD_CREDIT_CODE] = "bad_credit_code",
        [SHEET_NO_SUCH_DATE] = "no_such_date",   [SHEET_UNKNOWN_CODE] = "unknown_code",
        [SHEET_BAD_NUMBER] = "bad_number",
    };
    json_t *reasons = json_object();
    *total = 0;
    for (size_t i = 0; i < SHEET_REJECT_COUNT; i++) {
        json_object_set_new(reasons, names[i], json_integer((json_int_t)tally->rejects[i]));
        *total += (json_int_t)tally->rejects[i];
    }
    return reasons;
}

static json_t *accounts_json(struct sheet *const *sheets, size_t count)
{
    json_t *files = json_array();
    for (size_t i = 0; i < count; i++) {
        if (!sheets[i])
            continue;
        const struct sheet_tally *tally = sheet_tally(sheets[i]);
        json_int_t rejected;
        json_t *reasons = rejects_json(tally, &rejected);
        json_array_append_new(
            files, json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "file",
                             sheet_form(sheets[i])->file, "source", sheet_form(sheets[i])->source,
                             "rows", (json_int_t)tally->rows, "inserted",
                             (json_int_t)tally->outcomes[SHEET_INSERTED], "updated",
                             (json_int_t)tally->outcomes[SHEET_UPDATED], "identical",
                             (json_int_t)tally->outcomes[SHEET_IDENTICAL], "rejected", rejected,
                             "rejected_by_reason", reasons));
    }
    return files;
}

json_t *truth_json(const struct truth *truth, const struct scene *scene,
                   struct sheet *const *sheets, size_t count)
{
    json_t *overdue = json_pack(
        "{s:i, s:o, s:o, s:o}", "limit_working_days", 7, "not_accepted",
        complaints_json(truth, SCENE_OVERDUE), "accepted_late", complaints_json(truth, SCENE_LATE),
        "within_limit_because_of_a_holiday", complaints_json(truth, SCENE_HOLIDAY));
    return json_pack("{s:s, s:I, s:I, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "truth",
                     "heng-demo-truth-1", "entities", (json_int_t)scene->entities, "seed",
                     (json_int_t)scene->seed, "from", day_json(scene->from), "until",
                     day_json(scene->until), "active_entities", (json_int_t)truth->active_entities,
                     "unregistered_entities", (json_int_t)truth->phantom_entities, "surge",
                     surge_json(scene), "ring", ring_json(scene), "over_strict_inspector",
                     strict_json(truth, scene), "silent_source", silent_json(truth, scene),
                     "complaint_deadline", overdue, "files", accounts_json(sheets, count));
}
