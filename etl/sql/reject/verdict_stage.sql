-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what became of the rejects of a replay; field, reason and message of those that failed.
CREATE TEMP TABLE verdict (
    reject_id bigint NOT NULL,
    failed    boolean NOT NULL,
    field     text,
    reason    text,
    message   text
) ON COMMIT DROP
