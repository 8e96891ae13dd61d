import * as oidc from 'openid-client';
import type { Language } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import {
	readProviderClaims,
	type ClaimRules,
	type ProvenClaims,
} from '#lib/domain/identity/provider-claims.ts';
import type { ProviderRefusal } from '#lib/domain/identity/refusals.ts';
import type { IdentityProvider, Log, ProviderSecrets } from '#lib/server/capabilities.ts';

export type ProviderSettings = {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** What people call it. */
	readonly name: string;
	readonly scope: string;
	readonly claims: ClaimRules;
};

/** Where a provider sends people back to. It is registered there, so it is one for all languages. */
const CALLBACK_PATH = '/residency/callback';
const TIMEOUT_SECONDS = 5;
/** How long what a provider says of itself is believed. */
const BELIEVED_MS = 3_600_000;
/** Some providers say at once what we need, others when asked about the person. */
const SILENT_CODES: ReadonlySet<unknown> = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

/** OpenID Connect: code flow with PKCE, state and nonce, at any provider that publishes its configuration. */
export function openIdentityProvider(settings: ProviderSettings, origin: string, log: Log): IdentityProvider {
	const redirectUri = `${origin}${CALLBACK_PATH}`;
	const configure = believed(() => discover(settings));

	/** What goes wrong there is a refusal here; the log gets its kind and never what the provider sent. */
	async function ask<T, R>(work: (config: oidc.Configuration) => Promise<Result<T, R>>) {
		try {
			return await work(await configure());
		} catch (error) {
			const refusal = toRefusal(error);
			if (refusal === null) throw error;
			const { code, name } = error as { code?: unknown; name?: unknown };
			log.warn({ refusal: refusal.code, error: name, code }, 'the provider of identities was of no help');
			return refused(refusal);
		}
	}

	return {
		name: settings.name,

		begin: (language) =>
			ask<{ href: string; secrets: ProviderSecrets }, ProviderRefusal>(async (config) => {
				const secrets = {
					state: oidc.randomState(),
					nonce: oidc.randomNonce(),
					verifier: oidc.randomPKCECodeVerifier(),
				};
				const address = oidc.buildAuthorizationUrl(config, {
					...{ redirect_uri: redirectUri, scope: settings.scope, ui_locales: language satisfies Language },
					...{ state: secrets.state, nonce: secrets.nonce, code_challenge_method: 'S256' },
					code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
				});
				// A browser is led there: it must be an address of the web, and as safe as the issuer's own.
				if (address.protocol !== new URL(settings.issuer).protocol) {
					return refused({ code: 'provider_answer_invalid' });
				}
				return ok({ href: address.href, secrets });
			}),

		finish: (answer, secrets) =>
			ask<ProvenClaims, ProviderRefusal>(async (config) => {
				const address = new URL(redirectUri);
				address.search = answer.toString();
				const tokens = await oidc.authorizationCodeGrant(config, address, {
					...{ expectedState: secrets.state, expectedNonce: secrets.nonce },
					...{ pkceCodeVerifier: secrets.verifier, idTokenExpected: true },
				});
				const claims = tokens.claims() ?? { sub: '' };
				const told = readProviderClaims(claims, settings.claims);
				if (told.ok || config.serverMetadata().userinfo_endpoint === undefined) return told;
				const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
				return readProviderClaims({ ...more, ...claims }, settings.claims);
			}),
	};
}

/** The signature of the ID token is checked too, though it comes to us straight from the provider. */
function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
	const address = new URL(issuer);
	const execute = [oidc.enableNonRepudiationChecks];
	// The configuration lets it be only on this machine.
	if (address.protocol === 'http:') execute.push(oidc.allowInsecureRequests);
	return oidc.discovery(address, clientId, {}, authenticate(clientSecret), {
		timeout: TIMEOUT_SECONDS,
		execute,
	});
}

/** By the header that every provider must know, or in the body where it says that it knows only that. */
function authenticate(secret: string): oidc.ClientAuth {
	const [byHeader, byBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
	return (server, client, body, headers) => {
		const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
		const way = known.includes('client_secret_basic') ? byHeader : byBody;
		return way(server, client, body, headers);
	};
}

/** Asks once an hour, by all who come at the same time together; after a failure the next one asks again. */
function believed<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: { readonly value: Promise<T>; readonly until: number } | null = null;
	return () => {
		if (answer === null || answer.until <= Date.now()) {
			const value = ask();
			answer = { value, until: Date.now() + BELIEVED_MS };
			value.catch(() => (answer = null));
		}
		return answer.value;
	};
}

/** Null for what is no fault of the provider or the person, but a mistake of ours. */
function toRefusal(error: unknown): ProviderRefusal | null {
	if (error instanceof oidc.AuthorizationResponseError) {
		return { code: error.error === 'access_denied' ? 'provider_declined' : 'provider_answer_invalid' };
	}
	if (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError) {
		return { code: 'provider_answer_invalid' };
	}
	if (error instanceof oidc.ClientError) {
		return { code: SILENT_CODES.has(error.code) ? 'provider_silent' : 'provider_answer_invalid' };
	}
	const isUnreachable = error instanceof TypeError && error.message === 'fetch failed';
	return isUnreachable ? { code: 'provider_silent' } : null;
}
