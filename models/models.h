/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HENG_MODELS_MODELS_H
#define HENG_MODELS_MODELS_H

/* First thing in main() and in every test that uses the storey: fetches the hash functions, seeds
 * jansson's hash tables before threads exist, and turns GSL's aborting error handler off. */
void models_init(void);

#endif
