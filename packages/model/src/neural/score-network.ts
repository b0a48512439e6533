import type { NeuralNetwork } from '../estimator.ts';
import type { BlockScorer } from '../block-scorer.ts';
import { activate } from './activate.ts';
import { type NetworkLayer, networkLayers } from './network-layers.ts';

/**
 * Prepare the raw scores (before the link) of a checked network: each unit's bias plus its inputs in
 * order, as `scoreReference` adds them, but all units of a layer side by side.
 */
export function createNetworkScorer(network: NeuralNetwork): BlockScorer {
  const { layerSizes, activation, outputCount } = network;
  const layers = networkLayers(network);
  const widest = layerSizes.reduce((most, size) => Math.max(most, size), 0);
  let inputs = new Float64Array(widest);
  let sums = new Float64Array(widest);

  return ({ columns, firstRow, rowCount }, raw) => {
    for (let row = 0; row < rowCount; row++) {
      for (let feature = 0; feature < columns.length; feature++) {
        inputs[feature] = columns[feature]![firstRow + row]!;
      }
      for (const layer of layers) {
        addUp(layer, inputs, sums);
        if (!layer.isLast) activate(activation, sums, layer.unitCount);
        [inputs, sums] = [sums, inputs];
      }
      for (let k = 0; k < outputCount; k++) raw[row * outputCount + k] = inputs[k]!;
    }
  };
}

function addUp(layer: NetworkLayer, inputs: Float64Array, sums: Float64Array): void {
  const { inputCount, unitCount, weights, biases } = layer;
  sums.set(biases);
  for (let i = 0; i < inputCount; i++) {
    const input = inputs[i]!;
    // One-hot features and idle units are zero more often than not.
    if (input === 0) continue;
    const start = i * unitCount;
    for (let unit = 0; unit < unitCount; unit++) sums[unit]! += input * weights[start + unit]!;
  }
}
