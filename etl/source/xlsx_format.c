/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_format.h"

#include <stdio.h>
#include <string.h>

#include "models/core/day.h"

enum {
    DAY_1899_12_31 = -25568,
    DAY_1904_01_01 = -24107,
    SERIAL_FALSE_LEAP_DAY = 60,
    SERIAL_LAST_1900 = 2958465, /* 9999-12-31 */
    SERIAL_LAST_1904 = 2957003
};

enum xlsx_format xlsx_format_of_number(int64_t number)
{
    static const struct {
        int first;
        int last;
        enum xlsx_format format;
    } built_in[] = {
        {14, 17, XLSX_DATE}, {18, 21, XLSX_TIME}, {22, 22, XLSX_MOMENT}, {27, 31, XLSX_DATE},
        {32, 35, XLSX_TIME}, {36, 36, XLSX_DATE}, {45, 45, XLSX_TIME},   {46, 46, XLSX_DURATION},
        {47, 47, XLSX_TIME}, {50, 54, XLSX_DATE}, {55, 56, XLSX_TIME},   {57, 58, XLSX_DATE},
    };
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++) {
        if (number >= built_in[i].first && number <= built_in[i].last)
            return built_in[i].format;
    }
    return XLSX_NUMBER;
}

/* What was found in a code. A lone m is a month unless it stands by hours or seconds. */
struct marks {
    bool day;
    bool hour;
    bool month_or_minute;
    bool duration;
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool begins(const char *code, const char *word)
{
    while (*word && lower(*code) == *word) {
        code++;
        word++;
    }
    return *word == '\0';
}

/* Behind a part that says nothing of dates: quoted text, an escaped or padding character, a bracket
 * (which may be a duration), a word. NULL if there is none. */
static const char *skip_literal(const char *code, struct marks *marks)
{
    static const char *const words[] = {"general", "am/pm", "a/p", "上午/下午"};
    const char *stop = NULL;
    if (*code == '"')
        stop = strchr(code + 1, '"');
    else if (*code == '[')
        stop = strchr(code, ']');
    else if ((*code == '\\' || *code == '_' || *code == '*') && code[1])
        stop = code + 1;
    if (*code == '[' && strchr("hms", lower(code[1])) && code[1])
        marks->duration = true;
    if (stop)
        return stop + 1;
    if (*code == '"' || *code == '[')
        return code + strlen(code);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (begins(code, words[i]))
            return code + strlen(words[i]);
    }
    if (lower(*code) == 'e' && (code[1] == '+' || code[1] == '-'))
        return code + 2;
    return NULL;
}

enum xlsx_format xlsx_format_of_code(const char *code)
{
    struct marks marks = {0};
    while (*code && *code != ';') {
        const char *next = skip_literal(code, &marks);
        char c = lower(*code);
        if (next) {
            code = next;
            continue;
        }
        marks.day = marks.day || c == 'y' || c == 'd' || c == 'e' || begins(code, "aaa");
        marks.hour = marks.hour || c == 'h' || c == 's';
        marks.month_or_minute = marks.month_or_minute || c == 'm';
        code++;
    }
    if (marks.duration)
        return XLSX_DURATION;
    if (marks.hour)
        return marks.day ? XLSX_MOMENT : XLSX_TIME;
    return marks.day || marks.month_or_minute ? XLSX_DATE : XLSX_NUMBER;
}

/* The date of a serial day; "" if it is none. */
static void write_date(int64_t days, bool date1904, char out[DAY_TEXT_SIZE])
{
    out[0] = '\0';
    if (date1904) {
        if (days <= SERIAL_LAST_1904)
            day_format((day)(DAY_1904_01_01 + days), out);
    } else if (days == SERIAL_FALSE_LEAP_DAY) {
        snprintf(out, DAY_TEXT_SIZE, "1900-02-29");
    } else if (days == 0) {
        snprintf(out, DAY_TEXT_SIZE, "1900-01-00");
    } else if (days <= SERIAL_LAST_1900) {
        day_format((day)(DAY_1899_12_31 + days - (days > SERIAL_FALSE_LEAP_DAY)), out);
    }
}

static int write_moment(int64_t days, int seconds, enum xlsx_format format, bool date1904,
                        char out[DECIMAL_TEXT_SIZE])
{
    char date[DAY_TEXT_SIZE] = "";
    long long hours = seconds / 3600;
    if (format == XLSX_DATE || format == XLSX_MOMENT) {
        write_date(days, date1904, date);
        if (!date[0])
            return 0;
    }
    if (format == XLSX_DATE || (format == XLSX_MOMENT && seconds == 0))
        return snprintf(out, DECIMAL_TEXT_SIZE, "%s", date);
    if (format == XLSX_DURATION)
        hours += days * 24;
    return snprintf(out, DECIMAL_TEXT_SIZE, "%s%s%02lld:%02d:%02d", date, date[0] ? " " : "", hours,
                    seconds / 60 % 60, seconds % 60);
}

bool xlsx_format_text(struct text value, enum xlsx_format format, bool date1904,
                      char out[DECIMAL_TEXT_SIZE], struct text *text)
{
    struct decimal decimal;
    int64_t days;
    int seconds;
    if (!decimal_read(value, &decimal))
        return false;
    decimal_round(&decimal, DECIMAL_SHEET_DIGITS);
    if (format != XLSX_NUMBER && decimal_serial(&decimal, &days, &seconds)) {
        int size = write_moment(days, seconds, format, date1904, out);
        *text = (struct text){out, (size_t)size};
        if (size > 0)
            return true;
    }
    *text = decimal_write(&decimal, DECIMAL_SHEET_DIGITS, out);
    return true;
}
