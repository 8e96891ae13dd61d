import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const GIVEN = {
	DATABASE_URL: 'postgres://app@db.example/ortaq',
	SECRET_KEY: 'a secret of thirty-two letters or more',
	PERSON_KEY: 'another of thirty-two letters or more',
};

function faultsOf(variables: NodeJS.ProcessEnv): string[] {
	try {
		readConfig(variables);
	} catch (error) {
		return (error as Error).message.split('\n').slice(1);
	}
	return [];
}

describe('the configuration', () => {
	it('needs the database and the two secrets, nothing else', () => {
		expect(readConfig(GIVEN)).toMatchObject({ origin: 'http://127.0.0.1:4173', smtpUrl: null });
		expect(faultsOf({})).toEqual([
			'  DATABASE_URL: must be given',
			'  SECRET_KEY: must be given',
			'  PERSON_KEY: must be given',
		]);
	});

	it('is told all its faults at once, one a line, and never a secret', () => {
		const faults = faultsOf({
			...GIVEN,
			ORIGIN: 'budget.example',
			SMTP_URL: 'http://mail.example',
			SECRET_KEY: 'short',
			DATABASE_POOL: '0',
		});
		expect(faults).toEqual([
			'  ORIGIN: must be an address like https://budget.example',
			expect.stringMatching(/^ {2}DATABASE_POOL: /),
			'  SMTP_URL: must begin with smtp:// or smtps://',
			'  SECRET_KEY: needs 32 characters or more',
		]);
	});

	it('H07 takes no secret that can be guessed, and not one for two purposes', () => {
		const { SECRET_KEY } = GIVEN;
		expect(faultsOf({ ...GIVEN, SECRET_KEY: 'x'.repeat(64), PERSON_KEY: 'changeme'.repeat(8) })).toEqual([
			'  SECRET_KEY: can be guessed: make one by openssl rand -base64 32',
			'  PERSON_KEY: can be guessed: make one by openssl rand -base64 32',
		]);
		expect(faultsOf({ ...GIVEN, PERSON_KEY: SECRET_KEY })).toEqual([
			'  PERSON_KEY: must be another one than SECRET_KEY',
		]);
	});

	it('takes of an origin no more than scheme, host and port', () => {
		expect(readConfig({ ...GIVEN, ORIGIN: 'https://Budget.example:443/' }).origin).toBe(
			'https://budget.example',
		);
	});
});
