import { Fault } from './fault.mjs';
import { fromRoot } from './root.mjs';
import { runProgram } from './run-program.mjs';

/**
 * Makes src/lib/paraglide from messages/, as the build does: types and tests need it before.
 * @param {string} node
 */
export async function compileMessages(node) {
	const { code, output } = await runProgram(node, [fromRoot('scripts', 'run', 'compile-messages.mjs')]);
	if (code !== 0) {
		console.error(output.trim());
		throw new Fault('The messages could not be compiled; see above.');
	}
}
