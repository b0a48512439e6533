import {
  GROUP_BYTES,
  OUTPUT_COUNT,
  ROOTS,
  ROWS,
  ROW_COUNT,
  SUMS,
  TO_OUTCOME,
  TREE_COUNT,
  TREE_STEPS,
} from '../src/kernels/walk-layout';
import { addLeaf } from './add-leaf';
import { childOf, comparedAt, slotOf } from './step-down';

/**
 * Walk rows down one tree after another, a group of eight side by side, and add the leaves to their
 * sums; see walkTrees. A group that is not full walks with whatever its places hold.
 */
export function walkRows(section: usize): void {
  const rows = <usize>load<u32>(section, ROWS);
  const groupBytes = <usize>load<u32>(section, GROUP_BYTES);
  const outcome = <usize>load<u32>(section, TO_OUTCOME);
  const outputCount = load<i32>(section, OUTPUT_COUNT);
  const sumBytes = (<usize>outputCount) << 3;
  const groups = (<usize>load<u32>(section, ROW_COUNT) + 7) >> 3;
  const rowsEnd = rows + groups * groupBytes;
  let roots = <usize>load<u32>(section, ROOTS);
  let steps = <usize>load<u32>(section, TREE_STEPS);
  const end = roots + ((<usize>load<u32>(section, TREE_COUNT)) << 2);
  for (; roots < end; roots += 4, steps += 4) {
    const root = <usize>load<u32>(roots);
    const firstSteps = load<i32>(steps);
    let sums = <usize>load<u32>(section, SUMS);
    for (let row = rows; row < rowsEnd; row += groupBytes, sums += sumBytes << 3) {
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      let e = root;
      let f = root;
      let g = root;
      let h = root;
      let left = firstSteps;
      do {
        do {
          a = childOf(a, load<u16>(comparedAt(a, row)));
          b = childOf(b, load<u16>(comparedAt(b, row), 2));
          c = childOf(c, load<u16>(comparedAt(c, row), 4));
          d = childOf(d, load<u16>(comparedAt(d, row), 6));
          e = childOf(e, load<u16>(comparedAt(e, row), 8));
          f = childOf(f, load<u16>(comparedAt(f, row), 10));
          g = childOf(g, load<u16>(comparedAt(g, row), 12));
          h = childOf(h, load<u16>(comparedAt(h, row), 14));
        } while (--left > 0);
      } while (
        slotOf(a) |
        slotOf(b) |
        slotOf(c) |
        slotOf(d) |
        slotOf(e) |
        slotOf(f) |
        slotOf(g) |
        slotOf(h)
      );
      addLeaf(sums, a + outcome, outputCount);
      addLeaf(sums + sumBytes, b + outcome, outputCount);
      addLeaf(sums + sumBytes * 2, c + outcome, outputCount);
      addLeaf(sums + sumBytes * 3, d + outcome, outputCount);
      addLeaf(sums + sumBytes * 4, e + outcome, outputCount);
      addLeaf(sums + sumBytes * 5, f + outcome, outputCount);
      addLeaf(sums + sumBytes * 6, g + outcome, outputCount);
      addLeaf(sums + sumBytes * 7, h + outcome, outputCount);
    }
  }
}
