-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: whether the embedded cluster has its application role and database.
-- Parameters: none. Columns: has_role, has_database (boolean).
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'heng') AS has_role,
       EXISTS (SELECT FROM pg_database WHERE datname = 'heng') AS has_database
