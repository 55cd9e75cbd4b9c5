-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a check does all batches of a file in one transaction: room for the next.
DROP TABLE IF EXISTS stage, known, touched, timeline, rehome, moved
