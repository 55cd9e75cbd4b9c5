// SPDX-License-Identifier: GPL-3.0-or-later
// The leader's board: how the register stands, how it moved, and what waits. Each number leads to
// its rows. The wall shows the same panels, without menus, in one screen.
import { useEffect } from 'preact/hooks';
import type { Summary } from '../api/contract';
import { ClassShares, ClassMoves } from '../part/board_class';
import { AlertsPanel, ComplaintsPanel, InspectionsPanel, SourcesPanel } from '../part/board_work';
import { MapPanel } from '../part/board_map';
import { useKeys } from '../part/keys';
import { Link } from '../part/link';
import { PageFrame } from '../part/page';
import { encode, go, query, type Address, type Values } from '../state/address';
import { t } from '../state/language';
import { useLoaded } from '../state/load';

const WALL_SECONDS = 60;

export function Board({ address: { values } }: { address: Address }) {
    const wall = values.mode === 'wall';
    const loaded = useLoaded<Summary>(`/summary${query({ region_code: values.region_code! })}`, wall ? WALL_SECONDS : 0);
    const city = useLoaded<Summary>(values.region_code ? '/summary' : null, wall ? WALL_SECONDS : 0);
    const summary = loaded.answer;
    const all = values.region_code ? city.answer : summary;
    const region = all?.regions.find(({ region_code: code }) => code === values.region_code);
    useLeavingFullscreen(values);
    useKeys([{ key: 'w', title: 'keys.wall', run: () => go('board', { ...values, mode: wall ? '' : 'wall' }) }]);
    const title = values.region_code ? t('board.of', { region: region?.name ?? values.region_code }) : t('board.title');
    return (
        <PageFrame title={title} loaded={loaded} class="board" actions={<Actions values={values} />}>
            {summary && (
                <div class="panels">
                    <ClassShares summary={summary} values={values} />
                    {all && <MapPanel summary={all} values={values} />}
                    <ComplaintsPanel summary={summary} values={values} />
                    <AlertsPanel summary={summary} values={values} />
                    <InspectionsPanel summary={summary} values={values} />
                    <ClassMoves summary={summary} values={values} />
                    <SourcesPanel summary={summary} />
                </div>
            )}
        </PageFrame>
    );
}

function Actions({ values }: { values: Values }) {
    const wall = values.mode === 'wall';
    const enter = () => document.documentElement.requestFullscreen().then(() => go('board', { ...values, mode: 'wall' }));
    return (
        <>
            {values.region_code && <Link page="board" values={{ ...values, region_code: '' }} class="button quiet">{t('board.all')}</Link>}
            {wall
                ? <Link page="board" values={{ ...values, mode: '' }} class="button quiet">{t('board.leave_wall')}</Link>
                : <a class="button quiet" href={encode('board', { ...values, mode: 'wall' })} onClick={(event) => { event.preventDefault(); go('board', { ...values, mode: 'wall' }); }}>{t('board.wall')}</a>}
            {document.fullscreenEnabled && !document.fullscreenElement && <button type="button" class="quiet" onClick={enter}>{t('board.fullscreen')}</button>}
            <button type="button" class="quiet" onClick={() => print()}>{t('action.print')}</button>
        </>
    );
}

/** Escape leaves the full screen by itself; the wall is left with it. */
function useLeavingFullscreen(values: Values): void {
    useEffect(() => {
        const onChange = () => {
            if (!document.fullscreenElement && values.mode === 'wall')
                go('board', { ...values, mode: '' });
        };
        document.addEventListener('fullscreenchange', onChange);
        return () => document.removeEventListener('fullscreenchange', onChange);
    });
}
