/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From generated facts to rows of the source files, dirt included. Every function writes to the
 * sheets of a sending and keeps the truth's counts.
 */
#ifndef HENG_ETL_DEMO_SEND_H
#define HENG_ETL_DEMO_SEND_H

#include "etl/demo/firm.h"
#include "etl/demo/forms.h"
#include "etl/demo/scene.h"
#include "etl/demo/sheet.h"
#include "etl/demo/truth.h"

struct sending {
    struct scene scene;
    struct sheet *sheets[FORMS_COUNT]; /* NULL for a file that this scene does not have */
    struct truth truth;
};

/* Departments, matters and inspectors. */
void send_staff(struct sending *sending);

/* The rows of one firm in the register files, its old number, relations and recusals. */
void send_firm(struct sending *sending, const struct firm *firm);

/* Its inspections, complaints and credit records. */
void send_events(struct sending *sending, const struct firm *firm);

/* Events about firms that the register does not hold. */
void send_phantoms(struct sending *sending);

#endif
