import type { Activation, NeuralNetwork } from '../estimator.ts';
import { networkLayers } from '../neural/network-layers.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { doubleTensor } from './make-tensor.ts';

const operators: { readonly [name in Exclude<Activation, 'identity'>]: string } = {
  logistic: 'Sigmoid',
  tanh: 'Tanh',
  relu: 'Relu',
};

/**
 * Write a network into a graph.
 *
 * @param features float64, n x features.
 * @returns the raw scores, before the link: float64, n x outputCount.
 */
export function writeNetwork(
  graph: GraphBuilder,
  features: string,
  network: NeuralNetwork,
): string {
  const { activation } = network;
  let value = features;
  for (const { inputCount, unitCount, weights, biases, isLast } of networkLayers(network)) {
    const matrix = graph.constant(doubleTensor(weights, [inputCount, unitCount]));
    const product = graph.operator('MatMul', { inputs: [value, matrix] });
    const shift = graph.constant(doubleTensor(biases, [1, unitCount]));
    value = graph.operator('Add', { inputs: [product, shift] });
    if (isLast || activation === 'identity') continue;
    value = graph.operator(operators[activation], { inputs: [value] });
  }
  return value;
}
