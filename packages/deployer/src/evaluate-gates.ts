import type { GateVerdict } from './gate-verdict.ts';
import type { Gate } from './gate.ts';
import { GateInvalidError } from './errors.ts';
import { formatFigure } from './format-figure.ts';

/**
 * Hold metrics against gates.
 *
 * A metric that is absent or not a finite number is `not_enough_evidence`, which refuses a
 * promotion just as `fail` does.
 *
 * @returns one verdict a gate, in their order.
 * @throws {GateInvalidError} when a gate's threshold is not finite, its direction unknown, or its
 *   name taken by an earlier gate.
 */
export function evaluateGates(
  gates: readonly Gate[],
  metrics: { readonly [metric: string]: number },
): GateVerdict[] {
  const names = new Set<string>();
  return gates.map((gate) => {
    checkGate(gate);
    if (names.has(gate.name)) throw new GateInvalidError(gate.name, 'another gate has that name');
    names.add(gate.name);
    return judge(gate, Object.hasOwn(metrics, gate.metric) ? metrics[gate.metric] : undefined);
  });
}

function judge(gate: Gate, value: number | undefined): GateVerdict {
  const { name, metric, threshold, direction } = gate;
  const bound = `${direction === 'at_least' ? 'at least' : 'at most'} ${threshold} is needed`;
  const common = { gate: name, metric, threshold, direction };
  if (value === undefined || !Number.isFinite(value)) {
    const found = value === undefined ? 'was not measured' : `was measured as ${value}`;
    return {
      ...common,
      measured: null,
      verdict: 'not_enough_evidence',
      message: `${metric} ${found}; ${bound}`,
    };
  }
  const isPassed = direction === 'at_least' ? value >= threshold : value <= threshold;
  const shown = formatFigure(value);
  return {
    ...common,
    measured: value,
    verdict: isPassed ? 'pass' : 'fail',
    // A rounded figure that looks like the threshold would contradict the verdict.
    message: `${metric} is ${Number(shown) === threshold ? value : shown}; ${bound}`,
  };
}

function checkGate({ name, threshold, direction }: Gate): void {
  if (typeof threshold !== 'number' || !Number.isFinite(threshold)) {
    throw new GateInvalidError(name, `its threshold is ${String(threshold)}, not a finite number`);
  }
  if (direction !== 'at_least' && direction !== 'at_most') {
    throw new GateInvalidError(name, `its direction is "${String(direction)}"`);
  }
}
