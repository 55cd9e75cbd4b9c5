-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the database of the embedded cluster, owned by the application role.
-- Parameters: none.
CREATE DATABASE heng OWNER heng
