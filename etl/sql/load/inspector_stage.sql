-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the staging table of a batch of inspector records; the columns of the record table
-- behind the number of the version inside the batch.
CREATE TEMP TABLE stage (
    version        integer NOT NULL,
    id             bigint NOT NULL,
    LIKE inspector
) ON COMMIT DROP
