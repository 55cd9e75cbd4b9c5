-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: fill a table with lines of copy_out.sql; the first must name its columns in their order.
-- Parameters: table (a name, not a value). Columns: none.
COPY :"table" FROM STDIN (HEADER MATCH)
