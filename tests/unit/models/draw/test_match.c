/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/match.h"
#include "models/models.h"
#include "tests/unit/models/draw/vectors.h"

enum { SMALL = 6, NAMES = 3000 };

static char names[NAMES][8];
static struct text visit_names[NAMES];
static struct text inspector_names[NAMES];
static uint64_t random_state;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % bound);
}

static int prepare(void **state)
{
    (void)state;
    models_init();
    for (size_t i = 0; i < NAMES; i++) {
        snprintf(names[i], sizeof names[i], "n%05zu", i);
        visit_names[i] = inspector_names[i] = text_of(names[i]);
    }
    return 0;
}

/* One instance small enough to try everything. */
struct instance {
    struct match_input input;
    struct flow_edges edges;
    int64_t caps[SMALL];
};

static void make_instance(struct instance *instance, struct arena *arena)
{
    struct error err;
    size_t inspectors = 1 + random_below(SMALL);
    size_t visits = 1 + random_below(SMALL);
    assert_true(flow_edges_init(&instance->edges, inspectors, visits, arena, &err));
    for (size_t i = 0; i < inspectors; i++) {
        instance->caps[i] = random_below(3) ? 0 : 1 + (int64_t)random_below(3);
        for (size_t v = 0; v < visits; v++) {
            uint32_t dice = random_below(10);
            flow_edge_set(&instance->edges, i, v,
                          dice < 4   ? FLOW_LICENSED
                          : dice < 7 ? FLOW_UNLICENSED
                                     : FLOW_NONE);
        }
    }
    instance->input = (struct match_input){.edges = &instance->edges,
                                           .visits = visit_names,
                                           .inspectors = inspector_names,
                                           .caps = instance->caps,
                                           .per_visit = 1 + (int)random_below(2),
                                           .reserves = 2,
                                           .slack = (int64_t)random_below(2)};
}

static bool allowed(const struct instance *instance, size_t visit, unsigned members)
{
    bool licensed = false;
    for (size_t i = 0; i < instance->edges.inspectors; i++) {
        if (!(members >> i & 1))
            continue;
        enum flow_edge kind = flow_edge_get(&instance->edges, i, visit);
        if (kind == FLOW_NONE)
            return false;
        licensed |= kind == FLOW_LICENSED;
    }
    return licensed && __builtin_popcount(members) == instance->input.per_visit;
}

/* Tries every assignment with every load at most uniform. An odometer of one inspector set per
 * visit; the loads are packed four bits each. */
static bool brute_force(const struct instance *instance, int64_t uniform)
{
    unsigned sets[SMALL][1 << SMALL];
    size_t counts[SMALL] = {0};
    size_t visits = instance->edges.visits;
    for (size_t v = 0; v < visits; v++) {
        for (unsigned members = 0; members < 1u << instance->edges.inspectors; members++) {
            if (allowed(instance, v, members))
                sets[v][counts[v]++] = members;
        }
        if (counts[v] == 0)
            return false;
    }
    uint8_t next[SMALL + 1] = {0};
    uint8_t loads[SMALL + 1][SMALL] = {{0}};
    for (size_t depth = 0;;) {
        if (depth == visits)
            return true;
        if (next[depth] == counts[depth]) {
            if (depth == 0)
                return false;
            next[depth--] = 0;
            continue;
        }
        unsigned members = sets[depth][next[depth]++];
        bool fits = true;
        for (size_t i = 0; i < instance->edges.inspectors; i++) {
            int64_t cap = instance->caps[i];
            loads[depth + 1][i] = (uint8_t)(loads[depth][i] + (members >> i & 1));
            fits &= loads[depth + 1][i] <= (cap > 0 && cap < uniform ? cap : uniform);
        }
        if (fits)
            next[++depth] = 0;
    }
}

