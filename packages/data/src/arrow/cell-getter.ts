import type { Dictionary, Vector } from 'apache-arrow';

/**
 * What reads the cells of a vector. The library itself cannot look up what a dictionary has under
 * numbers of eight bytes.
 */
export function cellGetter(vector: Vector): (row: number) => unknown {
  const { indices } = vector.type as Partial<Dictionary>;
  // The library's types know no such numbers, but files have them.
  if ((indices?.bitWidth as number | undefined) !== 64) {
    return (row) => vector.get(row) as unknown;
  }
  const starts: number[] = [];
  let length = 0;
  for (const data of vector.data) {
    starts.push(length);
    length += data.length;
  }
  return (row) => {
    let part = starts.length - 1;
    while (starts[part]! > row) part--;
    const data = vector.data[part]!;
    const index = row - starts[part]!;
    if (!data.getValid(index)) return null;
    return (data.dictionary as Vector).get(
      Number((data.values as BigInt64Array)[index]),
    ) as unknown;
  };
}
