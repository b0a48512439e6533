export { parseExpression } from './parse-expression.ts';
export { parseExpressions } from './parse-expressions.ts';
