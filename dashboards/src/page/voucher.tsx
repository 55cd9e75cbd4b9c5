// SPDX-License-Identifier: GPL-3.0-or-later
// 抽取凭证: the paper that goes with a draw. It says what anyone needs to check the draw again.
import type { Draw, Verdict, Visit } from '../api/contract';
import { DrawFields, Exclusions, Hashes, listed, Strata, VerdictNote, Visits } from '../part/draw';
import { Link } from '../part/link';
import { PageFrame } from '../part/page';
import { countText } from '../format';
import { query, type Address } from '../state/address';
import { t } from '../state/language';
import { useAll, useLoaded } from '../state/load';
import { session } from '../state/session';
import { drawPath } from './draw';

export function Voucher({ address: { values } }: { address: Address }) {
    const loaded = useLoaded<Draw>(drawPath(values));
    const verified = useLoaded<Verdict>(`${drawPath(values)}/verify`);
    const draw = loaded.answer;
    const visits = useAll<Visit>(draw && listed(draw) ? `/visits${query({ authority: values.authority!, number: values.number! })}` : null);
    const actions = (
        <>
            <button type="button" onClick={() => print()}>{t('action.print')}</button>
            <Link page="draw" values={values} class="button quiet">{t('voucher.back')}</Link>
        </>
    );
    return (
        <PageFrame title={t('voucher.of', { authority: values.authority!, number: values.number! })} loaded={loaded}
            actions={actions} class="voucher">
            {draw && (
                <>
                    <DrawFields draw={draw} />
                    <Strata draw={draw} />
                    <Exclusions draw={draw} />
                    <Hashes draw={draw} />
                    <h2>{t('verify.title')}</h2>
                    {verified.answer && <VerdictNote verdict={verified.answer} source={draw.beacon?.source} />}
                    <p>{t('voucher.how')}</p>
                    <Visits draw={draw} loaded={visits} visits={visits.answer?.items} />
                    {visits.answer?.next && <p>{t('voucher.more', { count: countText(visits.answer.items.length) })}</p>}
                    <dl class="signatures">
                        {(['voucher.operator', 'voucher.witness', 'voucher.day'] as const).map((key, index) => (
                            <div key={key}><dt>{t(key)}</dt><dd>{index === 0 && session.value?.user.name}</dd></div>
                        ))}
                    </dl>
                </>
            )}
        </PageFrame>
    );
}
