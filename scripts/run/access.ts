import { listDoors } from '../access/doors.ts';
import { reportAccess } from '../access/report.ts';
import { TABLE } from '../access/table.ts';
import { tellError } from '../lib/fault.mjs';
import { say } from '../lib/say.mjs';

try {
	const { lines, undecided } = reportAccess(await listDoors(), TABLE);
	for (const line of lines) say(line);
	if (undecided > 0) process.exitCode = 1;
} catch (error) {
	tellError(error);
	process.exitCode = 1;
}
