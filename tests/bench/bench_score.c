/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * credit_run over 1M entities and 10M facts against a bare C loop that has the same model written
 * into it and reads the same columns. Both sides run in turn, five rounds each, and must agree on
 * every score. Goal: ratio at most 2.
 *
 *   gcc -O2 -std=c17 -D_GNU_SOURCE -I. tests/bench/bench_score.c -o bench_score \
 *       BUILD/libheng_models.a $(pkg-config --libs jansson gsl libcrypto) -lm
 *   ./bench_score [ENTITIES] [MODEL.json]
 *
 * With a second argument that model is run too; it has no bare counterpart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "models/credit/run.h"
#include "models/models.h"

enum { ROUNDS = 5, AS_OF = 20634 };

#define DECAY                                                                                      \
    "\"decay\":[{\"within\":{\"days\":365},\"ppm\":1000000},{\"within\":{\"days\":730},\"ppm\":"   \
    "600000},{\"within\":{\"days\":1095},\"ppm\":300000}]"
#define TITLE "\"title\":{\"zh\":\"题\",\"en\":\"title\"}"

static const char document[] =
    "{\"model\":\"heng-credit-model-1\",\"scheme\":\"bench\",\"version\":\"1\"," TITLE
    ",\"valid_from\":\"2024-01-01\",\"authority\":{\"zh\":\"无\",\"en\":\"none\"},\"example\":true,"
    "\"jurisdiction\":\"CN\",\"classes\":[\"A\",\"B\",\"C\"],\"base_milli\":0,\"unknown\":{"
    "\"low_coverage_ppm\":0},\"direct\":[{\"id\":\"listed\"," TITLE
    ",\"basis\":\"b\",\"class\":\"C\",\"facts\":{\"kinds\":[\"serious_list\"]}}],\"adjust\":[],"
    "\"bands\":[{\"class\":\"A\",\"below_milli\":200000},{\"class\":\"B\",\"below_milli\":400000},"
    "{\"class\":\"C\"}],\"dimensions\":[{\"id\":\"records\"," TITLE
    ",\"base_milli\":0,\"min_milli\":0,\"max_milli\":800000,\"indicators\":["
    "{\"id\":\"penalties\"," TITLE ",\"kind\":\"events\",\"facts\":{\"kinds\":["
    "\"administrative_penalty\"]},\"points_milli\":{\"none\":50000,\"minor\":20000,\"general\":"
    "60000,"
    "\"serious\":150000}," DECAY ",\"max_milli\":400000},"
    "{\"id\":\"complaints\"," TITLE ",\"kind\":\"events\",\"facts\":{\"kinds\":[\"complaint\"],"
    "\"states\":[\"upheld\",\"mediated\"]},\"points_milli\":{\"none\":15000,\"minor\":15000,"
    "\"general\":15000,\"serious\":15000}," DECAY ",\"max_milli\":150000},"
    "{\"id\":\"inspections\"," TITLE ",\"kind\":\"share\",\"facts\":{\"kinds\":[\"inspection\"]},"
    "\"adverse\":[\"failed\",\"refused\"],\"within\":{\"days\":1095},\"prior\":{\"share_ppm\":"
    "100000,"
    "\"weight\":4},\"bands\":[{\"below\":150000,\"points_milli\":0},{\"below\":300000,"
    "\"points_milli\":50000},{\"points_milli\":120000}]}]},"
    "{\"id\":\"basic\"," TITLE ",\"base_milli\":0,\"min_milli\":0,\"max_milli\":100000,"
    "\"indicators\":[{\"id\":\"capital\"," TITLE ",\"kind\":\"attribute\",\"attribute\":"
    "\"capital_fen\",\"bands\":[{\"below\":10000000,\"points_milli\":30000},{\"points_milli\":"
    "10000}],"
    "\"missing_milli\":20000}]}]}";

static uint64_t random_state = 42;

