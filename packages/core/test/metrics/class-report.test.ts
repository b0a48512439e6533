import { describe, expect, it } from 'vitest';
import { measureClassReport } from '../../src/index.ts';

describe('measureClassReport', () => {
  // 3 cats, of which 2 were called so; 1 dog, called a cat; no fish, but 1 cat called so.
  const report = measureClassReport({
    confusionMatrix: [
      [2, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
    ],
    classes: ['cat', 'dog', 'fish'],
  });

  it('tells the classes apart, what is undefined as NaN', () => {
    expect(report.classes).toEqual([
      { className: 'cat', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 },
      { className: 'dog', precision: NaN, recall: 0, f1: 0, support: 1 },
      { className: 'fish', precision: 0, recall: NaN, f1: 0, support: 0 },
    ]);
  });

  it('leaves undefined figures out of the averages', () => {
    expect(report.macro.precision).toBeCloseTo(1 / 3, 15);
    expect(report.macro.recall).toBeCloseTo(1 / 3, 15);
    expect(report.weighted.recall).toBeCloseTo(0.5, 15);
    expect(report.micro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 4 });
  });

  it('has no weighted precision where only classes without rows were predicted', () => {
    const { weighted } = measureClassReport({
      confusionMatrix: [
        [0, 2],
        [0, 0],
      ],
      classes: ['cat', 'dog'],
    });
    expect(weighted).toMatchObject({ precision: NaN, recall: 0, f1: 0, support: 2 });
  });
});
