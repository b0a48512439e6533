import { BLOCK_ROWS, ROWS, SCORES, TARGETS } from '../kernels/job-layout.ts';
import { packGradients } from '../kernels/script/pack-gradients.ts';
import { JOB } from './boosting-memory.ts';
import type { Part } from './operations.ts';
import type { Workbench } from './workbench.ts';

/** Write the packed gradients of the rows of a part, which starts a block, for every output. */
export function writeGradients(bench: Workbench, { from, to }: Part): void {
  const { kernels, memory, objective } = bench;
  if (objective.kernel !== undefined) {
    kernels[objective.kernel](JOB, from, to);
    return;
  }
  const rowCount = memory.words[(JOB + ROWS) >>> 2]!;
  const column = (field: number, length: number) => {
    const start = memory.unsigned[(JOB + field) >>> 2]! >>> 3;
    return memory.doubles.subarray(start, start + length);
  };
  const rows = {
    rowCount,
    scores: column(SCORES, rowCount * objective.outputCount),
    targets: column(TARGETS, rowCount),
  };
  const gradients = new Float64Array(BLOCK_ROWS);
  const hessians = new Float64Array(BLOCK_ROWS);
  for (let start = from; start < to; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, to);
    for (let output = 0; output < objective.outputCount; output++) {
      const block = { from: start, to: end, gradients, hessians, output };
      objective.fillGradients(rows, block);
      packGradients(memory, JOB, block);
    }
  }
}
