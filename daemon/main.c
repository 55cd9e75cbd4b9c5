/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/models.h"

int main(void)
{
    models_init();
    return 0;
}
