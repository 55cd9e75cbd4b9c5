/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/bundle/tar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The fields of a header; numbers are octal digits that end with a NUL. */
struct header {
    char name[100];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char mtime[12];
    char checksum[8];
    char type;
    char link[100];
    char magic[6];
    char version[2];
    char owner[32];
    char group[32];
    char major[8];
    char minor[8];
    char prefix[155];
    char rest[12];
};

static_assert(sizeof(struct header) == TAR_BLOCK_BYTES, "a header is one block");

static void put_octal(char *field, size_t size, int64_t value)
{
    int printed = snprintf(field, size, "%0*llo", (int)size - 1, (unsigned long long)value);
    assert(printed == (int)size - 1);
}

void tar_header(const char *name, int64_t size, int64_t changed_at_s,
                unsigned char out[TAR_BLOCK_BYTES])
{
    struct header header = {.type = '0', .magic = "ustar", .version = {'0', '0'}};
    assert(strlen(name) <= TAR_NAME_CAP && size >= 0 && size < TAR_FILE_CAP);
    memcpy(header.name, name, strlen(name));
    put_octal(header.mode, sizeof header.mode, 0644);
    put_octal(header.uid, sizeof header.uid, 0);
    put_octal(header.gid, sizeof header.gid, 0);
    put_octal(header.size, sizeof header.size, size);
    put_octal(header.mtime, sizeof header.mtime, changed_at_s);
    put_octal(header.major, sizeof header.major, 0);
    put_octal(header.minor, sizeof header.minor, 0);
    memset(header.checksum, ' ', sizeof header.checksum);
    memcpy(out, &header, sizeof header);
    unsigned sum = 0;
    for (size_t i = 0; i < TAR_BLOCK_BYTES; i++)
        sum += out[i];
    snprintf(header.checksum, sizeof header.checksum, "%06o", sum); /* then NUL and the blank */
    memcpy(out, &header, sizeof header);
}

size_t tar_padding(int64_t size)
{
    return (size_t)((TAR_BLOCK_BYTES - size % TAR_BLOCK_BYTES) % TAR_BLOCK_BYTES);
}
