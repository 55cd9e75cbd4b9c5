/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/clock.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const int64_t SECOND_US = 1000000;
static const int64_t DAY_SECONDS = 86400;

int64_t clock_now_us(void)
{
    struct timespec now;
    int failed = clock_gettime(CLOCK_REALTIME, &now);
    assert(!failed);
    return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

static int64_t floor_divide(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

/* Seconds of the civil time of the zone since 1970-01-01 00:00:00. */
static int64_t civil_seconds(int64_t moment_us, int utc_offset_minutes)
{
    return floor_divide(moment_us, SECOND_US) + (int64_t)utc_offset_minutes * 60;
}

day clock_day_of(int64_t moment_us, int utc_offset_minutes)
{
    return (day)floor_divide(civil_seconds(moment_us, utc_offset_minutes), DAY_SECONDS);
}

const char *clock_moment(int64_t moment_us, int utc_offset_minutes, char *buffer)
{
    int64_t civil = civil_seconds(moment_us, utc_offset_minutes);
    unsigned second = (unsigned)(civil - floor_divide(civil, DAY_SECONDS) * DAY_SECONDS);
    unsigned offset = (unsigned)abs(utc_offset_minutes);
    char date[DAY_TEXT_SIZE];
    day_format(clock_day_of(moment_us, utc_offset_minutes), date);
    snprintf(buffer, MOMENT_TEXT_SIZE, "%s %02u:%02u:%02u%c%02u:%02u", date, second / 3600 % 24,
             second / 60 % 60, second % 60, utc_offset_minutes < 0 ? '-' : '+', offset / 60 % 100,
             offset % 60);
    return buffer;
}

const char *clock_instant(int64_t moment_us, int utc_offset_minutes, char *buffer)
{
    char moment[MOMENT_TEXT_SIZE];
    int64_t fraction = moment_us - floor_divide(moment_us, SECOND_US) * SECOND_US;
    clock_moment(moment_us, utc_offset_minutes, moment);
    snprintf(buffer, CLOCK_INSTANT_SIZE, "%.19s.%06u%s", moment, (unsigned)fraction % 1000000u,
             moment + 19);
    return buffer;
}

const char *clock_utc(int64_t moment_us, char *buffer)
{
    char moment[MOMENT_TEXT_SIZE];
    clock_moment(moment_us, 0, moment);
    snprintf(buffer, CLOCK_UTC_SIZE, "%.10sT%.8sZ", moment, moment + 11);
    return buffer;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    int failed = clock_gettime(CLOCK_MONOTONIC, &now);
    assert(!failed);
    return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

void clock_sleep_ms(int duration_ms)
{
    struct timespec duration = {duration_ms / 1000, (long)(duration_ms % 1000) * 1000000};
    nanosleep(&duration, NULL);
}
