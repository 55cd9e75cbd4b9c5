/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What scoring and scanning go by besides the database: documents and settings, the same for the
 * commands and for the jobs of the service. Documents live in the arena. The caller adds the moment
 * (now) and, if it wants, the progress.
 */
#ifndef HENG_DAEMON_WORK_H
#define HENG_DAEMON_WORK_H

#include "daemon/settings.h"
#include "etl/store/alert_store.h"
#include "etl/store/score_store.h"

/* path NULL: the model shipped with the program. */
ERROR_CHECKED bool work_score(const struct settings *settings, const char *path, day as_of,
                              struct arena *arena, struct score_request *out, struct error *err);

/* With the model of the published run, if there is one: what people see is scored anew by the same
 * rules, and another model gets into force by `heng score --model` only. */
ERROR_CHECKED bool work_score_again(const struct settings *settings, struct db *db, day as_of,
                                    struct arena *arena, struct score_request *out,
                                    struct error *err);

/* The working days that everything goes by. */
ERROR_CHECKED bool work_calendar(struct arena *arena, struct calendar *out, struct error *err);

/* path NULL: the rules that the settings name, else those shipped. Judges the last closed week. */
ERROR_CHECKED bool work_scan(const struct settings *settings, const char *path, day as_of,
                             struct arena *arena, struct alert_request *out, struct error *err);

#endif
