/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the audit chain is whole; its entries are the list "audit". */
#include "daemon/route.h"
#include "etl/store/audit_store.h"

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
