/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/dirt.h"

#include <stdio.h>
#include <string.h>

#include "etl/demo/identity.h"

enum {
    SPOILED_PPM = 5000,
    TWICE_PPM = 5000,
    FULL_WIDTH_PPM = 10000,
    PADDED_PPM = 10000,
    OTHER_DATE_PPM = 60000,
    DATE_FORMS = 3,
    CODE_SIZE = IDENTITY_CREDIT_SIZE - 1
};

/* Digits and capital letters to U+FF10…, U+FF21…: three bytes for one. */
static void widen(char cell[SHEET_CELL_SIZE])
{
    char narrow[SHEET_CELL_SIZE];
    size_t size = strlen(cell);
    memcpy(narrow, cell, size + 1);
    char *to = cell;
    for (size_t i = 0; i < size && (size_t)(to - cell) + 4 < SHEET_CELL_SIZE; i++) {
        char c = narrow[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
            *to++ = (char)0xEF;
            *to++ = (char)0xBC;
            *to++ = (char)(c + 0x60);
        } else {
            *to++ = c;
        }
    }
    *to = '\0';
}

/* YYYY-MM-DD in another spelling that every mapping document with dates allows. */
static void respell_date(struct sheet_row *row, int cell, uint32_t form)
{
    day value;
    if (!day_parse(text_of(row->cell[cell]), &value))
        return;
    struct civil civil = day_to_civil(value);
    switch (form) {
    case 0:
        sheet_put(row, cell, "%d/%d/%d", civil.year, civil.month, civil.dom);
        break;
    case 1:
        sheet_put(row, cell, "%d年%d月%d日", civil.year, civil.month, civil.dom);
        break;
    default:
        sheet_put(row, cell, "%04d%02d%02d", civil.year, civil.month, civil.dom);
    }
}

/* Changes how the row is written and not what it means. */
static void disguise(const struct sheet_form *form, struct chance *chance, struct sheet_row *row)
{
    bool respelt = chance_hit(chance, OTHER_DATE_PPM);
    uint32_t date_form = chance_below(chance, DATE_FORMS);
    bool wide_code = chance_hit(chance, FULL_WIDTH_PPM);
    bool wide_date = chance_hit(chance, FULL_WIDTH_PPM);
    bool padded = chance_hit(chance, PADDED_PPM);
    if (form->date_cell != SHEET_NO_CELL) {
        if (respelt)
            respell_date(row, form->date_cell, date_form);
        if (wide_date)
            widen(row->cell[form->date_cell]);
    }
    if (form->code_cell != SHEET_NO_CELL && wide_code)
        widen(row->cell[form->code_cell]);
    if (form->required_cell != SHEET_NO_CELL && padded) {
        char text[SHEET_CELL_SIZE];
        memcpy(text, row->cell[form->required_cell], sizeof text);
        sheet_put(row, form->required_cell, " %.*s\xE3\x80\x80", SHEET_CELL_SIZE - 5, text);
    }
}

static int cell_of_reason(const struct sheet_form *form, enum sheet_reject reason)
{
    switch (reason) {
    case SHEET_MISSING_FIELD:
        return form->required_cell;
    case SHEET_BAD_CREDIT_CODE:
        return form->code_cell;
    case SHEET_NO_SUCH_DATE:
        return form->date_cell;
    case SHEET_UNKNOWN_CODE:
        return form->choice_cell;
    default:
        return form->number_cell;
    }
}

/* False when the row has nothing to spoil in that way. */
static bool spoil(const struct sheet_form *form, enum sheet_reject reason, struct sheet_row *row)
{
    int cell = cell_of_reason(form, reason);
    if (cell == SHEET_NO_CELL)
        return false;
    switch (reason) {
    case SHEET_MISSING_FIELD:
        sheet_put(row, cell, "%s", "");
        return true;
    case SHEET_BAD_CREDIT_CODE:
        if (strlen(row->cell[cell]) != CODE_SIZE)
            return false;
        identity_spoil(row->cell[cell]);
        return true;
    case SHEET_NO_SUCH_DATE:
        sheet_put(row, cell, "%s", "2025-02-30");
        return true;
    case SHEET_UNKNOWN_CODE:
        sheet_put(row, cell, "%s", "其他未知");
        return true;
    default:
        sheet_put(row, cell, "%s", "约十万");
        return true;
    }
}

void dirt_send(struct sheet *sheet, struct chance *chance, struct sheet_row *row,
               enum sheet_outcome outcome)
{
    const struct sheet_form *form = sheet_form(sheet);
    bool spoiled = chance_hit(chance, SPOILED_PPM);
    enum sheet_reject reason = (enum sheet_reject)chance_below(chance, SHEET_REJECT_COUNT);
    bool twice = chance_hit(chance, TWICE_PPM);
    if (spoiled) {
        struct sheet_row bad = *row;
        if (spoil(form, reason, &bad))
            sheet_refuse(sheet, &bad, reason);
    }
    disguise(form, chance, row);
    sheet_accept(sheet, row, outcome);
    if (twice)
        sheet_accept(sheet, row, SHEET_IDENTICAL);
}
