import { createRandom } from '@gnu-mlops/core';
import { compileKernels } from '../../src/kernels/compile-kernels.ts';
import {
  BIN_COUNTS,
  BIN_TOPS,
  BLOCK_ROWS,
  BLOCK_SUMS,
  COLUMN_BINS,
  COUNT,
  DITHER_KEY,
  FEATURES,
  GO_LEFT,
  GRADIENT_SCALE,
  GRADIENT_TOTAL,
  HAS_MISSING,
  HESSIAN_SCALE,
  HESSIAN_TOTAL,
  HISTOGRAM,
  INDEX,
  IS_WHOLE,
  LEAF_STARTS,
  LEAF_VALUES,
  LEAST_HESSIAN,
  LEFT_COUNTS,
  MISSING_BIN,
  ORDERED,
  PACKED,
  PENALTY,
  ROWS,
  ROW_BINS,
  SCANNED,
  SCORES,
  SCORE_TO_BEAT,
  SIBLING,
  SPARE,
  SPLITS,
  SPLIT_BINS,
  START,
  STRIDE,
  TARGETS,
  VALUES,
  WEIGHTS,
  WHOLE_WEIGHTS,
} from '../../src/kernels/job-layout.ts';
import {
  type KernelSource,
  type OpenKernels,
  createKernelSource,
  openKernels,
} from '../../src/kernels/open-kernels.ts';

/** Where the test's job lies. */
export const JOB = 64;

/** What a test varies. */
export interface Filling {
  readonly seed: number;
  readonly rows: number;
  readonly features: number;
  readonly weights: 'none' | 'whole' | 'real';
  readonly dither: boolean;
  readonly whole: boolean;
}

/** The kernels twice, over memories that hold the same: WebAssembly, and TypeScript. */
export async function openTwins(filling: Filling): Promise<[OpenKernels, OpenKernels]> {
  const module = await compileKernels();
  if (module === undefined) throw new Error('The kernels are not built: run `npm run prepare`.');
  const sources: KernelSource[] = [
    createKernelSource(1 << 21, module),
    createKernelSource(1 << 21, undefined),
  ];
  const [wasm, script] = sources.map(openKernels) as [OpenKernels, OpenKernels];
  fill(wasm, filling);
  script.memory.bytes.set(wasm.memory.bytes);
  return [wasm, script];
}

