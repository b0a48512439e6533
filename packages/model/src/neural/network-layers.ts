import type { NeuralNetwork } from '../estimator.ts';

/** One layer of a network but the features: views of its numbers. */
export interface NetworkLayer {
  readonly inputCount: number;
  readonly unitCount: number;
  /** inputCount x unitCount, row-major. */
  readonly weights: Float64Array;
  /** One a unit. */
  readonly biases: Float64Array;
  /** The last one has no activation: its sums are the raw scores. */
  readonly isLast: boolean;
}

/** The layers of a checked network, the one that reads the features first. */
export function networkLayers(network: NeuralNetwork): NetworkLayer[] {
  const { layerSizes, weights, biases } = network;
  const layers: NetworkLayer[] = [];
  let weightStart = 0;
  let biasStart = 0;
  for (let layer = 1; layer < layerSizes.length; layer++) {
    const inputCount = layerSizes[layer - 1]!;
    const unitCount = layerSizes[layer]!;
    const weightEnd = weightStart + inputCount * unitCount;
    layers.push({
      inputCount,
      unitCount,
      weights: weights.subarray(weightStart, weightEnd),
      biases: biases.subarray(biasStart, biasStart + unitCount),
      isLast: layer === layerSizes.length - 1,
    });
    weightStart = weightEnd;
    biasStart += unitCount;
  }
  return layers;
}
