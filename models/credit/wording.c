/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/wording.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FACT_SIZE = 256, NUMBER_SIZE = 64 };

__attribute__((format(printf, 2, 3))) static void say(char out[WORDING_SIZE], const char *format,
                                                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(out, WORDING_SIZE, format, arguments);
    va_end(arguments);
}

/* "administrative penalty (general) of 2025-03-01, 486 days old" */
static void fact_words(const struct credit_part *part, bool zh, char out[FACT_SIZE])
{
    const struct credit_fact *fact = part->fact;
    assert(fact);
    const struct credit_word *kind = credit_word_of(CREDIT_KINDS, fact->kind);
    const struct credit_word *state = credit_word_of(CREDIT_STATES, fact->state);
    const struct credit_word *severity = credit_word_of(CREDIT_SEVERITIES, fact->severity);
    const char *marks[2] = {fact->state ? (zh ? state->zh : state->en) : NULL,
                            fact->severity ? (zh ? severity->zh : severity->en) : NULL};
    const char *first = marks[0] ? marks[0] : marks[1];
    const char *second = marks[0] ? marks[1] : NULL;
    char occurred_on[DAY_TEXT_SIZE];
    day_format(fact->occurred_on, occurred_on);
    const char *format = zh ? "%s%s%s%s%s%s %s，距今 %d 天" : "%s%s%s%s%s%s of %s, %d days old";
    (void)snprintf(out, FACT_SIZE, format, zh ? kind->zh : kind->en,
                   first ? (zh ? "（" : " (") : "", first ? first : "",
                   second ? (zh ? "，" : ", ") : "", second ? second : "",
                   first ? (zh ? "）" : ")") : "", occurred_on, part->age_days);
}

static void say_record(const struct credit_indicator *indicator, const struct credit_part *part,
                       struct wording *out)
{
    char zh[FACT_SIZE];
    char en[FACT_SIZE];
    fact_words(part, true, zh);
    fact_words(part, false, en);
    say(out->zh, "%s：%s，按 %d.%04d%% 计", indicator->title.zh, zh, part->decay_ppm / 10000,
        part->decay_ppm % 10000);
    say(out->en, "%s: %s, counted at %d.%04d %%", indicator->title.en, en, part->decay_ppm / 10000,
        part->decay_ppm % 10000);
}

static void say_evidence(const struct credit_title *title, const struct credit_part *part,
                         struct wording *out)
{
    char zh[FACT_SIZE];
    char en[FACT_SIZE];
    fact_words(part, true, zh);
    fact_words(part, false, en);
    say(out->zh, "%s：计入 %s", title->zh, zh);
    say(out->en, "%s: counts %s", title->en, en);
}

static void tag_words(int64_t tags, bool zh, char out[FACT_SIZE])
{
    (void)snprintf(out, FACT_SIZE, "%s", tags ? "" : (zh ? "无" : "none"));
    for (unsigned i = 1; i < CREDIT_LICENCE_COUNT; i++) {
        if (!(tags >> i & 1))
            continue;
        const struct credit_word *word = credit_word_of(CREDIT_LICENCES, i);
        size_t used = strlen(out);
        (void)snprintf(out + used, FACT_SIZE - used, "%s%s", used ? (zh ? "、" : ", ") : "",
                       zh ? word->zh : word->en);
    }
}

static void value_words(const struct credit_attribute *attribute, const struct credit_input *input,
                        int64_t value, bool zh, char out[FACT_SIZE])
{
    const struct credit_word *word;
    switch (attribute->form) {
    case CREDIT_FORM_WORD:
        word = credit_word_of(attribute->vocabulary, (unsigned)value);
        (void)snprintf(out, FACT_SIZE, "%s", zh ? word->zh : word->en);
        return;
    case CREDIT_FORM_TAGS:
        tag_words(value, zh, out);
        return;
    case CREDIT_FORM_SECTION:
        (void)snprintf(out, FACT_SIZE, "%c", (char)value);
        return;
    case CREDIT_FORM_DIVISION:
        (void)snprintf(out, FACT_SIZE, "%02d", (int)value);
        return;
    case CREDIT_FORM_REGION:
        (void)snprintf(out, FACT_SIZE, "%.12s", input->subject->region_code);
        return;
    default:
        (void)snprintf(out, FACT_SIZE, "%lld", (long long)value);
    }
}

