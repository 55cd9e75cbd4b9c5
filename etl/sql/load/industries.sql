-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: every industry code, in both spellings that files carry: H6210 and 6210.
-- Columns: industry_code.
SELECT industry_code FROM industry
UNION ALL
SELECT section || industry_code FROM industry WHERE level > 1
