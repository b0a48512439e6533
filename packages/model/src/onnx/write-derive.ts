import type { Expression, ExpressionFunction, FittedDerive } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, numberColumn, valueOf } from './graph-column.ts';
import { castTo, number, where } from './graph-math.ts';
import { doubleTensor } from './make-tensor.ts';
import { OnnxUnsupportedError } from './onnx-errors.ts';
import { writeLog1p } from './write-number-steps.ts';

/** Functions that are one operator on numbers. */
const operators: { readonly [Call in ExpressionFunction]?: string } = {
  add: 'Add',
  subtract: 'Sub',
  multiply: 'Mul',
  divide: 'Div',
  power: 'Pow',
  negate: 'Neg',
  abs: 'Abs',
  min: 'Min',
  max: 'Max',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  floor: 'Floor',
  ceil: 'Ceil',
};

/** Functions that answer yes or no. */
const comparisons: { readonly [Call in ExpressionFunction]?: string } = {
  equal: 'Equal',
  larger: 'Greater',
  larger_or_equal: 'GreaterOrEqual',
  smaller: 'Less',
  smaller_or_equal: 'LessOrEqual',
};

/** The derived columns, computed from those before the step, behind the last of them. */
export function writeDerive(
  graph: GraphBuilder,
  columns: readonly GraphColumn[],
  step: FittedDerive,
): readonly GraphColumn[] {
  const derived = step.columns.map(({ column, expression }) =>
    numberColumn(column, write(expression)),
  );
  return [...columns, ...derived];

  function write(expression: Expression): string {
    if (typeof expression === 'number') return graph.constant(doubleTensor([expression], [1, 1]));
    if ('column' in expression) {
      const column = columns.find(({ name }) => name === expression.column);
      if (column?.kind === 'number') return valueOf(graph, column);
      throw new OnnxUnsupportedError('the step derive', `reads "${expression.column}", no number`);
    }
    const operands = expression.of.map(write);
    const [first, second, third] = operands as [string, string, string];
    switch (expression.call) {
      case 'if': {
        const isNo = operator('Equal', first, number(graph, 0));
        const chosen = where(graph, isNo, { whenTrue: third, whenFalse: second });
        return missingWhere([first], chosen);
      }
      case 'coalesce':
        return operands.reduce((filled, next) =>
          where(graph, operator('IsNaN', filled), { whenTrue: next, whenFalse: filled }),
        );
      default:
        if (operands.length === 1)
          return finite(missingWhere(operands, apply(expression.call, first)));
        return operands.reduce((a, b) =>
          finite(missingWhere([a, b], apply(expression.call, a, b))),
        );
    }
  }

  function apply(call: ExpressionFunction, a: string, b?: string): string {
    const truth = (bool: string) => castTo(graph, bool, 'double');
    const isTrue = (value: string) => operator('Not', operator('Equal', value, number(graph, 0)));
    const comparison = comparisons[call];
    if (comparison !== undefined) return truth(operator(comparison, a, b!));
    switch (call) {
      case 'unequal':
        return truth(operator('Not', operator('Equal', a, b!)));
      case 'and':
        return truth(operator('And', isTrue(a), isTrue(b!)));
      case 'or':
        return truth(operator('Or', isTrue(a), isTrue(b!)));
      case 'not':
        return truth(operator('Equal', a, number(graph, 0)));
      case 'log1p':
        return writeLog1p(graph, a);
      case 'min':
      case 'max':
        return b === undefined ? a : operator(operators[call]!, a, b);
      default:
        return b === undefined ? operator(operators[call]!, a) : operator(operators[call]!, a, b);
    }
  }

  function missingWhere(operands: readonly string[], result: string): string {
    const isMissing = operands
      .map((operand) => operator('IsNaN', operand))
      .reduce((a, b) => operator('Or', a, b));
    return where(graph, isMissing, { whenTrue: number(graph, NaN), whenFalse: result });
  }

  function finite(result: string): string {
    const isFinite = operator(
      'LessOrEqual',
      operator('Abs', result),
      number(graph, Number.MAX_VALUE),
    );
    return where(graph, isFinite, { whenTrue: result, whenFalse: number(graph, NaN) });
  }

  function operator(opType: string, ...inputs: readonly string[]): string {
    return graph.operator(opType, { inputs: [...inputs] });
  }
}
