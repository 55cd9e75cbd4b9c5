/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/load_check.h"

#include <inttypes.h>

static int64_t ppm(int64_t part, int64_t whole)
{
    return whole > 0 ? (int64_t)((double)part * 1e6 / (double)whole + 0.5) : 0;
}

/* Field number index, and whether it is worth a line. */
static bool is_shown(const struct profile_field *field)
{
    return field->filled > 0 || field->unknown > 0 || field->list_size > 0;
}

static void print_shapes(const struct invocation *inv, const struct profile_field *field)
{
    const char *between = "";
    for (int i = 0; i < SHAPE_COUNT; i++) {
        if (field->shapes[i] == 0)
            continue;
        fprintf(inv->out, "%s%s %" PRId64, between, profile_shape_name((enum profile_shape)i),
                field->shapes[i]);
        between = ", ";
    }
}

static void print_unknown(const struct invocation *inv, struct profile_field *field)
{
    size_t shown = frequency_rank(&field->unknown_values, LOAD_CHECK_TOP);
    if (field->unknown == 0)
        return;
    fprintf(inv->out,
            inv->chinese ? "      不能识别 %" PRId64 " 个值："
                         : "      not understood %" PRId64 ": ",
            field->unknown);
    for (size_t i = 0; i < shown; i++)
        fprintf(inv->out, "%s\"%s\" %" PRId64, i > 0 ? ", " : "",
                field->unknown_values.entries[i].text, field->unknown_values.entries[i].count);
    fputs(field->unknown_values.distinct > shown ? ", …\n" : "\n", inv->out);
}

static void print_field(const struct invocation *inv, const char *name, int64_t rows,
                        struct profile_field *field)
{
    int64_t share = ppm(field->filled, rows);
    fprintf(inv->out,
            inv->chinese ? "  %-20s 填写 %3" PRId64 ".%" PRId64 " %%  "
                         : "  %-20s filled %3" PRId64 ".%" PRId64 " %%  ",
            name, share / 10000, share / 1000 % 10);
    print_shapes(inv, field);
    fputc('\n', inv->out);
    if (field->list_size > 0)
        fprintf(inv->out, inv->chinese ? "      代码 %zu / %zu 种\n" : "      codes %zu of %zu\n",
                field->values.distinct, field->list_size);
    if (field->first_on[0])
        fprintf(inv->out, "      %s … %s\n", field->first_on, field->last_on);
    if (field->out_of_range > 0)
        fprintf(inv->out,
                inv->chinese ? "      日期超出范围 %" PRId64 " 个，首见于第 %" PRId64 " 行\n"
                             : "      days out of range %" PRId64 ", first in line %" PRId64 "\n",
                field->out_of_range, field->out_of_range_line);
    print_unknown(inv, field);
}

static void print_rejects(const struct invocation *inv, const struct profile *profile)
{
    for (int i = 0; i < REJECT_REASON_COUNT; i++) {
        const struct profile_reject *rejects = &profile->rejects[i];
        if (rejects->count == 0)
            continue;
        fprintf(inv->out,
                inv->chinese ? "  拒收 %-12s %" PRId64 "\n" : "  reject %-12s %" PRId64 "\n",
                reject_code((enum reject_reason)i), rejects->count);
        for (int64_t j = 0; j < rejects->count && j < PROFILE_EXAMPLES; j++)
            fprintf(inv->out,
                    inv->chinese ? "      第 %" PRId64 " 行 %s %s\n"
                                 : "      line %" PRId64 " %s %s\n",
                    rejects->lines[j], rejects->fields[j], rejects->messages[j]);
    }
}

static void print_duplicates(const struct invocation *inv, const struct profile *profile)
{
    int64_t count = profile->repeated + profile->contradicting;
    if (count == 0)
        return;
    fprintf(inv->out,
            inv->chinese ? "  重复的主键 %" PRId64 "（内容相同 %" PRId64 "，内容不同 %" PRId64
                           "），首见于第 %" PRId64 " 行\n"
                         : "  keys that came before %" PRId64 " (same contents %" PRId64
                           ", other contents %" PRId64 "), first in line %" PRId64 "\n",
            count, profile->repeated, profile->contradicting, profile->duplicate_lines[0]);
}

