-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the staging table of a batch of credit_record records; the columns of the record table
-- behind the number of the version inside the batch and the subject as the source named it.
CREATE TEMP TABLE stage (
    version        integer NOT NULL,
    subject_scheme text NOT NULL,
    subject_code   text NOT NULL,
    subject_jurisdiction text NOT NULL,
    LIKE credit_record
) ON COMMIT DROP
