import type { Kernel, Kernels } from './kernels.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { addLeafValues } from './script/add-leaf-values.ts';
import { binValues } from './script/bin-values.ts';
import { writeLogisticGradients, writeSquaredGradients } from './script/gradients.ts';
import { drawBag } from './script/forest/draw-bag.ts';
import { partNode } from './script/forest/part-node.ts';
import { searchNode } from './script/forest/search-node.ts';
import { sumNode } from './script/forest/sum-node.ts';
import { multiplyMatrices } from './script/multiply-matrices.ts';
import { orderPacked } from './script/order-packed.ts';
import { partitionRows } from './script/partition-rows.ts';
import { rectify, rectifySlopes } from './script/rectify.ts';
import { scanSplits } from './script/scan-splits.ts';
import { subtractHistogram } from './script/subtract-histogram.ts';
import { sumColumns } from './script/sum-columns.ts';
import { sumProducts } from './script/sum-products.ts';
import { sumRows } from './script/sum-rows.ts';
import { transposeBins } from './script/transpose-bins.ts';

type ScriptKernel = (memory: KernelMemory, job: number, from: number, to: number) => void;

/** The kernels in plain TypeScript: the fallback, and what the others are tested against. */
export function createScriptKernels(memory: KernelMemory): Kernels {
  const bind =
    (kernel: ScriptKernel): Kernel =>
    (job, from, to) =>
      kernel(memory, job, from, to);
  return {
    binValues: bind(binValues),
    transposeBins: bind(transposeBins),
    sortKeys(keys, _spare, count) {
      memory.unsigned.subarray(keys >>> 2, (keys >>> 2) + count).sort();
    },
    sortDoubles(values, _spare, count) {
      memory.doubles.subarray(values >>> 3, (values >>> 3) + count).sort();
    },
    drawBag: (job) => drawBag(memory, job),
    sumNode: (job) => sumNode(memory, job),
    searchNode: (job) => searchNode(memory, job),
    partNode: (job) => partNode(memory, job),
    writeLogisticGradients: bind(writeLogisticGradients),
    writeSquaredGradients: bind(writeSquaredGradients),
    orderPacked: bind(orderPacked),
    sumColumns: bind(sumColumns),
    sumRows: bind(sumRows),
    sumProducts: bind(sumProducts),
    multiplyMatrices: bind(multiplyMatrices),
    rectify: (values, count) => rectify(memory, values, count),
    rectifySlopes: (slopes, values, count) => rectifySlopes(memory, slopes, values, count),
    subtractHistogram: bind(subtractHistogram),
    scanSplits: bind(scanSplits),
    partitionRows: (job, from, to, block) => partitionRows(memory, job, { from, to, block }),
    addLeafValues: bind(addLeafValues),
    copyWords(target, source, count) {
      memory.words.copyWithin(target >>> 2, source >>> 2, (source >>> 2) + count);
    },
  };
}
