import { describe, expect, it } from 'vitest';
import { type OneHotSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { type OneHotSetting, expectSame, reference } from '../scikit-learn-reference.ts';
import { boolean, categorical, cellsIn, integer, numeric, tableOfX, text } from '../tiny-table.ts';

const step: OneHotSpec = { kind: 'one_hot', columns: ['x'] };

describe('one_hot', () => {
  const distinct = new Set(reference.texts['full']!.train).size;
  const settings: [OneHotSetting, Partial<OneHotSpec>][] = [
    ['ignore', { unknown: 'ignore' }],
    ['max_1', { unknown: 'other', maxCategories: 1 }],
    ['max_4', { unknown: 'other', maxCategories: 4 }],
    ['max_4_ignore', { unknown: 'ignore', maxCategories: 4 }],
    ['max_exact', { unknown: 'ignore', maxCategories: distinct }],
    ['max_above', { unknown: 'ignore', maxCategories: distinct + 1 }],
    ['min_5', { unknown: 'other', minRows: 5 }],
    ['min_4_max_5', { unknown: 'ignore', minRows: 4, maxCategories: 5 }],
  ];
  describe.each(Object.entries(reference.texts))('on the texts "%s"', (_name, case_) => {
    describe.each([
      ['categorical', categorical],
      ['text', text],
    ])('as a %s column', (_kind, column) => {
      it.each(settings)('matches scikit-learn with %s', (setting, policy) => {
        const train = tableOfX(column(...case_.train));
        const recipe = fitRecipe(train, { steps: [{ ...step, ...policy }] });
        expectSame(transformTable(train, recipe), case_[setting].train);
        expectSame(transformTable(tableOfX(column(...case_.test)), recipe), case_[setting].test);
      });
    });
  });

  it.each(Object.entries(reference.numbers).filter(([, { one_hot }]) => one_hot !== undefined))(
    'matches scikit-learn on the numbers "%s"',
    (_name, case_) => {
      const train = tableOfX(numeric(...case_.train));
      const recipe = fitRecipe(train, { steps: [{ ...step, unknown: 'ignore' }] });
      expectSame(transformTable(train, recipe), case_.one_hot!.train);
      expectSame(transformTable(tableOfX(numeric(...case_.test)), recipe), case_.one_hot!.test);
    },
  );

  function namesOf(column: Parameters<typeof tableOfX>[0], policy: Partial<OneHotSpec> = {}) {
    const recipe = fitRecipe(tableOfX(column), { steps: [{ ...step, ...policy }] });
    return recipe.features.map(({ name }) => name);
  }

  it('names its columns after column and category, missing and other last', () => {
    const column = categorical('b', 'b', 'a', 'a', 'c', null, null);
    expect(namesOf(column, { maxCategories: 4 })).toEqual([
      'x=a',
      'x=b',
      'x=(missing)',
      'x=(other)',
    ]);
    expect(namesOf(integer(10, 9, -1))).toEqual(['x=-1', 'x=9', 'x=10']);
    expect(namesOf(boolean(true, false))).toEqual(['x=false', 'x=true']);
  });

  it('keeps names apart where a category reads like one of its own', () => {
    const column = categorical('(other)', '(other)', '(missing)', '(missing)', 'rare', null, null);
    expect(namesOf(column, { maxCategories: 4 })).toEqual([
      'x=(missing)',
      'x=(other)',
      'x=(missing)*',
      'x=(other)*',
    ]);
  });

  it('sorts texts by code point, as Python does', () => {
    expect(namesOf(categorical('\u{1F600}', '\uFF5E', 'é', 'z'))).toEqual([
      'x=z',
      'x=é',
      'x=\uFF5E',
      'x=\u{1F600}',
    ]);
  });

  it('refuses an unknown category by default, naming row and category', () => {
    const recipe = fitRecipe(tableOfX(categorical('a', 'b')), { steps: [step] });
    expect(() => transformTable(tableOfX(categorical('a', 'q')), recipe)).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_CATEGORY_UNKNOWN',
        column: 'x',
        row: 1,
        category: 'q',
      }),
    );
    expect(() => transformTable(tableOfX(categorical(null)), recipe)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_CATEGORY_UNKNOWN', category: null }),
    );
  });

  it('minds only categories that a row has, not those of an unused dictionary entry', () => {
    const recipe = fitRecipe(tableOfX(categorical('a', 'b')), { steps: [step] });
    const column = {
      kind: 'categorical',
      codes: Int32Array.of(1),
      dictionary: ['q', 'a'],
    } as const;
    const matrix = transformTable(tableOfX(column), recipe);
    expect(matrix.columns.map(cellsIn)).toEqual([[1], [0]]);
  });

  it('makes zeros of missing cells where asked for, also when training rows miss some', () => {
    const table = tableOfX(categorical('a', null));
    const recipe = fitRecipe(table, { steps: [{ ...step, missing: 'zeros' }] });
    expect(transformTable(table, recipe).columns.map(cellsIn)).toEqual([[1, 0]]);
  });

  it('keeps columns named like parts of an object apart from such parts', () => {
    const column = categorical('__proto__', 'constructor', 'hasOwnProperty');
    const recipe = fitRecipe(tableOfX(column), { steps: [{ ...step, unknown: 'ignore' }] });
    const test = tableOfX(categorical('toString', '__proto__'));
    expect(transformTable(test, recipe).columns.map(cellsIn)).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('throws TABLE_COLUMN_DUPLICATE when a name is taken', () => {
    const table = new Map([
      ['x', categorical('a')],
      ['x=a', numeric(1)],
    ]);
    expect(() => fitRecipe({ rowCount: 1, columns: table }, { steps: [step] })).toThrow(
      expect.objectContaining({ code: 'TABLE_COLUMN_DUPLICATE', column: 'x=a' }),
    );
  });
});
