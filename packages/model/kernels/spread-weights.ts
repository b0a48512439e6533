import {
  POINT_BYTES,
  SPLIT_ANCESTOR,
  SPLIT_BYTES,
  SPLIT_INVERSES,
  SPLIT_LEFT_SHARE,
  SPLIT_PARENT,
  SPLIT_SHARE_ABOVE,
  SPLIT_SIDE,
  TREE_POINTS,
  TREE_SPLITS,
  TREE_SPLIT_COUNT,
  WEIGHTS,
} from '../src/kernels/split-layout';
import { OFF_PATH, SPLIT_TURN } from './split-turn';

/** Walk down a tree, at the points of one walk: see spreadWeights of the TypeScript twin. */
export function spreadWeights(job: usize, tree: usize, walk: u32): void {
  const points = <usize>load<u32>(tree, TREE_POINTS) + <usize>walk * (2 * POINT_BYTES);
  const x0 = v128.load(points);
  const x1 = v128.load(points, 16);
  const x2 = v128.load(points, 32);
  const one = f64x2.splat(1);
  const y0 = f64x2.sub(one, x0);
  const y1 = f64x2.sub(one, x1);
  const y2 = f64x2.sub(one, x2);
  const weights = <usize>load<u32>(job, WEIGHTS);
  v128.store(weights, v128.load(points, POINT_BYTES));
  v128.store(weights, v128.load(points, POINT_BYTES + 16), 16);
  v128.store(weights, v128.load(points, POINT_BYTES + 32), 32);

  const splits = <usize>load<u32>(tree, TREE_SPLITS);
  const end = splits + <usize>load<u32>(tree, TREE_SPLIT_COUNT) * SPLIT_BYTES;
  let to = weights + POINT_BYTES;
  for (let split = splits + SPLIT_BYTES; split < end; split += SPLIT_BYTES, to += POINT_BYTES) {
    const parent = <usize>load<u32>(split, SPLIT_PARENT);
    const above = splits + parent * SPLIT_BYTES;
    const from = weights + parent * POINT_BYTES;
    const side = load<u8>(split, SPLIT_SIDE);
    const leftShare = load<f64>(above, SPLIT_LEFT_SHARE);
    const share = select(1 - leftShare, leftShare, side);
    const turn = load<u8>(above, SPLIT_TURN);
    let w0 = v128.load(from);
    let w1 = v128.load(from, 16);
    let w2 = v128.load(from, 32);
    if (turn === OFF_PATH) {
      const both = f64x2.splat(share);
      w0 = f64x2.mul(w0, both);
      w1 = f64x2.mul(w1, both);
      w2 = f64x2.mul(w2, both);
    } else {
      const unknown = f64x2.splat(share * load<f64>(above, SPLIT_SHARE_ABOVE));
      const known = f64x2.splat(<f64>(turn === side));
      w0 = f64x2.mul(w0, f64x2.add(f64x2.mul(unknown, y0), f64x2.mul(known, x0)));
      w1 = f64x2.mul(w1, f64x2.add(f64x2.mul(unknown, y1), f64x2.mul(known, x1)));
      w2 = f64x2.mul(w2, f64x2.add(f64x2.mul(unknown, y2), f64x2.mul(known, x2)));
    }
    if (load<i32>(split, SPLIT_ANCESTOR) >= 0 && load<u8>(split, SPLIT_TURN) !== OFF_PATH) {
      const inverses = <usize>load<u32>(split, SPLIT_INVERSES) + <usize>walk * POINT_BYTES;
      w0 = f64x2.mul(w0, v128.load(inverses));
      w1 = f64x2.mul(w1, v128.load(inverses, 16));
      w2 = f64x2.mul(w2, v128.load(inverses, 32));
    }
    v128.store(to, w0);
    v128.store(to, w1, 16);
    v128.store(to, w2, 32);
  }
}
