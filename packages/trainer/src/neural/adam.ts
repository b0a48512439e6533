/** The settings of Adam, by the names of its paper. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Start Adam: steps of about the learning rate for every parameter, whatever its gradient's scale.
 *
 * @returns moves the parameters one step against the gradient.
 * @see Kingma, Ba 2015, the form at the end of section 2; scikit-learn's AdamOptimizer.
 */
export function createAdam(
  parameterCount: number,
  settings: AdamSettings,
): (parameters: Float64Array, gradient: Float64Array) => void {
  const { learningRate, beta1, beta2, epsilon } = settings;
  const means = new Float64Array(parameterCount);
  const squares = new Float64Array(parameterCount);
  let power1 = 1;
  let power2 = 1;
  return (parameters, gradient) => {
    power1 *= beta1;
    power2 *= beta2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    for (let at = 0; at < parameterCount; at++) {
      const slope = gradient[at]!;
      const mean = beta1 * means[at]! + (1 - beta1) * slope;
      const square = beta2 * squares[at]! + (1 - beta2) * slope * slope;
      means[at] = mean;
      squares[at] = square;
      parameters[at]! -= (rate * mean) / (Math.sqrt(square) + epsilon);
    }
  };
}
