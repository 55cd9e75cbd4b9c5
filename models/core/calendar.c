/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/calendar.h"

#include <assert.h>

#include "models/core/json.h"

enum { SATURDAY = 6 };

/* What the papers say of a day; 0 = nothing. */
enum ruling { RULED_OFF = 1, RULED_WORKED = 2 };

struct reading {
    struct calendar *calendar;
    unsigned char *rulings; /* one per day from span_first to last */
};

/* 0001-01-01 was a Monday. */
static int32_t weekdays_through(day value)
{
    int32_t days = value - DAY_FIRST + 1;
    int32_t rest = days % 7;
    return days / 7 * 5 + (rest < 5 ? rest : 5);
}

static int32_t working_days_through(const struct calendar *calendar, day value)
{
    int32_t weekdays = weekdays_through(value);
    if (value < calendar->span_first)
        return weekdays;
    day known = value < calendar->last ? value : calendar->last;
    return weekdays + calendar->shift[known - calendar->span_first];
}

bool calendar_is_working(const struct calendar *calendar, day value)
{
    return working_days_through(calendar, value) > working_days_through(calendar, value - 1);
}

bool calendar_covers(const struct calendar *calendar, day first, day last)
{
    return last < first || (first >= calendar->first && last <= calendar->last);
}

day calendar_add_working_days(const struct calendar *calendar, day from, int count,
                              bool *provisional)
{
    assert(from >= DAY_FIRST && from <= DAY_LAST && count >= 0 && count <= CALENDAR_COUNT_CAP);
    int32_t target = working_days_through(calendar, from) + count;
    day last = from;
    /* A day adds at most one working day, so stepping by what is missing never oversteps. */
    for (int32_t missing = count; missing > 0 && last < DAY_LAST;
         missing = target - working_days_through(calendar, last))
        last = missing < DAY_LAST - last ? last + missing : DAY_LAST;
    *provisional = !calendar_covers(calendar, from + 1, last);
    return last;
}

int32_t calendar_working_days_between(const struct calendar *calendar, day from, day to,
                                      bool *provisional)
{
    assert(from >= DAY_FIRST && to <= DAY_LAST);
    *provisional = !calendar_covers(calendar, from + 1, to);
    if (to <= from)
        return 0;
    return working_days_through(calendar, to) - working_days_through(calendar, from);
}

static day first_of_year(int64_t year)
{
    day value = DAY_NONE;
    bool exists = day_of_civil((struct civil){(int)year, 1, 1}, &value);
    assert(exists);
    return value;
}

static bool rule_day(const struct reading *reading, day value, enum ruling ruling,
                     const struct json_place *place, struct error *err)
{
    const struct calendar *calendar = reading->calendar;
    char text[DAY_TEXT_SIZE];
    if (value < calendar->span_first || value > calendar->last)
        return json_error(place, err, "%s is not in a year of this calendar or the year before it",
                          day_format(value, text));
    if (ruling == RULED_WORKED && day_weekday(value) < SATURDAY)
        return json_error(place, err, "a worked day must be a Saturday or Sunday, found %s",
                          day_format(value, text));
    unsigned char *ruled = &reading->rulings[value - calendar->span_first];
    if (*ruled)
        return json_error(place, err, "%s is named twice", day_format(value, text));
    *ruled = (unsigned char)ruling;
    return true;
}

static bool read_off(const struct reading *reading, const json_t *entry,
                     const struct json_place *place, struct error *err)
{
    static const char *const keys[] = {"name", "from", "to", NULL};
    const char *name = NULL;
    day from = DAY_NONE;
    day to = DAY_NONE;
    if (!json_only(entry, place, keys, err) || !json_get_text(entry, "name", place, &name, err) ||
        !json_get_day(entry, "from", place, &from, err) ||
        !json_get_day(entry, "to", place, &to, err))
        return false;
    if (to < from || to - from >= CALENDAR_RANGE_CAP_DAYS)
        return json_error(place, err, "expected a range of 1 to %d days, found %d",
                          CALENDAR_RANGE_CAP_DAYS, to - from + 1);
    for (day value = from; value <= to; value++) {
        if (!rule_day(reading, value, RULED_OFF, place, err))
            return false;
    }
    return true;
}

static bool read_worked(const struct reading *reading, const json_t *entry,
                        const struct json_place *place, struct error *err)
{
    day value = DAY_NONE;
    const char *text = json_string_value(entry);
    if (!text || !day_parse(text_of(text), &value))
        return json_error(place, err, "expected a date YYYY-MM-DD that exists, found %s%.40s%s",
                          text ? "\"" : "", text ? text : "no text", text ? "\"" : "");
    return rule_day(reading, value, RULED_WORKED, place, err);
}

