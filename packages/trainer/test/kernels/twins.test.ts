import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { type Filling, JOB, openTwins } from './filled-memory.ts';

const fillings: readonly Filling[] = [
  { seed: 1, rows: 1, features: 1, weights: 'none', dither: false, whole: true },
  { seed: 2, rows: 10, features: 3, weights: 'whole', dither: false, whole: true },
  { seed: 3, rows: 999, features: 7, weights: 'none', dither: true, whole: false },
  { seed: 4, rows: 5000, features: 9, weights: 'real', dither: false, whole: false },
  { seed: 5, rows: 8192, features: 4, weights: 'real', dither: true, whole: true },
  { seed: 6, rows: 4097, features: 13, weights: 'whole', dither: true, whole: false },
];

type Work = (kernels: Kernels, filling: Filling) => void;

const nodeRows = ({ rows, whole }: Filling) => (whole ? rows : Math.floor(rows / 2));

const works: Record<string, Work> = {
  binValues: (kernels, { rows }) => kernels.binValues(JOB, 0, rows),
  transposeBins: (kernels, { rows }) => kernels.transposeBins(JOB, 0, rows),
  writeLogisticGradients: (kernels, { rows }) => kernels.writeLogisticGradients(JOB, 0, rows),
  writeSquaredGradients: (kernels, { rows }) => kernels.writeSquaredGradients(JOB, 0, rows),
  orderPacked: (kernels, filling) => kernels.orderPacked(JOB, 0, nodeRows(filling)),
  sumColumns(kernels, filling) {
    kernels.orderPacked(JOB, 0, nodeRows(filling));
    kernels.sumColumns(JOB, 0, filling.features);
  },
  sumRows(kernels, filling) {
    kernels.transposeBins(JOB, 0, filling.rows);
    kernels.orderPacked(JOB, 0, nodeRows(filling));
    kernels.sumRows(JOB, 0, filling.features);
  },
  subtractHistogram(kernels, filling) {
    kernels.orderPacked(JOB, 0, nodeRows(filling));
    kernels.sumColumns(JOB, 0, filling.features);
    kernels.subtractHistogram(JOB, 0, filling.features);
  },
  scanSplits: (kernels, { features }) => kernels.scanSplits(JOB, 0, features),
  partitionRows: (kernels, filling) => kernels.partitionRows(JOB, 0, nodeRows(filling), 2),
  copyWords: (kernels, { rows }) => kernels.copyWords(512, 516, rows),
  addLeafValues: (kernels, { rows }) => kernels.addLeafValues(JOB, 0, rows),
};

describe('the WebAssembly kernels and their TypeScript twins', () => {
  for (const [name, work] of Object.entries(works)) {
    it(`write the same bytes: ${name}`, async () => {
      let changed = 0;
      for (const filling of fillings) {
        const [wasm, script] = await openTwins(filling);
        const before = wasm.memory.bytes.slice();
        work(wasm.kernels, filling);
        work(script.kernels, filling);
        expect(Buffer.compare(wasm.memory.bytes, script.memory.bytes)).toBe(0);
        changed += Number(Buffer.compare(wasm.memory.bytes, before) !== 0);
      }
      expect(changed).toBeGreaterThan(fillings.length / 2);
    });
  }

  it('sort the same keys alike', async () => {
    for (const count of [0, 1, 2, 4096]) {
      const twins = await openTwins(fillings[0]!);
      const random = createRandom(7, count);
      const keys = Uint32Array.from({ length: count }, () => random.nextUint32());
      for (const { kernels, memory } of twins) {
        memory.unsigned.set(keys, 65_536 / 4);
        kernels.sortKeys(65_536, 131_072, count);
        const sorted = memory.unsigned.slice(65_536 / 4, 65_536 / 4 + count);
        expect(sorted).toEqual(keys.toSorted());
      }
    }
  });
});
