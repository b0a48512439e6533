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
  const plain = !weights && !load<i32>(job + DITHER_KEY);
  let gradients = 0.0;
  let hessians = 0.0;
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
    if (plain) {
      gradients += abs<f64>(gradient);
      hessians += hessian;
      const high = reinterpret<i64>(gradient * gradientScale + ROUNDER);
      const low = reinterpret<i64>(max<f64>(hessian * hessianScale + ROUNDER, ROUNDER + 1.0));
      store<i64>(packed + at, (high << 32) | (low & 0xffffffff));
    } else {
      const weight = weights ? load<f64>(weights + at) : 1.0;
      gradients += abs<f64>(gradient) * weight;
      hessians += hessian * weight;
      store<i64>(packed + at, packWeighted(job, <u32>row, weight, gradient, hessian));
    }
  }
  const sums = <usize>load<u32>(job + BLOCK_SUMS) + (<usize>(from / BLOCK_ROWS) << 4);
  store<f64>(sums, gradients);
  store<f64>(sums, hessians, 8);
}

function packWeighted(job: usize, row: u32, weight: f64, gradient: f64, hessian: f64): i64 {
  const inner = load<i32>(job + WHOLE_WEIGHTS) ? 1.0 : weight;
  const outer = load<i32>(job + WHOLE_WEIGHTS) ? weight : 1.0;
  const key = load<u32>(job + DITHER_KEY);
  const nudge = key ? chance(row, key) : 0.0;
  const scaled = gradient * inner * load<f64>(job + GRADIENT_SCALE) + nudge;
  const stretched = hessian * inner * load<f64>(job + HESSIAN_SCALE) + nudge;
  const high = <i64>((scaled + ROUNDER - ROUNDER) * outer);
  const low = <i64>(max<f64>(stretched + ROUNDER - ROUNDER, 1.0) * outer);
  return (high << 32) | (low & 0xffffffff);
}

/** A number in [-0.5, 0.5) that depends on nothing but row and key. */
function chance(row: u32, key: u32): f64 {
  let mixed = row * 0x9e3779b1 + key;
  mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
  mixed ^= mixed >>> 16;
  return <f64>mixed * 2.3283064365386963e-10 - 0.5;
}
