import { type Random, createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import { openMatrixRoom } from '../../src/kernels/matrix-room.ts';

function fill(values: Float64Array, random: Random): Float64Array {
  for (let at = 0; at < values.length; at++) values[at] = random.nextNormal();
  return values;
}

describe('openMatrixRoom', () => {
  for (const isTransposed of [false, true]) {
    it.each([
      [1, 1, 1],
      [4, 3, 4],
      [5, 7, 6],
      [9, 1, 11],
      [8, 20, 1],
      [3, 2, 2],
      [2, 0, 4],
    ])(`adds the product of %i x %i x %i, transposed ${isTransposed}`, async (m, k, n) => {
      const module = await compileKernels();
      expect(module).toBeDefined();
      for (const code of [module, undefined]) {
        const need = { length: m * k + k * n + m * n, rowCount: 1, featureCount: 1 };
        const room = openMatrixRoom(need, code);
        const random = createRandom(2, m * k * n);
        const first = fill(room.take(m * k), random);
        const second = fill(room.take(k * n), random);
        const into = fill(room.take(m * n), random);
        // Step by step from what was there: to the bit, by WebAssembly or without.
        const expected = into.slice().map((before, at) => {
          const [row, column] = [Math.floor(at / n), at % n];
          let sum = before;
          for (let step = 0; step < k; step++) {
            const factor = first[isTransposed ? step * m + row : row * k + step]!;
            sum += factor * second[step * n + column]!;
          }
          return sum;
        });
        const shape = { rows: m, steps: k, columns: n, isTransposed };
        room.addProduct({ ...shape, first, second, into });
        expect(Array.from(into)).toEqual(Array.from(expected));
      }
    });
  }

  it.each([0, 1, 2, 7])('rectifies %i values and slopes alike, NaN and -0 too', async (count) => {
    const numbers = [-1, NaN, 0.5, -0, Infinity, 0, -Infinity].slice(0, count);
    for (const code of [await compileKernels(), undefined]) {
      const room = openMatrixRoom({ length: 2 * count, rowCount: 1, featureCount: 1 }, code);
      const [values, slopes] = [room.take(count), room.take(count)];
      values.set(numbers);
      slopes.fill(-3);
      room.rectify(values);
      room.rectifySlopes(slopes, values);
      expect(Array.from(values)).toEqual([0, NaN, 0.5, 0, Infinity, 0, 0].slice(0, count));
      expect(Array.from(slopes)).toEqual([0, 0, -3, 0, -3, 0, 0].slice(0, count));
    }
  });

  it('starts with zeros and throws where there is no room', () => {
    const need = { length: 3, rowCount: 1, featureCount: 1 };
    expect(Array.from(openMatrixRoom(need, undefined).take(3))).toEqual([0, 0, 0]);
    const tooMuch = () => openMatrixRoom({ ...need, length: 2 ** 30 }, undefined);
    expect(tooMuch).toThrow(expect.objectContaining({ code: 'TRAINER_MEMORY_EXCEEDED' }));
  });
});
