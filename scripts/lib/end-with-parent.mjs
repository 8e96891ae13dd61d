// Loaded into the server's process before its own code (node --import): nothing of ours outlives the command.
import { whenParentDies } from './when-parent-dies.mjs';

whenParentDies(() => process.kill(process.pid, 'SIGTERM'));
