/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/ledger.h"

#include <string.h>

#include "models/draw/frame.h"
#include "models/draw/ticket.h"

static const char *const yes_names[] = {"no", "yes", NULL};

#define AT_DRAW(member) offsetof(struct ledger_draw, member)
#define AT_REVEAL(member) offsetof(struct ledger_reveal, member)

static const struct record_field draw_fields[] = {
    {.key = "format", .kind = RECORD_LITERAL, .literal = "SR-DRAW-RECORD-v1"},
    {.key = "rehearsal", .kind = RECORD_CHOICE, .offset = AT_DRAW(rehearsal), .names = yes_names},
    {.key = "commit_hash", .kind = RECORD_DIGEST, .offset = AT_DRAW(commit_hash)},
    {.key = "beacon_source",
     .kind = RECORD_CHOICE,
     .offset = AT_DRAW(beacon_source),
     .names = beacon_source_names},
    {.key = "beacon_evidence", .kind = RECORD_TEXT, .offset = AT_DRAW(beacon_evidence)},
    {.key = "beacon", .kind = RECORD_DIGEST, .offset = AT_DRAW(beacon)},
    {.key = "key_hash", .kind = RECORD_DIGEST, .offset = AT_DRAW(key_hash)},
    {.key = "result_hash", .kind = RECORD_DIGEST, .offset = AT_DRAW(result_hash)},
    {.key = "selected_count",
     .kind = RECORD_NUMBER,
     .offset = AT_DRAW(selected_count),
     .max = FRAME_CAP},
    {.key = "log_previous", .kind = RECORD_DIGEST, .offset = AT_DRAW(log_previous)},
};

static const struct record_field reveal_fields[] = {
    {.key = "format", .kind = RECORD_LITERAL, .literal = "SR-DRAW-REVEAL-v1"},
    {.key = "commit_hash", .kind = RECORD_DIGEST, .offset = AT_REVEAL(commit_hash)},
    {.key = "secret", .kind = RECORD_DIGEST, .offset = AT_REVEAL(secret)},
    {.key = "key", .kind = RECORD_DIGEST, .offset = AT_REVEAL(key)},
    {.key = "log_previous", .kind = RECORD_DIGEST, .offset = AT_REVEAL(log_previous)},
};

/* log.txt: its lines by state, then a digest of themselves that tells a damaged log from a
 * damaged record. */
static const struct record_field log_fields[] = {
    {.key = "commit", .kind = RECORD_DIGEST, .offset = 0},
    {.key = "draw", .kind = RECORD_DIGEST, .offset = DIGEST_SIZE},
    {.key = "reveal", .kind = RECORD_DIGEST, .offset = (size_t)2 * DIGEST_SIZE},
};

static const struct record_field log_check_field = {
    .key = "check", .kind = RECORD_DIGEST, .offset = 0};

static const enum bundle_file record_files[] = {[BUNDLE_COMMITTED] = BUNDLE_COMMIT,
                                                [BUNDLE_DRAWN] = BUNDLE_DRAW,
                                                [BUNDLE_REVEALED] = BUNDLE_REVEAL};

static bool write_all(const struct record_field *fields, size_t count, const void *record,
                      struct arena *arena, struct text *out, struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, 1024);
    record_write(fields, count, record, &writer);
    return lines_finish(&writer, out, err);
}

static bool read_all(const struct record_field *fields, size_t count, enum bundle_file file,
                     struct text content, void *record, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[file].name, content);
    if (!record_read(fields, count, &reader, record, err))
        return false;
    return !lines_more(&reader) ||
           error_set(err, ERROR_INVALID, reader.file, "expected %zu lines, found more", count);
}

bool ledger_write_draw(const struct ledger_draw *draw, struct arena *arena, struct text *out,
                       struct error *err)
{
    return write_all(draw_fields, sizeof draw_fields / sizeof draw_fields[0], draw, arena, out,
                     err);
}

