import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stagePeriods, versionInStageAt } from '../src/index.ts';
import { ledgerOf } from './ledger-entries.ts';

describe('stagePeriods', () => {
  it('tells who held a stage when, with gaps where nobody did', () => {
    const ledger = ledgerOf(
      { version: '1', to: 'GNU_Production' },
      { version: '2', to: 'GNU_Production', displaced: '1' },
      { version: '2', to: 'Archived', from: 'GNU_Production' },
      { version: '9', to: 'Staging' },
      { version: '3', to: 'GNU_Production' },
    );
    expect(stagePeriods(ledger, 'GNU_Production')).toEqual([
      { version: '1', sequence: 1, from: 1000, to: 2000 },
      { version: '2', sequence: 2, from: 2000, to: 3000 },
      { version: '3', sequence: 5, from: 5000, to: null },
    ]);
  });

  it('ends the time in Staging of a version that goes on to production', () => {
    const ledger = ledgerOf(
      { version: '1', to: 'Staging' },
      { version: '1', to: 'GNU_Production', from: 'Staging' },
    );
    expect(stagePeriods(ledger, 'Staging')).toEqual([
      { version: '1', sequence: 1, from: 1000, to: 2000 },
    ]);
  });

  it('does not begin anew when a version is moved to the stage that it holds', () => {
    const ledger = ledgerOf(
      { version: '1', to: 'Staging' },
      { version: '1', to: 'Staging', from: 'Staging' },
    );
    expect(stagePeriods(ledger, 'Staging')).toHaveLength(1);
  });

  it('is empty for an empty ledger', () => {
    expect(stagePeriods([], 'Staging')).toEqual([]);
  });

  it('has no overlaps and no negative lengths, whatever the clock did', () => {
    const stage = fc.constantFrom(...(['None', 'Staging', 'GNU_Production', 'Archived'] as const));
    const move = fc.record({
      version: fc.constantFrom('1', '2', '3'),
      to: stage,
      at: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        const periods = stagePeriods(ledgerOf(...moves), 'GNU_Production');
        periods.forEach(({ from, to }, index) => {
          expect(from).toBeLessThanOrEqual(to ?? Infinity);
          expect(to ?? -1).toBeLessThanOrEqual(periods[index + 1]?.from ?? Infinity);
        });
        expect(periods.filter(({ to }) => to === null).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('versionInStageAt', () => {
  const ledger = ledgerOf(
    { version: '1', to: 'GNU_Production' },
    { version: '2', to: 'GNU_Production', displaced: '1' },
    { version: '2', to: 'None', from: 'GNU_Production' },
  );

  it.each([
    [999, undefined],
    [1000, '1'],
    [1999, '1'],
    [2000, '2'],
    [2999, '2'],
    [3000, undefined],
    [9999, undefined],
  ])('at %i ms finds version %s', (time, version) => {
    expect(versionInStageAt(ledger, 'GNU_Production', time)).toBe(version);
  });

  it('keeps stages apart', () => {
    expect(versionInStageAt(ledger, 'Staging', 1500)).toBeUndefined();
  });

  it('trusts the sequence where the clock went back', () => {
    const skewed = ledgerOf(
      { version: '1', to: 'GNU_Production', at: 5000 },
      { version: '2', to: 'GNU_Production', displaced: '1', at: 4000 },
    );
    expect(versionInStageAt(skewed, 'GNU_Production', 4500)).toBeUndefined();
    expect(versionInStageAt(skewed, 'GNU_Production', 5000)).toBe('2');
  });
});
