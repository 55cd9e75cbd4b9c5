/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "etl/demo/chance.h"
#include "etl/demo/complaints.h"
#include "etl/demo/dirt.h"
#include "etl/demo/records.h"
#include "etl/demo/send.h"
#include "etl/demo/visit.h"

/* Shares of records, in parts per million. */
enum {
    BY_OLD_NUMBER_PPM = 60000, /* of the records of a firm that had a registration number */
    CORRECTED_PPM = 15000,
    ENDED_LATER_PPM = 150000 /* of repaired penalties and removed listings: sent before as well */
};

static const char phone[] = "000-0000000";

/* Names the firm by its credit code, or now and then by its old registration number alone. */
static void put_subject(const struct firm *firm, struct chance *chance, struct sheet_row *row,
                        int code_cell, int old_number_cell)
{
    bool by_old_number =
        chance_hit(chance, BY_OLD_NUMBER_PPM) && firm->registration_number[0] != '\0';
    sheet_put(row, code_cell, "%s", by_old_number ? "" : firm->code);
    sheet_put(row, old_number_cell, "%s", by_old_number ? firm->registration_number : "");
}

static void send_visit(struct sending *sending, const struct firm *firm, const struct visit *visit,
                       struct chance *chance)
{
    struct sheet *sheet = sending->sheets[visit->price ? FORMS_PRICE_INSPECTION : FORMS_INSPECTION];
    struct sheet_row row;
    sheet_put(&row, INSPECTION_NUMBER, "%s", visit->number);
    put_subject(firm, chance, &row, INSPECTION_CODE, INSPECTION_OLD_NUMBER);
    sheet_put(&row, INSPECTION_NAME, "%s", firm->name);
    sheet_put_day(&row, INSPECTION_DAY, visit->occurred_on);
    sheet_put(&row, INSPECTION_KIND, "%s", visit->check_kind);
    sheet_put(&row, INSPECTION_MATTER, "%s", visit->matter->id);
    sheet_put(&row, INSPECTION_DEPARTMENT, "%s", visit->department_id);
    sheet_put(&row, INSPECTION_INSPECTORS, "%s|%s", visit->inspector_ids[0],
              visit->inspector_ids[1]);
    sheet_put(&row, INSPECTION_RESULT, "%s", visit->result);
    sheet_put(&row, INSPECTION_RESULT_CODES, "%s", visit->result_codes);
    sheet_put(&row, INSPECTION_SEVERITY, "%s", visit->severity);
    sheet_put(&row, INSPECTION_VIOLATIONS, "%d", visit->violation_count);
    sheet_put(&row, INSPECTION_PLAN_ROW, "%s", visit->plan_row_id);
    sheet_put(&row, INSPECTION_NOTICE, "%s", visit->notice_no);
    sheet_put(&row, INSPECTION_ENFORCEMENT_CODE, "%s", visit->enforcement_code);
    sheet_put_day(&row, INSPECTION_PUBLISHED, DAY_NONE);
    enum sheet_outcome outcome = SHEET_INSERTED;
    if (visit->published_on != DAY_NONE && chance_hit(chance, CORRECTED_PPM)) {
        sheet_accept(sheet, &row, SHEET_INSERTED); /* sent before the publication */
        outcome = SHEET_UPDATED;
    }
    sheet_put_day(&row, INSPECTION_PUBLISHED, visit->published_on);
    dirt_send(sheet, chance, &row, outcome);
    truth_add_visit(&sending->truth, &sending->scene, visit);
}

