import type { Capabilities } from '../capabilities.ts';

type App = Pick<Capabilities, 'origin'>;

const isSecure = ({ origin }: App): boolean => origin.startsWith('https:');

/** The prefix makes browsers refuse the cookie from a subdomain or over plain http. */
export const cookieName = (app: App, name: string): string => (isSecure(app) ? `__Host-${name}` : name);

/** Of a cookie that no script reads and no foreign form brings along. */
export const cookieOptions = (app: App) =>
	({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(app) }) as const;
