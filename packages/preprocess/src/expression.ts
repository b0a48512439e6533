import { EXPRESSION_FUNCTIONS, type ExpressionFunction } from './expression-functions.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readNumber,
  readText,
} from './json-node.ts';

/** A formula over columns of numbers, as a small tree of plain JSON. */
export type Expression =
  | number
  | { readonly column: string }
  | { readonly call: ExpressionFunction; readonly of: readonly Expression[] };

const functionNames = Object.keys(EXPRESSION_FUNCTIONS) as ExpressionFunction[];
const deepest = 32;
const largest = 500;

/** Read a tree of unknown origin: known functions, enough arguments, at most 500 nodes. */
export function readExpression(node: JsonNode): Expression {
  let nodeCount = 0;
  const expression = read(node, 0);
  if (columnsIn(expression).length === 0) throw problemAt(node, 'the formula names no column.');
  return expression;

  function read(part: JsonNode, depth: number): Expression {
    if (depth > deepest || ++nodeCount > largest) {
      throw problemAt(node, `the formula is larger than ${largest} parts or ${deepest} levels.`);
    }
    if (typeof part.value === 'number') return readNumber(part);
    checkFields(part, ['column', 'call', 'of']);
    const column = optionalField(part, 'column');
    if (column !== undefined) {
      checkFields(part, ['column']);
      return { column: readText(column) };
    }
    const call = readChoice(field(part, 'call'), functionNames);
    const of = itemsOf(field(part, 'of')).map((argument) => read(argument, depth + 1));
    const { fewest, most } = EXPRESSION_FUNCTIONS[call];
    if (of.length < fewest || of.length > most) {
      const wanted = fewest === most ? `${fewest}` : `at least ${fewest}`;
      throw problemAt(part, `${call} takes ${wanted} arguments, not ${of.length}.`);
    }
    return { call, of };
  }
}

/** The names of the columns that a formula looks at, each once, in order of appearance. */
export function columnsIn(expression: Expression): string[] {
  if (typeof expression === 'number') return [];
  if ('column' in expression) return [expression.column];
  return [...new Set(expression.of.flatMap(columnsIn))];
}
