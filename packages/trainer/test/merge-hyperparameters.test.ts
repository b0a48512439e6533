import { describe, expect, it } from 'vitest';
import { mergeHyperparameters, withoutHyperparameters } from '../src/merge-hyperparameters.ts';

describe('mergeHyperparameters', () => {
  it('puts one set over another, one by one', () => {
    const merged = mergeHyperparameters(
      'random_forest',
      { max_depth: 3, n_estimators: 50 },
      { max_depth: 8, criterion: 'entropy' },
    );
    expect(merged).toEqual({ n_estimators: 50, max_depth: 8, criterion: 'entropy' });
  });

  it('lets a hyperparameter of another name for the same give way', () => {
    expect(mergeHyperparameters('xgboost', { learning_rate: 0.1 }, { eta: 0.3 })).toEqual({
      eta: 0.3,
    });
    expect(mergeHyperparameters('xgboost', { eta: 0.1 }, { learning_rate: 0.3 })).toEqual({
      learning_rate: 0.3,
    });
  });

  it('throws TRAINER_UNKNOWN_ALGORITHM', () => {
    expect(() => mergeHyperparameters('forest', {}, {})).toThrow(
      expect.objectContaining({ code: 'TRAINER_UNKNOWN_ALGORITHM' }),
    );
  });
});

describe('withoutHyperparameters', () => {
  it('leaves out those named, whichever of its names each goes by', () => {
    const space = { eta: 1, max_depth: 2, lambda: 3 };
    expect(withoutHyperparameters('xgboost', space, ['learning_rate', 'lambda'])).toEqual({
      max_depth: 2,
    });
  });
});
