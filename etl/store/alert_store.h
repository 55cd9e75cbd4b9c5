/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Alerts in the database: a scan turns findings into alerts, people take them through their life
 * (models/alert/life.h), and every step is a link of one chain (models/alert/chain.h).
 *
 * A scan as of a day uses only records known by then; a step of a complaint dated later has not
 * happened. One open alert per fingerprint: evidence newer than that of the last hit is another
 * hit, the same or older evidence changes nothing, so a scan may be repeated. Evidence is as new as
 * the week counted, the scan's day for a complaint still waiting, the score run for a class.
 *
 *   count_surge             a series per jurisdiction that sends complaints, and in it per group of
 *                           the rule; region and industry are the complaint's own, else its
 *                           entity's; labels jurisdiction, region_code, industry_section, the last
 *                           two ALERT_UNKNOWN where nothing says them
 *   class_downgrade         the class changes of the published run, if that is not later than the
 *                           scan's day: scan after each score; labels entity, scheme
 *   complaint_not_accepted  labels source, record_key: not the entity, which a correction of the
 *                           record may change. When such a complaint is no longer overdue, its open
 *                           alert keeps its state and gets a step `lapse`
 *   source_silent           feeds that state how often they deliver, as of the end of the scan's
 * day or, if that is still to come, as of now; label source. One hit a day; lapses when something
 * was delivered or nothing is expected any more
 *
 * Each call that writes is one transaction; writers wait for each other, readers do not. Results
 * live in the arena.
 */
#ifndef HENG_ETL_STORE_ALERT_STORE_H
#define HENG_ETL_STORE_ALERT_STORE_H

#include "etl/store/db.h"
#include "models/alert/life.h"
#include "models/alert/rule.h"
#include "models/core/arena.h"
#include "models/core/calendar.h"
#include "models/core/digest.h"

#define ALERT_UNKNOWN "unknown"
#define ALERT_SYSTEM "system" /* the actor of a scan's steps; no person may take this name */

enum {
    ALERT_WEEKS_CAP = 520,
    ALERT_LIST_CAP = 50000,
    ALERT_NAME_CAP = 200,   /* bytes of an actor or assignee */
    ALERT_REASON_CAP = 4000 /* bytes of a reason */
};

/* Called before each rule and each finding, `done` of `count` rules being applied; false, with an
 * error, ends the scan, which then never was. */
typedef bool alert_progress_function(void *context, size_t done, size_t count, struct error *err);

struct alert_request {
    const struct rule_list *rules;
    const struct calendar *calendar;
    day as_of;
    int weeks; /* judge this many closed weeks, 1 to ALERT_WEEKS_CAP */
    int utc_offset_minutes;
    const char *now;
    size_t memory_cap;                 /* bytes for the records of one rule */
    alert_progress_function *progress; /* may be NULL */
    void *progress_context;
};

/* Why a rule could not be applied at all. */
enum alert_obstacle {
    ALERT_APPLIED,
    ALERT_NOT_IN_FORCE, /* on no day that was judged */
    ALERT_NO_RECORD,    /* no complaint of the rule's jurisdiction is known */
    ALERT_NO_RUN,       /* no score run is published as of that day */
    ALERT_NO_FEED,      /* no feed of the rule's jurisdiction states how often it delivers */
    ALERT_OBSTACLE_COUNT
};

struct alert_rule_report {
    const struct rule *rule;
    enum alert_obstacle obstacle;
    int64_t judged;    /* weeks of series, class changes, complaints without a step, feeds */
    int64_t too_short; /* of these: weeks of series with too little history to judge */
    int64_t found;     /* = created + repeated + reopened + known */
    int64_t created;
    int64_t repeated; /* another hit of an open alert */
    int64_t reopened; /* another hit of a resolved alert */
    int64_t known;    /* evidence no newer than the alert's own */
    int64_t lapsed;
};

struct alert_report {
    struct alert_rule_report *rules; /* in the order of the request's rules */
    size_t count;
};

ERROR_CHECKED bool alert_store_scan(struct db *db, const struct alert_request *request,
                                    struct arena *arena, struct alert_report *out,
                                    struct error *err);

/* "applied", "not_in_force", … */
const char *alert_obstacle_name(enum alert_obstacle obstacle);

struct alert {
    int64_t alert_id;
    const char *rule_id;
    const char *rule_kind;
    const char *labels; /* a JSON object */
    const char *state;
    bool open;
    const char *severity;
    const char *entity_code; /* "scheme:code"; these three NULL where there is none */
    const char *region_code;
    const char *industry_section;
    day first_as_of;
    day last_as_of;
    int64_t hits;
    const char *evidence; /* a JSON object, of the last hit */
    day lapsed_as_of;     /* DAY_NONE: the condition was found when last looked for */
    const char *assignee; /* NULL: none, as for the verdict */
    const char *verdict;
    int64_t previous; /* 0: none */
    const char *created_at;
    const char *updated_at;
    const char *fingerprint; /* hexadecimal */
};

/* What to list; 0 and NULL = any. utc_offset is the zone of moments, as "+08:00". */
struct alert_filter {
    int64_t alert_id;
    bool only_open;
    const char *state;
    const char *rule_id;
    const char *region_code;
    const char *severity;
    int64_t limit; /* 1 to ALERT_LIST_CAP */
    const char *utc_offset;
};

struct alert_list {
    struct alert *rows; /* the most severe first, then by number */
    size_t count;
    bool more; /* the limit cut the list */
};

ERROR_CHECKED bool alert_store_list(struct db *db, const struct alert_filter *filter,
                                    struct arena *arena, struct alert_list *out, struct error *err);

/* ERROR_NOT_FOUND when there is none. */
ERROR_CHECKED bool alert_store_one(struct db *db, int64_t alert_id, const char *utc_offset,
                                   struct arena *arena, struct alert *out, struct error *err);

struct alert_transition {
    int64_t transition_id;
    const char *event;
    const char *from_state;
    const char *to_state;
    const char *actor;
    const char *reason; /* NULL: none, as for those below */
    const char *assignee;
    const char *verdict;
    day as_of;
    const char *at;
    const char *hash;
    const char *evidence;
};

ERROR_CHECKED bool alert_store_transitions(struct db *db, int64_t alert_id, const char *utc_offset,
                                           struct arena *arena, struct alert_transition **out,
                                           size_t *count, struct error *err);

/* A step of a person. ERROR_NOT_FOUND, or what life_apply() says of a step that is not allowed;
 * ERROR_INPUT for an actor that is missing, too long or ALERT_SYSTEM. */
ERROR_CHECKED bool alert_store_step(struct db *db, int64_t alert_id, const struct life_step *step,
                                    struct text actor, const char *now, struct error *err);

enum { ALERT_FLAW_SIZE = 256 };

struct alert_verdict {
    bool valid;
    int64_t transitions;        /* that fit, from the first on */
    int64_t alerts;             /* that agree with their steps */
    char head[DIGEST_HEX_SIZE]; /* hash of the last step that fits: note it elsewhere */
    int64_t transition_id;      /* the first step that does not fit, or 0 */
    int64_t alert_id;           /* the alert concerned, or 0 */
    char flaw[ALERT_FLAW_SIZE]; /* what is wrong; "" when valid */
};

/* Recomputes the chain, then compares every alert with what its steps and its labels say. False
 * only when the check could not be made. */
ERROR_CHECKED bool alert_store_verify(struct db *db, struct alert_verdict *out, struct error *err);
/* The same inside the caller's transaction. */
ERROR_CHECKED bool alert_store_verify_within(struct db *db, struct alert_verdict *out,
                                             struct error *err);

#endif