static void say_attribute(const struct credit_indicator *indicator,
                          const struct credit_input *input, const struct credit_part *part,
                          struct wording *out)
{
    char zh[FACT_SIZE];
    char en[FACT_SIZE];
    if (!indicator->attribute) {
        fact_words(part, true, zh);
        fact_words(part, false, en);
        say(out->zh, "%s：%s，等级 %.4s", indicator->title.zh, zh, part->fact->grade);
        say(out->en, "%s: %s, grade %.4s", indicator->title.en, en, part->fact->grade);
        return;
    }
    value_words(indicator->attribute, input, part->value, true, zh);
    value_words(indicator->attribute, input, part->value, false, en);
    say(out->zh, "%s：%s为%s", indicator->title.zh, indicator->attribute->zh, zh);
    say(out->en, "%s: %s is %s", indicator->title.en, indicator->attribute->en, en);
}

static void say_indicator(const struct credit_indicator *indicator, const struct credit_part *part,
                          struct wording *out)
{
    const char *kind = indicator->kind->name;
    long long value = (long long)part->value;
    if (strcmp(kind, "count") == 0) {
        say(out->zh, "%s：期内 %lld 条", indicator->title.zh, value);
        say(out->en, "%s: %lld in the period", indicator->title.en, value);
    } else if (strcmp(kind, "amount") == 0) {
        say(out->zh, "%s：期内合计 %lld.%02lld 元", indicator->title.zh, value / 100, value % 100);
        say(out->en, "%s: %lld.%02lld yuan in the period", indicator->title.en, value / 100,
            value % 100);
    } else {
        const char *zh = strcmp(kind, "growth") == 0 ? "近期与前期之比"
                         : strcmp(kind, "risk") == 0 ? "预测概率"
                                                     : "占比（向先验收缩）";
        const char *en = strcmp(kind, "growth") == 0 ? "recent rate against the earlier one"
                         : strcmp(kind, "risk") == 0 ? "predicted probability"
                                                     : "share, shrunk towards the prior";
        say(out->zh, "%s：%s %lld.%04lld%%", indicator->title.zh, zh, value / 10000, value % 10000);
        say(out->en, "%s: %s %lld.%04lld %%", indicator->title.en, en, value / 10000,
            value % 10000);
    }
}

static void say_constant(const struct credit_model *model, const struct credit_part *part,
                         struct wording *out)
{
    const struct credit_title *title =
        part->indicator >= 0   ? &model->indicators[part->indicator].title
        : part->dimension >= 0 ? &model->dimensions[part->dimension].title
                               : &model->title;
    bool base = part->role == CREDIT_ROLE_BASE;
    bool missing = part->role == CREDIT_ROLE_MISSING;
    say(out->zh, "%s：%s", title->zh,
        base      ? "基础分"
        : missing ? "缺少数据，取中性分"
                  : "超出上下限的部分不计");
    say(out->en, "%s: %s", title->en,
        base      ? "base points"
        : missing ? "no data, neutral points"
                  : "held at its limit");
}

static void say_rule(const struct credit_model *model, const struct credit_part *part,
                     struct wording *out)
{
    const struct credit_rule *rule = &model->rules[part->rule];
    char letter = model->classes[rule->rank];
    char zh[NUMBER_SIZE] = "上调一级";
    char en[NUMBER_SIZE] = "one class better";
    if (rule->effect == CREDIT_EFFECT_DOWN) {
        (void)snprintf(zh, sizeof zh, "下调一级");
        (void)snprintf(en, sizeof en, "one class worse");
    } else if (rule->effect == CREDIT_EFFECT_CLASS) {
        (void)snprintf(zh, sizeof zh, "直接判定为 %c 类", letter);
        (void)snprintf(en, sizeof en, "class %c by itself", letter);
    } else if (rule->effect == CREDIT_EFFECT_FLOOR) {
        (void)snprintf(zh, sizeof zh, "不优于 %c 类", letter);
        (void)snprintf(en, sizeof en, "class %c or worse", letter);
    }
    say(out->zh, "%s：%s%s", rule->title.zh, zh, part->applied ? "" : "（未改变类别）");
    say(out->en, "%s: %s%s", rule->title.en, en,
        part->applied ? "" : " (did not change the class)");
}

void wording_of(const struct credit_plan *plan, const struct credit_input *input,
                const struct credit_part *part, struct wording *out)
{
    const struct credit_model *model = plan->model;
    switch (part->role) {
    case CREDIT_ROLE_RECORD:
        say_record(&model->indicators[part->indicator], part, out);
        return;
    case CREDIT_ROLE_EVIDENCE:
        say_evidence(part->rule >= 0 ? &model->rules[part->rule].title
                                     : &model->indicators[part->indicator].title,
                     part, out);
        return;
    case CREDIT_ROLE_ATTRIBUTE:
        say_attribute(&model->indicators[part->indicator], input, part, out);
        return;
    case CREDIT_ROLE_INDICATOR:
        say_indicator(&model->indicators[part->indicator], part, out);
        return;
    case CREDIT_ROLE_RULE:
        say_rule(model, part, out);
        return;
    default:
        say_constant(model, part, out);
    }
}
