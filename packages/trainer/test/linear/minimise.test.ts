import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { binaryLoss } from '../../src/linear/binary-loss.ts';
import type { LogisticProblem } from '../../src/linear/logistic-problem.ts';
import { minimiseLbfgs } from '../../src/linear/minimise-lbfgs.ts';
import { MOST_NEWTON_UNKNOWNS, minimiseNewton } from '../../src/linear/minimise-newton.ts';
import { createPace } from '../../src/pace.ts';
import type { Objective } from '../../src/linear/objective.ts';
import { softmaxLoss } from '../../src/linear/softmax-loss.ts';
import { warmStart } from '../../src/linear/warm-start.ts';
import { openProducts, wholeColumns } from '../../src/linear/open-products.ts';

const rowCount = 60;
const pace = createPace(undefined);

function problemOf(classCount: number): LogisticProblem {
  const random = createRandom(classCount);
  const columns = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: rowCount }, () => random.nextNormal()),
  );
  return {
    columns: [...columns, new Float64Array(rowCount).fill(1)],
    penalisedCount: 3,
    target: {
      task: 'classification',
      labels: Int32Array.from({ length: rowCount }, () => random.nextInt(classCount)),
      classCount,
    },
    shares: new Float64Array(rowCount).fill(1 / rowCount),
    penalty: 0.1,
  };
}

const objectives: Record<string, Objective> = {
  'two classes': binaryLoss(problemOf(2), pace),
  'four classes': softmaxLoss(problemOf(4), pace),
};

describe.each(Object.entries(objectives))('the loss of %s', (_, objective) => {
  const point = Float64Array.from({ length: objective.size }, (__, i) => Math.sin(i) / 2);
  const valueAt = (at: Float64Array) => objective.evaluate(at, new Float64Array(objective.size));
  const moved = (i: number, by: number) => point.map((value, j) => (i === j ? value + by : value));

  it('has the gradient that differences show', async () => {
    const gradient = new Float64Array(objective.size);
    await objective.evaluate(point, gradient);
    for (const [i, slope] of gradient.entries()) {
      const ahead = await valueAt(moved(i, 1e-5));
      const behind = await valueAt(moved(i, -1e-5));
      expect(slope).toBeCloseTo((ahead - behind) / 2e-5, 8);
    }
  });

  it('is minimised to the same point by Newton steps and by L-BFGS', async () => {
    const stop = { tol: 1e-10, maxIterations: 500 };
    const newton = await minimiseNewton(objective, stop);
    const lbfgs = await minimiseLbfgs(objective, stop);
    expect(newton).toMatchObject({ converged: true });
    expect(lbfgs).toMatchObject({ converged: true });
    expect(newton.iterations).toBeLessThan(lbfgs.iterations);
    newton.point.forEach((value, i) => expect(value).toBeCloseTo(lbfgs.point[i]!, 7));
  });
});

it('the curvature of two classes is what differences of the gradient show', async () => {
  const objective = objectives['two classes']!;
  const { size } = objective;
  const point = Float64Array.of(0.3, -0.2, 0.5, 0.1);
  const curvature = await objective.curvature(point);
  for (let i = 0; i < size; i++) {
    const [ahead, behind] = [new Float64Array(size), new Float64Array(size)];
    for (const [by, gradient] of [[1e-5, ahead] as const, [-1e-5, behind] as const]) {
      const moved = point.map((value, j) => (i === j ? value + by : value));
      await objective.evaluate(moved, gradient);
    }
    for (let j = 0; j < size; j++) {
      expect(curvature[i * size + j]).toBeCloseTo((ahead[j]! - behind[j]!) / 2e-5, 7);
    }
  }
});

it.each([1, 2, 5, 6])('the products of %i columns are what plain sums show', async (width) => {
  const random = createRandom(7, width);
  const numbers = () => Float64Array.from({ length: 700 }, () => random.nextNormal());
  const columns = Array.from({ length: width }, numbers);
  const weights = numbers();
  const all = { ...wholeColumns(columns), weights };
  const sumProducts = await openProducts(all, pace);
  await sumProducts({ ...all, weights: weights.map(Math.abs) });
  const products = await sumProducts(all);
  expect(products).toHaveLength(width * width);
  columns.forEach((a, i) => {
    columns.forEach((b, j) => {
      const sum = weights.reduce((total, weight, row) => total + weight * a[row]! * b[row]!, 0);
      expect(products[i * width + j]).toBeCloseTo(sum, 9);
    });
  });
});

describe('a warm start', () => {
  function sortedProblem(rowCount: number, labelOf: (row: number, x: number) => number) {
    const random = createRandom(11, rowCount);
    const x = Float64Array.from({ length: rowCount }, () => random.nextNormal());
    const problem: LogisticProblem = {
      columns: [x, new Float64Array(rowCount).fill(1)],
      penalisedCount: 1,
      target: {
        task: 'classification',
        labels: Int32Array.from(x, (value, row) => labelOf(row, value)),
        classCount: 2,
      },
      shares: new Float64Array(rowCount).fill(1 / rowCount),
      penalty: 1e-6,
    };
    return problem;
  }
  const stop = { tol: 1e-10, maxIterations: 200 };

  it('leads to the same minimum in fewer steps', async () => {
    const random = createRandom(12);
    const problem = sortedProblem(40_000, (_, x) => (x + random.nextNormal() > 0.4 ? 1 : 0));
    const objective = binaryLoss(problem, pace);
    const cold = await minimiseNewton(objective, stop);
    const warm = await minimiseNewton(objective, stop, await warmStart(problem, objective));
    expect(warm.iterations).toBeLessThan(cold.iterations);
    warm.point.forEach((value, i) => expect(value).toBeCloseTo(cold.point[i]!, 8));
  });

  it('is the origin where there are too many unknowns for Newton steps', async () => {
    const problem = sortedProblem(40_000, (_, x) => (x > 0.4 ? 1 : 0));
    const size = MOST_NEWTON_UNKNOWNS + 1;
    const objective = { ...binaryLoss(problem, pace), size };
    expect((await warmStart(problem, objective)).point).toEqual(new Float64Array(size));
  });

  it('is the origin where there are few rows, or the sample leads astray', async () => {
    const few = sortedProblem(500, (row) => row % 2);
    expect((await warmStart(few, binaryLoss(few, pace))).point).toEqual(new Float64Array(2));
    // Every fourth row, which is what the sample sees, says the opposite of the others.
    const odd = sortedProblem(40_000, (row, x) => (x > 0 === (row % 4 === 0) ? 1 : 0));
    expect((await warmStart(odd, binaryLoss(odd, pace))).point).toEqual(new Float64Array(2));
  });
});
