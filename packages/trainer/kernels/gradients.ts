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
import { exponential } from './exponential';

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
  const scores = <usize>load<u32>(job + SCORES);
  const targets = <usize>load<u32>(job + TARGETS);
  const weights = <usize>load<u32>(job + WEIGHTS);
  const packed = <usize>load<u32>(job + PACKED);
  const gradientScale = load<f64>(job + GRADIENT_SCALE);
  const hessianScale = load<f64>(job + HESSIAN_SCALE);
  const whole = load<i32>(job + WHOLE_WEIGHTS) !== 0;
  const key = load<u32>(job + DITHER_KEY);
  let gradients = 0.0;
  let hessians = 0.0;
  let gradientLevels = 0.0;
  let hessianLevels = 0.0;
  for (let row = <usize>from; row < <usize>to; row++) {
    const at = row << 3;
    let gradient = load<f64>(scores + at);
    let hessian = 1.0;
    if (logistic) {
      const bounded = min<f64>(max<f64>(gradient, -700.0), 700.0);
      const probability = 1.0 / (1.0 + exponential(-bounded));
      gradient = probability;
      hessian = probability * (1.0 - probability);
    }
    gradient -= load<f64>(targets + at);
    const weight = weights ? load<f64>(weights + at) : 1.0;
    gradients += abs<f64>(gradient) * weight;
    hessians += hessian * weight;
    let scaled = gradient * gradientScale;
    let stretched = hessian * hessianScale;
    if (key) {
      const nudge = chance(<u32>row, key);
      scaled = scaled * inner(weight, whole) + nudge;
      stretched = stretched * inner(weight, whole) + nudge;
    } else if (weights) {
      scaled *= inner(weight, whole);
      stretched *= inner(weight, whole);
    }
    scaled = scaled + ROUNDER - ROUNDER;
    stretched = max<f64>(stretched + ROUNDER - ROUNDER, 1.0);
    if (whole) {
      scaled *= weight;
      stretched *= weight;
    }
    gradientLevels += scaled;
    hessianLevels += stretched;
    const high = reinterpret<i64>(scaled + ROUNDER);
    const low = reinterpret<i64>(stretched + ROUNDER);
    store<i64>(packed + at, (high << 32) | (low & 0xffffffff));
  }
  const sums = <usize>load<u32>(job + BLOCK_SUMS) + ((<usize>(from / BLOCK_ROWS)) << 5);
  store<f64>(sums, gradients);
  store<f64>(sums, hessians, 8);
  store<f64>(sums, gradientLevels, 16);
  store<f64>(sums, hessianLevels, 24);
}

/** The weight to multiply by before rounding; whole weights come after it. */
function inner(weight: f64, whole: bool): f64 {
  return whole ? 1.0 : weight;
}

/** A number in [-0.5, 0.5) that depends on nothing but row and key. */
function chance(row: u32, key: u32): f64 {
  let mixed = row * 0x9e3779b1 + key;
  mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
  mixed ^= mixed >>> 16;
  return <f64>mixed * 2.3283064365386963e-10 - 0.5;
}
