import { sql, type Expression, type RawBuilder } from 'kysely';
import type { DataKind } from '#lib/domain/participation/words.ts';

/** Said in every row, so that a table of made-up people is known as one wherever it is copied to. */
export function dataKind(simulated: Expression<boolean>): RawBuilder<DataKind> {
	return sql<DataKind>`case when ${simulated} then 'simulated' else 'real' end`;
}
