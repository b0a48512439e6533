import type { Table } from '@gnu-mlops/core';
import {
  type RowKernels,
  mostAddedBytes,
  mostAddedColumns,
  mostOwnBytes,
  openRowKernels,
  rowsAtOnce,
} from '../kernels/row-kernels.ts';
import { type CellFiller, putTexts, startCells } from './fill-cells.ts';
import type { RowBytes, RowFrame } from './row-frame.ts';

/**
 * Extends rows as a {@link RowExtender} does; undefined where they are more than the kernels' memory
 * takes.
 */
export type KernelExtender = (rows: RowBytes, added: Table) => Uint8Array | undefined;

/** @returns undefined where the host has no WebAssembly. */
export function createKernelExtender(frame: RowFrame): KernelExtender | undefined {
  const kernels = openRowKernels();
  if (kernels === undefined) return undefined;
  let target = Buffer.alloc(0);

  return (rows, added) => {
    const fillers = startRows(kernels, frame, added);
    if (fillers === undefined) return undefined;
    const { textEnd } = kernels;
    const { bytes, starts, ends, rowCount } = rows;
    let at = 0;
    for (let from = 0; from < rowCount;) {
      const to = lastFitting(rows, from);
      if (to === from || !fillers.every((fill) => fill(from, to))) return undefined;
      const origin = starts[from]!;
      const joined = kernels.joinRows({
        bytes: bytes.subarray(origin, ends[to - 1]),
        starts: starts.subarray(from, to),
        ends: ends.subarray(from, to),
        origin,
      });
      if (at + joined.length > target.length) {
        const share = rowCount / to;
        target = enlarge(target, at, Math.ceil((at + joined.length) * share * spare));
      }
      target.set(joined, at);
      at += joined.length;
      from = to;
      kernels.textEnd = textEnd;
    }
    return target.subarray(0, at);
  };
}

const spare = 1.1;

function enlarge(bytes: Buffer, used: number, length: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(length);
  bytes.copy(larger, 0, 0, used);
  return larger;
}

/** The end of the rows from `from` on that fit in the kernels' memory; `from` itself if none does. */
function lastFitting({ starts, ends, rowCount }: RowBytes, from: number): number {
  const most = Math.min(from + rowsAtOnce, rowCount);
  let to = from;
  while (to < most && ends[to]! - starts[from]! <= mostOwnBytes) to++;
  return to;
}

function startRows(
  kernels: RowKernels,
  frame: RowFrame,
  { columns }: Table,
): readonly CellFiller[] | undefined {
  if (columns.size > mostAddedColumns) return undefined;
  kernels.textEnd = 0;
  const put = kernels.putText;
  const before = putTexts(
    Array.from(columns.keys(), (name, index) => frame.before(name, index)),
    put,
  );
  const behind = put(frame.behind);
  const none = put(frame.missing);
  if (before === undefined || behind === undefined || none === undefined) return undefined;
  let most = before.reduce((sum, { length }) => sum + length, behind.length);
  const fillers: CellFiller[] = [];
  for (const [index, column] of [...columns.values()].entries()) {
    const cells = startCells(kernels.columns[index]!, { ...frame, column, put, none });
    if (cells === undefined) return undefined;
    most += cells.maxBytes;
    fillers.push(cells.fill);
  }
  if (most > mostAddedBytes) return undefined;
  kernels.frameRows(before, behind);
  return fillers;
}
