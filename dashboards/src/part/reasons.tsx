// SPDX-License-Identifier: GPL-3.0-or-later
// Why an entity has its score: each reason is a bar that begins where the one before ended, and
// the last ends at the score. Reasons without points (rules, records already counted) follow.
import type { Reason } from '../api/contract';
import { milliText, signedMilliText } from '../format';
import { language, t, word } from '../state/language';
import { barsOf } from '../state/reason';
import { OriginOf } from './facts';

export function Reasons({ reasons, score }: { reasons: Reason[]; score: number }) {
    const bars = barsOf(reasons);
    const sum = bars.length > 0 ? bars[bars.length - 1]!.to : 0;
    const least = Math.min(0, ...bars.map(({ to }) => to));
    const range = Math.max(1, ...bars.map(({ to }) => to)) - least;
    const share = (value: number) => `${((value - least) * 100) / range}%`;
    const silent = reasons.filter(({ points_milli: points }) => points === 0);
    return (
        <>
            <ol class="reasons">
                {bars.map(({ reason, from, to }, index) => (
                    <li key={index}>
                        <Words reason={reason} />
                        <span class="track" aria-hidden="true">
                            <span class={`span ${to < from ? 'less' : 'more'}`}
                                style={{ '--from': share(Math.min(from, to)), '--size': share(Math.abs(to - from) + least) }} />
                        </span>
                        <span class="points">{signedMilliText(reason.points_milli)}</span>
                    </li>
                ))}
                <li class="sum">
                    <span>{t('reasons.sum')}{sum !== score && <strong class="problem"> {t('reasons.differs', { score: milliText(score) })}</strong>}</span>
                    <span class="track" aria-hidden="true"><span class="span whole" style={{ '--from': share(0), '--size': share(sum + least) }} /></span>
                    <span class="points">{milliText(sum)}</span>
                </li>
            </ol>
            {silent.length > 0 && (
                <>
                    <h3>{t('reasons.silent')}</h3>
                    <ul class="silent">{silent.map((reason, index) => <li key={index}><Words reason={reason} /></li>)}</ul>
                </>
            )}
        </>
    );
}

function Words({ reason }: { reason: Reason }) {
    return (
        <span class="words">
            {language.value === 'en' ? reason.en : reason.zh}
            <small>
                {word('reason', reason.role)}
                {reason.basis && ` · ${reason.basis}`}
                {reason.record && <> · <OriginOf of={reason.record} /></>}
            </small>
        </span>
    );
}
