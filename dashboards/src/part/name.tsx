// SPDX-License-Identifier: GPL-3.0-or-later
// The name of an entity, as it was registered: whatever stands in it is text, and a mark that turns
// the direction of writing turns nothing beyond the name.
import type { Named } from '../api/contract';
import { NONE } from '../format';
import { Link } from './link';

type MaybeNamed = { [Key in keyof Named]?: Named[Key] | null };

export function EntityName({ of: { scheme, code, name } }: { of: MaybeNamed }) {
    if (!scheme || !code)
        return <>{name ? <bdi>{name}</bdi> : NONE}</>;
    return <Link page="entity" values={{ scheme, code }}><bdi>{name ?? code}</bdi></Link>;
}
