/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/models.h"

#include <gsl/gsl_errno.h>
#include <jansson.h>

#include "models/core/digest.h"

void models_init(void)
{
    gsl_set_error_handler_off();
    json_object_seed(0);
    digest_init();
}
