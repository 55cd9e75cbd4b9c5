/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command `heng draw` and the service share: the moment, the secrets and the evidence of a
 * draw, and what a verification says. */
#ifndef HENG_DAEMON_DRAW_WORK_H
#define HENG_DAEMON_DRAW_WORK_H

#include <jansson.h>

#include "daemon/clock.h"
#include "daemon/settings.h"
#include "etl/store/draw_store.h"
#include "models/draw/verify.h"

/* A context with the texts it points to; it must not be copied. */
struct draw_work {
    struct draw_context context;
    char now[MOMENT_TEXT_SIZE];
    char now_utc[CLOCK_UTC_SIZE];
};

/* Of this moment. actor and request_id are borrowed, see struct audit_event. */
void draw_work_init(struct draw_work *work, struct db *db, struct arena *arena,
                    const struct settings *settings, const char *actor, const char *request_id);

/* Commits with a fresh secret and salt key, which are put into the request and forgotten. */
ERROR_CHECKED bool draw_work_commit(const struct draw_work *work,
                                    struct draw_commit_request *request, struct draw_step *step,
                                    struct error *err);

/* The evidence of a beacon from text: a drand signature in hexadecimal, the declared text as it is,
 * "" for a rehearsal. ERROR_INPUT when it cannot be evidence of this source. */
ERROR_CHECKED bool draw_work_evidence(int beacon_source, const char *text, struct arena *arena,
                                      struct text *out, struct error *err);

/* What verify_bundle() returned, as JSON: {"verdict": "valid" | "not-revealed" | "invalid",
 * "detail", …}. NULL for other failures and without memory. */
json_t *draw_work_verdict(bool valid, const struct verify_report *report, const struct error *err);

#endif
