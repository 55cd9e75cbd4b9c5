/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The documents shipped with the program (credit models, alert rules, code lists, calendars),
 * embedded at build time from the files of this folder. Names are paths below it, for example
 * "calendar/2026.json". The bytes live as long as the program.
 */
#ifndef HENG_MODELS_CATALOG_CATALOG_H
#define HENG_MODELS_CATALOG_CATALOG_H

#include <stddef.h>

struct catalog_document {
    const char *name;
    const char *data;
    size_t size;
};

/* NULL when there is no such document. */
const struct catalog_document *catalog_find(const char *name);

/* All documents in name order, ended by a row with a NULL name. */
const struct catalog_document *catalog_all(void);

#endif