static void check_draw(const struct instance *instance, const struct match *match)
{
    const struct match_input *input = &instance->input;
    int64_t loads[SMALL] = {0};
    for (size_t v = 0; v < instance->edges.visits; v++) {
        const int32_t *assigned = match->assigned + v * (size_t)input->per_visit;
        unsigned members = 0;
        for (int slot = 0; slot < input->per_visit; slot++) {
            assert_false(members >> assigned[slot] & 1);
            members |= 1u << assigned[slot];
            loads[assigned[slot]]++;
        }
        assert_true(allowed(instance, v, members));
        assert_int_equal(flow_edge_get(&instance->edges, (size_t)assigned[0], v), FLOW_LICENSED);
        for (int slot = 0; slot < input->reserves; slot++) {
            int32_t reserve = match->reserved[v * (size_t)input->reserves + (size_t)slot];
            if (reserve == MATCH_NOBODY)
                continue;
            assert_false(members >> reserve & 1);
            members |= 1u << reserve;
            assert_int_not_equal(flow_edge_get(&instance->edges, (size_t)reserve, v), FLOW_NONE);
        }
    }
    for (size_t i = 0; i < instance->edges.inspectors; i++) {
        assert_true(loads[i] <= match->least_load + input->slack);
        assert_true(instance->caps[i] == 0 || loads[i] <= instance->caps[i]);
    }
}

/* The named inspectors at their caps cannot fill the named visits, and no others may go there. */
static void check_shortage(const struct instance *instance, const struct match_shortage *shortage)
{
    struct instance only = *instance;
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 20);
    size_t named = 0;
    for (size_t v = 0; v < instance->edges.visits; v++)
        named += shortage->visits[v];
    assert_true(named > 0);
    assert_true(flow_edges_init(&only.edges, instance->edges.inspectors, named, &arena, &err));
    size_t at = 0;
    for (size_t v = 0; v < instance->edges.visits; v++) {
        if (!shortage->visits[v])
            continue;
        for (size_t i = 0; i < instance->edges.inspectors; i++)
            flow_edge_set(&only.edges, i, at, flow_edge_get(&instance->edges, i, v));
        at++;
    }
    assert_false(brute_force(&only, SMALL));
    arena_reset(&arena);
}

static void test_agrees_with_brute_force(void **state)
{
    (void)state;
    random_state = 20260630;
    static const unsigned char key[DIGEST_SIZE] = {7};
    struct ticket_press press;
    struct error err;
    assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
    struct arena arena;
    arena_init(&arena, 1 << 24);
    int solved = 0;
    for (int round = 0; round < 3000; round++) {
        struct instance instance;
        make_instance(&instance, &arena);
        bool feasible;
        int64_t least = 0;
        struct match_shortage shortage;
        assert_true(match_least_load(&instance.input, &arena, &feasible, &least, &shortage, &err));
        assert_int_equal(feasible, brute_force(&instance, SMALL));
        if (feasible) {
            struct match match;
            solved++;
            assert_true(brute_force(&instance, least));
            assert_false(brute_force(&instance, least - 1));
            assert_true(match_draw(&instance.input, least, &press, &arena, &match, &err));
            check_draw(&instance, &match);
        } else {
            check_shortage(&instance, &shortage);
        }
        arena_reset(&arena);
    }
    assert_in_range(solved, 500, 2500);
    ticket_close(&press);
}

/* The visit whose turn is first. */
static size_t first_visit(struct ticket_press *press, size_t visits)
{
    size_t first = 0;
    struct ticket lowest = ticket_of(press, TICKET_ENTITY, visit_names[0]);
    for (size_t v = 1; v < visits; v++) {
        struct ticket ticket = ticket_of(press, TICKET_ENTITY, visit_names[v]);
        if (ticket_compare(&ticket, visit_names[v], &lowest, visit_names[first]) < 0) {
            lowest = ticket;
            first = v;
        }
    }
    return first;
}

/* A complete assignment exists with this inspector as the only one on the visit. */
static bool possible_with(const struct instance *instance, size_t inspector, size_t visit,
                          int64_t load, struct arena *arena)
{
    struct error err;
    struct instance forced = *instance;
    assert_true(flow_edges_init(&forced.edges, instance->edges.inspectors, instance->edges.visits,
                                arena, &err));
    for (size_t v = 0; v < instance->edges.visits; v++) {
        for (size_t i = 0; i < instance->edges.inspectors; i++)
            flow_edge_set(&forced.edges, i, v,
                          v == visit && i != inspector ? FLOW_NONE
                                                       : flow_edge_get(&instance->edges, i, v));
    }
    return brute_force(&forced, load);
}

