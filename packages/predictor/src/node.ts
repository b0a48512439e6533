export { loadPredictorFile } from './load-predictor-file.ts';
