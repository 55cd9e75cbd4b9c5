/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * EARS C1, C2 and C3: the count Y(t) against the mean m and sample standard deviation s of seven
 * earlier counts. With z the standard normal quantile of 1 - alpha and s = max(s, min_sigma):
 *
 *   C1  baseline t-7 … t-1     U = m + z s
 *   C2  baseline t-9 … t-3     U = m + z s    (two places left out, so that the start of an
 *                                              outbreak does not raise its own baseline)
 *   C3  baseline as C2, c(u) = (Y(u) - m(u)) / s(u), p = max(0, c(t-1) - 1) + max(0, c(t-2) - 1)
 *                              U = max(0, Y(t) + s(t) (z - p))
 *
 * C3 cannot be formed where s is 0 at t-1 or t-2 (possible only when min_sigma is 0). With
 * min_sigma 0 an all-zero baseline makes U = 0 in C1 and C2, so that a single case alarms: use at
 * least 0.5 and a min_count.
 *
 * Source: Fricker, Hegler, Dunfee (2008), "Comparing syndromic surveillance detection methods:
 * EARS' versus a CUSUM-based methodology", Statistics in Medicine 27; reproduced against earsC()
 * of the R package surveillance.
 */
#ifndef HENG_MODELS_ALERT_EARS_H
#define HENG_MODELS_ALERT_EARS_H

#include "models/alert/detector.h"

enum { EARS_C1_HISTORY = 7, EARS_C2_HISTORY = 9, EARS_C3_HISTORY = 11 };

detector_run ears_c1;
detector_run ears_c2;
detector_run ears_c3;

#endif
