import { readAddress } from '../lib/port.mjs';
import { serve } from './serving.ts';

const defaultPort = 5173;
const { host, port } = readAddress(process.env, defaultPort);

await serve({
	defaultPort,
	program: ['node_modules/vite/bin/vite.js', 'dev', '--host', host, '--port', String(port), '--strictPort'],
	probe: '/readyz',
});
