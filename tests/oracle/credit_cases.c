/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes random cases with this program's results as JSON lines, for tests/oracle/credit_oracle.py:
 *
 *   oracle.credit_cases COUNT SOURCE_DIR | python3 tests/oracle/credit_oracle.py --check
 *
 * Each model is written once with its name and referred to by name afterwards. Besides the
 * documents as they stand there are versions with random points and decay.
 */
#include <assert.h>
#include <jansson.h>

#include "models/models.h"
#include "tests/unit/models/credit/random_case.h"

enum { VERSIONS = 12 };

static const char *const documents[] = {
    "models/catalog/credit/cn_enterprise_example.json",
    "tests/real/chicago_model.json",
    "tests/unit/models/credit/models/valid_every_kind.json",
};

enum { DOCUMENTS = sizeof documents / sizeof documents[0] };

static void print_line(json_t *line)
{
    assert(line);
    if (json_dumpf(line, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF)
        exit(1);
    json_decref(line);
}

static bool is_points(const char *key)
{
    static const char *const keys[] = {"points_milli", "missing_milli", "other_milli", "base_milli",
                                       "none",         "minor",         "general",     "serious"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

/* Changes points anywhere below value, without recursion: a stack of the values still to see. */
static void change_points(json_t *value, struct random_case *c)
{
    json_t *stack[1024];
    size_t depth = 0;
    stack[depth++] = value;
    while (depth > 0) {
        json_t *top = stack[--depth];
        size_t index;
        json_t *item;
        json_array_foreach(top, index, item)
        {
            assert(depth < 1024);
            stack[depth++] = item;
        }
        const char *key;
        json_object_foreach(top, key, item)
        {
            assert(depth < 1024);
            if (json_is_integer(item) && is_points(key)) {
                json_int_t old = json_integer_value(item);
                (void)json_integer_set(item, old * (int)random_below(c, 3000) / 1000 +
                                                 (int)random_below(c, 2001) - 1000);
            } else {
                stack[depth++] = item;
            }
        }
    }
}

static json_t *day_of(day value)
{
    char text[DAY_TEXT_SIZE];
    return value == DAY_NONE ? json_null() : json_string(day_format(value, text));
}

static json_t *word_of(enum credit_vocabulary vocabulary, unsigned index)
{
    return json_string(credit_word_of(vocabulary, index)->name);
}

static json_t *words_of(enum credit_vocabulary vocabulary, uint32_t bits)
{
    json_t *list = json_array();
    for (unsigned i = 1; i < credit_word_count(vocabulary); i++) {
        if (bits >> i & 1u)
            json_array_append_new(list, word_of(vocabulary, i));
    }
    return list;
}

static json_t *facts_of(const struct credit_fact *facts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct credit_fact *f = &facts[i];
        json_array_append_new(list,
                              json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:I, s:s#}", "id",
                                        (json_int_t)f->id, "kind", word_of(CREDIT_KINDS, f->kind),
                                        "state", word_of(CREDIT_STATES, f->state), "severity",
                                        word_of(CREDIT_SEVERITIES, f->severity), "occurred_on",
                                        day_of(f->occurred_on), "ends_on", day_of(f->ends_on),
                                        "amount_fen", (json_int_t)f->amount_fen, "grade", f->grade,
                                        (int)strnlen(f->grade, CREDIT_GRADE_SIZE)));
    }
    return list;
}

static json_t *number_of(int64_t value)
{
    return value == CREDIT_UNKNOWN ? json_null() : json_integer(value);
}

static json_t *subject_of(const struct credit_subject *s)
{
    char section[2] = {(char)s->industry_section, '\0'};
    char division[8];
    (void)snprintf(division, sizeof division, "%02u", s->industry_division);
    char region[CREDIT_REGION_SIZE + 1] = "";
    memcpy(region, s->region_code, CREDIT_REGION_SIZE);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "entity_type",
                     s->entity_type ? word_of(CREDIT_ENTITY_TYPES, s->entity_type) : json_null(),
                     "status", s->status ? word_of(CREDIT_STATUSES, s->status) : json_null(),
                     "industry_section", section[0] ? json_string(section) : json_null(),
                     "industry_division",
                     s->industry_division ? json_string(division) : json_null(), "region_code",
                     region[0] ? json_string(region) : json_null(), "licence_tags",
                     words_of(CREDIT_LICENCES, s->licence_tags), "registered_on",
                     day_of(s->registered_on), "capital_fen", number_of(s->capital_fen),
                     "employees", number_of(s->employees), "risk_ppm", number_of(s->risk_ppm));
}

