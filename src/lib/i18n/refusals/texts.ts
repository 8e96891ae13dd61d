/** What each code of an area says; `detail` is the number a text may need. */
export type RefusalTexts<Code extends string> = Readonly<Record<Code, (detail: number) => string>>;
