-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merges of different sources happen one after the other, each seeing the entities of
-- the one before; what they stage is read side by side. A merge of a million rows takes its time.
SET LOCAL lock_timeout = '15min';

LOCK TABLE load_batch IN SHARE ROW EXCLUSIVE MODE
