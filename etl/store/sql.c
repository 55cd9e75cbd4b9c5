/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/sql.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

/* Generated at build time from the files of etl/sql/. */
extern const struct sql_document sql_documents[];

const struct sql_document *sql_all(void)
{
    return sql_documents;
}

size_t sql_count(void)
{
    static atomic_size_t known; /* the same for every thread that finds it 0 */
    size_t count = atomic_load(&known);
    if (count > 0)
        return count;
    while (sql_documents[count].name)
        count++;
    atomic_store(&known, count);
    return count;
}

size_t sql_place(const char *name)
{
    size_t first = 0;
    size_t last = sql_count();
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = strcmp(sql_documents[middle].name, name);
        if (order == 0)
            return middle;
        if (order < 0)
            first = middle + 1;
        else
            last = middle;
    }
    assert(false && "no such SQL file");
    return 0;
}

const char *sql_text(const char *name)
{
    return sql_documents[sql_place(name)].text;
}
