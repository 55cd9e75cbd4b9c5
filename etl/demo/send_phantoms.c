/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "etl/demo/chance.h"
#include "etl/demo/send.h"
#include "etl/demo/staff.h"

enum { ENTITIES_PER_PHANTOM = 250, AMOUNT_STEP_YUAN = 1000, YEAR_DAYS = 365 };

/* A penalty by an agency elsewhere: the firm is not in this register. */
static void send_phantom(struct sending *sending, uint64_t serial)
{
    const struct scene *scene = &sending->scene;
    struct chance chance = chance_start(scene->seed, CHANCE_PHANTOM, serial);
    day decided_on = chance_between(&chance, scene->from, scene->until);
    const struct area *area = area_pick(&chance);
    char code[IDENTITY_CREDIT_SIZE];
    struct sheet_row row;
    identity_credit_code("91", area_code_at_issue(area, decided_on), "DEU", serial, code);
    sheet_put(&row, PENALTY_NAME, "示例未登记%04u有限公司", (unsigned)serial);
    sheet_put(&row, PENALTY_CODE, "%s", code);
    sheet_put(&row, PENALTY_OLD_NUMBER, "%s", "");
    sheet_put(&row, PENALTY_PERSON, "未登记演示人%04u", (unsigned)serial);
    sheet_put(&row, PENALTY_DOCUMENT, "示外处罚〔%d〕%04u号", day_to_civil(decided_on).year,
              (unsigned)serial);
    sheet_put(&row, PENALTY_BREACH, "%s", "未明码标价");
    sheet_put(&row, PENALTY_FACTS, "%s", "未明码标价");
    sheet_put(&row, PENALTY_BASIS, "%s", "《中华人民共和国价格法》");
    sheet_put(&row, PENALTY_KIND, "%s", "罚款");
    sheet_put(&row, PENALTY_SEVERITY, "%s", "一般");
    sheet_put_wan_yuan(&row, PENALTY_AMOUNT,
                       AMOUNT_STEP_YUAN * (1 + (int64_t)chance_below(&chance, 20)));
    sheet_put_day(&row, PENALTY_DAY, decided_on);
    sheet_put_day(&row, PENALTY_PUBLICITY_UNTIL, decided_on + YEAR_DAYS);
    sheet_put_day(&row, PENALTY_REPAIRED, DAY_NONE);
    sheet_put(&row, PENALTY_AGENCY, "%s", "外地示例市场监督管理局");
    sheet_accept(sending->sheets[FORMS_PENALTY], &row, SHEET_INSERTED);
}

void send_phantoms(struct sending *sending)
{
    uint64_t count = sending->scene.entities / ENTITIES_PER_PHANTOM + 1;
    for (uint64_t serial = 0; serial < count; serial++)
        send_phantom(sending, serial);
    sending->truth.phantom_entities = count;
}
