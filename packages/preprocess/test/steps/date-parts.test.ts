import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datePartOf } from '../../src/date-part.ts';
import { runSteps } from '../run-step.ts';
import { timestamp } from '../tiny-table.ts';

const at = (text: string) => Date.parse(text);
const train = { t: timestamp(at('2024-02-29T13:45:00Z'), at('2024-03-02T13:45:00Z'), null) };

describe('date_parts', () => {
  it('takes the default parts in place of the column', () => {
    expect(runSteps([{ kind: 'date_parts', columns: ['t'] }], { train }).later).toEqual({
      t_year: [2024, 2024, null],
      t_month: [2, 3, null],
      t_day: [29, 2, null],
      t_weekday: [3, 5, null],
      t_hour: [13, 13, null],
    });
  });

  it('lays parts out on a circle, and counts days from the first time', () => {
    const steps = [
      { kind: 'date_parts', columns: ['t'], cycles: ['quarter'], elapsedSince: 'first' },
    ] as const;
    expect(runSteps(steps, { train }).later).toEqual({
      t_quarter_sin: [0, 0, null],
      t_quarter_cos: [1, 1, null],
      t_elapsed_days: [0, 2, null],
    });
  });

  it('counts days from a given time', () => {
    const steps = [{ kind: 'date_parts', columns: ['t'], elapsedSince: '2024-03-01' }] as const;
    const days = runSteps(steps, { train }).later['t_elapsed_days']!;
    expect(days[1]).toBeCloseTo(1 + 13.75 / 24, 12);
  });

  it('agrees with Date on any day', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(-6e15) }), (date) => {
        const time = date.getTime();
        expect(datePartOf(time, 'year')).toBe(date.getUTCFullYear());
        expect(datePartOf(time, 'month')).toBe(date.getUTCMonth() + 1);
        expect(datePartOf(time, 'day')).toBe(date.getUTCDate());
        expect(datePartOf(time, 'weekday')).toBe((date.getUTCDay() + 6) % 7);
        expect(datePartOf(time, 'hour')).toBe(date.getUTCHours());
        expect(datePartOf(time, 'minute')).toBe(date.getUTCMinutes());
        const newYear = new Date(0).setUTCFullYear(date.getUTCFullYear());
        expect(datePartOf(time, 'day_of_year')).toBe(Math.floor((time - newYear) / 86_400_000) + 1);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('throws PREPROCESS_SPEC_INVALID for a part or a time that there is none of', () => {
    for (const wrong of [{ parts: ['wekday'] }, { cycles: ['year'] }, { elapsedSince: 'firsst' }]) {
      const steps = [{ kind: 'date_parts', columns: ['t'], ...wrong }] as never;
      expect(() => runSteps(steps, { train })).toThrow(
        expect.objectContaining({ code: 'PREPROCESS_SPEC_INVALID' }),
      );
    }
  });
});