bool ledger_read_draw(struct text content, struct ledger_draw *out, struct error *err)
{
    return read_all(draw_fields, sizeof draw_fields / sizeof draw_fields[0], BUNDLE_DRAW, content,
                    out, err);
}

bool ledger_write_reveal(const struct ledger_reveal *reveal, struct arena *arena, struct text *out,
                         struct error *err)
{
    return write_all(reveal_fields, sizeof reveal_fields / sizeof reveal_fields[0], reveal, arena,
                     out, err);
}

bool ledger_read_reveal(struct text content, struct ledger_reveal *out, struct error *err)
{
    return read_all(reveal_fields, sizeof reveal_fields / sizeof reveal_fields[0], BUNDLE_REVEAL,
                    content, out, err);
}

bool ledger_write_log(const struct ledger_log *log, enum digest_alg alg, struct arena *arena,
                      struct text *out, struct error *err)
{
    struct lines_writer writer;
    unsigned char check[DIGEST_SIZE];
    lines_start(&writer, arena, 512);
    record_write(log_fields, (size_t)log->state + 1, log->entries, &writer);
    if (!lines_finish(&writer, out, err))
        return false;
    digest_of(alg, out->data, out->size, check);
    record_write(&log_check_field, 1, check, &writer);
    return lines_finish(&writer, out, err);
}

bool ledger_read_log(struct text content, enum digest_alg alg, enum bundle_state state,
                     struct ledger_log *out, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_LOG].name, content);
    unsigned char stated[DIGEST_SIZE];
    unsigned char check[DIGEST_SIZE];
    out->state = state;
    if (!record_read(log_fields, (size_t)state + 1, &reader, out->entries, err))
        return false;
    digest_of(alg, content.data, content.size - reader.rest.size, check);
    if (!record_read(&log_check_field, 1, &reader, stated, err) ||
        !ledger_same(BUNDLE_LOG, "check", check, stated, err))
        return false;
    return !lines_more(&reader) ||
           lines_invalid(&reader, err, "expected the end of the file, found more");
}

bool ledger_hash(enum digest_alg alg, const unsigned char previous[DIGEST_SIZE], struct text record,
                 unsigned char out[DIGEST_SIZE], struct error *err)
{
    static const unsigned char prefix = 0;
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    digest_update(digest, &prefix, 1);
    digest_update(digest, previous, DIGEST_SIZE);
    digest_update(digest, record.data, record.size);
    digest_finish(digest, out);
    digest_free(digest);
    return true;
}

bool ledger_check(const struct ledger_log *log, enum bundle_state state, enum digest_alg alg,
                  const unsigned char previous[DIGEST_SIZE], struct text record, struct error *err)
{
    unsigned char found[DIGEST_SIZE];
    return ledger_hash(alg, previous, record, found, err) &&
           ledger_same(record_files[state], "log hash", log->entries[state], found, err);
}

bool ledger_result_hash(enum digest_alg alg, const unsigned char key[DIGEST_SIZE],
                        struct text result, unsigned char out[DIGEST_SIZE], struct error *err)
{
    static const unsigned char domain = TICKET_RESULT;
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    digest_update(digest, key, DIGEST_SIZE);
    digest_update(digest, &domain, 1);
    digest_update(digest, result.data, result.size);
    digest_finish(digest, out);
    digest_free(digest);
    return true;
}

bool ledger_same(enum bundle_file file, const char *name, const unsigned char expected[DIGEST_SIZE],
                 const unsigned char found[DIGEST_SIZE], struct error *err)
{
    char expected_hex[DIGEST_HEX_SIZE];
    char found_hex[DIGEST_HEX_SIZE];
    if (memcmp(expected, found, DIGEST_SIZE) == 0)
        return true;
    text_hex(expected, DIGEST_SIZE, expected_hex);
    text_hex(found, DIGEST_SIZE, found_hex);
    return error_set(err, ERROR_INVALID, bundle_rules[file].name, "%s: expected %s, found %s", name,
                     expected_hex, found_hex);
}
