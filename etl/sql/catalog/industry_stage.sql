-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: staging of the industry codes shipped with the program.
CREATE TEMP TABLE shipped_industry (
    industry_code text NOT NULL,
    section       text NOT NULL,
    level         smallint NOT NULL,
    parent        text,
    name          text NOT NULL
) ON COMMIT DROP
