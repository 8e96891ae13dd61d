import { randomUUID } from 'node:crypto';
import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { toSubject, type Subject } from '#lib/domain/budget/code.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import { transact } from '#lib/server/db/transact.ts';
import { ensureSubjects } from '#lib/server/budget/index.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { Db } from '#lib/server/capabilities.ts';

/** A functional group that can be discussed, its amount unknown. Its name is known in Kazakh and Russian only. */
export async function aLine(db: Db, cityId: CityId, { year = 2026, code = '04' } = {}): Promise<Subject> {
	const subject = toSubject(cityId, year, 'expenditure', code);
	const { kind, level } = subject;
	await db
		.insertInto('classification')
		.values({ kind, code, level, source_url: 'https://adilet.zan.kz' })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await db
		.insertInto('classification_text')
		.values([
			{ kind, code, language: 'kk', name: `Топ ${code}` },
			{ kind, code, language: 'ru', name: `Группа ${code}` },
		])
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await transact(db, async (tx) => {
		await ensureSubjects(tx, [subject]);
		return ok(null);
	});
	return subject;
}

/** A version of a city's budget with these lines of spending, by code and amount. */
export async function aBudget(
	db: Db,
	cityId: CityId,
	{ year, kind, sequence = 1 }: { year: number; kind: BudgetKind; sequence?: number },
	lines: Readonly<Record<string, bigint>>,
): Promise<BudgetId> {
	const id = randomUUID() as BudgetId;
	const subjects = Object.keys(lines).map((code) => toSubject(cityId, year, 'expenditure', code));
	await transact(db, async (tx) => {
		await tx
			.insertInto('budget')
			.values({
				city_id: cityId,
				id,
				fiscal_year: year,
				kind,
				sequence,
				source_key: `${cityId}-${year}-${kind}-${sequence}`,
				grade: 'decision',
				title: 'Бюджет туралы шешім',
				title_language: 'kk',
				number: null,
				decided_on: null,
				registration: null,
				source_url: null,
			})
			.execute();
		await ensureSubjects(tx, subjects);
		await tx
			.insertInto('budget_line')
			.values(
				subjects.map(({ fiscalYear, kind: lineKind, code }) => ({
					city_id: cityId,
					budget_id: id,
					fiscal_year: fiscalYear,
					kind: lineKind,
					code,
					amount: tenge(lines[code]!),
				})),
			)
			.execute();
		return ok(id);
	});
	return id;
}
