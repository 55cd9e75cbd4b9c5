-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the application role of the embedded cluster; it is no superuser.
-- Parameters: none.
CREATE ROLE heng LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
