import { describe, expect, it } from 'vitest';
import { evaluateGates, planPromotion } from '../src/index.ts';
import { versionOf } from './model-versions.ts';

function describeVersion(previous: string, metrics: { readonly [metric: string]: number } = {}) {
  const version = versionOf('2', 'None', previous);
  const verdicts = evaluateGates([], metrics);
  return planPromotion({
    version,
    to: 'Staging',
    holder: undefined,
    verdicts,
    evidence: { metrics },
  }).description;
}

describe('the description of a promoted version', () => {
  it('says what is not known instead of guessing', () => {
    expect(describeVersion('')).toBe(
      'Promotion record:\nAlgorithm: not recorded\nTraining data: not recorded\nMetrics: not recorded\nGates for Staging: none',
    );
  });

  it('keeps the words that a person wrote above the record', () => {
    expect(describeVersion('Trained on the spring data.\n')).toMatch(
      /^Trained on the spring data\.\n\nPromotion record:\n/,
    );
  });

  it('replaces the record of an earlier promotion', () => {
    const first = describeVersion('My words.', { accuracy: 0.5 });
    const second = describeVersion(first, { accuracy: 0.75 });
    expect(second).toBe(describeVersion('My words.', { accuracy: 0.75 }));
    expect(second).not.toContain('0.5');
  });

  it('lists evaluation metrics in their usual order and leaves a thousand others out', () => {
    const others = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`tree_${index}`, index]),
    );
    expect(describeVersion('', { ...others, f1: 0.5, accuracy: 0.812_345_6 })).toContain(
      'Metrics: accuracy 0.81235, f1 0.5\n',
    );
  });

  it('fits into the 5000 characters that a registry takes, the words first', () => {
    const words = `${'\u{1f600}'.repeat(2498)}`;
    const text = describeVersion(words);
    expect(text.length).toBeLessThanOrEqual(5000);
    expect(text.isWellFormed()).toBe(true);
    expect(text.startsWith(words)).toBe(true);
  });
});
