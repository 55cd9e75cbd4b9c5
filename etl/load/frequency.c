/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/frequency.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

void frequency_free(struct frequency *frequency)
{
    free(frequency->entries);
    *frequency = (struct frequency){.room = 0};
}

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static struct frequency_entry *find(const struct frequency *frequency, const char *text)
{
    size_t at = (size_t)hash_of(text) & (frequency->room - 1);
    while (frequency->entries[at].count > 0 && strcmp(frequency->entries[at].text, text) != 0)
        at = (at + 1) & (frequency->room - 1);
    return &frequency->entries[at];
}

static bool grow(struct frequency *frequency)
{
    size_t room = frequency->room ? 2 * frequency->room : FIRST_ROOM;
    struct frequency larger = {calloc(room, sizeof *larger.entries), room, frequency->distinct,
                               frequency->others};
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < frequency->room; i++) {
        if (frequency->entries[i].count > 0)
            *find(&larger, frequency->entries[i].text) = frequency->entries[i];
    }
    free(frequency->entries);
    *frequency = larger;
    return true;
}

/* The longest beginning that fits and ends between two characters. */
static void shorten(struct text value, char *out)
{
    size_t size = value.size;
    if (size >= FREQUENCY_TEXT_SIZE) {
        size = FREQUENCY_TEXT_SIZE - 1;
        while (size > 0 && ((unsigned char)value.data[size] & 0xC0) == 0x80)
            size--;
    }
    if (size > 0)
        memcpy(out, value.data, size);
    out[size] = '\0';
}

bool frequency_add(struct frequency *frequency, struct text value, int64_t line)
{
    char text[FREQUENCY_TEXT_SIZE];
    if (2 * (frequency->distinct + 1) > frequency->room && !grow(frequency))
        return false;
    shorten(value, text);
    struct frequency_entry *entry = find(frequency, text);
    if (entry->count == 0 && frequency->distinct == FREQUENCY_CAP) {
        frequency->others++;
        return true;
    }
    if (entry->count == 0) {
        memcpy(entry->text, text, sizeof text);
        entry->line = line;
        frequency->distinct++;
    }
    entry->count++;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct frequency_entry *one = a;
    const struct frequency_entry *two = b;
    if (one->count != two->count)
        return one->count < two->count ? 1 : -1;
    if (one->line != two->line)
        return one->line > two->line ? 1 : -1;
    return strcmp(one->text, two->text);
}

size_t frequency_rank(struct frequency *frequency, size_t most)
{
    if (frequency->room > 0)
        qsort(frequency->entries, frequency->room, sizeof *frequency->entries, compare);
    return frequency->distinct < most ? frequency->distinct : most;
}
