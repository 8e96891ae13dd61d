import {
	parseEmailAddress,
	type EmailAddress,
	type EmailRefusal,
} from '#lib/domain/identity/email-address.ts';
import type { InviteRefusal } from '#lib/domain/identity/refusals.ts';
import { INVITATION_DAYS } from '#lib/domain/identity/invitation.ts';
import { inviteTo } from '../instance/invite-administrator.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { readAddress } from '../lib/port.mjs';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

const DEFAULT_PORT = 4173;

const UNREADABLE: Readonly<Record<EmailRefusal['code'], string>> = {
	email_missing: 'Say whom by their address: npm run admin:invite -- somebody@example.kz',
	email_invalid: 'This is no e-mail address: one name, one @ and a domain, and nothing else.',
	email_not_latin: 'This address has letters that are not Latin: perhaps a Cyrillic one that looks like it.',
};

const REFUSALS: Readonly<Record<InviteRefusal['code'], string>> = {
	role_held: 'The owner of this address is an administrator already.',
	official_and_administrator:
		'The owner of this address is an official of an akimat, and nobody is both: invite another address.',
	official_and_moderator: 'Nobody is an official and a moderator of one city.',
	role_unknown: 'There is no such role.',
	invitation_form_used: 'This invitation was made for somebody else.',
};

try {
	const email = readEmail();
	const origin = readOrigin();
	await onDatabase(async (instance) => {
		const invited = await inviteTo(instance, email);
		if (!invited.ok) throw new Fault(REFUSALS[invited.refusal.code]);
		say(
			`Whoever opens this link becomes administrator as ${email.address}; it works once, ${INVITATION_DAYS} days:`,
		);
		say(`${origin}/kk/invitation?token=${invited.value}`);
	}, 'secrets');
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

function readEmail(): EmailAddress {
	const [text = '', ...more] = process.argv.slice(2);
	if (more.length > 0) throw new Fault('Invite one address at a time.');
	const email = parseEmailAddress(text);
	if (!email.ok) throw new Fault(UNREADABLE[email.refusal.code]);
	return email.value;
}

/** As the server has it: ORIGIN, else its own address. */
function readOrigin(): string {
	const given = process.env['ORIGIN'] || readAddress(process.env, DEFAULT_PORT).url;
	if (!URL.canParse(given)) throw new Fault('ORIGIN must be an address like https://budget.example');
	return new URL(given).origin;
}
