-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how values are written as text, until the end of the transaction, whatever the server,
-- the database or the role prefers; takes no snapshot.
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL TimeZone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;
SET LOCAL synchronize_seqscans = off
