import {
  GROUP_STEPS,
  OUTPUT_COUNT,
  ROOTS,
  ROWS,
  SUMS,
  TO_OUTCOME,
  TREE_COUNT,
} from '../src/kernels/walk-layout';
import { addLeaf } from './add-leaf';
import { childOf, comparedAt, slotOf } from './step-down';

/**
 * Walk one row down all trees, eight side by side, and add the leaves to its sums in the trees'
 * order. Written out without a branch on the data: a processor guesses half of such branches wrong,
 * and waits for one tree's memory while it works on another's.
 */
export function walkTrees(section: usize): void {
  const row = <usize>load<u32>(section, ROWS);
  const sums = <usize>load<u32>(section, SUMS);
  const outcome = <usize>load<u32>(section, TO_OUTCOME);
  const outputCount = load<i32>(section, OUTPUT_COUNT);
  let roots = <usize>load<u32>(section, ROOTS);
  let steps = <usize>load<u32>(section, GROUP_STEPS);
  const end = roots + ((<usize>load<u32>(section, TREE_COUNT)) << 2);
  for (; roots < end; roots += 32, steps += 4) {
    let a = <usize>load<u32>(roots);
    let b = <usize>load<u32>(roots, 4);
    let c = <usize>load<u32>(roots, 8);
    let d = <usize>load<u32>(roots, 12);
    let e = <usize>load<u32>(roots, 16);
    let f = <usize>load<u32>(roots, 20);
    let g = <usize>load<u32>(roots, 24);
    let h = <usize>load<u32>(roots, 28);
    let left = load<i32>(steps);
    do {
      do {
        a = childOf(a, load<u16>(comparedAt(a, row)));
        b = childOf(b, load<u16>(comparedAt(b, row)));
        c = childOf(c, load<u16>(comparedAt(c, row)));
        d = childOf(d, load<u16>(comparedAt(d, row)));
        e = childOf(e, load<u16>(comparedAt(e, row)));
        f = childOf(f, load<u16>(comparedAt(f, row)));
        g = childOf(g, load<u16>(comparedAt(g, row)));
        h = childOf(h, load<u16>(comparedAt(h, row)));
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
    addLeaf(sums, b + outcome, outputCount);
    addLeaf(sums, c + outcome, outputCount);
    addLeaf(sums, d + outcome, outputCount);
    addLeaf(sums, e + outcome, outputCount);
    addLeaf(sums, f + outcome, outputCount);
    addLeaf(sums, g + outcome, outputCount);
    addLeaf(sums, h + outcome, outputCount);
  }
}
