-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the number of the next batch. Columns: batch_id.
SELECT nextval('load_batch_id')
