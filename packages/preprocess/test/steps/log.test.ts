import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { numeric } from '../tiny-table.ts';

const steps = [{ kind: 'log', columns: ['x'] }] as const;

describe('log', () => {
  it('is the natural logarithm; a later value of 0 or less becomes missing', () => {
    const test = { x: numeric(1, Math.E, 0, -1, null) };
    expect(runSteps(steps, { train: { x: numeric(2) }, test }).later).toEqual({
      x: [0, 1, null, null, null],
    });
  });

  it('throws PREPROCESS_VALUE_OUT_OF_RANGE for a training value of 0', () => {
    expect(() => runSteps(steps, { train: { x: numeric(1, 0) } })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_VALUE_OUT_OF_RANGE', column: 'x', row: 1 }),
    );
  });
});
