/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/codelist.h"

#include <stdlib.h>
#include <string.h>

bool codelist_add(struct codelist *list, struct text code)
{
    if (code.size >= CODELIST_CODE_SIZE || list->count == CODELIST_CAP)
        return false;
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 256;
        void *grown = realloc(list->codes, room * sizeof *list->codes);
        if (!grown)
            return false;
        list->codes = grown;
        list->room = room;
    }
    char *slot = list->codes[list->count++];
    memset(slot, 0, CODELIST_CODE_SIZE);
    memcpy(slot, code.data, code.size);
    return true;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, CODELIST_CODE_SIZE);
}

void codelist_sort(struct codelist *list)
{
    if (list->count > 0)
        qsort(list->codes, list->count, sizeof *list->codes, compare);
}

bool codelist_has(const struct codelist *list, struct text code)
{
    char key[CODELIST_CODE_SIZE] = {0};
    if (code.size >= sizeof key || list->count == 0)
        return false;
    memcpy(key, code.data, code.size);
    return bsearch(key, list->codes, list->count, sizeof *list->codes, compare) != NULL;
}

void codelist_free(struct codelist *list)
{
    free(list->codes);
    *list = (struct codelist){0};
}
