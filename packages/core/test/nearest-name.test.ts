import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName } from '../src/index.ts';

describe('nearestName', () => {
  it.each([
    ['test_sise', ['test_size', 'validation_size'], 'test_size'],
    ['tets_size', ['test_size'], 'test_size'],
    ['Churn', ['tenure', 'churn'], 'churn'],
    ['c', ['max_iter', 'C'], 'C'],
    ['ids', ['id', 'name'], 'id'],
    ['max_dept', ['max_depth', 'max_dep'], 'max_depth'],
  ])('%s of %j is %s', (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest);
  });

  it.each([
    ['x', ['y']],
    ['ab', ['ax']],
    ['customer', ['tenure', 'churn']],
    ['', ['a']],
    ['a', []],
  ])('%j is near none of %j', (name, candidates) => {
    expect(nearestName(name, candidates)).toBeUndefined();
  });

  it('takes the first of equally near ones', () => {
    expect(nearestName('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('finds a name that is there, in whatever case', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), (names) => {
        expect(nearestName(names.at(-1)!.toUpperCase(), names)).toBe(names.at(-1));
      }),
      { seed: 1 },
    );
  });
});
