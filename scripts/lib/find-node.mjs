import { spawnSync } from 'node:child_process';
import { fromRoot } from './root.mjs';
import { Fault } from './fault.mjs';

const NEEDED = 24;

/**
 * The Node that runs the server: the pinned one that came with the packages, else the host's own when it is new enough.
 * @returns {string} its path
 */
export function findNode() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const packaged = `node-${platform}-${process.arch}`;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const candidates = [fromRoot('node_modules', packaged, 'bin', file), process.execPath];
	const found = candidates.find((candidate) => majorOf(candidate) >= NEEDED);
	if (found === undefined) {
		throw new Fault(
			`Node ${NEEDED} did not come with the packages (${packaged}), and this is Node ${process.versions.node}: ` +
				`install Node ${NEEDED} or newer and try again.`,
		);
	}
	return found;
}

/** @param {string} program */
function majorOf(program) {
	if (program === process.execPath) return Number(process.versions.node.split('.')[0]);
	const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
	return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
}
