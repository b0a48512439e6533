import type { Activation } from '@gnu-mlops/model';

/** Where one layer's numbers lie among the parameters of a network. */
export interface LayerShape {
  readonly inputCount: number;
  readonly unitCount: number;
  /** First of inputCount x unitCount weights, row-major. */
  readonly weightStart: number;
  /** First of unitCount biases. */
  readonly biasStart: number;
}

/** How a network is built. Its parameters are one array: all layers' weights, then all biases. */
export interface NetworkShape {
  /** Features, hidden layers, outputs. */
  readonly layerSizes: readonly number[];
  /** One less than there are sizes; the one that reads the features first. */
  readonly layers: readonly LayerShape[];
  readonly weightCount: number;
  readonly parameterCount: number;
  /** Of the hidden layers. */
  readonly activation: Activation;
}

/** @param layerSizes features, hidden layers, outputs; each at least 1. */
export function networkShape(layerSizes: readonly number[], activation: Activation): NetworkShape {
  const pairs = layerSizes.slice(1).map((unitCount, layer) => ({
    inputCount: layerSizes[layer]!,
    unitCount,
  }));
  const weightCount = pairs.reduce((sum, pair) => sum + pair.inputCount * pair.unitCount, 0);
  let weightStart = 0;
  let biasStart = weightCount;
  const layers = pairs.map((pair): LayerShape => {
    const layer = { ...pair, weightStart, biasStart };
    weightStart += pair.inputCount * pair.unitCount;
    biasStart += pair.unitCount;
    return layer;
  });
  return { layerSizes, layers, weightCount, parameterCount: biasStart, activation };
}
