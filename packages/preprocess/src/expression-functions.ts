/** How a function of a formula is called and what it makes of numbers that are all there. */
interface FunctionDefinition {
  readonly fewest: number;
  readonly most: number;
  /** Two at a time, from the left, where there are more. */
  readonly of: (a: number, b: number) => number;
}

const one = (of: (a: number) => number): FunctionDefinition => ({ fewest: 1, most: 1, of });
const two = (of: (a: number, b: number) => number): FunctionDefinition => ({
  fewest: 2,
  most: 2,
  of,
});

/**
 * What a formula may call. `if` and `coalesce` choose between cells, so their `of` is not called.
 * A result that is no finite number, such as of a division by 0, is missing.
 */
export const EXPRESSION_FUNCTIONS = {
  add: two((a, b) => a + b),
  subtract: two((a, b) => a - b),
  multiply: two((a, b) => a * b),
  divide: two((a, b) => a / b),
  power: two((a, b) => a ** b),
  negate: one((a) => -a),
  abs: one(Math.abs),
  min: { fewest: 1, most: Infinity, of: Math.min },
  max: { fewest: 1, most: Infinity, of: Math.max },
  exp: one(Math.exp),
  log: one(Math.log),
  log1p: one(Math.log1p),
  sqrt: one(Math.sqrt),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  equal: two((a, b) => (a === b ? 1 : 0)),
  unequal: two((a, b) => (a === b ? 0 : 1)),
  larger: two((a, b) => (a > b ? 1 : 0)),
  larger_or_equal: two((a, b) => (a >= b ? 1 : 0)),
  smaller: two((a, b) => (a < b ? 1 : 0)),
  smaller_or_equal: two((a, b) => (a <= b ? 1 : 0)),
  and: two((a, b) => (a !== 0 && b !== 0 ? 1 : 0)),
  or: two((a, b) => (a !== 0 || b !== 0 ? 1 : 0)),
  not: one((a) => (a === 0 ? 1 : 0)),
  if: { fewest: 3, most: 3, of: () => NaN },
  coalesce: { fewest: 1, most: Infinity, of: () => NaN },
} as const satisfies { readonly [name: string]: FunctionDefinition };

/** The name of a function that a formula may call. */
export type ExpressionFunction = keyof typeof EXPRESSION_FUNCTIONS;
