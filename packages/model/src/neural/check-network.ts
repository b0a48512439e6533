import { checkFinite } from '../check-finite.ts';
import { ModelInvalidError } from '../errors.ts';
import type { NeuralNetwork } from '../estimator.ts';

const activations: readonly string[] = ['identity', 'logistic', 'tanh', 'relu'];

/**
 * Check that a network's layers have as many numbers as their sizes say, all of them finite.
 *
 * @returns the number of features it needs, exactly.
 * @throws {ModelInvalidError} naming the array and the index.
 */
export function checkNetwork(network: NeuralNetwork): number {
  const { layerSizes, outputCount, weights, biases, activation } = network;
  if (layerSizes.length < 2) {
    throw invalid('layerSizes', `has ${layerSizes.length} layers, fewer than features and outputs`);
  }
  const empty = layerSizes.findIndex((size) => size < 1);
  if (empty >= 0) throw invalid(`layerSizes[${empty}]`, `is ${layerSizes[empty]}, below 1`);
  if (layerSizes.at(-1) !== outputCount) {
    throw invalid('layerSizes', `end with ${layerSizes.at(-1)} for ${outputCount} outputs`);
  }
  let weightCount = 0;
  let biasCount = 0;
  for (let layer = 1; layer < layerSizes.length; layer++) {
    weightCount += layerSizes[layer - 1]! * layerSizes[layer]!;
    biasCount += layerSizes[layer]!;
  }
  if (weights.length !== weightCount) {
    throw invalid('weights', `has ${weights.length} entries where its layers have ${weightCount}`);
  }
  if (biases.length !== biasCount) {
    throw invalid('biases', `has ${biases.length} entries where its layers have ${biasCount}`);
  }
  if (!activations.includes(activation)) {
    throw invalid('activation', `is ${String(activation)}, none of ${activations.join(', ')}`);
  }
  checkFinite('estimator.weights', weights);
  checkFinite('estimator.biases', biases);
  return layerSizes[0]!;
}

function invalid(name: string, what: string): ModelInvalidError {
  return new ModelInvalidError(`estimator.${name}`, what);
}