/* The first candidate of the visit with whom a complete assignment exists, found without the
 * flow. */
static int32_t first_possible(const struct instance *instance, struct ticket_press *press,
                              size_t visit, int64_t load, struct arena *arena)
{
    int32_t best = MATCH_NOBODY;
    struct ticket lowest;
    for (size_t i = 0; i < instance->edges.inspectors; i++) {
        if (flow_edge_get(&instance->edges, i, visit) != FLOW_LICENSED ||
            !possible_with(instance, i, visit, load, arena))
            continue;
        struct ticket ticket = ticket_of_pair(press, inspector_names[i], visit_names[visit]);
        if (best == MATCH_NOBODY || memcmp(&ticket, &lowest, sizeof ticket) < 0) {
            lowest = ticket;
            best = (int32_t)i;
        }
    }
    return best;
}

static void test_first_possible_candidate_is_taken(void **state)
{
    (void)state;
    random_state = 42;
    static const unsigned char key[DIGEST_SIZE] = {9};
    struct ticket_press press;
    struct error err;
    assert_true(ticket_open(&press, DIGEST_SM3, key, &err));
    struct arena arena;
    arena_init(&arena, 1 << 24);
    int compared = 0;
    while (compared < 300) {
        struct instance instance;
        make_instance(&instance, &arena);
        instance.input.per_visit = 1;
        instance.input.slack = 0;
        bool feasible;
        int64_t least = 0;
        struct match_shortage shortage;
        struct match match;
        assert_true(match_least_load(&instance.input, &arena, &feasible, &least, &shortage, &err));
        if (feasible) {
            assert_true(match_draw(&instance.input, least, &press, &arena, &match, &err));
            size_t first = first_visit(&press, instance.edges.visits);
            assert_int_equal(match.assigned[first],
                             first_possible(&instance, &press, first, least, &arena));
            compared++;
        }
        arena_reset(&arena);
    }
    ticket_close(&press);
}

static size_t index_of(const json_t *names_array, const char *name)
{
    for (size_t i = 0; i < json_array_size(names_array); i++) {
        if (strcmp(json_string_value(json_array_get(names_array, i)), name) == 0)
            return i;
    }
    fail_msg("unknown name %s", name);
    return 0;
}

enum { VECTOR_NAMES = 64 };

/* The instance of the reference vector. */
struct vector {
    json_t *document;
    struct text visits[VECTOR_NAMES];
    struct text inspectors[VECTOR_NAMES];
    int64_t caps[VECTOR_NAMES];
    struct flow_edges edges;
    struct match_input input;
};

static size_t vector_names(const json_t *names_array, struct text *out)
{
    size_t count = json_array_size(names_array);
    assert_in_range(count, 1, VECTOR_NAMES);
    for (size_t i = 0; i < count; i++)
        out[i] = text_of(json_string_value(json_array_get(names_array, i)));
    return count;
}

/* list: "eligible" or "licensed", an object visit -> inspectors. */
static void vector_edges(struct vector *vector, const char *list, enum flow_edge edge)
{
    const json_t *inspectors = json_object_get(vector->document, "inspectors");
    const json_t *of_visits = json_object_get(vector->document, list);
    for (size_t v = 0; v < vector->edges.visits; v++) {
        const json_t *of_visit = json_object_get(of_visits, vector->visits[v].data);
        for (size_t i = 0; i < json_array_size(of_visit); i++)
            flow_edge_set(&vector->edges,
                          index_of(inspectors, json_string_value(json_array_get(of_visit, i))), v,
                          edge);
    }
}

