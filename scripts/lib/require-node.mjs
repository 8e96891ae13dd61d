// The first import of every command, and the only one that an old Node must be able to run: keep its syntax plain.
const OLDEST = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
	console.error(
		'Ortaq Budget needs Node ' + OLDEST + ' or newer; this is Node ' + process.versions.node + '.',
	);
	process.exit(1);
}
