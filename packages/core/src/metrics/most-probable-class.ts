/**
 * The predicted class of each row: its most probable one, the first of equals.
 *
 * @param probabilities rows x classCount, row-major.
 * @returns class codes, one a row.
 */
export function mostProbableClass(probabilities: Float64Array, classCount: number): Int32Array {
  const codes = new Int32Array(probabilities.length / classCount);
  for (let row = 0; row < codes.length; row++) {
    const start = row * classCount;
    let best = 0;
    for (let code = 1; code < classCount; code++) {
      if (probabilities[start + code]! > probabilities[start + best]!) best = code;
    }
    codes[row] = best;
  }
  return codes;
}