static void fill_complaint(const struct complaint *complaint, const char *name,
                           struct sheet_row *row)
{
    sheet_put(row, COMPLAINT_NUMBER, "%s", complaint->number);
    sheet_put(row, COMPLAINT_NAME, "%s", name);
    sheet_put_day(row, COMPLAINT_RECEIVED, complaint->received_on);
    sheet_put_day(row, COMPLAINT_ACCEPTED, complaint->accepted_on);
    sheet_put_day(row, COMPLAINT_REFUSED, complaint->refused_on);
    sheet_put_day(row, COMPLAINT_MEDIATION_ENDED, complaint->mediation_ended_on);
    sheet_put_day(row, COMPLAINT_ENDED, complaint->ended_on);
    sheet_put_day(row, COMPLAINT_ANSWERED, complaint->answered_on);
    sheet_put(row, COMPLAINT_KIND, "%s", complaint->complaint_kind);
    sheet_put(row, COMPLAINT_CHANNEL, "%s", complaint->channel);
    sheet_put(row, COMPLAINT_ISSUE, "%s", complaint->issue);
    sheet_put(row, COMPLAINT_OUTCOME, "%s", complaint->outcome);
    sheet_put(row, COMPLAINT_REGION, "%s", complaint->region_code);
    sheet_put(row, COMPLAINT_INDUSTRY, "%s", complaint->trade->digits);
    sheet_put(row, COMPLAINT_PERSON, "%s", "投诉人甲");
    sheet_put(row, COMPLAINT_PHONE, "%s", phone);
    sheet_put(row, COMPLAINT_CONTENT, "反映\"%s\"问题,\n请核实。", complaint->issue);
}

static void send_complaint(struct sending *sending, const struct firm *firm,
                           const struct complaint *complaint, struct chance *chance)
{
    struct sheet *sheet = sending->sheets[FORMS_COMPLAINT];
    struct sheet_row row;
    enum sheet_outcome outcome = SHEET_INSERTED;
    put_subject(firm, chance, &row, COMPLAINT_CODE, COMPLAINT_OLD_NUMBER);
    if (complaint->accepted_on != DAY_NONE && complaint->ended_on != DAY_NONE &&
        chance_hit(chance, CORRECTED_PPM)) {
        struct complaint earlier = complaints_pending(complaint);
        fill_complaint(&earlier, firm->name, &row);
        sheet_accept(sheet, &row, SHEET_INSERTED);
        outcome = SHEET_UPDATED;
    }
    fill_complaint(complaint, firm->name, &row);
    dirt_send(sheet, chance, &row, outcome);
    truth_add_complaint(&sending->truth, firm, complaint);
}

static void send_penalty(struct sending *sending, const struct firm *firm,
                         const struct records_penalty *penalty, struct chance *chance)
{
    struct sheet *sheet = sending->sheets[FORMS_PENALTY];
    struct area_region region = staff_region_of(&sending->scene, firm->area);
    char agency[STAFF_TEXT_SIZE];
    struct sheet_row row;
    staff_department_name(&region, agency);
    put_subject(firm, chance, &row, PENALTY_CODE, PENALTY_OLD_NUMBER);
    sheet_put(&row, PENALTY_NAME, "%s", firm->name);
    sheet_put(&row, PENALTY_PERSON, "%s", firm->person);
    sheet_put(&row, PENALTY_DOCUMENT, "%s", penalty->document_no);
    sheet_put(&row, PENALTY_BREACH, "%s", penalty->breach);
    sheet_put(&row, PENALTY_FACTS, "当事人存在\"%s\"行为,\n经责令已改正", penalty->breach);
    sheet_put(&row, PENALTY_BASIS, "《中华人民共和国%s》", penalty->legal_basis);
    sheet_put(&row, PENALTY_KIND, "%s", penalty->penalty_kind);
    sheet_put(&row, PENALTY_SEVERITY, "%s", penalty->severity);
    sheet_put_wan_yuan(&row, PENALTY_AMOUNT, penalty->amount_yuan);
    sheet_put_day(&row, PENALTY_DAY, penalty->decided_on);
    sheet_put_day(&row, PENALTY_PUBLICITY_UNTIL, penalty->publicity_until);
    sheet_put_day(&row, PENALTY_REPAIRED, DAY_NONE);
    sheet_put(&row, PENALTY_AGENCY, "%s", agency);
    enum sheet_outcome outcome = SHEET_INSERTED;
    if (penalty->repaired_on != DAY_NONE && chance_hit(chance, ENDED_LATER_PPM)) {
        sheet_accept(sheet, &row, SHEET_INSERTED); /* sent before the repair */
        outcome = SHEET_UPDATED;
    }
    sheet_put_day(&row, PENALTY_REPAIRED, penalty->repaired_on);
    dirt_send(sheet, chance, &row, outcome);
}

