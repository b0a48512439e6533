import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';

/** A system of linear equations to fulfil as well as can be. */
export interface LeastSquaresProblem {
  /** Unknowns x equations: column-major. */
  readonly columns: readonly Float64Array[];
  /** One an equation. */
  readonly target: Float64Array;
}

/**
 * The shortest of all vectors that leave the smallest squared error.
 *
 * Tall systems are first turned into a square one by QR; its singular values decide the rank, so
 * that constant, repeated or complementary columns are no trouble.
 *
 * @returns one number a column.
 * @see numpy.linalg.lstsq: the same rank, max(rows, columns) x machine epsilon of the largest
 *   singular value.
 */
export function solveLeastSquares(problem: LeastSquaresProblem): Float64Array {
  const { columns } = problem;
  const rank = { tolerance: Math.max(columns.length, problem.target.length) * Number.EPSILON };
  const { matrix, target } =
    columns.length < problem.target.length ? reduce(problem) : whole(problem);
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SingularValueDecomposition(
    matrix,
    { autoTranspose: true },
  );
  const smallest = rank.tolerance * Math.max(...diagonal);
  const solution = new Float64Array(columns.length);
  diagonal.forEach((singular, s) => {
    if (singular <= smallest) return;
    let share = 0;
    for (let i = 0; i < target.length; i++) share += leftSingularVectors.get(i, s) * target[i]!;
    share /= singular;
    for (let j = 0; j < solution.length; j++)
      solution[j]! += share * rightSingularVectors.get(j, s);
  });
  return solution;
}

interface DenseSystem {
  readonly matrix: Matrix;
  readonly target: Float64Array;
}

function whole({ columns, target }: LeastSquaresProblem): DenseSystem {
  const matrix = new Matrix(target.length, columns.length);
  columns.forEach((column, j) => column.forEach((value, i) => matrix.set(i, j, value)));
  return { matrix, target };
}

/** The triangular system of the same solutions: the target rides along as a last column. */
function reduce({ columns, target }: LeastSquaresProblem): DenseSystem {
  const joined = whole({ columns: [...columns, target], target });
  const triangle = new QrDecomposition(joined.matrix).upperTriangularMatrix;
  const size = columns.length;
  return {
    matrix: triangle.subMatrix(0, size - 1, 0, size - 1),
    target: Float64Array.from({ length: size }, (_, i) => triangle.get(i, size)),
  };
}
