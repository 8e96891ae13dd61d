import { serve } from './serving.ts';

await serve({ defaultPort: 4173, program: ['build/index.js'], probe: '/readyz' });
