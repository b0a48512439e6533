/** What holds a leaf's value back. */
export interface LeafRules {
  readonly l1: number;
  readonly l2: number;
  /** The least and the most that it may be. */
  readonly lower: number;
  readonly upper: number;
}

/** The value that lowers the loss most: a Newton step, shrunk and kept within bounds. */
export function leafValue(rules: LeafRules, gradient: number, hessian: number): number {
  const step = -shrink(gradient, rules.l1) / (hessian + rules.l2);
  return Math.min(Math.max(step, rules.lower), rules.upper);
}

/** Twice what a leaf of this value takes off the loss. */
export function leafScore(
  { l1, l2 }: LeafRules,
  leaf: { readonly gradient: number; readonly hessian: number; readonly value: number },
): number {
  const { gradient, hessian, value } = leaf;
  return -(2 * shrink(gradient, l1) * value + (hessian + l2) * value * value);
}

/** Move a gradient towards 0 by the L1 penalty. */
function shrink(gradient: number, l1: number): number {
  return Math.sign(gradient) * Math.max(Math.abs(gradient) - l1, 0);
}
