-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where complaints come from and since when, as known.
-- Parameters: 1 the moment at which the day is over. Columns: jurisdiction, first received_on.
SELECT c.jurisdiction, min(c.received_on)
  FROM (SELECT jurisdiction, received_on FROM complaint
         WHERE known_at < $1::timestamptz
        UNION ALL
        SELECT jurisdiction, received_on FROM complaint_past
         WHERE known_at < $1::timestamptz AND known_until >= $1::timestamptz) c
 GROUP BY 1
 ORDER BY 1
