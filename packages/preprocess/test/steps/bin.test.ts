import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { numeric } from '../tiny-table.ts';

const train = { x: numeric(0, 1, 2, 3, 4, 5, 6, 7, 8, 100) };
const test = { x: numeric(-5, 4, 4.5, 50, 1e9, null) };

describe('bin', () => {
  it('cuts where as many rows are on each side', () => {
    const steps = [{ kind: 'bin', columns: ['x'], bins: 2 }] as const;
    expect(runSteps(steps, { train, test }).later).toEqual({ x: [0, 0, 1, 1, 1, null] });
  });

  it('cuts into equal widths, as columns of 0 and 1 where wanted', () => {
    const steps = [
      { kind: 'bin', columns: ['x'], bins: 2, strategy: 'uniform', output: 'one_hot' },
    ] as const;
    expect(runSteps(steps, { train, test }).later).toEqual({
      'x=bin_0': [1, 1, 1, 0, 0, 0],
      'x=bin_1': [0, 0, 0, 1, 1, 0],
    });
  });

  it('has one bin for a constant column, and merges bins that coincide', () => {
    const steps = [{ kind: 'bin', columns: ['x', 'y'], bins: 4 }] as const;
    const columns = { x: numeric(3, 3, 3, 3), y: numeric(0, 0, 0, 9) };
    expect(runSteps(steps, { train: columns }).later).toEqual({
      x: [0, 0, 0, 0],
      y: [0, 0, 0, 1],
    });
  });
});
