import { describe, expect, it } from 'vitest';
import type { StepSpec } from '../../src/index.ts';
import { runSteps } from '../run-step.ts';
import { categorical, text } from '../tiny-table.ts';

const train = { x: categorical('a', 'a', 'a', 'b', 'b', 'c', null) };
const test = { x: text('a', 'b', 'c', 'new', null) };
const counted = (limits: object): StepSpec[] => [
  { kind: 'group_rare', columns: ['x'], ...limits },
  { kind: 'one_hot', columns: ['x'], unknown: 'ignore', missing: 'zeros' },
];

describe('group_rare', () => {
  it.each([{ minRows: 2 }, { minShare: 0.2 }, { maxCategories: 3 }])(
    'groups what is rare by %j, and what is new; missing stays missing',
    (limits) => {
      expect(runSteps(counted(limits), { train, test }).later).toEqual({
        'x=(other)': [0, 0, 1, 1, 0],
        'x=a': [1, 0, 0, 0, 0],
        'x=b': [0, 1, 0, 0, 0],
      });
    },
  );

  it.each([0.07, 0.14, 0.28, 0.29, 0.55])(
    'leaves a text in exactly the share %s of a hundred rows as it is',
    (minShare) => {
      const rows = Math.round(100 * minShare);
      const texts = (count: number) => ({
        x: categorical(...Array.from({ length: 100 }, (_, i) => (i < count ? 'a' : `b${i}`))),
      });
      const later = (count: number) =>
        runSteps(counted({ minShare }), { train: texts(count), test: { x: text('a') } }).later;
      expect(later(rows)).toEqual({ 'x=(other)': [0], 'x=a': [1] });
      expect(later(rows - 1)).not.toHaveProperty('x=a');
    },
  );

  it('takes another label, which a text may bear already', () => {
    const { later } = runSteps(counted({ minRows: 2, label: 'a' }), { train, test });
    expect(later).toEqual({ 'x=a': [1, 0, 1, 1, 0], 'x=b': [0, 1, 0, 0, 0] });
  });

  it('throws PREPROCESS_SPEC_INVALID without a limit', () => {
    expect(() => runSteps(counted({}), { train })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPEC_INVALID' }),
    );
  });
});
