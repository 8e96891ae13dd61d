import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What one answer may get wrong. */
type Answer = {
	readonly challenge: string;
	readonly origin: string;
	/** What the device says it has signed so often. */
	readonly counter?: number;
	readonly rpId?: string;
	readonly isUserVerified?: boolean;
	readonly type?: string;
};

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const KEY_INCLUDED = 0x40;

/** A device with one passkey, after the text of WebAuthn: enough of CBOR to say what it has to say, and a true signature. */
export function anAuthenticator(userHandle: string) {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const credentialId = randomBytes(32);
	const id = credentialId.toString('base64url');
	// EC2, ES256, P-256: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
	const coseKey = Buffer.concat([
		Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
		Buffer.from(x, 'base64url'),
		Buffer.from([0x22, 0x58, 0x20]),
		Buffer.from(y, 'base64url'),
	]);

	function clientData({ challenge, origin }: Answer, type: string): Buffer {
		return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
	}

	function authData({ rpId, origin, isUserVerified = true, counter = 0 }: Answer, key?: Buffer): Buffer {
		const flags = USER_PRESENT | (isUserVerified ? USER_VERIFIED : 0) | (key ? KEY_INCLUDED : 0);
		const head = Buffer.alloc(37);
		createHash('sha256')
			.update(rpId ?? new URL(origin).hostname)
			.digest()
			.copy(head);
		head[32] = flags;
		head.writeUInt32BE(counter, 33);
		if (key === undefined) return head;
		const size = Buffer.alloc(2);
		size.writeUInt16BE(credentialId.length);
		return Buffer.concat([head, Buffer.alloc(16), size, credentialId, key]);
	}

	return {
		id,
		/** Answers a request to make the passkey. */
		make(answer: Answer) {
			const data = authData(answer, coseKey);
			const size = Buffer.alloc(2);
			size.writeUInt16BE(data.length);
			// {fmt: 'none', attStmt: {}, authData: data}
			const attestation = Buffer.concat([
				Buffer.from([0xa3, 0x63]),
				Buffer.from('fmt'),
				Buffer.from([0x64]),
				Buffer.from('none'),
				Buffer.from([0x67]),
				Buffer.from('attStmt'),
				Buffer.from([0xa0, 0x68]),
				Buffer.from('authData'),
				Buffer.from([0x59]),
				size,
				data,
			]);
			return {
				...{ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} },
				response: {
					clientDataJSON: clientData(answer, answer.type ?? 'webauthn.create').toString('base64url'),
					attestationObject: attestation.toString('base64url'),
				},
			};
		},
		/** Answers a request to sign. */
		sign(answer: Answer) {
			const data = authData(answer);
			const client = clientData(answer, answer.type ?? 'webauthn.get');
			const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
			return {
				...{ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} },
				response: {
					clientDataJSON: client.toString('base64url'),
					authenticatorData: data.toString('base64url'),
					signature: sign('sha256', signed, privateKey).toString('base64url'),
					userHandle: Buffer.from(userHandle).toString('base64url'),
				},
			};
		},
	};
}
