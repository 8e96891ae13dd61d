import autocannon from 'autocannon';

/**
 * Sends load in a process of its own, so that measuring does not slow what is measured. Reads one JSON object from
 * standard input: `url`, `connections`, `seconds`, `headers`, `requests` (shared out between the connections).
 * Prints `{"perSecond","requests","failures"}`; a redirect is a success, as forms end in one.
 */
let input = '';
for await (const chunk of process.stdin) input += chunk;
const { url, connections, seconds, headers, requests } = JSON.parse(input);

let next = 0;
const result = await autocannon({
	url,
	connections,
	duration: seconds,
	headers,
	...(requests && {
		setupClient(client) {
			const share = requests.filter((_, index) => index % connections === next % connections);
			next += 1;
			client.setRequests(share);
		},
	}),
});
const counted = result['2xx'] + result['3xx'];
console.log(
	JSON.stringify({
		perSecond: counted / result.duration,
		requests: counted,
		failures: result['4xx'] + result['5xx'] + result.errors + result.timeouts,
	}),
);
