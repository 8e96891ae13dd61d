import { uuidV7 } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '../capabilities.ts';

const UUID_BYTES = 16;

/** A fresh version 7 id, made before the insert: a form that is sent again is then a conflict, not a copy. */
export function newId<Id extends string>(app: Pick<Capabilities, 'clock' | 'random'>): Id {
	return uuidV7(Date.parse(app.clock()), app.random(UUID_BYTES)) as Id;
}
