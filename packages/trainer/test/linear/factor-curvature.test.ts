import { createRandom } from '@gnu-mlops/core';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { factorCurvature, solveFactored } from '../../src/linear/factor-curvature.ts';
import { createPace } from '../../src/pace.ts';

const pace = createPace(undefined);

/** Products of random columns: positive definite. */
function curvatureOf(size: number): Float64Array {
  const random = createRandom(3, size);
  const columns = Matrix.from1DArray(
    2 * size,
    size,
    Float64Array.from({ length: 2 * size * size }, () => random.nextNormal()),
  );
  return Float64Array.from(columns.transpose().mmul(columns).to1DArray());
}

it.each([1, 2, 7, 30])('solves systems of %i unknowns as a library does', async (size) => {
  const values = curvatureOf(size);
  const lift = 1e-3;
  const lifted = Matrix.from1DArray(size, size, values);
  for (let i = 0; i < size; i++) lifted.set(i, i, values[i * size + i]! * (1 + lift));
  const target = Float64Array.from({ length: size }, (_, i) => Math.cos(i));
  const expected = new CholeskyDecomposition(lifted).solve(Matrix.columnVector(target));
  const triangle = await factorCurvature({ values, size, lift }, pace);
  expect(solveFactored(triangle!, target)).toEqual(Float64Array.from(expected.to1DArray()));
});

it('finds no triangle of a matrix that is not positive definite', async () => {
  const values = Float64Array.of(1, 2, 2, 1);
  expect(await factorCurvature({ values, size: 2, lift: 1e-10 }, pace)).toBeUndefined();
});

it('counts what is not above 0 on the diagonal as 1', async () => {
  const values = Float64Array.of(4, 0, 0, 0);
  const triangle = await factorCurvature({ values, size: 2, lift: 0 }, pace);
  expect(triangle).toEqual(Float64Array.of(2, 0, 0, 1));
});

it('lets a timer abort it', async () => {
  const stopper = new AbortController();
  setImmediate(() => stopper.abort(new Error('enough')));
  const size = 600;
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) values[i * size + i] = 1;
  const factoring = factorCurvature({ values, size, lift: 0 }, createPace(stopper.signal));
  await expect(factoring).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
});