static void send_listing(struct sending *sending, const struct firm *firm,
                         const struct records_listing *listing, struct chance *chance)
{
    struct sheet *sheet = sending->sheets[FORMS_CREDIT_LIST];
    struct sheet_row row;
    sheet_put(&row, LISTING_CODE, "%s", firm->code);
    sheet_put(&row, LISTING_NAME, "%s", firm->name);
    sheet_put(&row, LISTING_LIST, "%s", listing->list);
    sheet_put(&row, LISTING_DOCUMENT, "%s", listing->document_no);
    sheet_put_day(&row, LISTING_DAY, listing->listed_on);
    sheet_put(&row, LISTING_REASON, "%s", listing->reason);
    sheet_put(&row, LISTING_AGENCY, "%s", "示例市市场监督管理局");
    sheet_put_day(&row, LISTING_REMOVED, DAY_NONE);
    enum sheet_outcome outcome = SHEET_INSERTED;
    if (listing->removed_on != DAY_NONE && chance_hit(chance, ENDED_LATER_PPM)) {
        sheet_accept(sheet, &row, SHEET_INSERTED); /* sent while still listed */
        outcome = SHEET_UPDATED;
    }
    sheet_put_day(&row, LISTING_REMOVED, listing->removed_on);
    dirt_send(sheet, chance, &row, outcome);
}

static void send_grade(struct sending *sending, const struct firm *firm,
                       const struct records_grade *grade, struct chance *chance)
{
    struct sheet_row row;
    sheet_put(&row, GRADE_CODE, "%s", firm->code);
    sheet_put(&row, GRADE_NAME, "%s", firm->name);
    sheet_put(&row, GRADE_YEAR, "%d", grade->year);
    sheet_put(&row, GRADE_GRADE, "%s", grade->grade);
    sheet_put_day(&row, GRADE_DAY, grade->graded_on);
    sheet_put(&row, GRADE_AGENCY, "%s", "示例市税务局");
    dirt_send(sending->sheets[FORMS_TAX_GRADE], chance, &row, SHEET_INSERTED);
}

static void send_award(struct sending *sending, const struct firm *firm, struct chance *chance)
{
    struct records_award award;
    struct sheet_row row;
    if (!records_award(&sending->scene, firm, &award))
        return;
    sheet_put(&row, AWARD_CODE, "%s", firm->code);
    sheet_put(&row, AWARD_NAME, "%s", firm->name);
    sheet_put(&row, AWARD_TITLE, "%s", award.title);
    sheet_put_day(&row, AWARD_DAY, award.awarded_on);
    sheet_put(&row, AWARD_AGENCY, "%s", "示例市市场监督管理局");
    sheet_put_day(&row, AWARD_UNTIL, award.valid_until);
    dirt_send(sending->sheets[FORMS_AWARD], chance, &row, SHEET_INSERTED);
}

static void send_records(struct sending *sending, const struct firm *firm, struct chance *chance)
{
    struct records_penalty penalties[RECORDS_PENALTY_CAP];
    struct records_listing listings[RECORDS_LISTING_CAP];
    struct records_grade grades[RECORDS_GRADE_CAP];
    size_t count = records_penalties(&sending->scene, firm, penalties);
    for (size_t i = 0; i < count; i++)
        send_penalty(sending, firm, &penalties[i], chance);
    count = records_listings(&sending->scene, firm, listings);
    for (size_t i = 0; i < count; i++)
        send_listing(sending, firm, &listings[i], chance);
    count = records_grades(&sending->scene, firm, grades);
    for (size_t i = 0; i < count; i++)
        send_grade(sending, firm, &grades[i], chance);
    send_award(sending, firm, chance);
}

void send_events(struct sending *sending, const struct firm *firm)
{
    struct chance chance = chance_start(sending->scene.seed, CHANCE_DIRT_EVENTS, firm->index);
    struct visit visits[VISIT_CAP];
    struct complaint complaints[COMPLAINTS_CAP];
    size_t count = visit_of(&sending->scene, firm, visits);
    for (size_t i = 0; i < count; i++)
        send_visit(sending, firm, &visits[i], &chance);
    count = complaints_of(&sending->scene, firm, complaints);
    for (size_t i = 0; i < count; i++)
        send_complaint(sending, firm, &complaints[i], &chance);
    send_records(sending, firm, &chance);
}
