import { examplesOf } from '#lib/ui/examples.ts';
import MyCity from './MyCity.svelte';

export const examples = examplesOf(MyCity, {
	'any city': { language: 'kk', cityId: 'taraz', isMine: false },
	'the city of the reader': { language: 'ru', cityId: 'petropavlovsk', isMine: true },
});
