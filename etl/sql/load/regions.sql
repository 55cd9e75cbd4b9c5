-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: every region code that was ever in force; old codes stay valid in old records.
-- Columns: region_code.
SELECT DISTINCT region_code FROM region
