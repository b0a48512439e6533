import type { TreeEnsemble } from '../estimator.ts';
import { leafPart, leftCategories, treesByOutput } from '../foreign/tree-nodes.ts';
import { type SqlDialect, formatDouble } from './sql-dialect.ts';
import { sqlSum } from './sql-sum.ts';

/** The raw score of each output, before the link, over columns that hold the features. */
export function sqlTrees(
  trees: TreeEnsemble,
  columns: readonly string[],
  dialect: SqlDialect,
): string[] {
  return treesByOutput(trees).map((found, output) => {
    const terms = found.map(({ tree }) => {
      const context = { trees, columns, dialect, output };
      return nodeExpression(context, trees.treeStarts[tree]!);
    });
    return sqlSum([...terms, formatDouble(trees.baseScore[output]!, dialect)]);
  });
}

interface TreeContext {
  readonly trees: TreeEnsemble;
  readonly columns: readonly string[];
  readonly dialect: SqlDialect;
  readonly output: number;
}

function nodeExpression(context: TreeContext, node: number): string {
  const { trees, output, dialect } = context;
  if (trees.splitFeature[node]! < 0) return formatDouble(leafPart(trees, node, output), dialect);
  const left = nodeExpression(context, trees.leftChild[node]!);
  const right = nodeExpression(context, trees.rightChild[node]!);
  return `CASE WHEN ${conditionOf(context, node)} THEN ${left} ELSE ${right} END`;
}

/** Never NULL where the value is: a comparison with NULL counts as false, which means right. */
function conditionOf({ trees, columns, dialect }: TreeContext, node: number): string {
  const column = columns[trees.splitFeature[node]!]!;
  const orMissing = trees.missingLeft[node] === 1 ? ` OR ${column} IS NULL` : '';
  const categories = leftCategories(trees, node);
  if (categories !== undefined) {
    const ranges = runsOf(categories).map(([first, end]) => {
      // The whole part of numbers above -1 is 0.
      const low =
        first === 0
          ? `${column} > ${formatDouble(-1, dialect)}`
          : `${column} >= ${formatDouble(first, dialect)}`;
      return `(${low} AND ${column} < ${formatDouble(end, dialect)})`;
    });
    return (ranges.length > 0 ? ranges.join(' OR ') : '1 = 0') + orMissing;
  }
  const threshold = trees.threshold[node]!;
  if (threshold === Infinity) return `${column} IS NOT NULL${orMissing}`;
  if (threshold === -Infinity) {
    return `${column} < ${formatDouble(-Number.MAX_VALUE, dialect)}${orMissing}`;
  }
  return `${column} <= ${formatDouble(threshold, dialect)}${orMissing}`;
}

/** Ascending whole numbers as ranges [first, end). */
function runsOf(numbers: readonly number[]): [first: number, end: number][] {
  const runs: [number, number][] = [];
  for (const value of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === value) last[1] = value + 1;
    else runs.push([value, value + 1]);
  }
  return runs;
}
