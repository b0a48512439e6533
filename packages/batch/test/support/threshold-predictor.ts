import type { Table } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import type { BatchOptions } from '../../src/batch-options.ts';

type Predictions = ReturnType<RowPredictor['predictTable']>;

/** `high` with probability x / 10, else `low, "cold"`: for x in [0, 10]. Missing x counts as 0. */
export const classes = ['low, "cold"', 'high'] as const;

/** Stands for a registered model of one numeric column `x`, whose scores can be checked by hand. */
export function thresholdPredictor(
  version = '1',
  onTable: (table: Table) => void = () => {},
): BatchOptions['predictor'] {
  return predictorOf('classification', version, (table) => {
    onTable(table);
    const values = numbersOf(table);
    const probabilities = new Float64Array(values.length * 2);
    const labels = new Int32Array(values.length);
    values.forEach((x, row) => {
      probabilities[row * 2] = 1 - x / 10;
      probabilities[row * 2 + 1] = x / 10;
      labels[row] = x >= 5 ? 1 : 0;
    });
    return {
      task: 'classification',
      rowCount: values.length,
      classes,
      labels,
      probabilities,
    };
  });
}

/** Predicts x / 3. */
export function thirdPredictor(): BatchOptions['predictor'] {
  return predictorOf('regression', '1', (table) => {
    const values = numbersOf(table).map((x) => x / 3);
    return { task: 'regression', rowCount: values.length, values };
  });
}

function numbersOf(table: Table): Float64Array {
  const { values } = table.columns.get('x') as { values: Float64Array };
  return values.map((x) => (Number.isNaN(x) ? 0 : x));
}

function predictorOf(
  task: 'classification' | 'regression',
  version: string,
  predictTable: (table: Table) => Predictions,
): BatchOptions['predictor'] {
  const rowPredictor = {
    model: { task, signature: { inputs: [{ name: 'x', type: 'double', required: true }] } },
    version: { name: 'stand-in', version },
    predictTable,
  } as unknown as RowPredictor;
  return { snapshot: () => rowPredictor };
}
