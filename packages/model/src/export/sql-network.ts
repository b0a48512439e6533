import type { Activation, NeuralNetwork } from '../estimator.ts';
import { networkLayers } from '../neural/network-layers.ts';
import { type SqlDialect, formatDouble } from './sql-dialect.ts';
import type { SqlStages } from './sql-stages.ts';
import { sqlSum } from './sql-sum.ts';

/**
 * Add a stage for the sums of each hidden layer and one for what its units make of them.
 *
 * @returns the raw score of each output, before the link, over the last stage's columns.
 */
export function sqlNetwork(
  network: NeuralNetwork,
  columns: readonly string[],
  { stages, dialect }: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): string[] {
  let inputs = columns;
  for (const { unitCount, weights, biases, isLast } of networkLayers(network)) {
    const sums = Array.from(biases, (bias, unit) =>
      sqlSum([
        formatDouble(bias, dialect),
        ...inputs.map(
          (input, i) => `${input} * ${formatDouble(weights[i * unitCount + unit]!, dialect)}`,
        ),
      ]),
    );
    if (isLast) return sums;
    const units = stages.add(sums);
    const activated = units.map((unit) => activate(network.activation, unit, dialect));
    inputs = network.activation === 'identity' ? units : stages.add(activated);
  }
  return [];
}

/** NULL where the sum is. The exponents are never positive: no overflow. */
function activate(activation: Activation, sum: string, dialect: SqlDialect): string {
  const double = (value: number) => formatDouble(value, dialect);
  const smaller = (factor: number) => `EXP(${double(factor)} * ABS(${sum}))`;
  const one = double(1);
  switch (activation) {
    case 'identity':
      return sum;
    case 'relu':
      return `CASE WHEN ${sum} <= ${double(0)} THEN ${double(0)} ELSE ${sum} END`;
    case 'tanh':
      return `SIGN(${sum}) * (${one} - ${smaller(-2)}) / (${one} + ${smaller(-2)})`;
    case 'logistic':
      return `CASE WHEN ${sum} < ${double(0)} THEN ${smaller(-1)} ELSE ${one} END / (${one} + ${smaller(-1)})`;
  }
}
