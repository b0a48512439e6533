import {
  ROW_VALUES,
  SPLIT_ANCESTOR,
  SPLIT_ANCESTOR_SIDE,
  SPLIT_BYTES,
  SPLIT_SLOT,
  TREE_SPLITS,
  TREE_SPLIT_COUNT,
} from '../src/kernels/split-layout';
import { OFF_PATH, SPLIT_TURN } from './split-turn';

/** Find where the row turns at each split of a tree, were it to come there. */
export function takeTurns(job: usize, tree: usize): void {
  const values = <usize>load<u32>(job, ROW_VALUES);
  const splits = <usize>load<u32>(tree, TREE_SPLITS);
  const end = splits + <usize>load<u32>(tree, TREE_SPLIT_COUNT) * SPLIT_BYTES;
  for (let split = splits; split < end; split += SPLIT_BYTES) {
    const value = load<f64>(values + <usize>load<u32>(split, SPLIT_SLOT));
    let turn = <u32>!(value <= load<f64>(split));
    const ancestor = load<i32>(split, SPLIT_ANCESTOR);
    if (ancestor >= 0) {
      const above = load<u8>(splits + <usize>ancestor * SPLIT_BYTES, SPLIT_TURN);
      if (above !== load<u8>(split, SPLIT_ANCESTOR_SIDE)) turn = OFF_PATH;
    }
    store<u8>(split, turn, SPLIT_TURN);
  }
}
