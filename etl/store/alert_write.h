/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing alerts and their chain inside one transaction: of the alert store, or of a caller that
 * takes steps (etl/store/alert_step.h) together with something else.
 */
#ifndef HENG_ETL_STORE_ALERT_WRITE_H
#define HENG_ETL_STORE_ALERT_WRITE_H

#include "etl/store/db.h"
#include "models/alert/life.h"
#include "models/core/digest.h"

enum { ALERT_NUMBER_SIZE = 24, ALERT_MOMENT_SIZE = 32 };

/* The end of the chain. */
struct alert_writer {
    struct db *db;
    const char *now;
    char at[ALERT_MOMENT_SIZE]; /* now, as the chain writes it */
    int64_t transition_id;      /* of the last step */
    int64_t links;              /* that this transaction added */
    unsigned char hash[DIGEST_SIZE];
    struct digest *digest;
};

/* A step to add; texts that are NULL are absent. */
struct alert_link {
    int64_t alert_id;
    const char *fingerprint; /* hexadecimal */
    const char *rule_id;
    enum life_event event;
    enum life_state from;
    enum life_state to;
    const char *actor;
    const char *reason;
    const char *assignee;
    const char *verdict;
    const char *evidence;
    day as_of; /* DAY_NONE: absent */
};

/* A scan reads all its records in one state of the database; a step sees what others commit next to
 * it, so that it can share its transaction with the audit chain. */
enum alert_write_kind { ALERT_WRITE_STEPS, ALERT_WRITE_SCAN };

/* Starts the transaction and waits for other writers. close ends it: notes the change and commits
 * when done is true and rolls back otherwise, which is also what happens when opening failed;
 * returns the success of all of it. */
ERROR_CHECKED bool alert_write_open(struct alert_writer *writer, struct db *db,
                                    enum alert_write_kind kind, const char *now, struct error *err);
ERROR_CHECKED bool alert_write_close(struct alert_writer *writer, bool done, struct error *err);

ERROR_CHECKED bool alert_write_link(struct alert_writer *writer, const struct alert_link *link,
                                    struct error *err);

/* Decimal digits into buffer (ALERT_NUMBER_SIZE), returned. */
const char *alert_write_number(int64_t number, char *buffer);

#endif