static bool read_papers(const json_t *year, const struct json_place *place, struct error *err)
{
    json_t *papers = NULL;
    if (!json_get_array(year, "papers", place, &papers, err))
        return false;
    size_t index;
    json_t *paper;
    json_array_foreach(papers, index, paper)
    {
        if (!json_is_string(paper))
            break;
    }
    if (json_array_size(papers) == 0 || index < json_array_size(papers))
        return json_error(place, err, "expected the addresses of the papers of this year");
    return true;
}

static bool read_year(const struct reading *reading, const json_t *year,
                      const struct json_place *place, struct error *err)
{
    static const char *const keys[] = {"year", "papers", "off", "worked", NULL};
    json_t *off = NULL;
    json_t *worked = NULL;
    if (!json_only(year, place, keys, err) || !read_papers(year, place, err) ||
        !json_get_array(year, "off", place, &off, err) ||
        !json_get_array(year, "worked", place, &worked, err))
        return false;
    size_t index;
    json_t *entry;
    struct json_place list = json_place_member(place, "off");
    json_array_foreach(off, index, entry)
    {
        struct json_place item = json_place_item(&list, index);
        if (!read_off(reading, entry, &item, err))
            return false;
    }
    list = json_place_member(place, "worked");
    json_array_foreach(worked, index, entry)
    {
        struct json_place item = json_place_item(&list, index);
        if (!read_worked(reading, entry, &item, err))
            return false;
    }
    return true;
}

/* Sets the span of the calendar from its list of consecutive years. */
static bool read_span(const json_t *years, const struct json_place *place, struct calendar *out,
                      struct error *err)
{
    size_t count = json_array_size(years);
    if (count < 1 || count > CALENDAR_YEARS_CAP)
        return json_error(place, err, "expected 1 to %d years, found %zu", CALENDAR_YEARS_CAP,
                          count);
    int64_t first = 0;
    size_t index;
    json_t *year;
    json_array_foreach(years, index, year)
    {
        struct json_place item = json_place_item(place, index);
        int64_t value = 0;
        if (!json_get_integer(year, "year", &item, 1900, 9998, &value, err))
            return false;
        if (index == 0)
            first = value;
        if (value != first + (int64_t)index)
            return json_error(&item, err, "expected year %lld, found %lld",
                              (long long)first + (long long)index, (long long)value);
    }
    out->first = first_of_year(first);
    out->last = first_of_year(first + (int64_t)count) - 1;
    out->span_first = first_of_year(first - 1);
    return true;
}

static void sum_shifts(const struct reading *reading)
{
    struct calendar *calendar = reading->calendar;
    int16_t sum = 0;
    for (day value = calendar->span_first; value <= calendar->last; value++) {
        unsigned char ruled = reading->rulings[value - calendar->span_first];
        if (ruled == RULED_WORKED)
            sum++;
        else if (ruled == RULED_OFF && day_weekday(value) < SATURDAY)
            sum--;
        calendar->shift[value - calendar->span_first] = sum;
    }
}

static bool read_years(const json_t *years, const struct json_place *place, struct arena *arena,
                       struct calendar *out, struct error *err)
{
    if (!read_span(years, place, out, err))
        return false;
    size_t days = (size_t)(out->last - out->span_first) + 1;
    out->shift = arena_array(arena, days, sizeof *out->shift);
    struct reading reading = {.calendar = out, .rulings = arena_alloc(arena, days)};
    if (!out->shift || !reading.rulings)
        return arena_error(arena, err);
    size_t index;
    json_t *year;
    json_array_foreach(years, index, year)
    {
        struct json_place item = json_place_item(place, index);
        if (!read_year(&reading, year, &item, err))
            return false;
    }
    sum_shifts(&reading);
    return true;
}

static bool read_document(const json_t *document, const char *subject, struct arena *arena,
                          struct calendar *out, struct error *err)
{
    static const char *const keys[] = {"calendar", "jurisdiction", "title", "years", NULL};
    struct json_place place = json_place_root(subject);
    const char *format = NULL;
    const char *jurisdiction = NULL;
    json_t *years = NULL;
    if (!json_only(document, &place, keys, err) ||
        !json_get_text(document, "calendar", &place, &format, err) ||
        !json_get_text(document, "jurisdiction", &place, &jurisdiction, err) ||
        !json_get_array(document, "years", &place, &years, err))
        return false;
    if (!text_is(text_of(format), "heng-calendar-1"))
        return json_error(&place, err, "calendar: expected \"heng-calendar-1\", found \"%.40s\"",
                          format);
    struct text name = text_of(jurisdiction);
    out->jurisdiction = arena_copy(arena, name.data, name.size);
    if (!out->jurisdiction)
        return arena_error(arena, err);
    struct json_place list = json_place_member(&place, "years");
    return read_years(years, &list, arena, out, err);
}

bool calendar_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
                   struct calendar *out, struct error *err)
{
    json_t *document = NULL;
    if (!json_read(bytes, size, subject, &document, err))
        return false;
    bool read = read_document(document, subject, arena, out, err);
    json_decref(document);
    return read;
}
