-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: staging of the regions shipped with the program.
CREATE TEMP TABLE shipped_region (
    region_code text NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    name        text NOT NULL,
    region_kind text NOT NULL,
    parent      text,
    content_hash uuid NOT NULL
) ON COMMIT DROP
