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
      return treeExpression(context, tree);
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

/** From the last node up, as children come after their parents: a tree can be deeper than a stack. */
function treeExpression(context: TreeContext, tree: number): string {
  const { trees, output, dialect } = context;
  const start = trees.treeStarts[tree]!;
  const expressions: string[] = new Array<string>(trees.treeStarts[tree + 1]! - start);
  for (let at = expressions.length - 1; at >= 0; at--) {
    const node = start + at;
    if (trees.splitFeature[node]! < 0) {
      expressions[at] = formatDouble(leafPart(trees, node, output), dialect);
      continue;
    }
    const left = expressions[trees.leftChild[node]! - start]!;
    const right = expressions[trees.rightChild[node]! - start]!;
    expressions[at] = `CASE WHEN ${conditionOf(context, node)} THEN ${left} ELSE ${right} END`;
  }
  return expressions[0]!;
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