void load_check_print(const struct invocation *inv, const char *path,
                      const struct load_report *report, struct profile *profile)
{
    const struct kind *kind = kind_find(text_of(report->kind));
    fprintf(inv->out,
            inv->chinese ? "%s：%" PRId64 " 行 → 新增 %" PRId64 " + 更新 %" PRId64
                           " + 相同 %" PRId64 " + 拒收 %" PRId64 "，新登记占位 %" PRId64
                           "；什么也没有保存\n"
                         : "%s: rows %" PRId64 " would be inserted %" PRId64 " + updated %" PRId64
                           " + identical %" PRId64 " + rejected %" PRId64 ", stubs %" PRId64
                           "; nothing was stored\n",
            path, report->rows_in, report->inserted, report->updated, report->identical,
            report->rejected, report->stubs);
    if (profile->loaded_before)
        fputs(inv->chinese ? "  该文件已装载过：须加 --again 才会再装载\n"
                           : "  this file was loaded before: a load needs --again\n",
              inv->out);
    if (profile->refused)
        fputs(inv->chinese ? "  拒收比例超过 load.reject_share_ppm：装载会被拒绝，除非加 --force\n"
                           : "  more than load.reject_share_ppm is rejected: a load would refuse "
                             "the file without --force\n",
              inv->out);
    for (size_t i = 0; i < kind->field_count; i++) {
        if (is_shown(&profile->fields[i]))
            print_field(inv, kind->fields[i].name, profile->columns_read, &profile->fields[i]);
    }
    print_duplicates(inv, profile);
    print_rejects(inv, profile);
}

static json_t *frequency_json(struct frequency *frequency)
{
    json_t *values = json_array();
    size_t shown = frequency_rank(frequency, LOAD_CHECK_TOP);
    for (size_t i = 0; i < shown; i++)
        json_array_append_new(values,
                              json_pack("{s:s, s:I, s:I}", "value", frequency->entries[i].text,
                                        "count", (json_int_t)frequency->entries[i].count, "line",
                                        (json_int_t)frequency->entries[i].line));
    return values;
}

static json_t *shapes_json(const struct profile_field *field)
{
    json_t *shapes = json_object();
    for (int i = 0; i < SHAPE_COUNT; i++) {
        if (field->shapes[i] > 0)
            json_object_set_new(shapes, profile_shape_name((enum profile_shape)i),
                                json_integer(field->shapes[i]));
    }
    return shapes;
}

static json_t *field_json(const char *name, int64_t rows, struct profile_field *field)
{
    return json_pack(
        "{s:s, s:I, s:I, s:o, s:I, s:I, s:I, s:I, s:o, s:I, s:I, s:s?, s:s?}", "field", name,
        "filled", (json_int_t)field->filled, "filled_ppm", (json_int_t)ppm(field->filled, rows),
        "types", shapes_json(field), "list_codes", (json_int_t)field->list_size, "distinct_codes",
        (json_int_t)field->values.distinct, "unknown", (json_int_t)field->unknown,
        "distinct_unknown", (json_int_t)field->unknown_values.distinct, "unknown_values",
        frequency_json(&field->unknown_values), "out_of_range", (json_int_t)field->out_of_range,
        "out_of_range_line", (json_int_t)field->out_of_range_line, "first_on",
        field->first_on[0] ? field->first_on : NULL, "last_on",
        field->last_on[0] ? field->last_on : NULL);
}

static json_t *reject_json(const struct profile_reject *rejects, enum reject_reason reason)
{
    json_t *examples = json_array();
    for (int64_t i = 0; i < rejects->count && i < PROFILE_EXAMPLES; i++)
        json_array_append_new(
            examples, json_pack("{s:I, s:s, s:s}", "line", (json_int_t)rejects->lines[i], "field",
                                rejects->fields[i], "message", rejects->messages[i]));
    return json_pack("{s:s, s:I, s:o}", "reason", reject_code(reason), "count",
                     (json_int_t)rejects->count, "examples", examples);
}

json_t *load_check_json(const char *path, const struct load_report *report, struct profile *profile)
{
    const struct kind *kind = kind_find(text_of(report->kind));
    json_t *fields = json_array();
    json_t *rejects = json_array();
    for (size_t i = 0; i < kind->field_count; i++) {
        if (is_shown(&profile->fields[i]))
            json_array_append_new(fields, field_json(kind->fields[i].name, profile->columns_read,
                                                     &profile->fields[i]));
    }
    for (int i = 0; i < REJECT_REASON_COUNT; i++) {
        if (profile->rejects[i].count > 0)
            json_array_append_new(rejects,
                                  reject_json(&profile->rejects[i], (enum reject_reason)i));
    }
    return json_pack(
        "{s:s, s:s, s:s, s:b, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:I, s:I}",
        "file", path, "source", report->source, "kind", report->kind, "loaded_before",
        profile->loaded_before, "would_be_refused", profile->refused, "rows_in",
        (json_int_t)report->rows_in, "inserted", (json_int_t)report->inserted, "updated",
        (json_int_t)report->updated, "identical", (json_int_t)report->identical, "rejected",
        (json_int_t)report->rejected, "stubs", (json_int_t)report->stubs, "merged",
        (json_int_t)report->merged, "fields", fields, "rejects", rejects, "keys_compared",
        (json_int_t)profile->keys_seen, "repeated", (json_int_t)profile->repeated, "contradicting",
        (json_int_t)profile->contradicting);
}
