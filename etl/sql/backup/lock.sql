-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: nobody changes the form of the table, or empties it, before this transaction ends; takes
-- no snapshot. Parameters: table (a name, not a value). Columns: none.
LOCK TABLE :"table" IN ACCESS SHARE MODE
