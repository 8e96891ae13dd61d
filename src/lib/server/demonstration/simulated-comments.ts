import { cultureAndSport } from './comments/culture-sport.ts';
import { education } from './comments/education.ts';
import { energy } from './comments/energy.ts';
import { environment } from './comments/environment.ts';
import { finances } from './comments/finances.ts';
import { health } from './comments/health.ts';
import { housing } from './comments/housing.ts';
import { planning } from './comments/planning.ts';
import { safety } from './comments/safety.ts';
import { social } from './comments/social.ts';
import { transport } from './comments/transport.ts';
import { yards } from './comments/yards.ts';
import type { SimulatedComment } from './texts.ts';

export const SIMULATED_COMMENTS: readonly SimulatedComment[] = [
	...transport,
	...yards,
	...housing,
	...education,
	...health,
	...social,
	...cultureAndSport,
	...environment,
	...energy,
	...safety,
	...planning,
	...finances,
];
