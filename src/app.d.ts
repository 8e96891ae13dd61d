import type { Actor } from '#lib/domain/access/actor.ts';
import type { City } from '#lib/server/budget/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';

declare global {
	namespace App {
		interface Locals {
			app: Capabilities;
			actor: Actor;
			requestId: string;
		}
		interface PageData {
			/** On every page of a city. */
			city?: City;
		}
		interface Error {
			message: string;
			requestId?: string;
			/** Texts that were sent and not taken: whoever wrote them must not lose them. */
			kept?: readonly string[];
		}
	}
}
