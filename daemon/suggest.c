/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/suggest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance; three rows of the table are enough. */
static size_t distance_of(const char *a, const char *b)
{
    size_t rows[3][SUGGEST_WORD_SIZE + 1];
    size_t a_size = strnlen(a, SUGGEST_WORD_SIZE);
    size_t b_size = strnlen(b, SUGGEST_WORD_SIZE);
    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a_size % 3][b_size];
}

void suggest_init(struct suggest *suggest, const char *word)
{
    *suggest = (struct suggest){.word = word, .distance = SIZE_MAX};
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
    size_t distance = distance_of(suggest->word, candidate);
    if (distance < suggest->distance) {
        suggest->distance = distance;
        suggest->best = candidate;
    }
}

const char *suggest_text(const struct suggest *suggest, const char *prefix, char *buffer)
{
    buffer[0] = '\0';
    size_t allowed = (strnlen(suggest->word, SUGGEST_WORD_SIZE) + 2) / 3;
    if (suggest->best && suggest->distance <= allowed)
        snprintf(buffer, SUGGEST_TEXT_SIZE, "; did you mean %s%s?", prefix, suggest->best);
    return buffer;
}
