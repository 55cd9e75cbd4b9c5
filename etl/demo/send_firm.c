/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "etl/demo/chance.h"
#include "etl/demo/dirt.h"
#include "etl/demo/records.h"
#include "etl/demo/send.h"

enum { SECTION_LETTER_ONE_IN = 3 };

static void fill_entity(const struct sending *sending, const struct firm *firm, day on,
                        struct sheet_row *row)
{
    static const char *const kinds[] = {"企业", "个体工商户", "农民专业合作社"};
    static const char *const statuses[] = {"存续", "注销", "吊销", "迁出"};
    struct firm_version version = firm_version_on(firm, &sending->scene, on);
    char address[FIRM_ADDRESS_SIZE];
    char letter[2] = {firm->trade->section, '\0'};
    firm_address_on(firm, on, address);
    sheet_put(row, ENTITY_CODE, "%s", firm->code);
    sheet_put(row, ENTITY_NAME, "%s", firm->name);
    sheet_put(row, ENTITY_KIND, "%s", kinds[firm->kind]);
    sheet_put(row, ENTITY_STATUS, "%s", statuses[version.status]);
    sheet_put(row, ENTITY_REGION, "%s", version.region_code);
    sheet_put(row, ENTITY_INDUSTRY, "%s%s", firm->index % SECTION_LETTER_ONE_IN == 0 ? letter : "",
              firm->trade->digits);
    sheet_put_day(row, ENTITY_REGISTERED_ON, firm->registered_on);
    sheet_put_day(row, ENTITY_ENDED_ON, version.ended_on);
    if (version.capital_yuan > 0)
        sheet_put_wan_yuan(row, ENTITY_CAPITAL, version.capital_yuan);
    else
        sheet_put(row, ENTITY_CAPITAL, "%s", "");
    sheet_put(row, ENTITY_EMPLOYEES, "%d", (int)firm->employees);
    sheet_put(row, ENTITY_ADDRESS, "%s", address);
    sheet_put(row, ENTITY_TAGS, "%s", firm->trade->licence_tags);
    sheet_put(row, ENTITY_PERSON, "%s", firm->person);
    sheet_put(row, ENTITY_PHONE, "000-%07u", (unsigned)firm->index);
}

/* The earlier extract holds the firms registered by its day; the later one holds all. */
static void send_entity(struct sending *sending, const struct firm *firm)
{
    const struct scene *scene = &sending->scene;
    struct chance chance = chance_start(scene->seed, CHANCE_DIRT_REGISTER, firm->index);
    struct sheet_row row;
    enum sheet_outcome outcome = SHEET_INSERTED;
    if (sending->sheets[FORMS_ENTITY_EARLIER] && firm->registered_on <= scene->snapshot_on) {
        struct firm_version earlier = firm_version_on(firm, scene, scene->snapshot_on);
        struct firm_version later = firm_version_on(firm, scene, scene->until);
        fill_entity(sending, firm, scene->snapshot_on, &row);
        dirt_send(sending->sheets[FORMS_ENTITY_EARLIER], &chance, &row, SHEET_INSERTED);
        outcome = firm_version_equal(&earlier, &later) ? SHEET_IDENTICAL : SHEET_UPDATED;
    }
    fill_entity(sending, firm, scene->until, &row);
    dirt_send(sending->sheets[FORMS_ENTITY], &chance, &row, outcome);
}

static void send_alias(struct sending *sending, const struct firm *firm)
{
    struct chance chance = chance_start(sending->scene.seed, CHANCE_DIRT_ALIAS, firm->index);
    struct sheet_row row;
    if (firm->registration_number[0] == '\0')
        return;
    sheet_put(&row, ALIAS_CODE, "%s", firm->code);
    sheet_put(&row, ALIAS_NAME, "%s", firm->name);
    sheet_put(&row, ALIAS_OLD_NUMBER, "%s", firm->registration_number);
    dirt_send(sending->sheets[FORMS_ALIAS], &chance, &row, SHEET_INSERTED);
}

static void send_relations(struct sending *sending, const struct firm *firm)
{
    struct records_relation relations[RECORDS_RELATION_CAP];
    size_t count = records_relations(&sending->scene, firm, relations);
    for (size_t i = 0; i < count; i++) {
        struct sheet_row row;
        struct firm related;
        firm_of(&sending->scene, relations[i].related_index, &related);
        sheet_put(&row, RELATION_CODE, "%s", firm->code);
        sheet_put(&row, RELATION_RELATED, "%s", related.code);
        sheet_put(&row, RELATION_KIND, "%s", relations[i].relation_kind);
        sheet_put_day(&row, RELATION_FROM, relations[i].valid_from);
        sheet_put_day(&row, RELATION_TO, DAY_LAST);
        sheet_accept(sending->sheets[FORMS_RELATION], &row, SHEET_INSERTED);
    }
}

static void send_recusal(struct sending *sending, const struct firm *firm)
{
    struct records_recusal recusal;
    struct sheet_row row;
    if (!records_recusal(&sending->scene, firm, &recusal))
        return;
    sheet_put(&row, RECUSAL_CODE, "%s", firm->code);
    sheet_put(&row, RECUSAL_NAME, "%s", firm->name);
    sheet_put(&row, RECUSAL_INSPECTOR, "%s", recusal.inspector_id);
    sheet_put(&row, RECUSAL_REASON, "%s", recusal.reason);
    sheet_accept(sending->sheets[FORMS_RECUSAL], &row, SHEET_INSERTED);
}

void send_firm(struct sending *sending, const struct firm *firm)
{
    send_entity(sending, firm);
    send_alias(sending, firm);
    send_relations(sending, firm);
    send_recusal(sending, firm);
    truth_add_firm(&sending->truth, firm);
}
