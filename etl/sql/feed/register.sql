-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a feed document as it reads now; its first moment stays unless it was gone in between,
-- and what the feed has done stays in any case.
-- Parameters: feed, kind, record kind, jurisdiction, title zh, title en, document hash (hex), mapping
-- hash (hex), expected minutes or NULL, on working days only, now. Columns: feed_id.
INSERT INTO feed (feed, feed_kind, record_kind, jurisdiction, title_zh, title_en, document_sha256,
                  mapping_sha256, expected_minutes, expected_working_days, registered_at, watermark,
                  failures)
VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), decode($8, 'hex'), $9, $10, $11, '', 0)
ON CONFLICT (feed) DO UPDATE
   SET feed_kind = excluded.feed_kind, record_kind = excluded.record_kind,
       jurisdiction = excluded.jurisdiction, title_zh = excluded.title_zh,
       title_en = excluded.title_en, document_sha256 = excluded.document_sha256,
       mapping_sha256 = excluded.mapping_sha256, expected_minutes = excluded.expected_minutes,
       expected_working_days = excluded.expected_working_days,
       registered_at = CASE WHEN feed.retired_at IS NULL THEN feed.registered_at
                            ELSE excluded.registered_at END,
       retired_at = NULL
RETURNING feed_id
