// SPDX-License-Identifier: GPL-3.0-or-later
// Reasons as the steps of a sum: each begins where the one before ended.
import type { Reason } from '../api/contract';

export interface Bar { reason: Reason; from: number; to: number }

export function barsOf(reasons: Reason[]): Bar[] {
    let sum = 0;
    return reasons.filter(({ points_milli: points }) => points !== 0).map((reason) => {
        const from = sum;
        sum += reason.points_milli;
        return { reason, from, to: sum };
    });
}
