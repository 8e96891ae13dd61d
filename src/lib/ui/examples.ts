import { createRawSnippet, mount, type Component, type Snippet } from 'svelte';

/** A component with named fillings of it: the style guide draws them, axe and the screenshots look at them. */
export type Examples = {
	readonly component: Component<Record<string, unknown>>;
	readonly cases: Readonly<Record<string, Record<string, unknown>>>;
};

export function examplesOf<Props extends Record<string, unknown>>(
	component: Component<Props>,
	cases: Readonly<Record<string, Props>>,
): Examples {
	return { component: component as unknown as Examples['component'], cases };
}

/** A paragraph where a component takes a snippet. */
export function words(text: string): Snippet {
	return createRawSnippet(() => ({ render: () => `<p>${text}</p>` }));
}

/** Another component where a component takes a snippet; appears once a script runs. */
export function inside<Props extends Record<string, unknown>>(
	component: Component<Props>,
	props: Props,
): Snippet {
	return createRawSnippet(() => ({
		render: () => '<div></div>',
		// Not while the page is still being hydrated: the server has drawn nothing here.
		setup: (target) => {
			setTimeout(() => mount(component, { target, props }));
		},
	}));
}

/** The text of a button. */
export function label(text: string): Snippet {
	return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
}
