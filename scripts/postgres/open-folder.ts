import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';

/** Made by us, it lets other users pass: what is secret in it is closed by itself. */
export async function makeOpenFolder(folder: string): Promise<void> {
	if (existsSync(folder)) return;
	await mkdir(folder, { recursive: true });
	await chmod(folder, 0o755);
}
