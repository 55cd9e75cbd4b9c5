-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream the rows of a batch into its staging table (all columns, text format).
COPY stage FROM STDIN
