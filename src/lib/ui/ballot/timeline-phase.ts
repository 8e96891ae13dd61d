/** A phase of a consultation as the timeline draws it. */
export type TimelinePhase = {
	readonly key: string;
	readonly label: string;
	/** When, as the page says it. */
	readonly dates: string;
	readonly state: 'past' | 'current' | 'coming';
};
