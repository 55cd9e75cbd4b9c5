-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: which database this is. The identity stays with a cluster for life, and a restored
-- register has another one. Columns: server version, database, identity, bytes.
SELECT current_setting('server_version'), current_database(),
       (SELECT system_identifier::text FROM pg_control_system()) || '/' || current_database(),
       pg_database_size(current_database())
