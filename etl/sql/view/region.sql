-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a code names, or last named. Parameters: region_code.
SELECT region_code, name FROM region WHERE region_code = $1 ORDER BY valid_from DESC LIMIT 1
