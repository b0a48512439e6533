import { OnnxCorruptError } from './onnx-errors.ts';

/** @throws {OnnxCorruptError} unless each list has an entry for every tree node. */
export function checkTreeLists(
  where: string,
  lists: Readonly<Record<string, readonly unknown[]>>,
  nodeCount: number,
): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== nodeCount) {
      throw new OnnxCorruptError(where, `has ${list.length} ${name} for ${nodeCount} tree nodes`);
    }
  }
}

/** @throws {OnnxCorruptError} unless a leaf adds a finite number to an output that there is. */
export function checkLeaf(
  where: string,
  [output, weight]: readonly [output: number, weight: number],
  outputCount: number,
): void {
  if (!Number.isSafeInteger(output) || output < 0 || output >= outputCount) {
    throw new OnnxCorruptError(where, `has a leaf for output ${output} of ${outputCount}`);
  }
  if (!Number.isFinite(weight)) {
    throw new OnnxCorruptError(where, `has a leaf of weight ${weight}`);
  }
}
