-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: record a batch; its presence is the proof that the batch's transaction committed.
-- Parameters: the columns, in order.
INSERT INTO load_batch (batch_id, source_id, file_name, file_sha256, file_bytes, mapping_sha256,
                        batch_in_file, first_record, last_in_file, rows_in, inserted, updated,
                        identical, rejected, stubs, known_at, loaded_at, encoding, delimiter,
                        header, columns, format, replay_of, refused, withheld)
VALUES ($1, $2, $3, decode($4, 'hex'), $5, decode($6, 'hex'), $7, $8, $9, $10, $11, $12, $13, $14,
        $15, $16, $17, $18, $19, decode($20, 'hex'), $21, $22, $23, $24, $25)