static unsigned below(unsigned n)
{
    uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (unsigned)((z ^ (z >> 31)) % n);
}

static void stop(const struct error *err)
{
    (void)fprintf(stderr, "%s: %s\n", err->subject, err->message);
    exit(1);
}

static struct credit_fact make_fact(uint64_t id)
{
    static const uint8_t kinds[] = {CREDIT_KIND_INSPECTION, CREDIT_KIND_INSPECTION,
                                    CREDIT_KIND_COMPLAINT,  CREDIT_KIND_ADMINISTRATIVE_PENALTY,
                                    CREDIT_KIND_AWARD,      CREDIT_KIND_TAX_GRADE};
    struct credit_fact fact = {
        .id = id,
        .kind = kinds[below(6)],
        .severity = (uint8_t)below(4),
        .occurred_on = AS_OF + 30 - (int)below(1400),
        .ends_on = below(10) ? DAY_NONE : AS_OF + 300 - (int)below(600),
    };
    if (fact.kind == CREDIT_KIND_INSPECTION)
        fact.state = (uint8_t)(CREDIT_STATE_PASSED + below(8));
    else if (fact.kind == CREDIT_KIND_COMPLAINT)
        fact.state = (uint8_t)(CREDIT_STATE_UPHELD + below(6));
    return fact;
}

static struct credit_snapshot *make_snapshot(size_t entities)
{
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    if (!snapshot || !credit_snapshot_reserve(snapshot, entities, entities * 10, 0, &err))
        stop(&err);
    uint64_t id = 0;
    for (size_t i = 0; i < entities; i++) {
        struct credit_subject subject = credit_subject_unknown((int64_t)i + 1);
        subject.capital_fen = (int64_t)below(30000000);
        if (!credit_snapshot_add_entity(snapshot, &subject, &err))
            stop(&err);
        for (unsigned k = below(21); k > 0; k--) {
            struct credit_fact fact = make_fact(id++);
            if (!credit_snapshot_add_fact(snapshot, &fact, &err))
                stop(&err);
        }
    }
    if (!credit_snapshot_finish(snapshot, &err))
        stop(&err);
    return snapshot;
}

static int64_t bare_score(const struct credit_subject *subject, const struct credit_fact *facts,
                          size_t count)
{
    static const int64_t penalty_points[3][4] = {
        {50000, 20000, 60000, 150000}, {30000, 12000, 36000, 90000}, {15000, 6000, 18000, 45000}};
    static const int64_t complaint_points[3] = {15000, 9000, 4500};
    int64_t penalties = 0;
    int64_t complaints = 0;
    int64_t inspections = 0;
    int64_t adverse = 0;
    for (size_t i = 0; i < count; i++) {
        const struct credit_fact *fact = &facts[i];
        int age = AS_OF - fact->occurred_on;
        if (age < 0 || age > 1095 || (fact->ends_on != DAY_NONE && fact->ends_on <= AS_OF))
            continue;
        int step = (age > 365) + (age > 730);
        switch (fact->kind) {
        case CREDIT_KIND_ADMINISTRATIVE_PENALTY:
            penalties += penalty_points[step][fact->severity];
            break;
        case CREDIT_KIND_COMPLAINT:
            if (fact->state == CREDIT_STATE_UPHELD || fact->state == CREDIT_STATE_MEDIATED)
                complaints += complaint_points[step];
            break;
        case CREDIT_KIND_INSPECTION:
            inspections++;
            adverse += fact->state == CREDIT_STATE_FAILED || fact->state == CREDIT_STATE_REFUSED;
            break;
        default:
            break;
        }
    }
    int64_t share = (adverse * 1000000 + 400000) / (inspections + 4);
    int64_t sum = (penalties < 400000 ? penalties : 400000) +
                  (complaints < 150000 ? complaints : 150000) +
                  (share < 150000   ? 0
                   : share < 300000 ? 50000
                                    : 120000);
    return (sum < 800000 ? sum : 800000) + (subject->capital_fen < 10000000 ? 30000 : 10000);
}

