import type { Subject } from '#lib/domain/budget/code.ts';
import type { Tx } from '../capabilities.ts';

/** Makes the subjects that are not there yet; the others stay as they are. @returns how many it made. */
export async function ensureSubjects(tx: Tx, subjects: readonly Subject[]): Promise<number> {
	const { numInsertedOrUpdatedRows = 0n } = await tx
		.insertInto('subject')
		.values(
			subjects.map((subject) => ({
				city_id: subject.cityId,
				fiscal_year: subject.fiscalYear,
				kind: subject.kind,
				code: subject.code,
				alias: subject.alias,
				level: subject.level,
				parent_code: subject.parentCode,
				classification_code: subject.classificationCode,
			})),
		)
		.onConflict((conflict) => conflict.columns(['city_id', 'fiscal_year', 'kind', 'code']).doNothing())
		.executeTakeFirstOrThrow();
	return Number(numInsertedOrUpdatedRows);
}
