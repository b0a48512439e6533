import type { Random } from '@gnu-mlops/core';
import type { NetworkShape } from './network-shape.ts';

/**
 * Parameters to start from: evenly spread, the narrower the more inputs and units a layer has.
 *
 * @see Glorot, Bengio 2010; scikit-learn's MLPClassifier draws weights and biases like this.
 */
export function drawParameters(shape: NetworkShape, random: Random): Float64Array {
  const { layers, activation, parameterCount } = shape;
  const parameters = new Float64Array(parameterCount);
  for (const { inputCount, unitCount, weightStart, biasStart } of layers) {
    const bound = Math.sqrt((activation === 'logistic' ? 2 : 6) / (inputCount + unitCount));
    const draw = () => (2 * random.nextFloat() - 1) * bound;
    for (let at = 0; at < inputCount * unitCount; at++) parameters[weightStart + at] = draw();
    for (let unit = 0; unit < unitCount; unit++) parameters[biasStart + unit] = draw();
  }
  return parameters;
}
