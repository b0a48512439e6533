import { createRandom } from '@gnu-mlops/core';
import {
  COUNT,
  INDEX,
  IS_BOOTSTRAP,
  KIND,
  PAIRS,
  ROWS,
  ROW_STATS,
  SEED,
  SPARE,
  STATS,
  TREE,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Draw the rows of the job's tree, and write their numbers and what is summed over them. */
export function drawBag({ words, unsigned, doubles }: KernelMemory, job: number): void {
  const rows = unsigned[(job + ROWS) >>> 2]!;
  const index = unsigned[(job + INDEX) >>> 2]! >>> 2;
  const stats = unsigned[(job + STATS) >>> 2]! >>> 3;
  const rowStats = unsigned[(job + ROW_STATS) >>> 2]! >>> 3;
  if (words[(job + IS_BOOTSTRAP) >>> 2] === 0) {
    for (let row = 0; row < rows; row++) words[index + row] = row;
    doubles.copyWithin(stats, rowStats, rowStats + 2 * rows);
    words[(job + COUNT) >>> 2] = rows;
    return;
  }
  const draws = unsigned[(job + SPARE) >>> 2]! >>> 2;
  words.fill(0, draws, draws + rows);
  const random = createRandom(doubles[(job + SEED) >>> 3]!, unsigned[(job + TREE) >>> 2]!);
  for (let draw = 0; draw < rows; draw++) words[draws + random.nextInt(rows)]! += 1;
  const isPairs = words[(job + KIND) >>> 2] === PAIRS;
  let inBag = 0;
  for (let row = 0; row < rows; row++) {
    const times = words[draws + row]!;
    words[index + inBag] = row;
    doubles[stats + 2 * inBag] = doubles[rowStats + 2 * row]! * times;
    doubles[stats + 2 * inBag + 1] = doubles[rowStats + 2 * row + 1]! * (isPairs ? times : 1);
    if (times > 0) inBag++;
  }
  words[(job + COUNT) >>> 2] = inBag;
}
