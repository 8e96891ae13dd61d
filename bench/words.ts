/** What a benchmark measured, by stable keys; rates are ours divided by the other's. */
export type Figures = Readonly<Record<string, number>>;
