import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { binaryLoss } from '../../src/linear/binary-loss.ts';
import type { LogisticProblem } from '../../src/linear/logistic-problem.ts';
import { minimiseLbfgs } from '../../src/linear/minimise-lbfgs.ts';
import { minimiseNewton } from '../../src/linear/minimise-newton.ts';
import type { Objective } from '../../src/linear/objective.ts';
import { softmaxLoss } from '../../src/linear/softmax-loss.ts';

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
