import { activate } from '@gnu-mlops/model';
import { type MatrixProduct, openMatrixRoom } from '../kernels/matrix-room.ts';
import type { WasmModule } from '../kernels/web-assembly.ts';
import { addSparseProduct } from './add-sparse-product.ts';
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
   * After {@link forward}, with the same batch and parameters: turn slopes of a loss by the raw scores,
   * which the caller has put into `outputSlopes`, into slopes by the parameters, and add these to
   * `gradient`.
   */
  readonly backward: (gradient: Float64Array) => void;
  /** As {@link backward} for a batch of one row, but give the slopes by its features. */
  readonly inputSlopes: (into: Float64Array) => void;
  /** Largest batch rows x outputs, row-major. */
  readonly outputSlopes: Float64Array;
}

/** How batches go through. */
export interface PassOptions {
  /** Of a batch. */
  readonly mostRows: number;
  /** Most features of most rows are 0, as where categories are one-hot. */
  readonly isSparse?: boolean;
  /** Left out: plain TypeScript does the work, with the same bits. */
  readonly module?: WasmModule | undefined;
}

/** Batches of fewer rows go back row by row. */
const FEW_ROWS = 8;

/** Numbers that a pass of batches of so many rows at most takes room for. */
export function passLength(
  { layers, layerSizes, parameterCount }: NetworkShape,
  mostRows: number,
): number {
  const unitCount = layers.reduce((sum, layer) => sum + layer.unitCount, 0);
  return (
    2 * (parameterCount + mostRows * unitCount) + widestOf(layers) + (mostRows + 1) * layerSizes[0]!
  );
}

/** Weights of the layer that has the most. */
function widestOf(layers: readonly LayerShape[]): number {
  return Math.max(...layers.map((layer) => layer.inputCount * layer.unitCount));
}

/** @throws {TrainingMemoryError} where there is no room for batches. */
export function createNetworkPass(
  shape: NetworkShape,
  { mostRows, isSparse = false, module }: PassOptions,
): NetworkPass {
  const { layers, layerSizes, activation, parameterCount } = shape;
  const featureCount = layerSizes[0]!;
  const length = passLength(shape, mostRows);
  const room = openMatrixRoom({ length, rowCount: mostRows, featureCount }, module);
  const own = { parameters: room.take(parameterCount), gradient: room.take(parameterCount) };
  const turned = room.take(widestOf(layers));
  /** Of features, hidden layers and outputs: largest batch rows x size each, row-major. */
  const values = layerSizes.map((size) => room.take(mostRows * size));
  // Those by the features are asked for of one row alone.
  const slopes = layerSizes.map((size, l) => room.take(l === 0 ? size : mostRows * size));
  const last = layers.length - 1;
  let rows = 0;

  return {
    outputSlopes: slopes[last + 1]!,
    forward(parameters, batch) {
      own.parameters.set(parameters);
      rows = batch.to - batch.from;
      gather(batch, featureCount, values[0]!);
      layers.forEach((layer, l) => {
        const sums = values[l + 1]!;
        repeat(biasesOf(layer, own.parameters), rows, sums);
        addUp(layer, l);
        if (l === last) return;
        if (activation === 'relu') room.rectify(sums.subarray(0, rows * layer.unitCount));
        else activate(activation, sums, rows * layer.unitCount);
      });
      return values[last + 1]!;
    },
    backward(gradient) {
      own.gradient.set(gradient);
      for (let l = last; l >= 0; l--) {
        const layer = layers[l]!;
        addRows(slopes[l + 1]!, rows, biasesOf(layer, own.gradient));
        addGradient(layer, l);
        if (l > 0) descend(layer, l);
      }
      gradient.set(own.gradient);
    },
    inputSlopes(into) {
      for (let l = last; l > 0; l--) descend(layers[l]!, l);
      spreadBack(layers[0]!, 0);
      into.set(slopes[0]!.subarray(0, into.length));
    },
  };

  /** Add a product of which the first matrix is what goes into a layer. */
  function addProductOfInputs(l: number, product: MatrixProduct): void {
    if (l === 0 && isSparse) addSparseProduct(product);
    else room.addProduct(product);
  }

  function addUp(layer: LayerShape, l: number): void {
    addProductOfInputs(l, {
      ...{ rows, steps: layer.inputCount, columns: layer.unitCount },
      ...{ first: values[l]!, second: weightsOf(layer, own.parameters), into: values[l + 1]! },
    });
  }

  function addGradient(layer: LayerShape, l: number): void {
    const into = weightsOf(layer, own.gradient);
    addProductOfInputs(l, {
      ...{ rows: layer.inputCount, steps: rows, columns: layer.unitCount },
      ...{ first: values[l]!, isTransposed: true, second: slopes[l + 1]!, into },
    });
  }

  /** Turn the slopes of a layer into those of the layer below it. */
  function descend(layer: LayerShape, l: number): void {
    spreadBack(layer, l);
    const given = values[l]!.subarray(0, rows * layer.inputCount);
    if (activation === 'relu') room.rectifySlopes(slopes[l]!, given);
    else multiplySlopes(activation, slopes[l]!, given);
  }

  /** What a layer makes of the slopes of those below it, before their own activation. */
  function spreadBack(layer: LayerShape, l: number): void {
    const { inputCount, unitCount } = layer;
    const weights = weightsOf(layer, own.parameters);
    const [above, below] = [slopes[l + 1]!, slopes[l]!];
    below.fill(0, 0, rows * inputCount);
    if (rows >= FEW_ROWS) {
      turn(weights, layer, turned);
      const product = { rows, steps: unitCount, columns: inputCount };
      room.addProduct({ ...product, first: above, second: turned, into: below });
      return;
    }
    for (let row = 0; row < rows; row++) {
      room.addProduct({
        ...{ rows: inputCount, steps: unitCount, columns: 1 },
        ...{ first: weights, second: above.subarray(row * unitCount) },
        into: below.subarray(row * inputCount),
      });
    }
  }
}

