import { describe, expect, it } from 'vitest';
import { chooseThreadCount } from '../../src/forest/thread-count.ts';
import { planOf as forestOn } from './plan-of.ts';

function planOf(rowCount: number, treeCount: number) {
  const plan = forestOn([new Array<number>(rowCount).fill(1)], { treeCount });
  return { ...plan, options: { ...plan.options, featuresPerSplit: 20 } };
}

describe('chooseThreadCount', () => {
  it('stays on one thread for little work and takes all there are for much', () => {
    expect(chooseThreadCount(planOf(1000, 100), 8, undefined)).toBe(1);
    expect(chooseThreadCount(planOf(100_000, 100), 8, undefined)).toBe(8);
  });

  it('does what was asked for, but starts no thread without a tree', () => {
    expect(chooseThreadCount(planOf(10, 100), 8, 3)).toBe(3);
    expect(chooseThreadCount(planOf(10, 2), 8, 3)).toBe(2);
    expect(chooseThreadCount(planOf(100_000, 100), 8, 1)).toBe(1);
  });
});
