import type * as Arrow from 'apache-arrow';
import type { Data, Vector } from 'apache-arrow';
import { textAt } from './text-at.ts';

/** What reads the cells of a vector; null is a missing one. */
export function cellGetter(arrow: typeof Arrow, vector: Vector): (row: number) => unknown {
  const { DataType } = arrow;
  const { type } = vector;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return byPart(vector, () => textAt);
  }
  if (!DataType.isDictionary(type)) return (row) => vector.get(row) as unknown;
  // The library itself cannot look up what a dictionary has under numbers of eight bytes.
  return byPart(vector, (part) => {
    const word = cellGetter(arrow, part.dictionary!);
    return ({ values }, index) => word(Number((values as Int32Array | BigInt64Array)[index]));
  });
}

/** Find the part that a row is in. A cell that is not null is read as `open` says for its part. */
function byPart(
  vector: Vector,
  open: (part: Data) => (data: Data, index: number) => unknown,
): (row: number) => unknown {
  const starts: number[] = [];
  let length = 0;
  for (const data of vector.data) {
    starts.push(length);
    length += data.length;
  }
  const readers = vector.data.map(open);
  return (row) => {
    let part = starts.length - 1;
    while (starts[part]! > row) part--;
    const data = vector.data[part]!;
    const index = row - starts[part]!;
    return data.getValid(index) ? readers[part]!(data, index) : null;
  };
}
