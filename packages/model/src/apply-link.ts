import type { Link } from './estimator.ts';
import { portableExp } from './portable-exp.ts';

/** A row of raw scores and the row of outputs it becomes; offsets count numbers, not rows. */
export interface LinkedRow {
  readonly raw: Float64Array;
  readonly rawStart: number;
  readonly rawCount: number;
  readonly out: Float64Array;
  readonly outStart: number;
}

/**
 * Write the outputs of one row: the raw scores themselves (`identity`), the probabilities of two
 * classes from the second's log odds (`logistic`), of several from their log weights (`softmax`), or
 * numbers above 0 from their logs (`exponential`).
 */
export function applyLink(link: Link, row: LinkedRow): void {
  const { raw, rawStart, rawCount, out, outStart } = row;
  if (link === 'identity') {
    for (let k = 0; k < rawCount; k++) out[outStart + k] = raw[rawStart + k]!;
  } else if (link === 'logistic') {
    // The exponent is never positive: no overflow, and the smaller probability keeps its digits.
    const logOdds = raw[rawStart]!;
    const smaller = portableExp(-Math.abs(logOdds));
    const likely = 1 / (1 + smaller);
    const unlikely = smaller / (1 + smaller);
    out[outStart] = logOdds >= 0 ? unlikely : likely;
    out[outStart + 1] = logOdds >= 0 ? likely : unlikely;
  } else if (link === 'exponential') {
    for (let k = 0; k < rawCount; k++) out[outStart + k] = portableExp(raw[rawStart + k]!);
  } else {
    let largest = raw[rawStart]!;
    for (let k = 1; k < rawCount; k++) largest = Math.max(largest, raw[rawStart + k]!);
    let total = 0;
    for (let k = 0; k < rawCount; k++) {
      const weight = portableExp(raw[rawStart + k]! - largest);
      out[outStart + k] = weight;
      total += weight;
    }
    for (let k = 0; k < rawCount; k++) out[outStart + k]! /= total;
  }
}
