import type { Capabilities } from '../capabilities.ts';
import { deletePassedLimits } from '../http/index.ts';
import { deleteWhatHasExpired } from '../identity/index.ts';
import { deleteOldMail, sendWaitingMail } from '../mail/index.ts';
import { publishRelease } from '../statistics/index.ts';
import { repeat } from './repeat.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What the server does by itself. @returns stops it, once what is under way has ended. */
export function startJobs(app: Capabilities): () => Promise<void> {
	const jobs = [
		repeat('send waiting mail', 5 * SECOND, app.log, async () => void (await sendWaitingMail(app))),
		repeat('publish the release of statistics', 20 * SECOND, app.log, async () => {
			await publishRelease(app);
		}),
		repeat('delete what has expired', HOUR, app.log, async () => {
			await deleteWhatHasExpired(app);
			await deletePassedLimits(app);
			await deleteOldMail(app);
		}),
	];
	return async () => {
		await Promise.all(jobs.map((job) => job.stop()));
	};
}
