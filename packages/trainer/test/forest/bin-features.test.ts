import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binFeatures } from '../../src/forest/bin-features.ts';
import { planForestMemory } from '../../src/forest/forest-memory.ts';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import { MISSING } from '../../src/kernels/forest-layout.ts';
import { createKernelSource, openKernels } from '../../src/kernels/open-kernels.ts';
import { planOf } from './plan-of.ts';

const module = await compileKernels();

function binMatrix(columns: (number | null)[][], maxBins: number, weights?: number[]) {
  const plan = planOf(columns, { maxBins, ...(weights && { weights }) });
  const { matrix, target } = plan.data;
  const { rowCount } = matrix;
  const sizes = { rowCount, featureCount: columns.length, target, options: plan.options };
  const layout = planForestMemory({ ...sizes, threads: 1 });
  const [wasm, script] = [module, undefined].map((code) => {
    const tools = openKernels(createKernelSource(layout.bytes, code));
    const bounds = binFeatures(tools, layout, { matrix, bins: plan.bins });
    const read = (start: number, length: number) => tools.memory.bytes.slice(start, start + length);
    return {
      bounds,
      bins: read(layout.columnBins, rowCount * columns.length),
      rowBins: read(layout.rowBins, rowCount * columns.length),
      binCounts: new Int32Array(read(layout.binCounts, 4 * columns.length).buffer),
    };
  });
  expect(wasm).toEqual(script);
  return wasm!;
}

function binColumn(values: (number | null)[], maxBins: number, weights?: number[]) {
  const { bins, bounds } = binMatrix([values], maxBins, weights);
  const { lowest, highest } = bounds[0]!;
  return { bins: [...bins], lowest: [...lowest], highest: [...highest] };
}

describe('binFeatures', () => {
  it('gives each distinct value a bin of its own while there are enough', () => {
    expect(binColumn([3, 1, 2, 1, -0, 0], 4)).toEqual({
      bins: [3, 1, 2, 1, 0, 0],
      lowest: [-0, 1, 2, 3],
      highest: [-0, 1, 2, 3],
    });
  });

  it('puts missing values into the missing bin, whatever else the column holds', () => {
    expect(binColumn([null, 5, null], 255).bins).toEqual([MISSING, 0, MISSING]);
    expect(binColumn([null, null], 255)).toEqual({
      bins: [MISSING, MISSING],
      lowest: [],
      highest: [],
    });
  });

  it('shares more values out over bins of equal weight', () => {
    expect(binColumn([1, 2, 3, 4, 5, 6, 7, 8], 4)).toEqual({
      bins: [0, 0, 1, 1, 2, 2, 3, 3],
      lowest: [1, 3, 5, 7],
      highest: [2, 4, 6, 8],
    });
  });

  it('takes a weight of 3 for the row three times', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const repeated = [1, 1, 1, 2, 3, 4, 5, 6];
    expect(binColumn(values, 3, [3, 1, 1, 1, 1, 1]).highest).toEqual(
      binColumn(repeated, 3).highest,
    );
  });

  it('lays the columns one after the other, and the rows', () => {
    const binned = binMatrix(
      [
        [1, 2],
        [9, null],
      ],
      255,
    );
    expect([...binned.bins]).toEqual([0, 1, 0, MISSING]);
    expect([...binned.rowBins]).toEqual([0, 0, 1, MISSING]);
    expect([...binned.binCounts]).toEqual([2, 1]);
    expect([...binned.bounds[1]!.lowest]).toEqual([9]);
  });

  it('keeps the order of values, and every value between its bin bounds', () => {
    const columns = fc.array(fc.option(fc.double({ noDefaultInfinity: true, noNaN: true })), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(columns, fc.integer({ min: 2, max: 20 }), (values, maxBins) => {
        const { bins, lowest, highest } = binColumn(values, maxBins);
        expect(highest.length).toBeLessThanOrEqual(maxBins);
        highest.forEach((value, bin) => {
          if (bin > 0) expect(lowest[bin]).toBeGreaterThan(highest[bin - 1]!);
          expect(value).toBeGreaterThanOrEqual(lowest[bin]!);
        });
        values.forEach((value, row) => {
          if (value === null) return expect(bins[row]).toBe(MISSING);
          expect(value).toBeGreaterThanOrEqual(lowest[bins[row]!]!);
          expect(value).toBeLessThanOrEqual(highest[bins[row]!]!);
        });
      }),
      { seed: 1 },
    );
  });
});
