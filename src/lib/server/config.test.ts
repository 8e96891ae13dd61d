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

	it('is whole about a provider of identities, or without one', () => {
		const OIDC = {
			OIDC_ISSUER: 'https://id.example/realms/kz',
			OIDC_CLIENT_ID: 'ortaq',
			OIDC_CLIENT_SECRET: 'sixteen letters at least',
			OIDC_NAME: 'Тестілік провайдер',
		};
		expect(readConfig(GIVEN).oidc).toBeNull();
		const ORIGIN = 'https://budget.example';
		const { oidc } = readConfig({ ...GIVEN, ...OIDC, ORIGIN, OIDC_CITIES: '{"Тараз  ҚАЛАСЫ": "taraz"}' });
		expect(oidc).toMatchObject({ scope: 'openid', claims: { iin: 'iin', city: '/address/locality' } });
		expect(oidc?.claims.cities.get('тараз қаласы')).toBe('taraz');
		expect(readConfig({ ...GIVEN, ...OIDC }).oidc).not.toBeNull();

		expect(faultsOf({ ...GIVEN, DATABASE_POOL: '0', OIDC_NAME: 'eID' })).toEqual([
			expect.stringMatching(/^ {2}DATABASE_POOL: /),
			'  OIDC_ISSUER: must be given',
			'  OIDC_CLIENT_ID: must be given',
			'  OIDC_CLIENT_SECRET: must be given',
		]);
		expect(
			faultsOf({
				...{ ...GIVEN, ...OIDC, ORIGIN: 'http://budget.example', OIDC_ISSUER: 'http://id.example' },
				...{ OIDC_CLIENT_SECRET: 'short', OIDC_SCOPE: 'profile', OIDC_CITIES: '{"Тараз": "no slug!"}' },
			}),
		).toEqual([
			'  OIDC_ISSUER: must be an address like https://id.example (http:// on this machine only)',
			'  OIDC_CLIENT_SECRET: needs 16 characters or more',
			'  OIDC_SCOPE: must contain openid',
			'  OIDC_CITIES: must be like {"name of the provider": "slug of ours"}',
			'  ORIGIN: must begin with https:// where OIDC_ISSUER is given',
		]);
	});

	it('takes of an origin no more than scheme, host and port', () => {
		expect(readConfig({ ...GIVEN, ORIGIN: 'https://Budget.example:443/' }).origin).toBe(
			'https://budget.example',
		);
	});
});
