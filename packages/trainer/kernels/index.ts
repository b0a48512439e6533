/** Everything that the WebAssembly module offers; each has a twin in src/kernels/script. */
export { binValues } from './bin-values';
export { transposeBins } from './transpose-bins';
export { sortKeys } from './sort-keys';
export { writeLogisticGradients, writeSquaredGradients } from './gradients';
export { orderPacked } from './order-packed';
export { sumColumns } from './sum-columns';
export { sumRows } from './sum-rows';
export { subtractHistogram } from './subtract-histogram';
export { scanSplits } from './scan-splits';
export { partitionRows } from './partition-rows';
export { copyWords } from './copy-words';
export { addLeafValues } from './add-leaf-values';
export { sumProducts } from './sum-products';
export { sortDoubles } from './sort-doubles';
export { drawBag } from './forest/draw-bag';
export { sumNode } from './forest/sum-node';
export { searchNode } from './forest/search-node';
export { partNode } from './forest/part-node';