static void bare_run(const struct credit_snapshot *snapshot, int64_t *scores)
{
    for (size_t i = 0; i < snapshot->entity_count; i++) {
        uint64_t start = snapshot->fact_start[i];
        scores[i] = bare_score(&snapshot->subjects[i], &snapshot->facts[start],
                               snapshot->fact_start[i + 1] - start);
    }
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double timed_run(const struct credit_snapshot *snapshot, const struct credit_model *model,
                        unsigned threads, struct credit_result *results)
{
    struct error err = {.kind = ERROR_NONE};
    double from = seconds();
    if (!credit_run(snapshot, model, AS_OF, threads, results, &err))
        stop(&err);
    return seconds() - from;
}

static void compare(const struct credit_snapshot *snapshot, const int64_t *scores,
                    const struct credit_result *results)
{
    for (size_t i = 0; i < snapshot->entity_count; i++) {
        if (scores[i] != results[i].score_milli) {
            (void)fprintf(stderr, "entity %zu: bare %lld, engine %lld\n", i, (long long)scores[i],
                          (long long)results[i].score_milli);
            exit(1);
        }
    }
}

static struct credit_model *read_model(const char *bytes, size_t size, struct arena *arena)
{
    struct credit_model *model = NULL;
    struct error err = {.kind = ERROR_NONE};
    if (!credit_model_read(bytes, size, "bench", arena, &model, &err))
        stop(&err);
    return model;
}

static double lower(double a, double b)
{
    return a < b ? a : b;
}

static void bench(const struct credit_snapshot *snapshot, const struct credit_model *model,
                  int64_t *scores, struct credit_result *results)
{
    double bare = 1e9;
    double one = 1e9;
    double two = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double from = seconds();
        bare_run(snapshot, scores);
        bare = lower(bare, seconds() - from);
        one = lower(one, timed_run(snapshot, model, 1, results));
        two = lower(two, timed_run(snapshot, model, 2, results));
    }
    compare(snapshot, scores, results);
    printf("bare loop %.1f ms; credit_run 1 thread %.1f ms (%.2f x), 2 threads %.1f ms (%.2f x)\n",
           bare * 1e3, one * 1e3, one / bare, two * 1e3, two / bare);
}

static void bench_file(const struct credit_snapshot *snapshot, const char *path,
                       struct arena *arena, struct credit_result *results)
{
    static char bytes[CREDIT_MODEL_BYTES_CAP];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    const struct credit_model *model = read_model(bytes, size, arena);
    double one = 1e9;
    for (int round = 0; round < ROUNDS; round++)
        one = lower(one, timed_run(snapshot, model, 1, results));
    printf("%s: 1 thread %.1f ms\n", path, one * 1e3);
}

int main(int argc, char **argv)
{
    int64_t entities = 1000000;
    if (argc > 1 && (!text_to_i64(text_of(argv[1]), &entities) || entities < 1)) {
        (void)fprintf(stderr, "usage: bench_score [ENTITIES] [MODEL.json]\n");
        return 2;
    }
    models_init();
    struct arena arena;
    arena_init(&arena, 16u * 1024 * 1024);
    struct credit_snapshot *snapshot = make_snapshot((size_t)entities);
    int64_t *scores = calloc(snapshot->entity_count, sizeof *scores);
    struct credit_result *results = calloc(snapshot->entity_count, sizeof *results);
    if (!scores || !results)
        abort();
    printf("%zu entities, %zu facts\n", snapshot->entity_count, snapshot->fact_count);
    bench(snapshot, read_model(document, sizeof document - 1, &arena), scores, results);
    if (argc > 2)
        bench_file(snapshot, argv[2], &arena, results);
    free(results);
    free(scores);
    credit_snapshot_free(snapshot);
    arena_reset(&arena);
    return 0;
}
