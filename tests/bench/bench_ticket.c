/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tickets and selection over a frame, against the bare hashing of the same messages; the goal is a
 * ratio of at most 3. Links with heng_models:
 *
 *   add_executable(bench_ticket tests/bench/bench_ticket.c)
 *   target_link_libraries(bench_ticket PRIVATE heng_models)
 *
 * usage: bench_ticket [entities]   (default 3,200,000; 5 % are drawn)
 * Prints seconds of processor time and the ratio per hash function; exits 1 above the goal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "models/draw/selection.h"
#include "models/models.h"

enum { CODE_SIZE = 18, SHARE = 20, GOAL = 3 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static char *make_codes(size_t count)
{
    char *codes = calloc(count, CODE_SIZE + 1);
    for (size_t i = 0; codes && i < count; i++)
        snprintf(codes + i * (CODE_SIZE + 1), CODE_SIZE + 1, "TEST%014zu", i % 100000000000000);
    return codes;
}

static double bare(enum digest_alg alg, const char *codes, size_t count, unsigned char *sum)
{
    unsigned char message[DIGEST_SIZE + 1 + CODE_SIZE] = {0};
    unsigned char out[DIGEST_SIZE];
    struct digest *digest = digest_new(alg);
    if (!digest)
        abort();
    double start = seconds();
    for (size_t i = 0; i < count; i++) {
        memcpy(message + DIGEST_SIZE + 1, codes + i * (CODE_SIZE + 1), CODE_SIZE);
        digest_start(digest);
        digest_update(digest, message, sizeof message);
        digest_finish(digest, out);
        *sum ^= out[0];
    }
    double spent = seconds() - start;
    digest_free(digest);
    return spent;
}

static double drawn(enum digest_alg alg, const char *codes, size_t count, unsigned char *sum)
{
    static const unsigned char key[DIGEST_SIZE] = {0};
    struct arena arena;
    struct error err;
    struct ticket_press press;
    struct selection selection;
    arena_init(&arena, (size_t)1 << 31);
    if (!ticket_open(&press, alg, key, &err) ||
        !selection_init(&selection, count / SHARE, &arena, &err))
        abort();
    double start = seconds();
    for (size_t i = 0; i < count; i++) {
        struct selected item = {.id = {codes + i * (CODE_SIZE + 1), CODE_SIZE}, .index = i};
        item.ticket = ticket_of(&press, TICKET_ENTITY, item.id);
        selection_offer(&selection, &item);
    }
    selection_sort(&selection);
    double spent = seconds() - start;
    *sum ^= selection.items[0].ticket.bytes[0];
    ticket_close(&press);
    arena_reset(&arena);
    return spent;
}

int main(int argc, char **argv)
{
    models_init();
    size_t count = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 3200000;
    char *codes = count >= SHARE ? make_codes(count) : NULL;
    if (!codes) {
        fprintf(stderr, "expected a number of entities from %d on\n", SHARE);
        return 2;
    }
    int status = 0;
    for (int alg = DIGEST_SHA256; alg <= DIGEST_SM3; alg++) {
        unsigned char sum = 0;
        double base = bare((enum digest_alg)alg, codes, count, &sum);
        double full = drawn((enum digest_alg)alg, codes, count, &sum);
        printf("%s: %zu entities, hashing %.2f s, tickets and selection %.2f s, ratio %.2f "
               "(goal %d; check %02x)\n",
               digest_name((enum digest_alg)alg), count, base, full, full / base, GOAL, sum);
        if (full > GOAL * base)
            status = 1;
    }
    free(codes);
    return status;
}
