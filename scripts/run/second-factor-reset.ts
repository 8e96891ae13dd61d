import { parseEmailAddress, type EmailAddress } from '#lib/domain/identity/email-address.ts';
import { resetSecondFactor } from '../instance/second-factor.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { say } from '../lib/say.mjs';
import { onDatabase } from './on-database.ts';

try {
	const email = readAddress();
	await onDatabase(async (instance) => {
		const reset = await resetSecondFactor(instance, email);
		if (!reset.ok) throw new Fault('No account with this address has extra protection.');
		say('Extra protection is off, and the account is signed out everywhere. It stays on record.');
	});
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}

function readAddress(): EmailAddress {
	const [text = '', ...more] = process.argv.slice(2);
	const email = parseEmailAddress(text);
	if (!email.ok || more.length > 0) {
		throw new Fault('Say whose by the address: npm run second-factor:reset -- aigul@mail.kz');
	}
	return email.value;
}
