-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream the shipped regions.
COPY shipped_region FROM STDIN
