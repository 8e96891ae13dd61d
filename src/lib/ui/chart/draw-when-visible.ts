import type { Attachment } from 'svelte/attachments';
import type { ChartFigures } from './figures.ts';

/**
 * Draws a chart on a canvas once it comes near the view, and anew when light turns to dark. `failed` is told when the
 * library does not arrive; the table with the same figures stands there anyway.
 */
export function drawWhenVisible(figures: ChartFigures, failed: () => void): Attachment<HTMLCanvasElement> {
	return (canvas) => {
		let gone = false;
		let takeDown: (() => void) | undefined;

		const draw = async (): Promise<void> => {
			const [{ drawChart }] = await Promise.all([import('./engine.ts'), document.fonts.ready]);
			if (gone) return;
			takeDown?.();
			takeDown = drawChart(canvas, figures);
		};
		const drawAgain = (): void => {
			if (takeDown) void draw().catch(failed);
		};

		const watcher = new IntersectionObserver(
			(entries) => {
				if (!entries.some((entry) => entry.isIntersecting)) return;
				watcher.disconnect();
				void draw().catch(failed);
			},
			{ rootMargin: '25%' },
		);
		watcher.observe(canvas);
		const darkness = matchMedia('(prefers-color-scheme: dark)');
		darkness.addEventListener('change', drawAgain);

		return () => {
			gone = true;
			watcher.disconnect();
			darkness.removeEventListener('change', drawAgain);
			takeDown?.();
		};
	};
}
