/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fields of a subject that a model may look at: one table. A field is either a number (points
 * by bands) or a code (points by a list of values). A field that is not known is missing.
 */
#ifndef HENG_MODELS_CREDIT_ATTRIBUTE_H
#define HENG_MODELS_CREDIT_ATTRIBUTE_H

#include "models/core/text.h"
#include "models/credit/fact.h"

enum credit_attribute_form {
    CREDIT_FORM_NUMBER,   /* bands */
    CREDIT_FORM_WORD,     /* one word of a vocabulary */
    CREDIT_FORM_TAGS,     /* a set of words: the points of every listed one held are added */
    CREDIT_FORM_SECTION,  /* "H" */
    CREDIT_FORM_DIVISION, /* "62" */
    CREDIT_FORM_REGION,   /* the beginning of a region code: the first listed one that fits */
};

struct credit_attribute {
    const char *name;
    const char *zh;
    const char *en;
    enum credit_attribute_form form;
    enum credit_vocabulary vocabulary; /* of FORM_WORD and FORM_TAGS */
    /* The number, word index, tag bits, letter or division; CREDIT_UNKNOWN when not known. */
    int64_t (*value)(const struct credit_subject *subject, day as_of);
};

/* NULL when there is no such attribute. */
const struct credit_attribute *credit_attribute_find(struct text name);

/* The table, ended by a row with a NULL name. */
const struct credit_attribute *credit_attribute_all(void);

/* The number behind a listed value ("revoked", "H", "62"); false when it is not one. */
bool credit_attribute_key(const struct credit_attribute *attribute, struct text listed,
                          int64_t *out);

#endif
