/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/attribute.h"

#include <string.h>

static int64_t word(unsigned index)
{
    return index == 0 ? CREDIT_UNKNOWN : (int64_t)index;
}

static int64_t entity_type(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return word(subject->entity_type);
}

static int64_t status(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return word(subject->status);
}

static int64_t industry_section(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return word(subject->industry_section);
}

static int64_t industry_division(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return word(subject->industry_division);
}

/* A registration that lies after as_of was not known to be one then. */
static int64_t age_years(const struct credit_subject *subject, day as_of)
{
    if (subject->registered_on == DAY_NONE || subject->registered_on > as_of)
        return CREDIT_UNKNOWN;
    return day_years_between(subject->registered_on, as_of);
}

static int64_t capital_fen(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return subject->capital_fen;
}

static int64_t employees(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return subject->employees;
}

static int64_t region_code(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return subject->region_code[0] ? 1 : CREDIT_UNKNOWN;
}

static int64_t licence_tags(const struct credit_subject *subject, day as_of)
{
    (void)as_of;
    return subject->licence_tags;
}

static const struct credit_attribute attributes[] = {
    {"entity_type", "主体类型", "kind of entity", CREDIT_FORM_WORD, CREDIT_ENTITY_TYPES,
     entity_type},
    {"status", "登记状态", "registration status", CREDIT_FORM_WORD, CREDIT_STATUSES, status},
    {"industry_section", "行业门类", "industry section", CREDIT_FORM_SECTION, CREDIT_KINDS,
     industry_section},
    {"industry_division", "行业大类", "industry division", CREDIT_FORM_DIVISION, CREDIT_KINDS,
     industry_division},
    {"age_years", "成立年数", "age in years", CREDIT_FORM_NUMBER, CREDIT_KINDS, age_years},
    {"capital_fen", "注册资本（分）", "registered capital in fen", CREDIT_FORM_NUMBER, CREDIT_KINDS,
     capital_fen},
    {"employees", "从业人数", "employees", CREDIT_FORM_NUMBER, CREDIT_KINDS, employees},
    {"region_code", "行政区划", "region", CREDIT_FORM_REGION, CREDIT_KINDS, region_code},
    {"licence_tags", "许可领域", "licensed fields", CREDIT_FORM_TAGS, CREDIT_LICENCES,
     licence_tags},
    {NULL, NULL, NULL, CREDIT_FORM_NUMBER, CREDIT_KINDS, NULL},
};

const struct credit_attribute *credit_attribute_all(void)
{
    return attributes;
}

const struct credit_attribute *credit_attribute_find(struct text name)
{
    for (const struct credit_attribute *row = attributes; row->name; row++) {
        if (text_is(name, row->name))
            return row;
    }
    return NULL;
}

bool credit_attribute_key(const struct credit_attribute *attribute, struct text listed,
                          int64_t *out)
{
    unsigned index = 0;
    switch (attribute->form) {
    case CREDIT_FORM_WORD:
    case CREDIT_FORM_TAGS:
        if (!credit_word_find(attribute->vocabulary, listed, &index) || index == 0)
            return false;
        *out = index;
        return true;
    case CREDIT_FORM_SECTION:
        *out = listed.size == 1 ? listed.data[0] : 0;
        return *out >= 'A' && *out <= 'T';
    case CREDIT_FORM_DIVISION:
        return listed.size == 2 && text_to_i64(listed, out) && *out > 0;
    case CREDIT_FORM_REGION:
        *out = 0;
        return listed.size > 0 && listed.size <= CREDIT_REGION_SIZE;
    default:
        return false;
    }
}
