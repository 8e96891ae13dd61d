import { openTestCluster, TEST_SOCKET } from '#scripts/instance/test-cluster.ts';

/** One Postgres for the whole run, of `npm test` or of this part alone. */
export default async function setup(): Promise<() => Promise<void>> {
	if (process.env[TEST_SOCKET]) return async () => {};
	const cluster = await openTestCluster();
	process.env[TEST_SOCKET] = cluster.socket;
	return async () => {
		delete process.env[TEST_SOCKET];
		await cluster.stop();
	};
}
