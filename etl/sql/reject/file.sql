-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how the file of a batch was written. Parameters: batch_id. Columns: file name, encoding,
-- header (hex); the last two NULL for a batch from before they were kept.
SELECT file_name, encoding, encode(header, 'hex') FROM load_batch WHERE batch_id = $1
