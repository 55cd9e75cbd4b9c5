/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit chain: pages of it, and whether it is whole. */
#include <inttypes.h>

#include "daemon/route.h"
#include "etl/store/audit_store.h"

enum { LIMIT_DEFAULT = 50, LIMIT_MAX = 200 };

static json_t *entry_of(const struct db_rows *rows, int row)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "sequence",
                     (json_int_t)db_integer(rows, row, 0), "at", db_text(rows, row, 1), "actor",
                     db_text(rows, row, 2), "action", db_text(rows, row, 3), "subject",
                     db_text(rows, row, 4), "detail", db_text(rows, row, 5), "request_id",
                     db_text(rows, row, 6), "hash", db_text(rows, row, 7));
}

static json_t *page_of(const struct db_rows *rows, int64_t limit)
{
    int count = db_rows_count(rows);
    json_t *items = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(items, entry_of(rows, i));
    json_t *next = json_null();
    if (count == limit && db_integer(rows, count - 1, 0) > 1)
        next = json_sprintf("%s", db_text(rows, count - 1, 0));
    return json_pack("{s:o, s:o}", "items", items, "next", next);
}

bool route_audit_list(struct request *request, struct response *response, struct error *err)
{
    int64_t before = 0;
    int64_t limit = 0;
    struct db_rows *rows = NULL;
    if (!request_query_integer(request, "cursor", 1, INT64_MAX, 0, &before, err) ||
        !request_query_integer(request, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit, err) ||
        !audit_list(request->db, before, limit, &rows, err))
        return false;
    json_t *page = page_of(rows, limit);
    db_rows_free(rows);
    return response_json(response, page, err);
}

bool route_audit_verify(struct request *request, struct response *response, struct error *err)
{
    struct audit_check check;
    audit_check_init(&check);
    bool valid = audit_verify(request->db, &check, err);
    if (!valid && err->kind != ERROR_INVALID)
        return false;
    char hash[DIGEST_HEX_SIZE];
    text_hex(check.hash, DIGEST_SIZE, hash);
    return response_json(response,
                         json_pack("{s:s, s:I, s:s, s:s}", "verdict", valid ? "valid" : "invalid",
                                   "entries", (json_int_t)check.sequence, "head", hash, "detail",
                                   valid ? "" : err->message),
                         err);
}
