/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for people about lists, for files that leave the service: titles of lists and columns,
 * labels of codes. A list or column without a title fails a test; a code without a label (names
 * from documents, numbers of outside registers) stays what it is. The pages use the same words.
 */
#ifndef HENG_ETL_STORE_VIEW_TITLE_H
#define HENG_ETL_STORE_VIEW_TITLE_H

#include <stdbool.h>
#include <stddef.h>

/* NULL where the table has none. */
const char *view_list_title(const char *list, bool chinese);
/* A member of a nested object is "entity.name". */
const char *view_title(const char *column, bool chinese);
const char *view_label(const char *column, const char *code, bool chinese);

/* The i-th member ("name") of a column that holds an object; NULL after the last. A column whose
 * members are not named here is one value. */
const char *view_member(const char *column, size_t index);

#endif
