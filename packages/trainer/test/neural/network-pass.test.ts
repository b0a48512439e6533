import { createRandom } from '@gnu-mlops/core';
import type { Activation, Link } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import { drawParameters } from '../../src/neural/draw-parameters.ts';
import { createNetworkLoss } from '../../src/neural/network-loss.ts';
import { createNetworkPass } from '../../src/neural/network-pass.ts';
import { networkShape } from '../../src/neural/network-shape.ts';

const rowCount = 7;
const featureCount = 5;
const random = createRandom(3);
const features = Float64Array.from({ length: rowCount * featureCount }, (_, at) =>
  at % 3 === 0 ? 0 : random.nextNormal(),
);
const weights = Float64Array.from({ length: rowCount }, () => 0.5 + random.nextFloat());
const batch = { features, order: Int32Array.of(4, 1, 6, 0, 3), from: 1, to: 5 };

function measure(activation: Activation, link: Link, outputCount: number) {
  const shape = networkShape([featureCount, 6, 4, outputCount], activation);
  const pass = createNetworkPass(shape, { mostRows: 5 });
  const values = Float64Array.from({ length: rowCount }, (_, row) =>
    link === 'identity' ? random.nextNormal() : row % Math.max(2, outputCount),
  );
  const lossOf = createNetworkLoss({ link, values }, outputCount);
  const slopes = pass.outputSlopes;
  const loss = (parameters: Float64Array): number => {
    const scores = pass.forward(parameters, batch);
    let sum = 0;
    for (let at = batch.from; at < batch.to; at++) {
      const row = batch.order[at]!;
      const start = (at - batch.from) * outputCount;
      sum +=
        weights[row]! * lossOf(row, weights[row]!, { scores, start, count: outputCount, slopes });
    }
    return sum;
  };
  return { shape, pass, loss };
}

describe('createNetworkPass', () => {
  it.each([
    ['relu', 'logistic', 1],
    ['tanh', 'softmax', 3],
    ['logistic', 'identity', 1],
    ['identity', 'softmax', 4],
  ] as const)('gives the gradient of the loss by %s and %s', (activation, link, outputCount) => {
    const { shape, pass, loss } = measure(activation, link, outputCount);
    const parameters = drawParameters(shape, random);
    const gradient = new Float64Array(shape.parameterCount);
    loss(parameters);
    pass.backward(gradient);
    const step = 1e-5;
    parameters.forEach((value, at) => {
      const above = loss(parameters.with(at, value + step));
      const below = loss(parameters.with(at, value - step));
      expect(gradient[at]).toBeCloseTo((above - below) / (2 * step), 6);
    });
  });

  it('gives the same bits whether it passes over zeros or not, by WebAssembly or not', async () => {
    const shape = networkShape([40, 12, 6, 3], 'relu');
    const many = Float64Array.from({ length: 30 * 40 }, (_, at) =>
      at % 11 === 0 ? random.nextNormal() : 0,
    );
    const order = Int32Array.from({ length: 30 }, (_, row) => 29 - row);
    const parameters = drawParameters(shape, random);
    const module = await compileKernels();
    const [plain, ...others] = [
      { isSparse: false },
      { isSparse: true },
      { isSparse: false, module },
      { isSparse: true, module },
    ].map((options) => {
      const pass = createNetworkPass(shape, { ...options, mostRows: 30 });
      const scores = pass.forward(parameters, { features: many, order, from: 2, to: 29 }).slice();
      pass.outputSlopes.set(scores.map((score) => score / 7));
      const gradient = new Float64Array(shape.parameterCount).fill(0.25);
      pass.backward(gradient);
      return { scores, gradient };
    });
    for (const other of others) expect(other).toEqual(plain);
    expect(plain!.gradient.every((slope) => slope === 0.25)).toBe(false);
  });

  it('gives the slopes of an output by the features', () => {
    const shape = networkShape([featureCount, 6, 4, 2], 'tanh');
    const pass = createNetworkPass(shape, { mostRows: 1 });
    const parameters = drawParameters(shape, random);
    const at = (values: Float64Array) =>
      pass.forward(parameters, { features: values, order: Int32Array.of(0), from: 0, to: 1 })[1]!;
    const row = features.slice(0, featureCount);
    at(row);
    pass.outputSlopes.set([0, 1]);
    const slopes = new Float64Array(featureCount);
    pass.inputSlopes(slopes);
    slopes.forEach((slope, f) => {
      const step = 1e-5;
      const difference = at(row.with(f, row[f]! + step)) - at(row.with(f, row[f]! - step));
      expect(slope).toBeCloseTo(difference / (2 * step), 6);
    });
  });
});
