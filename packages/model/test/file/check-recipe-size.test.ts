import { describe, expect, it } from 'vitest';
import { checkRecipeSize } from '../../src/file/check-recipe-size.ts';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import { tinyForest } from '../fixtures/tiny-models.ts';
import { tamper } from '../fixtures/tamper.ts';

function checked(value: unknown): () => void {
  return () => checkRecipeSize({ where: 'recipe', value });
}

function columns(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `c${i}`,
    type: 'double',
    required: true,
  }));
}

describe('checkRecipeSize', () => {
  it('takes the recipe of ten thousand columns in a few steps', () => {
    const steps = Array.from({ length: 5 }, () => ({ kind: 'clip', columns: columns(10_000) }));
    expect(checked({ inputs: columns(10_000), steps })).not.toThrow();
  });

  it('takes fifty thousand categories of a hundred characters', () => {
    const categories = Array.from({ length: 50_000 }, (_, i) => `${i}`.padStart(100, 'x'));
    expect(checked({ inputs: columns(10), steps: [{ categories }] })).not.toThrow();
  });

  it('refuses thousands of empty steps over thousands of columns', () => {
    const steps = Array.from({ length: 2000 }, () => ({ kind: 'log1p', columns: [] }));
    expect(checked({ inputs: columns(2000), steps })).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_CORRUPT', where: 'recipe' }),
    );
  });

  it('refuses a name that would be repeated until memory ends', () => {
    const categories = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    const inputs = [{ name: 'x'.repeat(200_000) }];
    expect(checked({ inputs, steps: [{ categories }] })).toThrow(/more than a recipe can have/);
  });

  it('leaves what is no recipe to those who read it', () => {
    for (const value of [null, 1, 'steps', [], { steps: 7 }]) expect(checked(value)).not.toThrow();
  });

  it('stands before the recipe of a model file is read', () => {
    const forged = tamper(formatModel(tinyForest()), ({ metadata }) => {
      const recipe = JSON.parse(metadata['recipe']!) as Record<string, unknown>;
      const steps = Array.from({ length: 9000 }, () => ({ kind: 'log1p', columns: [] }));
      metadata['recipe'] = JSON.stringify({ ...recipe, inputs: columns(9000), steps });
    });
    expect(() => parseModel(forged)).toThrow(/9000 steps/);
  });
});
