import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parentsFirst } from '../../src/transfer/parents-first.ts';

const run = (
  runId: string,
  startTime: number,
  parents: { parent?: string; root?: string } = {},
) => ({
  ...{ runId, startTime },
  tags: {
    ...(parents.parent === undefined ? {} : { 'mlflow.parentRunId': parents.parent }),
    ...(parents.root === undefined ? {} : { 'mlflow.rootRunId': parents.root }),
  },
});
const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId);

it('puts the oldest first, and parents before what is nested in them', () => {
  const child = run('c', 1, { parent: 'b', root: 'a' });
  const middle = run('b', 2, { parent: 'a', root: 'a' });
  expect(ids(parentsFirst([child, middle, run('a', 3), run('z', 0)]))).toEqual([
    'z',
    'a',
    'b',
    'c',
  ]);
});

it('keeps runs whose parents are elsewhere, or that go in circles', () => {
  const runs = [
    run('a', 1, { parent: 'b' }),
    run('b', 2, { parent: 'a' }),
    run('c', 3, { parent: 'x' }),
  ];
  expect(ids(parentsFirst(runs)).sort()).toEqual(['a', 'b', 'c']);
  expect(ids(parentsFirst([run('a', 1, { root: 'a' })]))).toEqual(['a']);
});

it('bears a line of twenty thousand', () => {
  const runs = Array.from({ length: 20_000 }, (_, i) => run(`r${i}`, i, { parent: `r${i + 1}` }));
  expect(parentsFirst(runs)[0]!.runId).toBe('r19999');
});

it('orders every forest', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 20 }), (drawn) => {
      // Parents have lower numbers, whatever the times say: no circles.
      const runs = drawn.map(([time, parent], i) =>
        run(`r${i}`, time, parent < i ? { parent: `r${parent}`, root: 'r0' } : {}),
      );
      const order = ids(parentsFirst(runs));
      expect([...order].sort()).toEqual(ids(runs).sort());
      for (const { runId, tags } of runs) {
        for (const parent of Object.values(tags)) {
          if (parent !== runId) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(runId));
        }
      }
    }),
    { seed: 3 },
  );
});