static void read_vector(struct vector *vector, struct arena *arena)
{
    struct error err;
    const json_t *document = vector->document;
    size_t visits = vector_names(json_object_get(document, "visits"), vector->visits);
    size_t inspectors = vector_names(json_object_get(document, "inspectors"), vector->inspectors);
    assert_true(flow_edges_init(&vector->edges, inspectors, visits, arena, &err));
    vector_edges(vector, "eligible", FLOW_UNLICENSED);
    vector_edges(vector, "licensed", FLOW_LICENSED);
    vector->input =
        (struct match_input){.edges = &vector->edges,
                             .visits = vector->visits,
                             .inspectors = vector->inspectors,
                             .caps = vector->caps,
                             .per_visit = (int)json_integer_value(json_object_get(document, "k")),
                             .reserves = 2,
                             .slack = json_integer_value(json_object_get(document, "slack"))};
}

static void check_vector(const struct vector *vector, const struct match *match)
{
    const json_t *results = json_object_get(vector->document, "result");
    for (size_t v = 0; v < vector->edges.visits; v++) {
        const json_t *expected = json_object_get(results, vector->visits[v].data);
        for (size_t slot = 0; slot < 2; slot++)
            assert_string_equal(vector->inspectors[match->assigned[2 * v + slot]].data,
                                json_string_value(json_array_get(expected, slot)));
    }
    assert_int_equal(match->rejected,
                     json_integer_value(json_object_get(vector->document, "rejected_candidates")));
}

static void test_reference_vector(void **state)
{
    (void)state;
    struct vector vector = {.document = vectors_json("match_vector.json")};
    if (!vector.document)
        skip();
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 20);
    read_vector(&vector, &arena);
    bool feasible;
    int64_t least = 0;
    struct match_shortage shortage;
    assert_true(match_least_load(&vector.input, &arena, &feasible, &least, &shortage, &err));
    assert_true(feasible);
    assert_int_equal(least, json_integer_value(json_object_get(vector.document, "cstar")));
    unsigned char key[DIGEST_SIZE];
    vectors_digest(vector.document, "K", key);
    struct ticket_press press;
    struct match match;
    assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
    assert_true(match_draw(&vector.input, least, &press, &arena, &match, &err));
    check_vector(&vector, &match);
    ticket_close(&press);
    arena_reset(&arena);
    json_decref(vector.document);
}

static void test_thousands_of_visits(void **state)
{
    (void)state;
    enum { VISITS = 3000, INSPECTORS = 200 };
    static int64_t caps[INSPECTORS];
    static const unsigned char key[DIGEST_SIZE] = {1};
    random_state = 3;
    struct arena arena;
    struct error err;
    struct flow_edges edges;
    arena_init(&arena, 1 << 26);
    assert_true(flow_edges_init(&edges, INSPECTORS, VISITS, &arena, &err));
    for (size_t v = 0; v < VISITS; v++) {
        for (size_t i = v % 10 * 20; i < v % 10 * 20 + 24; i++)
            flow_edge_set(&edges, i % INSPECTORS, v,
                          random_below(6) == 0 ? FLOW_LICENSED : FLOW_UNLICENSED);
        flow_edge_set(&edges, v % INSPECTORS, v, FLOW_LICENSED);
    }
    struct match_input input = {.edges = &edges,
                                .visits = visit_names,
                                .inspectors = inspector_names,
                                .caps = caps,
                                .per_visit = 2,
                                .reserves = 2,
                                .slack = 0};
    bool feasible;
    int64_t least = 0;
    struct match_shortage shortage;
    struct match match;
    struct ticket_press press;
    assert_true(match_least_load(&input, &arena, &feasible, &least, &shortage, &err));
    assert_true(feasible);
    assert_int_equal(least, 2 * VISITS / INSPECTORS);
    assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
    assert_true(match_draw(&input, least, &press, &arena, &match, &err));
    int64_t loads[INSPECTORS] = {0};
    for (size_t i = 0; i < 2 * VISITS; i++)
        loads[match.assigned[i]]++;
    for (size_t i = 0; i < INSPECTORS; i++)
        assert_int_equal(loads[i], least); /* slack 0 and an even split: everybody has C* */
    ticket_close(&press);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_brute_force),
        cmocka_unit_test(test_first_possible_candidate_is_taken),
        cmocka_unit_test(test_reference_vector),
        cmocka_unit_test(test_thousands_of_visits),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
