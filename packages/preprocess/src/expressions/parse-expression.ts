import { nearestName } from '@gnu-mlops/core';
import type { Expression } from '../expression.ts';
import type { ExpressionFunction } from '../expression-functions.ts';

/** What is looked at of a node that mathjs parsed. */
interface FormulaNode {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly args?: readonly FormulaNode[];
  readonly fn?: { readonly name?: string } | string;
  readonly content?: FormulaNode;
  readonly condition?: FormulaNode;
  readonly trueExpr?: FormulaNode;
  readonly falseExpr?: FormulaNode;
}

/** Reads a formula; `parse` of mathjs. */
export type FormulaParser = (text: string) => unknown;

/** By operator and number of operands. */
const operators: { readonly [operator: string]: ExpressionFunction } = {
  '+2': 'add',
  '-2': 'subtract',
  '*2': 'multiply',
  '/2': 'divide',
  '^2': 'power',
  '-1': 'negate',
  '==2': 'equal',
  '!=2': 'unequal',
  '>2': 'larger',
  '>=2': 'larger_or_equal',
  '<2': 'smaller',
  '<=2': 'smaller_or_equal',
  and2: 'and',
  or2: 'or',
  not1: 'not',
};

const functions: readonly ExpressionFunction[] = [
  'abs',
  'min',
  'max',
  'exp',
  'log',
  'log1p',
  'sqrt',
  'floor',
  'ceil',
  'coalesce',
];

/** More than a tree may have, as parentheses count here. */
const deepest = 200;

/**
 * Turn the text of a formula into a tree. mathjs parses, and nothing of it is ever evaluated: what is
 * not on the short list of operators and functions is refused.
 *
 * @param parse `parse` of mathjs or of mathjs/number.
 * @param refuse makes the error to throw.
 */
export function parseExpression(
  text: string,
  parse: FormulaParser,
  refuse: (problem: string) => Error,
): Expression {
  const quoted: string[] = [];
  const plain = text.replace(
    /`([^`]+)`/g,
    (_, name: string) => ` __quoted${quoted.push(name) - 1} `,
  );
  if (plain.trim() === '') throw refuse('the formula is empty.');
  if (plain.includes('#')) {
    throw refuse(`"${text}" holds a #. Put the name of a column that has one between backticks.`);
  }
  return toExpression(parseFormula(plain), 0);

  function parseFormula(formula: string): FormulaNode {
    try {
      return parse(formula) as FormulaNode;
    } catch (error) {
      throw refuse(`"${text}" is no formula: ${(error as Error).message}.`);
    }
  }

  function toExpression(node: FormulaNode, depth: number): Expression {
    if (depth > deepest) throw refuse(`the formula has more than ${deepest} levels.`);
    const callOf = (call: ExpressionFunction, args: readonly FormulaNode[]): Expression => ({
      call,
      of: args.map((argument) => toExpression(argument, depth + 1)),
    });
    switch (node.type) {
      case 'ConstantNode':
        if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
        throw refuse(`"${text}" holds ${String(node.value)}, which is no finite number.`);
      case 'SymbolNode':
        return { column: nameOf(node.name!) };
      case 'ParenthesisNode':
        return toExpression(node.content!, depth + 1);
      case 'ConditionalNode':
        return callOf('if', [node.condition!, node.trueExpr!, node.falseExpr!]);
      case 'OperatorNode': {
        refuseNot(node);
        const call = operators[`${node.op}${node.args!.length}`];
        if (call !== undefined && node.implicit !== true) return callOf(call, node.args!);
        const operator = node.implicit === true ? 'a multiplication without *' : `"${node.op}"`;
        throw refuse(`"${text}" uses ${operator}, which formulas do not have.`);
      }
      case 'FunctionNode': {
        const name = typeof node.fn === 'object' ? (node.fn.name ?? '') : String(node.fn);
        const call = functions.find((known) => known === name);
        if (call !== undefined) return callOf(call, node.args!);
        const nearest = nearestName(name, functions);
        const hint = nearest === undefined ? `one of ${functions.join(', ')}` : `"${nearest}"`;
        throw refuse(`"${text}" calls "${name}", which formulas do not have. Use ${hint}.`);
      }
      default:
        throw refuse(`"${text}" is more than a formula of columns, numbers and functions.`);
    }
  }

  /** `not a > 1` is `(not a) > 1` to mathjs, and `not (a > 1)` to who knows Python or SQL. */
  function refuseNot({ op, args }: FormulaNode): void {
    if (op === 'and' || op === 'or' || op === 'not') return;
    if (!args!.some((operand) => operand.type === 'OperatorNode' && operand.op === 'not')) return;
    throw refuse(
      `"${text}" has more than a column behind "not". Put it in parentheses: not (...).`,
    );
  }

  function nameOf(symbol: string): string {
    const [, index] = /^__quoted(\d+)$/.exec(symbol) ?? [];
    return index === undefined ? symbol : (quoted[Number(index)] ?? symbol);
  }
}
