/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A watched folder. A file that is whole is claimed (a rename into PATH/work, so that no two
 * programs take the same one), loaded, and then archived or deleted; one that is not what it must
 * be goes to PATH/refused with a note that says why. Files are taken in the order of their names.
 * What a killed run left in PATH/work is finished first: the claim is the key of the delivery, so a
 * file is loaded once wherever the run ended. The folders are those of folder_place.h.
 *
 * A file that was loaded before word for word changes nothing, and is archived as what it is.
 * A refused file was not stored: it still is what its sender put there, moved aside, and is deleted
 * after refused_days.
 */
#ifndef HENG_ETL_FEED_FOLDER_H
#define HENG_ETL_FEED_FOLDER_H

#include "etl/feed/delivery.h"

ERROR_CHECKED bool folder_run(struct feed_run *run, struct error *err);

/* Whether a run could begin: the folders are there and are ours. */
ERROR_CHECKED bool folder_check(const struct feed_entry *entry, struct error *err);

#endif
