/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/record.h"

#include "etl/store/audit_store.h"

static struct audit_event event_of(const struct request *request, const char *action,
                                   const char *subject, const char *detail)
{
    return (struct audit_event){
        .at = request->now_utc,
        .actor = request->user.name[0] ? request->user.name : "nobody",
        .action = action,
        .subject = subject,
        .detail = detail ? detail : "",
        .request_id = request->id,
    };
}

bool record_event(struct request *request, const char *action, const char *subject,
                  const char *detail, struct error *err)
{
    struct audit_event event = event_of(request, action, subject, detail);
    return audit_append(request->db, &event, err);
}

bool record_alone(struct request *request, const char *action, const char *subject,
                  const char *detail, struct error *err)
{
    struct audit_event event = event_of(request, action, subject, detail);
    return audit_append_alone(request->db, &event, err);
}
