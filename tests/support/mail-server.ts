import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type ReceivedMail = { readonly to: readonly string[]; readonly source: string };

export type MailServer = {
	readonly url: string;
	/** What it took over, in the order of arrival. */
	readonly received: readonly ReceivedMail[];
	/** From now on it refuses recipients with this code, or takes them again when it is null. */
	refuseWith(code: number | null): void;
	close(): Promise<void>;
};

/** A real mail server on the loopback, without encryption or accounts. */
export async function startMailServer(): Promise<MailServer> {
	const received: ReceivedMail[] = [];
	let refusal: number | null = null;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		disableReverseLookup: true,
		logger: false,
		onRcptTo(address, _session, done) {
			if (refusal === null) return done();
			done(Object.assign(new Error(`no mail for ${address.address}`), { responseCode: refusal }));
		},
		onData(stream, session, done) {
			text(stream).then((source) => {
				received.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
				done();
			}, done);
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const address = server.server.address();
	if (typeof address !== 'object' || address === null) throw new Error('the mail server has no port');
	return {
		url: `smtp://127.0.0.1:${address.port}`,
		received,
		refuseWith: (code) => void (refusal = code),
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
