import { type KernelExtender, createKernelExtender } from './extend-rows-kernels.ts';
import { createScriptExtender } from './extend-rows-script.ts';
import type { RowExtender, RowFrame } from './row-frame.ts';

/** Fewer rows are written before the kernels would be ready. */
const fewestRows = 1000;

/** Extend rows chunk by chunk, in memory that is used again: a long file leaves no garbage. */
export function createRowExtender(frame: RowFrame): RowExtender {
  const byScript = createScriptExtender(frame);
  let byKernels: KernelExtender | undefined;
  let hasTried = false;

  return (rows, added) => {
    if (!hasTried && rows.rowCount >= fewestRows) {
      hasTried = true;
      byKernels = createKernelExtender(frame);
    }
    return byKernels?.(rows, added) ?? byScript(rows, added);
  };
}
