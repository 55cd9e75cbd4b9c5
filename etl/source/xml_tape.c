/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xml_tape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "etl/source/record.h"
#include "etl/source/xml.h"

/* A record at its cap, behind a tag at its cap, with the block that holds its end. */
enum { KEPT = SOURCE_RECORD_CAP + XML_TOKEN_CAP, BLOCK_CAP = 256 * 1024, ROOM = KEPT + BLOCK_CAP };

bool xml_tape_init(struct xml_tape *tape, struct stream *stream, struct error *err)
{
    *tape = (struct xml_tape){.stream = stream, .data = malloc(ROOM)};
    return tape->data != NULL || error_memory(err);
}

void xml_tape_free(struct xml_tape *tape)
{
    free(tape->data);
    tape->data = NULL;
}

static void drop_unneeded(struct xml_tape *tape)
{
    int64_t end = tape->base + (int64_t)tape->size;
    int64_t keep = tape->keep < end - KEPT ? end - KEPT : tape->keep;
    if (keep <= tape->base)
        return;
    tape->size = (size_t)(end - keep);
    memmove(tape->data, tape->data + (keep - tape->base), tape->size);
    tape->base = keep;
}

bool xml_tape_read(void *context, char *buffer, size_t capacity, size_t *size, struct error *err)
{
    struct xml_tape *tape = context;
    assert(capacity <= BLOCK_CAP);
    if (!stream_read(tape->stream, buffer, capacity, size, err))
        return false;
    drop_unneeded(tape);
    memcpy(tape->data + tape->size, buffer, *size);
    tape->size += *size;
    return true;
}

struct text xml_tape_cut(const struct xml_tape *tape, int64_t begin, int64_t end)
{
    if (begin < tape->base || end > tape->base + (int64_t)tape->size)
        return TEXT_LITERAL("");
    size_t size = (size_t)(end - begin);
    return (struct text){tape->data + (begin - tape->base),
                         size < SOURCE_RECORD_CAP ? size : SOURCE_RECORD_CAP};
}
