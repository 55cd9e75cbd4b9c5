-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the shipped industry codes, new or changed.
INSERT INTO industry (industry_code, section, level, parent, name)
SELECT industry_code, section, level, parent, name FROM shipped_industry
ON CONFLICT (industry_code) DO UPDATE
   SET section = EXCLUDED.section, level = EXCLUDED.level, parent = EXCLUDED.parent,
       name = EXCLUDED.name
 WHERE (industry.section, industry.level, industry.parent, industry.name)
       IS DISTINCT FROM (EXCLUDED.section, EXCLUDED.level, EXCLUDED.parent, EXCLUDED.name)
