-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the visits of a draw that was just drawn, from its files, as rows.
-- Parameters: authority, draw_number.
INSERT INTO draw_visit
SELECT *
  FROM draw_visit_of_bundle
 WHERE authority = $1 AND draw_number = $2
