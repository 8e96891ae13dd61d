const HEXTETS_OF_NETWORK = 4;
const HEXTETS = 8;
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * What of a client's address stands for one subscriber: a whole IPv4 address, the first 64 bits of an IPv6 one, since
 * every household has 2^64 addresses of the latter.
 */
export function networkOf(address: string): string {
	const mapped = MAPPED_IPV4.exec(address)?.[1];
	if (mapped) return mapped;
	if (!address.includes(':')) return address;
	const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::', 2);
	const first = head === '' ? [] : head.split(':');
	const last = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : Math.max(0, HEXTETS - first.length - last.length);
	const hextets = [...first, ...Array<string>(zeros).fill('0'), ...last];
	const network = hextets.slice(0, HEXTETS_OF_NETWORK).map((hextet) => hextet.replace(/^0+(?=.)/, ''));
	return `${network.join(':')}::/64`;
}
