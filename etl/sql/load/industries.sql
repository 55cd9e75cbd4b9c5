-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the codes of GB/T 4754, sections included. Columns: industry_code.
SELECT industry_code FROM industry
