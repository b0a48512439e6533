import {
  ALL_SPLITS,
  CHILD_VALUES,
  CHILD_VALUE_BYTES,
  CONTRIBUTIONS,
  EXPECTED,
  POINT_BYTES,
  SPLIT_ANCESTOR,
  SPLIT_BYTES,
  SPLIT_CHILD_ROWS,
  SPLIT_FEATURE,
  SPLIT_INVERSES,
  SPLIT_LEFT_SHARE,
  SPLIT_SHARE_ABOVE,
  TREE_POINTS,
  TREE_SPLITS,
  TREE_SPLIT_COUNT,
  WEIGHTS,
} from '../src/kernels/split-layout';
import { OFF_PATH, SPLIT_TURN } from './split-turn';

/**
 * Walk up a tree, at the points of one walk and for one output: see collectContributions of the
 * TypeScript twin.
 */
export function collectContributions(job: usize, tree: usize, walk: u32, output: u32): void {
  const points = <usize>load<u32>(tree, TREE_POINTS) + <usize>walk * (2 * POINT_BYTES);
  const one = f64x2.splat(1);
  const y0 = f64x2.sub(one, v128.load(points));
  const y1 = f64x2.sub(one, v128.load(points, 16));
  const y2 = f64x2.sub(one, v128.load(points, 32));
  const splits = <usize>load<u32>(tree, TREE_SPLITS);
  const last = <usize>load<u32>(tree, TREE_SPLIT_COUNT) - 1;
  // The first row of zeros stands for leaves.
  const expected = <usize>load<u32>(job, EXPECTED);
  const contributions = <usize>load<u32>(job, CONTRIBUTIONS) + ((<usize>output) << 3);
  let to = expected + (last + 1) * POINT_BYTES;
  let weight = <usize>load<u32>(job, WEIGHTS) + last * POINT_BYTES;
  let values =
    <usize>load<u32>(job, CHILD_VALUES) +
    <usize>output * <usize>load<u32>(job, CHILD_VALUE_BYTES) +
    (splits - <usize>load<u32>(job, ALL_SPLITS)) / (SPLIT_BYTES / 16) +
    (last << 4);
  for (let split = splits + last * SPLIT_BYTES; split >= splits; split -= SPLIT_BYTES) {
    const turn = <usize>load<u8>(split, SPLIT_TURN);
    // Off the path nothing is left to know, and either child may stand for the near one.
    const near = turn & 1;
    const nearRow = expected + <usize>load<u32>(split + (near << 2), SPLIT_CHILD_ROWS);
    const farRow = expected + <usize>load<u32>(split + ((1 - near) << 2), SPLIT_CHILD_ROWS);
    const nearValue = load<f64>(values + (near << 3));
    const leftShare = load<f64>(split, SPLIT_LEFT_SHARE);
    const farShare = f64x2.splat(select(leftShare, 1 - leftShare, near));
    const gap = f64x2.splat(nearValue - load<f64>(values + ((1 - near) << 3)));
    const value = f64x2.splat(nearValue);
    let s0 = v128.load(nearRow);
    let s1 = v128.load(nearRow, 16);
    let s2 = v128.load(nearRow, 32);
    let d0 = f64x2.mul(farShare, f64x2.add(gap, f64x2.sub(s0, v128.load(farRow))));
    let d1 = f64x2.mul(farShare, f64x2.add(gap, f64x2.sub(s1, v128.load(farRow, 16))));
    let d2 = f64x2.mul(farShare, f64x2.add(gap, f64x2.sub(s2, v128.load(farRow, 32))));
    s0 = f64x2.add(value, s0);
    s1 = f64x2.add(value, s1);
    s2 = f64x2.add(value, s2);
    if (turn === OFF_PATH) {
      s0 = f64x2.sub(s0, d0);
      s1 = f64x2.sub(s1, d1);
      s2 = f64x2.sub(s2, d2);
    } else {
      if (load<i32>(split, SPLIT_ANCESTOR) >= 0) {
        const inverses = <usize>load<u32>(split, SPLIT_INVERSES) + <usize>walk * POINT_BYTES;
        const above = f64x2.splat(load<f64>(split, SPLIT_SHARE_ABOVE));
        d0 = f64x2.mul(d0, f64x2.mul(above, v128.load(inverses)));
        d1 = f64x2.mul(d1, f64x2.mul(above, v128.load(inverses, 16)));
        d2 = f64x2.mul(d2, f64x2.mul(above, v128.load(inverses, 32)));
      }
      s0 = f64x2.sub(s0, f64x2.mul(y0, d0));
      s1 = f64x2.sub(s1, f64x2.mul(y1, d1));
      s2 = f64x2.sub(s2, f64x2.mul(y2, d2));
      const sum = f64x2.add(
        f64x2.add(f64x2.mul(v128.load(weight), d0), f64x2.mul(v128.load(weight, 16), d1)),
        f64x2.mul(v128.load(weight, 32), d2),
      );
      const cell = contributions + <usize>load<u32>(split, SPLIT_FEATURE);
      const added = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      store<f64>(cell, load<f64>(cell) + added);
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    to -= POINT_BYTES;
    weight -= POINT_BYTES;
    values -= 16;
  }
}
