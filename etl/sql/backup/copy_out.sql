-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: every row of a table, as text, behind a line with the names of its columns.
-- Parameters: table (a name, not a value). Columns: lines of COPY.
COPY :"table" TO STDOUT (HEADER)
