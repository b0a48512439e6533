import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { checkEstimator } from '../../src/check-estimator.ts';
import type { Activation, NeuralNetwork } from '../../src/estimator.ts';
import { drawNetwork } from '../fixtures/draw-network.ts';

const network = drawNetwork(createRandom(1), {
  layerSizes: [3, 4, 2],
  activation: 'relu',
  link: 'softmax',
});
const weights = network.weights.length;

const faults: [what: string, where: string, network: NeuralNetwork][] = [
  ['no layers', 'layerSizes', { ...network, layerSizes: Int32Array.of(3) }],
  ['an empty layer', 'layerSizes[1]', { ...network, layerSizes: Int32Array.of(3, 0, 2) }],
  ['a negative layer', 'layerSizes[0]', { ...network, layerSizes: Int32Array.of(-3, 4, 2) }],
  ['another last layer', 'layerSizes', { ...network, layerSizes: Int32Array.of(3, 4, 5) }],
  [
    'layers larger than the file',
    'weights',
    {
      ...network,
      layerSizes: Int32Array.of(2 ** 31 - 1, 2 ** 31 - 1, 2),
    },
  ],
  ['a missing weight', 'weights', { ...network, weights: network.weights.slice(1) }],
  ['a bias too many', 'biases', { ...network, biases: new Float64Array(7) }],
  [
    'a NaN weight',
    `weights[${weights - 1}]`,
    { ...network, weights: network.weights.with(-1, NaN) },
  ],
  ['an infinite bias', 'biases[0]', { ...network, biases: network.biases.with(0, Infinity) }],
  ['an unknown activation', 'activation', { ...network, activation: 'step' as Activation }],
];

describe('checkEstimator of a network', () => {
  it('returns the size of its first layer', () => {
    expect(checkEstimator(network)).toBe(3);
  });

  it.each(faults)('throws MODEL_INVALID for %s, naming %s', (_, where, faulty) => {
    expect(() => checkEstimator(faulty)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: `estimator.${where}` }),
    );
  });
});
