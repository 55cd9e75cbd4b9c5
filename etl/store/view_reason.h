/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The score of an entity and why it is so; used by the file of an entity only. */
#ifndef HENG_ETL_STORE_VIEW_REASON_H
#define HENG_ETL_STORE_VIEW_REASON_H

#include "etl/store/view.h"

/* Adds score, reasons and reasons_state as view_entity.h says. identity is the entity's number, of
 * this scheme and code. */
ERROR_CHECKED bool view_reason_add(struct view *view, const char *scheme, const char *code,
                                   const char *identity, json_t *answer, struct error *err);

#endif