static json_t *others_of(const struct random_case *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->other_count; i++) {
        const struct random_other *o = &c->others[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "status",
                                              word_of(CREDIT_STATUSES, o->subject.status),
                                              "relations", words_of(CREDIT_RELATIONS, o->relations),
                                              "facts", facts_of(o->facts, o->fact_count)));
    }
    return list;
}

static json_t *result_of(const struct credit_model *model, const struct credit_result *result)
{
    json_t *dimensions = json_array();
    for (unsigned i = 0; i < model->dimension_count; i++)
        json_array_append_new(dimensions, json_integer(result->dimension_milli[i]));
    return json_pack("{s:s#, s:s#, s:I, s:o, s:i}", "class", &result->class_letter, 1,
                     "class_by_score", &result->class_by_score, 1, "score_milli",
                     (json_int_t)result->score_milli, "dimension_milli", dimensions, "coverage_ppm",
                     (int)result->coverage_ppm);
}

static struct credit_model *write_model(const char *root, unsigned document, unsigned version,
                                        struct arena *arena)
{
    static char bytes[CASE_FILE_SIZE];
    struct error err = {.kind = ERROR_NONE};
    struct random_case c = {.state = document * 1000u + version};
    size_t size = read_source_file(root, documents[document], bytes);
    json_t *json = NULL;
    bool read = json_read(bytes, size, documents[document], &json, &err);
    if (read && version > 0)
        change_points(json, &c);
    char *text = read ? json_dumps(json, JSON_COMPACT) : NULL;
    struct credit_model *model = NULL;
    if (!text || !credit_model_read(text, strlen(text), documents[document], arena, &model, &err)) {
        (void)fprintf(stderr, "%s: %s\n", err.subject, err.message);
        exit(1);
    }
    free(text);
    char name[32];
    (void)snprintf(name, sizeof name, "%u.%u", document, version);
    print_line(json_pack("{s:s, s:o}", "name", name, "model", json));
    return model;
}

static void write_case(const struct credit_model *model, unsigned number, uint64_t seed)
{
    struct random_case c = random_case_of(seed);
    struct credit_plan plan;
    struct credit_result result;
    credit_plan_init(&plan, model, c.as_of);
    struct credit_input input = random_input(&c, &plan);
    credit_score(&plan, &input, &result);
    char name[32];
    (void)snprintf(name, sizeof name, "%u.%u", number / VERSIONS, number % VERSIONS);
    print_line(json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "model", name, "subject",
                         subject_of(&c.subject), "facts", facts_of(c.facts, c.fact_count),
                         "related", others_of(&c), "as_of", day_of(c.as_of), "result",
                         result_of(model, &result)));
}

int main(int argc, char **argv)
{
    int64_t count = 0;
    if (argc != 3 || !text_to_i64(text_of(argv[1]), &count) || count < 1) {
        (void)fprintf(stderr, "usage: oracle.credit_cases COUNT SOURCE_DIR\n");
        return 2;
    }
    models_init();
    struct arena arena;
    arena_init(&arena, 64u * 1024 * 1024);
    struct credit_model *models[DOCUMENTS * VERSIONS];
    for (unsigned i = 0; i < DOCUMENTS * VERSIONS; i++)
        models[i] = write_model(argv[2], i / VERSIONS, i % VERSIONS, &arena);
    for (int64_t i = 0; i < count; i++) {
        unsigned number = (unsigned)(i % (DOCUMENTS * VERSIONS));
        write_case(models[number], number, (uint64_t)i);
    }
    arena_reset(&arena);
    return 0;
}
