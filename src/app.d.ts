import type { Actor } from '#lib/domain/access/actor.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';

declare global {
	namespace App {
		interface Locals {
			app: Capabilities;
			actor: Actor;
			requestId: string;
		}
		interface Error {
			message: string;
			requestId?: string;
		}
	}
}
