import {
  BLOCK_ROWS,
  BLOCK_SUMS,
  DITHER_KEY,
  GRADIENT_SCALE,
  HESSIAN_SCALE,
  PACKED,
  SCORES,
  TARGETS,
  WEIGHTS,
  WHOLE_WEIGHTS,
} from '../src/kernels/job-layout';
import { ROUNDER } from '../src/kernels/rounder';
import { exponentialPair } from './exponential-pair';

/** Gradients of the log loss by log odds, of the blocks of rows that [from, to) starts. */
export function writeLogisticGradients(job: usize, from: i32, to: i32): void {
  for (let block = from; block < to; block += BLOCK_ROWS) {
    writeBlock(job, block, min<i32>(block + BLOCK_ROWS, to), true);
  }
}

/** Gradients of half the squared error, of the blocks of rows that [from, to) starts. */
export function writeSquaredGradients(job: usize, from: i32, to: i32): void {
  for (let block = from; block < to; block += BLOCK_ROWS) {
    writeBlock(job, block, min<i32>(block + BLOCK_ROWS, to), false);
  }
}

function writeBlock(job: usize, from: i32, to: i32, logistic: bool): void {
  const isPlain = !load<i32>(job + WEIGHTS) && !load<i32>(job + DITHER_KEY);
  const sums = <usize>load<u32>(job + BLOCK_SUMS) + ((<usize>(from / BLOCK_ROWS)) << 5);
  v128.store(sums, f64x2.splat(0));
  v128.store(sums, f64x2.splat(0), 16);
  let gradients = f64x2.splat(0);
  let hessians = f64x2.splat(0);
  let row = <usize>from;
  if (isPlain) {
    const scores = <usize>load<u32>(job + SCORES);
    const targets = <usize>load<u32>(job + TARGETS);
    const packed = <usize>load<u32>(job + PACKED);
    const gradientScale = f64x2.splat(load<f64>(job + GRADIENT_SCALE));
    const hessianScale = f64x2.splat(load<f64>(job + HESSIAN_SCALE));
    const rounder = f64x2.splat(ROUNDER);
    const least = f64x2.splat(ROUNDER + 1.0);
    const one = f64x2.splat(1.0);
    const low = i64x2.splat(0xffffffff);
    let gradientLevels = f64x2.splat(0);
    let hessianLevels = f64x2.splat(0);
    for (; row + 2 <= <usize>to; row += 2) {
      let gradient = v128.load(scores + (row << 3));
      let hessian = one;
      if (logistic) {
        const probability = f64x2.div(one, f64x2.add(one, exponentialPair(f64x2.neg(gradient))));
        gradient = probability;
        hessian = f64x2.mul(probability, f64x2.sub(one, probability));
      }
      gradient = f64x2.sub(gradient, v128.load(targets + (row << 3)));
      gradients = f64x2.add(gradients, f64x2.abs(gradient));
      hessians = f64x2.add(hessians, hessian);
      const high = f64x2.add(f64x2.mul(gradient, gradientScale), rounder);
      const levels = f64x2.pmax(f64x2.add(f64x2.mul(hessian, hessianScale), rounder), least);
      gradientLevels = f64x2.add(gradientLevels, f64x2.sub(high, rounder));
      hessianLevels = f64x2.add(hessianLevels, f64x2.sub(levels, rounder));
      v128.store(packed + (row << 3), v128.or(i64x2.shl(high, 32), v128.and(levels, low)));
    }
    addLevels(sums, gradientLevels);
    addLevels(sums + 8, hessianLevels);
  }
  for (; row < <usize>to; row++) {
    const pair = weighRow(job, row, logistic, sums);
    // Rows an odd number after the first are summed apart, as a pair's second is.
    const gradient = f64x2.extract_lane(pair, 0);
    const hessian = f64x2.extract_lane(pair, 1);
    const isSecond = (row - <usize>from) & 1;
    gradients = f64x2.add(gradients, isSecond ? pairOf(0, gradient) : pairOf(gradient, 0));
    hessians = f64x2.add(hessians, isSecond ? pairOf(0, hessian) : pairOf(hessian, 0));
  }
  store<f64>(sums, f64x2.extract_lane(gradients, 0) + f64x2.extract_lane(gradients, 1));
  store<f64>(sums, f64x2.extract_lane(hessians, 0) + f64x2.extract_lane(hessians, 1), 8);
}

function pairOf(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/** Add both lanes to the sum of levels, 16 bytes after a sum. */
function addLevels(sum: usize, levels: v128): void {
  store<f64>(
    sum,
    load<f64>(sum, 16) + f64x2.extract_lane(levels, 0) + f64x2.extract_lane(levels, 1),
    16,
  );
}

/** Pack one row; returns its weighted |gradient| and hessian, and adds its levels to the sums. */
function weighRow(job: usize, row: usize, logistic: bool, sums: usize): v128 {
  const at = row << 3;
  const weights = <usize>load<u32>(job + WEIGHTS);
  const isWhole = load<i32>(job + WHOLE_WEIGHTS) !== 0;
  const key = load<u32>(job + DITHER_KEY);
  let gradient = load<f64>(<usize>load<u32>(job + SCORES) + at);
  let hessian = 1.0;
  if (logistic) {
    const exponentials = exponentialPair(f64x2.splat(-gradient));
    const probability = 1.0 / (1.0 + f64x2.extract_lane(exponentials, 0));
    gradient = probability;
    hessian = probability * (1.0 - probability);
  }
  gradient -= load<f64>(<usize>load<u32>(job + TARGETS) + at);
  const weight = weights ? load<f64>(weights + at) : 1.0;
  const inner = isWhole ? 1.0 : weight;
  const outer = isWhole ? weight : 1.0;
  const nudge = key ? chance(<u32>row, key) : 0.0;
  const scaled = gradient * load<f64>(job + GRADIENT_SCALE) * inner + nudge + ROUNDER - ROUNDER;
  const stretched = hessian * load<f64>(job + HESSIAN_SCALE) * inner + nudge + ROUNDER - ROUNDER;
  const high = scaled * outer;
  const low = max<f64>(stretched, 1.0) * outer;
  store<f64>(sums, load<f64>(sums, 16) + high, 16);
  store<f64>(sums, load<f64>(sums, 24) + low, 24);
  const bits = reinterpret<i64>(high + ROUNDER) << 32;
  store<i64>(
    <usize>load<u32>(job + PACKED) + at,
    bits | (reinterpret<i64>(low + ROUNDER) & 0xffffffff),
  );
  return pairOf(abs<f64>(gradient) * weight, hessian * weight);
}

/** A number in [-0.5, 0.5) that depends on nothing but row and key. */
function chance(row: u32, key: u32): f64 {
  let mixed = row * 0x9e3779b1 + key;
  mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
  mixed ^= mixed >>> 16;
  return <f64>mixed * 2.3283064365386963e-10 - 0.5;
}
