import { activate } from '@gnu-mlops/model';
import type { LayerShape, NetworkShape } from './network-shape.ts';

/** Some rows of a training set, in an order of their own. */
export interface Batch {
  /** All rows x features, row-major. */
  readonly features: Float64Array;
  /** Row numbers; those of the batch are `order[from]` to `order[to - 1]`. */
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** Carries batches through a network and back. Its arrays are used again for every batch. */
export interface NetworkPass {
  /** @returns the raw scores: batch rows x outputs, row-major; longer than a short batch needs. */
  readonly forward: (parameters: Float64Array, batch: Batch) => Float64Array;
  /**
   * After {@link forward}: turn slopes of a loss by the raw scores, which the caller has put into
   * `outputSlopes`, into slopes by the parameters, and add these to `gradient`.
   */
  readonly backward: (parameters: Float64Array, batch: Batch, gradient: Float64Array) => void;
  /** As {@link backward} for a batch of one row, but give the slopes by its features. */
  readonly inputSlopes: (parameters: Float64Array, into: Float64Array) => void;
  /** Largest batch rows x outputs, row-major. */
  readonly outputSlopes: Float64Array;
}

/** @param mostRows of a batch. */
export function createNetworkPass(shape: NetworkShape, mostRows: number): NetworkPass {
  const { layers, activation } = shape;
  const values = layers.map(({ unitCount }) => new Float64Array(mostRows * unitCount));
  const slopes = layers.map(({ unitCount }) => new Float64Array(mostRows * unitCount));
  const last = layers.length - 1;

  return {
    outputSlopes: slopes[last]!,
    forward(parameters, batch) {
      layers.forEach((layer, l) => {
        const inputs = l === 0 ? batch.features : values[l - 1]!;
        const startOf = inputStarts(batch, l, layer);
        addUp(layer, parameters, {
          inputs,
          startOf,
          sums: values[l]!,
          rows: batch.to - batch.from,
        });
        if (l < last) activate(activation, values[l]!, (batch.to - batch.from) * layer.unitCount);
      });
      return values[last]!;
    },
    backward(parameters, batch, gradient) {
      const rows = batch.to - batch.from;
      for (let l = last; l >= 0; l--) {
        const layer = layers[l]!;
        const inputs = l === 0 ? batch.features : values[l - 1]!;
        const startOf = inputStarts(batch, l, layer);
        addGradient(layer, gradient, { inputs, startOf, slopes: slopes[l]!, rows });
        if (l > 0) descend(parameters, l, rows);
      }
    },
    inputSlopes(parameters, into) {
      for (let l = last; l > 0; l--) descend(parameters, l, 1);
      into.fill(1);
      spreadBack(layers[0]!, parameters, { slopes: slopes[0]!, below: into, rows: 1 });
    },
  };

  /** Turn the slopes of a layer into those of the layer below it. */
  function descend(parameters: Float64Array, l: number, rows: number): void {
    const layer = layers[l]!;
    const below = slopes[l - 1]!;
    const inputs = values[l - 1]!;
    for (let at = 0; at < rows * layer.inputCount; at++) {
      below[at] = slopeOf(activation, inputs[at]!);
    }
    spreadBack(layer, parameters, { slopes: slopes[l]!, below, rows });
  }
}

/** Where a batch row's inputs to a layer begin. */
function inputStarts(
  { order, from }: Batch,
  l: number,
  { inputCount }: LayerShape,
): (row: number) => number {
  return l === 0 ? (row) => order[from + row]! * inputCount : (row) => row * inputCount;
}

function addUp(
  { inputCount, unitCount, weightStart, biasStart }: LayerShape,
  parameters: Float64Array,
  work: {
    readonly inputs: Float64Array;
    readonly startOf: (row: number) => number;
    readonly sums: Float64Array;
    readonly rows: number;
  },
): void {
  const { inputs, startOf, sums, rows } = work;
  const biases = parameters.subarray(biasStart, biasStart + unitCount);
  for (let row = 0; row < rows; row++) {
    const to = row * unitCount;
    const start = startOf(row);
    sums.set(biases, to);
    for (let i = 0; i < inputCount; i++) {
      const input = inputs[start + i]!;
      // One-hot features and idle units are zero more often than not.
      if (input === 0) continue;
      const from = weightStart + i * unitCount;
      for (let unit = 0; unit < unitCount; unit++) {
        sums[to + unit]! += input * parameters[from + unit]!;
      }
    }
  }
}

function addGradient(
  { inputCount, unitCount, weightStart, biasStart }: LayerShape,
  gradient: Float64Array,
  work: {
    readonly inputs: Float64Array;
    readonly startOf: (row: number) => number;
    readonly slopes: Float64Array;
    readonly rows: number;
  },
): void {
  const { inputs, startOf, slopes, rows } = work;
  for (let row = 0; row < rows; row++) {
    const from = row * unitCount;
    const start = startOf(row);
    for (let unit = 0; unit < unitCount; unit++)
      gradient[biasStart + unit]! += slopes[from + unit]!;
    for (let i = 0; i < inputCount; i++) {
      const input = inputs[start + i]!;
      if (input === 0) continue;
      const to = weightStart + i * unitCount;
      for (let unit = 0; unit < unitCount; unit++) {
        gradient[to + unit]! += input * slopes[from + unit]!;
      }
    }
  }
}

/** Multiply each slope below, that of its unit, by what the layer above makes of it. */
function spreadBack(
  { inputCount, unitCount, weightStart }: LayerShape,
  parameters: Float64Array,
  work: { readonly slopes: Float64Array; readonly below: Float64Array; readonly rows: number },
): void {
  const { slopes, below, rows } = work;
  for (let row = 0; row < rows; row++) {
    const from = row * unitCount;
    for (let i = 0; i < inputCount; i++) {
      const at = row * inputCount + i;
      if (below[at] === 0) continue;
      const start = weightStart + i * unitCount;
      // Four sums at a time: one alone would wait for each of its additions.
      let [a, b, c, d] = [0, 0, 0, 0];
      let unit = 0;
      for (; unit + 3 < unitCount; unit += 4) {
        a += parameters[start + unit]! * slopes[from + unit]!;
        b += parameters[start + unit + 1]! * slopes[from + unit + 1]!;
        c += parameters[start + unit + 2]! * slopes[from + unit + 2]!;
        d += parameters[start + unit + 3]! * slopes[from + unit + 3]!;
      }
      for (; unit < unitCount; unit++) a += parameters[start + unit]! * slopes[from + unit]!;
      below[at]! *= a + b + (c + d);
    }
  }
}

/** The slope of an activation, by what it gave. */
function slopeOf(activation: NetworkShape['activation'], value: number): number {
  switch (activation) {
    case 'identity':
      return 1;
    case 'relu':
      return value > 0 ? 1 : 0;
    case 'tanh':
      return 1 - value * value;
    case 'logistic':
      return value * (1 - value);
  }
}
