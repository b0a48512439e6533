import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Gate, GateInvalidError, evaluateGates } from '../src/index.ts';

const accuracy: Gate = {
  name: 'accuracy',
  metric: 'accuracy',
  threshold: 0.7,
  direction: 'at_least',
};
const error: Gate = { name: 'error', metric: 'rmse', threshold: 3, direction: 'at_most' };

describe('evaluateGates', () => {
  it('passes a metric on the right side of its threshold, in the order of the gates', () => {
    expect(evaluateGates([error, accuracy], { accuracy: 0.81, rmse: 2.5 })).toEqual([
      {
        gate: 'error',
        metric: 'rmse',
        measured: 2.5,
        threshold: 3,
        direction: 'at_most',
        verdict: 'pass',
        message: 'rmse is 2.5; at most 3 is needed',
      },
      {
        gate: 'accuracy',
        metric: 'accuracy',
        measured: 0.81,
        threshold: 0.7,
        direction: 'at_least',
        verdict: 'pass',
        message: 'accuracy is 0.81; at least 0.7 is needed',
      },
    ]);
  });

  it('passes the threshold itself in both directions', () => {
    const verdicts = evaluateGates([accuracy, error], { accuracy: 0.7, rmse: 3 });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  it('fails a metric on the wrong side and keeps the measured figure', () => {
    const [verdict] = evaluateGates([accuracy], { accuracy: 0.613_456_789 });
    expect(verdict).toMatchObject({
      verdict: 'fail',
      measured: 0.613_456_789,
      message: 'accuracy is 0.61346; at least 0.7 is needed',
    });
  });

  it('shows all digits where rounding would make a failed figure look like the threshold', () => {
    const [verdict] = evaluateGates([accuracy], { accuracy: 0.699_999_9 });
    expect(verdict).toMatchObject({
      verdict: 'fail',
      message: 'accuracy is 0.6999999; at least 0.7 is needed',
    });
  });

  it('finds not enough evidence in a metric that is absent', () => {
    expect(evaluateGates([accuracy], {})).toEqual([
      expect.objectContaining({
        verdict: 'not_enough_evidence',
        measured: null,
        message: 'accuracy was not measured; at least 0.7 is needed',
      }),
    ]);
  });

  it.each([NaN, Infinity, -Infinity])('finds not enough evidence in %s', (value) => {
    const [verdict] = evaluateGates([accuracy], { accuracy: value });
    expect(verdict).toMatchObject({ verdict: 'not_enough_evidence', measured: null });
    expect(verdict!.message).toContain(`was measured as ${value}`);
  });

  it('does not take what objects inherit for a metric', () => {
    const [verdict] = evaluateGates([{ ...accuracy, metric: 'constructor' }], {});
    expect(verdict!.verdict).toBe('not_enough_evidence');
  });

  it.each([
    [{ ...accuracy, threshold: NaN }, 'NaN'],
    [{ ...accuracy, threshold: Infinity }, 'Infinity'],
    [{ ...accuracy, threshold: '0.7' as never }, 'finite'],
    [{ ...accuracy, direction: 'above' as never }, '"above"'],
  ])('throws DEPLOYER_GATE_INVALID naming the gate and its problem (%#)', (gate, problem) => {
    const evaluate = () => evaluateGates([gate], { accuracy: 0.9 });
    expect(evaluate).toThrow(GateInvalidError);
    expect(evaluate).toThrow(expect.objectContaining({ code: 'DEPLOYER_GATE_INVALID' }));
    expect(evaluate).toThrow(/"accuracy"/);
    expect(evaluate).toThrow(problem);
  });

  it('throws DEPLOYER_GATE_INVALID when two gates share a name', () => {
    expect(() => evaluateGates([accuracy, accuracy], {})).toThrow(/another gate has that name/);
  });

  it('gives verdicts that survive JSON, and passes exactly what the comparison passes', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom('at_least' as const, 'at_most' as const),
        (measured, threshold, direction) => {
          const gate = { name: 'gate', metric: 'figure', threshold, direction };
          const [verdict] = evaluateGates([gate], { figure: measured });
          const isPassed =
            Number.isFinite(measured) &&
            (direction === 'at_least' ? measured >= threshold : measured <= threshold);
          expect(verdict!.verdict === 'pass').toBe(isPassed);
          expect(JSON.parse(JSON.stringify(verdict)).verdict).toBe(verdict!.verdict);
        },
      ),
    );
  });
});
