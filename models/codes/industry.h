/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Industry codes of GB/T 4754-2017: section letter, then two digits for a division, three for a
 * group, four for a class. Files carry them with the letter ("H6210") or without ("6210"); digits
 * alone are unique. Reads the catalogue file industry/gbt4754_2017.csv (columns code, section,
 * digits, level, parent, name; unquoted). Everything lives in the arena.
 */
#ifndef HENG_MODELS_CODES_INDUSTRY_H
#define HENG_MODELS_CODES_INDUSTRY_H

#include "models/core/arena.h"
#include "models/core/error.h"
#include "models/core/text.h"

enum { INDUSTRY_CAP = 10000 };

struct industry {
    const char *code;   /* "H6210"; a section: "H" */
    const char *digits; /* "6210"; a section: "" */
    char section;       /* 'A' to 'T' */
    int level;          /* 1 section, 2 division, 3 group, 4 class */
    const char *parent; /* code, a section: "" */
    const char *name;
};

struct industry_list {
    struct industry *rows; /* by digits; sections, which have none, first and by letter */
    size_t count;
};

ERROR_CHECKED bool industry_read(const char *bytes, size_t size, const char *subject,
                                 struct arena *arena, struct industry_list *out, struct error *err);

/* By "H6210", "6210" or "H", the letter in either case; NULL when there is no such code or the
 * letter is not that of the digits' section. */
const struct industry *industry_find(const struct industry_list *list, struct text code);

#endif
