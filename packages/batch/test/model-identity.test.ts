import { describe, expect, it } from 'vitest';
import { modelIdentity } from '../src/model-identity.ts';

type Identified = Parameters<typeof modelIdentity>[0];

function predictorOf(coefficients: number[], extra: object = {}): Identified {
  const model = {
    task: 'regression',
    estimator: { coefficients: Float64Array.from(coefficients) },
  };
  return { model: { ...model, ...extra } } as unknown as Identified;
}

describe('modelIdentity', () => {
  it('is the name and version of a registered model', () => {
    const version = { name: 'churn', version: '3' };
    expect(modelIdentity({ ...predictorOf([1]), version } as Identified)).toBe('churn/3');
  });

  it('is a digest of everything else, whatever the order of its keys', () => {
    const digest = modelIdentity(predictorOf([1, 2]));

    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const reordered = { estimator: { coefficients: Float64Array.of(1, 2) }, task: 'regression' };
    expect(modelIdentity({ model: reordered } as unknown as Identified)).toBe(digest);
  });

  it('differs when any number, name or nesting does', () => {
    const all = [
      predictorOf([1, 2]),
      predictorOf([1, 3]),
      predictorOf([1]),
      predictorOf([1, 2], { target: { name: 'y' } }),
      predictorOf([1, 2], { target: { name: 'z' } }),
      predictorOf([1, 2], { target: ['name', 'y'] }),
      predictorOf([1, 2], { target: null }),
    ].map(modelIdentity);

    expect(new Set(all).size).toBe(all.length);
  });
});
