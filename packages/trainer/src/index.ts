export { type Algorithm, type Fit } from './algorithm.ts';
