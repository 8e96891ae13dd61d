import type { Language } from '#lib/domain/base/language.ts';

type Message<Inputs> = (inputs: Inputs, options: { locale: Language }) => string;

/** Says a message in one language. */
export type Words = <Inputs extends object>(message: Message<Inputs>, inputs?: Inputs) => string;

/** The texts of one language, from where the pages have them: no test holds a copy. */
export function wordsOf(language: Language): Words {
	return <Inputs extends object>(message: Message<Inputs>, inputs = {} as Inputs) =>
		message(inputs, { locale: language });
}
