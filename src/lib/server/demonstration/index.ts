export { giveDemonstrationAccess, type DemonstrationAccount } from './give-demonstration-access.ts';
export { loadDemonstration } from './load-demonstration.ts';
export { renewDemonstration } from './renew-demonstration.ts';
