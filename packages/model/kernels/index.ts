/** Everything that the WebAssembly module offers; TypeScript twins give the same answers. */
export { encodeRows } from './encode-rows';
export { walkRows } from './walk-rows';
export { walkTrees } from './walk-trees';
export { explainRow } from './explain-row';