function fill({ memory }: OpenKernels, filling: Filling): void {
  const { bytes, words, doubles } = memory;
  const { rows, features } = filling;
  const random = createRandom(filling.seed);
  let end = 512;
  const place = (field: number, size: number) => {
    const start = Math.ceil(end / 8) * 8;
    words[(JOB + field) / 4] = start;
    end = start + size;
    return start;
  };
  const write = (field: number, value: number) => (words[(JOB + field) / 4] = value);
  const writeDouble = (field: number, value: number) => (doubles[(JOB + field) / 8] = value);

  write(ROWS, rows);
  write(STRIDE, features);
  const columns = place(COLUMN_BINS, rows * features);
  place(ROW_BINS, rows * features + 8);
  const listed = place(FEATURES, 4 * features);
  const binCounts = place(BIN_COUNTS, 4 * features);
  const gappy = place(HAS_MISSING, features);
  for (let f = 0; f < features; f++) {
    const binCount = 1 + random.nextInt(40);
    words[listed / 4 + f] = f;
    words[binCounts / 4 + f] = binCount;
    bytes[gappy + f] = random.nextInt(2);
    for (let row = 0; row < rows; row++) {
      bytes[columns + f * rows + row] = random.nextInt(binCount + bytes[gappy + f]!);
    }
  }
  const packed = place(PACKED, 8 * rows);
  place(ORDERED, 8 * rows);
  for (let row = 0; row < rows; row++) {
    words[packed / 4 + 2 * row] = 1 + random.nextInt(1000);
    words[packed / 4 + 2 * row + 1] = random.nextInt(2001) - 1000;
  }
  // The node: the even rows, or all of them.
  const index = place(INDEX, 4 * rows);
  place(SPARE, 4 * rows);
  const start = filling.whole ? 0 : Math.floor(rows / 4);
  const count = filling.whole ? rows : Math.floor(rows / 2);
  for (let i = 0; i < rows; i++) words[index / 4 + i] = (2 * i + 1) % rows;
  for (let i = 0; i < count; i++) words[index / 4 + start + i] = filling.whole ? i : 2 * i;
  write(START, start);
  write(COUNT, count);
  write(IS_WHOLE, filling.whole ? 1 : 0);
  place(HISTOGRAM, 2048 * features);
  const sibling = place(SIBLING, 2048 * features);
  for (let f = 0; f < features; f++) {
    const present = new Set(bytes.subarray(columns + f * rows, columns + (f + 1) * rows));
    for (let bin = 0; bin < 256; bin++) {
      // As a parent's: a bin that any row has holds more than any part of the rows can.
      const isEmpty = !present.has(bin);
      words[sibling / 4 + 512 * f + 2 * bin] = isEmpty ? 0 : 6_000_000 + random.nextInt(1000);
      words[sibling / 4 + 512 * f + 2 * bin + 1] = isEmpty ? 0 : random.nextInt(200_001) - 100_000;
    }
  }
  write(SCANNED, sibling);
  place(SPLITS, 24 * features);
  write(GRADIENT_TOTAL, random.nextInt(2_000_001) - 1_000_000);
  write(HESSIAN_TOTAL, 130_000_000 + random.nextInt(20_000_000));
  writeDouble(LEAST_HESSIAN, 1 + random.nextInt(3_000_000));
  writeDouble(PENALTY, random.nextFloat() * 1000);
  writeDouble(SCORE_TO_BEAT, random.nextFloat() * 10);
  write(SPLIT_BINS, columns + rows * random.nextInt(features));
  const goLeft = place(GO_LEFT, 256);
  for (let bin = 0; bin < 256; bin++) bytes[goLeft + bin] = random.nextInt(2);
  place(LEFT_COUNTS, 16);

  const scores = place(SCORES, 8 * rows);
  const targets = place(TARGETS, 8 * rows);
  const weights = filling.weights === 'none' ? 0 : place(WEIGHTS, 8 * rows);
  for (let row = 0; row < rows; row++) {
    doubles[scores / 8 + row] = random.nextNormal() * 10 ** random.nextInt(4);
    doubles[targets / 8 + row] = random.nextInt(2);
    if (filling.weights === 'whole') doubles[weights / 8 + row] = 1 + random.nextInt(5);
    if (filling.weights === 'real') doubles[weights / 8 + row] = random.nextFloat() * 3;
  }
  write(WHOLE_WEIGHTS, filling.weights === 'whole' ? 1 : 0);
  write(DITHER_KEY, filling.dither ? 12_345_678 : 0);
  writeDouble(GRADIENT_SCALE, 2 ** 12);
  writeDouble(HESSIAN_SCALE, 2 ** 14);
  place(BLOCK_SUMS, 32 * Math.ceil(rows / BLOCK_ROWS));

  const leafStarts = place(LEAF_STARTS, 16);
  const leafValues = place(LEAF_VALUES, 24);
  [0, Math.floor(rows / 3), Math.floor(rows / 2), rows].forEach(
    (at, i) => (words[leafStarts / 4 + i] = at),
  );
  for (let leaf = 0; leaf < 3; leaf++) doubles[leafValues / 8 + leaf] = random.nextNormal();

  const values = place(VALUES, 8 * rows);
  const tops = place(BIN_TOPS, 8 * 256);
  const borders = Array.from({ length: 200 }, () => random.nextNormal()).sort((a, b) => a - b);
  doubles.fill(Infinity, tops / 8, tops / 8 + 256);
  doubles.set(borders, tops / 8);
  write(MISSING_BIN, 201);
  for (let row = 0; row < rows; row++) {
    const kind = random.nextInt(5);
    doubles[values / 8 + row] =
      kind === 0 ? NaN : kind === 1 ? borders[random.nextInt(200)]! : random.nextNormal();
  }
}
