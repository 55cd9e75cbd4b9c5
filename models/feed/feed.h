/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A feed document ("heng-feed-1", models/catalog/feed/, schema in models/catalog/schema/) says how
 * the records of one source arrive by themselves. The feed is named by the source of its mapping:
 * one source, one feed.
 *
 *   feed      "heng-feed-1"
 *   kind      "folder" or "push"
 *   mapping   path of the mapping document below the folder of the feed documents
 *   schedule  {"every_seconds"} or {"at": ["HH:MM", …]}; optional "working_days_only". Not of push,
 *             which comes when it comes
 *   expected  optional {"every_minutes", optional "working_days_only"}: the source says that it
 *             delivers that often, so that its silence is noticed (models/alert/silence.h)
 *   folder    {"path": absolute, "pattern": as the shell's, "ready": {"by": "quiet", "seconds"},
 *             {"by": "done"} or {"by": "rename"}; optional "archive_days" (none: accepted files are
 *             not kept), "refused_days" (default 30)}; see etl/feed/folder.h
 *   push      {"accounts": [names of the accounts that may deliver]}
 *
 * Everything lives in the arena.
 */
#ifndef HENG_MODELS_FEED_FEED_H
#define HENG_MODELS_FEED_FEED_H

#include "models/core/arena.h"
#include "models/core/error.h"
#include "models/feed/schedule.h"

enum {
    FEED_BYTES_CAP = 64 * 1024,
    FEED_ACCOUNTS_CAP = 16,
    FEED_EXPECTED_CAP_MINUTES = 366 * 1440,
    FEED_QUIET_CAP_SECONDS = 86400,
    FEED_KEEP_CAP_DAYS = 3660,
    FEED_REFUSED_DAYS = 30
};

enum feed_kind { FEED_FOLDER, FEED_PUSH, FEED_KIND_COUNT };

/* When a file in a watched folder is whole. */
enum feed_ready {
    FEED_READY_QUIET, /* neither written nor renamed for some seconds */
    FEED_READY_DONE,  /* a file of the same name with ".done" behind it stands beside it */
    FEED_READY_RENAME /* it got a name that fits the pattern by a rename */
};

struct feed_folder {
    const char *path;
    const char *pattern;
    enum feed_ready ready;
    int quiet_seconds;
    int archive_days; /* 0: accepted files are not kept */
    int refused_days;
};

struct feed_push {
    const char *accounts[FEED_ACCOUNTS_CAP];
    size_t account_count;
};

struct feed {
    enum feed_kind kind;
    const char *mapping;
    bool scheduled; /* it has a schedule */
    struct schedule schedule;
    int expected_minutes; /* 0: no delivery is expected */
    bool expected_working_days;
    union {
        struct feed_folder folder;
        struct feed_push push;
    };
};

ERROR_CHECKED bool feed_read(const char *bytes, size_t size, const char *subject,
                             struct arena *arena, struct feed *out, struct error *err);

const char *feed_kind_name(enum feed_kind kind);

#endif
