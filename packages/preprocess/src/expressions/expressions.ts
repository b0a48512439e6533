export { parseCheckExpressions } from './parse-check-expressions.ts';
export { parseExpression } from './parse-expression.ts';
export { parseExpressions } from './parse-expressions.ts';
