/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: one, a new one, and its steps. What a step needs is looked at here, so that a refusal
 * comes with its status and pointer, and again by the job, which alone decides. */
#include "daemon/body.h"
#include "daemon/draw_access.h"
#include "daemon/draw_work.h"
#include "daemon/job.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "daemon/service.h"
#include "etl/store/draw_file.h"
#include "models/draw/lines.h"

bool route_draw_one(struct request *request, struct response *response, struct error *err)
{
    struct view_draw_key key;
    return draw_access_open(request, response, DRAW_PLAN_SHARED, &key, err) &&
           route_view(request, response, view_draw_fill, &key, err);
}

static void init_work(struct request *request, struct draw_work *work)
{
    draw_work_init(work, request->db, request->arena, request->settings, request->user.name,
                   request->id);
}

/* subject: what the audit chain shows the job to be about. */
static bool queue(struct request *request, const char *kind, const json_t *argument,
                  const char *subject, int64_t *job_id, struct error *err)
{
    if (!db_begin(request->db, err) || !job_queue(request, kind, argument, job_id, err) ||
        !record_event(request, "job.queue", kind, subject, err) || !db_commit(request->db, err))
        return false;
    job_wake(request->service->jobs);
    return true;
}

/* What a request for a new draw says. */
struct asked {
    const char *plan;
    day as_of;
    int64_t redraw_of;
    const char *redraw_reason;
    int rehearsal; /* -1: not said */
    json_t *body;  /* holds the texts */
};

static bool read_asked(struct request *request, struct asked *asked, struct error *err)
{
    *asked = (struct asked){.as_of = DAY_NONE, .rehearsal = -1};
    const struct body_member members[] = {
        {"plan", BODY_TEXT, true, .text = &asked->plan},
        {"as_of", BODY_DAY, false, .day = &asked->as_of},
        {"redraw_of", BODY_NUMBER, false, .number = &asked->redraw_of},
        {"redraw_reason", BODY_TEXT, false, .text = &asked->redraw_reason},
        {"rehearsal", BODY_BOOL, false, .truth = &asked->rehearsal},
    };
    return body_read(request, members, sizeof members / sizeof members[0], &asked->body, err);
}

static bool fetch_plan(struct request *request, struct response *response,
                       const struct asked *asked, struct plan **out, struct error *err)
{
    enum draw_plan_reach reach;
    struct text document;
    if (!draw_access_reach(request, asked->plan, &reach, err))
        return false;
    if (reach == DRAW_PLAN_OTHER) {
        error_set(err, ERROR_INPUT, "/plan", "no plan of this name is registered");
        return false;
    }
    if (reach == DRAW_PLAN_SHARED) {
        problem_set(response, err, PROBLEM_FORBIDDEN, "/plan",
                    "this plan draws beyond the district or department of this account");
        return false;
    }
    return draw_plan_fetch(request->db, asked->plan, request->arena, out, &document, err);
}

static bool check_redraw(struct request *request, const struct asked *asked,
                         const struct plan *plan, struct error *err)
{
    const char *ignored;
    if (!asked->redraw_of)
        return !asked->redraw_reason ||
               error_set(err, ERROR_INPUT, "/redraw_of",
                         "a reason for a redraw goes with the number of the draw it replaces");
    if (!asked->redraw_reason || !lines_is_text(text_of(asked->redraw_reason)))
        return error_set(err, ERROR_INPUT, "/redraw_reason",
                         "a redraw has a reason: one line of 1 to %d bytes", LINES_TEXT_CAP);
    if (draw_plan_of_draw(request->db, plan->authority, asked->redraw_of, request->arena, &ignored,
                          err))
        return true;
    return err->kind == ERROR_NOT_FOUND &&
           error_set(err, ERROR_INPUT, "/redraw_of", "%s has no draw number %lld", plan->authority,
                     (long long)asked->redraw_of);
}

static bool check_asked(struct request *request, struct response *response,
                        const struct asked *asked, struct error *err)
{
    struct plan *plan;
    struct draw_work work;
    init_work(request, &work);
    if (!fetch_plan(request, response, asked, &plan, err))
        return false;
    bool rehearsal = plan->beacon_source == BEACON_REHEARSAL;
    if (asked->rehearsal >= 0 && (asked->rehearsal != 0) != rehearsal)
        return error_set(err, ERROR_INPUT, "/rehearsal",
                         "by the beacon of its plan this draw is %s rehearsal",
                         rehearsal ? "a" : "no");
    return check_redraw(request, asked, plan, err) &&
           draw_store_require_day(&work.context, asked->as_of, err) &&
           draw_plan_require_idle(request->db, plan, err);
}