function weightsOf(layer: LayerShape, parameters: Float64Array): Float64Array {
  const { inputCount, unitCount, weightStart } = layer;
  return parameters.subarray(weightStart, weightStart + inputCount * unitCount);
}

function biasesOf({ biasStart, unitCount }: LayerShape, parameters: Float64Array): Float64Array {
  return parameters.subarray(biasStart, biasStart + unitCount);
}

/** Lay the rows of a batch next to each other. */
function gather({ features, order, from, to }: Batch, size: number, into: Float64Array): void {
  for (let at = from; at < to; at++) {
    const start = order[at]! * size;
    const target = (at - from) * size;
    for (let i = 0; i < size; i++) into[target + i] = features[start + i]!;
  }
}

function repeat(row: Float64Array, rows: number, into: Float64Array): void {
  for (let at = 0; at < rows; at++) into.set(row, at * row.length);
}

function addRows(values: Float64Array, rows: number, into: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    const start = row * into.length;
    for (let at = 0; at < into.length; at++) into[at]! += values[start + at]!;
  }
}

/** inputCount x unitCount weights as unitCount x inputCount. */
function turn(
  weights: Float64Array,
  { inputCount, unitCount }: LayerShape,
  into: Float64Array,
): void {
  for (let i = 0; i < inputCount; i++) {
    for (let unit = 0; unit < unitCount; unit++) {
      into[unit * inputCount + i] = weights[i * unitCount + unit]!;
    }
  }
}

/** Multiply slopes by those of an activation, which are told by what it gave. */
function multiplySlopes(
  activation: Exclude<NetworkShape['activation'], 'relu'>,
  slopes: Float64Array,
  values: Float64Array,
): void {
  switch (activation) {
    case 'identity':
      return;
    case 'tanh':
      for (let at = 0; at < values.length; at++) slopes[at]! *= 1 - values[at]! * values[at]!;
      return;
    case 'logistic':
      for (let at = 0; at < values.length; at++) slopes[at]! *= values[at]! * (1 - values[at]!);
  }
}
