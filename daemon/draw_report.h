/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What heng draw prints. */
#ifndef HENG_DAEMON_DRAW_REPORT_H
#define HENG_DAEMON_DRAW_REPORT_H

#include "daemon/invocation.h"
#include "etl/store/draw_store.h"

enum draw_report { DRAW_REPORT_COMMIT, DRAW_REPORT_RUN, DRAW_REPORT_REVEAL };

ERROR_CHECKED bool draw_report_step(const struct invocation *inv, enum draw_report what,
                                    const char *authority, const struct draw_step *step,
                                    struct error *err);
ERROR_CHECKED bool draw_report_list(const struct invocation *inv, const struct db_rows *rows,
                                    struct error *err);

#endif