static json_t *argument_of(const struct asked *asked)
{
    char as_of[DAY_TEXT_SIZE] = "";
    if (asked->as_of != DAY_NONE)
        day_format(asked->as_of, as_of);
    return json_pack("{s:s, s:s, s:I, s:s}", "plan", asked->plan, "as_of", as_of, "redraw_of",
                     (json_int_t)asked->redraw_of, "redraw_reason",
                     asked->redraw_reason ? asked->redraw_reason : "");
}

bool route_draw_new(struct request *request, struct response *response, struct error *err)
{
    struct asked asked;
    int64_t job_id = 0;
    if (!read_asked(request, &asked, err))
        return false;
    json_t *argument = argument_of(&asked);
    bool good = (argument || error_memory(err)) &&
                job_repeated(request, "draw_commit", argument, &job_id, err) &&
                (job_id || (check_asked(request, response, &asked, err) &&
                            queue(request, "draw_commit", argument, asked.plan, &job_id, err))) &&
                job_answer(request, response, job_id, err);
    json_decref(argument);
    json_decref(asked.body);
    return good;
}

typedef bool step_check(const struct draw_context *context, const struct view_draw_key *key,
                        const char *beacon, struct error *err);

/* A step of a draw as a job, when the draw is the account's own and check finds it possible. */
static bool queue_step(struct request *request, struct response *response, const char *kind,
                       const char *beacon, step_check *check, struct error *err)
{
    struct view_draw_key key;
    struct draw_work work;
    int64_t job_id = 0;
    init_work(request, &work);
    if (!draw_access_open(request, response, DRAW_PLAN_OWN, &key, err))
        return false;
    json_t *argument = json_pack("{s:s, s:I, s:s}", "authority", key.authority, "number",
                                 (json_int_t)key.number, "beacon", beacon ? beacon : "");
    char subject[LINK_SIZE];
    bool good =
        (argument || error_memory(err)) && job_repeated(request, kind, argument, &job_id, err) &&
        (job_id || (check(&work.context, &key, beacon, err) &&
                    queue(request, kind, argument,
                          link_make("draws", key.authority, key.number, subject), &job_id, err))) &&
        job_answer(request, response, job_id, err);
    json_decref(argument);
    return good;
}

static bool check_run(const struct draw_context *context, const struct view_draw_key *key,
                      const char *beacon, struct error *err)
{
    struct commit commit;
    struct text evidence;
    if (!draw_store_require_state(context, key->authority, key->number, "committed", err) ||
        !draw_file_commit(context, key->authority, key->number, &commit, err) ||
        !commit_beacon_due(&commit, context->now_s, err))
        return false;
    if (draw_work_evidence(commit.beacon_source, beacon ? beacon : "", context->arena, &evidence,
                           err))
        return true;
    struct error inner = *err;
    return inner.kind == ERROR_INPUT && error_set(err, ERROR_INPUT, "/beacon", "%s", inner.message);
}

bool route_draw_run(struct request *request, struct response *response, struct error *err)
{
    const char *beacon = NULL;
    const struct body_member members[] = {{"beacon", BODY_TEXT, false, .text = &beacon}};
    json_t *body = NULL;
    if (!body_read(request, members, 1, &body, err))
        return false;
    bool good = queue_step(request, response, "draw_run", beacon, check_run, err);
    json_decref(body);
    return good;
}

static bool check_reveal(const struct draw_context *context, const struct view_draw_key *key,
                         const char *beacon, struct error *err)
{
    (void)beacon;
    return draw_store_require_state(context, key->authority, key->number, "drawn", err);
}

bool route_draw_reveal(struct request *request, struct response *response, struct error *err)
{
    json_t *body = NULL;
    if (!body_read(request, NULL, 0, &body, err))
        return false;
    json_decref(body);
    return queue_step(request, response, "draw_reveal", NULL, check_reveal, err);
}

static bool abandon(struct request *request, struct response *response, const char *reason,
                    struct view_draw_key *key, struct error *err)
{
    struct draw_work work;
    init_work(request, &work);
    if (!lines_is_text(text_of(reason)))
        return error_set(err, ERROR_INPUT, "/reason", "expected one line of 1 to %d bytes",
                         LINES_TEXT_CAP);
    return draw_access_open(request, response, DRAW_PLAN_OWN, key, err) &&
           draw_store_abandon(&work.context, key->authority, key->number, reason, err);
}

bool route_draw_abandon(struct request *request, struct response *response, struct error *err)
{
    const char *reason = NULL;
    const struct body_member members[] = {{"reason", BODY_TEXT, true, .text = &reason}};
    struct view_draw_key key;
    json_t *body = NULL;
    if (!body_read(request, members, 1, &body, err))
        return false;
    bool good = abandon(request, response, reason, &key, err);
    json_decref(body);
    if (!good)
        return false;
    service_changed(request->service);
    return route_view(request, response, view_draw_fill, &key, err);
}
