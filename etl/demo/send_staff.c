/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/send.h"
#include "etl/demo/staff.h"

static void send_department(struct sending *sending, const char *id, const char *name,
                            const char *region_code)
{
    struct sheet_row row;
    sheet_put(&row, DEPARTMENT_ID, "%s", id);
    sheet_put(&row, DEPARTMENT_NAME, "%s", name);
    sheet_put(&row, DEPARTMENT_REGION, "%s", region_code);
    sheet_accept(sending->sheets[FORMS_DEPARTMENT], &row, SHEET_INSERTED);
}

static void send_matters(struct sending *sending)
{
    for (size_t i = 0; i < STAFF_MATTER_COUNT; i++) {
        const struct staff_matter *matter = staff_matter_at(i);
        struct sheet_row row;
        sheet_put(&row, MATTER_ID, "%s", matter->id);
        sheet_put(&row, MATTER_TITLE, "%s", matter->title);
        sheet_put(&row, MATTER_CATEGORY, "%s", matter->key ? "重点检查事项" : "一般检查事项");
        sheet_put(&row, MATTER_DEPARTMENT, "%s", matter->department_id);
        sheet_put(&row, MATTER_TAG, "%s", matter->licence_tag);
        sheet_put(&row, MATTER_BASIS, "《中华人民共和国%s》", matter->legal_basis);
        sheet_put_day(&row, MATTER_FROM, sending->scene.from);
        sheet_put_day(&row, MATTER_TO, DAY_LAST);
        sheet_accept(sending->sheets[FORMS_MATTER], &row, SHEET_INSERTED);
    }
}

static void send_inspector(struct sending *sending, const struct area_region *region,
                           unsigned number)
{
    struct staff_inspector inspector;
    struct sheet_row row;
    staff_inspector(&sending->scene, region, number, &inspector);
    sheet_put(&row, INSPECTOR_ID, "%s", inspector.id);
    sheet_put(&row, INSPECTOR_NAME, "%s", inspector.name);
    sheet_put(&row, INSPECTOR_DEPARTMENT, "%s", inspector.department_id);
    sheet_put(&row, INSPECTOR_REGION, "%s", region->code);
    sheet_put(&row, INSPECTOR_SPECIALITIES, "%s", inspector.specialities);
    sheet_put(&row, INSPECTOR_CERTIFICATE, "%s", inspector.certificate_no);
    sheet_put_day(&row, INSPECTOR_CERTIFICATE_UNTIL, inspector.certificate_until);
    sheet_put(&row, INSPECTOR_ON_LEAVE, "%s", inspector.on_leave ? "是" : "否");
    sheet_accept(sending->sheets[FORMS_INSPECTOR], &row, SHEET_INSERTED);
}

void send_staff(struct sending *sending)
{
    struct area_region regions[AREA_REGION_CAP];
    size_t count = area_regions(sending->scene.until, regions);
    send_department(sending, "D500000", "示例市市场监督管理局", "500000");
    send_department(sending, "D500000YJ", "示例市药品监督管理局", "500000");
    send_matters(sending);
    for (size_t i = 0; i < count; i++) {
        char id[STAFF_ID_SIZE];
        char name[STAFF_TEXT_SIZE];
        staff_department_id(regions[i].code, id);
        staff_department_name(&regions[i], name);
        send_department(sending, id, name, regions[i].code);
        unsigned inspectors = staff_inspector_count(&sending->scene, &regions[i]);
        for (unsigned number = 0; number < inspectors; number++)
            send_inspector(sending, &regions[i], number);
    }
}
