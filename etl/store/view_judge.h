/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the figures of an answer are judged by, as statement parameters, so that a number and the
 * list behind it are of one definition:
 *
 *     @judged_on              the day of the answer: as_of of the published run, today before the
 *                             first; later records and steps have not happened
 *     @utc_offset             minutes that the register's zone is ahead of UTC: where days end
 *     @deadline_jurisdiction  whose complaints have a time limit for acceptance; NULL: nobody's
 *     @deadline_from          first day of receipt with a limit in force
 *     @deadline_days          array: the last day in time for receipt on @deadline_from, the day
 *                             after … up to @judged_on; NULL where no limit is in force
 *     @judged_outcomes        array: outcomes of inspections that the published model judges …
 *     @adverse_outcomes       … and those of them that it counts as adverse; NULL without a run
 *                             and where the model judges no inspections
 *     @classes                array: classes of the published model, best first; NULL without a run
 *
 * The limit is that of the alert rules of kind complaint_not_accepted (models/alert/deadline.h) for
 * the first jurisdiction among them whose working days are known. It reaches back
 * VIEW_JUDGE_DEADLINE_DAYS: older complaints have none.
 */
#ifndef HENG_ETL_STORE_VIEW_JUDGE_H
#define HENG_ETL_STORE_VIEW_JUDGE_H

#include "etl/store/view.h"

enum { VIEW_JUDGE_DEADLINE_DAYS = 36525 };

/* Whether name is one of the above. */
bool view_judge_knows(const char *name);

/* Within view_answer(); the value lives in the view's arena. */
ERROR_CHECKED bool view_judge_value(struct view *view, const char *name, const char **out,
                                    struct error *err);

#endif
