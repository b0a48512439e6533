import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { binaryLoss } from '../../src/linear/binary-loss.ts';
import type { LogisticProblem } from '../../src/linear/logistic-problem.ts';
import { minimiseLbfgs } from '../../src/linear/minimise-lbfgs.ts';
import { minimiseNewton } from '../../src/linear/minimise-newton.ts';
import type { Objective } from '../../src/linear/objective.ts';
import { softmaxLoss } from '../../src/linear/softmax-loss.ts';
import { warmStart } from '../../src/linear/warm-start.ts';
import { weightedProducts } from '../../src/linear/weighted-products.ts';

const rowCount = 60;

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
  'two classes': binaryLoss(problemOf(2)),
  'four classes': softmaxLoss(problemOf(4)),
};

describe.each(Object.entries(objectives))('the loss of %s', (_, objective) => {
  const point = Float64Array.from({ length: objective.size }, (__, i) => Math.sin(i) / 2);
  const valueAt = (at: Float64Array) => objective.evaluate(at, new Float64Array(objective.size));
  const moved = (i: number, by: number) => point.map((value, j) => (i === j ? value + by : value));

  it('has the gradient that differences show', () => {
    const gradient = new Float64Array(objective.size);
    objective.evaluate(point, gradient);
    gradient.forEach((slope, i) => {
      const difference = (valueAt(moved(i, 1e-5)) - valueAt(moved(i, -1e-5))) / 2e-5;
      expect(slope).toBeCloseTo(difference, 8);
    });
  });

  it('is minimised to the same point by Newton steps and by L-BFGS', () => {
    const stop = { tol: 1e-10, maxIterations: 500 };
    const newton = minimiseNewton(objective, stop);
    const lbfgs = minimiseLbfgs(objective, stop);
    expect(newton).toMatchObject({ converged: true });
    expect(lbfgs).toMatchObject({ converged: true });
    expect(newton.iterations).toBeLessThan(lbfgs.iterations);
    newton.point.forEach((value, i) => expect(value).toBeCloseTo(lbfgs.point[i]!, 7));
  });
});

it('the curvature of two classes is what differences of the gradient show', () => {
  const objective = objectives['two classes']!;
  const { size } = objective;
  const point = Float64Array.of(0.3, -0.2, 0.5, 0.1);
  const curvature = objective.curvature(point);
  for (let i = 0; i < size; i++) {
    const [ahead, behind] = [1e-5, -1e-5].map((by) => {
      const gradient = new Float64Array(size);
      objective.evaluate(
        point.map((value, j) => (i === j ? value + by : value)),
        gradient,
      );
      return gradient;
    }) as [Float64Array, Float64Array];
    for (let j = 0; j < size; j++) {
      expect(curvature[i * size + j]).toBeCloseTo((ahead[j]! - behind[j]!) / 2e-5, 7);
    }
  }
});

it.each([1, 2, 5, 6])('the products of %i columns are what plain sums show', (width) => {
  const random = createRandom(7, width);
  const numbers = () => Float64Array.from({ length: 700 }, () => random.nextNormal());
  const columns = Array.from({ length: width }, numbers);
  const weights = numbers();
  const products = weightedProducts(columns, weights);
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

  it('leads to the same minimum in fewer steps', () => {
    const random = createRandom(12);
    const problem = sortedProblem(40_000, (_, x) => (x + random.nextNormal() > 0.4 ? 1 : 0));
    const objective = binaryLoss(problem);
    const cold = minimiseNewton(objective, stop);
    const warm = minimiseNewton(objective, stop, warmStart(problem, objective));
    expect(warm.iterations).toBeLessThan(cold.iterations);
    warm.point.forEach((value, i) => expect(value).toBeCloseTo(cold.point[i]!, 8));
  });

  it('is the origin where there are few rows, or the sample leads astray', () => {
    const few = sortedProblem(500, (row) => row % 2);
    expect(warmStart(few, binaryLoss(few)).point).toEqual(new Float64Array(2));
    // Every fourth row, which is what the sample sees, says the opposite of the others.
    const odd = sortedProblem(40_000, (row, x) => (x > 0 === (row % 4 === 0) ? 1 : 0));
    expect(warmStart(odd, binaryLoss(odd)).point).toEqual(new Float64Array(2));
  });
});
