import { NODE_CHILDREN, NODE_SLOT } from '../src/kernels/node-layout';

/** Where the code that a node compares lies for the first of eight rows. */
export function comparedAt(node: usize, rows: usize): usize {
  return rows + <usize>load<u16>(node, NODE_SLOT);
}

/** The child that a code leads to; a leaf stays where it is. */
export function childOf(node: usize, code: u32): usize {
  const goesLeft = <usize>(code <= <u32>load<u16>(node));
  return <usize>load<u32>(node, NODE_CHILDREN) + (goesLeft << 3);
}

/** 0 at a leaf. */
export function slotOf(node: usize): u32 {
  return <u32>load<u16>(node, NODE_SLOT);
}
