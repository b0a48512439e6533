import {
  CLASS_COUNT,
  COUNT,
  INDEX,
  IS_PURE,
  KIND,
  PAIRS,
  START,
  STATS,
  TARGETS,
  TOTALS,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Sum up the job's node, and find out whether all its rows are alike. */
export function sumNode(memory: KernelMemory, job: number): void {
  const { words } = memory;
  const isPure =
    words[(job + KIND) >>> 2] === PAIRS ? sumPairs(memory, job) : sumClasses(memory, job);
  words[(job + IS_PURE) >>> 2] = Number(isPure);
}

function sumPairs(memory: KernelMemory, job: number): boolean {
  const { unsigned, doubles } = memory;
  const start = unsigned[(job + START) >>> 2]!;
  const count = unsigned[(job + COUNT) >>> 2]!;
  const stats = (unsigned[(job + STATS) >>> 2]! >>> 3) + 2 * start;
  // As the other kernel: every fourth row apart, the last few with the first.
  const weights = [0, 0, 0, 0];
  const targets = [0, 0, 0, 0];
  const fours = count - (count % 4);
  for (let n = 0; n < count; n++) {
    const lane = n < fours ? n & 3 : 0;
    weights[lane]! += doubles[stats + 2 * n]!;
    targets[lane]! += doubles[stats + 2 * n + 1]!;
  }
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const weight = weights[0]! + weights[1]! + (weights[2]! + weights[3]!);
  const target = targets[0]! + targets[1]! + (targets[2]! + targets[3]!);
  doubles[totals] = weight;
  doubles[totals + 1] = target;
  return unsigned[(job + TARGETS) >>> 2] === 0
    ? target === 0 || target === weight
    : hasEqualTargets(memory, job);
}

function hasEqualTargets({ unsigned, doubles }: KernelMemory, job: number): boolean {
  const targets = unsigned[(job + TARGETS) >>> 2]! >>> 3;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + unsigned[(job + START) >>> 2]!;
  const count = unsigned[(job + COUNT) >>> 2]!;
  const first = doubles[targets + unsigned[index]!];
  let n = 0;
  while (n < count && doubles[targets + unsigned[index + n]!] === first) n++;
  return n === count;
}

function sumClasses({ unsigned, doubles }: KernelMemory, job: number): boolean {
  const classCount = unsigned[(job + CLASS_COUNT) >>> 2]!;
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const stats = (unsigned[(job + STATS) >>> 2]! >>> 3) + 2 * unsigned[(job + START) >>> 2]!;
  const count = unsigned[(job + COUNT) >>> 2]!;
  doubles.fill(0, totals, totals + classCount + 1);
  for (let n = 0; n < count; n++) {
    doubles[totals + 1 + doubles[stats + 2 * n + 1]!]! += doubles[stats + 2 * n]!;
  }
  let present = 0;
  let weight = 0;
  for (let k = 1; k <= classCount; k++) {
    if (doubles[totals + k]! > 0) present++;
    weight += doubles[totals + k]!;
  }
  doubles[totals] = weight;
  return present < 2;
}
