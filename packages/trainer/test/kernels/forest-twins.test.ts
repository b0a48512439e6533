import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { binFeatures } from '../../src/forest/bin-features.ts';
import type { ForestTarget, TreeOptions } from '../../src/forest/forest-data.ts';
import { classCountOf, planForestMemory } from '../../src/forest/forest-memory.ts';
import { layOutForest } from '../../src/forest/lay-out-forest.ts';
import { createTreeGrower } from '../../src/forest/tree-grower.ts';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import { RANDOM } from '../../src/kernels/forest-layout.ts';
import { createKernelSource, openKernels } from '../../src/kernels/open-kernels.ts';
import { planOf } from '../forest/plan-of.ts';

const module = await compileKernels();

/** Numbers, few values, a constant, gaps, and nothing but gaps. */
function columnsOf(rowCount: number, seed: number): (number | null)[][] {
  const random = createRandom(seed);
  const column = (value: () => number | null) => Array.from({ length: rowCount }, value);
  return [
    column(() => random.nextNormal()),
    column(() => random.nextInt(3)),
    column(() => 7),
    column(() => (random.nextInt(3) === 0 ? null : random.nextNormal())),
    column(() => null),
    column(() => (random.nextInt(2) === 0 ? null : 1)),
    column(() => random.nextInt(1000)),
    column(() => -random.nextFloat()),
    column(() => random.nextInt(2)),
  ];
}

function targetOf(kind: string, columns: (number | null)[][]): ForestTarget {
  const values = Float64Array.from(
    columns[0]!,
    (value, row) => value! * 3 + columns[6]![row]! / 99,
  );
  if (kind === 'numbers') return { task: 'regression', values };
  const classCount = kind === 'two classes' ? 2 : 5;
  const labels = Int32Array.from(values, (value) => Math.abs(Math.floor(value)) % classCount);
  return { task: 'classification', labels, classCount };
}

/** Bin and grow two trees, by WebAssembly or by TypeScript. */
function grow(target: ForestTarget, options: TreeOptions, given: ReturnType<typeof planOf>) {
  const { matrix, weights } = given.data;
  const plan = { ...given, options, data: { matrix, weights, target } };
  const featureCount = matrix.columns.length;
  const sizes = { rowCount: matrix.rowCount, featureCount, target, options };
  const layout = planForestMemory({ ...sizes, threads: 1 });
  const seat = layout.seats[0]!;
  return [module, undefined].map((code) => {
    const tools = openKernels(createKernelSource(layout.bytes, code));
    binFeatures(tools, layout, { matrix, bins: plan.bins });
    // What was sorted there is not the same in both.
    tools.memory.bytes.fill(0, seat.spareStats, seat.histograms);
    layOutForest(tools.memory, layout, plan);
    const { kind, targets } = layout;
    const terms = { kind, targets, seat, options, featureCount, classCount: classCountOf(target) };
    const growTree = createTreeGrower(tools, terms);
    const trees = [0, 1].map((tree) => growTree(tree));
    // The state of the random numbers lies in the memory for WebAssembly alone.
    tools.memory.bytes.fill(0, seat.job + RANDOM, seat.job + RANDOM + 16);
    return { trees, bytes: Buffer.from(tools.memory.bytes) };
  });
}

const kinds = ['numbers', 'two classes', 'five classes'];
const sizes = [2, 40, 900];
const cases = kinds.flatMap((kind) => sizes.map((rowCount) => ({ kind, rowCount })));

describe('the WebAssembly kernels of forests and their TypeScript twins', () => {
  it.each(cases)('grow the same trees: $kind, $rowCount rows', ({ kind, rowCount }) => {
    const columns = columnsOf(rowCount, rowCount);
    const target = targetOf(kind, columns);
    const random = createRandom(3, rowCount);
    const weights = columns[0]!.map(() => random.nextFloat() + 0.1);
    const criteria =
      kind === 'numbers' ? (['squared_error'] as const) : (['gini', 'entropy'] as const);
    let splits = 0;
    for (const criterion of criteria) {
      for (const minSamplesLeaf of [1, 3]) {
        for (const featuresPerSplit of [1, 3, 6, 9]) {
          const plan = planOf(columns, featuresPerSplit === 3 ? { weights } : { maxBins: 40 });
          const sampling = featuresPerSplit === 6 ? 'all_rows' : 'bootstrap';
          const terms = { criterion, minSamplesLeaf, featuresPerSplit, sampling } as const;
          const [wasm, script] = grow(target, { ...plan.options, ...terms }, plan);
          expect(wasm!.trees).toStrictEqual(script!.trees);
          expect(Buffer.compare(wasm!.bytes, script!.bytes)).toBe(0);
          for (const { tree } of wasm!.trees)
            splits += tree.splitFeature.filter((f) => f >= 0).length;
        }
      }
    }
    if (rowCount > 2) expect(splits).toBeGreaterThan(100);
  });

  it('sort doubles alike, those of few and of many digits', () => {
    const random = createRandom(9);
    const few = Float64Array.from({ length: 3000 }, () => random.nextInt(50) - 25);
    const many = Float64Array.from(
      { length: 3000 },
      () => random.nextNormal() * 10 ** random.nextInt(300),
    );
    for (const values of [
      few,
      many,
      Float64Array.of(0, -0, -1e-320, Infinity, -Infinity),
      new Float64Array(0),
    ]) {
      const { kernels, memory } = openKernels(createKernelSource(1 << 20, module));
      memory.doubles.set(values);
      kernels.sortDoubles(0, 8 * values.length, values.length);
      expect(memory.doubles.slice(0, values.length)).toStrictEqual(values.toSorted());
    }
  });
});
