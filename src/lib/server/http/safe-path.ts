const OWN_PATH = /^\/[a-z]{2}(\/[A-Za-z0-9_-]+)*\/?(\?[A-Za-z0-9=&%._-]*)?(#[A-Za-z0-9_-]*)?$/;

/** A path of our own site to go back to, else the fallback: never another host, scheme or a backslash trick. */
export function safePath(wanted: string | null | undefined, fallback = '/'): string {
	return wanted && OWN_PATH.test(wanted) ? wanted : fallback;
}
