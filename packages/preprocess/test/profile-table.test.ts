import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { profileTable } from '../src/index.ts';
import { boolean, categorical, numeric, tableOfX, text, timestamp } from './tiny-table.ts';
import { reference } from './scikit-learn-reference.ts';

function profileOf(column: Parameters<typeof tableOfX>[0]) {
  return profileTable(tableOfX(column)).columns[0]!;
}

describe('profileTable', () => {
  it.each(Object.entries(reference.numbers))(
    'measures "%s" as numpy and pandas do, within 1e-9',
    (_name, case_) => {
      const profile = profileOf(numeric(...case_.train));
      if (profile.kind !== 'numeric') throw new Error('expected a profile of numbers');
      const close = (value: number | null, wanted: number) =>
        expect(Math.abs(value! - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-9);
      close(profile.minimum, case_.described.min);
      close(profile.maximum, case_.described.max);
      close(profile.mean, case_.described.mean);
      close(profile.standardDeviation, case_.described.std);
      const known = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
      const compared = profile.quantiles.filter(({ share }) => known.includes(share));
      compared.forEach(({ value }, i) => close(value, case_.quantiles[i]!));
      expect(compared).toHaveLength(case_.quantiles.length);
      expect(profile.missingCount).toBe(case_.train.filter((cell) => cell === null).length);
      expect(profile.distinctCount).toBe(new Set(case_.train.filter((cell) => cell !== null)).size);
    },
  );

  it('counts categories, most frequent first, at most a hundred', () => {
    const cells = Array.from({ length: 240 }, (_, i) => `c${String(i % 120).padStart(3, '0')}`);
    const profile = profileOf(categorical(...cells, 'c007', null));
    expect(profile).toMatchObject({ missingCount: 1, distinctCount: 120 });
    if (profile.kind !== 'categorical') throw new Error('expected a profile of categories');
    expect(profile.topCategories).toHaveLength(100);
    expect(profile.topCategories.slice(0, 2)).toEqual([
      { category: 'c007', count: 3 },
      { category: 'c000', count: 2 },
    ]);
  });

  it('profiles booleans, texts and times', () => {
    expect(profileOf(boolean(true, false, true, null))).toEqual({
      name: 'x',
      kind: 'boolean',
      missingCount: 1,
      distinctCount: 2,
      topCategories: [
        { category: 'true', count: 2 },
        { category: 'false', count: 1 },
      ],
    });
    expect(profileOf(text('a', null))).toMatchObject({ kind: 'text', distinctCount: 1 });
    expect(profileOf(timestamp(5, 9))).toMatchObject({ kind: 'timestamp', minimum: 5, mean: 7 });
  });

  it('has null where there is nothing to measure, so that it stays JSON', () => {
    const profile = profileTable(
      createTable([
        ['none', numeric(null, null)],
        ['one', numeric(3, null)],
        ['infinite', numeric(1, Infinity)],
      ]),
    );
    expect(profile.columns[0]).toMatchObject({ minimum: null, mean: null, quantiles: [] });
    expect(profile.columns[1]).toMatchObject({ mean: 3, standardDeviation: null });
    expect(profile.columns[2]).toMatchObject({ minimum: 1, maximum: null });
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });
});
